/*
 * What a question consists of when it is compared: its words without those that say nothing, where
 * words that mean the same in three languages are one. A set of numbers, ascending.
 */
#ifndef ONDO_DOMAIN_REVIEW_TERMS_H
#define ONDO_DOMAIN_REVIEW_TERMS_H

#include "review_plan.h"

/** The terms met so far, each with its number; numbers are given in the order of meeting. */
typedef struct ReviewTerms ReviewTerms;

/** The words of a question as numbers, ascending, each once. */
typedef struct TermSet {
    const uint32_t *terms; /* ascending, each once */
    size_t count;
} TermSet;

/** Lives in the arena; `names` (of products) may be NULL: words of theirs are not compared. */
ReviewTerms *review_terms_new(Arena *arena, const ReviewPlan *plan, const Trie *names);

/** What the words of a question come to. */
typedef struct ReviewReading {
    TermSet set;
    bool named; /* a product's name stands in it: the value of the first in the trie */
    uint32_t name;
    uint64_t subjects; /* a bit for each code of the plan's subjects that it speaks of */
} ReviewReading;

/** Reads one text; `scratch` holds what is only needed meanwhile. */
ReviewReading review_terms_read(ReviewTerms *terms, Arena *scratch, Str text);

/** A bit for each code of a lexicon (the first 64) whose words stand in the text. */
uint64_t review_codes_in(const Lexicon *lexicon, Arena *scratch, Str text);

/** The word or code that a number stands for. */
Str review_term_text(const ReviewTerms *terms, uint32_t term);
/** How many terms have been met. */
size_t review_terms_count(const ReviewTerms *terms);

/** The share of terms in common, |A∩B| / √(|A|·|B|), in percent; 0 where one is empty. */
double review_likeness(const TermSet *a, const TermSet *b);

#endif
