/*
 * Roles and what they decide. A decision about a set is an SQL predicate that stands inside the
 * query itself, so that counts, pages and totals are right and nothing has to be filtered
 * afterwards; a decision about one record uses the same predicate, so that the two cannot differ.
 * Roles are read once and then immutable.
 */
#include "access.h"

#include <assert.h>

#include "definition_files.h"

/* What a role may do with one object. */
typedef struct ObjectRights {
    Scope scopes[VERB_COUNT];
    AccessLimit *limits; /* all of them hold, whatever the verb */
    size_t limit_count;
    bool *hidden;    /* by field index; NULL: none */
    bool *read_only; /* by field index; NULL: none */
} ObjectRights;

/* What a role may do, object by object. */
struct Role {
    Str name;
    Label label;
    ObjectRights *objects; /* by object index */
    Str *may;
    size_t may_count;
};

/* Few, so they are looked through in order. */
struct Roles {
    Role *items;
    size_t count;
};

static const char *const VERB_NAMES[VERB_COUNT] = {
    [VERB_READ] = "read",     [VERB_CREATE] = "create", [VERB_UPDATE] = "update",
    [VERB_DELETE] = "delete", [VERB_EXPORT] = "export", [VERB_IMPORT] = "import",
};

static const char *const SCOPE_NAMES[] = {
    [SCOPE_NONE] = "none",
    [SCOPE_OWN] = "own",
    [SCOPE_TEAM] = "team",
    [SCOPE_ALL] = "all",
};

/* ---- Loading ---- */

/* One role's file being read; every error is gathered. */
typedef struct RoleReader {
    Arena *arena;
    const Model *model;
    Problem *problem;
    Str file;
} RoleReader;

static void complain(RoleReader *reader, const char *code, Str what) {
    problem_add(reader->problem, reader->file, code, what);
}

static bool scope_from_name(Str name, Scope *out) {
    for (size_t i = 0; i < sizeof SCOPE_NAMES / sizeof *SCOPE_NAMES; i++) {
        if (!str_is(name, SCOPE_NAMES[i])) continue;
        *out = (Scope)i;
        return true;
    }
    return false;
}

/* Texts and choices alone have values that a role can name. */
static void read_limits(RoleReader *reader, const Object *object, const json_t *only,
                        ObjectRights *into) {
    into->limits = ARENA_ARRAY(reader->arena, json_object_size(only), AccessLimit);
    const char *name;
    json_t *list, *value;
    size_t i;
    json_object_foreach((json_t *)only, name, list) {
        const Field *field = object_field(object, str_of(name));
        bool fits = field && (field->type == FIELD_CHOICE || field->type == FIELD_TEXT);
        if (!fits) {
            complain(reader, "definition_unknown_field", str_of(name));
            continue;
        }
        AccessLimit *limit = &into->limits[into->limit_count++];
        Str *values = ARENA_ARRAY(reader->arena, json_array_size(list), Str);
        json_array_foreach(list, i, value) {
            bool known = field->type != FIELD_CHOICE || field_choice(field, json_text(value));
            if (!known) complain(reader, "definition_role_only", json_text(value));
            values[limit->count++] = str_copy(reader->arena, json_text(value));
        }
        limit->field = field;
        limit->values = values;
    }
}

/* A verb that is not named stays SCOPE_NONE: what no role grants is denied. */
static void read_scopes(RoleReader *reader, const json_t *verbs, Scope scopes[VERB_COUNT]) {
    const char *verb;
    json_t *scope;
    json_object_foreach((json_t *)verbs, verb, scope) {
        int index = 0;
        if (strcmp(verb, "only") == 0) continue;
        while (index < VERB_COUNT && strcmp(verb, VERB_NAMES[index]) != 0) index++;
        if (index == VERB_COUNT || !scope_from_name(json_text(scope), &scopes[index])) {
            complain(reader, "definition_role_scope", str_of(verb));
        }
    }
}

/*
 * "*" stands for the objects that the role does not name; one that is named gets nothing from it.
 */
