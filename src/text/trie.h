/*
 * Many words to be found in text at once. Words and text are folded alike (folded.h), so that
 * width, case, kana and variants of Han do not matter. Finding costs the length of the longest word
 * that begins at a place, however many words there are.
 */
#ifndef ONDO_TEXT_TRIE_H
#define ONDO_TEXT_TRIE_H

#include "folded.h"

typedef struct Trie Trie;

enum { TRIE_WORD_MOST = 64 /* points of a word; longer ones are not taken */ };

/** An empty trie, which lives and grows in the arena. */
Trie *trie_new(Arena *arena);

typedef enum TrieAdded { TRIE_NEW, TRIE_SAME, TRIE_TAKEN, TRIE_NO_WORD } TrieAdded;

/**
 * Adds a word with its value. TRIE_SAME: it is there with this value; TRIE_TAKEN: with another,
 * which it keeps; TRIE_NO_WORD: folded it is empty or too long. `scratch` is only for the folding.
 */
TrieAdded trie_add(Trie *trie, Arena *scratch, Str word, uint32_t value);

/** As trie_add, of a word that is folded already. */
TrieAdded trie_add_folded(Trie *trie, const FoldedText *word, uint32_t value);

/** The longest entry that begins at a place. */
typedef struct TrieHit {
    size_t size; /* points */
    uint32_t value;
} TrieHit;

/**
 * The longest word that begins at the point `from`. A word that begins or ends with a Latin letter
 * (or a digit) is found as a word only: no letter (no digit) stands before or behind it; a plural s
 * behind three letters or more belongs to it.
 */
MUST_USE bool trie_longest(const Trie *trie, const FoldedText *text, size_t from, TrieHit *out);

/**
 * All words that begin at the point `from`, the shortest first, by the rules of trie_longest; of
 * more than `most` (at least 1) the last place has the longest. Returns how many.
 */
MUST_USE size_t trie_hits(const Trie *trie, const FoldedText *text, size_t from, TrieHit *out,
                          size_t most);

/** Whether exactly this word, folded already, is there, and its value. */
MUST_USE bool trie_value(const Trie *trie, const FoldedText *word, uint32_t *out);

#endif
