/*
 * A ranking as a picture: how many of the reader's records stand in each pair of bands of the first
 * two measures, and the bands of the third in each. Counted over what the reader may see.
 */
#include "access.h"
#include "list_query.h"
#include "ranking.h"
#include "resources.h"

/* Which measures lie across, down, and in the fields; a ranking of two has no third. */
enum { ACROSS, DOWN, INSIDE };

static const Ranking *find_readable(const Call *call) {
    const Ranking *ranking = rankings_find(&call->business->rankings, call->path[0]);
    if (!ranking || ranking->measure_count < 2) return NULL;
    if (access_scope(&call->actor, ranking->object, VERB_READ) == SCOPE_NONE) return NULL;
    for (size_t i = 0; i < ranking->measure_count; i++) {
        const Field *field = ranking->measures[i].keep;
        if (!access_may_read_field(&call->actor, ranking->object, field)) return NULL;
    }
    return ranking;
}

static void add_band(Sql *sql, const Ranking *ranking, size_t measure) {
    sql_add_column(sql, STR("r"), ranking->measures[measure].keep->name);
}

static Status build(Call *call, const Ranking *ranking, const ListAsked *asked, Sql *sql) {
    sql_add(sql, "SELECT ");
    add_band(sql, ranking, ACROSS);
    sql_add(sql, ", ");
    add_band(sql, ranking, DOWN);
    sql_add(sql, ", CAST(COUNT(*) AS BIGINT), CAST(COALESCE(SUM(");
    add_band(sql, ranking, ranking->measure_count > INSIDE ? INSIDE : DOWN);
    sql_add(sql, "), 0) AS BIGINT) FROM ");
    sql_add_name(sql, ranking->object->name);
    sql_add(sql, " AS \"r\" WHERE \"r\".\"deleted_at\" IS NULL AND ");
    add_band(sql, ranking, ACROSS);
    sql_add(sql, " IS NOT NULL AND ");
    add_band(sql, ranking, DOWN);
    sql_add(sql, " IS NOT NULL AND ");
    access_add_predicate(&call->context, sql, ranking->object, STR("r"), VERB_READ);
    Status status = STATUS_OK;
    if (asked->condition) {
        sql_add(sql, " AND ");
        status = condition_add_sql(&call->context, asked->condition, sql, STR("r"));
    }
    sql_add(sql, " GROUP BY 1, 2 ORDER BY 2 DESC, 1");
    return status;
}

static void write_cell(Call *call, const Rows *rows) {
    int64_t count = store_column_integer(rows, 2), sum = store_column_integer(rows, 3);
    json_open_object(&call->json);
    json_member_integer(&call->json, "across", store_column_integer(rows, 0));
    json_member_integer(&call->json, "down", store_column_integer(rows, 1));
    json_member_integer(&call->json, "count", count);
    json_key(&call->json, STR("mean"));
    json_write_number(&call->json, (double)sum / (double)count);
    json_close_object(&call->json);
}

static Status write_cells(Call *call, const Sql *sql) {
    Rows *rows CLEANUP(store_drop) = NULL;
    Status status = sql_query(sql, call->context.transaction, &rows);
    json_key(&call->json, STR("cells"));
    json_open_array(&call->json);
    while (status == STATUS_OK && (status = store_next(rows)) == STATUS_OK) write_cell(call, rows);
    json_close_array(&call->json);
    return status == STATUS_END ? STATUS_OK : status;
}

static void write_axis(Call *call, const char *member, const RankingMeasure *measure) {
    json_key(&call->json, str_of(member));
    json_open_object(&call->json);
    json_member_text(&call->json, "field", measure->keep->name);
    json_member_text(&call->json, "label", label_in(&measure->label, call->actor.lang));
    json_close_object(&call->json);
}

/* Only a filter narrows it: sorting, fields and pages are a list's. */
static Status read_filter(Call *call, const Ranking *ranking, ListAsked *asked) {
    for (size_t i = 0; i < call->parameter_count; i++) {
        if (str_is(call->parameters[i].name, "filter")) continue;
        problem_add(&call->problem, STR("/"), "unknown_parameter", call->parameters[i].name);
        return STATUS_INVALID;
    }
    return list_query_read(call, ranking->object, NULL, asked);
}

Status ranking_grid(Call *call) {
    Sql sql CLEANUP(sql_free) = sql_new(call->arena, transaction_kind(call->context.transaction));
    const Ranking *ranking = find_readable(call);
    ListAsked asked = {0};
    if (!ranking) return STATUS_NOT_FOUND;
    Status status = read_filter(call, ranking, &asked);
    if (status == STATUS_OK) status = build(call, ranking, &asked, &sql);
    if (status != STATUS_OK) return status;
    json_open_object(&call->json);
    json_member_text(&call->json, "ranking", ranking->name);
    json_member_text(&call->json, "label", label_in(&ranking->label, call->actor.lang));
    json_member_text(&call->json, "help", label_in(&ranking->help, call->actor.lang));
    json_member_text(&call->json, "object", ranking->object->name);
    json_member_integer(&call->json, "bands", ranking->bands);
    json_member_boolean(&call->json, "highest_best", ranking->best == RANKING_HIGHEST_BEST);
    write_axis(call, "across", &ranking->measures[ACROSS]);
    write_axis(call, "down", &ranking->measures[DOWN]);
    write_axis(call, "inside", &ranking->measures[ranking->measure_count > INSIDE ? INSIDE : DOWN]);
    status = write_cells(call, &sql);
    json_close_object(&call->json);
    return status;
}
