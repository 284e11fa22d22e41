/*
 * Writing: a request's members become values, every check is made, the row is written, and what
 * hangs on it (journal, roll-ups, search, rules, children) follows in the same transaction.
 */
#include "access.h"
#include "clock.h"
#include "field.h"
#include "hooks.h"
#include "journal.h"
#include "rollup.h"
#include "row.h"

/* A record on its way in: its values and which of them the request itself gave. */
typedef struct Draft {
    Record record;
    bool *given;
    Str pointer; /* where its JSON stands in the request: "" or "/topics/0" */
} Draft;

/* Members of a record that clients may send back as they got them. */
static const char *const ECHOED_MEMBERS[] = {"id",         "version",    "title",      "created_at",
                                             "created_by", "updated_at", "updated_by", "expanded"};

static Str member_pointer(Context *context, const Draft *draft, Str name) {
    return problem_pointer(context->arena, draft->pointer, name);
}

static Str label_of(Context *context, const Field *field) {
    return label_in(&field->label, context->actor->lang);
}

static void complain(Context *context, const Draft *draft, const Field *field, const char *code) {
    problem_add(context->problem, member_pointer(context, draft, field->name), code,
                label_of(context, field));
}

static Status denied(Context *context, const Object *object, const char *code) {
    problem_add(context->problem, STR(""), code, label_in(&object->plural, context->actor->lang));
    return STATUS_DENIED;
}

static Status invalid_since(Context *context, size_t errors) {
    return context->problem->count == errors ? STATUS_OK : STATUS_INVALID;
}

/* ---- From a request's members to values ---- */

static const Child *find_child(const Object *object, Str name) {
    for (size_t i = 0; i < object->child_count; i++) {
        if (str_equal(object->children[i].name, name)) return &object->children[i];
    }
    return NULL;
}

static bool is_echoed(const char *name) {
    for (size_t i = 0; i < sizeof ECHOED_MEMBERS / sizeof *ECHOED_MEMBERS; i++) {
        if (strcmp(name, ECHOED_MEMBERS[i]) == 0) return true;
    }
    return false;
}

/* A value that the actor may not set is accepted only when it changes nothing. */
static bool may_set(Context *context, const Draft *draft, const Field *field, const Value *value) {
    if (value_equal(value, &draft->record.values[field->index])) return true;
    if (field->system || !access_may_write_field(context->actor, draft->record.object, field)) {
        complain(context, draft, field, "read_only");
        return false;
    }
    if (field->immutable && draft->record.version > 0) {
        complain(context, draft, field, "immutable");
        return false;
    }
    return true;
}

/* What a client sends back as it got it is no change, even a choice that has been retired since. */
static bool is_unchanged_choice(const Draft *draft, const Field *field, const json_t *node) {
    const Value *present = &draft->record.values[field->index];
    return field->type == FIELD_CHOICE && present->kind == VALUE_TEXT &&
           str_equal(json_text(node), present->text);
}

static void take_field(Context *context, Draft *draft, const Field *field, const json_t *node) {
    Value value;
    if (is_unchanged_choice(draft, field, node)) return;
    Status status =
        field_from_json(context->arena, field, node, member_pointer(context, draft, field->name),
                        context->problem, &value);
    if (status != STATUS_OK || !may_set(context, draft, field, &value)) return;
    draft->record.values[field->index] = value;
    draft->given[field->index] = true;
}

/* A device without network makes its ids itself; afterwards an id never changes. */
static void take_id(Context *context, Draft *draft, const json_t *node) {
    Id id;
    if (!id_parse(json_text(node), &id) || id_none(id) ||
        (draft->record.version > 0 && !id_equal(id, draft->record.id))) {
        problem_add(context->problem, member_pointer(context, draft, STR("id")), "id");
        return;
    }
    draft->record.id = id;
}

static Status take_members(Context *context, Draft *draft, const json_t *body) {
    size_t errors = context->problem->count;
    if (!json_is_object(body)) {
        problem_add(context->problem, draft->pointer, "object_expected");
        return STATUS_INVALID;
    }
    const char *name;
    json_t *node;
    json_object_foreach((json_t *)body, name, node) {
        const Field *field = object_field(draft->record.object, str_of(name));
        if (field) {
            take_field(context, draft, field, node);
        } else if (strcmp(name, "id") == 0) {
            take_id(context, draft, node);
        } else if (!is_echoed(name) && !find_child(draft->record.object, str_of(name))) {
            problem_add(context->problem, member_pointer(context, draft, str_of(name)),
                        "unknown_field", str_of(name));
        }
    }
    return invalid_since(context, errors);
}

