/*
 * The replay puts the past in the place of the present: a WITH before the score's own query has
 * relations of the same names as the tables, which hold what had happened by the end of the day. So
 * the rule that is replayed is the rule that is in force, to the letter, and no look can see what
 * came later. What came later is read from the tables themselves, for comparing only.
 */
#include "backtest.h"

#include <stdlib.h>

#include "past_value.h"
#include "rollup_measure.h"
#include "system_actor.h"
#include "tables.h"
#include "temperature.h"
#include "zone.h"

/* A doctor at one look who had an event afterwards. */
typedef struct Sighting {
    Id id;
    int64_t event_at, look_at;
    bool marked, plain;
} Sighting;

/* A replay under way: what was seen at the looks so far, to be held against the events. */
typedef struct Replay {
    Context *context;
    const BacktestOptions *options;
    Backtest *result;
    Sighting *sightings; /* malloc'ed */
    size_t count, capacity;
    Date day;        /* that is looked at */
    int64_t look_at; /* its last instant */
} Replay;

static void free_sightings(Replay *replay) {
    free(replay->sightings);
}

void backtest_days(int64_t horizon, Date today, Date *from, Date *to) {
    int64_t last = date_to_days(today) - horizon;
    *to = date_from_days(last);
    *from = date_from_days(last - BACKTEST_DAYS_USUAL);
}

/* ---- What the rule asks about ---- */

static bool rule_mentions(const Score *score, const Field *field) {
    return score_mentions(score, field) || condition_mentions(score->check.plain, field);
}

/* What tells of a person's temperature stands in the readings, and is read from them again. */
static const char *const TEMPERATURES[] = {"temperature", "temperature_previous",
                                           "temperature_changed_at", "temperature_direction", NULL};

static bool is_temperature(const Object *object, const Field *field) {
    for (int i = 0; TEMPERATURES[i] && str_is(object->name, "hcp"); i++) {
        if (str_is(field->name, TEMPERATURES[i])) return true;
    }
    return false;
}

/* What the system derives (scores, rankings) is no change that the journal tells of. */
static bool is_in_journal(const Field *field) {
    return !field->system && !field->rollup;
}

static void note_own_pasts(const Replay *replay, Str *by_journal, Str *as_today) {
    const Score *score = replay->options->score;
    Backtest *result = replay->result;
    for (size_t i = 0; i < score->object->field_count; i++) {
        const Field *field = &score->object->fields[i];
        if (!score_mentions(score, field) || field->rollup) continue;
        if (is_temperature(score->object, field)) continue;
        if (is_in_journal(field)) {
            by_journal[result->by_journal_count++] = field->name;
        } else {
            as_today[result->as_today_count++] = field->name;
        }
    }
}

/* Whoever reads the figures must know what was replayed from where. */
static void note_unknown_pasts(const Replay *replay) {
    const Score *score = replay->options->score;
    const ScoreCheck *check = &score->check;
    Backtest *result = replay->result;
    Arena *arena = replay->context->arena;
    Str *by_journal = ARENA_ARRAY(arena, score->object->field_count + check->dated_count, Str);
    Str *as_today = ARENA_ARRAY(arena, score->object->field_count, Str);
    note_own_pasts(replay, by_journal, as_today);
    for (size_t i = 0; i < check->dated_count; i++) {
        const ScoreDated *dated = &check->dated[i];
        by_journal[result->by_journal_count++] = str_format(
            arena, "%.*s.%.*s", STR_ARGS(dated->object->name), STR_ARGS(dated->field->name));
    }
    result->by_journal = by_journal;
    result->as_today = as_today;
}

/* ---- The past as relations ---- */

static void add_number(Sql *sql, int64_t number) {
    sql_add_str(sql, str_format(sql->arena, "%lld", (long long)number));
}

/* The table itself, although a relation of its name stands before it. */
static void add_table(Sql *sql, const Object *object) {
    if (sql->kind == STORE_SQLITE) sql_add(sql, "\"main\".");
    sql_add_name(sql, object->name);
}

static bool is_filled_later(const ScoreCheck *check, const Field *field) {
    for (size_t i = 0; i < check->later_count; i++) {
        if (check->later[i] == field) return true;
    }
    return false;
}

/* A sign that was cleared on a later day was open on this one. */
static void add_not_yet(Sql *sql, const Replay *replay, const Field *field) {
    sql_add(sql, "CASE WHEN ");
    sql_add_column(sql, STR("h"), field->name);
    sql_add(sql, " <= ");
    add_number(sql, replay->look_at);
    sql_add(sql, " THEN ");
    sql_add_column(sql, STR("h"), field->name);
    sql_add(sql, " END");
}

