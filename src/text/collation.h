/* Keys that sort bytewise as the readers of a language sort (CLDR by ICU). */
#ifndef ONDO_TEXT_COLLATION_H
#define ONDO_TEXT_COLLATION_H

#include "lang.h"

enum { COLLATION_KEY_LIMIT = 48 };

/**
 * The sort key of `text` for `lang`, at most COLLATION_KEY_LIMIT bytes, in the arena: Japanese in
 * JIS order with kana by reading, Chinese by pinyin, English by alphabet; case and width last.
 * Empty for empty text. Thread-safe: each thread keeps collators of its own.
 */
Str collation_key(Arena *arena, Lang lang, Str text);

/**
 * Names what the keys depend on besides the text: the versions of ICU's collators and our limit.
 * Keys made under another name must not be mixed with these. One word, in the arena.
 */
Str collation_version(Arena *arena);

#endif
