/*
 * What a rule would have done: replayed on what happened in the last days, before anybody lets it
 * loose. A rule on change is asked about each change that the journal tells of, as it was made; a
 * daily rule about each record on each morning. The record asked about is as it was then, its
 * roll-ups too as far as they can be told; what it refers to, and what refers to it, is as it is
 * now.
 */
#ifndef ONDO_DOMAIN_RULE_PREVIEW_H
#define ONDO_DOMAIN_RULE_PREVIEW_H

#include "business.h"

enum {
    RULE_PREVIEW_DAYS = 30,
    RULE_PREVIEW_DAYS_MOST = 92,
    RULE_PREVIEW_EXAMPLES = 10,
};

/**
 * Writes {"days", "since", "count", "records", "waiting", "tasks", "notices", "changes",
 * "creations", "starts", "by_day": [{"day", "count"}], "examples": [{"id", "title", "at", "text"}]} for the
 * rule of that name in `business`, which may be another than that in force: the last so many days
 * of the actor's zone, today included. `waiting` tells for a daily rule what its next run would
 * find. Examples are of records that the actor may read. Reads only. STATUS_NOT_FOUND when there is
 * no such rule.
 */
MUST_USE Status rule_preview_write(Context *context, const Business *business, Str name,
                                   int64_t days, JsonWriter *json);

#endif