static void set_default(Context *context, Draft *draft, const Field *field) {
    Value *value = &draft->record.values[field->index];
    if (!value_is_null(value) || draft->given[field->index]) return;
    if (str_is(field->initial_word, "me")) {
        *value = value_id_or_null(context->actor->user);
    } else if (str_is(field->initial_word, "now")) {
        *value = value_integer(context->now);
    } else {
        *value = field->initial;
    }
}

static void set_defaults(Context *context, Draft *draft) {
    for (size_t i = 0; i < draft->record.object->field_count; i++) {
        set_default(context, draft, &draft->record.object->fields[i]);
    }
}

/* ---- Checks against the rest of the data ---- */

static void check_required(Context *context, const Draft *draft) {
    for (size_t i = 0; i < draft->record.object->field_count; i++) {
        const Field *field = &draft->record.object->fields[i];
        if (field->required && value_is_null(&draft->record.values[i])) {
            complain(context, draft, field, "required");
        }
    }
}

static Status exists(Context *context, Sql *sql, bool *out) {
    Rows *rows CLEANUP(store_drop) = NULL;
    Status status = sql_query(sql, context->transaction, &rows);
    if (status == STATUS_OK) status = store_next(rows);
    if (status != STATUS_OK && status != STATUS_END) return status;
    *out = status == STATUS_OK;
    return STATUS_OK;
}

static Status check_reference(Context *context, const Draft *draft, const Field *field) {
    const Value *value = &draft->record.values[field->index];
    const Object *target = field_target(context->model, field);
    if (value->kind != VALUE_ID) return STATUS_OK;
    bool oneself = str_is(target->name, "user") && id_equal(value->id, context->actor->user);
    if (oneself) return STATUS_OK; /* whatever the role says of other people */
    Sql sql CLEANUP(sql_free) = sql_new(context->arena, transaction_kind(context->transaction));
    sql_add(&sql, "SELECT 1 FROM ");
    sql_add_name(&sql, target->name);
    sql_add(&sql, " AS \"r\" WHERE \"r\".\"id\" = ");
    sql_bind(&sql, *value);
    sql_add(&sql, " AND \"r\".\"deleted_at\" IS NULL AND ");
    access_add_predicate(context, &sql, target, STR("r"), VERB_READ);
    bool found = false;
    Status status = exists(context, &sql, &found);
    if (status == STATUS_OK && !found) complain(context, draft, field, "reference_missing");
    return status;
}

/* Asked before writing, because a failed statement would poison a PostgreSQL transaction. */
static Status check_unique(Context *context, const Draft *draft, const Field *field) {
    const Value *value = &draft->record.values[field->index];
    if (value_is_null(value)) return STATUS_OK;
    Sql sql CLEANUP(sql_free) = sql_new(context->arena, transaction_kind(context->transaction));
    sql_add(&sql, "SELECT 1 FROM ");
    sql_add_name(&sql, draft->record.object->name);
    sql_add(&sql, " WHERE ");
    sql_add_name(&sql, field->name);
    sql_add(&sql, " = ");
    sql_bind(&sql, *value);
    sql_add(&sql, " AND \"deleted_at\" IS NULL AND \"id\" <> ");
    sql_bind(&sql, value_id(draft->record.id));
    bool taken = false;
    Status status = exists(context, &sql, &taken);
    if (status != STATUS_OK || !taken) return status;
    complain(context, draft, field, "conflict_unique");
    return STATUS_CONFLICT;
}

static bool field_changed(const Record *before, const Record *after, size_t index) {
    return !before || !value_equal(&before->values[index], &after->values[index]);
}

