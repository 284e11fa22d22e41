/*
 * Figures: what is counted or measured by groups, and over periods. An inner query gives each
 * record's groups and its measured value (and, over periods, once for each period in which it
 * counts); the outer one sums them up. So every figure is computed from the records themselves in
 * one statement, by the same predicate as a list of them.
 */
#include "access.h"
#include "as_of.h"
#include "clock.h"
#include "dashboard_widget.h"
#include "field.h"
#include "titles.h"

enum { GROUPS_MOST = 20000 };

/* As it was at the end of the period, or as it is. */
static void add_field(const Shown *shown, Sql *sql, const Field *field) {
    bool past = shown->widget->over && !shown->widget->at && field->history;
    if (!past) {
        sql_add_column(sql, STR("r"), field->name);
        return;
    }
    AsOf when = {.record = STR("\"r\".\"id\""),
                 .present = str_format(sql->arena, "\"r\".\"%.*s\"", STR_ARGS(field->name)),
                 .instant = STR("\"p\".\"last\"")};
    as_of_add_sql(sql, field, &when);
}

/* ---- What is measured of one record ---- */

static void add_measured_field(const Shown *shown, Sql *sql) {
    const Field *of = shown->widget->of;
    if (of->type != FIELD_CHOICE) {
        add_field(shown, sql, of);
        return;
    }
    size_t start = sql->text.size;
    add_field(shown, sql, of);
    Str value = str_copy(sql->arena, str_part(buffer_str(&sql->text), start, sql->text.size));
    sql->text.size = start;
    dashboard_add_rank(sql, of, value);
}

static Status add_met(const Shown *shown, Sql *sql) {
    sql_add(sql, "CASE WHEN ");
    Status status = condition_add_sql(shown->view->context, shown->widget->met, sql, STR("r"));
    sql_add(sql, " THEN 1.0 ELSE 0.0 END");
    return status;
}

/* Those of the related records that the reader may read, as everywhere. */
static Status add_related(const Shown *shown, Sql *sql) {
    const Widget *widget = shown->widget;
    Context *context = shown->view->context;
    Status status = STATUS_OK;
    sql_add(sql, "(SELECT count(*) FROM ");
    sql_add_name(sql, widget->related->name);
    sql_add(sql, " AS \"t\" WHERE \"t\".\"deleted_at\" IS NULL AND ");
    access_add_predicate_from(context, sql, widget->related, STR("t"), widget->related_link);
    sql_add(sql, " AND ");
    sql_add_column(sql, STR("t"), widget->related_link->name);
    sql_add(sql, " = \"r\".\"id\"");
    if (widget->related_on) {
        sql_add(sql, " AND ");
        status = condition_add_sql(context, widget->related_on, sql, STR("t"));
    }
    sql_add(sql, ")");
    return status;
}

static Status add_measured(const Shown *shown, Sql *sql) {
    Status status = STATUS_OK;
    switch (shown->widget->measure) {
        case MEASURE_DISTINCT: add_field(shown, sql, shown->widget->of); return STATUS_OK;
        case MEASURE_COUNT:
        case MEASURE_CHANGE: sql_add(sql, "1.0"); return STATUS_OK;
        default: break;
    }
    sql_add(sql, "CAST(");
    switch (shown->widget->measure) {
        case MEASURE_SHARE: status = add_met(shown, sql); break;
        case MEASURE_PER: status = add_related(shown, sql); break;
        default: add_measured_field(shown, sql); break;
    }
    sql_add(sql, " AS DOUBLE PRECISION)");
    return status;
}

/* ---- The query ---- */

/* The periods as a table of few rows; numbers of ours, so they stand as text. */
static void add_periods(const View *view, Sql *sql) {
    sql_add(sql, " CROSS JOIN (");
    for (size_t i = 0; i < view->period_count; i++) {
        const Period *period = &view->periods[i];
        if (i) sql_add(sql, " UNION ALL ");
        sql_add_str(sql, str_format(sql->arena,
                                    "SELECT CAST(%zu AS BIGINT) AS \"n\", CAST(%lld AS BIGINT) AS "
                                    "\"start\", CAST(%lld AS BIGINT) AS \"end\", CAST(%lld AS "
                                    "BIGINT) AS \"last\"",
                                    i, (long long)period->start, (long long)period->end,
                                    (long long)period->last));
    }
    sql_add(sql, ") AS \"p\"");
}

