#include "history.h"

#include <stdlib.h>

/*
 * What happens between the company and its customers. Contacts are first dealt out over two years
 * and sorted; then each is decided in turn from what went before it: a broken promise cools the
 * next contact, a competitor's launch cools a whole field for some weeks, good data warms it. The
 * past is thereby told by causes, and each temperature on a screen has a reason that can be
 * looked up.
 */

enum { EVENT_DAYS = 75, DRAFT_DAYS = 2, OVERDUE_DAYS = 20, UNCONFIRMED_DAYS = 60 };

/* ---- When ---- */

/* How often people of each preference are met, compared with each other. */
static uint32_t contact_weight(const Person *person) {
    static const uint32_t BY_PREFERENCE[] = {24, 13, 8, 6, 4};
    uint32_t weight = BY_PREFERENCE[person->preference];
    return person->kind == PERSON_DOCTOR ? weight * 2 : weight;
}

/* A working hour near the instant; people are not visited at weekends. */
static int64_t working_time(const World *world, const Person *person, int64_t at, Random *random) {
    int64_t day = at / CLOCK_DAY;
    int weekday = date_weekday(date_from_days(day));
    if (weekday == 5) day--;
    if (weekday == 6) day++;
    uint32_t country = world->institutions[person->institution].country;
    int64_t minutes = 9 * 60 + 5 * random_between(random, 0, 113);
    return world_day_start(world, country, day) + minutes * CLOCK_MINUTE;
}

/* The person decides between contacts of the same minute, or the order would be the sorter's. */
static int compare_slots(const void *a, const void *b) {
    const Slot *left = a, *right = b;
    if (left->at != right->at) return left->at < right->at ? -1 : 1;
    return left->person < right->person ? -1 : left->person > right->person;
}

/* Contacts of a person are spread evenly with some luck in each gap, as real diaries are. */
Slot *history_schedule(const World *world) {
    uint64_t visits = (uint64_t)world->options->visits, total = 0, sum = 0, made = 0;
    Slot *slots = malloc((visits + 1) * sizeof *slots);
    if (!slots) abort();
    for (size_t i = 0; i < world->person_count; i++) total += contact_weight(&world->persons[i]);
    int64_t start = world->now - WORLD_PAST_DAYS * CLOCK_DAY;
    double span = (double)((WORLD_PAST_DAYS + WORLD_AHEAD_DAYS) * CLOCK_DAY);
    for (size_t i = 0; i < world->person_count; i++) {
        const Person *person = &world->persons[i];
        Random random = random_stream(world->seed, STREAM_SCHEDULE, i);
        sum += contact_weight(person);
        /* Running sums are rounded, so that the numbers add up to exactly what was asked for. */
        uint64_t count = visits * sum / total - made;
        for (uint64_t k = 0; k < count; k++) {
            double position = ((double)k + random_unit(&random)) / (double)count;
            int64_t at = start + (int64_t)(position * span);
            slots[made++] =
                (Slot){.at = working_time(world, person, at, &random), .person = (uint32_t)i};
        }
    }
    qsort(slots, visits, sizeof *slots, compare_slots);
    return slots;
}

/* ---- What ---- */

/* Notes of the last two days may still wait to be completed; older ones never do. */
static VisitState draw_state(const World *world, int64_t at, Random *random) {
    if (at > world->now) return VISIT_IS_PLANNED;
    if (random_chance(random, 1.5)) return VISIT_IS_CANCELLED;
    if (at > world->now - DRAFT_DAYS * CLOCK_DAY && random_chance(random, 30)) {
        return VISIT_IS_DRAFT;
    }
    return random_chance(random, 30) ? VISIT_IS_SIGNED : VISIT_IS_COMPLETED;
}

/* Those who do not want visits start cooler; the middle of the scale is the commonest. */
static Warmth first_warmth(const Person *person, Random *random) {
    static const uint32_t ENDS[] = {6, 28, 70, 86, 96, 100};
    static const uint32_t HARD_ENDS[] = {1, 8, 30, 40, 52, 100};
    bool hard = person->preference == 4;
    return (Warmth)corpus_draw_index(hard ? HARD_ENDS : ENDS, 6, random);
}

/* Something that all who care for the brand talked about at the time; NULL for an ordinary day. */
static const MarketEvent *event_at(const World *world, uint8_t brand, int64_t at) {
    for (size_t i = 0; i < world->corpus->event_count; i++) {
        const MarketEvent *event = &world->corpus->events[i];
        int64_t from = world->now - event->days_ago * CLOCK_DAY;
        bool during = at >= from && at < from + EVENT_DAYS * CLOCK_DAY;
        if (event->brand == brand && during) return event;
    }
    return NULL;
}

/* What moves the temperature at this contact; TEXT_KIND_COUNT when nothing is worth noting. */
static TextKind draw_reason(const World *world, const Person *person, int64_t at, Random *random) {
    static const double UP[] = {0, 5, 9, 13, 12, 10}, DOWN[] = {9, 7, 6, 4, 2, 0};
    const History *history = &person->history;
    const MarketEvent *event = event_at(world, person->brand, at);
    if (history->promise_broken && random_chance(random, 70)) return TEXT_REASON_PROMISE_BROKEN;
    if (event && random_chance(random, 32)) {
        return event->good_data ? TEXT_REASON_GOOD_DATA : TEXT_REASON_COMPETITOR;
    }
    if (history->promise_kept && random_chance(random, 22)) return TEXT_REASON_PROMISE_KEPT;
    double drawn = random_unit(random) * 100, up = UP[history->warmth];
    if (drawn < up) return TEXT_REASON_UP;
    if (drawn < up + DOWN[history->warmth]) return TEXT_REASON_DOWN;
    return drawn > 93 ? TEXT_REASON_STEADY : TEXT_KIND_COUNT;
}

