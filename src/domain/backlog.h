/*
 * Records that came past the record layer, or before this program knew how to read them: what it
 * tells of texts when they are saved is told of them here, once, in rounds.
 */
#ifndef ONDO_DOMAIN_BACKLOG_H
#define ONDO_DOMAIN_BACKLOG_H

#include "business.h"

/**
 * One round: a bounded number of records of each kind of reading (visit.substance, promise.clarity,
 * needs). Each record is marked by what was told of it, so that a round that did not commit is
 * done again and no other. `*filled` gets how many; 0: nothing is left.
 */
MUST_USE Status backlog_round(const Business *business, Context *context, size_t *filled);

#endif
