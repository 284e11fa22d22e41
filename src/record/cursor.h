/* Opaque cursors of keyset lists: where the last page ended, and of which list it was. */
#ifndef ONDO_RECORD_CURSOR_H
#define ONDO_RECORD_CURSOR_H

#include "str.h"
#include "value.h"

enum { CURSOR_VALUES_MOST = 4 };

/** The sort values of the last record of a page, and its id. */
typedef struct Cursor {
    Value values[CURSOR_VALUES_MOST]; /* of the last record shown, in the order of the sorting */
    size_t count;
    Id id; /* of that record, since values may be equal */
} Cursor;

/** Base64url text; `list` names the list (object and sort), so that a cursor of another is noticed.
 */
Str cursor_write(Arena *arena, Str list, const Cursor *cursor);

/** False when the text is no cursor of this list. */
MUST_USE bool cursor_read(Arena *arena, Str text, Str list, Cursor *out);

#endif
