/* Needs in records that were never looked through (V1): of an upgraded company, or the demo. */
#ifndef ONDO_DOMAIN_NEED_BACKLOG_H
#define ONDO_DOMAIN_NEED_BACKLOG_H

#include "business.h"

enum { NEED_ROUND = 100 };

/**
 * Suggests the needs of at most NEED_ROUND people who have visits that were never looked through,
 * and marks these visits (visit.needs_read). `*filled` gets how many.
 */
MUST_USE Status need_fill(const Business *business, Context *context, size_t *filled);

#endif
