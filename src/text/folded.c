/*
 * Most notes are ASCII, kana and common Han, for which folding is arithmetic and one table; ICU is
 * asked for the rest, one character at a time.
 */
#include "folded.h"

#include <assert.h>
#include <unicode/uchar.h>
#include <unicode/unorm2.h>
#include <unicode/utf16.h>
#include <unicode/utf8.h>

#include "han.h"
#include "kana.h"

enum {
    ROOM_PER_BYTE = 2, /* a byte gives no more points than this, see EXPANSION_MOST */
    EXPANSION_MOST = 4,
    DECOMPOSITION_ROOM = 32,
    FULL_WIDTH_FIRST = 0xFF01,
    FULL_WIDTH_LAST = 0xFF5E,
    FULL_WIDTH_TO_ASCII = 0xFEE0,
    IDEOGRAPHIC_SPACE = 0x3000,
    CJK_FIRST = 0x2E80, /* from here on words are not written apart */
    ASTRAL_FIRST = 0x10000,
};

/* A text being folded, with the place of every character in the original. */
typedef struct Folding {
    FoldedPoint *at;
    size_t count, room;
    uint32_t byte, unit; /* where the character that is being folded began */
    bool katakana;       /* that character is katakana, in full or half width */
} Folding;

bool folded_is_letter(uint32_t point) {
    if (point < 0x80) return (point >= 'a' && point <= 'z') || (point >= 'A' && point <= 'Z');
    return point < CJK_FIRST && u_isalpha((UChar32)point);
}

bool folded_joined(uint32_t a, uint32_t b) {
    return (folded_is_letter(a) && folded_is_letter(b)) ||
           (folded_is_digit(a) && folded_is_digit(b));
}

TextSpan folded_span(const FoldedText *text, size_t start, size_t end) {
    const FoldedPoint *at = text->at;
    while (end && end < text->count && at[end].byte == at[end - 1].byte) end++;
    return (TextSpan){.byte_start = at[start].byte,
                      .byte_end = at[end].byte,
                      .unit_start = at[start].unit,
                      .unit_end = at[end].unit};
}

/* The room suffices for every text; the bound is here so that no mistake can pass it. */
static void put(Folding *folding, uint32_t point) {
    if (folding->count >= folding->room) return;
    folding->at[folding->count++] = (FoldedPoint){.point = point,
                                                  .byte = folding->byte,
                                                  .unit = folding->unit,
                                                  .katakana = folding->katakana};
}

static uint32_t lower_ascii(uint32_t point) {
    return point >= 'A' && point <= 'Z' ? point + ('a' - 'A') : point;
}

static bool is_mark(uint32_t point) {
    return (U_GET_GC_MASK((UChar32)point) & U_GC_M_MASK) != 0;
}

/* A voicing mark that stands for itself belongs to the kana before it: か and its mark are が. */
static void join_mark(Folding *folding, uint32_t mark) {
    UErrorCode error = U_ZERO_ERROR;
    if (!folding->count || !kana_is(folding->at[folding->count - 1].point)) return;
    FoldedPoint *last = &folding->at[folding->count - 1];
    UChar32 joined =
        unorm2_composePair(unorm2_getNFCInstance(&error), (UChar32)last->point, (UChar32)mark);
    if (U_SUCCESS(error) && joined >= 0) last->point = (uint32_t)joined;
}

/* Full-width signs, ligatures, circled digits, letters with marks: as ICU takes them apart. */
static void put_decomposed(Folding *folding, uint32_t point) {
    UErrorCode error = U_ZERO_ERROR;
    UChar parts[DECOMPOSITION_ROOM];
    const UNormalizer2 *normalizer = unorm2_getNFKCCasefoldInstance(&error);
    int32_t size =
        unorm2_getDecomposition(normalizer, (UChar32)point, parts, DECOMPOSITION_ROOM, &error);
    if (U_FAILURE(error) || size < 0) {
        put(folding, han_unify(point));
        return;
    }
    int written = 0;
    for (int32_t i = 0; i < size && written < EXPANSION_MOST;) {
        UChar32 part;
        U16_NEXT(parts, i, size, part);
        if (is_mark((uint32_t)part)) continue;
        put(folding, han_unify(kana_hiragana((uint32_t)part)));
        written++;
    }
}

static void fold_point(Folding *folding, uint32_t point) {
    if (point < 0x80) {
        put(folding, lower_ascii(point));
    } else if ((point >= 0x3041 && point <= 0x30FE) || point == 0x3001 || point == 0x3002) {
        if (is_mark(point))
            join_mark(folding, point);
        else
            put(folding, kana_hiragana(point));
    } else if (point >= 0x4E00 && point <= 0x9FFF) {
        put(folding, han_unify(point));
    } else if (point >= FULL_WIDTH_FIRST && point <= FULL_WIDTH_LAST) {
        put(folding, lower_ascii(point - FULL_WIDTH_TO_ASCII));
    } else if (point == IDEOGRAPHIC_SPACE) {
        put(folding, ' ');
    } else if (!is_mark(point)) {
        put_decomposed(folding, point);
    }
}

/* With the sign of a long vowel. */
static bool is_katakana(uint32_t point) {
    return (point >= 0x30A1 && point <= 0x30FC && point != 0x30FB) ||
           (point >= 0xFF66 && point <= 0xFF9D);
}

/* UTF-16 units of what lies between two places, which are borders of characters. */
static uint32_t units_of(Str text, size_t from, size_t to) {
    uint32_t units = 0;
    while (from < to) {
        UChar32 point;
        U8_NEXT_OR_FFFD(text.data, from, to, point);
        units += point >= ASTRAL_FIRST ? 2 : 1;
    }
    return units;
}

FoldedText folded_text(Arena *arena, Str text) {
    if (text.size > FOLDED_TEXT_LIMIT) text.size = FOLDED_TEXT_LIMIT;
    Folding folding = {.room = text.size * ROOM_PER_BYTE};
    folding.at = arena_take(arena, (folding.room + 1) * sizeof(FoldedPoint));
    for (size_t at = 0; at < text.size;) {
        size_t before = at;
        uint32_t point = kana_next(text, &at);
        folding.byte = (uint32_t)before;
        folding.katakana = is_katakana(point);
        fold_point(&folding, point);
        folding.unit += at - before == 1 ? 1 : units_of(text, before, at);
    }
    folding.at[folding.count] = (FoldedPoint){.byte = (uint32_t)text.size, .unit = folding.unit};
    return (FoldedText){.at = folding.at, .count = folding.count};
}
