/*
 * Whom other weights and bounds of a score would move, before anybody publishes them: how many
 * stand at each level and would, and for each step (B to A) how many take it and who.
 */
#ifndef ONDO_DOMAIN_SCORE_PREVIEW_H
#define ONDO_DOMAIN_SCORE_PREVIEW_H

#include "business.h"

enum { SCORE_PREVIEW_NAMES = 20 }; /* of each step */

/**
 * Writes {"score", "object", "changed", "moved", "levels": [{"level", "label", "before", "after"}],
 * "moves": [{"from", "from_label", "to", "to_label", "count", "records": [{"id", "title",
 * "points_before", "points"}]}]} for the score of that name in `business`, which may be another
 * than that in force. `changed` counts records whose points change, `moved` those whose level does;
 * a level of null means none. Named are those whose points change most, as far as the actor may
 * read them. Reads only. STATUS_NOT_FOUND when there is no such score.
 */
MUST_USE Status score_preview_write(Context *context, const Business *business, Str name,
                                    JsonWriter *json);

#endif
