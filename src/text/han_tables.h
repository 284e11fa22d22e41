/* The shape of the tables that han_generator.c writes while building; used by han.c only. */
#ifndef ONDO_TEXT_HAN_TABLES_H
#define ONDO_TEXT_HAN_TABLES_H

#include <stddef.h>
#include <stdint.h>

enum {
    HAN_FIRST = 0x3400, /* extension A and the unified ideographs lie in one span */
    HAN_LAST = 0x9FFF,
    HAN_COUNT = HAN_LAST - HAN_FIRST + 1,
    HAN_WORD_SIZE = 4,           /* most characters of a word with a reading of its own */
    HAN_BEGINS_WORD = 0x8000,    /* flag in han_reading_of: some word of han_words begins so */
    HAN_BEGINS_SURNAME = 0x4000, /* the same for han_surnames */
    HAN_READING_MASK = 0x3FFF,
};

/** A word with a reading of its own; characters are unified, unused places 0. */
typedef struct HanWord {
    uint16_t points[HAN_WORD_SIZE];
    uint16_t readings[HAN_WORD_SIZE]; /* index into han_syllables */
} HanWord;

/** A variant outside the span of the flat table. */
typedef struct HanOutside {
    uint32_t point, unified;
} HanOutside;

extern const uint16_t han_unified_of[HAN_COUNT];
extern const uint16_t han_reading_of[HAN_COUNT]; /* index into han_syllables, and flags */
extern const char han_syllables[][7];            /* the first is empty: no reading */
extern const HanOutside han_outside[];
extern const size_t han_outside_count;
extern const HanWord han_words[];
extern const size_t han_words_count;
extern const HanWord han_surnames[];
extern const size_t han_surnames_count;

#endif