static void read_object_scopes(RoleReader *reader, const json_t *objects, Role *role) {
    size_t count = model_object_count(reader->model);
    const json_t *others = json_object_get(objects, "*");
    for (size_t i = 0; i < count; i++) {
        const Object *object = model_object_at(reader->model, i);
        const json_t *verbs = json_object_get(objects, str_terminated(reader->arena, object->name));
        read_scopes(reader, verbs ? verbs : others, role->objects[i].scopes);
        read_limits(reader, object, json_object_get(verbs, "only"), &role->objects[i]);
    }
    const char *name;
    json_t *verbs;
    json_object_foreach((json_t *)objects, name, verbs) {
        if (strcmp(name, "*") != 0 && !model_object(reader->model, str_of(name))) {
            complain(reader, "definition_unknown_object", str_of(name));
        }
    }
}

/* A list by field index rather than names: it is asked for every field of every record. */
static bool *read_field_set(RoleReader *reader, const Object *object, const json_t *names) {
    if (!json_array_size(names)) return NULL;
    bool *set = ARENA_ARRAY(reader->arena, object->field_count, bool);
    size_t i;
    json_t *name;
    json_array_foreach((json_t *)names, i, name) {
        const Field *field = object_field(object, json_text(name));
        if (field) {
            set[field->index] = true;
        } else {
            complain(reader, "definition_unknown_field", json_text(name));
        }
    }
    return set;
}

static void read_field_rights(RoleReader *reader, const json_t *fields, Role *role) {
    const char *name;
    json_t *rights;
    json_object_foreach((json_t *)fields, name, rights) {
        const Object *object = model_object(reader->model, str_of(name));
        if (!object) {
            complain(reader, "definition_unknown_object", str_of(name));
            continue;
        }
        ObjectRights *into = &role->objects[object->index];
        into->hidden = read_field_set(reader, object, json_object_get(rights, "hidden"));
        into->read_only = read_field_set(reader, object, json_object_get(rights, "read_only"));
    }
}

/* Rights that no object has; an unknown one grants nothing, as nobody asks for it. */
static void read_may(RoleReader *reader, const json_t *names, Role *role) {
    role->may = ARENA_ARRAY(reader->arena, json_array_size(names), Str);
    size_t i;
    json_t *name;
    json_array_foreach((json_t *)names, i, name) {
        role->may[role->may_count++] = str_copy(reader->arena, json_text(name));
    }
}

static const char *const ROLE_MEMBERS[] = {"role", "labels", "objects", "fields", "may", NULL};

/* All errors of a file are collected, so that an administrator mends it in one go. */
static void read_role(RoleReader *reader, const json_t *definition, Role *role) {
    Place file = place_file(reader->arena, reader->problem, reader->file, definition);
    if (!place_is_object(&file, ROLE_MEMBERS)) return;
    role->name = str_copy(reader->arena, json_get_text(definition, "role"));
    if (str_empty(role->name)) complain(reader, "definition_name", STR("role"));
    role->label = json_label(reader->arena, json_object_get(definition, "labels"));
    role->objects = ARENA_ARRAY(reader->arena, model_object_count(reader->model), ObjectRights);
    read_object_scopes(reader, json_object_get(definition, "objects"), role);
    read_field_rights(reader, json_object_get(definition, "fields"), role);
    read_may(reader, json_object_get(definition, "may"), role);
}

/* A user whose role is in none of the files may do nothing. */
Status roles_load(Arena *arena, const Model *model, const ModelSource *sources, size_t count,
                  Problem *problem, Roles **out) {
    Roles *roles = ARENA_NEW(arena, Roles);
    roles->items = ARENA_ARRAY(arena, count, Role);
    DefinitionFiles files CLEANUP(definition_files_close) =
        definition_files(arena, sources, count, problem);
    while (definition_files_next(&files)) {
        RoleReader reader = {arena, model, problem, files.place.member};
        Role *role = &roles->items[roles->count];
        read_role(&reader, files.definition, role);
        if (roles_find(roles, role->name)) complain(&reader, "definition_repeated", role->name);
        roles->count++;
    }
    if (definition_files_status(&files) != STATUS_OK) return STATUS_INVALID;
    *out = roles;
    return STATUS_OK;
}