static void add_within(const Widget *widget, Sql *sql) {
    if (!widget->over || !widget->at) return;
    sql_add(sql, " AND ");
    sql_add_column(sql, STR("r"), widget->at->name);
    sql_add(sql, " >= \"p\".\"start\" AND ");
    sql_add_column(sql, STR("r"), widget->at->name);
    sql_add(sql, " < \"p\".\"end\"");
}

/* What the reader narrowed by, as it was at the end of the period. */
static void add_past(const Shown *shown, Sql *sql) {
    for (size_t i = 0; i < shown->past_count; i++) {
        sql_add(sql, " AND ");
        add_field(shown, sql, shown->past[i]);
        sql_add(sql, " = ");
        sql_bind(sql, value_id(shown->past_values[i]));
    }
}

/* Each record's period, groups and measured value. */
static Status add_records(const Shown *shown, Sql *sql) {
    const Widget *widget = shown->widget;
    Context *context = shown->view->context;
    sql_add(sql,
            widget->over ? "SELECT \"p\".\"n\" AS \"n\"" : "SELECT CAST(0 AS BIGINT) AS \"n\"");
    for (size_t i = 0; i < widget->group_count; i++) {
        sql_add(sql, ", ");
        add_field(shown, sql, widget->group[i]);
        sql_add_str(sql, str_format(sql->arena, " AS \"g%zu\"", i));
    }
    sql_add(sql, ", ");
    Status status = add_measured(shown, sql);
    sql_add(sql, " AS \"x\" FROM ");
    sql_add_name(sql, widget->object->name);
    sql_add(sql, " AS \"r\"");
    if (widget->over) add_periods(shown->view, sql);
    sql_add(sql, " WHERE \"r\".\"deleted_at\" IS NULL AND ");
    access_add_collected(context, sql, widget->object, STR("r"), VERB_READ);
    sql_add(sql, " AND ");
    if (status == STATUS_OK) status = dashboard_add_condition(shown, sql, STR("r"));
    if (widget->own) {
        sql_add(sql, " AND ");
        sql_add_column(sql, STR("r"), STR("owner"));
        sql_add(sql, " = ");
        sql_bind(sql, value_id(context->actor->user));
    }
    add_past(shown, sql);
    add_within(widget, sql);
    return status;
}

/* What a record was before it had a value belongs to no group. */
static void add_known(const Widget *widget, Sql *sql) {
    const char *clause = " WHERE ";
    for (size_t i = 0; widget->over && !widget->at && i < widget->group_count; i++) {
        if (!widget->group[i]->history) continue;
        sql_add(sql, clause);
        sql_add_str(sql, str_format(sql->arena, "\"g%zu\" IS NOT NULL", i));
        clause = " AND ";
    }
}

static void add_group_names(const Widget *widget, Sql *sql, const char *ending) {
    for (size_t i = 0; i < widget->group_count; i++) {
        sql_add_str(sql, str_format(sql->arena, ", \"g%zu\"%s", i, ending));
    }
}

static Status make_query(const Shown *shown, Sql *sql) {
    bool distinct = shown->widget->measure == MEASURE_DISTINCT;
    sql_add(sql, "SELECT \"n\", count(*), count(\"x\"), ");
    sql_add(sql, distinct ? "CAST(0 AS DOUBLE PRECISION), count(DISTINCT \"x\")"
                          : "CAST(SUM(\"x\") AS DOUBLE PRECISION), CAST(0 AS BIGINT)");
    add_group_names(shown->widget, sql, "");
    sql_add(sql, " FROM (");
    Status status = add_records(shown, sql);
    sql_add(sql, ") AS \"s\"");
    add_known(shown->widget, sql);
    sql_add(sql, " GROUP BY \"n\"");
    add_group_names(shown->widget, sql, "");
    sql_add(sql, " ORDER BY \"n\"");
    add_group_names(shown->widget, sql, " NULLS LAST");
    return status;
}

