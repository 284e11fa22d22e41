/* Fields that are kept from other records, brought up to date in the transaction that changes them.
 */
#ifndef ONDO_RECORD_ROLLUP_H
#define ONDO_RECORD_ROLLUP_H

#include "hooks.h"

/** Recomputes the roll-ups of the records that the changed one refers to, before and after. */
MUST_USE Status rollup_after(Context *context, const Change *change);

/**
 * Sets the roll-ups of the record itself that have `unless`, before it is written: what a person
 * said, or else the measure as it stands.
 */
void rollup_say_otherwise(Record *record);

#endif