const Role *roles_find(const Roles *roles, Str name) {
    for (size_t i = 0; i < roles->count; i++) {
        if (str_equal(roles->items[i].name, name)) return &roles->items[i];
    }
    return NULL;
}

size_t roles_count(const Roles *roles) {
    return roles->count;
}
const Role *roles_at(const Roles *roles, size_t index) {
    return &roles->items[index];
}
Str role_name(const Role *role) {
    return role->name;
}
const Label *role_label(const Role *role) {
    return &role->label;
}

/* ---- Deciding ---- */

Str scope_name(Scope scope) {
    return str_of(SCOPE_NAMES[scope]);
}
Str verb_name(Verb verb) {
    return str_of(VERB_NAMES[verb]);
}

Scope access_scope(const Actor *actor, const Object *object, Verb verb) {
    if (actor->everything) return SCOPE_ALL;
    if (!actor->role) return SCOPE_NONE;
    return actor->role->objects[object->index].scopes[verb];
}

bool access_may(const Actor *actor, Str right) {
    if (actor->everything) return true;
    if (!actor->role) return false;
    for (size_t i = 0; i < actor->role->may_count; i++) {
        if (str_equal(actor->role->may[i], right)) return true;
    }
    return false;
}

/*
 * Fields are open unless hidden, records closed unless granted: a new field would otherwise have to
 * be entered into every role before anyone sees it.
 */
bool access_may_read_field(const Actor *actor, const Object *object, const Field *field) {
    if (actor->everything) return true;
    if (!actor->role) return false;
    const bool *hidden = actor->role->objects[object->index].hidden;
    return !hidden || !hidden[field->index];
}

bool access_may_write_field(const Actor *actor, const Object *object, const Field *field) {
    if (actor->everything) return true;
    if (!access_may_read_field(actor, object, field)) return false;
    const bool *read_only = actor->role->objects[object->index].read_only;
    return !read_only || !read_only[field->index];
}

/*
 * A person without a team has, in the scope "team", their own records only; comparing with an empty
 * team would give them all who have none. One set of people, and no OR over the records: so that an
 * index that begins with the owner can serve.
 */
static void add_owner_predicate(Context *context, Sql *sql, Str owner, Str alias, Scope scope) {
    bool team = scope == SCOPE_TEAM && !id_none(context->actor->team);
    sql_add_column(sql, alias, owner);
    if (!team) {
        sql_add(sql, " = ");
        sql_bind(sql, value_id(context->actor->user));
        return;
    }
    sql_add(sql, " IN (SELECT \"id\" FROM \"user\" WHERE \"team\" = ");
    sql_bind(sql, value_id(context->actor->team));
    sql_add(sql, " OR \"id\" = ");
    sql_bind(sql, value_id(context->actor->user));
    sql_add(sql, ")");
}

/* Whether the predicate will be asked of a set or of one record named by its id. */
typedef enum AccessReach { ACCESS_OF_MANY, ACCESS_OF_ONE } AccessReach;

/* What is asked about: on which records, how far, to do what. */
typedef struct ScopeQuestion {
    const Object *object;
    Str alias;
    Scope scope;
    Verb verb;
    AccessReach reach;
    int depth;
} ScopeQuestion;

static void add_scope_predicate(Context *context, Sql *sql, const ScopeQuestion *question);

/* The beginning of a query of ids, to be followed by what narrows it. */
static void add_ids_of(Sql *sql, const ScopeQuestion *question) {
    sql_add(sql, "SELECT ");
    sql_add_column(sql, question->alias, STR("id"));
    sql_add(sql, " FROM ");
    sql_add_name(sql, question->object->name);
    sql_add(sql, " AS ");
    sql_add_name(sql, question->alias);
    sql_add(sql, " WHERE ");
}

static void add_collected(Context *context, Sql *sql, const ScopeQuestion *question);

/*
 * Holds when the record that `field` refers to is within the scope by its own ownership. For many
 * records the database collects the parents once; for one it shall look at that record's alone.
 */
