/*
 * Text as people compare it: width, case, kana and variant characters do not matter; voicing marks
 * do (がん is not かん).
 */
#ifndef ONDO_TEXT_FOLD_H
#define ONDO_TEXT_FOLD_H

#include "str.h"

/**
 * NFKC with case folding; katakana to hiragana; marks stripped after Latin, Greek and Cyrillic
 * only; variant and traditional characters to one form (髙=高, 﨑=崎, 國=国, 廣=广=広). The same
 * text for equal inputs on every database. Input that is not UTF-8 is repaired first.
 */
Str text_fold(Arena *arena, Str text);

/**
 * NFC; white space of any kind at both ends cut; what every stored text goes through. Malformed
 * bytes and NULs, which PostgreSQL cannot store, become U+FFFD.
 */
Str text_normalize(Arena *arena, Str text);

/** Full-width ASCII and half-width kana to their usual width ("１２３－" to "123-", "ｱｲ" to
 * "アイ"). */
Str text_usual_width(Arena *arena, Str text);

/** Number of user-perceived characters (extended grapheme clusters). */
size_t text_count_characters(Str text);

#endif