static const ScoreDated *find_dated(const ScoreCheck *check, const Field *field) {
    for (size_t i = 0; i < check->dated_count; i++) {
        if (check->dated[i].field == field) return &check->dated[i];
    }
    return NULL;
}

static void add_past_column(Sql *sql, const Replay *replay, const Object *object,
                            const Field *field) {
    const ScoreCheck *check = &replay->options->score->check;
    const ScoreDated *dated = find_dated(check, field);
    sql_add(sql, ", ");
    if (dated) {
        PastValue asked = {.object = object,
                           .field = field,
                           .alias = STR("h"),
                           .instant = replay->look_at,
                           .taken_at = dated->at,
                           .before = dated->before};
        past_value_add(sql, &asked);
    } else if (is_filled_later(check, field)) {
        add_not_yet(sql, replay, field);
    } else {
        sql_add_column(sql, STR("h"), field->name);
        return;
    }
    sql_add(sql, " AS ");
    sql_add_name(sql, field->name);
}

static void add_system_columns(Sql *sql) {
    for (int i = 0; i < TABLES_SYSTEM_COLUMNS; i++) {
        if (i) sql_add(sql, ", ");
        sql_add_column(sql, STR("h"), str_of(TABLES_SYSTEM_COLUMN_NAMES[i]));
    }
}

/* Not materialized, so that the table's indexes serve whoever asks about one doctor. */
static void add_past(Sql *sql, const Replay *replay, const Object *object) {
    sql_add_name(sql, object->name);
    sql_add(sql, " AS NOT MATERIALIZED (SELECT ");
    add_system_columns(sql);
    for (size_t i = 0; i < object->field_count; i++) {
        add_past_column(sql, replay, object, &object->fields[i]);
    }
    sql_add(sql, " FROM ");
    add_table(sql, object);
    sql_add(sql, " AS \"h\" WHERE ");
    sql_add_column(sql, STR("h"), object->timeline_at);
    sql_add(sql, " <= ");
    if (object_field(object, object->timeline_at)->type == FIELD_DATE) {
        sql_bind(sql, value_text(date_text(sql->arena, replay->day)));
    } else {
        add_number(sql, replay->look_at);
    }
    sql_add(sql, "), ");
}

/* Whatever has a date and tells of what has the score; what is not asked about costs nothing. */
static void add_pasts(Sql *sql, const Replay *replay) {
    const Model *model = replay->context->model;
    for (size_t i = 0; i < model_object_count(model); i++) {
        const Object *object = model_object_at(model, i);
        if (object == replay->options->score->object || str_empty(object->timeline_at)) continue;
        add_past(sql, replay, object);
    }
}

/* The last reading by then, or the last that moved. */
static void add_reading(Sql *sql, const char *column, const char *which) {
    sql_add(sql, "(SELECT \"t\".\"");
    sql_add(sql, column);
    sql_add(sql,
            "\" FROM \"temperature_reading\" AS \"t\" WHERE \"t\".\"hcp\" = \"h\".\"id\" AND "
            "\"t\".\"deleted_at\" IS NULL");
    sql_add(sql, which);
    sql_add(sql, " ORDER BY \"t\".\"at\" DESC, \"t\".\"id\" DESC LIMIT 1)");
}

static void add_temperature(Sql *sql, const Replay *replay, const Field *field) {
    static const char MOVED[] = " AND \"t\".\"previous\" IS DISTINCT FROM \"t\".\"value\"";
    if (str_is(field->name, "temperature")) {
        add_reading(sql, "value", "");
    } else if (str_is(field->name, "temperature_previous")) {
        add_reading(sql, "previous", MOVED);
    } else if (str_is(field->name, "temperature_changed_at")) {
        add_reading(sql, "at", MOVED);
    } else {
        temperature_add_direction(replay->context->model, sql, STR("\"h\".\"id\""));
    }
}

static void add_then(Sql *sql, const Replay *replay, const Field *field) {
    const Object *object = replay->options->score->object;
    sql_add(sql, ", ");
    if (field->rollup) {
        rollup_add_measure(sql, field->rollup, STR("\"h\".\"id\""));
    } else if (is_temperature(object, field)) {
        add_temperature(sql, replay, field);
    } else if (is_in_journal(field) && rule_mentions(replay->options->score, field)) {
        PastValue asked = {
            .object = object, .field = field, .alias = STR("h"), .instant = replay->look_at};
        past_value_add(sql, &asked);
    } else {
        sql_add_column(sql, STR("h"), field->name);
    }
    sql_add(sql, " AS ");
    sql_add_name(sql, field->name);
}

/*
 * Those that the reader may read today. Materialized: a rule asks for the same column several
 * times, and each is a query of its own.
 */
