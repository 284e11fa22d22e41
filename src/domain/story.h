/*
 * How far a person has read the story of a doctor (E5): so that a reader sees what is new since the
 * last time, on every device.
 */
#ifndef ONDO_DOMAIN_STORY_H
#define ONDO_DOMAIN_STORY_H

#include "record.h"

/** How far somebody has read a doctor's story. */
typedef struct StoryReading {
    int64_t until; /* memos written up to here have been read; 0: never read */
    int64_t fresh; /* memos that others have written since */
    int64_t memos; /* all of them */
} StoryReading;

/** Of the actor and the doctor; STATUS_NOT_FOUND when the actor may not see the doctor. */
MUST_USE Status story_reading(Context *context, Id hcp, StoryReading *out);

/** Notes that the actor has read up to `until`, not after now; an earlier instant changes nothing.
 */
MUST_USE Status story_mark_read(Context *context, Id hcp, int64_t until);

#endif
