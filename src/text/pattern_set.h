/*
 * Many patterns to be found in text at once: words, and what is not the same each time between
 * them. Words and text are folded alike (folded.h). Made for people who edit lists of words, not
 * programs: no pattern can be slow, whatever stands in it.
 *
 *     (a|b|)       one of these; nothing, where one of them is empty
 *     …            up to PATTERN_GAP_MOST characters within the same sentence
 *     {digits}     a whole number; {digits:6} of six digits, {digits:6+} of six or more
 *     {number}     a whole number, in digits or in Han numerals (三, 八十, 几)
 *     {letter}     a Latin letter that stands alone
 *     {word}       letters of a script that writes words apart
 *     {name}       the same, beginning with a capital in the text as it was written
 *     {han}        one to four Han characters
 *
 * A word that begins or ends with a Latin letter is found as a word only, also with a plural s.
 */
#ifndef ONDO_TEXT_PATTERN_SET_H
#define ONDO_TEXT_PATTERN_SET_H

#include "trie.h"

typedef struct PatternSet PatternSet;

enum { PATTERN_GAP_MOST = 20, PATTERN_VARIANTS_MOST = 512 };

/** An empty set, which lives and grows in the arena. */
PatternSet *pattern_set_new(Arena *arena);

typedef enum PatternAdded {
    PATTERN_ADDED,
    PATTERN_MALFORMED, /* brackets that do not fit, or a part that nobody knows */
    PATTERN_WORDLESS,  /* no word and no number in one of its forms: it would fit everywhere */
    PATTERN_TOO_LARGE, /* more than PATTERN_VARIANTS_MOST forms, too many parts, or too long a word
                        */
} PatternAdded;

/**
 * Adds a pattern with its value. Nothing is added unless it returns PATTERN_ADDED. `scratch` is
 * another arena than the set's and is left as it was.
 */
PatternAdded pattern_set_add(PatternSet *set, Arena *scratch, Str pattern, uint32_t value);

/** A place where a pattern fits, in points of the folded text. */
typedef struct PatternHit {
    size_t start, end;
    uint32_t value;
    bool has_gap; /* the pattern has an … : the place holds words that it does not name */
} PatternHit;

/**
 * All places where patterns fit, in the order of their words in the text; they may overlap.
 * `source` is what was folded. The hits live in the arena; returns how many. At most
 * PATTERN_HITS_MOST.
 */
size_t pattern_set_find(const PatternSet *set, Arena *arena, const FoldedText *text, Str source,
                        const PatternHit **out);

enum { PATTERN_HITS_MOST = 10000 };

#endif
