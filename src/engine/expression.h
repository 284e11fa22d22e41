/*
 * What a definition writes where a value is wanted: a constant, {"var": "hcp.owner"}, {"me": []},
 * {"now": []} or {"today": []}; and texts with slots, "{hcp.title}".
 */
#ifndef ONDO_ENGINE_EXPRESSION_H
#define ONDO_ENGINE_EXPRESSION_H

#include "record.h"

typedef struct Expression Expression;

/** Reads an expression whose variables are fields of `object`; errors go to `problem` at `pointer`.
 */
MUST_USE Status expression_parse(Arena *arena, const Model *model, const Object *object,
                                 const json_t *node, Str pointer, Problem *problem,
                                 const Expression **out);

/** An expression that always gives one value, whose text must live as long as the arena. */
const Expression *expression_constant(Arena *arena, Value value);

/** Its value on a record; a reference that leads nowhere gives VALUE_NULL. */
MUST_USE Status expression_value(Context *context, const Expression *expression,
                                 const Record *record, Value *out);

/**
 * Fills the slots of a text from a record, in the language and zone of the context's actor:
 * {title}, {field}, {reference.title}, {reference.field}. An unknown slot gives nothing.
 */
MUST_USE Status expression_fill(Context *context, Str text, const Record *record, Str *out);

#endif
