#include "rows.h"

/*
 * Contacts and what they left behind: readings, delivered messages, topics, promises, signs,
 * memos, tasks. What later contacts depend on is decided in history.c; what is merely said is
 * drawn here, from another stream, so that new kinds of sentence never change anybody's history.
 */

/* Numbers of the records that come of one contact, for their identifiers. */
enum {
    CHILD_DETAIL,
    CHILD_TOPIC,
    CHILD_SECOND_TOPIC,
    CHILD_PROMISE,
    CHILD_SIGN,
    CHILD_SECOND_SIGN,
    CHILD_READING,
    CHILD_MEMO,
    CHILD_TASK,
    CHILD_COUNT
};

/* One contact while its rows are written. */
typedef struct Contact {
    const World *world;
    Sink *sink;
    const Slot *slot;
    size_t index;
    const VisitPlan *plan;
    const Person *person;
    PhraseSubject subject;
    Random random;
    Id id, hcp, owner;
} Contact;

/* Made at the visit, by whoever held it. */
static SinkRow begin_child(Contact *contact, TableKind table, unsigned number) {
    uint64_t index = (uint64_t)contact->index * CHILD_COUNT + number;
    SinkHead head = {
        .id = random_id(contact->world->seed, STREAM_VISIT_CHILD, index, contact->slot->at),
        .by = contact->owner,
        .at = contact->slot->at};
    return sink_begin(contact->sink, table, &head);
}

/* Sentences of one contact share its stream, so that they differ from each other. */
static Str make(Contact *contact, TextKind kind) {
    return phrase_make(sink_arena(contact->sink), &contact->subject, kind, &contact->random);
}

static Value brand_of(const Contact *contact) {
    return value_id(world_brand_id(contact->world, contact->person->brand));
}

/* The first judgement is neither better nor worse than anything. */
static bool warmed(const VisitPlan *plan) {
    return plan->reading && plan->previous != WARMTH_NONE && plan->warmth < plan->previous;
}

static bool cooled(const VisitPlan *plan) {
    return plan->reading && plan->previous != WARMTH_NONE && plan->warmth > plan->previous;
}

/* ---- The visit itself ---- */

/* Chinese doctors are reached by message where Europeans get mail. */
static Str draw_channel(Contact *contact) {
    static const char *const CHANNELS[] = {"in_person", "video", "phone", "email",
                                           "message",   "event", "web"};
    static const uint32_t ENDS[LANG_COUNT][7] = {
        [LANG_EN] = {56, 76, 84, 94, 94, 98, 100},
        [LANG_JA] = {66, 80, 84, 93, 93, 98, 100},
        [LANG_ZH] = {58, 70, 76, 77, 93, 98, 100},
    };
    const uint32_t *ends = ENDS[contact->subject.lang];
    return str_of(CHANNELS[corpus_draw_index(ends, 7, &contact->random)]);
}

static Str state_code(VisitState state) {
    static const Str CODES[] = {[VISIT_IS_PLANNED] = STR_INIT("planned"),
                                [VISIT_IS_DRAFT] = STR_INIT("draft"),
                                [VISIT_IS_COMPLETED] = STR_INIT("completed"),
                                [VISIT_IS_SIGNED] = STR_INIT("signed"),
                                [VISIT_IS_CANCELLED] = STR_INIT("cancelled")};
    return CODES[state];
}