static void add_via_predicate(Context *context, Sql *sql, const ScopeQuestion *question,
                              Str field) {
    ScopeQuestion parent = *question;
    parent.object = field_target(context->model, object_field(question->object, field));
    parent.alias = str_format(context->arena, "owner_%d", question->depth);
    parent.depth++;
    sql_add_column(sql, question->alias, field);
    sql_add(sql, " IN (");
    if (question->reach == ACCESS_OF_MANY) {
        add_collected(context, sql, &parent);
    } else {
        add_ids_of(sql, &parent);
        sql_add_column(sql, parent.alias, STR("id"));
        sql_add(sql, " = ");
        sql_add_column(sql, question->alias, field);
        sql_add(sql, " AND ");
        add_scope_predicate(context, sql, &parent);
    }
    sql_add(sql, ")");
}

/* The first of the references that is set decides. */
static void add_vias_predicate(Context *context, Sql *sql, const ScopeQuestion *question) {
    const Ownership *ownership = &question->object->ownership;
    sql_add(sql, "CASE");
    for (size_t i = 0; i < ownership->via_count; i++) {
        sql_add(sql, " WHEN ");
        sql_add_column(sql, question->alias, ownership->via[i]);
        sql_add(sql, " IS NOT NULL THEN ");
        add_via_predicate(context, sql, question, ownership->via[i]);
    }
    sql_add(sql, " ELSE FALSE END");
}

/* Only reading passes on with the record referred to; what was written stays its writer's. */
static bool passes_on(Verb verb) {
    return verb == VERB_READ || verb == VERB_EXPORT;
}

/* By what a record can be within a scope; any one of them suffices. */
typedef struct Reasons {
    bool owner, via, reader, shared;
} Reasons;

/* The owner's rights, and for reading also those of whoever may read what it belongs to. */
static Reasons reasons_of(const ScopeQuestion *question) {
    const Ownership *ownership = &question->object->ownership;
    bool owned = !str_empty(ownership->owner), reading = passes_on(question->verb);
    return (Reasons){.owner = owned,
                     .via = ownership->via_count && (!owned || reading),
                     .reader = reading && !str_empty(ownership->reader),
                     .shared = reading && !str_empty(ownership->shared)};
}

static void add_shared_predicate(Sql *sql, const ScopeQuestion *question) {
    sql_add_column(sql, question->alias, question->object->ownership.shared);
    sql_add(sql, " IS TRUE"); /* never unknown, so that OR stays plain */
}

static void add_ownership_predicate(Context *context, Sql *sql, const ScopeQuestion *question) {
    const Ownership *ownership = &question->object->ownership;
    Reasons reasons = reasons_of(question);
    sql_add(sql, "(");
    if (reasons.owner) {
        add_owner_predicate(context, sql, ownership->owner, question->alias, question->scope);
    }
    if (reasons.via && reasons.owner) sql_add(sql, " OR ");
    if (reasons.via) add_vias_predicate(context, sql, question);
    if (reasons.reader) {
        sql_add(sql, " OR ");
        add_owner_predicate(context, sql, ownership->reader, question->alias, question->scope);
    }
    if (reasons.shared) {
        sql_add(sql, " OR ");
        add_shared_predicate(sql, question);
    }
    sql_add(sql, ")");
}

/* Always a condition, TRUE or FALSE at the least, so that it can be put behind any AND. */
static void add_scope_predicate(Context *context, Sql *sql, const ScopeQuestion *question) {
    assert(question->depth < OWNERSHIP_STEPS_MOST + 1 &&
           "model_load refuses longer chains of ownership");
    const Ownership *ownership = &question->object->ownership;
    bool owned = !str_empty(ownership->owner);
    if (question->scope == SCOPE_NONE) {
        sql_add(sql, "FALSE");
    } else if (question->scope == SCOPE_ALL || (!owned && !ownership->via_count)) {
        sql_add(sql, "TRUE");
    } else {
        add_ownership_predicate(context, sql, question);
    }
}

/* ---- Collecting ---- */

