/* Everything that derives from other records, for data that came past the record layer. */
#ifndef ONDO_DOMAIN_DERIVED_H
#define ONDO_DOMAIN_DERIVED_H

#include "business.h"

/**
 * Measures roll-ups anew where they are empty for all, directions and scores everywhere, by the day
 * of the context's actor; versions stay (ADR 5). For the demo company, whose rows are written past
 * the record layer.
 */
MUST_USE Status derived_refresh(Context *context, const Business *business);

/** The work (store/run_mark.h) of asking all records for the scores that only saves move. */
#define DERIVED_SETTLED STR("settled_scores")

#endif
