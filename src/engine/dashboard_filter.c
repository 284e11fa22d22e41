/*
 * The records behind a number. The page opens them with a filter, so it says everything that was
 * counted: the widget's condition, whose, what the reader narrowed by, and the values of the group.
 */
#include "dashboard_widget.h"
#include "field.h"

Status dashboard_add_condition(const Shown *shown, Sql *sql, Str alias) {
    Context *context = shown->view->context;
    Status status = STATUS_OK;
    sql_add(sql, "TRUE");
    if (shown->widget->condition) {
        sql_add(sql, " AND ");
        status = condition_add_sql(context, shown->widget->condition, sql, alias);
    }
    for (size_t i = 0; status == STATUS_OK && i < shown->narrow_count; i++) {
        sql_add(sql, " AND ");
        status = condition_add_sql(context, shown->narrow[i], sql, alias);
    }
    return status;
}

void dashboard_write_filter(const Shown *shown, const Str *parts, size_t count, JsonWriter *json) {
    const Widget *widget = shown->widget;
    if (!widget->logic && !widget->own && !count && !shown->narrow_count) return;
    json_key(json, STR("filter"));
    json_open_object(json);
    json_key(json, STR("and"));
    json_open_array(json);
    if (widget->logic) {
        json_write_raw(json, json_compact(shown->view->context->arena, widget->logic));
    }
    if (widget->own) json_write_raw(json, STR("{\"==\":[{\"var\":\"owner\"},{\"me\":[]}]}"));
    for (size_t i = 0; i < shown->narrow_count; i++) json_write_raw(json, shown->narrow_text[i]);
    for (size_t i = 0; i < count; i++) json_write_raw(json, parts[i]);
    json_close_array(json);
    json_close_object(json);
}

Str dashboard_equality(Arena *arena, const Field *field, const Value *value) {
    Buffer text CLEANUP(buffer_free) = {0};
    JsonWriter json = json_writer(&text);
    json_open_object(&json);
    json_key(&json, STR("=="));
    json_open_array(&json);
    json_open_object(&json);
    json_member_text(&json, "var", field->name);
    json_close_object(&json);
    field_write_json(&json, field, value);
    json_close_array(&json);
    json_close_object(&json);
    return str_copy(arena, buffer_str(&text));
}

/* Ranks are bound as they are: a code that is no longer known has none, and counts for nothing. */
void dashboard_add_rank(Sql *sql, const Field *field, Str value) {
    sql_add(sql, "CASE ");
    sql_add_str(sql, value);
    for (size_t i = 0; i < field->choice_count; i++) {
        sql_add(sql, " WHEN ");
        sql_bind(sql, value_text(field->choices[i].code));
        sql_add_str(sql, str_format(sql->arena, " THEN CAST(%lld AS DOUBLE PRECISION)",
                                    (long long)field->choices[i].rank));
    }
    sql_add(sql, " END");
}
