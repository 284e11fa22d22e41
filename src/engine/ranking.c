/*
 * The database measures, in one query of all records; ranking is done here, where sorting a hundred
 * thousand numbers takes less than asking either database for it, and gives the same on both. Only
 * what differs from what is kept is written, many records a statement.
 */
#include "ranking.h"

#include <stdlib.h>

#include "system_actor.h"

enum { ROWS_A_STATEMENT = 200, RANKED_AT_FIRST = 1024 };

/* One record that is ranked, or whose kept ranking has to go. */
typedef struct Ranked {
    Id id, group;
    bool applies, grouped;
    RankingValue values[RANKING_MEASURES_MOST];
    int64_t bands[RANKING_MEASURES_MOST];
    int64_t kept[RANKING_MEASURES_MOST]; /* 0: none */
    const RankingLevel *level;
    Str kept_level;
    int64_t sum, kept_sum;
} Ranked;

/* All records of one ranking in memory, where they are sorted once for each measure. */
typedef struct Ranks {
    const Ranking *ranking;
    Context *context;
    Ranked *items;
    size_t count, capacity;
} Ranks;

/* ---- Measuring ---- */

static void add_kept(Sql *sql, const Field *field) {
    sql_add(sql, ", ");
    if (field) {
        sql_add_column(sql, STR("r"), field->name);
    } else {
        sql_add(sql, "NULL");
    }
}

static Status add_applies(const Ranking *ranking, Context *context, Sql *sql) {
    sql_add(sql, "CASE WHEN ");
    Status status = condition_add_sql(context, ranking->condition, sql, STR("r"));
    sql_add(sql, " THEN CAST(1 AS BIGINT) ELSE CAST(0 AS BIGINT) END");
    return status;
}

/* Id, whether it is ranked, its group, then each measure, then all that is kept. */
static Status add_measures(const Ranking *ranking, Context *context, Sql *sql) {
    sql_add(sql, "SELECT \"r\".\"id\", ");
    Status status = add_applies(ranking, context, sql);
    sql_add(sql, ", ");
    if (ranking->group && status == STATUS_OK) {
        status = condition_add_value_sql(context, ranking->group, sql, STR("r"));
    } else {
        sql_add(sql, "NULL");
    }
    for (size_t i = 0; i < ranking->measure_count && status == STATUS_OK; i++) {
        sql_add(sql, ", ");
        status = condition_add_value_sql(context, ranking->measures[i].value, sql, STR("r"));
    }
    add_kept(sql, ranking->sum);
    add_kept(sql, ranking->level);
    for (size_t i = 0; i < ranking->measure_count; i++) add_kept(sql, ranking->measures[i].keep);
    sql_add(sql, " FROM ");
    sql_add_name(sql, ranking->object->name);
    sql_add(sql, " AS \"r\" WHERE \"r\".\"deleted_at\" IS NULL");
    return status;
}

static Ranked *add_ranked(Ranks *ranks) {
    if (ranks->count == ranks->capacity) {
        ranks->capacity = ranks->capacity ? ranks->capacity * 2 : RANKED_AT_FIRST;
        Ranked *items = ARENA_ARRAY(ranks->context->arena, ranks->capacity, Ranked);
        if (ranks->count) memcpy(items, ranks->items, ranks->count * sizeof *items);
        ranks->items = items;
    }
    return &ranks->items[ranks->count++];
}

static int64_t whole(const Rows *rows, int column) {
    Value value = store_column(rows, column, VALUE_INTEGER);
    return value.kind == VALUE_INTEGER ? value.integer : 0;
}

/* Nothing at all, or none of what more would be better. */
static RankingValue measured(const RankingMeasure *measure, const Rows *rows, int column) {
    Value value = store_column(rows, column, VALUE_DECIMAL);
    bool empty = value.kind != VALUE_DECIMAL;
    double number = empty ? 0 : value.decimal;
    if (measure->better == RANKING_MORE && number <= 0) empty = true;
    return (RankingValue){.empty = empty, .value = number};
}

