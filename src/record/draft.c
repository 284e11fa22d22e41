/*
 * From a request's members to a record that may be written. Two kinds of checks are kept apart:
 * those of one value by itself (field_from_json), all collected, and those against other records,
 * which need queries and run only when the first have passed.
 */
#include "draft.h"

#include "access.h"
#include "children.h"
#include "clock.h"
#include "field.h"
#include "hooks.h"

/* Members of a record that clients may send back as they got them. */
static const char *const ECHOED_MEMBERS[] = {"id",         "version",    "title",      "created_at",
                                             "created_by", "updated_at", "updated_by", "expanded"};

static Str member_pointer(Context *context, const Draft *draft, Str name) {
    return problem_pointer(context->arena, draft->pointer, name);
}

static Str label_of(Context *context, const Field *field) {
    return label_in(&field->label, context->actor->lang);
}

/* Sentences name a field by its label, as the person knows it, not by its name. */
static void complain(Context *context, const Draft *draft, const Field *field, const char *code) {
    problem_add(context->problem, member_pointer(context, draft, field->name), code,
                label_of(context, field));
}

static Status invalid_since(Context *context, size_t errors) {
    return context->problem->count == errors ? STATUS_OK : STATUS_INVALID;
}

Status draft_deny(Context *context, const Object *object, const char *code) {
    problem_add(context->problem, STR(""), code, label_in(&object->plural, context->actor->lang));
    return STATUS_DENIED;
}

/* Nothing refers to a new record yet, so its counts are known. */
static Value *initial_values(Arena *arena, const Object *object) {
    Value *values = ARENA_ARRAY(arena, object->field_count, Value);
    for (size_t i = 0; i < object->field_count; i++) {
        const Rollup *rollup = object->fields[i].rollup;
        bool summed = rollup && (rollup->measure == ROLLUP_COUNT || rollup->measure == ROLLUP_SUM);
        if (summed) values[i] = value_integer(0);
    }
    return values;
}

/* The id is made here, so that children and rules can name the record before it is written. */
Draft draft_new(Context *context, const Object *object, Str pointer) {
    return (Draft){
        .record = {.object = object,
                   .id = id_new(context->now),
                   .created_at = context->now,
                   .updated_at = context->now,
                   .created_by = context->actor->user,
                   .updated_by = context->actor->user,
                   .values = initial_values(context->arena, object)},
        .given = ARENA_ARRAY(context->arena, object->field_count, bool),
        .pointer = pointer,
    };
}

/*
 * Values are copied, so that hooks and patches change the draft and leave `before` to compare with.
 */
Draft draft_of(Context *context, const Record *before) {
    Draft draft = draft_new(context, before->object, STR(""));
    Value *values = draft.record.values;
    draft.record = *before;
    draft.record.values = values;
    memcpy(values, before->values, before->object->field_count * sizeof(Value));
    return draft;
}

/* ---- From a request's members to values ---- */

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

static bool json_has(const json_t *list, const json_t *wanted) {
    size_t i;
    json_t *item;
    json_array_foreach((json_t *)list, i, item) {
        if (json_equal(item, wanted)) return true;
    }
    return false;
}

/* A list may keep the retired choices that it has, while others come and go. */
static bool keeps_retired(const Draft *draft, const Field *field, const json_t *node) {
    const Value *present = &draft->record.values[field->index];
    json_t *held CLEANUP(json_drop) = NULL;
    size_t i;
    json_t *code;
    if (field->type != FIELD_CHOICES || present->kind != VALUE_TEXT) return false;
    if (json_read(present->text, NULL, &held) != STATUS_OK) return false;
    json_array_foreach((json_t *)node, i, code) {
        const Choice *choice = field_choice(field, json_text(code));
        if (!choice || (choice->retired && !json_has(held, code))) return false;
    }
    return true;
}

/* What fails its own check is not asked about rights as well: one error a field. */
static void take_field(Context *context, Draft *draft, const Field *field, const json_t *node) {
    Value value;
    if (is_unchanged_choice(draft, field, node)) return;
    Status status = STATUS_OK;
    if (!keeps_retired(draft, field, node) ||
        !field_known_choices(context->arena, field, node, &value)) {
        status =
            field_from_json(context->arena, field, node,
                            member_pointer(context, draft, field->name), context->problem, &value);
    }
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

/* Unknown members are errors: a mistyped field that is ignored looks like one that was saved. */
Status draft_take(Context *context, Draft *draft, const json_t *body) {
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
        } else if (!is_echoed(name) && !children_find(draft->record.object, str_of(name))) {
            problem_add(context->problem, member_pointer(context, draft, str_of(name)),
                        "unknown_field", str_of(name));
        }
    }
    return invalid_since(context, errors);
}

/* A member that was given as null stays empty: the person meant it. */
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

void draft_set_defaults(Context *context, Draft *draft) {
    for (size_t i = 0; i < draft->record.object->field_count; i++) {
        set_default(context, draft, &draft->record.object->fields[i]);
    }
}

/* ---- Checks against the rest of the data ---- */

static Status is_asked(Context *context, const Record *record, const Field *field, bool *out) {
    const Hooks *hooks = context->hooks;
    *out = true;
    if (!hooks || !hooks->is_asked) return STATUS_OK;
    return hooks->is_asked(hooks->engine, context, record, field, out);
}

/* What a form does not ask of this record nobody can fill in, so it is not missing. */
Status draft_check_required(Context *context, const Draft *draft) {
    size_t errors = context->problem->count;
    for (size_t i = 0; i < draft->record.object->field_count; i++) {
        const Field *field = &draft->record.object->fields[i];
        bool asked;
        if (!field->required || !value_is_null(&draft->record.values[i])) continue;
        Status status = is_asked(context, &draft->record, field, &asked);
        if (status != STATUS_OK) return status;
        if (asked) complain(context, draft, field, "required");
    }
    return invalid_since(context, errors);
}

static Status exists(Context *context, Sql *sql, bool *out) {
    Rows *rows CLEANUP(store_drop) = NULL;
    Status status = sql_query(sql, context->transaction, &rows);
    if (status == STATUS_OK) status = store_next(rows);
    if (status != STATUS_OK && status != STATUS_END) return status;
    *out = status == STATUS_OK;
    return STATUS_OK;
}

/*
 * A record that the actor may not read is missing for them, so that references cannot be used to
 * find out what exists.
 */
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
    access_add_predicate_of_one(context, &sql, target, STR("r"), VERB_READ);
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

/*
 * Only what changed is asked: an old record may refer to what has gone since, and may still be
 * edited.
 */
Status draft_check_data(Context *context, const Draft *draft, const Record *before) {
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
