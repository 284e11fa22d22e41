/*
 * The secret address of a person's calendar: whoever knows it may read the calendar and nothing
 * else. As with tokens only the hash of the secret is stored.
 */
#ifndef ONDO_AUTH_FEED_H
#define ONDO_AUTH_FEED_H

#include "clock.h"
#include "identity.h"

#define FEED_TOUCH_AFTER CLOCK_HOUR /* precision of used_at */

/** A person's feed. */
typedef struct Feed {
    bool brief; /* without names and words of records */
    int64_t made_at;
    int64_t used_at; /* 0: never */
} Feed;

/** Makes a new address, and the older one worthless. `*secret` is to be shown once. */
MUST_USE Status feed_make(Transaction *transaction, Arena *arena, Id user, const Feed *feed,
                          Str *secret);
/** STATUS_NOT_FOUND when the person has none. */
MUST_USE Status feed_read(Transaction *transaction, Id user, Feed *out);
/** STATUS_NOT_FOUND when the person has none. */
MUST_USE Status feed_revoke(Transaction *transaction, Id user);

/**
 * The active person whose feed the secret opens; STATUS_NOT_FOUND when there is none, it was
 * revoked, or the person is disabled. `touch_due` asks for feed_touch.
 */
MUST_USE Status feed_find(Transaction *transaction, Arena *arena, Str secret, int64_t now,
                          Identity *reader, Feed *out);
/**
 * Notes that the address was used. Not at each request: feed_find says when it is due, so that a
 * calendar program which asks every minute does not write every minute.
 */
MUST_USE Status feed_touch(Transaction *transaction, Id user, int64_t now);

#endif