static Status read_row(Ranks *ranks, const Rows *rows) {
    const Ranking *ranking = ranks->ranking;
    Ranked *one = add_ranked(ranks);
    int column = 3;
    Value group = store_column(rows, 2, VALUE_ID);
    *one = (Ranked){.id = store_column(rows, 0, VALUE_ID).id, .applies = whole(rows, 1) == 1};
    one->grouped = group.kind == VALUE_ID;
    if (one->grouped) one->group = group.id;
    for (size_t i = 0; i < ranking->measure_count; i++) {
        one->values[i] = measured(&ranking->measures[i], rows, column++);
    }
    one->kept_sum = whole(rows, column++);
    Value level = store_column(rows, column++, VALUE_TEXT);
    if (level.kind == VALUE_TEXT) one->kept_level = str_copy(ranks->context->arena, level.text);
    for (size_t i = 0; i < ranking->measure_count; i++) one->kept[i] = whole(rows, column++);
    return STATUS_OK;
}

static Status read_all(Ranks *ranks) {
    Context *context = ranks->context;
    Sql sql CLEANUP(sql_free) = sql_new(context->arena, transaction_kind(context->transaction));
    Rows *rows CLEANUP(store_drop) = NULL;
    Status status = add_measures(ranks->ranking, context, &sql);
    if (status == STATUS_OK) status = sql_query(&sql, context->transaction, &rows);
    while (status == STATUS_OK && (status = store_next(rows)) == STATUS_OK) {
        status = read_row(ranks, rows);
    }
    return status == STATUS_END ? STATUS_OK : status;
}

/* ---- Ranking ---- */

/* Sorted by group, then from the worst to the best of one measure. */
typedef struct Place {
    Ranked *one;
    double value; /* the more the better */
    bool alone;   /* its group is too small: it is ranked among all */
} Place;

static int compare_groups(const Place *a, const Place *b) {
    int order = (int)a->one->grouped - (int)b->one->grouped;
    return order ? order : memcmp(&a->one->group, &b->one->group, sizeof(Id));
}

static int by_value(const void *a, const void *b) {
    double left = ((const Place *)a)->value, right = ((const Place *)b)->value;
    return (left > right) - (left < right);
}

static int by_group(const void *a, const void *b) {
    int order = compare_groups(a, b);
    return order ? order : by_value(a, b);
}

static int64_t band_of(const Ranking *ranking, size_t worse, size_t equal, size_t count) {
    int64_t middle = 2 * (int64_t)worse + (int64_t)equal - 1;
    int64_t band = 1 + ranking->bands * middle / (2 * (int64_t)count);
    return ranking->best == RANKING_HIGHEST_BEST ? band : ranking->bands + 1 - band;
}

/* Of places in order: equals share the band of the middle of theirs. */
static void give_bands(const Ranking *ranking, size_t measure, const Place *places, size_t count,
                       bool alone) {
    for (size_t i = 0; i < count;) {
        size_t end = i + 1;
        while (end < count && places[end].value == places[i].value) end++;
        int64_t band = band_of(ranking, i, end - i, count);
        for (size_t j = i; j < end; j++) {
            if (places[j].alone == alone) places[j].one->bands[measure] = band;
        }
        i = end;
    }
}

static void rank_groups(const Ranking *ranking, size_t measure, Place *places, size_t count) {
    for (size_t i = 0; i < count;) {
        size_t end = i + 1;
        while (end < count && compare_groups(&places[i], &places[end]) == 0) end++;
        bool small = (int64_t)(end - i) < ranking->least;
        for (size_t j = i; j < end; j++) places[j].alone = small;
        if (!small) give_bands(ranking, measure, &places[i], end - i, false);
        i = end;
    }
}

static size_t fill_places(const Ranks *ranks, size_t measure, Place *places) {
    const Ranking *ranking = ranks->ranking;
    bool less = ranking->measures[measure].better == RANKING_LESS;
    int64_t worst = ranking->best == RANKING_HIGHEST_BEST ? 1 : ranking->bands;
    size_t count = 0;
    for (size_t i = 0; i < ranks->count; i++) {
        Ranked *one = &ranks->items[i];
        const RankingValue *value = &one->values[measure];
        if (!one->applies) continue;
        one->bands[measure] = worst;
        if (value->empty) continue;
        places[count++] = (Place){.one = one, .value = less ? -value->value : value->value};
    }
    return count;
}