/* Each part of a UNION finds its records by an index of its own, which an OR would keep from it. */
static void add_part(Sql *sql, const ScopeQuestion *question, size_t *parts) {
    if ((*parts)++) sql_add(sql, " UNION ");
    add_ids_of(sql, question);
}

/* As add_vias_predicate, a part for each reference: those before it are empty. */
static void add_via_parts(Context *context, Sql *sql, const ScopeQuestion *question,
                          size_t *parts) {
    const Ownership *ownership = &question->object->ownership;
    for (size_t i = 0; i < ownership->via_count; i++) {
        add_part(sql, question, parts);
        for (size_t j = 0; j < i; j++) {
            sql_add_column(sql, question->alias, ownership->via[j]);
            sql_add(sql, " IS NULL AND ");
        }
        add_via_predicate(context, sql, question, ownership->via[i]);
    }
}

static void add_parts(Context *context, Sql *sql, const ScopeQuestion *question) {
    const Ownership *ownership = &question->object->ownership;
    Reasons reasons = reasons_of(question);
    size_t parts = 0;
    if (reasons.owner) {
        add_part(sql, question, &parts);
        add_owner_predicate(context, sql, ownership->owner, question->alias, question->scope);
    }
    if (reasons.via) add_via_parts(context, sql, question, &parts);
    if (reasons.reader) {
        add_part(sql, question, &parts);
        add_owner_predicate(context, sql, ownership->reader, question->alias, question->scope);
    }
    if (reasons.shared) {
        add_part(sql, question, &parts);
        add_shared_predicate(sql, question);
    }
}

/* Whether some of the object's records lie within the scope and others do not. */
static bool divides(const ScopeQuestion *question) {
    const Ownership *ownership = &question->object->ownership;
    bool owned = !str_empty(ownership->owner) || ownership->via_count;
    return owned && question->scope != SCOPE_NONE && question->scope != SCOPE_ALL;
}

/* A query of the ids of all records within the scope, each once. */
static void add_collected(Context *context, Sql *sql, const ScopeQuestion *question) {
    if (divides(question)) {
        add_parts(context, sql, question);
        return;
    }
    add_ids_of(sql, question);
    add_scope_predicate(context, sql, question);
}

const AccessLimit *access_limits(const Actor *actor, const Object *object, size_t *count) {
    *count = 0;
    if (actor->everything || !actor->role) return NULL;
    const ObjectRights *rights = &actor->role->objects[object->index];
    *count = rights->limit_count;
    return rights->limits;
}

static bool is_limited(const Actor *actor, const Object *object) {
    size_t count;
    (void)access_limits(actor, object, &count);
    return count > 0;
}

static void add_limits(const Context *context, Sql *sql, const Object *object, Str alias) {
    size_t count;
    const AccessLimit *limits = access_limits(context->actor, object, &count);
    for (size_t i = 0; i < count; i++) {
        sql_add(sql, " AND ");
        sql_add_column(sql, alias, limits[i].field->name);
        sql_add(sql, " IN (");
        for (size_t j = 0; j < limits[i].count; j++) {
            if (j) sql_add(sql, ", ");
            sql_bind(sql, value_text(limits[i].values[j]));
        }
        sql_add(sql, limits[i].count ? ")" : "NULL)");
    }
}

static void add_question(Context *context, Sql *sql, const ScopeQuestion *question) {
    bool limited = is_limited(context->actor, question->object);
    if (limited) sql_add(sql, "(");
    add_scope_predicate(context, sql, question);
    add_limits(context, sql, question->object, question->alias);
    if (limited) sql_add(sql, ")");
}

/* For statements over many rows. */
void access_add_predicate(Context *context, Sql *sql, const Object *object, Str alias, Verb verb) {
    ScopeQuestion question = {.object = object,
                              .alias = alias,
                              .scope = access_scope(context->actor, object, verb),
                              .verb = verb,
                              .reach = ACCESS_OF_MANY};
    add_question(context, sql, &question);
}

