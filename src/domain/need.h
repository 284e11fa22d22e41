/*
 * Implicit needs (V1): what somebody asks for again and again tells what weighs on them. They are
 * suggested with the sentences that they rest on; a person accepts or rejects them.
 */
#ifndef ONDO_DOMAIN_NEED_H
#define ONDO_DOMAIN_NEED_H

#include "business.h"
#include "hooks.h"

/**
 * Looks through what was written of a person's visits for words of the lexicon "need_signs", and
 * suggests each need that enough visits speak for (LexiconRepeat), or that one visit speaks for
 * with emphasis ("again and again", the lexicon "need_emphasis"). One that is known gets the visit
 * as a further source; of one that was rejected only later visits count, so that the same cause
 * never suggests it twice. Does nothing where the visit of this text says nothing of the kind.
 */
MUST_USE Status need_suggest(const Business *business, Context *context, Id visit);

/** The same for all that was ever written of a person's visits, for records not looked through. */
MUST_USE Status need_suggest_all(const Business *business, Context *context, Id hcp);

/** Marks a visit as looked through: need_after_visit does so in the same save. */
MUST_USE Status need_before_visit(const Business *business, Context *context, Change *change);
/** The needs that a changed visit speaks for, once it was held. */
MUST_USE Status need_after_visit(const Business *business, Context *context, const Change *change);
/** The same for a topic, whose visit was saved before. */
MUST_USE Status need_after_topic(const Business *business, Context *context, const Change *change);

/** Before a need is saved: who decided about it, and when. Nobody suggests one by hand. */
MUST_USE Status need_before_save(Context *context, Change *change);
/** Afterwards the person's accepted needs stand on the person (hcp.needs), for lists to filter by.
 */
MUST_USE Status need_after_save(Context *context, const Change *change);

#endif
