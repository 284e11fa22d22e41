/* Passwords: which ones we take, and how they are kept (Argon2id by libsodium). */
#ifndef ONDO_AUTH_PASSWORD_H
#define ONDO_AUTH_PASSWORD_H

#include "problem.h"

enum {
    PASSWORD_CHARACTERS = 12,    /* at least, as people count characters */
    PASSWORD_BYTES_LIMIT = 1024, /* at most, in UTF-8 */
};

/**
 * True if a new password may be used. Otherwise adds to `problem`, at `pointer`, "password_short"
 * {0}, "password_long" {0}, "password_common" or "password_same_as_login". What it is compared with
 * ignores case, width and white space.
 */
MUST_USE bool password_acceptable(Problem *problem, Str pointer, Str password, Str login, Str name);

/**
 * The text form of a password's Argon2id hash with its salt and cost. Takes 50 to 100 ms and 32
 * MiB: never within a writing job. STATUS_FAILED without that memory.
 */
MUST_USE Status password_hash(Arena *arena, Str password, Str *out);

/**
 * True if the password belongs to the hash. Takes as long for an empty hash (nobody there) as for
 * any other, and is then false; see password_hash for its cost. A password over
 * PASSWORD_BYTES_LIMIT is never right.
 */
MUST_USE bool password_verify(Str hash, Str password);

/** True if the hash was made with a cost other than today's. */
bool password_is_outdated(Str hash);

#endif