/* Those who are hard to meet are met again first; nobody falls back to that by a single talk. */
static Warmth moved(Warmth warmth, TextKind reason) {
    switch (reason) {
        case TEXT_REASON_UP:
        case TEXT_REASON_GOOD_DATA:
        case TEXT_REASON_PROMISE_KEPT:
            if (warmth == WARMTH_HARD_TO_MEET) return WARMTH_NEUTRAL;
            return warmth == WARMTH_ENTHUSIASTIC ? warmth : warmth - 1;
        case TEXT_REASON_DOWN:
        case TEXT_REASON_COMPETITOR:
        case TEXT_REASON_PROMISE_BROKEN: return warmth >= WARMTH_COMPETITOR ? warmth : warmth + 1;
        default: return warmth;
    }
}

/* A temperature is written down when it moves, and now and then to say that it has not. */
static void plan_reading(const World *world, const Person *person, int64_t at, Random *random,
                         VisitPlan *plan) {
    plan->previous = person->history.warmth;
    plan->reason = TEXT_KIND_COUNT;
    if (plan->previous == WARMTH_NONE) {
        plan->reading = true;
        plan->warmth = first_warmth(person, random);
        return;
    }
    plan->reason = draw_reason(world, person, at, random);
    plan->warmth = moved(plan->previous, plan->reason);
    bool steady = plan->reason == TEXT_REASON_STEADY;
    plan->reading = plan->warmth != plan->previous || steady;
}

/* Only recent promises wait for anything: nobody keeps a list of year-old ones. */
static PromiseState promise_outcome(const World *world, int64_t due, Random *random) {
    double drawn = random_unit(random) * 100;
    if (due > world->now) return drawn < 88 ? PROMISE_IS_OPEN : PROMISE_IS_DELIVERED;
    bool recent = due > world->now - OVERDUE_DAYS * CLOCK_DAY;
    if (recent && drawn >= 55) return PROMISE_IS_OPEN;
    bool lately = due > world->now - UNCONFIRMED_DAYS * CLOCK_DAY;
    if (lately && drawn < 30) return PROMISE_IS_DELIVERED; /* its receipt is not confirmed yet */
    return drawn < 90 ? PROMISE_IS_CONFIRMED : PROMISE_IS_BROKEN;
}

/* Due at five in the afternoon of the doctor's own zone. */
static void plan_promise(const World *world, const Person *person, int64_t at, Random *random,
                         VisitPlan *plan) {
    if (!random_chance(random, 13)) return;
    uint32_t country = world->institutions[person->institution].country;
    int64_t day = at / CLOCK_DAY + random_between(random, 2, 14);
    plan->promise_due = world_day_start(world, country, day) + 17 * CLOCK_HOUR;
    plan->promise = promise_outcome(world, plan->promise_due, random);
}

/* The same roll-ups that the record layer would have kept: first, last and number of contacts. */
static void move_history(const Slot *slot, const VisitPlan *plan, History *history) {
    history->promise_broken = plan->promise == PROMISE_IS_BROKEN;
    history->promise_kept = plan->promise == PROMISE_IS_CONFIRMED;
    if (plan->warmth != plan->previous) {
        history->previous = plan->previous;
        history->warmth = plan->warmth;
        history->changed_at = slot->at;
    }
    if (!history->first_at) history->first_at = slot->at;
    history->last_at = slot->at;
    history->held++;
}

/* What the newcomer found on the first day, taken when the first contact after it is stepped on. */
static void note_reassignment(const Person *person, int64_t at, History *history) {
    bool after = person->former != NO_USER && at >= person->reassigned_at;
    if (!after || history->reassigned) return;
    history->reassigned = true;
    history->at_reassignment = history->warmth;
}

/* The order of the draws is part of what a seed means: append, never insert. */
VisitPlan history_step(World *world, const Slot *slot, size_t index) {
    Random random = random_stream(world->seed, STREAM_VISIT_PLAN, index);
    Person *person = &world->persons[slot->person];
    History *history = &person->history;
    VisitPlan plan = {.state = draw_state(world, slot->at, &random),
                      .owner = world_owner_at(person, slot->at),
                      .warmth = WARMTH_NONE,
                      .previous = WARMTH_NONE,
                      .promise = PROMISE_NONE};
    note_reassignment(person, slot->at, history);
    if (!history_held(plan.state)) return plan;
    plan_reading(world, person, slot->at, &random, &plan);
    plan_promise(world, person, slot->at, &random, &plan);
    move_history(slot, &plan, history);
    plan.last = history->held == person->held_total;
    return plan;
}

void history_run(World *world, const Slot *slots, size_t count) {
    for (size_t i = 0; i < count; i++) (void)history_step(world, &slots[i], i);
    for (size_t i = 0; i < world->person_count; i++) {
        Person *person = &world->persons[i];
        note_reassignment(person, world->now, &person->history);
        person->held_total = person->history.held;
    }
}

void history_reset(World *world) {
    for (size_t i = 0; i < world->person_count; i++) {
        world->persons[i].history = history_none();
    }
}
