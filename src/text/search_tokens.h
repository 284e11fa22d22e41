/*
 * Tokens for the search index: the same for what is stored and for what is asked, on both
 * databases.
 *
 * Folded text is cut into lower-case words (Latin, digits, …) and CJK bigrams plus the trailing
 * single character, so that one character finds by prefix and any two adjacent ones find anywhere.
 * Tokens hold letters and digits only, each code point outside [a-z0-9] as UTF-8; FTS5 uses
 * tokenize='ascii' and PostgreSQL gets a ready tsvector literal. A token has at most 64 bytes and
 * all tokens of a text 256 KiB; what goes beyond is left out.
 */
#ifndef ONDO_TEXT_SEARCH_TOKENS_H
#define ONDO_TEXT_SEARCH_TOKENS_H

#include "str.h"

/**
 * Space-separated tokens of a text to be stored, each once. Words that a hyphen, a dot, a slash or
 * an apostrophe joins also stand as one (03-1234: 03 1234 031234). Kana also as romaji, as spelt
 * and as in passports (さとう: satou sato). Runs of up to 16 Han between other characters also as
 * pinyin, from each syllable on, and as initials (王伟: wangwei wei ww).
 */
Str search_tokens(Arena *arena, Str text);

/**
 * Space-separated tokens that all must be present for a query. A trailing "*" says that a token
 * matches by prefix: every word and every CJK character that stands alone; bigrams match as they
 * are. Empty when the query has no letter or digit.
 */
Str search_query(Arena *arena, Str query);

#endif
