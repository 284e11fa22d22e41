/* The writing half of the door: see record.h. */
#include "access.h"
#include "children.h"
#include "field.h"
#include "row.h"
#include "save.h"
#include "system_actor.h"

/* The roll-ups may have moved while children were written, so the answer reads the record anew. */
static Status read_again(Context *context, const Record *record, Record *out) {
    SystemActor system;
    return record_read(system_actor(context, &system), record->object, record->id, out);
}

/* Asked before the request is looked into, so that nobody learns an object's fields from errors. */
static Status refuse_system_object(Context *context, const Object *object, Verb verb) {
    if (access_scope(context->actor, object, verb) == SCOPE_NONE) {
        return draft_deny(context, object, "access_verb");
    }
    if (object->system_only && !context->actor->everything) {
        return draft_deny(context, object, "system_only");
    }
    return STATUS_OK;
}

/* The record first: children refer to it, and rules that they wake may read it. */
Status record_create(Context *context, const Object *object, const json_t *body, Record *out) {
    Status status = refuse_system_object(context, object, VERB_CREATE);
    if (status != STATUS_OK) return status;
    Draft draft = draft_new(context, object, STR(""));
    status = draft_take(context, &draft, body);
    if (status != STATUS_OK) return status;
    draft_set_defaults(context, &draft);
    status = save_insert(context, &draft);
    if (status == STATUS_OK) status = children_create(context, &draft.record, body, STR(""));
    if (status == STATUS_OK) status = read_again(context, &draft.record, out);
    return status;
}

/*
 * The present record goes with the refusal, so that the page can show both versions beside each
 * other without asking again.
 */
static Status stale(Context *context, const Record *present) {
    Buffer text CLEANUP(buffer_free) = {0};
    JsonWriter json = json_writer(&text);
    record_write(context, &json, present);
    context->problem->difference = str_copy(context->arena, buffer_str(&text));
    problem_add(context->problem, STR(""), "stale");
    return STATUS_STALE;
}

/* Reads a record that is to be changed: unknown to those who may not see it, then refused. */
static Status read_for(Context *context, const Object *object, Id id, Verb verb, int64_t if_version,
                       Record *out) {
    Status status = refuse_system_object(context, object, verb);
    if (status == STATUS_OK) status = record_read(context, object, id, out);
    if (status == STATUS_OK) status = save_check_scope(context, out, verb);
    if (status != STATUS_OK) return status;
    if (if_version && if_version != out->version) return stale(context, out);
    return STATUS_OK;
}

static bool records_differ(const Record *a, const Record *b) {
    for (size_t i = 0; i < a->object->field_count; i++) {
        if (!value_equal(&a->values[i], &b->values[i])) return true;
    }
    return false;
}

/*
 * Compared by values, not by which members were given: sending back a record as it was read is no
 * change, keeps the version and wakes no rule.
 */
static Status update_read(Context *context, const Record *before, const json_t *patch,
                          Record *out) {
    Draft draft = draft_of(context, before);
    Status status = draft_take(context, &draft, patch);
    if (status != STATUS_OK) return status;
    bool differs = records_differ(before, &draft.record);
    bool children = children_given(before->object, patch);
    if (differs && before->object->append_only) {
        return draft_deny(context, before->object, "append_only");
    }
    if (differs) status = save_update(context, before, &draft);
    if (status == STATUS_OK && children) {
        status = children_create(context, &draft.record, patch, STR(""));
    }
    if (status != STATUS_OK) return status;
    if (!differs && !children) {
        *out = *before;
        return STATUS_OK;
    }
    return read_again(context, &draft.record, out);
}

Status record_update(Context *context, const Object *object, Id id, const json_t *patch,
                     int64_t if_version, Record *out) {
    Record before;
    Status status = read_for(context, object, id, VERB_UPDATE, if_version, &before);
    if (status != STATUS_OK) return status;
    return update_read(context, &before, patch, out);
}

/*
 * The parent first, so that a refusal leaves its children alone; they go at the same instant (ADR
 * 2).
 */
Status record_delete(Context *context, const Object *object, Id id, int64_t if_version) {
    Record before;
    Status status = read_for(context, object, id, VERB_DELETE, if_version, &before);
    if (status != STATUS_OK) return status;
    if (object->append_only && !context->actor->everything) {
        return draft_deny(context, object, "append_only");
    }
    status = save_mark(context, &before, CHANGE_DELETE, context->now);
    if (status != STATUS_OK) return status;
    return children_mark(context, &before, CHANGE_DELETE, 0, context->now);
}

