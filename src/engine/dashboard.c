/*
 * Dashboards are lists and groups that are written down. A widget is a condition, an object and a
 * form; its numbers are counted over what the reader may read, by the same predicate as a list, and
 * each comes with the filter that shows the records behind it.
 */
#include "dashboard.h"

#include "access.h"
#include "condition.h"
#include "field.h"
#include "place.h"

enum { GROUP_FIELDS_MOST = 2, GROUPS_MOST = 5000, WIDGET_LIMIT_DEFAULT = 50 };

/*
 * One figure or list. Everything is checked when it is loaded; nothing but the actor varies later.
 */
typedef struct Widget {
    Str name, form;
    Label label, help;
    const Object *object;
    const Condition *condition; /* NULL: all */
    const json_t *logic;        /* the same, as it stands in the definition */
    bool own;
    ListSort sorts[LIST_SORTS_MOST];
    size_t sort_count;
    const Field **fields, **expand, **group;
    size_t field_count, expand_count, group_count;
    int64_t limit;
} Widget;

/* Widgets stand in the order in which they are shown. */
struct Dashboard {
    Str name, place;
    Label label;
    Str *roles;
    size_t role_count;
    Widget *widgets;
    size_t widget_count;
};

struct Dashboards {
    Dashboard *items;
    size_t count;
};

/* ---- Loading ---- */

typedef struct DashboardReader {
    Arena *arena;
    const Model *model;
    Problem *problem;
    Str file;
} DashboardReader;

static void complain(DashboardReader *reader, const char *code, Str what) {
    problem_add(reader->problem, reader->file, code, what);
}

/* NULL, reported, when there is none. */
static const Field *find_field(DashboardReader *reader, const Object *object, Str name) {
    const Field *field = object_field(object, name);
    if (!field) complain(reader, "definition_unknown_field", name);
    return field;
}

static const Field **read_fields(DashboardReader *reader, const Object *object, const json_t *names,
                                 size_t *count) {
    const Field **fields = ARENA_ARRAY(reader->arena, json_array_size(names), const Field *);
    size_t i;
    json_t *name;
    *count = 0;
    json_array_foreach((json_t *)names, i, name) {
        const Field *field = find_field(reader, object, json_text(name));
        if (field) fields[(*count)++] = field;
    }
    return fields;
}

/* "-due_at" is descending, as in a request's ?sort. */
static void read_sorts(DashboardReader *reader, Widget *widget, const json_t *sorts) {
    size_t i;
    json_t *node;
    json_array_foreach((json_t *)sorts, i, node) {
        Str name = json_text(node);
        bool descending = str_starts(name, STR("-"));
        const Field *field =
            find_field(reader, widget->object, str_part(name, descending, name.size));
        if (!field || widget->sort_count == LIST_SORTS_MOST) continue;
        widget->sorts[widget->sort_count++] = (ListSort){.field = field, .descending = descending};
    }
}

static const char *const DASHBOARD_MEMBERS[] = {"dashboard", "labels",  "roles",
                                                "place",     "widgets", NULL};
static const char *const WIDGET_MEMBERS[] = {
    "name", "capability", "labels", "help",  "form",  "object",  "scope", "condition",
    "sort", "fields",     "expand", "limit", "group", "measure", NULL};

/* Whose records a widget shows: all that the role may read, or the reader's own. */
static bool read_scope(DashboardReader *reader, const json_t *node) {
    Str scope = json_get_text(node, "scope");
    if (scope.data && !str_is(scope, "own")) complain(reader, "definition_scope", scope);
    return str_is(scope, "own");
}