/* How it began, one or two things that were said, and how it ended; not always all of it. */
static Str make_discussion(Contact *contact) {
    bool doctor = contact->person->kind == PERSON_DOCTOR;
    TextKind body = doctor ? TEXT_DISCUSSION_BODY : TEXT_DISCUSSION_STAFF;
    Str blank = contact->subject.lang == LANG_EN ? STR(" ") : STR("");
    Str open = STR(""), more = STR(""), close = STR("");
    if (random_chance(&contact->random, 70)) open = make(contact, TEXT_DISCUSSION_OPEN);
    Str said = make(contact, body);
    if (random_chance(&contact->random, 30)) more = make(contact, body);
    if (str_equal(more, said)) more = STR("");
    if (random_chance(&contact->random, 65)) close = make(contact, TEXT_DISCUSSION_CLOSE);
    return str_format(sink_arena(contact->sink), "%.*s%.*s%.*s%.*s%.*s%.*s%.*s", STR_ARGS(open),
                      STR_ARGS(open.size ? blank : STR("")), STR_ARGS(said),
                      STR_ARGS(more.size ? blank : STR("")), STR_ARGS(more),
                      STR_ARGS(close.size ? blank : STR("")), STR_ARGS(close));
}

/* Follows the temperature, or the record would contradict itself. */
static Str draw_tendency(Contact *contact) {
    double drawn = random_unit(&contact->random) * 100;
    Warmth warmth = contact->plan->warmth;
    if (warmed(contact->plan)) return STR("positive");
    if (cooled(contact->plan)) return STR("negative");
    double positive = warmth <= WARMTH_FAVORABLE ? 55 : warmth == WARMTH_NEUTRAL ? 25 : 8;
    if (drawn < positive) return STR("positive");
    return drawn > (warmth >= WARMTH_SKEPTICAL ? 60 : 93) ? STR("negative") : STR("neutral");
}

/* A draft has only what was jotted down at the door. */
static void set_account(Contact *contact, SinkRow *row) {
    const VisitPlan *plan = contact->plan;
    bool draft = plan->state == VISIT_IS_DRAFT;
    if (draft || random_chance(&contact->random, 12)) {
        sink_set_text(row, VISIT_QUICK_NOTE, make(contact, TEXT_QUICK_NOTE));
    }
    if (draft) return;
    sink_set_text(row, VISIT_DISCUSSION, make_discussion(contact));
    sink_set_text(row, VISIT_TENDENCY, draw_tendency(contact));
    if (plan->reading) sink_set_text(row, VISIT_TEMPERATURE, rows_warmth_code(plan->warmth));
}

static void write_visit(Contact *contact) {
    const VisitPlan *plan = contact->plan;
    int64_t at = contact->slot->at;
    bool ahead = plan->state == VISIT_IS_PLANNED || plan->state == VISIT_IS_CANCELLED;
    /* Plans are made up to nine days before, and never in the future. */
    int64_t made = at - random_between(&contact->random, 60, 9 * 24 * 60) * CLOCK_MINUTE;
    if (made > contact->world->now) made = contact->world->now - CLOCK_HOUR;
    SinkHead head = {.id = contact->id, .by = contact->owner, .at = ahead ? made : at};
    SinkRow row = sink_begin(contact->sink, TABLE_VISIT, &head);
    sink_set(&row, VISIT_HCP, value_id(contact->hcp));
    sink_set(&row, VISIT_HCO,
             value_id(world_institution_id(contact->world, contact->person->institution)));
    sink_set(&row, VISIT_OWNER, value_id(contact->owner));
    sink_set_text(&row, VISIT_CHANNEL, draw_channel(contact));
    sink_set_text(&row, VISIT_STATE, state_code(plan->state));
    if (ahead || random_chance(&contact->random, 60)) {
        sink_set(&row, VISIT_PLANNED_AT, value_integer(at));
    }
    if (!ahead) {
        sink_set(&row, VISIT_HELD_AT, value_integer(at));
        set_account(contact, &row);
    }
    sink_end(&row);
}

/* ---- What came of it ---- */

/* The reason is what makes the curve worth reading; only the first judgement has none. */
static void write_reading(Contact *contact) {
    const VisitPlan *plan = contact->plan;
    if (!plan->reading) return;
    SinkRow row = begin_child(contact, TABLE_READING, CHILD_READING);
    sink_set(&row, READING_HCP, value_id(contact->hcp));
    sink_set_text(&row, READING_VALUE, rows_warmth_code(plan->warmth));
    sink_set_text(&row, READING_PREVIOUS, rows_warmth_code(plan->previous));
    sink_set(&row, READING_AT, value_integer(contact->slot->at));
    sink_set(&row, READING_BY, value_id(contact->owner));
    sink_set(&row, READING_VISIT, value_id(contact->id));
    if (plan->reason < TEXT_KIND_COUNT) {
        sink_set(&row, READING_PRODUCT, brand_of(contact));
        sink_set_text(&row, READING_REASON, make(contact, plan->reason));
    }
    sink_end(&row);
}

