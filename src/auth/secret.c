/*
 * A fast hash is right here and would be wrong for passwords: these are 256 random bits, which
 * nobody can try out, and they are looked up at every request.
 */
#include "secret.h"

#include <assert.h>
#include <sodium.h>
#include <stdlib.h>

enum { SECRET_SIZE = 32 };

/* Without a source of randomness there are no secrets, and nothing sensible to do. */
static void start_sodium(void) {
    if (sodium_init() < 0) abort();
}

Str secret_new(Arena *arena, Str prefix) {
    unsigned char bytes[SECRET_SIZE];
    char text[SECRET_TEXT_SIZE + 1];
    start_sodium();
    randombytes_buf(bytes, sizeof bytes);
    sodium_bin2base64(text, sizeof text, bytes, sizeof bytes,
                      sodium_base64_VARIANT_URLSAFE_NO_PADDING);
    Str secret = str_join(arena, prefix, (Str){.data = text, .size = SECRET_TEXT_SIZE});
    sodium_memzero(bytes, sizeof bytes);
    sodium_memzero(text, sizeof text);
    return secret;
}

SecretHash secret_hash(Str secret) {
    SecretHash hash;
    int failed = crypto_generichash(hash.bytes, sizeof hash.bytes,
                                    (const unsigned char *)(secret.size ? secret.data : ""),
                                    secret.size, NULL, 0);
    assert(!failed);
    (void)failed;
    return hash;
}

bool secret_equal(Str a, Str b) {
    return a.size == b.size && (a.size == 0 || sodium_memcmp(a.data, b.data, a.size) == 0);
}
