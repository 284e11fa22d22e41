/* What a bulk change is about: its records, the check of its fields, the patch of one record. */
#include <stdlib.h>

#include "access.h"
#include "bulk_change.h"
#include "field.h"

/* ---- The records ---- */

/* Ids gathered before any of them is changed, since the change may move them out of the list. */
typedef struct Selection {
    Arena *arena;
    const Id *except; /* sorted */
    size_t except_count;
    Id *ids;
    size_t count, capacity;
} Selection;

static int compare_ids(const void *a, const void *b) {
    return memcmp(((const Id *)a)->bytes, ((const Id *)b)->bytes, sizeof(Id));
}

static Status take_id(void *data, const Record *record) {
    Selection *selection = data;
    if (selection->except_count &&
        bsearch(&record->id, selection->except, selection->except_count, sizeof(Id), compare_ids)) {
        return STATUS_OK;
    }
    if (selection->count == BULK_CHANGE_MOST) return STATUS_INVALID;
    if (selection->count == selection->capacity) {
        size_t capacity = selection->capacity ? selection->capacity * 2 : 1024;
        Id *ids = ARENA_ARRAY(selection->arena, capacity, Id);
        if (selection->count) memcpy(ids, selection->ids, selection->count * sizeof(Id));
        selection->ids = ids;
        selection->capacity = capacity;
    }
    selection->ids[selection->count++] = record->id;
    return STATUS_OK;
}

/* The records of a page go with the page; only the ids are kept. */
static Status read_pages(Context *context, ListQuery *query, Selection *selection) {
    Arena *page CLEANUP(arena_drop) = arena_new();
    Buffer cursor CLEANUP(buffer_free) = {0};
    Context reading = *context;
    reading.arena = page;
    do {
        Str next;
        query->cursor = buffer_str(&cursor);
        Status status = list_each(&reading, query, take_id, selection, &next);
        if (status != STATUS_OK) return status;
        buffer_clear(&cursor);
        buffer_add(&cursor, next);
        arena_reset(page);
    } while (cursor.size);
    return STATUS_OK;
}

Status bulk_change_select(Context *context, const ListQuery *query, const Id *except,
                          size_t except_count, Id **out, size_t *count) {
    Selection selection = {.arena = context->arena, .except_count = except_count};
    ListQuery pages = *query;
    pages.limit = LIST_LIMIT_MOST;
    pages.expand_count = 0;
    if (except_count) {
        Id *sorted = ARENA_ARRAY(context->arena, except_count, Id);
        memcpy(sorted, except, except_count * sizeof(Id));
        qsort(sorted, except_count, sizeof(Id), compare_ids);
        selection.except = sorted;
    }
    Status status = read_pages(context, &pages, &selection);
    if (status == STATUS_INVALID && selection.count == BULK_CHANGE_MOST) {
        problem_add(context->problem, STR(""), "bulk_change_too_many",
                    str_format(context->arena, "%d", BULK_CHANGE_MOST));
    }
    if (status != STATUS_OK) return status;
    *out = selection.ids;
    *count = selection.count;
    return STATUS_OK;
}

/* ---- The check ---- */

static bool holds_many(const Field *field) {
    return field->type == FIELD_TAGS || field->type == FIELD_CHOICES;
}

/* {"add": […], "remove": […]} rather than the whole list. */
static bool is_edit(const Field *field, const json_t *node) {
    return holds_many(field) && json_is_object(node);
}

/* What a change is checked against before the first record is touched. */
typedef struct Check {
    const Exchange *exchange;
    const BulkChange *change;
    Arena *arena;
    Problem *problem;
} Check;

static void complain(Check *check, const Field *field, Str pointer, const char *code) {
    problem_add(check->problem, pointer, code,
                label_in(&field->label, check->exchange->actor->lang));
}

static void check_value(Check *check, const Field *field, Str pointer, const json_t *node) {
    Value value;
    Status status = field_from_json(check->arena, field, node, pointer, check->problem, &value);
    if (status != STATUS_OK) return;
    if (value_is_null(&value) && field->required) complain(check, field, pointer, "required");
    if (!value_is_null(&value) && field->unique && check->change->count > 1) {
        complain(check, field, pointer, "bulk_change_unique");
    }
}

