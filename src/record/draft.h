/* A record on its way in: its values, which of them the request itself gave, and every check. */
#ifndef ONDO_RECORD_DRAFT_H
#define ONDO_RECORD_DRAFT_H

#include "record.h"

/** A record as a request would have it, and which fields the request named. */
typedef struct Draft {
    Record record; /* version 0 until it is first written */
    bool *given;   /* by field index: the request gave it */
    Str pointer;   /* where its JSON stands in the request: "" or "/topics/0" */
} Draft;

/** An empty draft of a new record, with an id and the actor as its maker. */
Draft draft_new(Context *context, const Object *object, Str pointer);
/** A draft with the values of a record that exists. */
Draft draft_of(Context *context, const Record *before);

/**
 * Takes a request's members: unknown ones, wrong values and fields that the actor may not set are
 * errors, all collected (STATUS_INVALID). Members that name children are left to children.h.
 */
MUST_USE Status draft_take(Context *context, Draft *draft, const json_t *body);

/** Fills in the defaults of fields that nobody gave. */
void draft_set_defaults(Context *context, Draft *draft);

/** STATUS_INVALID with an error for each required field that is empty. */
MUST_USE Status draft_check_required(Context *context, const Draft *draft);

/**
 * Checks what changed against the other records: references that the request gave lead to records
 * that the actor may read; unique values are free (STATUS_CONFLICT). `before` NULL: everything
 * counts.
 */
MUST_USE Status draft_check_data(Context *context, const Draft *draft, const Record *before);

/** A refusal about all records of an object: adds the error and returns STATUS_DENIED. */
MUST_USE Status draft_deny(Context *context, const Object *object, const char *code);

#endif
