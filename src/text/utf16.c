/*
 * Conversion between UTF-8 and ICU's UTF-16. Names and cells are short, so they stay on the stack;
 * malformed input becomes U+FFFD and never an error, for by now there is nobody to tell.
 */
#include "utf16.h"

#include <assert.h>
#include <unicode/ustring.h>
#include <unicode/utf8.h>

enum { REPLACEMENT = 0xFFFD, BYTES_OF_UNIT = 3 /* most UTF-8 bytes that one unit becomes */ };

void utf16_init(Utf16 *out) {
    out->units = out->few;
    out->size = 0;
    out->capacity = UTF16_FEW;
    out->more = (Buffer){0};
}

/* What was there is of no use to any caller, so growing copies nothing. */
void utf16_reserve(Utf16 *text, int32_t capacity) {
    text->size = 0;
    if (capacity <= text->capacity) return;
    buffer_clear(&text->more);
    text->units = (UChar *)(void *)buffer_room(&text->more, (size_t)capacity * sizeof(UChar));
    text->capacity = capacity;
}

void utf16_from(Str text, Utf16 *out) {
    UErrorCode error = U_ZERO_ERROR;
    if (text.size > UTF16_TEXT_LIMIT) text.size = UTF16_TEXT_LIMIT;
    utf16_init(out);
    if (!text.size) return;
    utf16_reserve(out, (int32_t)text.size + 1);
    u_strFromUTF8WithSub(out->units, out->capacity, &out->size, text.data, (int32_t)text.size,
                         REPLACEMENT, NULL, &error);
    assert(U_SUCCESS(error)); /* no byte becomes more than one unit */
}

void utf16_free(Utf16 *text) {
    buffer_free(&text->more);
    utf16_init(text);
}

Str utf16_to_str(Arena *arena, const UChar *units, int32_t size) {
    UErrorCode error = U_ZERO_ERROR;
    int32_t written = 0;
    if (size == 0) return str_copy(arena, STR(""));
    char *out = arena_take(arena, (size_t)size * BYTES_OF_UNIT + 1);
    u_strToUTF8WithSub(out, size * BYTES_OF_UNIT + 1, &written, units, size, REPLACEMENT, NULL,
                       &error);
    assert(U_SUCCESS(error));
    return (Str){.data = out, .size = (size_t)written};
}
