/*
 * The condition is asked only where one of the fields has a value, so that an object with
 * prohibitions costs its other records nothing.
 */
#include "prohibition.h"

#include "place.h"
#include "system_actor.h"

/* A state of a record that nobody may save, and the reason that they are told. */
typedef struct Prohibition {
    const Field **fields;
    size_t count;
    const Condition *condition;
    Label reason;
} Prohibition;

/* By object->index. */
typedef struct ObjectProhibitions {
    const Prohibition *items;
    size_t count;
} ObjectProhibitions;

/* By object->index, so that most saves find out at once that there is nothing to ask. */
struct Prohibitions {
    const ObjectProhibitions *objects;
};

/* One object's definition being read; every error is gathered. */
typedef struct ProhibitionReader {
    Arena *arena;
    const Model *model;
    const Object *object;
    Problem *problem;
} ProhibitionReader;

/* ---- Reading ---- */

static void read_fields(const ProhibitionReader *reader, const Place *item, Prohibition *out) {
    size_t count = 0;
    const Str *names = place_texts(item, "fields", &count);
    Place place = place_member(item, "fields");
    out->fields = ARENA_ARRAY(reader->arena, count, const Field *);
    for (size_t i = 0; i < count; i++) {
        const Field *field = object_field(reader->object, names[i]);
        if (field && !field->required) {
            out->fields[out->count++] = field;
        } else {
            place_error(&place, "definition_unknown_field", names[i]);
        }
    }
    if (!count) place_error(&place, "definition_actions", STR("fields"));
}

static void read_one(const ProhibitionReader *reader, const Place *item, Prohibition *out) {
    static const char *const MEMBERS[] = {"prohibition", "labels", "fields",
                                          "condition",   "reason", NULL};
    if (!place_is_object(item, MEMBERS)) return;
    Place condition = place_member(item, "condition");
    (void)place_text_needed(item, "prohibition");
    (void)place_label_needed(item, "labels");
    out->reason = place_label_needed(item, "reason");
    read_fields(reader, item, out);
    Status status = condition_parse(reader->arena, reader->model, reader->object, condition.node,
                                    place_pointer(&condition), reader->problem, &out->condition);
    if (status == STATUS_OK && condition_needs_change(out->condition)) {
        place_error(&condition, "condition_not_in_list", STR("changed"));
    }
}

static ObjectProhibitions read_object(const ProhibitionReader *reader) {
    Str name = str_format(reader->arena, "objects/%.*s.json", STR_ARGS(reader->object->name));
    Place file = place_file(reader->arena, reader->problem, name, reader->object->definition);
    Place list = place_member(&file, "prohibitions");
    size_t count = place_count(&list);
    Prohibition *items = ARENA_ARRAY(reader->arena, count, Prohibition);
    for (size_t i = 0; i < count; i++) {
        Place item = place_item(&list, i);
        read_one(reader, &item, &items[i]);
    }
    return (ObjectProhibitions){items, count};
}

Status prohibitions_load(Arena *arena, const Model *model, Problem *problem,
                         const Prohibitions **out) {
    size_t errors = problem->count, count = model_object_count(model);
    ObjectProhibitions *objects = ARENA_ARRAY(arena, count, ObjectProhibitions);
    Prohibitions *prohibitions = ARENA_NEW(arena, Prohibitions);
    ProhibitionReader reader = {.arena = arena, .model = model, .problem = problem};
    for (size_t i = 0; i < count; i++) {
        reader.object = model_object_at(model, i);
        objects[i] = read_object(&reader);
    }
    prohibitions->objects = objects;
    if (problem->count != errors) return STATUS_INVALID;
    *out = prohibitions;
    return STATUS_OK;
}

/* ---- Asking ---- */

static bool has_any(const Prohibition *prohibition, const Record *record) {
    for (size_t i = 0; i < prohibition->count; i++) {
        if (!value_is_null(&record->values[prohibition->fields[i]->index])) return true;
    }
    return false;
}

static void refuse(const Prohibition *prohibition, Context *context, const Record *record) {
    Lang lang = context->actor->lang;
    for (size_t i = 0; i < prohibition->count; i++) {
        const Field *field = prohibition->fields[i];
        if (value_is_null(&record->values[field->index])) continue;
        problem_add(context->problem, problem_pointer(context->arena, STR(""), field->name),
                    "prohibited", label_in(&field->label, lang),
                    label_in(&prohibition->reason, lang));
    }
}

Status prohibitions_check(const Prohibitions *prohibitions, Context *context,
                          const Record *record) {
    const ObjectProhibitions *all = &prohibitions->objects[record->object->index];
    size_t errors = context->problem->count;
    SystemActor storage;
    Context *system = system_actor(context, &storage);
    for (size_t i = 0; i < all->count; i++) {
        const Prohibition *prohibition = &all->items[i];
        bool holds = false;
        if (!has_any(prohibition, record)) continue;
        Status status = condition_holds(system, prohibition->condition, record, NULL, &holds);
        if (status != STATUS_OK) return status;
        if (holds) refuse(prohibition, context, record);
    }
    return context->problem->count == errors ? STATUS_OK : STATUS_INVALID;
}