static void check_edit(Check *check, const Field *field, Str pointer, const json_t *edit) {
    const char *name;
    json_t *values;
    json_object_foreach((json_t *)edit, name, values) {
        Str at = problem_pointer(check->arena, pointer, str_of(name));
        Value value;
        if (strcmp(name, "add") != 0 && strcmp(name, "remove") != 0) {
            problem_add(check->problem, at, "unknown_field", str_of(name));
        } else if (field_from_json(check->arena, field, values, at, check->problem, &value) ==
                       STATUS_OK &&
                   value_is_null(&value)) {
            problem_add(check->problem, at, "array_expected");
        }
    }
}

/* A field that the actor may not see is as one that is not there. */
static void check_member(Check *check, Str name, const json_t *node) {
    const Actor *actor = check->exchange->actor;
    const Object *object = check->change->object;
    const Field *field = object_field(object, name);
    Str pointer = problem_pointer(check->arena, STR("/changes"), name);
    if (!field || !access_may_read_field(actor, object, field)) {
        problem_add(check->problem, pointer, "unknown_field", name);
    } else if (field->system || !access_may_write_field(actor, object, field)) {
        complain(check, field, pointer, "read_only");
    } else if (field->immutable) {
        complain(check, field, pointer, "immutable");
    } else if (is_edit(field, node)) {
        check_edit(check, field, pointer, node);
    } else {
        check_value(check, field, pointer, node);
    }
}

/* Asked once for all, so that a wrong value is one error and not ten thousand. */
Status bulk_change_check(const Exchange *exchange, const BulkChange *change, Arena *arena,
                         Problem *problem) {
    Check check = {exchange, change, arena, problem};
    size_t errors = problem->count;
    const char *name;
    json_t *node;
    if (access_scope(exchange->actor, change->object, VERB_UPDATE) == SCOPE_NONE) {
        problem_add(problem, STR(""), "access_verb",
                    label_in(&change->object->plural, exchange->actor->lang));
        return STATUS_DENIED;
    }
    if (!json_object_size(change->changes)) {
        problem_add(problem, STR("/changes"), "bulk_change_nothing");
        return STATUS_INVALID;
    }
    json_object_foreach((json_t *)change->changes, name, node) {
        check_member(&check, str_of(name), node);
    }
    return problem->count == errors ? STATUS_OK : STATUS_INVALID;
}

/* ---- The patch of one record ---- */

/* The list as the API shows it; empty for an empty field. */
static json_t *present_list(const Field *field, const Value *value) {
    Buffer text CLEANUP(buffer_free) = {0};
    JsonWriter json = json_writer(&text);
    field_write_json(&json, field, value);
    json_t *list = json_loadb(text.data, text.size, JSON_DECODE_ANY, NULL);
    if (json_is_array(list)) return list;
    json_decref(list);
    return json_array();
}

static size_t index_of(const json_t *list, const json_t *item) {
    size_t i = 0;
    while (i < json_array_size(list) && !json_equal(json_array_get(list, i), item)) i++;
    return i;
}

static json_t *edited_list(const Field *field, const Value *before, const json_t *edit) {
    json_t *list = present_list(field, before);
    size_t i;
    json_t *item;
    json_array_foreach(json_object_get(edit, "remove"), i, item) {
        json_array_remove(list, index_of(list, item));
    }
    json_array_foreach(json_object_get(edit, "add"), i, item) {
        if (index_of(list, item) == json_array_size(list)) json_array_append(list, item);
    }
    return list;
}

json_t *bulk_change_patch(const BulkChange *change, const Record *before) {
    json_t *patch = json_object();
    const char *name;
    json_t *node;
    json_object_foreach((json_t *)change->changes, name, node) {
        const Field *field = object_field(change->object, str_of(name));
        if (is_edit(field, node)) {
            json_object_set_new(patch, name,
                                edited_list(field, &before->values[field->index], node));
        } else {
            json_object_set(patch, name, node);
        }
    }
    return patch;
}
