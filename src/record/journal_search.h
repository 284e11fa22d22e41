/* Searching the journal as a whole, for those whose duty that is (the right "journal"). */
#ifndef ONDO_RECORD_JOURNAL_SEARCH_H
#define ONDO_RECORD_JOURNAL_SEARCH_H

#include "context.h"

enum { JOURNAL_SEARCH_DEFAULT = 50, JOURNAL_SEARCH_MOST = 200 };

/** Who acted. */
typedef enum JournalWho { JOURNAL_BY_ANYBODY, JOURNAL_BY_USER, JOURNAL_BY_SYSTEM } JournalWho;

/** What is looked for; empty texts and ids of none look for nothing in particular. */
typedef struct JournalQuery {
    Str object, action, via; /* empty: any */
    Id record, batch;        /* none: any */
    JournalWho who;
    Id user;             /* with JOURNAL_BY_USER */
    int64_t from, until; /* instants, both included; 0: open */
    Str field;           /* a field that was changed */
    Str text;            /* in what was changed or in the reason */
    Str cursor;          /* of an earlier answer; empty: from the newest */
    int64_t limit;       /* entries, 1 to JOURNAL_SEARCH_MOST */
} JournalQuery;

/**
 * Writes {"items":[…],"names":{…},"next":…,"searched_until":…}, newest first. A request looks at a
 * bounded number of entries, so that a rare find holds nobody up: then there may be fewer items
 * than asked for, `next` goes on from where the search stopped, and `searched_until` is the instant
 * there. Fields hidden from the actor are left out; entries of objects that the actor's role may
 * not read come without their contents. STATUS_INVALID for a cursor that is not ours.
 */
MUST_USE Status journal_search_write(Context *context, const JournalQuery *query, JsonWriter *json);

#endif
