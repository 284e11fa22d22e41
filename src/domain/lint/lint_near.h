/*
 * Words that mean something only where they stand near each other ("gave", "iPad"): a text's words
 * by their groups, the places that they make together, and whether one of them makes a place
 * harmless. Internal to the lint (lint.h).
 */
#ifndef ONDO_DOMAIN_LINT_LINT_NEAR_H
#define ONDO_DOMAIN_LINT_LINT_NEAR_H

#include "lint_rule.h"

/** The words of a text that belong to groups. */
typedef struct LintNearby {
    const LintRules *rules;
    const FoldedText *text;
    const PatternHit *words; /* sorted by where they begin */
    size_t count;
    bool seen[LINT_WORDS_MOST]; /* groups that have one */
} LintNearby;

/** `words` are hits of LINT_KIND_WORDS, sorted; they, rules and text outlive the result. */
LintNearby lint_nearby(const LintRules *rules, const FoldedText *text, const PatternHit *words,
                       size_t count);

/**
 * The places that rules' words make together, each with a value of LINT_KIND_NEAR; at most one for
 * each word and rule. They live in the arena; returns how many.
 */
size_t lint_near_find(Arena *arena, const LintNearby *nearby, PatternHit **out);

/** Whether a word for which the rule is left alone stands in the sentence of the place. */
bool lint_near_harmless(const LintNearby *nearby, const LintRule *rule, const PatternHit *place);

/**
 * Whether the points from `start` to before `end`, within a place of LINT_KIND_NEAR, are part of
 * the words that it is made of: they say nothing else then.
 */
bool lint_near_word(const LintNearby *nearby, const PatternHit *place, size_t start, size_t end);

#endif
