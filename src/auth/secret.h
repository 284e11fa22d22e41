/*
 * Secrets that stand for a person: made from 32 random bytes, shown once, and stored only as their
 * BLAKE2b hash. The hash needs no salt, since nobody can guess 256 random bits.
 */
#ifndef ONDO_AUTH_SECRET_H
#define ONDO_AUTH_SECRET_H

#include "str.h"

enum {
    SECRET_TEXT_SIZE = 43, /* base64url of 32 bytes, without padding */
    SECRET_HASH_SIZE = 32,
};

/** A new secret with `prefix` in front of it. */
Str secret_new(Arena *arena, Str prefix);

/** What is kept of a secret: enough to recognise it, and nothing to sign in with. */
typedef struct SecretHash {
    unsigned char bytes[SECRET_HASH_SIZE];
} SecretHash;

/** The hash of a secret as it came in a request: any bytes of any length. */
SecretHash secret_hash(Str secret);

/** A Str over the hash, for binding; valid as long as `hash`. */
static inline Str secret_hash_str(const SecretHash *hash) {
    return (Str){.data = (const char *)hash->bytes, .size = SECRET_HASH_SIZE};
}

/** Compares in time that does not depend on where the two differ. */
bool secret_equal(Str a, Str b);

#endif