/* Where one reason alone counts, its predicate finds the records as fast. */
void access_add_collected(Context *context, Sql *sql, const Object *object, Str alias, Verb verb) {
    ScopeQuestion question = {.object = object,
                              .alias = STR("within"),
                              .scope = access_scope(context->actor, object, verb),
                              .verb = verb,
                              .reach = ACCESS_OF_MANY};
    Reasons reasons = reasons_of(&question);
    bool several = reasons.owner + reasons.via + reasons.reader + reasons.shared > 1;
    if (!several || !divides(&question)) {
        access_add_predicate(context, sql, object, alias, verb);
        return;
    }
    sql_add_column(sql, alias, STR("id"));
    sql_add(sql, " IN (");
    add_collected(context, sql, &question);
    sql_add(sql, ")");
    add_limits(context, sql, object, alias);
}

/* The first reference that is set decides, and this one is set. */
static bool belongs(const Context *context, const Object *object, const Field *link) {
    const Ownership *ownership = &object->ownership;
    if (!ownership->via_count || !str_equal(ownership->via[0], link->name)) return false;
    if (is_limited(context->actor, object)) return false;
    Scope scope = access_scope(context->actor, object, VERB_READ);
    const Object *owner = field_target(context->model, link);
    return scope != SCOPE_NONE && scope == access_scope(context->actor, owner, VERB_READ);
}

void access_add_predicate_from(Context *context, Sql *sql, const Object *object, Str alias,
                               const Field *link) {
    if (belongs(context, object, link)) {
        sql_add(sql, "TRUE");
    } else {
        access_add_predicate(context, sql, object, alias, VERB_READ);
    }
}

void access_add_predicate_of_one(Context *context, Sql *sql, const Object *object, Str alias,
                                 Verb verb) {
    ScopeQuestion question = {.object = object,
                              .alias = alias,
                              .scope = access_scope(context->actor, object, verb),
                              .verb = verb,
                              .reach = ACCESS_OF_ONE};
    add_question(context, sql, &question);
}

/* True at once where no query is needed: everybody's records, and the actor's own. */
static bool within_scope_plainly(const Context *context, const Record *record, Scope scope) {
    const Ownership *ownership = &record->object->ownership;
    if (scope == SCOPE_NONE || is_limited(context->actor, record->object)) return false;
    if (scope == SCOPE_ALL || (str_empty(ownership->owner) && !ownership->via_count)) return true;
    if (str_empty(ownership->owner)) return false;
    const Value *owner = record_value(record, ownership->owner);
    return owner->kind == VALUE_ID && id_equal(owner->id, context->actor->user);
}

/* The record was just read or written in this transaction, so the query sees it as it is. */
static Status within_scope_by_query(Context *context, const Record *record, Verb verb, bool *out) {
    Sql sql CLEANUP(sql_free) = sql_new(context->arena, transaction_kind(context->transaction));
    sql_add(&sql, "SELECT 1 FROM ");
    sql_add_name(&sql, record->object->name);
    sql_add(&sql, " AS \"r\" WHERE \"r\".\"id\" = ");
    sql_bind(&sql, value_id(record->id));
    sql_add(&sql, " AND ");
    access_add_predicate_of_one(context, &sql, record->object, STR("r"), verb);
    Rows *rows CLEANUP(store_drop) = NULL;
    Status status = sql_query(&sql, context->transaction, &rows);
    if (status == STATUS_OK) status = store_next(rows);
    if (status != STATUS_OK && status != STATUS_END) return status;
    *out = status == STATUS_OK;
    return STATUS_OK;
}

/* The reason goes with the answer: "why can't I?" is asked of the same function that refuses. */
Status access_decide(Context *context, const Record *record, Verb verb, AccessDecision *out) {
    Scope scope = access_scope(context->actor, record->object, verb);
    if (scope == SCOPE_NONE) {
        *out = (AccessDecision){.allowed = false, .code = "access_verb", .scope = scope};
        return STATUS_OK;
    }
    bool within = within_scope_plainly(context, record, scope);
    if (!within) {
        Status status = within_scope_by_query(context, record, verb, &within);
        if (status != STATUS_OK) return status;
    }
    *out = (AccessDecision){
        .allowed = within, .code = within ? "access_ok" : "access_scope", .scope = scope};
    return STATUS_OK;
}