static void rank_measure(const Ranks *ranks, size_t measure, Place *places) {
    size_t count = fill_places(ranks, measure, places);
    qsort(places, count, sizeof *places, by_group);
    rank_groups(ranks->ranking, measure, places, count);
    qsort(places, count, sizeof *places, by_value);
    give_bands(ranks->ranking, measure, places, count, true);
}

static void sum_up(const Ranking *ranking, Ranked *one) {
    for (size_t i = 0; i < ranking->measure_count; i++) one->sum += one->bands[i];
    for (size_t i = 0; i < ranking->level_count && one->applies; i++) {
        if (one->sum >= ranking->levels[i].from) one->level = &ranking->levels[i];
    }
}

static void rank(Ranks *ranks) {
    Place *places = ARENA_ARRAY(ranks->context->arena, ranks->count, Place);
    for (size_t i = 0; i < ranks->ranking->measure_count; i++) rank_measure(ranks, i, places);
    for (size_t i = 0; i < ranks->count; i++) sum_up(ranks->ranking, &ranks->items[i]);
}

/* ---- Keeping ---- */

static bool differs(const Ranking *ranking, const Ranked *one) {
    Str level = one->level ? one->level->name : (Str){0};
    if (one->sum != one->kept_sum || !str_equal(level, one->kept_level)) return true;
    for (size_t i = 0; i < ranking->measure_count; i++) {
        if (one->bands[i] != one->kept[i]) return true;
    }
    return false;
}

static Value number_or_null(int64_t number) {
    return number ? value_integer(number) : value_null();
}

/* PostgreSQL takes the types of a list of rows from the first, where a NULL would tell none. */
static void bind_as(Sql *sql, Value value, const char *type) {
    sql_add(sql, ", CAST(");
    sql_bind(sql, value);
    sql_add(sql, " AS ");
    sql_add(sql, type);
    sql_add(sql, ")");
}

static void add_row(const Ranking *ranking, const Ranked *one, Sql *sql) {
    sql_add(sql, "(");
    sql_bind(sql, value_id(one->id));
    bind_as(sql, one->level ? value_text(one->level->name) : value_null(), "TEXT");
    bind_as(sql, number_or_null(one->sum), "BIGINT");
    for (size_t i = 0; i < ranking->measure_count; i++) {
        bind_as(sql, number_or_null(one->bands[i]), "BIGINT");
    }
    sql_add(sql, ")");
}

static void add_set(Sql *sql, const Field *field, const char *value, size_t *count) {
    if (!field) return;
    sql_add(sql, (*count)++ ? ", " : " SET ");
    sql_add_name(sql, field->name);
    sql_add(sql, " = ");
    sql_add(sql, value);
}

/* The level before, and since when, move only where the level does. */
static void add_level(const Ranking *ranking, Context *context, Sql *sql, size_t *count) {
    const struct {
        const Field *field;
        const char *moved;
    } KEPT[] = {{ranking->previous, NULL}, {ranking->since, "now"}};
    if (!ranking->level) return;
    add_set(sql, ranking->level, "v.\"level\"", count);
    for (size_t i = 0; i < sizeof KEPT / sizeof *KEPT; i++) {
        if (!KEPT[i].field) continue;
        add_set(sql, KEPT[i].field, "CASE WHEN ", count);
        sql_add_column(sql, ranking->object->name, ranking->level->name);
        sql_add(sql, " IS NOT DISTINCT FROM v.\"level\" THEN ");
        sql_add_column(sql, ranking->object->name, KEPT[i].field->name);
        sql_add(sql, " ELSE ");
        if (KEPT[i].moved) {
            sql_bind(sql, value_integer(context->now));
        } else {
            sql_add_column(sql, ranking->object->name, ranking->level->name);
        }
        sql_add(sql, " END");
    }
}

