/*
 * What the page keeps for a person, so that they meet it on every device: tours seen, density,
 * start screen. The server does not look into it, and it is no business data: no journal, no
 * versions.
 */
#ifndef ONDO_AUTH_PREFERENCE_H
#define ONDO_AUTH_PREFERENCE_H

#include "json.h"
#include "store.h"

/** Members of the whole, and bytes of its JSON. */
enum { PREFERENCE_MEMBERS_MOST = 100, PREFERENCE_SIZE_MOST = 16384 };

/** The person's preferences as a JSON object; "{}" when there are none. */
MUST_USE Status preference_read(Transaction *transaction, Arena *arena, Id user, Str *out);

/**
 * Merges `patch` into them (RFC 7396 on the first level: a member replaces the one before, null
 * removes it). STATUS_INVALID with errors at `pointer` when it is no object, a member's name does
 * not read [a-z][a-z0-9_]{0,47}, or the whole would become too large.
 */
MUST_USE Status preference_merge(Transaction *transaction, Arena *arena, Id user,
                                 const json_t *patch, Str pointer, int64_t now, Problem *problem);

#endif
