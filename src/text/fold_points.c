/*
 * Folding to code points, without joining the variants of Han. The stored search tokens are made of
 * its results, so a change here needs all of them to be made anew.
 */
#include "fold_points.h"

#include <assert.h>
#include <unicode/uchar.h>
#include <unicode/unorm2.h>
#include <unicode/uscript.h>
#include <unicode/utf16.h>
#include <unicode/utf8.h>

#include "kana.h"
#include "utf16.h"

enum {
    SMALL_LETTERS = 0xFF, /* from here on NFKC changes things */
    FULL_WIDTH_TO_ASCII = 0xFEE0,
    IDEOGRAPHIC_SPACE = 0x3000,
    DECOMPOSITION_ROOM = 32,
};

size_t point_write(uint32_t point, char *out) {
    size_t size = 0;
    U8_APPEND_UNSAFE(out, size, (UChar32)point);
    return size;
}

void points_free(Points *points) {
    buffer_free(&points->more);
    points->at = points->few;
    points->count = 0;
}

/* As many points as the text has bytes at most, so that writing them needs no checks. */
static void points_reserve(Points *points, size_t count) {
    points->at = points->few;
    points->count = 0;
    if (count <= POINTS_FEW) return;
    buffer_clear(&points->more);
    points->at = (uint32_t *)(void *)buffer_room(&points->more, count * sizeof(uint32_t));
}

/*
 * Characters that compatibility folding changes in a simple way or not at all, whatever follows:
 * their folded form, or 0 when ICU has to look at the whole text.
 */
static uint32_t fold_simple(uint32_t point) {
    if (point < 0x80) return point >= 'A' && point <= 'Z' ? point + ('a' - 'A') : point;
    if (point >= 0x3041 && point <= 0x3096) return point;
    if (point >= 0x30A1 && point <= 0x30FE) return kana_hiragana(point);
    if (point >= 0x4E00 && point <= 0x9FFF) return point;
    if (point == IDEOGRAPHIC_SPACE) return ' ';
    if (point > IDEOGRAPHIC_SPACE && point <= 0x3020) return point;
    if (point >= 0xFF01 && point <= 0xFF5E) return fold_simple(point - FULL_WIDTH_TO_ASCII);
    return 0;
}

/* False when the text holds anything that is not simple; `out` is then not usable. */
static bool fold_fast(Str text, Points *out) {
    const char *bytes = text.data;
    size_t count = 0;
    for (size_t i = 0; i < text.size;) {
        UChar32 point;
        U8_NEXT(bytes, i, text.size, point);
        if (point < 0) return false;
        uint32_t folded = fold_simple((uint32_t)point);
        if (!folded && point != 0) return false;
        out->at[count++] = folded;
    }
    out->count = count;
    return true;
}

/* Few texts grow by more than a half; the others are measured and done again. */
static void case_fold(const Utf16 *text, Utf16 *out) {
    UErrorCode error = U_ZERO_ERROR;
    const UNormalizer2 *normalizer = unorm2_getNFKCCasefoldInstance(&error);
    utf16_reserve(out, text->size + text->size / 2 + 1);
    out->size =
        unorm2_normalize(normalizer, text->units, text->size, out->units, out->capacity, &error);
    if (error == U_BUFFER_OVERFLOW_ERROR) {
        int32_t needed = out->size;
        error = U_ZERO_ERROR;
        utf16_reserve(out, needed + 1);
        out->size = unorm2_normalize(normalizer, text->units, text->size, out->units, out->capacity,
                                     &error);
    }
    assert(U_SUCCESS(error));
}

/* Latin, Greek and Cyrillic are the scripts whose marks people leave out when searching. */
static bool drops_marks(uint32_t point) {
    UErrorCode error = U_ZERO_ERROR;
    UScriptCode script = uscript_getScript((UChar32)point, &error);
    return script == USCRIPT_LATIN || script == USCRIPT_GREEK || script == USCRIPT_CYRILLIC;
}

/* Letters whose stroke or hook is no mark of its own and yet is left out by those without the key.
 */
static uint32_t plain_letter(uint32_t point) {
    switch (point) {
        case 0x00F8: return 'o';
        case 0x0111:
        case 0x00F0: return 'd';
        case 0x0127: return 'h';
        case 0x0131: return 'i';
        case 0x0142: return 'l';
        case 0x0167: return 't';
        default: return point;
    }
}

/* The base is the first of the full canonical decomposition; what follows it are marks. */
static uint32_t without_marks(uint32_t point) {
    UErrorCode error = U_ZERO_ERROR;
    UChar parts[DECOMPOSITION_ROOM];
    UChar32 base;
    int32_t at = 0;
    int32_t size = unorm2_getDecomposition(unorm2_getNFDInstance(&error), (UChar32)point, parts,
                                           DECOMPOSITION_ROOM, &error);
    if (U_FAILURE(error) || size <= 0) return plain_letter(point);
    U16_NEXT(parts, at, size, base);
    return plain_letter((uint32_t)base);
}

/* The hyphens and minus signs that keyboards and word processors put for "-". */
static bool is_hyphen(uint32_t point) {
    return (point >= 0x2010 && point <= 0x2015) || point == 0x2212;
}

static uint32_t fold_folded(uint32_t point, bool letter_drops_marks) {
    if (letter_drops_marks) return without_marks(point);
    if (is_hyphen(point)) return '-';
    return kana_hiragana(point);
}

/* Marks behind a base of the three scripts go, on whichever of the two NFKC has left them. */
static void fold_thorough(Str text, Points *out) {
    CLEANUP(utf16_free) Utf16 raw;
    CLEANUP(utf16_free) Utf16 folded;
    utf16_from(text, &raw);
    utf16_init(&folded);
    case_fold(&raw, &folded);
    points_reserve(out, (size_t)folded.size);
    bool dropping = false;
    for (int32_t i = 0; i < folded.size;) {
        UChar32 point;
        U16_NEXT(folded.units, i, folded.size, point);
        bool mark = point > SMALL_LETTERS && u_charType(point) == U_NON_SPACING_MARK;
        if (mark && dropping) continue;
        if (!mark) dropping = drops_marks((uint32_t)point);
        out->at[out->count++] = fold_folded((uint32_t)point, dropping);
    }
}

void fold_points(Str text, Points *out) {
    out->more = (Buffer){0};
    if (text.size > UTF16_TEXT_LIMIT) text.size = UTF16_TEXT_LIMIT;
    points_reserve(out, text.size);
    if (!fold_fast(text, out)) fold_thorough(text, out);
}
