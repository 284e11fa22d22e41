/*
 * Sessions: what a browser holds after signing in. The cookie carries a secret of which only the
 * hash is stored, so that nobody can take over a session from a copy of the database.
 */
#ifndef ONDO_AUTH_SESSION_H
#define ONDO_AUTH_SESSION_H

#include "clock.h"
#include "identity.h"

#define SESSION_IDLE_LIMIT (12 * CLOCK_HOUR)   /* ends when unused for so long */
#define SESSION_LIMIT (30 * CLOCK_DAY)         /* ends in any case */
#define SESSION_TOUCH_AFTER (5 * CLOCK_MINUTE) /* precision of last_seen_at */

/** Where a person signed in from; shown in the list of their sessions. */
typedef struct SessionOrigin {
    Str address;
    Str user_agent; /* as sent: any bytes; stored in part */
} SessionOrigin;

/** What a person who has just signed in is given; the database keeps the hash of the token alone.
 */
typedef struct NewSession {
    Id id;
    Id user;
    Str token;          /* for the cookie: 43 characters of base64url; not stored */
    Str csrf;           /* what writes by this session must repeat in X-CSRF-Token */
    int64_t expires_at; /* at the latest; one that idles ends sooner */
    bool must_change_password;
} NewSession;

/** Begins a session of a person who has proved who they are. Texts live in the arena. */
MUST_USE Status session_create(Transaction *transaction, Arena *arena, Id user, int64_t now,
                               const SessionOrigin *origin, NewSession *out);

/**
 * The active person whose session the cookie's token names, by one query. STATUS_UNAUTHENTICATED
 * when there is none, it has expired, or the person is disabled or deleted. When `touch_due` is
 * set, the caller writes session_touch.
 */
MUST_USE Status session_find(Transaction *transaction, Arena *arena, Str token, int64_t now,
                             Identity *out);
/**
 * Notes when the session was last used. Only when `touch_due` says so: reading must not write each
 * time.
 */
MUST_USE Status session_touch(Transaction *transaction, Id session, int64_t now);

/** Ends one session of the user; STATUS_NOT_FOUND when it is not theirs. */
MUST_USE Status session_end(Transaction *transaction, Id user, Id session);
/** Ends all sessions of the user but `kept` (none: really all); after a change of password. */
MUST_USE Status session_end_all(Transaction *transaction, Id user, Id kept);
/** Removes what has expired; for the daily jobs. */
MUST_USE Status session_remove_expired(Transaction *transaction, int64_t now);

/** A session as its owner is shown it: enough to tell a device of one's own from a stranger's. */
typedef struct SessionEntry {
    Id id;
    int64_t created_at, last_seen_at, expires_at; /* last_seen_at: to SESSION_TOUCH_AFTER */
    Str user_agent, address;                      /* as the browser and the connection said */
} SessionEntry;

/** The sessions of a person, in the arena of the request. */
typedef struct SessionList {
    SessionEntry *entries; /* last seen first */
    size_t count;
} SessionList;

/** The user's running sessions, at most a hundred. */
MUST_USE Status session_list(Transaction *transaction, Arena *arena, Id user, int64_t now,
                             SessionList *out);

#endif
