/* A change of the responsible MR (E1, E9, E14): who was, since when, and how the person felt then.
 */
#ifndef ONDO_DOMAIN_REASSIGNMENT_H
#define ONDO_DOMAIN_REASSIGNMENT_H

#include "hooks.h"

/** Before an HCP is saved: keeps the former owner, the moment and the temperature at that moment.
 */
MUST_USE Status reassignment_before_save(Context *context, Change *change);

/** After an HCP was saved: opens the handover of that person. */
MUST_USE Status reassignment_after_save(Context *context, const Change *change);

#endif
