/* What follows from a save: the domain's guarantees first, then the rules of the business. */
#ifndef ONDO_DOMAIN_CONSEQUENCES_H
#define ONDO_DOMAIN_CONSEQUENCES_H

#include "business.h"
#include "hooks.h"

/**
 * Whether the definitions have what the domain's guarantees rest on; an error for each that is
 * missing. To be asked before consequences_hooks.
 */
MUST_USE Status consequences_check(const Business *business, Problem *problem);

/** The hooks that every Context of a running system carries. `business` must outlive them. */
Hooks consequences_hooks(const Business *business);

#endif
