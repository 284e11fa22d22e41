/*
 * Dashboards are lists and groups that are written down. A widget is a condition, an object and a
 * form; its numbers are counted over what the reader may read, by the same predicate as a list, and
 * each comes with the filter that shows the records behind it.
 */
#include "access.h"
#include "condition.h"
#include "dashboard_widget.h"
#include "field.h"
#include "titles.h"

enum { GROUPS_MOST = 5000 };

/* ---- The records behind ---- */

/* One value that all records of a group share. */
static void write_equality(const Field *field, const Value *value, JsonWriter *json) {
    json_open_object(json);
    json_key(json, STR("=="));
    json_open_array(json);
    json_open_object(json);
    json_member_text(json, "var", field->name);
    json_close_object(json);
    field_write_json(json, field, value);
    json_close_array(json);
    json_close_object(json);
}

/*
 * The page opens the records behind a number, or the rest of a list, with this filter, so it says
 * everything that was counted: the condition, whose, and the values of the group (NULL: a list).
 */
static void write_filter(const Widget *widget, const Value *by, Context *context,
                         JsonWriter *json) {
    if (!widget->logic && !widget->own && !by) return; /* everything: there is nothing to say */
    json_key(json, STR("filter"));
    json_open_object(json);
    json_key(json, STR("and"));
    json_open_array(json);
    if (widget->logic) json_write_raw(json, json_compact(context->arena, widget->logic));
    if (widget->own) json_write_raw(json, STR("{\"==\":[{\"var\":\"owner\"},{\"me\":[]}]}"));
    for (size_t i = 0; by && i < widget->group_count; i++) {
        write_equality(widget->group[i], &by[i], json);
    }
    json_close_array(json);
    json_close_object(json);
}

/* ---- Lists ---- */

static Status add_condition(void *data, Context *context, Sql *sql, Str alias) {
    const Widget *widget = data;
    if (widget->condition) return condition_add_sql(context, widget->condition, sql, alias);
    sql_add(sql, "TRUE");
    return STATUS_OK;
}

/* As a request's parameters, which then continue the list where the widget ends. */
static void write_shown(const Widget *widget, JsonWriter *json) {
    if (!str_empty(widget->field_names)) json_member_text(json, "fields", widget->field_names);
    if (!str_empty(widget->expand_names)) json_member_text(json, "expand", widget->expand_names);
}

/* As a request's ?sort, which then continues the list where the widget ends. */
static void write_sort(const Widget *widget, Arena *arena, JsonWriter *json) {
    Str sort = {0};
    for (size_t i = 0; i < widget->sort_count; i++) {
        sort = str_format(arena, "%.*s%s%s%.*s", STR_ARGS(sort), i ? "," : "",
                          widget->sorts[i].descending ? "-" : "",
                          STR_ARGS(widget->sorts[i].field->name));
    }
    if (!str_empty(sort)) json_member_text(json, "sort", sort);
}

/* The scope "own" is a filter beside the condition, so that its index serves. */
static Status write_list(const Widget *widget, Context *context, JsonWriter *json) {
    Value me = value_id(context->actor->user);
    ListFilter own = {
        .field = object_field(widget->object, STR("owner")), .values = &me, .count = 1};
    ListQuery query = {.object = widget->object,
                       .predicate = add_condition,
                       .predicate_data = (void *)widget,
                       .filters = &own,
                       .filter_count = widget->own && own.field,
                       .fields = widget->field_count ? widget->fields : NULL,
                       .field_count = widget->field_count,
                       .expand = widget->expand,
                       .expand_count = widget->expand_count,
                       .parts = widget->parts,
                       .part_count = widget->part_count,
                       .sort_count = widget->sort_count,
                       .limit = widget->limit,
                       .total = true};
    memcpy(query.sorts, widget->sorts, sizeof query.sorts);
    write_filter(widget, NULL, context, json);
    write_sort(widget, context->arena, json);
    write_shown(widget, json);
    return list_write_members(context, &query, json);
}

/* ---- Groups ---- */

/* One bar, slice or cell: the values that its records share, and how many they are. */
typedef struct Group {
    Value by[GROUP_FIELDS_MOST];
    int64_t value;
} Group;

static void add_group_fields(Sql *sql, const Widget *widget, const char *clause,
                             const char *ending) {
    for (size_t i = 0; i < widget->group_count; i++) {
        sql_add(sql, i ? ", " : clause);
        sql_add_column(sql, STR("r"), widget->group[i]->name);
        sql_add(sql, ending);
    }
}

