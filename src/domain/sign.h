/* Signs of change (E1e): seen by somebody, cleared by somebody. */
#ifndef ONDO_DOMAIN_SIGN_H
#define ONDO_DOMAIN_SIGN_H

#include "hooks.h"

/**
 * Before a sign is saved: one that is cleared bears who cleared it, the acting person where none is
 * named; one that is open again bears nobody.
 */
MUST_USE Status sign_before_save(Context *context, Change *change);

#endif
