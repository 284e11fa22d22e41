/*
 * Points for characters: much for those that the language's texts are mostly made of, little for
 * rare ones, and a heavy price for what no writer would have meant. What counts is the order of the
 * weights and how they balance, for a guess is only ever compared with other guesses about the same
 * bytes.
 */
#include "encoding_score.h"

#include <assert.h>
#include <unicode/uchar.h>
#include <unicode/ucnv.h>
#include <unicode/utf16.h>
#include <unicode/utf8.h>

#include "encoding_common.h"
#include "utf16.h"

enum {
    HAN_FIRST = 0x4E00,
    HAN_LAST = 0x9FFF,
    HAN_COUNT = HAN_LAST - HAN_FIRST + 1,
    REPLACEMENT = 0xFFFD,
};

/* Points of one character; a character of two bytes is worth twice a character of one. */
#define POINTS_KANA 3.0
#define POINTS_COMMON_HAN 3.5
#define POINTS_USUAL_HAN 1.0 /* in the first level of its standard: the more frequent half */
#define POINTS_RARE_HAN (-1.5)
#define POINTS_PUNCTUATION 2.5
#define POINTS_FULL_WIDTH 1.5
#define POINTS_HALF_KANA 1.1
#define POINTS_LONE_HALF_KANA (-2.5)
#define POINTS_SYMBOL (-0.5)
#define POINTS_MALFORMED (-12.0)
#define POINTS_PRIVATE (-6.0)
#define POINTS_CONTROL (-6.0)
#define POINTS_FOREIGN_KANA 0.2 /* kana in an encoding of Chinese: possible, and rarely meant */
#define POINTS_UNITS_OF_ASCII 3.0
#define POINTS_ACCENTED 1.4
#define POINTS_LONE_ACCENTED (-1.0)
#define POINTS_OTHER (-2.0)

/* Characters that are common in a language, a bit each. */
typedef struct HanSet {
    uint8_t bits[HAN_COUNT / 8];
} HanSet;

static void han_set_add(HanSet *set, const char *text) {
    for (size_t i = 0; text[i];) {
        UChar32 point;
        U8_NEXT_UNSAFE(text, i, point);
        if (point < HAN_FIRST || point > HAN_LAST) continue;
        size_t at = (size_t)point - HAN_FIRST;
        set->bits[at / 8] |= (uint8_t)(1U << (at % 8));
    }
}

/* Only for code points of the span; callers have checked. */
static bool han_set_has(const HanSet *set, UChar32 point) {
    size_t at = (size_t)point - HAN_FIRST;
    return set->bits[at / 8] & (1U << (at % 8));
}

#define ADD_ALL(set, lines) \
    for (size_t i = 0; i < sizeof(lines) / sizeof(lines)[0]; i++) han_set_add((set), (lines)[i])

/* UTF-16 may hold any of the languages. */
static void common_of(Encoding encoding, HanSet *out) {
    *out = (HanSet){0};
    bool any = encoding == ENCODING_UTF16_LE || encoding == ENCODING_UTF16_BE;
    if (any || encoding == ENCODING_SHIFT_JIS || encoding == ENCODING_EUC_JP) {
        ADD_ALL(out, common_japanese);
    }
    if (any || encoding == ENCODING_GB18030) ADD_ALL(out, common_simplified);
    if (any || encoding == ENCODING_BIG5) ADD_ALL(out, common_traditional);
}

/* Lead bytes of the first level of each standard. */
static bool first_level(Encoding encoding, unsigned char lead) {
    switch (encoding) {
        case ENCODING_SHIFT_JIS: return lead >= 0x88 && lead <= 0x98;
        case ENCODING_EUC_JP: return lead >= 0xB0 && lead <= 0xCF;
        case ENCODING_GB18030: return lead >= 0xB0 && lead <= 0xD7;
        case ENCODING_BIG5: return lead >= 0xA4 && lead <= 0xC6;
        default: return false;
    }
}

/* One decoded character, with what its points depend on. */
typedef struct Sight {
    UChar32 point;
    UChar32 before, after; /* its neighbours, 0 at the ends */
    unsigned char lead;    /* its first byte */
    size_t bytes;
} Sight;

static bool is_half_kana(UChar32 point) {
    return point >= 0xFF61 && point <= 0xFF9F;
}

static bool is_ascii_letter(UChar32 point) {
    return (point >= 'a' && point <= 'z') || (point >= 'A' && point <= 'Z');
}

static bool is_utf16(Encoding encoding) {
    return encoding == ENCODING_UTF16_LE || encoding == ENCODING_UTF16_BE;
}

static double han_points(Encoding encoding, const HanSet *common, const Sight *sight) {
    if (han_set_has(common, sight->point)) return POINTS_COMMON_HAN;
    return first_level(encoding, sight->lead) ? POINTS_USUAL_HAN : POINTS_RARE_HAN;
}

static bool is_half_mark(UChar32 point) {
    return point == 0xFF9E || point == 0xFF9F;
}

/* Half-width kana that a voicing mark may follow: ka to to, ha to ho, and u. */
static bool takes_half_mark(UChar32 point) {
    return (point >= 0xFF76 && point <= 0xFF84) || (point >= 0xFF8A && point <= 0xFF8E) ||
           point == 0xFF73;
}

/* Small kana, the long mark and n begin no word. */
static bool begins_no_word(UChar32 point) {
    return (point >= 0xFF67 && point <= 0xFF70) || point == 0xFF9D;
}

/*
 * Half-width kana stand in words and in their order; a lone one, or a mark behind a sound that has
 * no voice, is a part of something else misread.
 */
