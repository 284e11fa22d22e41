/* What follows from a save: the domain's guarantees first, then the rules of the business. */
#ifndef ONDO_DOMAIN_CONSEQUENCES_H
#define ONDO_DOMAIN_CONSEQUENCES_H

#include "business.h"
#include "hooks.h"

/** The hooks that every Context of a running system carries. `business` must outlive them. */
Hooks consequences_hooks(const Business *business);

#endif
