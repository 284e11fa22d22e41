/*
 * Where clauses and sentences end in folded text, for those who look at what stands around a place
 * (lint.c, lint_near.c).
 */
#ifndef ONDO_DOMAIN_LINT_LINT_SENTENCE_H
#define ONDO_DOMAIN_LINT_LINT_SENTENCE_H

#include "folded.h"

/** Whether a sentence ends with the point at `at`. A period within a number or a word ends none. */
static inline bool lint_ends_sentence(const FoldedText *text, size_t at) {
    uint32_t point = text->at[at].point;
    if (point == '\n' || point == 0x3002 || point == '!' || point == '?') return true;
    if (point != '.') return false;
    return at + 1 == text->count || text->at[at + 1].point == ' ' || text->at[at + 1].point == '\n';
}

/** Whether a clause ends there. */
static inline bool lint_ends_clause(const FoldedText *text, size_t at) {
    uint32_t point = text->at[at].point;
    return point == ',' || point == 0x3001 || point == ';' || point == ':' ||
           lint_ends_sentence(text, at);
}

/** Whether no sentence ends from `start` to before `end`. */
static inline bool lint_one_sentence(const FoldedText *text, size_t start, size_t end) {
    for (size_t at = start; at < end; at++) {
        if (lint_ends_sentence(text, at)) return false;
    }
    return true;
}

#endif