static void add_update(const Ranking *ranking, Context *context, Sql *sql) {
    size_t count = 0;
    sql_add(sql, ") UPDATE ");
    sql_add_name(sql, ranking->object->name);
    add_set(sql, ranking->sum, "v.\"sum\"", &count);
    for (size_t i = 0; i < ranking->measure_count; i++) {
        Str value = str_format(sql->arena, "v.\"band_%zu\"", i);
        add_set(sql, ranking->measures[i].keep, value.data, &count);
    }
    add_level(ranking, context, sql, &count);
    sql_add(sql, " FROM \"made\" AS v WHERE ");
    sql_add_column(sql, ranking->object->name, STR("id"));
    sql_add(sql, " = v.\"id\"");
}

static void begin_statement(const Ranking *ranking, Sql *sql) {
    sql_add(sql, "WITH \"made\" (\"id\", \"level\", \"sum\"");
    for (size_t i = 0; i < ranking->measure_count; i++) {
        sql_add_str(sql, str_format(sql->arena, ", \"band_%zu\"", i));
    }
    sql_add(sql, ") AS (VALUES ");
}

/* From `*next` on; `*next` moves behind what was written. */
static Status write_some(const Ranks *ranks, Arena *arena, size_t *next) {
    Context *context = ranks->context;
    Sql sql CLEANUP(sql_free) = sql_new(arena, transaction_kind(context->transaction));
    size_t rows = 0;
    begin_statement(ranks->ranking, &sql);
    for (; *next < ranks->count && rows < ROWS_A_STATEMENT; ++*next) {
        const Ranked *one = &ranks->items[*next];
        if (!differs(ranks->ranking, one)) continue;
        if (rows++) sql_add(&sql, ", ");
        add_row(ranks->ranking, one, &sql);
    }
    if (!rows) return STATUS_OK;
    add_update(ranks->ranking, context, &sql);
    return sql_execute(&sql, context->transaction, NULL);
}

static Status write_all(const Ranks *ranks) {
    Arena *scratch CLEANUP(arena_drop) = arena_new();
    Status status = STATUS_OK;
    for (size_t next = 0; next < ranks->count && status == STATUS_OK;) {
        arena_reset(scratch);
        status = write_some(ranks, scratch, &next);
    }
    return status;
}

/* In memory of its own: a hundred thousand records are some twenty megabytes. */
Status ranking_run(const Ranking *ranking, Context *context) {
    Arena *arena CLEANUP(arena_drop) = arena_new();
    Context own = *context;
    Ranks ranks = {.ranking = ranking, .context = &own};
    own.arena = arena;
    Status status = read_all(&ranks);
    if (status != STATUS_OK) return status;
    rank(&ranks);
    return write_all(&ranks);
}

Status rankings_run(const Rankings *rankings, Context *context) {
    Status status = STATUS_OK;
    for (size_t i = 0; i < rankings->count && status == STATUS_OK; i++) {
        status = ranking_run(&rankings->items[i], context);
    }
    return status;
}

/* ---- One record ---- */

Status ranking_values(const Ranking *ranking, Context *context, Id record, bool *applies,
                      RankingValue *out) {
    Sql sql CLEANUP(sql_free) = sql_new(context->arena, transaction_kind(context->transaction));
    Rows *rows CLEANUP(store_drop) = NULL;
    SystemActor storage;
    Context *system = system_actor(context, &storage);
    Ranks ranks = {.ranking = ranking, .context = system};
    Status status = add_measures(ranking, system, &sql);
    sql_add(&sql, " AND \"r\".\"id\" = ");
    sql_bind(&sql, value_id(record));
    if (status == STATUS_OK) status = sql_query(&sql, context->transaction, &rows);
    if (status == STATUS_OK) status = store_next(rows);
    if (status == STATUS_END) return STATUS_NOT_FOUND;
    if (status == STATUS_OK) status = read_row(&ranks, rows);
    if (status != STATUS_OK) return status;
    *applies = ranks.items[0].applies;
    memcpy(out, ranks.items[0].values, ranking->measure_count * sizeof *out);
    return STATUS_OK;
}
