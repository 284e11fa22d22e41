/*
 * Loading and looking up. A model never changes once it is loaded, so any thread may read it
 * without a lock; a new version of the definitions becomes a new model beside it.
 */
#include "model.h"

#include "definition.h"
#include "definition_share.h"
#include "tables.h"

/* A hash for each object: fields are looked up by name in nearly every request. */
static void add_field_names(Arena *arena, Object *object) {
    FieldNames *names = NULL;
    for (size_t i = 0; i < object->field_count; i++) {
        const Field *field = &object->fields[i];
        FieldNames *found = NULL;
        if (str_empty(field->name)) continue;
        HASH_FIND(hh, names, field->name.data, field->name.size, found);
        if (found) continue; /* reported when the object is resolved */
        FieldNames *entry = ARENA_NEW(arena, FieldNames);
        *entry = (FieldNames){.name = field->name, .field = field};
        HASH_ADD_KEYPTR(hh, names, entry->name.data, entry->name.size, entry);
    }
    object->names = names;
}

static void add_object_name(Arena *arena, Model *model, const Place *file, Object *object) {
    if (str_empty(object->name)) return;
    if (model_object(model, object->name)) {
        Place place = place_member(file, "object");
        place_error(&place, "definition_repeated", object->name);
        return;
    }
    ObjectNames *entry = ARENA_NEW(arena, ObjectNames);
    *entry = (ObjectNames){.name = object->name, .object = object};
    HASH_ADD_KEYPTR(hh, model->names, entry->name.data, entry->name.size, entry);
}

/* Reads every file, also behind one that is broken. True when all of them were JSON. */
static bool read_sources(Arena *arena, Model *model, const ModelSource *sources, size_t count,
                         Problem *problem) {
    bool all = true;
    for (size_t i = 0; i < count; i++) {
        model->files[i] = sources[i].name;
        all &= place_read_file(arena, problem, sources[i].name, sources[i].text,
                               &model->documents[i]) == STATUS_OK;
    }
    return all;
}

static void read_objects(Arena *arena, Model *model, size_t count, Problem *problem) {
    for (size_t i = 0; i < count; i++) {
        if (!model->documents[i]) continue;
        Place file = place_file(arena, problem, model->files[i], model->documents[i]);
        Object *object = &model->objects[model->count];
        object->index = model->count;
        model->files[model->count++] = model->files[i];
        definition_read_object(&file, object);
        add_field_names(arena, object);
        add_object_name(arena, model, &file, object);
    }
}

Status model_load(Arena *arena, const ModelSource *sources, size_t count, Problem *problem,
                  Model **out) {
    return model_load_with(arena, sources, count, NULL, problem, out);
}

Status model_load_with(Arena *arena, const ModelSource *sources, size_t count, const json_t *lists,
                       Problem *problem, Model **out) {
    size_t errors_before = problem->count;
    Model *model = ARENA_NEW(arena, Model);
    model->objects = ARENA_ARRAY(arena, count, Object);
    model->files = ARENA_ARRAY(arena, count, Str);
    model->documents = ARENA_ARRAY(arena, count, json_t *);
    model->document_count = count;
    model->rollup_uses = ARENA_ARRAY(arena, count, RollupUse *);
    model->rollup_counts = ARENA_ARRAY(arena, count, size_t);
    /* Without one file, every reference to its object would be reported as well. */
    bool all = read_sources(arena, model, sources, count, problem);
    definition_share_choices(arena, problem, model->files, model->documents, count, lists);
    read_objects(arena, model, count, problem);
    if (all) definition_resolve(arena, model, problem);
    for (size_t i = 0; i < model->count; i++) {
        model->objects[i].select_list = tables_select_list(arena, &model->objects[i]);
    }
    if (problem->count > errors_before) {
        model_free(model);
        return STATUS_INVALID;
    }
    *out = model;
    return STATUS_OK;
}

void model_free(Model *model) {
    if (!model) return;
    for (size_t i = 0; i < model->count; i++) {
        FieldNames *names = (FieldNames *)model->objects[i].names;
        HASH_CLEAR(hh, names);
        model->objects[i].names = NULL;
    }
    HASH_CLEAR(hh, model->names);
    for (size_t i = 0; i < model->document_count; i++) json_decref(model->documents[i]);
    model->document_count = 0;
}

size_t model_object_count(const Model *model) {
    return model->count;
}

const Object *model_object_at(const Model *model, size_t index) {
    return &model->objects[index];
}

const Object *model_object(const Model *model, Str name) {
    const ObjectNames *found = NULL;
    if (str_empty(name)) return NULL;
    HASH_FIND(hh, model->names, name.data, name.size, found);
    return found ? found->object : NULL;
}

/* Objects of tests are written by hand and have no hash. */
const Field *object_field(const Object *object, Str name) {
    const FieldNames *found = NULL;
    if (!object || str_empty(name)) return NULL;
    if (object->names) {
        HASH_FIND(hh, object->names, name.data, name.size, found);
        return found ? found->field : NULL;
    }
    for (size_t i = 0; i < object->field_count; i++) {
        if (str_equal(object->fields[i].name, name)) return &object->fields[i];
    }
    return NULL;
}

const Object *field_target(const Model *model, const Field *field) {
    return model_object(model, field->reference);
}

const Choice *field_choice(const Field *field, Str code) {
    for (size_t i = 0; i < field->choice_count; i++) {
        if (str_equal(field->choices[i].code, code)) return &field->choices[i];
    }
    return NULL;
}

const Field *field_sort_source(const Object *object, const Field *field, Lang lang) {
    const Field *source = object_field(object, field->sort_by[lang]);
    return source ? source : field;
}

const RollupUse *model_rollups_over(const Model *model, const Object *object, size_t *count) {
    *count = model->rollup_counts[object->index];
    return model->rollup_uses[object->index];
}