/* A widget without its object cannot be read further; everything else of it is reported at once. */
static void read_widget(DashboardReader *reader, const json_t *node, Widget *widget) {
    Place place = place_file(reader->arena, reader->problem, reader->file, node);
    if (!place_is_object(&place, WIDGET_MEMBERS)) return;
    widget->name = str_copy(reader->arena, json_get_text(node, "name"));
    widget->form = str_copy(reader->arena, json_get_text(node, "form"));
    widget->label = json_label(reader->arena, json_object_get(node, "labels"));
    widget->help = json_label(reader->arena, json_object_get(node, "help"));
    widget->object = model_object(reader->model, json_get_text(node, "object"));
    widget->own = read_scope(reader, node);
    if (!widget->object) {
        complain(reader, "definition_unknown_object", json_get_text(node, "object"));
        return;
    }
    const json_t *logic = json_object_get(node, "condition");
    if (logic) {
        widget->logic = json_incref((json_t *)logic);
        Status status = condition_parse(reader->arena, reader->model, widget->object, logic,
                                        reader->file, reader->problem, &widget->condition);
        if (status != STATUS_OK) return;
    }
    const json_t *limit = json_object_get(node, "limit");
    widget->limit = json_is_integer(limit) ? json_integer_value(limit) : WIDGET_LIMIT_DEFAULT;
    widget->fields =
        read_fields(reader, widget->object, json_object_get(node, "fields"), &widget->field_count);
    widget->expand =
        read_fields(reader, widget->object, json_object_get(node, "expand"), &widget->expand_count);
    widget->group =
        read_fields(reader, widget->object, json_object_get(node, "group"), &widget->group_count);
    if (widget->own && !object_field(widget->object, STR("owner"))) {
        complain(reader, "definition_unknown_field", STR("owner"));
    }
    if (widget->limit < 1 || widget->limit > LIST_LIMIT_MOST) {
        complain(reader, "limit_range", widget->name);
    }
    Str measure = json_get_text(node, "measure");
    if (measure.data && !str_is(measure, "count")) {
        complain(reader, "definition_measure", measure);
    }
    if (widget->group_count > GROUP_FIELDS_MOST) complain(reader, "definition_group", widget->name);
    read_sorts(reader, widget, json_object_get(node, "sort"));
}

/* The screens that show dashboards. */
static const Str PLACES[] = {STR_INIT("today"), STR_INIT("team")};

/* Where nothing is said, the day's first screen. */
static Str read_place(DashboardReader *reader, const json_t *definition) {
    Str place = json_get_text(definition, "place");
    if (!place.data) return PLACES[0];
    for (size_t i = 0; i < sizeof PLACES / sizeof *PLACES; i++) {
        if (str_equal(place, PLACES[i])) return PLACES[i];
    }
    complain(reader, "definition_place", place);
    return PLACES[0];
}

/* Without roles it is for everybody. */
static void read_dashboard(DashboardReader *reader, const json_t *definition, Dashboard *out) {
    Place place = place_file(reader->arena, reader->problem, reader->file, definition);
    if (!place_is_object(&place, DASHBOARD_MEMBERS)) return;
    out->name = str_copy(reader->arena, json_get_text(definition, "dashboard"));
    out->label = json_label(reader->arena, json_object_get(definition, "labels"));
    if (str_empty(out->name)) complain(reader, "definition_name", STR("dashboard"));
    out->place = read_place(reader, definition);
    const json_t *roles = json_object_get(definition, "roles");
    const json_t *widgets = json_object_get(definition, "widgets");
    out->roles = ARENA_ARRAY(reader->arena, json_array_size(roles), Str);
    out->widgets = ARENA_ARRAY(reader->arena, json_array_size(widgets), Widget);
    size_t i;
    json_t *node;
    json_array_foreach((json_t *)roles, i, node) {
        out->roles[out->role_count++] = str_copy(reader->arena, json_text(node));
    }
    json_array_foreach((json_t *)widgets, i, node) {
        read_widget(reader, node, &out->widgets[out->widget_count++]);
    }
}

/* `*out` is set on failure too: dashboards_free has to give back the conditions kept so far. */
Status dashboards_load(Arena *arena, const Model *model, const ModelSource *sources, size_t count,
                       Problem *problem, Dashboards **out) {
    Dashboards *dashboards = ARENA_NEW(arena, Dashboards);
    dashboards->items = ARENA_ARRAY(arena, count, Dashboard);
    size_t errors = problem->count;
    for (size_t i = 0; i < count; i++) {
        DashboardReader reader = {arena, model, problem, sources[i].name};
        json_t *definition CLEANUP(json_drop) = NULL;
        if (place_read_file(arena, problem, sources[i].name, sources[i].text, &definition) !=
            STATUS_OK) {
            continue;
        }
        Dashboard *dashboard = &dashboards->items[dashboards->count];
        read_dashboard(&reader, definition, dashboard);
        if (dashboards_find(dashboards, dashboard->name)) {
            complain(&reader, "definition_repeated", dashboard->name);
        }
        dashboards->count++;
    }
    *out = dashboards;
    return problem->count == errors ? STATUS_OK : STATUS_INVALID;
}

