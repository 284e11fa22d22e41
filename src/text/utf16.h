/*
 * Text on its way to ICU, which speaks UTF-16. Short text stays on the stack; longer text takes
 * memory that utf16_free gives back (fits CLEANUP). Initialise with utf16_from or utf16_init.
 */
#ifndef ONDO_TEXT_UTF16_H
#define ONDO_TEXT_UTF16_H

#include <unicode/utypes.h>

#include "buffer.h"

enum {
    UTF16_FEW = 256,              /* units kept on the stack */
    UTF16_TEXT_LIMIT = 256 << 20, /* bytes of UTF-8 that are looked at; the rest is cut off */
};

/** A text as ICU wants it, on the stack while it is short. */
typedef struct Utf16 {
    UChar *units; /* `few` or the memory of `more` */
    int32_t size, capacity;
    Buffer more;
    UChar few[UTF16_FEW];
} Utf16;

/** An empty text with the room of the stack. */
void utf16_init(Utf16 *out);
/** Sets `out` to the text; each malformed sequence becomes U+FFFD. `out` is initialised here. */
void utf16_from(Str text, Utf16 *out);
/** Makes room for `capacity` units; forgets what was there. */
void utf16_reserve(Utf16 *text, int32_t capacity);
/** Gives the memory back; the text is empty and usable afterwards. */
void utf16_free(Utf16 *text);
/** UTF-8 in the arena; a lone surrogate becomes U+FFFD. */
Str utf16_to_str(Arena *arena, const UChar *units, int32_t size);

#endif
