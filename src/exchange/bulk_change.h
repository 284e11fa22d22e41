/*
 * One change made to many records: checked once, previewed, applied group by group, taken back.
 *
 * A preview and the real change run the same code record by record, with the actor's rights, so
 * that checks, rules, roll-ups and journal hold as for a change by hand; the groups of a preview
 * are rolled back. A record that refuses the change leaves the others alone and is told with its
 * reason.
 */
#ifndef ONDO_EXCHANGE_BULK_CHANGE_H
#define ONDO_EXCHANGE_BULK_CHANGE_H

#include "batch.h"
#include "list.h"

enum {
    BULK_CHANGE_MOST = 100000, /* records at once */
    BULK_CHANGE_EXAMPLES = 20, /* records shown before and after */
    BULK_CHANGE_REASONS = 20,  /* different reasons of refusal that are told apart */
    BULK_CHANGE_REFUSED = 10,  /* records named for each of them */
};

/** Borrowed parts; all must outlive the work. */
typedef struct BulkChange {
    const Object *object;
    const Id *ids; /* of the records, each once */
    size_t count;
    const json_t *changes; /* {"field": value}; {"add": […], "remove": […]} for lists of values */
    BatchMode mode;        /* all or none, or as many as go */
    Str reason;            /* for the journal; may be empty */
    bool (*go_on)(void *data); /* asked between two groups: false stops there. NULL: never */
    void *data;
} BulkChange;

/**
 * The ids of the records of a list, without those in `except`, in the list's order, in the arena;
 * the query's limit and cursor do not count. STATUS_INVALID when they are more than
 * BULK_CHANGE_MOST.
 */
MUST_USE Status bulk_change_select(Context *context, const ListQuery *query, const Id *except,
                                   size_t except_count, Id **out, size_t *count);

/**
 * What is wrong with the change whatever the record: fields that are unknown or not for the actor
 * to set, values that break a field's rules. All errors, pointing into "/changes".
 */
MUST_USE Status bulk_change_check(const Exchange *exchange, const BulkChange *change, Arena *arena,
                                  Problem *problem);

/** The patch for one record: the changes, with lists of values added to and removed from. */
json_t *bulk_change_patch(const BulkChange *change, const Record *before);

/** Notes the change as running; the id is the batch of its journal entries. */
MUST_USE Status bulk_change_begin(const Exchange *exchange, const BulkChange *change, Arena *arena,
                                  Problem *problem, Id *id);

/**
 * Applies or rehearses it. The outcome stands in the batch's record, also when it was stopped or
 * failed: what was changed until then stays, and can be taken back.
 * STATUS_STALE: a preview that was cancelled (batch_cancel).
 */
MUST_USE Status bulk_change_run(const Exchange *exchange, const BulkChange *change, Id id,
                                Arena *arena, Problem *problem);

#endif
