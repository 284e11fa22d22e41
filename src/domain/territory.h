/*
 * Scarce things of one territory (V13): a resource that belongs to a team is for the doctors whom
 * that team looks after, and for no others. The territory of a doctor is the team of the
 * responsible representative, as for rankings (V19).
 */
#ifndef ONDO_DOMAIN_TERRITORY_H
#define ONDO_DOMAIN_TERRITORY_H

#include "hooks.h"

/** Refuses a new allotment of another territory's resource. Later moves of the doctor change
 * nothing: what was asked for rightly stays. */
MUST_USE Status territory_before_allotment(Context *context, Change *change);
/** Refuses another team for a resource which doctors of other territories have or wait for. */
MUST_USE Status territory_before_resource(Context *context, Change *change);

#endif
