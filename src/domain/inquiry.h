/*
 * Inquiries to medical affairs: a question, with the topics of visits that asked it. Answered once,
 * with approved text, by those who may; the answer goes back to everybody who heard the question
 * (rule inquiry_answered wakes on their sources).
 */
#ifndef ONDO_DOMAIN_INQUIRY_H
#define ONDO_DOMAIN_INQUIRY_H

#include "hooks.h"

/** Asks for the answer and keeps it as it was given. */
MUST_USE Status inquiry_before_save(Context *context, Change *change);
/** When it has been answered: marks its sources and their topics. */
MUST_USE Status inquiry_after_save(Context *context, const Change *change);
/** Fills in of which visit the topic is, and whether the answer goes back on its account. */
MUST_USE Status inquiry_source_before_save(Context *context, Change *change);

#endif
