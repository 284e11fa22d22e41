/*
 * Whether a promise says what exactly is promised (V3). It is kept on the promise, so that a visit
 * can count those that are no next step (V18): typed ones are refused when they are vague, but
 * imports and older programs bring them.
 */
#ifndef ONDO_DOMAIN_PROMISE_CLARITY_H
#define ONDO_DOMAIN_PROMISE_CLARITY_H

#include "business.h"
#include "hooks.h"

/** The code of promise.clarity for these words, given now; empty words are vague. */
Str promise_clarity(const Business *business, Context *context, Str deliverable);

/** Keeps promise.clarity up to date before a promise is saved. */
MUST_USE Status promise_clarity_before_save(const Business *business, Context *context,
                                            Change *change);

enum { PROMISE_CLARITY_ROUND = 5000 };

/**
 * Judges promises that never were, at most PROMISE_CLARITY_ROUND a call, and counts the vague ones
 * of their visits again; versions stay (ADR 5). `*filled` gets how many.
 */
MUST_USE Status promise_clarity_fill(const Business *business, Context *context, size_t *filled);

#endif
