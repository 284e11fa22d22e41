/*
 * What changed after an event, beside what changed without one: the mean of steps on a scale.
 *
 * With: the last event of each record in the window whose days have passed; from the value held
 * just before it to the one held so many days after it. Without: no event in the window nor in the
 * days before; from the value at the beginning of the window to the one now, as an average over as
 * many days. Records that lack one of the two values are told of, and not averaged.
 */
#include <math.h>

#include "access.h"
#include "as_of.h"
#include "clock.h"
#include "dashboard_widget.h"

/* The window, the period of the parameter as a whole. */
typedef struct Window {
    int64_t start, now, length; /* length: the days of the event, in milliseconds */
} Window;

static Str number(Arena *arena, int64_t value) {
    return str_format(arena, "CAST(%lld AS BIGINT)", (long long)value);
}

/* The rank that the measured field had at an instant (SQL). */
static void add_rank_at(const Widget *widget, Sql *sql, Str instant) {
    size_t start = sql->text.size;
    AsOf when = {.record = STR("\"r\".\"id\""),
                 .present = str_format(sql->arena, "\"r\".\"%.*s\"", STR_ARGS(widget->of->name)),
                 .instant = instant};
    as_of_add_sql(sql, widget->of, &when);
    Str value = str_copy(sql->arena, str_part(buffer_str(&sql->text), start, sql->text.size));
    sql->text.size = start;
    dashboard_add_rank(sql, widget->of, value);
}

/* FROM the object's records that the reader may read and the widget is about. */
static Status add_subjects(const Shown *shown, Sql *sql) {
    const Widget *widget = shown->widget;
    sql_add(sql, " FROM ");
    sql_add_name(sql, widget->object->name);
    sql_add(sql, " AS \"r\" WHERE \"r\".\"deleted_at\" IS NULL AND ");
    access_add_collected(shown->view->context, sql, widget->object, STR("r"), VERB_READ);
    sql_add(sql, " AND ");
    return dashboard_add_condition(shown, sql, STR("r"));
}

/* … FROM the events that the reader may read, of "r", between two instants, and a bracket closed */
static void add_events(const Shown *shown, Sql *sql, int64_t from, int64_t until) {
    const Event *event = &shown->widget->event;
    sql_add(sql, " FROM ");
    sql_add_name(sql, event->object->name);
    sql_add(sql, " AS \"e\" WHERE \"e\".\"deleted_at\" IS NULL AND ");
    access_add_predicate(shown->view->context, sql, event->object, STR("e"), VERB_READ);
    sql_add(sql, " AND ");
    sql_add_column(sql, STR("e"), event->link->name);
    sql_add(sql, " = \"r\".\"id\" AND ");
    sql_add_column(sql, STR("e"), event->at->name);
    sql_add(sql, " >= ");
    sql_add_str(sql, number(sql->arena, from));
    sql_add(sql, " AND ");
    sql_add_column(sql, STR("e"), event->at->name);
    sql_add(sql, " <= ");
    sql_add_str(sql, number(sql->arena, until));
    sql_add(sql, ")");
}

static Status add_with(const Shown *shown, const Window *window, Sql *sql) {
    const Widget *widget = shown->widget;
    Str before = STR("\"r\".\"happened\" - 1");
    Str after = str_format(sql->arena, "\"r\".\"happened\" + CAST(%lld AS BIGINT)",
                           (long long)window->length);
    sql_add(sql, "SELECT ");
    add_rank_at(widget, sql, after);
    sql_add(sql, " - ");
    add_rank_at(widget, sql, before);
    sql_add(sql, " AS \"x\" FROM (SELECT \"r\".*, ");
    sql_add(sql, "(SELECT max(");
    sql_add_column(sql, STR("e"), widget->event.at->name);
    sql_add(sql, ")");
    add_events(shown, sql, window->start, window->now - window->length);
    sql_add(sql, " AS \"happened\"");
    Status status = add_subjects(shown, sql);
    sql_add(sql, ") AS \"r\" WHERE \"r\".\"happened\" IS NOT NULL");
    return status;
}

static Status add_without(const Shown *shown, const Window *window, Sql *sql) {
    const Widget *widget = shown->widget;
    double scale = (double)window->length / (double)(window->now - window->start);
    sql_add(sql, "SELECT (");
    add_rank_at(widget, sql, number(sql->arena, window->now));
    sql_add(sql, " - ");
    add_rank_at(widget, sql, number(sql->arena, window->start - 1));
    sql_add(sql, ") * ");
    sql_add(sql, "CAST(");
    sql_bind(sql, value_decimal(scale));
    sql_add(sql, " AS DOUBLE PRECISION) AS \"x\"");
    Status status = add_subjects(shown, sql);
    sql_add(sql, " AND NOT EXISTS (SELECT 1");
    add_events(shown, sql, window->start - window->length, window->now);
    return status;
}

