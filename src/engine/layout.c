/*
 * Only places with a condition are kept, and fields that stand in some place without one are asked
 * for always: so nearly every question is answered by an empty list.
 */
#include "layout.h"

#include "place.h"

/* One place of a field in a form; the next one, where it stands in several. */
typedef struct LayoutPlace {
    const json_t *when;              /* {"kind": ["doctor"]}; NULL: no such condition */
    const Condition *section, *item; /* NULL: none */
    const struct LayoutPlace *next;
} LayoutPlace;

/* The marks of one object. */
typedef struct LayoutMarks {
    LayoutMark *items;
    size_t count;
} LayoutMarks;

/*
 * Where each field stands in the form of its object, so that nothing is searched while people
 * wait.
 */
struct Layouts {
    const LayoutPlace ***places; /* by object, by field; NULL: not in the form */
    LayoutMarks *marks;          /* by object */
};

/* One object's layouts being read; every error is gathered. */
typedef struct LayoutReader {
    Arena *arena;
    const Model *model;
    Problem *problem;
    const Object *object;
    const LayoutPlace **places; /* of the object */
} LayoutReader;

/* ---- Reading ---- */

static bool is_operator(const char *name) {
    static const char *const NAMES[] = {
        "and", "or", "!", "!!", "==", "!=", "<", "<=", ">", ">=", "in", NULL};
    for (int i = 0; NAMES[i]; i++) {
        if (strcmp(name, NAMES[i]) == 0) return true;
    }
    return false;
}

/* A condition that a page can decide: these operators, constants, and fields of the record itself.
 */
static bool is_plain(const json_t *logic) {
    const json_t *item;
    size_t index;
    if (json_is_array(logic)) {
        json_array_foreach((json_t *)logic, index, item) {
            if (!is_plain(item)) return false;
        }
    }
    if (!json_is_object(logic) || !json_object_size(logic)) return true;
    const char *name = json_object_iter_key(json_object_iter((json_t *)logic));
    const json_t *inside = json_object_get(logic, name);
    if (strcmp(name, "var") == 0) {
        return json_is_string(inside) && !strchr(json_string_value(inside), '.');
    }
    return json_object_size(logic) == 1 && is_operator(name) && is_plain(inside);
}

/* Errors inside the condition bring their own place within it. */
static const Condition *read_condition(const LayoutReader *reader, const Place *above) {
    Place place = place_member(above, "condition");
    const Condition *condition = NULL;
    if (place_absent(&place)) return NULL;
    if (!is_plain(place.node)) {
        place_error(&place, "definition_layout_condition");
        return NULL;
    }
    Status status = condition_parse(reader->arena, reader->model, reader->object, place.node,
                                    place_pointer(&place), reader->problem, &condition);
    return status == STATUS_OK ? condition : NULL;
}

static void read_item(const LayoutReader *reader, const Place *item, LayoutPlace place) {
    bool named = json_is_string(item->node);
    const json_t *name = named ? item->node : json_object_get(item->node, "field");
    if (!named) place.item = read_condition(reader, item);
    const Field *field = object_field(reader->object, json_text(name));
    if (!field) return; /* what every record has, or a child: nothing that could be required */
    LayoutPlace *kept = ARENA_NEW(reader->arena, LayoutPlace);
    *kept = place;
    kept->next = reader->places[field->index];
    reader->places[field->index] = kept;
}

static void read_section(const LayoutReader *reader, const Place *section) {
    Place fields = place_member(section, "fields");
    LayoutPlace place = {.when = json_object_get(section->node, "when"),
                         .section = read_condition(reader, section)};
    size_t count = place_count(&fields);
    for (size_t i = 0; i < count; i++) {
        Place item = place_item(&fields, i);
        read_item(reader, &item, place);
    }
}