static double half_kana_points(const Sight *sight) {
    bool word = is_half_kana(sight->before) || is_half_kana(sight->after);
    if (!word) return POINTS_LONE_HALF_KANA;
    if (is_half_mark(sight->point) && !takes_half_mark(sight->before)) return POINTS_LONE_HALF_KANA;
    bool first = !is_half_kana(sight->before);
    if (first && begins_no_word(sight->point)) return POINTS_LONE_HALF_KANA;
    /* Two bytes each, as EUC-JP has them, is a pattern that nothing else makes. */
    return sight->bytes > 1 ? POINTS_KANA + 1 : POINTS_HALF_KANA;
}

/* An accented letter stands in a word of plain ones; other bytes above ASCII seldom do. */
static double letter_points(const Sight *sight) {
    bool word = is_ascii_letter(sight->before) || is_ascii_letter(sight->after);
    return word ? POINTS_ACCENTED : POINTS_LONE_ACCENTED;
}

/* Boxes, arrows and squared words are rare in text and frequent in bytes misread. */
static double symbol_points(UChar32 point) {
    if (u_charType(point) == U_PRIVATE_USE_CHAR) return POINTS_PRIVATE;
    if (u_iscntrl(point) || !u_isdefined(point)) return POINTS_CONTROL;
    bool symbol = (point >= 0x2000 && point < 0x2700) || (point >= 0x3200 && point < 0x3400);
    return symbol ? POINTS_SYMBOL : POINTS_OTHER;
}

static double points_of(Encoding encoding, const HanSet *common, const Sight *sight) {
    UChar32 point = sight->point;
    bool chinese = encoding == ENCODING_GB18030 || encoding == ENCODING_BIG5;
    if (point == REPLACEMENT) return POINTS_MALFORMED;
    if (point < 0x20) return point == '\t' || point == '\n' || point == '\r' ? 1 : POINTS_CONTROL;
    if (point < 0x80) return POINTS_UNITS_OF_ASCII;
    if (point >= HAN_FIRST && point <= HAN_LAST) return han_points(encoding, common, sight);
    if (point >= 0x3041 && point <= 0x30FE) return chinese ? POINTS_FOREIGN_KANA : POINTS_KANA;
    if (point >= 0x3000 && point <= 0x3020) return POINTS_PUNCTUATION;
    if (point >= 0xFF01 && point <= 0xFF5E) return POINTS_FULL_WIDTH;
    if (is_half_kana(point)) return half_kana_points(sight);
    if (point < 0x250 && u_isalpha(point)) return letter_points(sight);
    return symbol_points(point);
}

/* Units with the offset of the byte that each began at. */
typedef struct Decoded {
    Utf16 units;
    Buffer offsets;
} Decoded;

static void decoded_free(Decoded *decoded) {
    utf16_free(&decoded->units);
    buffer_free(&decoded->offsets);
}

static void drop_converter(UConverter **converter) {
    if (*converter) ucnv_close(*converter);
}

/* Twice the bytes in units is more than any converter gives. */
static void decode(Encoding encoding, Str bytes, Decoded *out) {
    UErrorCode error = U_ZERO_ERROR;
    CLEANUP(drop_converter) UConverter *converter = ucnv_open(encoding_icu_name(encoding), &error);
    utf16_init(&out->units);
    out->offsets = (Buffer){0};
    int32_t room = (int32_t)bytes.size * 2 + 2;
    utf16_reserve(&out->units, room);
    int32_t *offsets =
        (int32_t *)(void *)buffer_room(&out->offsets, (size_t)room * sizeof(int32_t));
    UChar *target = out->units.units;
    const char *source = bytes.data;
    /* Not flushed: the sample may end within a character, which then does not count. */
    ucnv_toUnicode(converter, &target, target + room, &source, bytes.data + bytes.size, offsets,
                   false, &error);
    assert(U_SUCCESS(error));
    out->units.size = (int32_t)(target - out->units.units);
}

/* The bytes of the character that starts at unit `at` and ends before unit `next`. */
static size_t bytes_between(const Decoded *decoded, Str bytes, int32_t at, int32_t next) {
    const int32_t *offsets = (const int32_t *)(const void *)decoded->offsets.data;
    int32_t end = next < decoded->units.size ? offsets[next] : (int32_t)bytes.size;
    return end > offsets[at] ? (size_t)(end - offsets[at]) : 1;
}

static UChar32 unit_at(const Utf16 *units, int32_t at) {
    return at >= 0 && at < units->size ? units->units[at] : 0;
}

/* By bytes, not characters: an encoding must not win by reading two characters as one. */
double encoding_score(Encoding encoding, Str bytes) {
    CLEANUP(decoded_free) Decoded decoded;
    HanSet common;
    double points = 0;
    size_t counted = 0;
    common_of(encoding, &common);
    decode(encoding, bytes, &decoded);
    const int32_t *offsets = (const int32_t *)(const void *)decoded.offsets.data;
    for (int32_t i = 0, next = 0; i < decoded.units.size; i = next) {
        Sight sight = {.before = unit_at(&decoded.units, i - 1)};
        U16_NEXT(decoded.units.units, next, decoded.units.size, sight.point);
        if (sight.point < 0x80 && !is_utf16(encoding)) continue;
        sight.after = unit_at(&decoded.units, next);
        sight.lead = (unsigned char)bytes.data[offsets[i]];
        sight.bytes = bytes_between(&decoded, bytes, i, next);
        points += points_of(encoding, &common, &sight);
        counted += sight.bytes;
    }
    return counted ? points / (double)counted : 0;
}
