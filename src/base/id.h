/* Identifiers: UUID version 7 (RFC 9562), 16 bytes, ordered by the time they were made. */
#ifndef ONDO_BASE_ID_H
#define ONDO_BASE_ID_H

#include "str.h"

/**
 * A UUID of version 7: its first 48 bits are the milliseconds of its making, so that ids ascend
 * and rows of one day lie together. All zero: none.
 */
typedef struct Id {
    unsigned char bytes[16];
} Id;

enum { ID_TEXT_SIZE = 36 };

/**
 * A new identifier for the instant (milliseconds since 1970 UTC). Identifiers of one thread
 * strictly increase, also within a millisecond and when the clock goes back.
 */
Id id_new(int64_t instant);

/** Reads the canonical 8-4-4-4-12 form, any case, any UUID version; false for anything else. */
MUST_USE bool id_parse(Str text, Id *out);

/** Writes the 36 lower-case characters; no NUL behind them. */
void id_write(Id id, char out[static ID_TEXT_SIZE]);

/** As id_write, in the arena. */
Str id_text(Arena *arena, Id id);

static inline bool id_equal(Id a, Id b) {
    return memcmp(a.bytes, b.bytes, sizeof a.bytes) == 0;
}
/** True for the identifier of all zero bytes, which stands for "none". */
bool id_none(Id id);

#endif