/* Bounded: a chart of more groups than this shows nothing to anybody. */
static Status read_groups(const Widget *widget, Context *context, Group *groups, size_t *count) {
    Sql sql CLEANUP(sql_free) = sql_new(context->arena, transaction_kind(context->transaction));
    sql_add(&sql, "SELECT count(*)");
    for (size_t i = 0; i < widget->group_count; i++) {
        sql_add(&sql, ", ");
        sql_add_column(&sql, STR("r"), widget->group[i]->name);
    }
    sql_add(&sql, " FROM ");
    sql_add_name(&sql, widget->object->name);
    sql_add(&sql, " AS \"r\" WHERE \"r\".\"deleted_at\" IS NULL AND ");
    access_add_predicate(context, &sql, widget->object, STR("r"), VERB_READ);
    sql_add(&sql, " AND ");
    Status status = add_condition((void *)widget, context, &sql, STR("r"));
    if (status != STATUS_OK) return status;
    if (widget->own) {
        sql_add(&sql, " AND ");
        sql_add_column(&sql, STR("r"), STR("owner"));
        sql_add(&sql, " = ");
        sql_bind(&sql, value_id(context->actor->user));
    }
    add_group_fields(&sql, widget, " GROUP BY ", "");
    add_group_fields(&sql, widget, " ORDER BY ", " NULLS LAST");
    Rows *rows CLEANUP(store_drop) = NULL;
    status = sql_query(&sql, context->transaction, &rows);
    while (status == STATUS_OK && *count < GROUPS_MOST &&
           (status = store_next(rows)) == STATUS_OK) {
        Group *group = &groups[(*count)++];
        group->value = store_column(rows, 0, VALUE_INTEGER).integer;
        for (size_t i = 0; i < widget->group_count; i++) {
            Value value = store_column(rows, (int)i + 1, field_kind(widget->group[i]));
            group->by[i] = value_copy(context->arena, &value);
        }
    }
    return status == STATUS_END ? STATUS_OK : status;
}

/* Titles of the records that groups are counted by, one set for each field. */
static Status read_titles(const Widget *widget, Context *context, const Group *groups, size_t count,
                          Titles titles[GROUP_FIELDS_MOST]) {
    Id *ids = ARENA_ARRAY(context->arena, count, Id);
    Status status = STATUS_OK;
    for (size_t i = 0; status == STATUS_OK && i < widget->group_count; i++) {
        const Field *field = widget->group[i];
        size_t found = 0;
        if (field->type != FIELD_REFERENCE) continue;
        for (size_t j = 0; j < count; j++) {
            if (groups[j].by[i].kind == VALUE_ID) ids[found++] = groups[j].by[i].id;
        }
        status = titles_read(context, field_target(context->model, field), ids, found,
                             TITLES_OF_ALIVE, &titles[i]);
    }
    return status;
}

/* Another's record gives no title. */
static Str group_title(Context *context, const Field *field, const Value *value,
                       const Titles *titles) {
    if (field->type == FIELD_REFERENCE) {
        return value->kind == VALUE_ID ? titles_find(titles, value->id) : (Str){0};
    }
    return field_text(context->arena, field, value, context->actor->lang, context->actor->zone);
}

/* Values for programs, titles for people, the filter for whoever wants to see the records. */
static void write_group(const Widget *widget, const Group *group, Context *context,
                        const Titles titles[GROUP_FIELDS_MOST], JsonWriter *json) {
    json_open_object(json);
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
        json_write_text(json, group_title(context, widget->group[i], &group->by[i], &titles[i]));
    }
    json_close_object(json);
    json_member_integer(json, "value", group->value);
    write_filter(widget, group->by, context, json);
    json_close_object(json);
}

/*
 * A widget about what the reader may not read is left out, and so is one of groups by a field that
 * is hidden from them, which the groups would tell.
 */
static bool widget_readable(const Widget *widget, const Context *context) {
    const Actor *actor = context->actor;
    if (access_scope(actor, widget->object, VERB_READ) == SCOPE_NONE) return false;
    for (size_t i = 0; i < widget->group_count; i++) {
        if (!access_may_read_field(actor, widget->object, widget->group[i])) return false;
    }
    return true;
}

static Status write_groups(const Widget *widget, Context *context, JsonWriter *json) {
    Group *groups = ARENA_ARRAY(context->arena, GROUPS_MOST, Group);
    Titles titles[GROUP_FIELDS_MOST] = {0};
    size_t count = 0;
    Status status = read_groups(widget, context, groups, &count);
    if (status == STATUS_OK) status = read_titles(widget, context, groups, count, titles);
    if (status != STATUS_OK) return status;
    json_key(json, STR("groups"));
    json_open_array(json);
    for (size_t i = 0; i < count; i++) write_group(widget, &groups[i], context, titles, json);
    json_close_array(json);
    return STATUS_OK;
}

/* One answer holds all widgets, read in one snapshot: its numbers agree with each other. */
Status dashboard_write(const Dashboard *dashboard, Context *context, JsonWriter *json) {
    Lang lang = context->actor->lang;
    json_open_object(json);
    json_member_text(json, "name", dashboard->name);
    json_member_text(json, "label", label_in(&dashboard->label, lang));
    json_key(json, STR("widgets"));
    json_open_array(json);
    for (size_t i = 0; i < dashboard->widget_count; i++) {
        const Widget *widget = &dashboard->widgets[i];
        if (!widget_readable(widget, context)) continue;
        json_open_object(json);
        json_member_text(json, "name", widget->name);
        json_member_text(json, "label", label_in(&widget->label, lang));
        Str help = label_in(&widget->help, lang);
        if (!str_empty(help)) json_member_text(json, "help", help);
        json_member_text(json, "form", widget->form);
        json_member_text(json, "object", widget->object->name);
        Status status = widget->group_count ? write_groups(widget, context, json)
                                            : write_list(widget, context, json);
        if (status != STATUS_OK) return status;
        json_close_object(json);
    }
    json_close_array(json);
    json_close_object(json);
    return STATUS_OK;
}
