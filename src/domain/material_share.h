/* Material that was shown or given at a visit (V9): what may not be used cannot have been. */
#ifndef ONDO_DOMAIN_MATERIAL_SHARE_H
#define ONDO_DOMAIN_MATERIAL_SHARE_H

#include "hooks.h"

/**
 * Refuses a share of material that is not approved, was not within its dates on that day, or is for
 * another market than the doctor's; what an import tells of the past passes. Fills in the doctor of
 * the visit.
 */
MUST_USE Status material_share_before_save(Context *context, Change *change);

#endif
