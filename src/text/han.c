/*
 * Look-ups in the tables that han_generator.c makes while building: flat arrays over one span of
 * code points, so that a character costs one access. Words with readings of their own are few and
 * are searched one after the other, but only where a flag says that one may begin.
 */
#include "han.h"

#include "han_tables.h"

enum { HAN_REPEAT = 0x3005 }; /* 々 */

/* Few enough for a linear search; hardly any text has characters of this kind. */
static uint32_t unify_outside(uint32_t point) {
    for (size_t i = 0; i < han_outside_count; i++) {
        if (han_outside[i].point == point) return han_outside[i].unified;
    }
    return point;
}

uint32_t han_unify(uint32_t point) {
    if (point < HAN_FIRST) return point;
    if (point <= HAN_LAST) return han_unified_of[point - HAN_FIRST];
    return unify_outside(point);
}

/* Reading and flags of a character, taken from its unified form where it has none itself. */
static unsigned entry_of(uint32_t point) {
    uint32_t unified = han_unify(point);
    if (unified < HAN_FIRST || unified > HAN_LAST) return 0;
    unsigned entry = han_reading_of[unified - HAN_FIRST];
    if (point < HAN_FIRST || point > HAN_LAST) return entry;
    unsigned own = han_reading_of[point - HAN_FIRST] & HAN_READING_MASK;
    return own ? (entry & ~(unsigned)HAN_READING_MASK) | own : entry;
}

static size_t word_size(const HanWord *word) {
    size_t size = 0;
    while (size < HAN_WORD_SIZE && word->points[size]) size++;
    return size;
}

/* The characters of the word are unified, so that traditional spellings match too. */
static size_t match(const HanWord *word, const uint32_t *points, size_t count) {
    size_t size = word_size(word);
    if (size > count) return 0;
    for (size_t i = 0; i < size; i++) {
        if (han_unify(points[i]) != word->points[i]) return 0;
    }
    return size;
}

/* The longest word of the list that the characters begin with; its size, or 0. */
static size_t find_word(const HanWord *words, size_t words_count, const uint32_t *points,
                        size_t count, const HanWord **out) {
    size_t best = 0;
    for (size_t i = 0; i < words_count; i++) {
        size_t size = match(&words[i], points, count);
        if (size <= best) continue;
        best = size;
        *out = &words[i];
    }
    return best;
}

/* The strings are constants of the tables; nobody frees them. */
static void put_readings(const HanWord *word, size_t size, const char *out[]) {
    for (size_t i = 0; i < size; i++) out[i] = han_syllables[word->readings[i]];
}

/* The longest word counts: 重庆市 is read by 重庆 and not by 重. */
void han_readings(const uint32_t *points, size_t count, const char *out[]) {
    for (size_t i = 0; i < count;) {
        unsigned entry = entry_of(points[i]);
        const HanWord *word = NULL;
        size_t size = 0;
        if (entry & HAN_BEGINS_WORD) {
            size = find_word(han_words, han_words_count, points + i, count - i, &word);
        }
        if (size > 0) {
            put_readings(word, size, out + i);
            i += size;
            continue;
        }
        const char *syllable = han_syllables[entry & HAN_READING_MASK];
        out[i] = syllable[0] ? syllable : NULL;
        if (points[i] == HAN_REPEAT && i > 0) out[i] = out[i - 1];
        i++;
    }
}

size_t han_read_surname(const uint32_t *points, size_t count, const char *readings[]) {
    const HanWord *word = NULL;
    if (count < 2 || count > 4) return 0;
    unsigned entry = entry_of(points[0]);
    if (!(entry & HAN_BEGINS_SURNAME)) return 0;
    /* A word that is no name (单位, 任务) keeps its own reading. */
    if (entry & HAN_BEGINS_WORD && find_word(han_words, han_words_count, points, count, &word)) {
        return 0;
    }
    size_t size = find_word(han_surnames, han_surnames_count, points, count, &word);
    put_readings(word, size, readings);
    return size;
}
