/* Dashboards from their definitions: everything is checked here, so that showing them cannot fail.
 */
#include "dashboard_widget.h"
#include "definition_files.h"

enum { WIDGET_LIMIT_DEFAULT = 50 };

/* One file being read; every error is gathered, with its place. */
typedef struct DashboardReader {
    Arena *arena;
    const Model *model;
    Problem *problem;
    Str file; /* or the part of it that is read: "dashboards/x.json#/widgets/0" */
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

/* "primary_hco.department": of what the reference leads to, this field; "….title": its title alone.
 */
static void read_part(DashboardReader *reader, Widget *widget, Str name) {
    Str rest = name, first = str_cut(&rest, '.');
    const Field *reference = find_field(reader, widget->object, first);
    bool expanded = false;
    for (size_t i = 0; i < widget->expand_count; i++) {
        expanded = expanded || widget->expand[i] == reference;
    }
    if (!reference) return;
    ListPart *part = &widget->parts[widget->part_count];
    *part = (ListPart){.reference = reference};
    if (!expanded || reference->type != FIELD_REFERENCE) {
        complain(reader, "definition_unknown_field", name);
        return;
    }
    if (!str_is(rest, "title")) {
        part->field = find_field(reader, field_target(reader->model, reference), rest);
    }
    widget->part_count++;
}

static Str join_names(Arena *arena, const json_t *names) {
    Str all = {0};
    size_t i;
    json_t *name;
    json_array_foreach((json_t *)names, i, name) {
        all = str_format(arena, "%.*s%s%s", STR_ARGS(all), i ? "," : "", json_string_value(name));
    }
    return all;
}

/* What is shown of the records themselves, and of those that they refer to. */
static void read_shown(DashboardReader *reader, const json_t *node, Widget *widget) {
    const json_t *names = json_object_get(node, "fields"),
                 *expand = json_object_get(node, "expand");
    widget->expand = read_fields(reader, widget->object, expand, &widget->expand_count);
    widget->fields = ARENA_ARRAY(reader->arena, json_array_size(names), const Field *);
    widget->parts = ARENA_ARRAY(reader->arena, json_array_size(names), ListPart);
    size_t i;
    json_t *name;
    json_array_foreach((json_t *)names, i, name) {
        Str text = json_text(name);
        if (str_find(text, '.') < text.size) {
            read_part(reader, widget, text);
            continue;
        }
        const Field *field = find_field(reader, widget->object, text);
        if (field) widget->fields[widget->field_count++] = field;
    }
    widget->field_names = join_names(reader->arena, names);
    widget->expand_names = join_names(reader->arena, expand);
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

static const char *const DASHBOARD_MEMBERS[] = {"dashboard", "labels",     "roles",  "place",
                                                "widgets",   "parameters", "counts", NULL};
static const char *const WIDGET_MEMBERS[] = {
    "name",  "capability", "labels",     "help",      "empty",   "icon",   "brief",
    "form",  "object",     "scope",      "condition", "sort",    "fields", "expand",
    "limit", "quiet",      "group",      "measure",   "of",      "met",    "related",
    "event", "over",       "parameters", "was",       "reasons", "link",   NULL};
static const char *const WAS_MEMBERS[] = {"field", "of", "at", NULL};
static const char *const LINK_MEMBERS[] = {"screen", "labels", "at_end", NULL};
static const char *const BRIEF_MEMBERS[] = {"one", "other", "late", NULL};

/* Whose records a widget shows: all that the role may read, or the reader's own. */
static bool read_scope(DashboardReader *reader, const json_t *node) {
    Str scope = json_get_text(node, "scope");
    if (scope.data && !str_is(scope, "own")) complain(reader, "definition_scope", scope);
    return str_is(scope, "own");
}

/* ---- Measures ---- */

/* A condition over other records than the widget's; NULL where none stands or it is wrong. */
static const Condition *read_condition(DashboardReader *reader, const Object *object,
                                       const json_t *logic) {
    const Condition *condition = NULL;
    if (!logic) return NULL;
    Status status = condition_parse(reader->arena, reader->model, object, logic, reader->file,
                                    reader->problem, &condition);
    return status == STATUS_OK ? condition : NULL;
}

static const Object *find_object(DashboardReader *reader, Str name) {
    const Object *object = model_object(reader->model, name);
    if (!object) complain(reader, "definition_unknown_object", name);
    return object;
}

/* Their reference to the widget's object. */
static const Field *find_link(DashboardReader *reader, const Widget *widget, const Object *object,
                              Str name) {
    const Field *field = find_field(reader, object, name);
    if (!field) return NULL;
    if (field->type == FIELD_REFERENCE && str_equal(field->reference, widget->object->name)) {
        return field;
    }
    problem_add(reader->problem, reader->file, "definition_wrong_reference", name,
                widget->object->name);
    return NULL;
}

static void read_related(DashboardReader *reader, const json_t *node, Widget *widget) {
    const json_t *related = json_object_get(node, "related");
    widget->related = find_object(reader, json_get_text(related, "object"));
    if (!widget->related) return;
    widget->related_link =
        find_link(reader, widget, widget->related, json_get_text(related, "field"));
    widget->related_on =
        read_condition(reader, widget->related, json_object_get(related, "condition"));
}

static void read_event(DashboardReader *reader, const json_t *node, Widget *widget) {
    enum { DAYS_MOST = 366 };
    const json_t *member = json_object_get(node, "event");
    Event *event = &widget->event;
    event->object = find_object(reader, json_get_text(member, "object"));
    event->days = json_integer_value(json_object_get(member, "days"));
    event->least = json_integer_value(json_object_get(member, "least"));
    event->with = json_label(reader->arena, json_object_get(member, "with"));
    event->without = json_label(reader->arena, json_object_get(member, "without"));
    if (event->days < 1 || event->days > DAYS_MOST) complain(reader, "limit_range", STR("1"));
    if (!event->object) return;
    event->link = find_link(reader, widget, event->object, json_get_text(member, "field"));
    event->at = find_field(reader, event->object, json_get_text(member, "at"));
    if (!widget->of->history || widget->of->type != FIELD_CHOICE) {
        complain(reader, "condition_no_history", widget->of->name);
    }
}

static const struct MeasureWord {
    const char *word;
    bool of; /* measures a field */
} MEASURES[] = {
    [MEASURE_COUNT] = {.word = "count"},
    [MEASURE_DISTINCT] = {.word = "distinct", .of = true},
    [MEASURE_MEAN] = {.word = "mean", .of = true},
    [MEASURE_SHARE] = {.word = "share"},
    [MEASURE_PER] = {.word = "per"},
    [MEASURE_CHANGE] = {.word = "change", .of = true},
};

static bool find_measure(Str word, Measure *out) {
    for (size_t i = 0; i < sizeof MEASURES / sizeof *MEASURES; i++) {
        if (!str_is(word, MEASURES[i].word)) continue;
        *out = (Measure)i;
        return true;
    }
    return false;
}

/* Numbers, and choices whose ranks make them numbers. */
static bool has_mean(const Field *field) {
    return field->type == FIELD_INTEGER || field->type == FIELD_DECIMAL ||
           field->type == FIELD_CHOICE;
}

static void read_measure(DashboardReader *reader, const json_t *node, Widget *widget) {
    Str word = json_get_text(node, "measure");
    if (!word.data) return;
    if (!find_measure(word, &widget->measure)) {
        complain(reader, "definition_measure", word);
        return;
    }
    if (MEASURES[widget->measure].of) {
        widget->of = find_field(reader, widget->object, json_get_text(node, "of"));
        if (!widget->of) return;
    }
    if (widget->measure == MEASURE_MEAN && !has_mean(widget->of)) {
        problem_add(reader->problem, reader->file, "definition_wrong_type", widget->of->name,
                    STR("integer, decimal, choice"));
    }
    if (widget->measure == MEASURE_SHARE) {
        widget->met = read_condition(reader, widget->object, json_object_get(node, "met"));
        if (!widget->met) complain(reader, "definition_member_missing", STR("met"));
    }
    if (widget->measure == MEASURE_PER) read_related(reader, node, widget);
    if (widget->measure == MEASURE_CHANGE) read_event(reader, node, widget);
}

/* {"at": "held_at"}: those dated within each period; {"as_of": true}: as it was at its end. */
static void read_over(DashboardReader *reader, const json_t *node, Widget *widget) {
    const json_t *over = json_object_get(node, "over");
    if (!over) return;
    widget->over = true;
    Str at = json_get_text(over, "at");
    if (!at.data) return;
    widget->at = find_field(reader, widget->object, at);
    if (widget->at && widget->at->type != FIELD_INSTANT) {
        problem_add(reader->problem, reader->file, "definition_wrong_type", at, STR("instant"));
    }
}

/* What people see of it besides its records. */
static void read_words(DashboardReader *reader, const json_t *node, Widget *widget) {
    Arena *arena = reader->arena;
    widget->label = json_label(arena, json_object_get(node, "labels"));
    widget->help = json_label(arena, json_object_get(node, "help"));
    widget->empty = json_label(arena, json_object_get(node, "empty"));
    widget->icon = str_copy(arena, json_get_text(node, "icon"));
    const json_t *brief = json_object_get(node, "brief");
    if (!brief) return;
    Place place =
        place_file(arena, reader->problem, str_join(arena, reader->file, STR("/brief")), brief);
    if (!place_is_object(&place, BRIEF_MEMBERS)) return;
    widget->brief = (WidgetBrief){.one = json_label(arena, json_object_get(brief, "one")),
                                  .other = json_label(arena, json_object_get(brief, "other")),
                                  .late = json_is_true(json_object_get(brief, "late"))};
}

/* ---- What a list's cards say of their records ---- */

/* One that the list shows: what is not asked for does not reach the page. */
static const Field *find_shown(DashboardReader *reader, const Widget *widget, Str name) {
    const Field *field = find_field(reader, widget->object, name);
    for (size_t i = 0; field && i < widget->field_count; i++) {
        if (widget->fields[i] == field) return field;
    }
    if (field) {
        problem_add(reader->problem, reader->file, "definition_needs", STR("fields"), name);
    }
    return NULL;
}

static void want_type(DashboardReader *reader, const Field *field, FieldType type, Str word) {
    if (!field || field->type == type) return;
    problem_add(reader->problem, reader->file, "definition_wrong_type", field->name, word);
}

static void read_was(DashboardReader *reader, const json_t *node, Widget *widget) {
    const json_t *was = json_object_get(node, "was");
    if (!was) return;
    Place place = place_file(reader->arena, reader->problem,
                             str_join(reader->arena, reader->file, STR("/was")), was);
    if (!place_is_object(&place, WAS_MEMBERS)) return;
    Str at = json_get_text(was, "at");
    widget->was = (WidgetWas){.field = find_shown(reader, widget, json_get_text(was, "field")),
                              .of = find_shown(reader, widget, json_get_text(was, "of")),
                              .at = at.data ? find_shown(reader, widget, at) : NULL};
    want_type(reader, widget->was.field, FIELD_CHOICE, STR("choice"));
    want_type(reader, widget->was.of, FIELD_CHOICE, STR("choice"));
    want_type(reader, widget->was.at, FIELD_INSTANT, STR("instant"));
}

/* A path of the page itself, so that no definition leads people anywhere else. */
static bool is_screen(Str path) {
    if (!str_starts(path, STR("/")) || str_starts(path, STR("//"))) return false;
    for (size_t i = 0; i < path.size; i++) {
        char c = path.data[i];
        bool plain = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || strchr("/_-", c) != NULL;
        if (!plain) return false;
    }
    return true;
}

static void read_link(DashboardReader *reader, const json_t *node, Widget *widget) {
    const json_t *link = json_object_get(node, "link");
    if (!link) return;
    Place place = place_file(reader->arena, reader->problem,
                             str_join(reader->arena, reader->file, STR("/link")), link);
    if (!place_is_object(&place, LINK_MEMBERS)) return;
    widget->link = (WidgetLink){.screen = str_copy(reader->arena, json_get_text(link, "screen")),
                                .label = json_label(reader->arena, json_object_get(link, "labels")),
                                .at_end = json_is_true(json_object_get(link, "at_end"))};
    if (!is_screen(widget->link.screen)) complain(reader, "definition_link", widget->link.screen);
    if (!json_object_size(json_object_get(link, "labels"))) {
        complain(reader, "definition_member_missing", STR("link/labels"));
    }
}

static void read_card(DashboardReader *reader, const json_t *node, Widget *widget) {
    Str reasons = json_get_text(node, "reasons");
    if (reasons.data) widget->reasons = find_shown(reader, widget, reasons);
    want_type(reader, widget->reasons, FIELD_CHOICES, STR("choices"));
    read_was(reader, node, widget);
    read_link(reader, node, widget);
}

/* A widget without its object cannot be read further; everything else of it is reported at once. */
static void read_widget(DashboardReader *reader, const json_t *node, Widget *widget) {
    Place place = place_file(reader->arena, reader->problem, reader->file, node);
    if (!place_is_object(&place, WIDGET_MEMBERS)) return;
    widget->name = str_copy(reader->arena, json_get_text(node, "name"));
    widget->form = str_copy(reader->arena, json_get_text(node, "form"));
    read_words(reader, node, widget);
    widget->object = model_object(reader->model, json_get_text(node, "object"));
    widget->own = read_scope(reader, node);
    if (!widget->object) {
        complain(reader, "definition_unknown_object", json_get_text(node, "object"));
        return;
    }
    const json_t *logic = json_object_get(node, "condition");
    if (logic) {
        widget->logic = logic;
        Str pointer = str_join(reader->arena, reader->file, STR("/condition"));
        Status status = condition_parse(reader->arena, reader->model, widget->object, logic,
                                        pointer, reader->problem, &widget->condition);
        if (status != STATUS_OK) return;
    }
    const json_t *limit = json_object_get(node, "limit");
    widget->limit = json_is_integer(limit) ? json_integer_value(limit) : WIDGET_LIMIT_DEFAULT;
    widget->quiet = json_is_true(json_object_get(node, "quiet"));
    read_shown(reader, node, widget);
    read_card(reader, node, widget);
    widget->group =
        read_fields(reader, widget->object, json_object_get(node, "group"), &widget->group_count);
    if (widget->own && !object_field(widget->object, STR("owner"))) {
        complain(reader, "definition_unknown_field", STR("owner"));
    }
    if (widget->limit < 1 || widget->limit > LIST_LIMIT_MOST) {
        problem_add(reader->problem, reader->file, "limit_range", STR("1"),
                    str_format(reader->arena, "%d", LIST_LIMIT_MOST));
    }
    read_measure(reader, node, widget);
    read_over(reader, node, widget);
    widget->takes = json_object_get(node, "parameters");
    if (widget->group_count > GROUP_FIELDS_MOST) complain(reader, "definition_group", widget->name);
    read_sorts(reader, widget, json_object_get(node, "sort"));
}

/* The screens that show dashboards. */
static const Str PLACES[] = {STR_INIT("today"), STR_INIT("team"), STR_INIT("trust")};

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

/* What is over periods, or looks back, needs a parameter that says which. */
static void check_periods(DashboardReader *reader, const Dashboard *dashboard) {
    bool periods = false;
    for (size_t i = 0; i < dashboard->parameter_count; i++) {
        periods = periods || dashboard->parameters[i].period_count;
    }
    for (size_t i = 0; i < dashboard->widget_count && !periods; i++) {
        const Widget *widget = &dashboard->widgets[i];
        if (!widget->over && widget->measure != MEASURE_CHANGE) continue;
        problem_add(reader->problem, reader->file, "definition_needs", STR("over"),
                    STR("parameters.periods"));
    }
}

static void read_counts(DashboardReader *reader, const json_t *node, Dashboard *out) {
    size_t i;
    json_t *name;
    out->counts = ARENA_ARRAY(reader->arena, json_array_size(node), const Object *);
    json_array_foreach((json_t *)node, i, name) {
        const Object *object = find_object(reader, json_text(name));
        if (object) out->counts[out->count_count++] = object;
    }
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
    out->definition = json_incref((json_t *)definition);
    dashboard_read_parameters(reader->arena, reader->model, reader->file, definition,
                              reader->problem, out);
    read_counts(reader, json_object_get(definition, "counts"), out);
    json_array_foreach((json_t *)roles, i, node) {
        out->roles[out->role_count++] = str_copy(reader->arena, json_text(node));
    }
    json_array_foreach((json_t *)widgets, i, node) {
        DashboardReader inner = *reader;
        inner.file = str_format(reader->arena, "%.*s#/widgets/%zu", STR_ARGS(reader->file), i);
        read_widget(&inner, node, &out->widgets[out->widget_count++]);
    }
    check_periods(reader, out);
}

/* `*out` is set on failure too: dashboards_free has to give back the conditions kept so far. */
Status dashboards_load(Arena *arena, const Model *model, const ModelSource *sources, size_t count,
                       Problem *problem, Dashboards **out) {
    Dashboards *dashboards = ARENA_NEW(arena, Dashboards);
    dashboards->items = ARENA_ARRAY(arena, count, Dashboard);
    DefinitionFiles files CLEANUP(definition_files_close) =
        definition_files(arena, sources, count, problem);
    while (definition_files_next(&files)) {
        DashboardReader reader = {arena, model, problem, files.place.member};
        Dashboard *dashboard = &dashboards->items[dashboards->count];
        read_dashboard(&reader, files.definition, dashboard);
        if (dashboards_find(dashboards, dashboard->name)) {
            complain(&reader, "definition_repeated", dashboard->name);
        }
        dashboards->count++;
    }
    *out = dashboards;
    return definition_files_status(&files);
}

void dashboards_free(Dashboards *dashboards) {
    if (!dashboards) return;
    for (size_t i = 0; i < dashboards->count; i++) {
        Dashboard *dashboard = &dashboards->items[i];
        json_decref(dashboard->definition);
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
size_t dashboard_parameter_count(const Dashboard *dashboard) {
    return dashboard->parameter_count;
}
Str dashboard_parameter(const Dashboard *dashboard, size_t index) {
    return dashboard->parameters[index].name;
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
