/*
 * The one function that decides: role × object × verb, fields, and which records. Lists, searches,
 * charts, exports, files, the API and agents all ask here. What no role grants is denied.
 */
#ifndef ONDO_RECORD_ACCESS_H
#define ONDO_RECORD_ACCESS_H

#include "context.h"
#include "record.h"
#include "sql.h"

/** What a role may do with records of an object; each with a scope of its own. */
typedef enum Verb {
    VERB_READ,
    VERB_CREATE,
    VERB_UPDATE,
    VERB_DELETE,
    VERB_EXPORT,
    VERB_IMPORT,
    VERB_COUNT
} Verb;

/** Which records: each wider than the one before. Territory will take its place between team and
 * all. */
typedef enum Scope { SCOPE_NONE, SCOPE_OWN, SCOPE_TEAM, SCOPE_ALL } Scope;

/** All roles of a business; immutable, so that any thread may read them. */
typedef struct Roles Roles;

/**
 * Reads role definitions (pharma/roles/) against the model, which must outlive them. STATUS_INVALID
 * with every error in `problem`.
 */
MUST_USE Status roles_load(Arena *arena, const Model *model, const ModelSource *sources,
                           size_t count, Problem *problem, Roles **out);
/** The role of that name; NULL when there is none, and then its people may do nothing. */
const Role *roles_find(const Roles *roles, Str name);
/** For listing all roles, in the order of their files. */
size_t roles_count(const Roles *roles);
/** `index` below roles_count(). */
const Role *roles_at(const Roles *roles, size_t index);
/** The code of a role ("mr"), and its name for people. Both live as long as the roles. */
Str role_name(const Role *role);
/** Its name for people, in every language. */
const Label *role_label(const Role *role);

/** "own", and "read": as the definitions and the reasons name them. */
Str scope_name(Scope scope);
/** "read", "create" and so on, as in the definitions. */
Str verb_name(Verb verb);

/** A right that belongs to no object: "users", "journal", "import", "configure". */
bool access_may(const Actor *actor, Str right);

/** How far the actor may do `verb` on the object at all; SCOPE_NONE without a role. */
Scope access_scope(const Actor *actor, const Object *object, Verb verb);
/** Of an object only the records whose field holds one of these, whatever the verb. */
typedef struct AccessLimit {
    const Field *field; /* a choice or a text */
    const Str *values;
    size_t count;
} AccessLimit;

/** How the actor's role narrows the object's records besides the scope; `*count` is 0 for not. */
const AccessLimit *access_limits(const Actor *actor, const Object *object, size_t *count);

/**
 * Whether the actor may see, and set, the field. What cannot be seen cannot be set. Whether the
 * record is theirs is asked separately.
 */
bool access_may_read_field(const Actor *actor, const Object *object, const Field *field);
/** Whether the actor may set the field; never one that they may not see. */
bool access_may_write_field(const Actor *actor, const Object *object, const Field *field);

/** Adds a condition that holds for the records (of table `alias`) on which the actor may do `verb`.
 */
void access_add_predicate(Context *context, Sql *sql, const Object *object, Str alias, Verb verb);
/**
 * The same condition, written for a statement that reads all of the actor's records whatever their
 * order, as figures do: the ids are collected first, by the indexes of owner and references, so
 * that it costs as much as the actor has records and not as many as there are. A list that ends
 * after a page is read faster with access_add_predicate.
 */
void access_add_collected(Context *context, Sql *sql, const Object *object, Str alias, Verb verb);
/**
 * As access_add_predicate for reading, of records whose reference `link` leads to one that the
 * actor may read: where they belong to that one, and the role's scope is the same for both, nothing
 * is left to be asked, and the database need not collect all that the actor may read.
 */
void access_add_predicate_from(Context *context, Sql *sql, const Object *object, Str alias,
                               const Field *link);
/** The same condition, written for a statement that asks about one record, or few, by id. */
void access_add_predicate_of_one(Context *context, Sql *sql, const Object *object, Str alias,
                                 Verb verb);

/** A yes or no with its reason. */
typedef struct AccessDecision {
    bool allowed;
    const char *code; /* key of a sentence in texts/errors.json: "access_verb", "access_scope",
                         "access_ok" */
    Scope scope;
} AccessDecision;
/** Decides about one record, which exists; no query is made where ownership tells at once. */
MUST_USE Status access_decide(Context *context, const Record *record, Verb verb,
                              AccessDecision *out);

#endif
