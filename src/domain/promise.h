/*
 * Promises (V3): what exactly, until when, and when its receipt is confirmed; kept in this order,
 * with the proof of each step.
 */
#ifndef ONDO_DOMAIN_PROMISE_H
#define ONDO_DOMAIN_PROMISE_H

#include "business.h"
#include "hooks.h"

/** When receipt is to be confirmed of what is due at an instant, where nothing else is said. */
int64_t promise_confirm_at(int64_t due_at);
/**
 * When the words of a promise due at an instant say that receipt is confirmed ("…, confirm receipt
 * 3 days later"), in the actor's language and zone; false: they do not.
 */
bool promise_words_confirm(const Business *business, const Context *context, Str deliverable,
                           int64_t due_at, int64_t *out);

/**
 * Before a promise is saved: a new one gets its confirmation node; one whose words leave open what
 * is promised is refused ("promise_vague"), except when it is imported, for what was is kept as it
 * was; states move only open - delivered - confirmed, one step at a time, back as well, and from
 * open or delivered to broken and back to open ("promise_order"); a confirmed one bears when it was
 * confirmed and who noted it.
 */
MUST_USE Status promise_before_save(const Business *business, Context *context, Change *change);

#endif
