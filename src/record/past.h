/*
 * Records as they were: put together from the record as it is and what the journal says was changed
 * since, newest first. What the journal does not tell of (roll-ups, which are derived) stays as it
 * is now; records that were made without it (a demo company) have been as they are for ever.
 */
#ifndef ONDO_RECORD_PAST_H
#define ONDO_RECORD_PAST_H

#include "hooks.h"

enum { PAST_CHANGES_MOST = 100000 /* looked at in one reading; the older ones are left out */ };

/** What a change left behind. */
typedef struct PastState {
    int64_t at; /* it was so from then on */
    ChangeAction action;
    Record record; /* whole, as it was */
} PastState;

/** One record with what was done to it since an instant; valid during the visit. */
typedef struct Past {
    const PastState *states; /* newest first; none for a record that nobody has changed */
    size_t count;
    Record before; /* as it was at the beginning, or is now when nothing was done to it */
    bool existed;  /* false: it was made since, so that `before` says nothing */
    bool alive;    /* whether it was alive at the beginning */
} Past;

/** Anything but STATUS_OK ends the reading and is returned. */
typedef Status PastVisitor(void *data, const Past *past);

/** Which records: those that were changed since, and others beside them. */
typedef struct PastQuery {
    const Object *object;
    int64_t since; /* an instant */
    Id *others;    /* borrowed, and put in order; each once */
    size_t other_count;
} PastQuery;

/**
 * Calls `visit` for each record, and sets `*since` to the instant from which on everything was
 * looked at: that of the query, or a later one where there was too much. Asks no access: for the
 * system. context->arena is rewound after each visit.
 */
MUST_USE Status past_each(Context *context, const PastQuery *query, PastVisitor *visit, void *data,
                          int64_t *since);

/** The smallest id that can have been made at an instant, to look for what is not older by id. */
Id past_first_id(int64_t instant);

#endif