/*
 * Only what can have changed meanwhile is checked: unique values. Required fields may be newer than
 * the record.
 */
Status record_restore(Context *context, const Object *object, Id id, Record *out) {
    Status status = refuse_system_object(context, object, VERB_DELETE);
    if (status != STATUS_OK) return status;
    Record before;
    status = record_read_deleted(context, object, id, &before);
    if (status == STATUS_NOT_FOUND) problem_add(context->problem, STR(""), "not_deleted");
    if (status != STATUS_OK) return status;
    Draft draft = draft_of(context, &before);
    status = draft_check_data(context, &draft, NULL); /* a unique value may be taken by now */
    if (status == STATUS_OK) status = save_mark(context, &before, CHANGE_RESTORE, 0);
    if (status == STATUS_OK) {
        status = children_mark(context, &before, CHANGE_RESTORE, before.deleted_at, 0);
    }
    if (status != STATUS_OK) return status;
    return read_again(context, &draft.record, out);
}

/* ---- Upsert ---- */

/*
 * Without access: a unique value that a record out of reach has is taken nonetheless, and the
 * caller finds out by trying to read it.
 */
static Status find_by_key(Context *context, const Object *object, const Field *key,
                          const Value *value, Record *out) {
    Sql sql CLEANUP(sql_free) = sql_new(context->arena, transaction_kind(context->transaction));
    sql_add(&sql, "SELECT ");
    row_add_columns(&sql, object);
    sql_add(&sql, " FROM ");
    sql_add_name(&sql, object->name);
    sql_add(&sql, " AS \"r\" WHERE ");
    sql_add_column(&sql, STR("r"), key->name);
    sql_add(&sql, " = ");
    sql_bind(&sql, *value);
    sql_add(&sql, " AND \"r\".\"deleted_at\" IS NULL");
    Rows *rows CLEANUP(store_drop) = NULL;
    Status status = sql_query(&sql, context->transaction, &rows);
    if (status == STATUS_OK) status = store_next(rows);
    if (status == STATUS_END) return STATUS_NOT_FOUND;
    if (status == STATUS_OK) row_read(context->arena, rows, 0, object, out);
    return status;
}

Status record_upsert(Context *context, const Object *object, const Field *key, const json_t *body,
                     Record *out, UpsertOutcome *outcome) {
    Value value;
    Str pointer = problem_pointer(context->arena, STR(""), key->name);
    const json_t *node = json_object_get(body, key->name.data);
    if (!node || json_is_null(node)) {
        problem_add(context->problem, pointer, "required",
                    label_in(&key->label, context->actor->lang));
        return STATUS_INVALID;
    }
    Status status = field_from_json(context->arena, key, node, pointer, context->problem, &value);
    if (status != STATUS_OK) return status;
    Record before;
    status = find_by_key(context, object, key, &value, &before);
    if (status == STATUS_NOT_FOUND) {
        status = record_create(context, object, body, out);
        if (status == STATUS_OK) *outcome = UPSERT_CREATED;
        return status;
    }
    if (status == STATUS_OK) status = read_for(context, object, before.id, VERB_UPDATE, 0, &before);
    if (status == STATUS_OK) status = update_read(context, &before, body, out);
    if (status != STATUS_OK) return status;
    *outcome = out->version == before.version ? UPSERT_UNCHANGED : UPSERT_UPDATED;
    return STATUS_OK;
}

/* ---- For the layers above ---- */

static void set_values(Draft *draft, const FieldValue *values, size_t count) {
    for (size_t i = 0; i < count; i++)
        draft->record.values[values[i].field->index] = values[i].value;
}

/* No rights are asked but those of save_insert; callers act as the system or have asked already. */
Status record_insert(Context *context, const Object *object, const FieldValue *values, size_t count,
                     Record *out) {
    Draft draft = draft_new(context, object, STR(""));
    set_values(&draft, values, count);
    draft_set_defaults(context, &draft);
    Status status = save_insert(context, &draft);
    if (status == STATUS_OK) *out = draft.record;
    return status;
}

/*
 * Reading decides whether the record is there for the actor; what may be changed is the caller's to
 * ask.
 */
Status record_change(Context *context, const Object *object, Id id, const FieldValue *values,
                     size_t count, Record *out) {
    Record before;
    Status status = record_read(context, object, id, &before);
    if (status != STATUS_OK) return status;
    Draft draft = draft_of(context, &before);
    set_values(&draft, values, count);
    if (records_differ(&before, &draft.record)) status = save_update(context, &before, &draft);
    if (status == STATUS_OK) *out = draft.record;
    return status;
}
