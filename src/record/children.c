/*
 * Children are records like any others: each goes through the same draft and save as one that came
 * alone, with its own access, hooks and journal entry. What is special is where their values come
 * from (the parent) and that they go and come back with it.
 */
#include "children.h"

#include "access.h"
#include "row.h"
#include "save.h"

const Child *children_find(const Object *object, Str name) {
    for (size_t i = 0; i < object->child_count; i++) {
        if (str_equal(object->children[i].name, name)) return &object->children[i];
    }
    return NULL;
}

/*
 * Asked before saving, since a patch that brings children changes something even if no field does.
 */
bool children_given(const Object *object, const json_t *body) {
    for (size_t i = 0; i < object->child_count; i++) {
        if (json_array_size(json_object_get(body, object->children[i].name.data))) return true;
    }
    return false;
}

/* ---- Coming in ---- */

/* A value that the request gives, even null, is the person's word and is not replaced. */
static void copy_from_parent(const Record *parent, const Child *child, Draft *draft) {
    for (size_t i = 0; i < child->copy_count; i++) {
        const Field *field = object_field(draft->record.object, child->copy_to[i]);
        Value *value = &draft->record.values[field->index];
        if (value_is_null(value) && !draft->given[field->index]) {
            *value = *record_value(parent, child->copy_from[i]);
        }
    }
    const Field *reference = object_field(draft->record.object, child->field);
    draft->record.values[reference->index] = value_id(parent->id);
    draft->given[reference->index] = false; /* just written, so there is nothing to check */
}

/* The rights are asked before anything of the child is read, so that errors tell nothing more. */
static Status create_child(Context *context, const Record *parent, const Child *child,
                           const json_t *node, Str pointer) {
    const Object *object = model_object(context->model, child->object);
    if (access_scope(context->actor, object, VERB_CREATE) == SCOPE_NONE) {
        return draft_deny(context, object, "access_verb");
    }
    json_t *body CLEANUP(json_drop) = NULL;
    if (json_is_string(node) && !str_empty(child->shorthand)) {
        body = json_object();
        json_object_set(body, child->shorthand.data, (json_t *)node);
    } else {
        body = json_incref((json_t *)node);
    }
    Draft draft = draft_new(context, object, pointer);
    Status status = draft_take(context, &draft, body);
    if (status != STATUS_OK) return status;
    copy_from_parent(parent, child, &draft);
    draft_set_defaults(context, &draft);
    status = save_insert(context, &draft);
    if (status != STATUS_OK) return status;
    return children_create(context, &draft.record, body, pointer);
}

/* The pointer counts the items, so that an error names the very one: "/topics/2/text". */
static Status create_children_of(Context *context, const Record *parent, const Child *child,
                                 const json_t *nodes, Str pointer) {
    if (!nodes || json_is_null(nodes)) return STATUS_OK;
    if (!json_is_array(nodes)) {
        problem_add(context->problem, pointer, "array_expected");
        return STATUS_INVALID;
    }
    size_t i;
    json_t *node;
    json_array_foreach((json_t *)nodes, i, node) {
        Str at = str_format(context->arena, "%.*s/%zu", STR_ARGS(pointer), i);
        Status status = create_child(context, parent, child, node, at);
        if (status != STATUS_OK) return status;
    }
    return STATUS_OK;
}

/* In the order of the definition, not of the request's members, which JSON leaves open. */
Status children_create(Context *context, const Record *parent, const json_t *body, Str pointer) {
    for (size_t i = 0; i < parent->object->child_count; i++) {
        const Child *child = &parent->object->children[i];
        const json_t *nodes = json_object_get(body, child->name.data);
        Str at = problem_pointer(context->arena, pointer, child->name);
        Status status = create_children_of(context, parent, child, nodes, at);
        if (status != STATUS_OK) return status;
    }
    return STATUS_OK;
}

/* ---- Going and coming back ---- */

/* Records that go, or come back, with the one that they belong to. */
typedef struct MarkChildren {
    Context *context;
    const Object *object;
    Str reference;
    Id parent;
    int64_t was_deleted_at; /* 0: those alive */
    ChangeAction action;
    int64_t deleted_at;
} MarkChildren;

/* All are read before the first is changed: a row is not changed while it is being read. */
static Status read_marked(const MarkChildren *job, Record **out, size_t *count) {
    Context *context = job->context;
    Sql sql CLEANUP(sql_free) = sql_new(context->arena, transaction_kind(context->transaction));
    sql_add(&sql, "SELECT ");
    row_add_columns(&sql, job->object);
    sql_add(&sql, " FROM ");
    sql_add_name(&sql, job->object->name);
    sql_add(&sql, " AS \"r\" WHERE ");
    sql_add_column(&sql, STR("r"), job->reference);
    sql_add(&sql, " = ");
    sql_bind(&sql, value_id(job->parent));
    sql_add(&sql, job->was_deleted_at ? " AND \"r\".\"deleted_at\" = "
                                      : " AND COALESCE(\"r\".\"deleted_at\", 0) = ");
    sql_bind(&sql, value_integer(job->was_deleted_at));
    Rows *rows CLEANUP(store_drop) = NULL;
    Status status = sql_query(&sql, context->transaction, &rows);
    size_t capacity = 0;
    *count = 0;
    *out = NULL;
    while (status == STATUS_OK && (status = store_next(rows)) == STATUS_OK) {
        if (*count == capacity) {
            capacity = capacity ? capacity * 2 : 16;
            Record *grown = ARENA_ARRAY(context->arena, capacity, Record);
            if (*count) memcpy(grown, *out, *count * sizeof(Record));
            *out = grown;
        }
        row_read(context->arena, rows, 0, job->object, &(*out)[(*count)++]);
    }
    return status == STATUS_END ? STATUS_OK : status;
}

/* What a parent took in goes and comes back with it: those marked at the very same instant. */
Status children_mark(Context *context, const Record *parent, ChangeAction action,
                     int64_t was_deleted_at, int64_t deleted_at) {
    for (size_t i = 0; i < parent->object->child_count; i++) {
        const Child *child = &parent->object->children[i];
        MarkChildren job = {.context = context,
                            .object = model_object(context->model, child->object),
                            .reference = child->field,
                            .parent = parent->id,
                            .was_deleted_at = was_deleted_at};
        Record *records;
        size_t count;
        Status status = read_marked(&job, &records, &count);
        for (size_t at = 0; status == STATUS_OK && at < count; at++) {
            status = save_mark(context, &records[at], action, deleted_at);
        }
        if (status != STATUS_OK) return status;
    }
    return STATUS_OK;
}