static Status check_against_data(Context *context, const Draft *draft, const Record *before) {
    size_t errors = context->problem->count;
    for (size_t i = 0; i < draft->record.object->field_count; i++) {
        const Field *field = &draft->record.object->fields[i];
        Status status = STATUS_OK;
        if (!field_changed(before, &draft->record, i)) continue;
        if (field->type == FIELD_REFERENCE && draft->given[i]) {
            status = check_reference(context, draft, field);
        }
        if (status == STATUS_OK && field->unique) status = check_unique(context, draft, field);
        if (status != STATUS_OK) return status;
    }
    return invalid_since(context, errors);
}

/* ---- Saving ---- */

static Status call_hook(Status (*hook)(void *, Context *, Change *), Context *context,
                        Change *change) {
    return hook ? hook(context->hooks->engine, context, change) : STATUS_OK;
}

static Status before_save(Context *context, Change *change) {
    return context->hooks ? call_hook(context->hooks->before_save, context, change) : STATUS_OK;
}

/* The journal first, then what depends on the change; rules see a consistent database. */
static Status after_save(Context *context, const Change *change) {
    Status status = journal_append(context, change);
    if (status == STATUS_OK) status = rollup_after(context, change);
    if (status != STATUS_OK || !context->hooks || !context->hooks->after_save) return status;
    return context->hooks->after_save(context->hooks->engine, context, change);
}

/* A new or re-owned record must lie within what the actor may touch. */
static Status check_scope(Context *context, const Record *record, Verb verb) {
    AccessDecision decision;
    Status status = access_decide(context, record, verb, &decision);
    if (status != STATUS_OK || decision.allowed) return status;
    return denied(context, record->object, decision.code);
}

static bool ownership_changed(const Record *before, const Record *after) {
    const Ownership *ownership = &after->object->ownership;
    if (!str_empty(ownership->owner)) {
        return !value_equal(record_value(before, ownership->owner),
                            record_value(after, ownership->owner));
    }
    for (size_t i = 0; i < ownership->via_count; i++) {
        if (!value_equal(record_value(before, ownership->via[i]),
                         record_value(after, ownership->via[i]))) {
            return true;
        }
    }
    return false;
}

static Status conflict_without_field(Context *context, Status status) {
    if (status == STATUS_CONFLICT && !context->problem->count) {
        problem_add(context->problem, STR(""), "conflict_unique");
    }
    return status;
}

static Status insert_draft(Context *context, Draft *draft) {
    Change change = {.action = CHANGE_CREATE, .before = NULL, .after = &draft->record};
    Status status = before_save(context, &change);
    if (status != STATUS_OK) return status;
    size_t errors = context->problem->count;
    check_required(context, draft);
    status = invalid_since(context, errors);
    if (status == STATUS_OK) status = check_against_data(context, draft, NULL);
    if (status == STATUS_OK) {
        draft->record.version = 1;
        status = conflict_without_field(context, row_insert(context, &draft->record));
    }
    if (status == STATUS_OK) status = check_scope(context, &draft->record, VERB_CREATE);
    if (status == STATUS_OK) status = after_save(context, &change);
    return status;
}

static Status update_draft(Context *context, const Record *before, Draft *draft) {
    Change change = {.action = CHANGE_UPDATE, .before = before, .after = &draft->record};
    Status status = before_save(context, &change);
    if (status != STATUS_OK) return status;
    size_t errors = context->problem->count;
    check_required(context, draft);
    status = invalid_since(context, errors);
    if (status == STATUS_OK) status = check_against_data(context, draft, before);
    if (status == STATUS_OK) {
        draft->record.version = before->version + 1;
        draft->record.updated_at = context->now;
        draft->record.updated_by = context->actor->user;
        status = conflict_without_field(context, row_update(context, before, &draft->record));
    }
    if (status == STATUS_OK && ownership_changed(before, &draft->record)) {
        status = check_scope(context, &draft->record, VERB_UPDATE);
    }
    if (status == STATUS_OK) status = after_save(context, &change);
    return status;
}

static Draft draft_new(Context *context, const Object *object, Str pointer) {
    return (Draft){
        .record = {.object = object,
                   .id = id_new(context->now),
                   .created_at = context->now,
                   .updated_at = context->now,
                   .created_by = context->actor->user,
                   .updated_by = context->actor->user,
                   .values = ARENA_ARRAY(context->arena, object->field_count, Value)},
        .given = ARENA_ARRAY(context->arena, object->field_count, bool),
        .pointer = pointer,
    };
}

