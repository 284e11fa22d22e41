/*
 * How much the text of a visit says beyond that it took place (V18): "visited X, introduced the
 * product" says nothing, in any language.
 */
#ifndef ONDO_DOMAIN_VISIT_SUBSTANCE_H
#define ONDO_DOMAIN_VISIT_SUBSTANCE_H

#include "business.h"
#include "hooks.h"

/**
 * What remains when the words of the lexicon "visit_formula" are taken away: a word of letters or
 * figures counts 2, a run of katakana 2, a Han character 1, hiragana (which mostly joins) nothing.
 * Linear in the size of the text.
 */
int64_t visit_substance(Arena *arena, const Lexicons *lexicons, Str text);

/** Keeps visit.substance up to date before a visit is saved. */
MUST_USE Status visit_substance_before_save(const Business *business, Context *context,
                                            Change *change);

/**
 * Fills in what older programs, and whoever writes rows itself, left empty, newest ids last; at
 * most VISIT_SUBSTANCE_ROUND records a call. `*filled` gets how many.
 */
MUST_USE Status visit_substance_fill(const Business *business, Context *context, size_t *filled);

enum { VISIT_SUBSTANCE_ROUND = 5000 };

#endif
