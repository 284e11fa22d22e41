#include "rows.h"

/*
 * Institutions, what they have adopted, and a word about each that has a committee. Towns are
 * real and so are the beginnings of their postal codes; everything that is called something is
 * invented.
 */

static const char *const KIND_CODES[INSTITUTION_KIND_COUNT] = {
    [INSTITUTION_UNIVERSITY] = "university_hospital",
    [INSTITUTION_GENERAL] = "general_hospital",
    [INSTITUTION_CLINIC] = "clinic",
    [INSTITUTION_PHARMACY] = "pharmacy",
};

Str rows_warmth_code(Warmth warmth) {
    static const Str CODES[] = {
        [WARMTH_ENTHUSIASTIC] = STR_INIT("enthusiastic"),
        [WARMTH_FAVORABLE] = STR_INIT("favorable"),
        [WARMTH_NEUTRAL] = STR_INIT("neutral"),
        [WARMTH_SKEPTICAL] = STR_INIT("skeptical"),
        [WARMTH_COMPETITOR] = STR_INIT("prefers_competitor"),
        [WARMTH_HARD_TO_MEET] = STR_INIT("hard_to_meet"),
        [WARMTH_NONE] = STR_INIT(""),
    };
    return CODES[warmth];
}

/*
 * All parts are drawn whether the pattern uses them or not: patterns may change, people must
 * not.
 */
static void set_name(const Country *country, const Institution *one, Random *random, Sink *sink,
                     SinkRow *row) {
    const Locality *at = &country->localities[one->locality];
    const Name *pattern = corpus_draw(&country->patterns[one->kind], random);
    const Name *body = corpus_draw(&country->bodies, random);
    const Name *university = corpus_draw(&country->universities, random);
    const Name *family = corpus_draw(&country->family, random);
    const PhraseSlot slots[] = {
        {"city", at->city},
        {"city_kana", at->city_kana},
        {"body", body->text},
        {"body_kana", body->kana},
        {"university", university->text},
        {"university_kana", university->kana},
        {"family", family->text},
        {"family_kana", family->kana},
    };
    size_t count = sizeof slots / sizeof slots[0];
    Arena *arena = sink_arena(sink);
    sink_set_text(row, HCO_NAME, phrase_replace(arena, pattern->text, slots, count));
    sink_set_text(row, HCO_NAME_KANA, phrase_replace(arena, pattern->kana, slots, count));
}

/* Real places, invented doors. The prefix of the postal code is the town's own. */
static void set_address(const Country *country, const Institution *one, Random *random, Sink *sink,
                        SinkRow *row) {
    const Locality *at = &country->localities[one->locality];
    Arena *arena = sink_arena(sink);
    const PhraseSlot slots[] = {
        {"street", corpus_pick(&country->streets, random)},
        {"a", str_format(arena, "%u", 1 + random_below(random, 9))},
        {"b", str_format(arena, "%u", random_below(random, 10))},
        {"c", str_format(arena, "%u", 1 + random_below(random, 25))},
    };
    unsigned end = random_below(random, 90) + 10;
    Str postal = str_format(arena, "%.*s%u", STR_ARGS(at->postal), end);
    if (str_is(country->tag, "GB")) {
        postal = str_format(arena, "%.*s%uAB", STR_ARGS(at->postal), end % 9 + 1);
    }
    sink_set_text(row, HCO_POSTAL_CODE, postal);
    sink_set_text(row, HCO_PREFECTURE, at->region);
    sink_set_text(row, HCO_CITY, at->city);
    sink_set_text(row, HCO_ADDRESS,
                  phrase_replace(arena, country->address, slots, sizeof slots / sizeof slots[0]));
}

/* 99 is no prefecture: the codes look right and can never be those of a real institution. */
static Str facility_code(const Country *country, const Institution *one, uint32_t index,
                         Arena *arena) {
    if (!str_is(country->tag, "JP")) {
        return str_format(arena, "%.*s%09u", STR_ARGS(country->tag), index + 1);
    }
    int table = one->kind == INSTITUTION_PHARMACY ? 4 : 1;
    return str_format(arena, "99%d%07u", table, index + 1);
}

/* Practices and pharmacies decide without one. */
static bool has_committee(const Institution *one) {
    return one->kind == INSTITUTION_UNIVERSITY || one->kind == INSTITUTION_GENERAL;
}

