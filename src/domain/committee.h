/* Meetings of drug committees (E10, E14): none that took place is forgotten for the next date. */
#ifndef ONDO_DOMAIN_COMMITTEE_H
#define ONDO_DOMAIN_COMMITTEE_H

#include "hooks.h"

/**
 * After an institution was saved with another next date. A meeting that is still ahead moves to the
 * new date, or is cancelled when there is none; one that has been waits for its outcome, and the
 * new date is a meeting of its own.
 */
MUST_USE Status committee_after_institution_save(Context *context, const Change *change);

/**
 * Before a meeting is saved: an outcome makes it a meeting that was held, which cannot lie ahead;
 * outcome and review bear who recorded them and when.
 */
MUST_USE Status committee_before_save(Context *context, Change *change);

#endif