/* In the doctor's language, as the message was said. */
static void write_detail(Contact *contact) {
    static const char *const REACTIONS[] = {"positive", "neutral", "negative"};
    static const uint32_t ENDS[] = {38, 84, 100};
    if (!random_chance(&contact->random, 55)) return;
    uint32_t message = random_below(&contact->random, BRAND_MESSAGES);
    SinkRow row = begin_child(contact, TABLE_DETAIL, CHILD_DETAIL);
    sink_set(&row, DETAIL_VISIT, value_id(contact->id));
    sink_set(&row, DETAIL_PRODUCT, brand_of(contact));
    sink_set(&row, DETAIL_MESSAGE,
             value_id(world_message_id(contact->world, contact->person->brand,
                                       contact->subject.lang, message)));
    sink_set_text(&row, DETAIL_REACTION,
                  str_of(REACTIONS[corpus_draw_index(ENDS, 3, &contact->random)]));
    sink_end(&row);
}

/* A competitor's launch is talked of whenever it cooled somebody. */
static void write_topic(Contact *contact, unsigned number) {
    static const struct {
        const char *code;
        TextKind text;
    } KINDS[] = {{"question", TEXT_TOPIC_QUESTION},     {"interest", TEXT_TOPIC_INTEREST},
                 {"competitor", TEXT_TOPIC_COMPETITOR}, {"request", TEXT_TOPIC_REQUEST},
                 {"objection", TEXT_TOPIC_OBJECTION},   {"need", TEXT_TOPIC_NEED}};
    static const uint32_t ENDS[] = {34, 54, 64, 80, 91, 100};
    size_t kind = corpus_draw_index(ENDS, 6, &contact->random);
    if (contact->plan->reason == TEXT_REASON_COMPETITOR) kind = 2;
    int64_t age = contact->world->now - contact->slot->at;
    bool answered = random_chance(&contact->random, age > 30 * CLOCK_DAY ? 93 : 35);
    SinkRow row = begin_child(contact, TABLE_TOPIC, number);
    sink_set(&row, TOPIC_VISIT, value_id(contact->id));
    sink_set_text(&row, TOPIC_KIND, str_of(KINDS[kind].code));
    sink_set_text(&row, TOPIC_TEXT, make(contact, KINDS[kind].text));
    sink_set(&row, TOPIC_PRODUCT, brand_of(contact));
    sink_set_text(&row, TOPIC_STATE, answered ? STR("answered") : STR("open"));
    sink_end(&row);
}

/* Two topics in seven of a hundred visits, one in most of the others that have any. */
static void write_topics(Contact *contact) {
    double drawn = random_unit(&contact->random) * 100;
    bool competitor = contact->plan->reason == TEXT_REASON_COMPETITOR;
    if (drawn < 42 || competitor) write_topic(contact, CHILD_TOPIC);
    if (drawn < 7) write_topic(contact, CHILD_SECOND_TOPIC);
}

/* Mostly some days ahead, one in five a day late; without a draw, which would change all others. */
static int64_t delivered_at(const Contact *contact) {
    int64_t due = contact->plan->promise_due, now = contact->world->now;
    int64_t at = due + (1 - due / CLOCK_DAY % 5) * CLOCK_DAY;
    if (at < contact->slot->at) at = contact->slot->at;
    return at < now ? at : now;
}