static void add_records(Sql *sql, const Replay *replay) {
    const Score *score = replay->options->score;
    sql_add_name(sql, score->object->name);
    sql_add(sql, " AS MATERIALIZED (SELECT ");
    add_system_columns(sql);
    for (size_t i = 0; i < score->object->field_count; i++) {
        const Field *field = &score->object->fields[i];
        /* References also say whose a record is, which the reader's rights go by. */
        if (field->type != FIELD_REFERENCE && !rule_mentions(score, field)) continue;
        add_then(sql, replay, field);
    }
    sql_add(sql, " FROM ");
    add_table(sql, score->object);
    sql_add(sql, " AS \"h\" WHERE \"h\".\"deleted_at\" IS NULL AND ");
    access_add_predicate(replay->context, sql, score->object, STR("h"), VERB_READ);
    sql_add(sql, ")");
}

/* The first event of each record after the look, from the table itself. */
static Status add_events(Sql *sql, Replay *replay) {
    const ScoreCheck *check = &replay->options->score->check;
    SystemActor storage;
    sql_add(sql, "\"following\" AS MATERIALIZED (SELECT ");
    sql_add_column(sql, STR("r"), check->link->name);
    sql_add(sql, " AS \"id\", MIN(");
    sql_add_column(sql, STR("r"), check->at->name);
    sql_add(sql, ") AS \"at\" FROM ");
    add_table(sql, check->object);
    sql_add(sql, " AS \"r\" WHERE \"r\".\"deleted_at\" IS NULL AND ");
    sql_add_column(sql, STR("r"), check->at->name);
    sql_add(sql, " > ");
    add_number(sql, replay->look_at);
    sql_add(sql, " AND ");
    sql_add_column(sql, STR("r"), check->at->name);
    sql_add(sql, " <= ");
    add_number(sql, replay->look_at + replay->options->horizon * CLOCK_DAY);
    sql_add(sql, " AND ");
    Status status =
        condition_add_sql(system_actor(replay->context, &storage), check->event, sql, STR("r"));
    sql_add(sql, " GROUP BY 1), ");
    return status;
}

/* ---- One look ---- */

/* Few rows: one for all of a kind, and one for each record that had an event afterwards. */
static Status add_query(Sql *sql, Replay *replay) {
    const Score *score = replay->options->score;
    SystemActor storage;
    Context *system = system_actor(replay->context, &storage);
    ScoreQuery query = {.begin = ", ", .also = score->check.plain};
    sql_add(sql, "WITH ");
    Status status = add_events(sql, replay);
    if (status != STATUS_OK) return status;
    add_pasts(sql, replay);
    add_records(sql, replay);
    system->now = replay->look_at;
    status = score_add_sql(score, system, &query, sql);
    sql_add(sql, " SELECT CASE WHEN s.\"points\" >= ");
    add_number(sql, score->check.level->from);
    sql_add(sql,
            " THEN 1 ELSE 0 END AS \"marked\", CASE WHEN s.\"also\" THEN 1 ELSE 0 END, "
            "f.\"id\", f.\"at\", COUNT(*) FROM \"scored\" AS s LEFT JOIN \"following\" AS f ON "
            "f.\"id\" = s.\"id\" WHERE s.\"points\" IS NOT NULL GROUP BY 1, 2, 3, 4");
    return status;
}

static void note(Replay *replay, const Rows *rows) {
    Backtest *result = replay->result;
    Sighting seen = {.marked = store_column(rows, 0, VALUE_INTEGER).integer != 0,
                     .plain = store_column(rows, 1, VALUE_INTEGER).integer != 0,
                     .look_at = replay->look_at};
    Value id = store_column(rows, 2, VALUE_ID), at = store_column(rows, 3, VALUE_INTEGER);
    int64_t count = store_column(rows, 4, VALUE_INTEGER).integer;
    bool followed = id.kind == VALUE_ID;
    result->asked += count;
    if (followed) result->followed += count;
    if (seen.marked) result->score.marked += count;
    if (seen.marked && followed) result->score.right += count;
    if (seen.plain) result->plain.marked += count;
    if (seen.plain && followed) result->plain.right += count;
    if (!followed) return;
    if (replay->count == replay->capacity) {
        replay->capacity = replay->capacity ? replay->capacity * 2 : 256;
        replay->sightings =
            realloc(replay->sightings, replay->capacity * sizeof *replay->sightings);
        if (!replay->sightings) abort();
    }
    seen.id = id.id;
    seen.event_at = at.integer;
    replay->sightings[replay->count++] = seen;
}

