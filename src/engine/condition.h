/*
 * JSON Logic (jsonlogic.com), the one language of filters, rules, scores, permissions and
 * dashboards: evaluated on a record in memory, and compiled to SQL. Both give the same answer on
 * every record, on both databases.
 */
#ifndef ONDO_ENGINE_CONDITION_H
#define ONDO_ENGINE_CONDITION_H

#include "access.h"
#include "hooks.h"

/** A parsed condition over records of an object. Lives in its arena; any thread may use it. */
typedef struct Condition Condition;

/**
 * Parses and checks against the object: operators, field names, types. STATUS_INVALID with a
 * pointer into the condition (under `pointer`) for whatever could not also be compiled to SQL, so
 * that what is accepted once works everywhere; `changed` and `was` are accepted and refused by
 * condition_add_sql. {"var":"hcp.temperature"} reaches through one reference. {} and NULL hold for
 * every record. Stops at the first error. What operators and emptiness mean: docs/definitions.md.
 */
MUST_USE Status condition_parse(Arena *arena, const Model *model, const Object *object,
                                const json_t *logic, Str pointer, Problem *problem,
                                const Condition **out);

/** What an expression that was read as a condition gives, where it is more than a truth. */
typedef enum ConditionGives {
    CONDITION_GIVES_TRUTH,
    CONDITION_GIVES_NUMBER,
    CONDITION_GIVES_ID,
    CONDITION_GIVES_OTHER,
} ConditionGives;
/** What the expression as a whole gives; known from its types alone, without a record. */
ConditionGives condition_gives(const Condition *condition);

/** Whether `changed` or `was` occur: then it holds only at the moment of a change. */
bool condition_needs_change(const Condition *condition);
/** Whether a condition mentions `field` of its object. */
bool condition_mentions(const Condition *condition, const Field *field);
/** Whether it asks about records of `object` that refer to the one it is about. */
bool condition_reaches(const Condition *condition, const Object *object);

/**
 * Whether the answer can change only by a save of the record itself: it asks about no day and no
 * instant of asking, about nobody who asks, and about no other record.
 */
bool condition_is_settled(const Condition *condition);

/**
 * Evaluates on a record; `before` is what `was` and `changed` see, NULL for a new record. Fields
 * that context->actor may not read are empty. `some`, `all`, `none` and fields through a reference
 * ask the database, once a reference; everything else works in memory.
 */
MUST_USE Status condition_holds(Context *context, const Condition *condition, const Record *record,
                                const Record *before, bool *out);

/**
 * Adds the SQL of the condition over table `alias`: always TRUE or FALSE, never NULL. Related
 * records are reached only as far as the actor may read them.
 */
MUST_USE Status condition_add_sql(Context *context, const Condition *condition, Sql *sql,
                                  Str alias);

/** As condition_add_sql, but the value that it gives: NULL where that is empty, numbers as doubles.
 */
MUST_USE Status condition_add_value_sql(Context *context, const Condition *condition, Sql *sql,
                                        Str alias);

#endif
