/* What the form of a visit requires is required by the server too (V6). */
#ifndef ONDO_DOMAIN_VISIT_FORM_H
#define ONDO_DOMAIN_VISIT_FORM_H

#include "business.h"
#include "hooks.h"

/**
 * Before a visit is saved that took place and names its form (visit.form): every field that the
 * form requires has a value, or the save is refused with an error at each ("required"). Imported
 * visits are taken as they are.
 */
MUST_USE Status visit_form_before_save(const Business *business, Context *context, Change *change);

#endif
