/*
 * Text folded for finding words in it, each character with the place in the text that it came from.
 * As text_fold (fold.h), but one character at a time, so that places survive; where the two differ
 * is in what many characters together mean, which no word that is looked for consists of.
 */
#ifndef ONDO_TEXT_FOLDED_H
#define ONDO_TEXT_FOLDED_H

#include "str.h"

/** A folded code point, and where what it came from begins. */
typedef struct FoldedPoint {
    uint32_t point;
    uint32_t byte;         /* offset in the UTF-8 of the text */
    uint32_t unit : 31;    /* offset in its UTF-16, as JavaScript counts */
    uint32_t katakana : 1; /* it was written in katakana, which folding makes one with hiragana */
} FoldedPoint;

/** A text folded for comparison that still knows where each of its characters stood. */
typedef struct FoldedText {
    const FoldedPoint *at; /* `count` of them, and one behind the last, which is the end */
    size_t count;
} FoldedText;

/** A part of the text. */
typedef struct TextSpan {
    uint32_t byte_start, byte_end; /* in its UTF-8 */
    uint32_t unit_start, unit_end; /* in its UTF-16, as pages count */
} TextSpan;

/** Longer texts are looked at up to here, so that places fit. */
enum { FOLDED_TEXT_LIMIT = 1 << 20 };

/**
 * Folds width, case, kana, variants of Han and compatibility characters; combining marks are joined
 * with kana and left out elsewhere; what is invisible vanishes. Lives in the arena: one allocation,
 * in the size of the text. Malformed bytes become U+FFFD. Linear in the size of the text.
 */
FoldedText folded_text(Arena *arena, Str text);

/**
 * Where the points from `start` to before `end` stand in the text. A character that was folded into
 * several points is taken whole. `start` and `end` at most text->count.
 */
TextSpan folded_span(const FoldedText *text, size_t start, size_t end);

/** Whether the point is an ASCII digit. */
static inline bool folded_is_digit(uint32_t point) {
    return point >= '0' && point <= '9';
}

/** Whether two neighbours belong to one word or number, so that no word ends between them. */
bool folded_joined(uint32_t a, uint32_t b);

/** Whether the point is a letter of a script that writes words apart (Latin, Greek, Cyrillic …). */
bool folded_is_letter(uint32_t point);

#endif
