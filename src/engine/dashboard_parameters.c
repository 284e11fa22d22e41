/*
 * What readers narrow a dashboard by. A parameter says for each object what it means there, as
 * JSON Logic with a hole for the value; so a widget needs to know nothing of parameters, and one
 * about whose object nothing is said tells that it ignored it.
 */
#include "access.h"
#include "dashboard_widget.h"
#include "titles.h"
#include "zone.h"

/* ---- Reading ---- */

/* A copy with every {"parameter": []} replaced by `value`; the caller's reference. */
static json_t *filled(const json_t *logic, const json_t *value) {
    if (json_is_object(logic) && json_object_get(logic, "parameter")) {
        return json_deep_copy(value);
    }
    size_t i;
    const char *name;
    json_t *item, *copy;
    if (json_is_array(logic)) {
        copy = json_array();
        json_array_foreach((json_t *)logic, i, item)
            json_array_append_new(copy, filled(item, value));
        return copy;
    }
    if (!json_is_object(logic)) return json_deep_copy((json_t *)logic);
    copy = json_object();
    json_object_foreach((json_t *)logic, name, item) {
        json_object_set_new(copy, name, filled(item, value));
    }
    return copy;
}

/* What stands for the parameter: an id, or the list of those that one stands for. */
static json_t *meaning(Arena *arena, Id chosen, const Meant *meant) {
    if (!meant) {
        Str text = id_text(arena, chosen);
        return json_stringn(text.data, text.size);
    }
    json_t *list = json_array();
    for (size_t i = 0; i < meant->count; i++) {
        Str text = id_text(arena, meant->ids[i]);
        json_array_append_new(list, json_stringn(text.data, text.size));
    }
    return list;
}

static void check_conditions(Arena *arena, const Model *model, Str pointer,
                             const Parameter *parameter, Problem *problem) {
    Id none = {0};
    Meant one = {.ids = &none, .count = 1};
    const char *name;
    json_t *logic, *value CLEANUP(json_drop) = meaning(arena, none, parameter->below ? &one : NULL);
    json_object_foreach((json_t *)parameter->conditions, name, logic) {
        const Object *object = model_object(model, str_of(name));
        Str place = str_format(arena, "%.*s/conditions/%s", STR_ARGS(pointer), name);
        if (!object) {
            problem_add(problem, place, "definition_unknown_object", str_of(name));
            continue;
        }
        json_t *sample CLEANUP(json_drop) = filled(logic, value);
        const Condition *unused;
        Status status = condition_parse(arena, model, object, sample, place, problem, &unused);
        if (status != STATUS_OK) continue;
    }
}

static void read_period(Arena *arena, Str pointer, const json_t *node, Problem *problem,
                        PeriodChoice *out) {
    static const char *const UNITS[] = {"week", "month", "quarter"};
    Str unit = json_get_text(node, "unit");
    bool known = false;
    out->code = str_copy(arena, json_get_text(node, "code"));
    out->label = json_label(arena, json_object_get(node, "labels"));
    out->count = json_integer_value(json_object_get(node, "count"));
    for (int i = 0; i < 3; i++) {
        if (!str_is(unit, UNITS[i])) continue;
        out->unit = (PeriodUnit)i;
        known = true;
    }
    if (!known)
        problem_add(problem, pointer, "definition_unknown_word", unit, STR("week, month, quarter"));
    if (out->count >= 1 && out->count <= PERIODS_MOST) return;
    problem_add(problem, pointer, "limit_range", STR("1"), str_format(arena, "%d", PERIODS_MOST));
    out->count = 1;
}

static void read_periods(Arena *arena, Str pointer, const json_t *node, Problem *problem,
                         Parameter *out) {
    const json_t *periods = json_object_get(node, "periods");
    Str initial = json_get_text(node, "default");
    size_t i;
    json_t *item;
    out->periods = ARENA_ARRAY(arena, json_array_size(periods), PeriodChoice);
    json_array_foreach((json_t *)periods, i, item) {
        Str place = str_format(arena, "%.*s/periods/%zu", STR_ARGS(pointer), i);
        PeriodChoice *choice = &out->periods[out->period_count++];
        read_period(arena, place, item, problem, choice);
        if (str_equal(choice->code, initial)) out->initial = choice;
    }
    if (!out->initial) problem_add(problem, pointer, "definition_member_missing", STR("default"));
}

static void check_offered(Arena *arena, const Model *model, Str pointer, const Parameter *parameter,
                          Problem *problem) {
    const Condition *unused;
    Status status =
        condition_parse(arena, model, parameter->reference, parameter->offered,
                        str_format(arena, "%.*s/condition", STR_ARGS(pointer)), problem, &unused);
    if (status != STATUS_OK) return; /* the problem tells */
}

/* A tree is made of records that refer to their own kind. */
static void read_below(Arena *arena, Str pointer, const json_t *node, Problem *problem,
                       Parameter *out) {
    Str name = json_get_text(node, "below");
    const Field *field = object_field(out->reference, name);
    if (str_empty(name)) return;
    if (field && field->type == FIELD_REFERENCE &&
        str_equal(field->reference, out->reference->name)) {
        out->below = field;
        return;
    }
    problem_add(problem, str_format(arena, "%.*s/below", STR_ARGS(pointer)),
                "definition_unknown_field", name);
}

