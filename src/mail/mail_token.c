/*
 * What it ends, for whom, which one, and a keyed BLAKE2b hash of these. Nothing is stored: a mail
 * that is years old can still be ended, and a database that was read gives nobody such a word.
 */
#include "mail_token.h"

#include <sodium.h>

enum {
    BODY_SIZE = 1 + 2 * sizeof(Id),
    MARK_SIZE = 16,
    TOKEN_SIZE = BODY_SIZE + MARK_SIZE,
    VARIANT = sodium_base64_VARIANT_URLSAFE_NO_PADDING
};

/*
 * A key of its own, drawn from the server's: who gets hold of one token's hash learns nothing of
 * the key that signs the journal.
 */
void mail_token_key(const unsigned char *server_key, unsigned char out[MAIL_TOKEN_KEY_SIZE]) {
    static const char PURPOSE[] = "ondo mail unsubscribe 1";
    crypto_generichash(out, MAIL_TOKEN_KEY_SIZE, (const unsigned char *)PURPOSE, sizeof PURPOSE - 1,
                       server_key, crypto_sign_SECRETKEYBYTES);
}

/* Sixteen bytes cannot be guessed, and keep the address short enough for one line of a mail. */
static void mark(const unsigned char key[MAIL_TOKEN_KEY_SIZE], const unsigned char *body,
                 unsigned char out[MARK_SIZE]) {
    crypto_generichash(out, MARK_SIZE, body, BODY_SIZE, key, MAIL_TOKEN_KEY_SIZE);
}

Str mail_token_make(Arena *arena, const unsigned char key[MAIL_TOKEN_KEY_SIZE],
                    const MailToken *token) {
    unsigned char bytes[TOKEN_SIZE];
    char text[sodium_base64_ENCODED_LEN(TOKEN_SIZE, VARIANT)];
    bytes[0] = (unsigned char)token->ends;
    memcpy(bytes + 1, token->user.bytes, sizeof(Id));
    memcpy(bytes + 1 + sizeof(Id), token->about.bytes, sizeof(Id));
    mark(key, bytes, bytes + BODY_SIZE);
    sodium_bin2base64(text, sizeof text, bytes, sizeof bytes, VARIANT);
    return str_copy(arena, str_of(text));
}

/* Compared in constant time; what it says is looked at only when the hash is right. */
bool mail_token_read(const unsigned char key[MAIL_TOKEN_KEY_SIZE], Str text, MailToken *out) {
    unsigned char bytes[TOKEN_SIZE], expected[MARK_SIZE];
    size_t size = 0;
    const char *end = NULL;
    if (sodium_base642bin(bytes, sizeof bytes, text.data, text.size, NULL, &size, &end, VARIANT)) {
        return false;
    }
    if (size != TOKEN_SIZE || end != text.data + text.size) return false;
    mark(key, bytes, expected);
    if (sodium_memcmp(expected, bytes + BODY_SIZE, MARK_SIZE)) return false;
    *out = (MailToken){.ends = (MailEnds)bytes[0]};
    memcpy(out->user.bytes, bytes + 1, sizeof(Id));
    memcpy(out->about.bytes, bytes + 1 + sizeof(Id), sizeof(Id));
    return out->ends == MAIL_ENDS_DIGEST || out->ends == MAIL_ENDS_SUBSCRIPTION;
}