static void take_group(const Shown *shown, Rows *rows, Group *out) {
    enum { COLUMNS_BEFORE_GROUPS = 5 };
    Arena *arena = shown->view->context->arena;
    Value sum = store_column(rows, 3, VALUE_DECIMAL);
    out->period = (size_t)store_column(rows, 0, VALUE_INTEGER).integer;
    out->records = store_column(rows, 1, VALUE_INTEGER).integer;
    out->measured = store_column(rows, 2, VALUE_INTEGER).integer;
    out->sum = sum.kind == VALUE_DECIMAL ? sum.decimal : 0;
    out->distinct = store_column(rows, 4, VALUE_INTEGER).integer;
    for (size_t i = 0; i < shown->widget->group_count; i++) {
        Value value =
            store_column(rows, COLUMNS_BEFORE_GROUPS + (int)i, field_kind(shown->widget->group[i]));
        out->by[i] = value_copy(arena, &value);
    }
}

/* Bounded: a chart of more groups than this shows nothing to anybody. */
static Status read_groups(const Shown *shown, Figures *out) {
    Context *context = shown->view->context;
    Sql sql CLEANUP(sql_free) = sql_new(context->arena, transaction_kind(context->transaction));
    Rows *rows CLEANUP(store_drop) = NULL;
    Status status = make_query(shown, &sql);
    if (status == STATUS_OK) status = sql_query(&sql, context->transaction, &rows);
    while (status == STATUS_OK && out->count < GROUPS_MOST &&
           (status = store_next(rows)) == STATUS_OK) {
        take_group(shown, rows, &out->items[out->count++]);
    }
    return status == STATUS_END ? STATUS_OK : status;
}

/* ---- Titles ---- */

/* Titles of the records that groups are counted by, one set for each field. */
static Status read_titles(const Shown *shown, Figures *groups) {
    Context *context = shown->view->context;
    Id *ids = ARENA_ARRAY(context->arena, groups->count, Id);
    Status status = STATUS_OK;
    for (size_t i = 0; status == STATUS_OK && i < shown->widget->group_count; i++) {
        const Field *field = shown->widget->group[i];
        size_t found = 0;
        if (field->type != FIELD_REFERENCE) continue;
        for (size_t j = 0; j < groups->count; j++) {
            const Value *by = &groups->items[j].by[i];
            if (by->kind == VALUE_ID) ids[found++] = by->id;
        }
        status = titles_read(context, field_target(context->model, field), ids, found,
                             TITLES_OF_ALIVE, &groups->titles[i]);
    }
    return status;
}

/* Another's record gives no title. */
Str dashboard_group_title(const Shown *shown, const Figures *figures, const Group *group,
                          size_t index) {
    Context *context = shown->view->context;
    const Field *field = shown->widget->group[index];
    const Value *value = &group->by[index];
    if (field->type == FIELD_REFERENCE) {
        return value->kind == VALUE_ID ? titles_find(&figures->titles[index], value->id) : (Str){0};
    }
    return field_text(context->arena, field, value, context->actor->lang, context->actor->zone);
}

/* A group in which nothing could be measured says nothing, except that it was counted. */
static void leave_out_unmeasured(const Widget *widget, Figures *figures) {
    size_t kept = 0;
    for (size_t i = 0; i < figures->count; i++) {
        if (!figures->items[i].measured && widget->measure != MEASURE_COUNT) continue;
        figures->items[kept++] = figures->items[i];
    }
    figures->count = kept;
}

Status dashboard_read_figures(const Shown *shown, Figures *out) {
    *out = (Figures){.items = ARENA_ARRAY(shown->view->context->arena, GROUPS_MOST, Group)};
    Status status = read_groups(shown, out);
    if (status != STATUS_OK) return status;
    leave_out_unmeasured(shown->widget, out);
    return read_titles(shown, out);
}

/* ---- The records behind ---- */

static Str instant_part(Arena *arena, const char *operator, Str field, int64_t instant) {
    return str_format(arena, "{\"%s\":[{\"var\":\"%.*s\"},\"%.*s\"]}", operator, STR_ARGS(field),
                      STR_ARGS(instant_text(arena, instant)));
}

