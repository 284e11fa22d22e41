/*
 * Roll-ups as they were: the journal does not tell of them, but what they are made of is dated. A
 * record counts from the instant that is measured (a visit from when it was held), or else from its
 * making; what was changed or deleted since counts as it is now.
 */
#ifndef ONDO_DOMAIN_PAST_ROLLUPS_H
#define ONDO_DOMAIN_PAST_ROLLUPS_H

#include "context.h"

/** One record that counts, and since when. */
typedef struct PastPart {
    int64_t began;
    Value value; /* what is measured; of a plain count any value but VALUE_NULL */
} PastPart;

/** What one roll-up of one parent is made of, the earliest first; in the context's arena. */
typedef struct PastRollup {
    const Field *field;
    const PastPart *parts; /* in the order in which they began */
    size_t count;
} PastRollup;

/** Whether it can be told: counts, the greatest and the least. Others are taken as they are now. */
bool past_rollup_known(const Field *field);

/** Reads what the roll-up `field` of the record `parent` is made of. */
MUST_USE Status past_rollup_read(Context *context, const Field *field, Id parent, PastRollup *out);

/** The value at an instant: VALUE_NULL where nothing counted yet, 0 of a count. */
Value past_rollup_at(const PastRollup *rollup, int64_t instant);

/** What past_rollup_parents calls; anything but STATUS_OK ends it. */
typedef Status PastParent(void *data, Id parent);
/** Calls `visit` once for each parent for which something has begun to count since an instant. */
MUST_USE Status past_rollup_parents(Context *context, const Field *field, int64_t since,
                                    PastParent *visit, void *data);

#endif