static Draft draft_of(Context *context, const Record *before) {
    Draft draft = draft_new(context, before->object, STR(""));
    Value *values = draft.record.values;
    draft.record = *before;
    draft.record.values = values;
    memcpy(values, before->values, before->object->field_count * sizeof(Value));
    return draft;
}

/* ---- Children ---- */

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

static Status create_children(Context *context, const Record *parent, const json_t *body,
                              Str pointer);

static Status create_child(Context *context, const Record *parent, const Child *child,
                           const json_t *node, Str pointer) {
    const Object *object = model_object(context->model, child->object);
    if (access_scope(context->actor, object, VERB_CREATE) == SCOPE_NONE) {
        return denied(context, object, "access_verb");
    }
    json_t *body CLEANUP(json_drop) = NULL;
    if (json_is_string(node) && !str_empty(child->shorthand)) {
        body = json_object();
        json_object_set(body, child->shorthand.data, (json_t *)node);
    } else {
        body = json_incref((json_t *)node);
    }
    Draft draft = draft_new(context, object, pointer);
    Status status = take_members(context, &draft, body);
    if (status != STATUS_OK) return status;
    copy_from_parent(parent, child, &draft);
    set_defaults(context, &draft);
    status = insert_draft(context, &draft);
    if (status != STATUS_OK) return status;
    return create_children(context, &draft.record, body, pointer);
}

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

static Status create_children(Context *context, const Record *parent, const json_t *body,
                              Str pointer) {
    for (size_t i = 0; i < parent->object->child_count; i++) {
        const Child *child = &parent->object->children[i];
        const json_t *nodes = json_object_get(body, child->name.data);
        Str at = problem_pointer(context->arena, pointer, child->name);
        Status status = create_children_of(context, parent, child, nodes, at);
        if (status != STATUS_OK) return status;
    }
    return STATUS_OK;
}

static bool has_children(const Object *object, const json_t *body) {
    for (size_t i = 0; i < object->child_count; i++) {
        if (json_array_size(json_object_get(body, object->children[i].name.data))) return true;
    }
    return false;
}

/* ---- The door ---- */

/* The roll-ups may have moved while children were written, so the answer reads the record anew. */
static Status read_again(Context *context, const Record *record, Record *out) {
    Context everything = *context;
    Actor system = *context->actor;
    system.everything = true;
    everything.actor = &system;
    return record_read(&everything, record->object, record->id, out);
}

static Status refuse_system_object(Context *context, const Object *object, Verb verb) {
    if (access_scope(context->actor, object, verb) == SCOPE_NONE) {
        return denied(context, object, "access_verb");
    }
    if (object->system_only && !context->actor->everything) {
        return denied(context, object, "system_only");
    }
    return STATUS_OK;
}

Status record_create(Context *context, const Object *object, const json_t *body, Record *out) {
    Status status = refuse_system_object(context, object, VERB_CREATE);
    if (status != STATUS_OK) return status;
    Draft draft = draft_new(context, object, STR(""));
    status = take_members(context, &draft, body);
    if (status != STATUS_OK) return status;
    set_defaults(context, &draft);
    status = insert_draft(context, &draft);
    if (status == STATUS_OK) status = create_children(context, &draft.record, body, STR(""));
    if (status == STATUS_OK) status = read_again(context, &draft.record, out);
    return status;
}

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
    if (status == STATUS_OK) status = check_scope(context, out, verb);
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

