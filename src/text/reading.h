/* Readings in Latin letters, for search and for showing names to those who do not read the script.
 */
#ifndef ONDO_TEXT_READING_H
#define ONDO_TEXT_READING_H

#include "str.h"

/** Kana to Hepburn-like romaji without marks ("たなか" to "tanaka"); other text is left as it is.
 */
Str reading_romaji(Arena *arena, Str text);
/** Han characters to pinyin without tone marks, syllables separated by spaces ("王伟" to "wang
 * wei"). */
Str reading_pinyin(Arena *arena, Str text);

#endif
