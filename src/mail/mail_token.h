/*
 * Signed words that stand in the headers of a mail and end what it belongs to, without sign-in (RFC
 * 2369, RFC 8058): for whom, and which of their mails. They need no table, hold no secret of the
 * person, and can do nothing else.
 */
#ifndef ONDO_MAIL_MAIL_TOKEN_H
#define ONDO_MAIL_MAIL_TOKEN_H

#include "id.h"
#include "str.h"

enum { MAIL_TOKEN_KEY_SIZE = 32 };

/** What a token ends. */
typedef enum MailEnds { MAIL_ENDS_DIGEST = 1, MAIL_ENDS_SUBSCRIPTION = 2 } MailEnds;

/** What a word in the foot of a mail stands for. */
typedef struct MailToken {
    MailEnds ends;
    Id user;
    Id about; /* the subscription; none for the digest */
} MailToken;

/** The key of tokens, from the server's own (Ed25519, 64 bytes), which it does not give away. */
void mail_token_key(const unsigned char *server_key, unsigned char out[MAIL_TOKEN_KEY_SIZE]);

/** Text for an address: letters, digits, "-" and "_". */
Str mail_token_make(Arena *arena, const unsigned char key[MAIL_TOKEN_KEY_SIZE],
                    const MailToken *token);

/** False for anything that was not made with this key. */
MUST_USE bool mail_token_read(const unsigned char key[MAIL_TOKEN_KEY_SIZE], Str text,
                              MailToken *out);

#endif
