/* Records that a parent takes in its own request, and that go and come back with it. */
#ifndef ONDO_RECORD_CHILDREN_H
#define ONDO_RECORD_CHILDREN_H

#include "draft.h"
#include "hooks.h"

/** The child that a request's member names; NULL when the object takes none of that name. */
const Child *children_find(const Object *object, Str name);

/** Whether a request brings any. */
bool children_given(const Object *object, const json_t *body);

/** Creates the children in a request; `pointer` is the parent's place in it. */
MUST_USE Status children_create(Context *context, const Record *parent, const json_t *body,
                                Str pointer);

/**
 * Deletes the living children together with their parent, or restores those that went with it,
 * which are the ones deleted at the very same instant (`was_deleted_at`; 0: the living).
 */
MUST_USE Status children_mark(Context *context, const Record *parent, ChangeAction action,
                              int64_t was_deleted_at, int64_t deleted_at);

#endif
