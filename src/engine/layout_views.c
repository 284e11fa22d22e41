/*
 * The model cannot check them itself, since it knows neither conditions nor roles. The page reads
 * the views from the model's description; nothing of them is kept here.
 */
#include "layout_views.h"

#include "condition.h"
#include "list.h"
#include "place.h"

/* What the views of one object are checked against. */
typedef struct ViewCheck {
    Arena *arena;
    const Model *model;
    const Roles *roles;
    Problem *problem;
    const Object *object;
} ViewCheck;

/* "field" or, where a list may show it, "reference.field". */
static const Field *find_field(const ViewCheck *check, Str path, bool through) {
    Str rest = path, name = str_cut(&rest, '.');
    const Field *field = object_field(check->object, name);
    if (!rest.data) return field;
    bool leads = through && field && field->type == FIELD_REFERENCE;
    return leads ? object_field(field_target(check->model, field), rest) : NULL;
}

/* Widths stand behind the name: "temperature:160". */
static void check_columns(const ViewCheck *check, const Place *view) {
    size_t count;
    const Str *columns = place_texts(view, "columns", &count);
    Place place = place_member(view, "columns");
    for (size_t i = 0; i < count; i++) {
        Str rest = columns[i], path = str_cut(&rest, ':');
        if (find_field(check, path, true)) continue;
        place_error(&place, "definition_unknown_field", path);
    }
}

static void check_sort(const ViewCheck *check, const Place *view) {
    size_t count;
    const Str *sorts = place_texts(view, "sort", &count);
    Place place = place_member(view, "sort");
    if (count > LIST_SORTS_MOST) {
        place_error(&place, "sort_count", str_format(check->arena, "%d", LIST_SORTS_MOST));
    }
    for (size_t i = 0; i < count; i++) {
        bool descending = str_starts(sorts[i], STR("-"));
        Str name = descending ? str_part(sorts[i], 1, sorts[i].size) : sorts[i];
        const Field *field = find_field(check, name, false);
        if (field && (field->indexed || field->unique)) continue;
        place_error(&place, "sort_unknown", name);
    }
}

/* For the error: a mistyped role is the usual case. */
static Str known_roles(const ViewCheck *check) {
    Str known = {0};
    for (size_t i = 0; i < roles_count(check->roles); i++) {
        Str name = role_name(roles_at(check->roles, i));
        known =
            str_format(check->arena, "%.*s%s%.*s", STR_ARGS(known), i ? ", " : "", STR_ARGS(name));
    }
    return known;
}

static void check_roles(const ViewCheck *check, const Place *above, const char *member) {
    size_t count;
    const Str *names = place_texts(above, member, &count);
    Place place = place_member(above, member);
    for (size_t i = 0; i < count; i++) {
        if (roles_find(check->roles, names[i])) continue;
        place_error(&place, "definition_unknown_word", names[i], known_roles(check));
    }
}

/* Errors inside the condition bring their own place within it. */
static void check_filter(const ViewCheck *check, const Place *view) {
    Place filter = place_member(view, "filter");
    if (place_absent(&filter)) return;
    const Condition *condition;
    Status status = condition_parse(check->arena, check->model, check->object, filter.node,
                                    place_pointer(&filter), check->problem, &condition);
    if (status == STATUS_OK && condition_needs_change(condition)) {
        place_error(&filter, "condition_not_in_list", STR("changed"));
    }
}

static void check_view(const ViewCheck *check, const Place *view) {
    static const char *const MEMBERS[] = {"view",    "labels", "filter", "sort",
                                          "columns", "roles",  NULL};
    if (!place_is_object(view, MEMBERS)) return;
    place_text_needed(view, "view");
    place_label_needed(view, "labels");
    check_filter(check, view);
    check_sort(check, view);
    check_columns(check, view);
    check_roles(check, view, "roles");
}

static void check_object(const ViewCheck *check) {
    Str name = str_format(check->arena, "objects/%.*s.json", STR_ARGS(check->object->name));
    Place file = place_file(check->arena, check->problem, name, check->object->definition);
    Place layouts = place_member(&file, "layouts");
    Place views = place_member(&layouts, "views");
    check_roles(check, &layouts, "nav");
    size_t count = place_count(&views);
    for (size_t i = 0; i < count; i++) {
        Place view = place_item(&views, i);
        check_view(check, &view);
    }
}

Status layout_views_check(Arena *arena, const Model *model, const Roles *roles, Problem *problem) {
    size_t errors = problem->count;
    ViewCheck check = {.arena = arena, .model = model, .roles = roles, .problem = problem};
    for (size_t i = 0; i < model_object_count(model); i++) {
        check.object = model_object_at(model, i);
        check_object(&check);
    }
    return problem->count == errors ? STATUS_OK : STATUS_INVALID;
}
