/* Saving one draft: hooks, checks, the row, the journal, roll-ups and rules, in this order. */
#ifndef ONDO_RECORD_SAVE_H
#define ONDO_RECORD_SAVE_H

#include "access.h"
#include "draft.h"
#include "hooks.h"

/** STATUS_DENIED with the reason unless the record lies within what the actor may do `verb` to. */
MUST_USE Status save_check_scope(Context *context, const Record *record, Verb verb);

/** Writes a new record. The draft holds it as it was written. */
MUST_USE Status save_insert(Context *context, Draft *draft);

/** Writes the fields of a draft that differ from `before`, which must be its present state. */
MUST_USE Status save_update(Context *context, const Record *before, Draft *draft);

/** Deletes (`deleted_at` an instant) or restores (0) a record. */
MUST_USE Status save_mark(Context *context, const Record *before, ChangeAction action,
                          int64_t deleted_at);

#endif
