/*
 * The words of a text, as ICU's break iterator finds them: by spaces where a language writes them,
 * by its dictionary in Japanese and Chinese. Each comes folded (text_fold), so that the same word
 * is the same bytes however it was typed.
 */
#ifndef ONDO_TEXT_WORDS_H
#define ONDO_TEXT_WORDS_H

#include "str.h"

/** A word of a text, folded, and where it stands. */
typedef struct TextWord {
    Str text;         /* folded; lives in the arena */
    int32_t from, to; /* its place in the UTF-16 of the text */
} TextWord;

/**
 * Letters and digits only: marks and white space are no words, nor is a single kana, which is a
 * particle or an ending. In the arena; 0 for a text without words. The same words for the same text
 * on every database.
 */
size_t text_words(Arena *arena, Str text, TextWord **out);

#endif
