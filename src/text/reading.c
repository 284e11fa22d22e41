/*
 * Readings for people, made run by run. Japanese names in Han have no reading that could be
 * computed; what kana say is written down, the rest stays as it is.
 */
#include "reading.h"

#include <unicode/uchar.h>
#include <unicode/utf8.h>

#include "fold_points.h"
#include "han.h"
#include "kana.h"

enum {
    RUN_LIMIT = 64, /* characters read together; longer runs are read in parts */
    FIRST_HAN = 0x3400,
    LAST_HAN = 0x9FFF,
    HAN_REPEAT = 0x3005, /* 々 */
};

static void add_point(Buffer *out, uint32_t point) {
    char bytes[POINT_BYTES];
    buffer_add(out, (Str){.data = bytes, .size = point_write(point, bytes)});
}

/* Straight into the buffer: the room is the most that a run can become. */
static void add_romaji(Buffer *out, const uint32_t *run, size_t count) {
    char *room = buffer_room(out, count * KANA_ROMAJI_SIZE);
    out->size += kana_romaji(run, count, room);
}

Str reading_romaji(Arena *arena, Str text) {
    CLEANUP(buffer_free) Buffer out = {0};
    uint32_t run[RUN_LIMIT];
    size_t count = 0;
    for (size_t i = 0; i < text.size;) {
        size_t start = i;
        uint32_t point = kana_next(text, &i);
        if (kana_is(point)) run[count++] = point;
        if (count == RUN_LIMIT || (count && !kana_is(point))) {
            add_romaji(&out, run, count);
            count = 0;
        }
        if (!kana_is(point)) buffer_add(&out, str_part(text, start, i - start));
    }
    add_romaji(&out, run, count);
    return str_copy(arena, buffer_str(&out));
}

/* The span that the tables know, and the repetition mark. */
static bool is_han(uint32_t point) {
    return (point >= FIRST_HAN && point <= LAST_HAN) || point == HAN_REPEAT;
}

/* True where a syllable must be kept apart from what was written last. */
static bool needs_space(const Buffer *out) {
    if (!out->size) return false;
    size_t window = out->size < POINT_BYTES ? out->size : POINT_BYTES;
    const char *bytes = out->data + out->size - window;
    int32_t at = (int32_t)window;
    UChar32 last;
    U8_PREV(bytes, 0, at, last);
    return last >= 0 && u_isalnum(last);
}

/* The tables write ü as v, which nobody wants to read. */
static void add_syllable(Buffer *out, const char *syllable) {
    if (needs_space(out)) buffer_add_byte(out, ' ');
    for (; *syllable; syllable++) {
        if (*syllable == 'v') {
            buffer_add(out, STR("ü"));
        } else {
            buffer_add_byte(out, *syllable);
        }
    }
}

/* Writes the readings of a run; `whole` is true when the run is all the text, perhaps a name. */
static void add_pinyin(Buffer *out, const uint32_t *run, size_t count, const Str *whole) {
    const char *readings[RUN_LIMIT];
    han_readings(run, count, readings);
    if (whole) han_read_surname(run, count, readings);
    for (size_t i = 0; i < count; i++) {
        if (readings[i]) {
            add_syllable(out, readings[i]);
        } else {
            add_point(out, run[i]);
        }
    }
}

Str reading_pinyin(Arena *arena, Str text) {
    CLEANUP(buffer_free) Buffer out = {0};
    uint32_t run[RUN_LIMIT];
    size_t count = 0, start = 0;
    for (size_t i = 0; i < text.size;) {
        size_t before = i;
        UChar32 point;
        U8_NEXT_OR_FFFD(text.data, i, text.size, point);
        if (is_han((uint32_t)point)) {
            if (!count) start = before;
            run[count++] = (uint32_t)point;
        }
        if (count == RUN_LIMIT || (count && !is_han((uint32_t)point))) {
            add_pinyin(&out, run, count, NULL);
            count = 0;
            if (!is_han((uint32_t)point) && u_isalnum(point)) buffer_add_byte(&out, ' ');
        }
        if (!is_han((uint32_t)point)) buffer_add(&out, str_part(text, before, i - before));
    }
    if (count) add_pinyin(&out, run, count, start == 0 ? &text : NULL);
    return str_copy(arena, buffer_str(&out));
}
