#include "rows.h"

/*
 * Drug committees: the next meeting of each hospital, those before it with what came of them, and
 * at some hospitals the way that a decision goes. One quarter lies between two meetings.
 */

enum { DAYS_BETWEEN = 91, MEETINGS_BACK = 3, STEP_NUMBERS = 8 };

static Id child_id(const World *world, uint32_t institution, unsigned number, int64_t at) {
    return random_id(world->seed, STREAM_COMMITTEE, (uint64_t)institution * 32 + number, at);
}

static PhraseSubject subject_of(const World *world, const Institution *one, Random *random) {
    uint32_t brand = random_below(random, (uint32_t)world->corpus->brand_count);
    return (PhraseSubject){.corpus = world->corpus,
                           .brand = &world->corpus->brands[brand],
                           .lang = world->corpus->countries[one->country].lang};
}

static SinkRow begin_meeting(const World *world, uint32_t index, unsigned number, int64_t day,
                             Sink *sink) {
    int64_t at = (day - DAYS_BETWEEN) * CLOCK_DAY;
    if (at > world->now) at = world->now - CLOCK_DAY;
    SinkHead head = {.id = child_id(world, index, number, at),
                     .by = world_user_id(world, world->admin),
                     .at = at};
    SinkRow row = sink_begin(sink, TABLE_COMMITTEE, &head);
    sink_set(&row, COMMITTEE_HCO, value_id(world_institution_id(world, index)));
    sink_set_text(&row, COMMITTEE_HELD_ON, date_text(sink_arena(sink), date_from_days(day)));
    return row;
}

/* Whoever looks after the hospital writes it down a few days later. */
static void set_outcome(const World *world, const Institution *one, int64_t day, Random *random,
                        Sink *sink, SinkRow *row) {
    static const char *const OUTCOMES[] = {"adopted", "conditional", "deferred", "rejected",
                                           "not_discussed"};
    static const uint32_t ENDS[] = {40, 58, 82, 93, 100};
    PhraseSubject subject = subject_of(world, one, random);
    sink_set_text(row, COMMITTEE_STATE, STR("held"));
    sink_set_text(row, COMMITTEE_OUTCOME, str_of(OUTCOMES[corpus_draw_index(ENDS, 5, random)]));
    sink_set_text(row, COMMITTEE_REVIEW,
                  phrase_make(sink_arena(sink), &subject, TEXT_COMMITTEE_REVIEW, random));
    sink_set(row, COMMITTEE_REVIEWED_BY, value_id(world_user_id(world, one->representative)));
    sink_set(row, COMMITTEE_REVIEWED_AT, value_integer((day + 3) * CLOCK_DAY));
}

/* What was in the last days has its outcome at some hospitals only. */
static void write_meeting(const World *world, uint32_t index, unsigned number, int64_t day,
                          Random *random, Sink *sink) {
    int64_t ago = world->now / CLOCK_DAY - day;
    const Institution *one = &world->institutions[index];
    bool open = ago < 4 || (ago < 45 && random_chance(random, 50));
    SinkRow row = begin_meeting(world, index, number, day, sink);
    uint32_t brand = random_below(random, (uint32_t)world->corpus->brand_count);
    sink_set(&row, COMMITTEE_PRODUCT, value_id(world_brand_id(world, brand)));
    sink_set_text(&row, COMMITTEE_STATE, STR("planned"));
    if (!open) set_outcome(world, one, day, random, sink, &row);
    sink_end(&row);
}

static void write_step(const World *world, uint32_t index, unsigned number, const char *role,
                       Random *random, Sink *sink) {
    const Institution *one = &world->institutions[index];
    PhraseSubject subject = subject_of(world, one, random);
    SinkHead head = {.id = child_id(world, index, STEP_NUMBERS + number, one->created_at),
                     .by = world_user_id(world, one->representative),
                     .at = one->created_at};
    SinkRow row = sink_begin(sink, TABLE_STEP, &head);
    sink_set(&row, STEP_HCO, value_id(world_institution_id(world, index)));
    sink_set(&row, STEP_POSITION, value_integer(number));
    sink_set_text(&row, STEP_DECISION_ROLE, str_of(role));
    if (random_chance(random, 60)) {
        sink_set_text(&row, STEP_STRATEGY,
                      phrase_make(sink_arena(sink), &subject, TEXT_ACCOUNT, random));
    }
    sink_end(&row);
}

void rows_write_committee(const World *world, uint32_t index, int64_t next_day, Sink *sink) {
    static const char *const WAY[] = {"influencer", "gatekeeper", "committee_member", "decider"};
    Random random = random_stream(world->seed, STREAM_COMMITTEE, index);
    for (unsigned back = 0; back <= MEETINGS_BACK; back++) {
        int64_t day = next_day - (int64_t)back * DAYS_BETWEEN;
        bool ahead = day >= world->now / CLOCK_DAY;
        if (back && ahead) continue; /* only the next one is known */
        write_meeting(world, index, back, day, &random, sink);
    }
    if (!random_chance(&random, 35)) return;
    for (unsigned i = 0; i < sizeof WAY / sizeof *WAY; i++) {
        write_step(world, index, i + 1, WAY[i], &random, sink);
    }
}