static Status update_read(Context *context, const Record *before, const json_t *patch,
                          Record *out) {
    Draft draft = draft_of(context, before);
    Status status = take_members(context, &draft, patch);
    if (status != STATUS_OK) return status;
    bool differs = records_differ(before, &draft.record);
    bool children = has_children(before->object, patch);
    if (differs && before->object->append_only) {
        return denied(context, before->object, "append_only");
    }
    if (differs) status = update_draft(context, before, &draft);
    if (status == STATUS_OK && children) {
        status = create_children(context, &draft.record, patch, STR(""));
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

static Status mark(Context *context, const Record *before, ChangeAction action, int64_t deleted_at,
                   Draft *draft) {
    *draft = draft_of(context, before);
    draft->record.deleted_at = deleted_at;
    draft->record.version = before->version + 1;
    draft->record.updated_at = context->now;
    draft->record.updated_by = context->actor->user;
    Change change = {.action = action, .before = before, .after = &draft->record};
    Status status = before_save(context, &change);
    if (status == STATUS_OK) status = row_mark_deleted(context, before, &draft->record);
    if (status == STATUS_OK) status = after_save(context, &change);
    return status;
}

typedef struct MarkChildren {
    Context *context;
    const Object *object;
    Str reference;
    Id parent;
    int64_t was_deleted_at; /* 0: those alive */
    ChangeAction action;
    int64_t deleted_at;
} MarkChildren;

static Status read_marked(const MarkChildren *job, Record **out, size_t *count) {
    Context *context = job->context;
    Sql sql CLEANUP(sql_free) = sql_new(context->arena, transaction_kind(context->transaction));
    sql_add(&sql, "SELECT ");
    row_add_columns(&sql, job->object, STR("r"));
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
static Status mark_children(Context *context, const Record *parent, ChangeAction action,
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
            Draft draft;
            status = mark(context, &records[at], action, deleted_at, &draft);
        }
        if (status != STATUS_OK) return status;
    }
    return STATUS_OK;
}

Status record_delete(Context *context, const Object *object, Id id, int64_t if_version) {
    Record before;
    Status status = read_for(context, object, id, VERB_DELETE, if_version, &before);
    if (status != STATUS_OK) return status;
    if (object->append_only && !context->actor->everything) {
        return denied(context, object, "append_only");
    }
    Draft draft;
    status = mark(context, &before, CHANGE_DELETE, context->now, &draft);
    if (status != STATUS_OK) return status;
    return mark_children(context, &before, CHANGE_DELETE, 0, context->now);
}

Status record_restore(Context *context, const Object *object, Id id, Record *out) {
    Status status = refuse_system_object(context, object, VERB_DELETE);
    if (status != STATUS_OK) return status;
    Record before;
    status = record_read_deleted(context, object, id, &before);
    if (status == STATUS_NOT_FOUND) problem_add(context->problem, STR(""), "not_deleted");
    if (status != STATUS_OK) return status;
    Draft draft = draft_of(context, &before);
    status = check_against_data(context, &draft, NULL); /* a unique value may be taken by now */
    if (status == STATUS_OK) status = mark(context, &before, CHANGE_RESTORE, 0, &draft);
    if (status == STATUS_OK) {
        status = mark_children(context, &before, CHANGE_RESTORE, before.deleted_at, 0);
    }
    if (status != STATUS_OK) return status;
    return read_again(context, &draft.record, out);
}

/* ---- Upsert ---- */

static Status find_by_key(Context *context, const Object *object, const Field *key,
                          const Value *value, Record *out) {
    Sql sql CLEANUP(sql_free) = sql_new(context->arena, transaction_kind(context->transaction));
    sql_add(&sql, "SELECT ");
    row_add_columns(&sql, object, STR("r"));
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
        problem_add(context->problem, pointer, "required", label_of(context, key));
        return STATUS_INVALID;
    }
    Status status = field_from_json(context->arena, key, node, pointer, context->problem, &value);
    if (status != STATUS_OK) return status;
    Record before;
    status = find_by_key(context, object, key, &value, &before);
    if (status == STATUS_NOT_FOUND) {
        *outcome = UPSERT_CREATED;
        return record_create(context, object, body, out);
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

Status record_insert(Context *context, const Object *object, const FieldValue *values, size_t count,
                     Record *out) {
    Draft draft = draft_new(context, object, STR(""));
    set_values(&draft, values, count);
    set_defaults(context, &draft);
    Status status = insert_draft(context, &draft);
    if (status == STATUS_OK) *out = draft.record;
    return status;
}

Status record_change(Context *context, const Object *object, Id id, const FieldValue *values,
                     size_t count, Record *out) {
    Record before;
    Status status = record_read(context, object, id, &before);
    if (status != STATUS_OK) return status;
    Draft draft = draft_of(context, &before);
    set_values(&draft, values, count);
    if (records_differ(&before, &draft.record)) status = update_draft(context, &before, &draft);
    if (status == STATUS_OK) *out = draft.record;
    return status;
}