static void read_parameter(Arena *arena, const Model *model, Str pointer, const json_t *node,
                           Problem *problem, Parameter *out) {
    out->name = str_copy(arena, json_get_text(node, "name"));
    out->label = json_label(arena, json_object_get(node, "labels"));
    out->hidden = json_is_true(json_object_get(node, "hidden"));
    out->conditions = json_object_get(node, "conditions");
    if (json_object_get(node, "periods")) {
        read_periods(arena, pointer, node, problem, out);
        return;
    }
    Str reference = json_get_text(node, "reference");
    out->reference = model_object(model, reference);
    if (!out->reference) {
        problem_add(problem, pointer, "definition_unknown_object", reference);
        return;
    }
    read_below(arena, pointer, node, problem, out);
    check_conditions(arena, model, pointer, out, problem);
    out->offered = json_object_get(node, "condition");
    if (out->offered) check_offered(arena, model, pointer, out, problem);
}

void dashboard_read_parameters(Arena *arena, const Model *model, Str file, const json_t *definition,
                               Problem *problem, Dashboard *out) {
    const json_t *parameters = json_object_get(definition, "parameters");
    size_t i, count = json_array_size(parameters);
    json_t *node;
    if (count > PARAMETERS_MOST) {
        problem_add(problem, file, "limit_range", STR("0"),
                    str_format(arena, "%d", PARAMETERS_MOST));
        return;
    }
    out->parameters = ARENA_ARRAY(arena, count, Parameter);
    json_array_foreach((json_t *)parameters, i, node) {
        Str pointer = str_format(arena, "%.*s#/parameters/%zu", STR_ARGS(file), i);
        read_parameter(arena, model, pointer, node, problem,
                       &out->parameters[out->parameter_count++]);
    }
}

/* ---- The values of a request ---- */

static Date first_of(PeriodUnit unit, Date day) {
    if (unit == UNIT_WEEK) return date_from_days(date_to_days(day) - date_weekday(day));
    int month = unit == UNIT_QUARTER ? (day.month - 1) / 3 * 3 + 1 : day.month;
    return (Date){day.year, month, 1};
}

static Date moved(PeriodUnit unit, Date first, int64_t by) {
    if (unit == UNIT_WEEK) return date_from_days(date_to_days(first) + 7 * by);
    int64_t months = first.year * 12LL + first.month - 1 + by * (unit == UNIT_QUARTER ? 3 : 1);
    return (Date){(int)(months / 12), (int)(months % 12) + 1, 1};
}

/* Calendar periods of the reader's zone; the last is the present one, not yet over. */
static void lay_out_periods(View *view, const PeriodChoice *choice) {
    Str zone = view->context->actor->zone;
    int64_t now = view->context->now;
    Date first = first_of(choice->unit, zone_date(zone, now));
    view->period_count = (size_t)choice->count;
    for (size_t i = 0; i < view->period_count; i++) {
        int64_t back = (int64_t)i - choice->count + 1;
        Period *period = &view->periods[i];
        period->start = zone_day_start(zone, moved(choice->unit, first, back));
        period->end = zone_day_start(zone, moved(choice->unit, first, back + 1));
        period->last = period->end - 1 < now ? period->end - 1 : now;
    }
}

static void refuse(View *view, const Parameter *parameter, Str value) {
    Arena *arena = view->context->arena;
    problem_add(view->context->problem, problem_pointer(arena, STR(""), parameter->name),
                "dashboard_parameter", label_in(&parameter->label, view->context->actor->lang),
                value);
}

static void take(View *view, size_t index, Str value) {
    const Parameter *parameter = &view->dashboard->parameters[index];
    if (str_empty(value)) return;
    if (parameter->reference) {
        if (!id_parse(value, &view->records[index])) refuse(view, parameter, value);
        return;
    }
    for (size_t i = 0; i < parameter->period_count; i++) {
        if (!str_equal(parameter->periods[i].code, value)) continue;
        view->chosen[index] = &parameter->periods[i];
        return;
    }
    refuse(view, parameter, value);
}

/* A value for what is no parameter would be ignored in silence, and the reader misled. */
static void take_argument(View *view, const DashboardArgument *argument) {
    const Dashboard *dashboard = view->dashboard;
    for (size_t i = 0; i < dashboard->parameter_count; i++) {
        if (!str_equal(dashboard->parameters[i].name, argument->name)) continue;
        take(view, i, argument->value);
        return;
    }
    Arena *arena = view->context->arena;
    problem_add(view->context->problem, problem_pointer(arena, STR(""), argument->name),
                "dashboard_no_parameter", argument->name);
}