static Status read_side(const Shown *shown, const Window *window,
                        Status (*add)(const Shown *, const Window *, Sql *), ChangeSide *out) {
    Context *context = shown->view->context;
    Sql sql CLEANUP(sql_free) = sql_new(context->arena, transaction_kind(context->transaction));
    Rows *rows CLEANUP(store_drop) = NULL;
    sql_add(&sql,
            "SELECT count(*), count(\"x\"), CAST(COALESCE(SUM(\"x\"), 0) AS DOUBLE PRECISION), "
            "CAST(COALESCE(SUM(\"x\" * \"x\"), 0) AS DOUBLE PRECISION) FROM (");
    Status status = add(shown, window, &sql);
    sql_add(&sql, ") AS \"s\"");
    if (status == STATUS_OK) status = sql_query(&sql, context->transaction, &rows);
    if (status == STATUS_OK) status = store_next(rows);
    if (status != STATUS_OK) return status;
    out->records = store_column(rows, 0, VALUE_INTEGER).integer;
    out->measured = store_column(rows, 1, VALUE_INTEGER).integer;
    out->sum = store_column(rows, 2, VALUE_DECIMAL).decimal;
    out->squares = store_column(rows, 3, VALUE_DECIMAL).decimal;
    return STATUS_OK;
}

static Str event_filter(Arena *arena, const Event *event, const char *quantifier, int64_t from,
                        int64_t until) {
    return str_format(arena,
                      "{\"%s\":[{\"var\":\"%.*s.%.*s\"},{\"and\":[{\">=\":[{\"var\":\"%.*s\"},"
                      "\"%.*s\"]},{\"<=\":[{\"var\":\"%.*s\"},\"%.*s\"]}]}]}",
                      quantifier, STR_ARGS(event->object->name), STR_ARGS(event->link->name),
                      STR_ARGS(event->at->name), STR_ARGS(instant_text(arena, from)),
                      STR_ARGS(event->at->name), STR_ARGS(instant_text(arena, until)));
}

/* A mean of too few is not told: it would be taken for a finding about one or two people. */
static void settle(const Event *event, ChangeSide *side) {
    double n = (double)side->measured;
    side->told = side->measured && side->measured >= event->least;
    if (!side->told) return;
    side->mean = side->sum / n;
    if (side->measured < 2) return;
    double variance = (side->squares - n * side->mean * side->mean) / (n - 1);
    side->deviation = variance > 0 ? sqrt(variance) : 0;
}

static void write_side(const Shown *shown, const char *code, const ChangeSide *side,
                       JsonWriter *json) {
    json_open_object(json);
    json_key(json, STR("by"));
    json_open_object(json);
    json_member_text(json, "event", str_of(code));
    json_close_object(json);
    json_key(json, STR("titles"));
    json_open_object(json);
    json_member_text(json, "event", side->title);
    json_close_object(json);
    json_key(json, STR("value"));
    if (side->told) {
        json_write_number(json, side->mean);
    } else {
        json_write_null(json);
    }
    json_member_integer(json, "n", side->measured);
    json_member_integer(json, "of", side->records);
    if (side->told && side->measured > 1) {
        json_key(json, STR("deviation"));
        json_write_number(json, side->deviation);
    }
    dashboard_write_filter(shown, &side->filter, 1, json);
    json_close_object(json);
}

Status dashboard_read_sides(const Shown *shown, ChangeSide out[CHANGE_SIDES]) {
    const Event *event = &shown->widget->event;
    Context *context = shown->view->context;
    Arena *arena = context->arena;
    Lang lang = context->actor->lang;
    Window window = {.start = shown->view->periods[0].start,
                     .now = context->now,
                     .length = event->days * CLOCK_DAY};
    out[CHANGE_WITH] = (ChangeSide){
        .title = label_in(&event->with, lang),
        .filter = event_filter(arena, event, "some", window.start, window.now - window.length)};
    out[CHANGE_WITHOUT] = (ChangeSide){
        .title = label_in(&event->without, lang),
        .filter = event_filter(arena, event, "none", window.start - window.length, window.now)};
    Status status = read_side(shown, &window, add_with, &out[CHANGE_WITH]);
    if (status == STATUS_OK) status = read_side(shown, &window, add_without, &out[CHANGE_WITHOUT]);
    if (status != STATUS_OK) return status;
    for (int i = 0; i < CHANGE_SIDES; i++) settle(event, &out[i]);
    return STATUS_OK;
}

Status dashboard_write_comparison(const Shown *shown, JsonWriter *json) {
    const Event *event = &shown->widget->event;
    ChangeSide sides[CHANGE_SIDES];
    Status status = dashboard_read_sides(shown, sides);
    if (status != STATUS_OK) return status;
    json_member_integer(json, "least", event->least);
    json_member_integer(json, "days", event->days);
    json_member_instant(json, "since", shown->view->periods[0].start);
    json_key(json, STR("groups"));
    json_open_array(json);
    write_side(shown, "with", &sides[CHANGE_WITH], json);
    write_side(shown, "without", &sides[CHANGE_WITHOUT], json);
    json_close_array(json);
    return STATUS_OK;
}
