/* Visits: what is completed when one is saved, and what it tells about the person visited. */
#ifndef ONDO_DOMAIN_VISIT_H
#define ONDO_DOMAIN_VISIT_H

#include "hooks.h"

/**
 * Fills in when it was held (now, once it is more than a plan) and where (the person's primary
 * institution); refuses a plan without a time, one held in the future, and going back from a
 * signed state.
 */
MUST_USE Status visit_before_save(Context *context, Change *change);

/** The temperature seen becomes the person's reading once the visit is completed. */
MUST_USE Status visit_after_save(Context *context, const Change *change);

#endif