Status dashboard_view(const Dashboard *dashboard, Context *context,
                      const DashboardArgument *arguments, size_t count, View *out) {
    size_t errors = context->problem->count;
    *out = (View){.dashboard = dashboard, .context = context};
    for (size_t i = 0; i < dashboard->parameter_count; i++) {
        out->chosen[i] = dashboard->parameters[i].initial;
    }
    for (size_t i = 0; i < count; i++) take_argument(out, &arguments[i]);
    for (size_t i = 0; i < dashboard->parameter_count; i++) {
        if (out->chosen[i]) lay_out_periods(out, out->chosen[i]);
    }
    return context->problem->count == errors ? dashboard_read_below(out) : STATUS_INVALID;
}

/* ---- Widgets ---- */

static bool takes(const Widget *widget, Str name) {
    size_t i;
    json_t *node;
    if (!widget->takes) return true;
    json_array_foreach((json_t *)widget->takes, i, node) {
        if (str_equal(json_text(node), name)) return true;
    }
    return false;
}

/*
 * The field that a condition {"==": [{"var": field}, {"parameter": []}]} compares, where a widget
 * shows records as they were and the field has a history: whoever asks for one representative's
 * figures means those whom that person was responsible for then, not those who came later.
 */
static const Field *past_field(const Widget *widget, const json_t *logic) {
    const json_t *sides = json_object_get(logic, "==");
    bool as_it_was = widget->over && !widget->at;
    if (!as_it_was || json_array_size(sides) != 2) return NULL;
    if (!json_object_get(json_array_get(sides, 1), "parameter")) return NULL;
    const Field *field =
        object_field(widget->object, json_get_text(json_array_get(sides, 0), "var"));
    return field && field->history ? field : NULL;
}

Status dashboard_narrow(const View *view, const Widget *widget, Shown *out) {
    Context *context = view->context;
    *out = (Shown){.view = view, .widget = widget};
    for (size_t i = 0; i < view->dashboard->parameter_count; i++) {
        const Parameter *parameter = &view->dashboard->parameters[i];
        if (id_none(view->records[i])) continue;
        const char *name = str_terminated(context->arena, widget->object->name);
        const json_t *logic = json_object_get(parameter->conditions, name);
        if (!logic || !takes(widget, parameter->name)) {
            if (!parameter->hidden) out->ignored[out->ignored_count++] = parameter->name;
            continue;
        }
        out->past[out->past_count] = past_field(widget, logic);
        if (out->past[out->past_count]) {
            out->past_values[out->past_count++] = view->records[i];
            continue;
        }
        json_t *value CLEANUP(json_drop) =
            meaning(context->arena, view->records[i], parameter->below ? &view->meant[i] : NULL);
        json_t *meant CLEANUP(json_drop) = filled(logic, value);
        Status status = condition_parse(context->arena, context->model, widget->object, meant,
                                        STR(""), context->problem, &out->narrow[out->narrow_count]);
        if (status != STATUS_OK) return status;
        out->narrow_text[out->narrow_count++] = json_compact(context->arena, meant);
    }
    return STATUS_OK;
}

/* ---- What may be chosen ---- */

static void write_choices(const View *view, size_t index, JsonWriter *json) {
    const Parameter *parameter = &view->dashboard->parameters[index];
    json_member_text(json, "value", view->chosen[index]->code);
    json_key(json, STR("choices"));
    json_open_array(json);
    for (size_t i = 0; i < parameter->period_count; i++) {
        json_open_object(json);
        json_member_text(json, "code", parameter->periods[i].code);
        json_member_text(json, "label",
                         label_in(&parameter->periods[i].label, view->context->actor->lang));
        json_close_object(json);
    }
    json_close_array(json);
}

static Status write_record(const View *view, size_t index, JsonWriter *json) {
    const Parameter *parameter = &view->dashboard->parameters[index];
    Id id = view->records[index];
    json_member_text(json, "reference", parameter->reference->name);
    if (parameter->below) json_member_text(json, "below", parameter->below->name);
    if (parameter->offered) {
        json_key(json, STR("filter"));
        json_write_raw(json, json_compact(view->context->arena, parameter->offered));
    }
    if (id_none(id)) return STATUS_OK;
    Titles titles = {0};
    Status status =
        titles_read(view->context, parameter->reference, &id, 1, TITLES_OF_ALIVE, &titles);
    if (status != STATUS_OK) return status;
    json_member_text(json, "value", id_text(view->context->arena, id));
    json_member_text(json, "title", titles_find(&titles, id));
    return STATUS_OK;
}

Status dashboard_write_parameters(const View *view, JsonWriter *json) {
    Status status = STATUS_OK;
    json_key(json, STR("parameters"));
    json_open_array(json);
    for (size_t i = 0; status == STATUS_OK && i < view->dashboard->parameter_count; i++) {
        const Parameter *parameter = &view->dashboard->parameters[i];
        if (parameter->hidden) continue;
        json_open_object(json);
        json_member_text(json, "name", parameter->name);
        json_member_text(json, "label", label_in(&parameter->label, view->context->actor->lang));
        if (parameter->reference) {
            status = write_record(view, i, json);
        } else {
            write_choices(view, i, json);
        }
        json_close_object(json);
    }
    json_close_array(json);
    return status;
}