/* Deliverables stand in the words of who promised, with a day to be kept. */
static void write_promise(Contact *contact) {
    static const Str STATES[] = {[PROMISE_IS_OPEN] = STR_INIT("open"),
                                 [PROMISE_IS_DELIVERED] = STR_INIT("delivered"),
                                 [PROMISE_IS_CONFIRMED] = STR_INIT("confirmed"),
                                 [PROMISE_IS_BROKEN] = STR_INIT("broken")};
    const VisitPlan *plan = contact->plan;
    if (plan->promise == PROMISE_NONE) return;
    /* What is still open was taken over by whoever is responsible today. */
    bool open = plan->promise == PROMISE_IS_OPEN;
    Id owner =
        open ? world_user_id(contact->world, contact->person->representative) : contact->owner;
    SinkRow row = begin_child(contact, TABLE_PROMISE, CHILD_PROMISE);
    sink_set(&row, PROMISE_VISIT, value_id(contact->id));
    sink_set(&row, PROMISE_HCP, value_id(contact->hcp));
    sink_set(&row, PROMISE_OWNER, value_id(owner));
    sink_set_text(&row, PROMISE_DELIVERABLE, make(contact, TEXT_PROMISE));
    sink_set(&row, PROMISE_DUE_AT, value_integer(plan->promise_due));
    if (!random_chance(&contact->random, 25)) {
        sink_set(&row, PROMISE_CONFIRM_AT, value_integer(plan->promise_due + 3 * CLOCK_DAY));
    }
    sink_set_text(&row, PROMISE_STATE, STATES[plan->promise]);
    if (plan->promise == PROMISE_IS_DELIVERED || plan->promise == PROMISE_IS_CONFIRMED) {
        sink_set(&row, PROMISE_DELIVERED_AT, value_integer(delivered_at(contact)));
    }
    sink_end(&row);
}

/* Signs are cleared by a person after a while; most of what the last contact showed still stands.
 */
static void write_sign(Contact *contact, unsigned number, const char *kind) {
    int64_t days = random_between(&contact->random, 4, 25);
    int64_t cleared_at = contact->slot->at + days * CLOCK_DAY;
    bool cleared = random_chance(&contact->random, contact->plan->last ? 20 : 95);
    SinkRow row = begin_child(contact, TABLE_SIGN, number);
    sink_set(&row, SIGN_HCP, value_id(contact->hcp));
    sink_set_text(&row, SIGN_KIND, str_of(kind));
    sink_set(&row, SIGN_SEEN_AT, value_integer(contact->slot->at));
    sink_set(&row, SIGN_SEEN_BY, value_id(contact->owner));
    sink_set(&row, SIGN_VISIT, value_id(contact->id));
    if (cleared && cleared_at < contact->world->now) {
        sink_set(&row, SIGN_CLEARED_AT, value_integer(cleared_at));
        sink_set(&row, SIGN_CLEARED_BY, value_id(contact->owner));
    }
    sink_end(&row);
}

/* Signs go with what the temperature did; a few appear out of the blue, as they do. */
static void write_signs(Contact *contact) {
    Random *random = &contact->random;
    const VisitPlan *plan = contact->plan;
    if (random_chance(random, cooled(plan) ? 50 : 1.2)) write_sign(contact, CHILD_SIGN, "cooler");
    if (plan->reason == TEXT_REASON_COMPETITOR && random_chance(random, 55)) {
        write_sign(contact, CHILD_SECOND_SIGN, "raised_competitor");
    } else if (warmed(plan) && random_chance(random, 40)) {
        write_sign(contact, CHILD_SECOND_SIGN, "suddenly_keen");
    } else if (random_chance(random, 2)) {
        write_sign(contact, CHILD_SECOND_SIGN, "sought_debate");
    }
}