/* {"==": [{"as_of": [{"var": "temperature"}, "2026-…"]}, "skeptical"]}, or !! of it */
static Str past_part(Arena *arena, const Field *field, int64_t instant, const Value *value) {
    Str past = str_format(arena, "{\"as_of\":[{\"var\":\"%.*s\"},\"%.*s\"]}", STR_ARGS(field->name),
                          STR_ARGS(instant_text(arena, instant)));
    if (!value) return str_format(arena, "{\"!!\":[%.*s]}", STR_ARGS(past));
    Buffer text CLEANUP(buffer_free) = {0};
    JsonWriter json = json_writer(&text);
    field_write_json(&json, field, value);
    return str_format(arena, "{\"==\":[%.*s,%.*s]}", STR_ARGS(past), STR_ARGS(buffer_str(&text)));
}

static void write_filter(const Shown *shown, const Group *group, JsonWriter *json) {
    const Widget *widget = shown->widget;
    Arena *arena = shown->view->context->arena;
    const Period *period = &shown->view->periods[group->period];
    bool past = widget->over && !widget->at;
    Str parts[GROUP_FIELDS_MOST + 2 + PARAMETERS_MOST];
    size_t count = 0;
    if (widget->over && widget->at) {
        parts[count++] = instant_part(arena, ">=", widget->at->name, period->start);
        parts[count++] = instant_part(arena, "<", widget->at->name, period->end);
    }
    for (size_t i = 0; i < widget->group_count; i++) {
        const Field *field = widget->group[i];
        parts[count++] = past && field->history
                             ? past_part(arena, field, period->last, &group->by[i])
                             : dashboard_equality(arena, field, &group->by[i]);
    }
    if (past && widget->of && widget->of->history) {
        parts[count++] = past_part(arena, widget->of, period->last, NULL);
    }
    for (size_t i = 0; i < shown->past_count; i++) {
        Value value = value_id(shown->past_values[i]);
        parts[count++] = past_part(arena, shown->past[i], period->last, &value);
    }
    dashboard_write_filter(shown, parts, count, json);
}

/* ---- The answer ---- */

/* A mean, a share or a rate says with `n` over how many; what has none is left out. */
static void write_value(const Widget *widget, const Group *group, JsonWriter *json) {
    switch (widget->measure) {
        case MEASURE_COUNT: json_member_integer(json, "value", group->records); return;
        case MEASURE_DISTINCT: json_member_integer(json, "value", group->distinct); break;
        default:
            json_key(json, STR("value"));
            json_write_number(json, group->sum / (double)group->measured);
            break;
    }
    json_member_integer(json, "n", group->measured);
}

/* Values for programs, titles for people, the filter for whoever wants to see the records. */
static void write_group(const Shown *shown, const Figures *figures, const Group *group,
                        JsonWriter *json) {
    const Widget *widget = shown->widget;
    json_open_object(json);
    if (widget->over) json_member_integer(json, "period", (int64_t)group->period);
    json_key(json, STR("by"));
    json_open_object(json);
    for (size_t i = 0; i < widget->group_count; i++) {
        json_key(json, widget->group[i]->name);
        field_write_json(json, widget->group[i], &group->by[i]);
    }
    json_close_object(json);
    json_key(json, STR("titles"));
    json_open_object(json);
    for (size_t i = 0; i < widget->group_count; i++) {
        json_key(json, widget->group[i]->name);
        json_write_text(json, dashboard_group_title(shown, figures, group, i));
    }
    json_close_object(json);
    write_value(widget, group, json);
    write_filter(shown, group, json);
    json_close_object(json);
}

static void write_periods(const View *view, JsonWriter *json) {
    json_key(json, STR("periods"));
    json_open_array(json);
    for (size_t i = 0; i < view->period_count; i++) {
        json_open_object(json);
        json_member_instant(json, "start", view->periods[i].start);
        json_member_instant(json, "end", view->periods[i].end);
        json_close_object(json);
    }
    json_close_array(json);
}

Status dashboard_write_groups(const Shown *shown, JsonWriter *json) {
    Figures figures;
    Status status = dashboard_read_figures(shown, &figures);
    if (status != STATUS_OK) return status;
    if (shown->widget->over) write_periods(shown->view, json);
    json_key(json, STR("groups"));
    json_open_array(json);
    for (size_t i = 0; i < figures.count; i++) {
        write_group(shown, &figures, &figures.items[i], json);
    }
    json_close_array(json);
    return STATUS_OK;
}
