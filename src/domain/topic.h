/* Topics of a visit (V2): each a row of its own, open until somebody has answered it. */
#ifndef ONDO_DOMAIN_TOPIC_H
#define ONDO_DOMAIN_TOPIC_H

#include "hooks.h"

/**
 * Before a topic is saved: one that becomes answered bears who answered and when; one that is open
 * again bears neither. A direction is refused where nobody spoke of a competitor.
 */
MUST_USE Status topic_before_save(Context *context, Change *change);

#endif
