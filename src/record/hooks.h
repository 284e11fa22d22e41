/*
 * What a save must call in the layers above it; domain/consequences.h fills the table. Each may be
 * NULL.
 */
#ifndef ONDO_RECORD_HOOKS_H
#define ONDO_RECORD_HOOKS_H

#include "record.h"

/** What a save does. Restoring is no creation: rules and guarantees tell them apart. */
typedef enum ChangeAction {
    CHANGE_CREATE,
    CHANGE_UPDATE,
    CHANGE_DELETE,
    CHANGE_RESTORE
} ChangeAction;

/** One save: `before` is NULL for a creation. Both have every field. */
typedef struct Change {
    ChangeAction action;
    const Record *before; /* NULL when it is created */
    Record *after;        /* as it will be saved; hooks may complete it */
} Change;

/** How the layers above join in a save without this one knowing them. */
struct Hooks {
    /* What the hooks get as their first argument; the record layer does not look into it. */
    void *engine;
    /** Domain checks and completions before writing; may alter change->after->values. */
    Status (*before_save)(void *engine, Context *context, Change *change);
    /** Domain consequences and rules after writing, in the same transaction. */
    Status (*after_save)(void *engine, Context *context, const Change *change);
    /** Whether the record's form asks for the field; one that it does not ask for is not required.
     */
    Status (*is_asked)(void *engine, Context *context, const Record *record, const Field *field,
                       bool *out);
};

#endif
