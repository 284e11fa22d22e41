/* Tokens being gathered: each is kept once, in the order of first sight, separated by spaces. */
#ifndef ONDO_TEXT_TOKEN_SET_H
#define ONDO_TEXT_TOKEN_SET_H

#include "buffer.h"

enum {
    TOKEN_SIZE_LIMIT = 64, /* bytes of one token; longer words are cut between characters */
    TOKEN_SET_LIMIT =
        256 << 10, /* bytes of all tokens; PostgreSQL's tsvector bears four times that */
    TOKEN_SLOTS_FEW = 128,
};

/** Where a token stands in the text; size 0 marks a free slot. */
typedef struct TokenSlot {
    uint32_t hash;
    uint32_t start; /* of its text, in the set's */
    uint32_t size;
} TokenSlot;

/** Tokens, each once, in the order in which they came: open addressing, without memory of its own
 * while they are few. */
typedef struct TokenSet {
    Buffer text;
    Buffer more; /* memory of the slots when they are many */
    TokenSlot *slots;
    size_t slots_count; /* a power of two */
    size_t count;
    TokenSlot few[TOKEN_SLOTS_FEW];
} TokenSet;

/** An empty set; nothing is allocated until tokens are many. */
void token_set_init(TokenSet *set);
/** Gives the memory back. Fits CLEANUP. */
void token_set_free(TokenSet *set);
/** Adds a token that is not empty; beyond TOKEN_SET_LIMIT bytes in all further ones are left out.
 */
void token_set_add(TokenSet *set, Str token);

#endif