/* Turning points are written down more often than ordinary days. */
static void write_memo(Contact *contact) {
    static const struct {
        const char *code;
        TextKind text;
    } KINDS[] = {{"resonated", TEXT_MEMO_RESONATED},
                 {"taboo", TEXT_MEMO_TABOO},
                 {"moment", TEXT_MEMO_MOMENT},
                 {"story", TEXT_MEMO_STORY}};
    static const uint32_t ENDS[] = {38, 58, 78, 100};
    bool turning = warmed(contact->plan) || cooled(contact->plan);
    if (!random_chance(&contact->random, turning ? 22 : 5)) return;
    size_t kind = corpus_draw_index(ENDS, 4, &contact->random);
    TextKind text = KINDS[kind].text;
    if (contact->person->kind != PERSON_DOCTOR) {
        kind = 0;
        text = TEXT_MEMO_STAFF;
    }
    SinkRow row = begin_child(contact, TABLE_MEMO, CHILD_MEMO);
    sink_set(&row, MEMO_HCP, value_id(contact->hcp));
    sink_set_text(&row, MEMO_KIND, str_of(KINDS[kind].code));
    sink_set_text(&row, MEMO_TEXT, make(contact, text));
    sink_set(&row, MEMO_BY, value_id(contact->owner));
    sink_set(&row, MEMO_AT, value_integer(contact->slot->at));
    sink_set(&row, MEMO_VISIT, value_id(contact->id));
    sink_end(&row);
}

/* Work that the contact left behind belongs to whoever is responsible today. */
static void write_task(Contact *contact) {
    const World *world = contact->world;
    int64_t age = world->now - contact->slot->at;
    bool recent = age < 12 * CLOCK_DAY;
    if (!random_chance(&contact->random, recent ? 14 : 2)) return;
    /* In the days after tomorrow the last ones are due; what is older has mostly been done. */
    int64_t due = contact->slot->at + random_between(&contact->random, 2, 18) * CLOCK_DAY;
    bool open = recent ? random_chance(&contact->random, 80)
                       : age < 40 * CLOCK_DAY && random_chance(&contact->random, 30);
    Str state = open ? STR("open") : STR("done");
    if (!open && random_chance(&contact->random, 8)) state = STR("dismissed");
    Str text = make(contact, TEXT_TASK);
    SinkRow row = begin_child(contact, TABLE_TASK, CHILD_TASK);
    sink_set_text(&row, TASK_SUBJECT, str_cut(&text, '|'));
    sink_set_text(&row, TASK_BODY, text);
    sink_set(&row, TASK_OWNER, value_id(world_user_id(world, contact->person->representative)));
    sink_set(&row, TASK_HCP, value_id(contact->hcp));
    sink_set(&row, TASK_HCO, value_id(world_institution_id(world, contact->person->institution)));
    sink_set(&row, TASK_VISIT, value_id(contact->id));
    sink_set(&row, TASK_DUE_AT, value_integer(due));
    sink_set_text(&row, TASK_STATE, state);
    sink_end(&row);
}

/* Planned, cancelled and unfinished contacts leave nothing but themselves. */
static void write_contact(World *world, const Slot *slot, size_t index, Sink *sink) {
    VisitPlan plan = history_step(world, slot, index);
    Contact contact = {
        .world = world,
        .sink = sink,
        .slot = slot,
        .index = index,
        .plan = &plan,
        .person = &world->persons[slot->person],
        .random = random_stream(world->seed, STREAM_VISIT_TEXT, index),
        .id = random_id(world->seed, STREAM_VISIT, index, slot->at),
        .hcp = world_person_id(world, slot->person),
        .owner = world_user_id(world, plan.owner),
    };
    contact.subject = rows_subject(world, slot->person, &contact.random, sink);
    write_visit(&contact);
    if (!history_held(plan.state)) return;
    write_reading(&contact);
    write_detail(&contact);
    write_topics(&contact);
    write_promise(&contact);
    write_signs(&contact);
    write_memo(&contact);
    write_task(&contact);
}

void rows_write_visits(World *world, const Slot *slots, size_t count, Sink *sink) {
    for (size_t i = 0; i < count; i++) {
        write_contact(world, &slots[i], i, sink);
        sink_breathe(sink);
        if (i % 1000 == 0 && sink_failed(sink)) return;
    }
}
