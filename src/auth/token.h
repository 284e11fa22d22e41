/* Tokens: what a program sends as "Authorization: Bearer ondo_…", made by a person and revocable.
 */
#ifndef ONDO_AUTH_TOKEN_H
#define ONDO_AUTH_TOKEN_H

#include "clock.h"
#include "identity.h"

/** What every token begins with, so that scanners for leaked secrets recognise it. */
#define TOKEN_PREFIX "ondo_"
#define TOKEN_TOUCH_AFTER CLOCK_MINUTE /* precision of last_used_at */

/** A token just made: the only moment at which it can be read. */
typedef struct NewToken {
    Id id;
    Str token; /* to be shown once; not stored */
} NewToken;

/** Makes a token of the user, named for them; `expires_at` 0 means never. */
MUST_USE Status token_create(Transaction *transaction, Arena *arena, Id user, Str name, int64_t now,
                             int64_t expires_at, NewToken *out);

/**
 * The active person whose token it is, by one query. STATUS_UNAUTHENTICATED when there is none, it
 * is revoked or expired, or the person is disabled. When `touch_due` is set, the caller writes
 * token_touch.
 */
MUST_USE Status token_find(Transaction *transaction, Arena *arena, Str token, int64_t now,
                           Identity *out);
/** Notes that the token was used, for its owner to see which ones are alive. */
MUST_USE Status token_touch(Transaction *transaction, Id token, int64_t now);

/** Revokes a token of the user; STATUS_NOT_FOUND when it is not theirs or is revoked already. */
MUST_USE Status token_revoke(Transaction *transaction, Id user, Id token, int64_t now);
/** Revokes all tokens of the user; when they are disabled. */
MUST_USE Status token_revoke_all(Transaction *transaction, Id user, int64_t now);

/** A token as its owner is shown it: never the token itself, which nobody has any more. */
typedef struct TokenEntry {
    Id id;
    Str name; /* the owner's word for where it is used */
    int64_t created_at;
    int64_t last_used_at; /* 0: never */
    int64_t expires_at;   /* 0: never */
} TokenEntry;

/** The tokens of a person, in the arena of the request. */
typedef struct TokenList {
    TokenEntry *entries; /* newest first */
    size_t count;
} TokenList;

/** The user's tokens that are not revoked, at most a hundred; expired ones too. */
MUST_USE Status token_list(Transaction *transaction, Arena *arena, Id user, TokenList *out);

#endif
