/*
 * Small, pure functions from text to text, by name. A map may name several; they are applied in
 * order. None can fail: what a transform cannot change it hands on, and the field's own check says
 * what is wrong.
 */
#include "transform.h"

#include <unicode/ucasemap.h>

#include "buffer.h"
#include "fold.h"
#include "kana.h"

static Str trim(Arena *arena, Str text) {
    return text_normalize(arena, text);
}

/* Letters of any script; a letter may become several (ß to SS). */
typedef int32_t CaseMap(const UCaseMap *map, char *out, int32_t room, const char *text,
                        int32_t size, UErrorCode *error);

static Str change_case(Arena *arena, Str text, CaseMap *change) {
    UErrorCode error = U_ZERO_ERROR;
    if (text.size > INT32_MAX / 4) return text;
    UCaseMap *map = ucasemap_open("", 0, &error);
    int32_t room = (int32_t)text.size * 3 + 1;
    char *out = arena_take(arena, (size_t)room);
    int32_t size = change(map, out, room, text.data ? text.data : "", (int32_t)text.size, &error);
    ucasemap_close(map);
    return U_SUCCESS(error) ? (Str){.data = out, .size = (size_t)size} : text;
}

static Str upper(Arena *arena, Str text) {
    return change_case(arena, text, ucasemap_utf8ToUpper);
}

static Str lower(Arena *arena, Str text) {
    return change_case(arena, text, ucasemap_utf8ToLower);
}

/* For telephone numbers and codes written with hyphens, blanks or full-width digits. */
static Str digits(Arena *arena, Str text) {
    Str usual = text_usual_width(arena, text);
    char *out = arena_take(arena, usual.size + 1);
    size_t size = 0;
    for (size_t i = 0; i < usual.size; i++) {
        if (usual.data[i] >= '0' && usual.data[i] <= '9') out[size++] = usual.data[i];
    }
    return (Str){.data = out, .size = size};
}

/* The points come from well-formed text, so every one of them can be written. */
static void add_point(Buffer *out, uint32_t point) {
    if (point < 0x80) {
        buffer_add_byte(out, (char)point);
    } else if (point < 0x800) {
        buffer_add_byte(out, (char)(0xC0 | point >> 6));
        buffer_add_byte(out, (char)(0x80 | (point & 0x3F)));
    } else if (point < 0x10000) {
        buffer_add_byte(out, (char)(0xE0 | point >> 12));
        buffer_add_byte(out, (char)(0x80 | (point >> 6 & 0x3F)));
        buffer_add_byte(out, (char)(0x80 | (point & 0x3F)));
    } else {
        buffer_add_byte(out, (char)(0xF0 | point >> 18));
        buffer_add_byte(out, (char)(0x80 | (point >> 12 & 0x3F)));
        buffer_add_byte(out, (char)(0x80 | (point >> 6 & 0x3F)));
        buffer_add_byte(out, (char)(0x80 | (point & 0x3F)));
    }
}

/* Hiragana ぁ to ゖ and ゝゞ have their katakana 0x60 further on. */
static uint32_t katakana(uint32_t point) {
    bool hiragana = (point >= 0x3041 && point <= 0x3096) || point == 0x309D || point == 0x309E;
    return hiragana ? point + 0x60 : point;
}

static Str change_kana(Arena *arena, Str text, uint32_t (*change)(uint32_t)) {
    Buffer out CLEANUP(buffer_free) = {0};
    for (size_t at = 0; at < text.size;) add_point(&out, change(kana_next(text, &at)));
    return str_copy(arena, buffer_str(&out));
}

static Str kana(Arena *arena, Str text) {
    return change_kana(arena, text, katakana);
}

static Str hiragana(Arena *arena, Str text) {
    return change_kana(arena, text, kana_hiragana);
}

/* Blanks of any kind, the ideographic one too, become one space; line ends and tabs as well. */
static Str spaces(Arena *arena, Str text) {
    static const Str WIDE = STR_INIT("\u3000");
    Buffer out CLEANUP(buffer_free) = {0};
    bool blank = false;
    for (size_t i = 0; i < text.size;) {
        bool wide = str_starts(str_part(text, i, WIDE.size), WIDE);
        bool narrow = memchr(" \t\r\n", text.data[i], 4) != NULL;
        size_t size = wide ? WIDE.size : 1;
        if (!wide && !narrow) {
            if (blank && out.size) buffer_add_byte(&out, ' ');
            buffer_add(&out, str_part(text, i, size));
        }
        blank = wide || narrow;
        i += size;
    }
    return str_copy(arena, buffer_str(&out));
}

static const Transform TRANSFORMS[] = {
    {.name = "trim", .apply = trim},              /* blanks at both ends cut */
    {.name = "width", .apply = text_usual_width}, /* full-width letters, half-width kana */
    {.name = "upper", .apply = upper},            /* capital letters */
    {.name = "lower", .apply = lower},            /* small letters */
    {.name = "digits", .apply = digits},          /* digits only, of usual width */
    {.name = "spaces", .apply = spaces},          /* blanks in a row become one space */
    {.name = "kana", .apply = kana},              /* hiragana, half-width kana to katakana */
    {.name = "hiragana", .apply = hiragana},      /* katakana to hiragana */
};

const Transform *transform_named(Str name) {
    for (size_t i = 0; i < sizeof TRANSFORMS / sizeof *TRANSFORMS; i++) {
        if (str_is(name, TRANSFORMS[i].name)) return &TRANSFORMS[i];
    }
    return NULL;
}
