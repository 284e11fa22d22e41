/*
 * Tokens for the search index: the same for what is stored and for what is asked, on both
 * databases.
 *
 * Folded text is cut into lower-case words (Latin, digits, …) and CJK bigrams plus the trailing
 * single character, so that one character finds by prefix and any two adjacent ones find anywhere.
 * Tokens are hex-free ASCII-safe: each code point outside [a-z0-9] is kept as UTF-8; FTS5 uses
 * tokenize='ascii' and PostgreSQL gets a ready tsvector literal.
 */
#ifndef ONDO_TEXT_SEARCH_TOKENS_H
#define ONDO_TEXT_SEARCH_TOKENS_H

#include "str.h"

/** Space-separated tokens of a text to be stored, each once. Kana also as romaji, Han also as
 * pinyin. */
Str search_tokens(Arena *arena, Str text);

/**
 * Space-separated tokens that all must be present for a query, the last one of each run with a
 * trailing "*" where it is to match by prefix. Empty when the query has no letter or digit.
 */
Str search_query(Arena *arena, Str query);

#endif