void dashboards_free(Dashboards *dashboards) {
    if (!dashboards) return;
    for (size_t i = 0; i < dashboards->count; i++) {
        Dashboard *dashboard = &dashboards->items[i];
        for (size_t j = 0; j < dashboard->widget_count; j++) {
            json_decref((json_t *)dashboard->widgets[j].logic);
        }
    }
}

const Dashboard *dashboards_find(const Dashboards *dashboards, Str name) {
    for (size_t i = 0; i < dashboards->count; i++) {
        if (str_equal(dashboards->items[i].name, name)) return &dashboards->items[i];
    }
    return NULL;
}

size_t dashboards_count(const Dashboards *dashboards) {
    return dashboards->count;
}
const Dashboard *dashboards_at(const Dashboards *dashboards, size_t index) {
    return &dashboards->items[index];
}
Str dashboard_name(const Dashboard *dashboard) {
    return dashboard->name;
}
Str dashboard_place(const Dashboard *dashboard) {
    return dashboard->place;
}
const Label *dashboard_label(const Dashboard *dashboard) {
    return &dashboard->label;
}

/* A matter of what is offered, not of rights: those are asked for the records themselves. */
bool dashboard_is_for(const Dashboard *dashboard, Str role) {
    for (size_t i = 0; i < dashboard->role_count; i++) {
        if (str_equal(dashboard->roles[i], role)) return true;
    }
    return dashboard->role_count == 0;
}

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
                       .sort_count = widget->sort_count,
                       .limit = widget->limit,
                       .total = true};
    memcpy(query.sorts, widget->sorts, sizeof query.sorts);
    write_filter(widget, NULL, context, json);
    write_sort(widget, context->arena, json);
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

/* As the reader may read it; another's record gives no title. */
static Str group_title(Context *context, const Field *field, const Value *value) {
    Record record;
    if (field->type != FIELD_REFERENCE) {
        return field_text(context->arena, field, value, context->actor->lang, context->actor->zone);
    }
    if (value->kind != VALUE_ID) return (Str){0};
    const Object *target = field_target(context->model, field);
    Problem quiet = problem_new(context->arena); /* a title that may not be read is left out */
    Context asking = *context;
    asking.problem = &quiet;
    Status status = record_read(&asking, target, value->id, &record);
    return status == STATUS_OK ? record_title(context, &record) : (Str){0};
}

/* The same person stands in several groups; the title is read once while the groups come sorted. */
typedef struct TitleMemory {
    Value value;
    Str title;
} TitleMemory;

/* Values for programs, titles for people, the filter for whoever wants to see the records. */
static void write_group(const Widget *widget, const Group *group, Context *context,
                        TitleMemory memory[GROUP_FIELDS_MOST], JsonWriter *json) {
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
        if (!memory[i].title.data || !value_equal(&memory[i].value, &group->by[i])) {
            memory[i].value = group->by[i];
            memory[i].title = group_title(context, widget->group[i], &group->by[i]);
        }
        json_key(json, widget->group[i]->name);
        json_write_text(json, memory[i].title);
    }
    json_close_object(json);
    json_member_integer(json, "value", group->value);
    write_filter(widget, group->by, context, json);
    json_close_object(json);
}

/* Groups by what is hidden from the reader would tell it, so that there are none. */
static bool groups_readable(const Widget *widget, const Context *context) {
    for (size_t i = 0; i < widget->group_count; i++) {
        if (!access_may_read_field(context->actor, widget->object, widget->group[i])) return false;
    }
    return true;
}

/* Groups are not a list of records, so access to the object is asked here. */
static Status write_groups(const Widget *widget, Context *context, JsonWriter *json) {
    if (access_scope(context->actor, widget->object, VERB_READ) == SCOPE_NONE) {
        problem_add(context->problem, STR(""), "access_verb",
                    label_in(&widget->object->plural, context->actor->lang));
        return STATUS_DENIED;
    }
    Group *groups = ARENA_ARRAY(context->arena, GROUPS_MOST, Group);
    TitleMemory memory[GROUP_FIELDS_MOST] = {0};
    size_t count = 0;
    Status status = STATUS_OK;
    if (groups_readable(widget, context)) status = read_groups(widget, context, groups, &count);
    if (status != STATUS_OK) return status;
    json_key(json, STR("groups"));
    json_open_array(json);
    for (size_t i = 0; i < count; i++) write_group(widget, &groups[i], context, memory, json);
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