/* Asked of records that are there: all that lists may ask is allowed. */
static void read_mark(const LayoutReader *reader, const Place *place, LayoutMark *out) {
    static const char *const MEMBERS[] = {"mark", "labels", "condition", NULL};
    if (!place_is_object(place, MEMBERS)) return;
    Place condition = place_member(place, "condition");
    out->name = place_text_needed(place, "mark");
    place_label_needed(place, "labels");
    Status status = condition_parse(reader->arena, reader->model, reader->object, condition.node,
                                    place_pointer(&condition), reader->problem, &out->condition);
    if (status == STATUS_OK && condition_needs_change(out->condition)) {
        place_error(&condition, "condition_not_in_list", STR("changed"));
    }
}

static LayoutMarks read_marks(const LayoutReader *reader, const Place *layouts) {
    Place place = place_member(layouts, "marks");
    LayoutMarks marks = {.count = place_count(&place)};
    marks.items = ARENA_ARRAY(reader->arena, marks.count, LayoutMark);
    for (size_t i = 0; i < marks.count; i++) {
        Place item = place_item(&place, i);
        read_mark(reader, &item, &marks.items[i]);
    }
    return marks;
}

static LayoutMarks read_object(LayoutReader *reader) {
    Str name = str_format(reader->arena, "objects/%.*s.json", STR_ARGS(reader->object->name));
    Place file = place_file(reader->arena, reader->problem, name, reader->object->definition);
    Place layouts = place_member(&file, "layouts");
    Place form = place_member(&layouts, "form");
    size_t count = place_count(&form);
    for (size_t i = 0; i < count; i++) {
        Place section = place_item(&form, i);
        read_section(reader, &section);
    }
    return read_marks(reader, &layouts);
}

Status layouts_load(Arena *arena, const Model *model, Problem *problem, Layouts **out) {
    size_t errors = problem->count, count = model_object_count(model);
    Layouts *layouts = ARENA_NEW(arena, Layouts);
    layouts->places = ARENA_ARRAY(arena, count, const LayoutPlace **);
    layouts->marks = ARENA_ARRAY(arena, count, LayoutMarks);
    LayoutReader reader = {.arena = arena, .model = model, .problem = problem};
    for (size_t i = 0; i < count; i++) {
        reader.object = model_object_at(model, i);
        reader.places = ARENA_ARRAY(arena, reader.object->field_count, const LayoutPlace *);
        layouts->places[i] = reader.places;
        layouts->marks[i] = read_object(&reader);
    }
    if (problem->count != errors) return STATUS_INVALID;
    *out = layouts;
    return STATUS_OK;
}

/* ---- Asking ---- */

static bool among_choices(const Record *record, const char *name, const json_t *codes) {
    const Value *value = record_value(record, str_of(name));
    const json_t *code;
    size_t index;
    json_array_foreach((json_t *)codes, index, code) {
        if (value->kind == VALUE_TEXT && str_equal(value->text, json_text(code))) return true;
    }
    return false;
}

static bool when_holds(const json_t *when, const Record *record) {
    const char *name;
    json_t *codes;
    json_object_foreach((json_t *)when, name, codes) {
        if (!among_choices(record, name, codes)) return false;
    }
    return true;
}

static Status place_holds(Context *context, const LayoutPlace *place, const Record *record,
                          bool *out) {
    const Condition *conditions[] = {place->section, place->item};
    *out = when_holds(place->when, record);
    for (size_t i = 0; i < 2 && *out; i++) {
        if (!conditions[i]) continue;
        Status status = condition_holds(context, conditions[i], record, NULL, out);
        if (status != STATUS_OK) return status;
    }
    return STATUS_OK;
}

Status layouts_ask(const Layouts *layouts, Context *context, const Record *record,
                   const Field *field, bool *out) {
    const LayoutPlace *place = layouts->places[record->object->index][field->index];
    Actor all = *context->actor;
    Context seeing = *context;
    all.everything = true;
    seeing.actor = &all;
    for (*out = place == NULL; place && !*out; place = place->next) {
        Status status = place_holds(&seeing, place, record, out);
        if (status != STATUS_OK) return status;
    }
    return STATUS_OK;
}

const LayoutMark *layouts_marks(const Layouts *layouts, const Object *object, size_t *count) {
    *count = layouts->marks[object->index].count;
    return layouts->marks[object->index].items;
}
