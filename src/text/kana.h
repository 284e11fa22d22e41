/* Kana, one code point after the other: width, the two syllabaries, romaji. */
#ifndef ONDO_TEXT_KANA_H
#define ONDO_TEXT_KANA_H

#include "str.h"

/** Hiragana of a katakana letter (カ to か, ヶ to け); anything else as it is. */
uint32_t kana_hiragana(uint32_t point);

/** True for hiragana, katakana, the long mark and the repetition marks, of usual width. */
bool kana_is(uint32_t point);

/**
 * Reads the code point at `*at` and moves `*at` behind it; a half-width kana is given in its usual
 * width, joined with the voicing mark behind it. A malformed byte gives U+FFFD.
 */
uint32_t kana_next(Str text, size_t *at);

enum { KANA_ROMAJI_SIZE = 4 }; /* most letters that one kana becomes ("ccha" comes from three) */

/**
 * Hepburn-like romaji of `count` adjacent kana of either syllabary, without marks: long vowels as
 * they are spelt (とう tou), the long mark left out. Writes at most KANA_ROMAJI_SIZE * count bytes
 * and returns how many.
 */
size_t kana_romaji(const uint32_t *points, size_t count, char *out);

#endif