/* The day of its next committee; 0: it has none. */
static int64_t write_institution(const World *world, uint32_t index, Sink *sink) {
    const Institution *one = &world->institutions[index];
    const Country *country = &world->corpus->countries[one->country];
    Random random = random_stream(world->seed, STREAM_INSTITUTION_NAME, index);
    Arena *arena = sink_arena(sink);
    SinkHead head = {.id = world_institution_id(world, index),
                     .by = world_user_id(world, world->admin),
                     .at = one->created_at};
    SinkRow row = sink_begin(sink, TABLE_HCO, &head);
    sink_set_text(&row, HCO_KIND, str_of(KIND_CODES[one->kind]));
    sink_set_text(&row, HCO_COUNTRY, country->code);
    set_name(country, one, &random, sink, &row);
    set_address(country, one, &random, sink, &row);
    sink_set_text(&row, HCO_FACILITY_CODE, facility_code(country, one, index, arena));
    sink_set(&row, HCO_OWNER, value_id(world_user_id(world, one->representative)));
    int64_t day = 0;
    if (has_committee(one)) {
        /* Each representative has at least one within the month. */
        bool first = index == world->representatives[one->representative].first_institution;
        int64_t days = random_between(&random, 4, first ? 27 : 130);
        day = world->now / CLOCK_DAY + days;
        sink_set_text(&row, HCO_NEXT_COMMITTEE_ON, date_text(arena, date_from_days(day)));
    }
    sink_end(&row);
    return day;
}

/* Most decisions are old and positive; some are being made now. */
static void write_adoption(const World *world, uint32_t institution, uint32_t brand, Random *random,
                           Sink *sink) {
    static const char *const STATES[] = {"adopted", "under_review", "rejected", "dropped"};
    static const uint32_t ENDS[] = {62, 84, 94, 100};
    uint64_t number = (uint64_t)institution * 16 + brand;
    int64_t at = world->now - random_between(random, 20, WORLD_PAST_DAYS) * CLOCK_DAY;
    SinkHead head = {.id = random_id(world->seed, STREAM_ADOPTION, number, at),
                     .by = world_user_id(world, world->institutions[institution].representative),
                     .at = at};
    SinkRow row = sink_begin(sink, TABLE_ADOPTION, &head);
    sink_set(&row, ADOPTION_HCO, value_id(world_institution_id(world, institution)));
    sink_set(&row, ADOPTION_PRODUCT, value_id(world_brand_id(world, brand)));
    sink_set_text(&row, ADOPTION_STATE, str_of(STATES[corpus_draw_index(ENDS, 4, random)]));
    sink_set_text(&row, ADOPTION_SINCE,
                  date_text(sink_arena(sink), date_from_days(at / CLOCK_DAY)));
    sink_end(&row);
}

/* A memo about the institution itself, by whoever looks after it. */
static void write_account_memo(const World *world, uint32_t index, Random *random, Sink *sink) {
    const Institution *one = &world->institutions[index];
    uint32_t brand = random_below(random, (uint32_t)world->corpus->brand_count);
    PhraseSubject subject = {.corpus = world->corpus,
                             .brand = &world->corpus->brands[brand],
                             .lang = world->corpus->countries[one->country].lang};
    int64_t at = world->now - random_between(random, 3, 400) * CLOCK_DAY;
    Id by = world_user_id(world, one->representative);
    SinkHead head = {.id = random_id(world->seed, STREAM_ADOPTION, (uint64_t)index * 16 + 15, at),
                     .by = by,
                     .at = at};
    SinkRow row = sink_begin(sink, TABLE_MEMO, &head);
    sink_set(&row, MEMO_HCO, value_id(world_institution_id(world, index)));
    sink_set_text(&row, MEMO_KIND, STR("story"));
    sink_set_text(&row, MEMO_TEXT, phrase_make(sink_arena(sink), &subject, TEXT_ACCOUNT, random));
    sink_set(&row, MEMO_BY, value_id(by));
    sink_set(&row, MEMO_AT, value_integer(at));
    sink_end(&row);
}

void rows_write_institutions(const World *world, Sink *sink) {
    for (uint32_t i = 0; i < world->institution_count && !sink_failed(sink); i++) {
        const Institution *one = &world->institutions[i];
        Random random = random_stream(world->seed, STREAM_ADOPTION, i);
        int64_t committee_day = write_institution(world, i, sink);
        if (committee_day) rows_write_committee(world, i, committee_day, sink);
        double percent = has_committee(one) ? 70 : one->kind == INSTITUTION_CLINIC ? 25 : 0;
        for (uint32_t brand = 0; brand < world->corpus->brand_count; brand++) {
            if (random_chance(&random, percent)) write_adoption(world, i, brand, &random, sink);
        }
        if (has_committee(one)) write_account_memo(world, i, &random, sink);
        sink_breathe(sink);
    }
}