/* An arena of its own: a year of looks would otherwise keep a year of SQL. */
static Status look(Replay *replay) {
    Arena *arena CLEANUP(arena_drop) = arena_new();
    Context *outer = replay->context;
    Context context = *outer;
    Rows *rows CLEANUP(store_drop) = NULL;
    context.arena = arena;
    replay->context = &context;
    Sql sql CLEANUP(sql_free) = sql_new(arena, transaction_kind(context.transaction));
    Status status = add_query(&sql, replay);
    if (status == STATUS_OK) status = sql_query(&sql, context.transaction, &rows);
    while (status == STATUS_OK && (status = store_next(rows)) == STATUS_OK) note(replay, rows);
    replay->context = outer;
    replay->result->looks++;
    return status == STATUS_END ? STATUS_OK : status;
}

/* ---- Summed up by event ---- */

static int compare_sightings(const void *a, const void *b) {
    const Sighting *one = a, *other = b;
    int by_id = memcmp(one->id.bytes, other->id.bytes, sizeof one->id.bytes);
    if (by_id) return by_id;
    if (one->event_at != other->event_at) return one->event_at < other->event_at ? -1 : 1;
    return one->look_at < other->look_at ? -1 : one->look_at > other->look_at;
}

static int compare_days(const void *a, const void *b) {
    const int64_t *one = a, *other = b;
    return *one < *other ? -1 : *one > *other;
}

static int64_t median(int64_t *days, size_t count) {
    if (!count) return -1;
    qsort(days, count, sizeof *days, compare_days);
    return count % 2 ? days[count / 2] : (days[count / 2 - 1] + days[count / 2]) / 2;
}

/* The first mark before each event tells how long before it somebody could have asked. */
static void sum_up(Replay *replay, BacktestSide *side, bool (*is_marked)(const Sighting *)) {
    int64_t *leads = ARENA_ARRAY(replay->context->arena, replay->count, int64_t);
    size_t caught = 0;
    bool found = false;
    for (size_t i = 0; i < replay->count; i++) {
        const Sighting *seen = &replay->sightings[i], *before = i ? seen - 1 : NULL;
        bool same = before && id_equal(seen->id, before->id) && seen->event_at == before->event_at;
        if (!same) found = false;
        if (found || !is_marked(seen)) continue;
        found = true;
        leads[caught++] = (seen->event_at - seen->look_at) / CLOCK_DAY;
    }
    side->caught = (int64_t)caught;
    side->lead = median(leads, caught);
}

static bool by_score(const Sighting *seen) {
    return seen->marked;
}

static bool by_plain(const Sighting *seen) {
    return seen->plain;
}

static void sum_up_events(Replay *replay) {
    if (replay->count) {
        qsort(replay->sightings, replay->count, sizeof *replay->sightings, compare_sightings);
    }
    for (size_t i = 0; i < replay->count; i++) {
        const Sighting *seen = &replay->sightings[i], *before = i ? seen - 1 : NULL;
        bool same = before && id_equal(seen->id, before->id) && seen->event_at == before->event_at;
        if (!same) replay->result->events++;
    }
    sum_up(replay, &replay->result->score, by_score);
    sum_up(replay, &replay->result->plain, by_plain);
}

Status backtest_check(Context *context, const BacktestOptions *options) {
    int64_t first = date_to_days(options->from), last = date_to_days(options->to);
    bool counted = options->step > 0 && options->step <= BACKTEST_LENGTH_MOST &&
                   options->horizon > 0 && options->horizon <= BACKTEST_LENGTH_MOST &&
                   first <= last;
    if (counted && (last - first) / options->step < BACKTEST_LOOKS_MOST) return STATUS_OK;
    problem_add(context->problem, STR("/from"), "backtest_range");
    return STATUS_INVALID;
}

Status backtest_run(Context *context, const BacktestOptions *options, Backtest *out) {
    Backtest result = {0};
    Replay replay CLEANUP(free_sightings) = {
        .context = context, .options = options, .result = &result};
    int64_t first = date_to_days(options->from), last = date_to_days(options->to);
    Status status = backtest_check(context, options);
    if (status != STATUS_OK) return status;
    note_unknown_pasts(&replay);
    int64_t looks = (last - first) / options->step + 1;
    for (int64_t day = first; day <= last && status == STATUS_OK; day += options->step) {
        if (options->go_on && !options->go_on(options->data, result.looks, looks)) {
            return STATUS_BUSY;
        }
        replay.day = date_from_days(day);
        replay.look_at = zone_day_start(context->actor->zone, date_from_days(day + 1)) - 1;
        status = look(&replay);
    }
    if (status != STATUS_OK) return status;
    sum_up_events(&replay);
    *out = result;
    return STATUS_OK;
}
