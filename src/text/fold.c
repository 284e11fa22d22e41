/*
 * Folding for comparison, normalising for storage. The common case, text that is already as it
 * should be, is recognised without ICU, since every value of every request goes through here.
 */
#include "fold.h"

#include <assert.h>
#include <unicode/ubrk.h>
#include <unicode/uchar.h>
#include <unicode/unorm2.h>
#include <unicode/utext.h>
#include <unicode/utf16.h>
#include <unicode/utf8.h>

#include "fold_points.h"
#include "han.h"
#include "kana.h"
#include "text_thread.h"
#include "utf16.h"

enum {
    ALWAYS_NFC = 0x300, /* below this no character combines with anything */
    FULL_WIDTH_TO_ASCII = 0xFEE0,
    IDEOGRAPHIC_SPACE = 0x3000,
    ZERO_WIDTH_SPACE = 0x200B,
    BYTE_ORDER_MARK = 0xFEFF,
};

/* The variants of Han are joined last: NFKC has made one form of the compatibility characters. */
Str text_fold(Arena *arena, Str text) {
    CLEANUP(points_free) Points points;
    fold_points(text, &points);
    char *out = arena_take(arena, points.count * POINT_BYTES + 1);
    size_t size = 0;
    for (size_t i = 0; i < points.count; i++)
        size += point_write(han_unify(points.at[i]), out + size);
    return (Str){.data = out, .size = size};
}

/* Zero-width space and byte order mark are no white space to Unicode, and none the less invisible.
 */
static bool is_space(UChar32 point) {
    return u_isUWhiteSpace(point) || point == ZERO_WIDTH_SPACE || point == BYTE_ORDER_MARK;
}

static Str trim_left(Str text) {
    size_t start = 0;
    while (start < text.size) {
        size_t next = start;
        UChar32 point;
        U8_NEXT(text.data, next, text.size, point);
        if (!is_space(point)) break;
        start = next;
    }
    return (Str){.data = text.data + start, .size = text.size - start};
}

/* Without the white space at its end; looks at one character's bytes at a time. */
static Str trim_right(Str text) {
    while (text.size > 0) {
        size_t window = text.size < POINT_BYTES ? text.size : POINT_BYTES;
        const char *bytes = text.data + text.size - window;
        int32_t at = (int32_t)window;
        UChar32 point;
        U8_PREV(bytes, 0, at, point);
        if (!is_space(point)) break;
        text.size -= window - (size_t)at;
    }
    return text;
}

static Str trim(Str text) {
    return text.size ? trim_right(trim_left(text)) : text;
}

/* Well formed, without NUL, and nothing in it that could combine: is what it should be already. */
static bool is_normal_for_sure(Str text) {
    for (size_t i = 0; i < text.size;) {
        UChar32 point;
        U8_NEXT(text.data, i, text.size, point);
        if (point <= 0) return false;
        bool kana =
            point >= IDEOGRAPHIC_SPACE && point < 0x3099 && !(point >= 0x302A && point < 0x3030);
        bool katakana = point > 0x309A && point < 0x3100;
        bool han = point >= 0x3400 && point < 0xA000;
        bool wide = point >= 0xFF00 && point < 0xFFF0;
        if (point >= ALWAYS_NFC && !kana && !katakana && !han && !wide) return false;
    }
    return true;
}

/* A NUL cannot be stored by PostgreSQL; it is no text anyway. */
static void replace_nuls(Utf16 *text) {
    for (int32_t i = 0; i < text->size; i++) {
        if (text->units[i] == 0) text->units[i] = 0xFFFD;
    }
}

Str text_normalize(Arena *arena, Str text) {
    UErrorCode error = U_ZERO_ERROR;
    text = trim(text);
    if (is_normal_for_sure(text)) return str_copy(arena, text);
    CLEANUP(utf16_free) Utf16 raw;
    CLEANUP(utf16_free) Utf16 normal;
    utf16_from(text, &raw);
    replace_nuls(&raw);
    utf16_init(&normal);
    const UNormalizer2 *normalizer = unorm2_getNFCInstance(&error);
    int32_t needed =
        unorm2_normalize(normalizer, raw.units, raw.size, normal.units, normal.capacity, &error);
    if (error == U_BUFFER_OVERFLOW_ERROR) {
        error = U_ZERO_ERROR;
        utf16_reserve(&normal, needed + 1);
        needed = unorm2_normalize(normalizer, raw.units, raw.size, normal.units, normal.capacity,
                                  &error);
    }
    assert(U_SUCCESS(error));
    return utf16_to_str(arena, normal.units, needed);
}

/* The symbols stand in the order of their full-width forms: ￠ ￡ ￢ ￣ ￤ ￥ ￦. */
static uint32_t usual_symbol(uint32_t point) {
    static const uint16_t symbols[] = {0xA2, 0xA3, 0xAC, 0xAF, 0xA6, 0xA5, 0x20A9};
    if (point == IDEOGRAPHIC_SPACE) return ' ';
    if (point >= 0xFF01 && point <= 0xFF5E) return point - FULL_WIDTH_TO_ASCII;
    if (point >= 0xFFE0 && point <= 0xFFE6) return symbols[point - 0xFFE0];
    return point;
}

Str text_usual_width(Arena *arena, Str text) {
    /* A malformed byte becomes the three bytes of U+FFFD; nothing else grows. */
    char *out = arena_take(arena, text.size * 3 + 1);
    size_t size = 0;
    for (size_t i = 0; i < text.size;) {
        size += point_write(usual_symbol(kana_next(text, &i)), out + size);
    }
    return (Str){.data = out, .size = size};
}

/* One code point, one character: true of ASCII but CR, of kana and of Han (U+3099 combines). */
static bool counts_alone(UChar32 point) {
    if (point < 0x80) return point != '\r';
    return (point > 0x3030 && point < 0x3099) || (point > 0x309A && point < 0x3100) ||
           (point >= 0x4E00 && point < 0xA000) || (point > 0xFF00 && point < 0xFF9E);
}

/* The iterator is this thread's own; it reads UTF-8 in place, malformed bytes one by one. */
static size_t count_clusters(Str text) {
    UErrorCode error = U_ZERO_ERROR;
    UText view = UTEXT_INITIALIZER;
    TextThread *thread = text_thread();
    size_t count = 0;
    if (!thread->characters) thread->characters = ubrk_open(UBRK_CHARACTER, "", NULL, 0, &error);
    utext_openUTF8(&view, text.data, (int64_t)text.size, &error);
    ubrk_setUText(thread->characters, &view, &error);
    assert(U_SUCCESS(error));
    while (ubrk_next(thread->characters) != UBRK_DONE) count++;
    utext_close(&view);
    return count;
}

size_t text_count_characters(Str text) {
    size_t count = 0;
    if (text.size > UTF16_TEXT_LIMIT) text.size = UTF16_TEXT_LIMIT;
    for (size_t i = 0; i < text.size; count++) {
        UChar32 point;
        U8_NEXT(text.data, i, text.size, point);
        if (point < 0 || !counts_alone(point)) return count_clusters(text);
    }
    return count;
}
