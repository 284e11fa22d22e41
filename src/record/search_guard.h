/*
 * The search index holds one entry a record, made of all its searchable fields. To a reader from
 * whom some of these are hidden a hit may be shown only when what they may read holds the words
 * too; otherwise searching would tell, word by word, what the hidden fields hold.
 */
#ifndef ONDO_RECORD_SEARCH_GUARD_H
#define ONDO_RECORD_SEARCH_GUARD_H

#include "context.h"
#include "record.h"

/** Whether a searchable field of the object is hidden from the actor. */
bool search_guard_needed(const Actor *actor, const Object *object);

/** Whether the fields that the actor may read hold every token of `asked` (see search_query). */
bool search_guard_passes(const Context *context, const Record *record, Str asked);

#endif
