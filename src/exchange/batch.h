/*
 * Work on many records that outlasts its request, as the database remembers it: the table "batch".
 * Its id is the batch of its entries in the journal, from which undo.h takes it back.
 */
#ifndef ONDO_EXCHANGE_BATCH_H
#define ONDO_EXCHANGE_BATCH_H

#include "exchange.h"
#include "undo.h"

/** What a batch does. */
#define BATCH_CHANGE "change"
#define BATCH_MERGE                                                              \
    "merge" /* of a choice into another: no rule is woken by it, nor by its undo \
             */

/** The states of a batch. */
#define BATCH_RUNNING "running"
#define BATCH_DONE "done"
#define BATCH_STOPPED "failed"
#define BATCH_UNDOING "undoing"
#define BATCH_UNDONE "undone"
#define BATCH_CANCELLED "cancelled" /* a preview that nobody waits for any more */

/** Whether what a batch does is kept, or only looked at. */
typedef enum BatchMode { BATCH_REAL, BATCH_PREVIEW } BatchMode;

/** One batch; its texts live in the arena it was read into. */
typedef struct BatchRecord {
    Id id;
    Str kind, object, status;
    BatchMode mode;              /* all or none, or as many as go */
    Str request, counts, report; /* JSON objects, written as they are; may be empty */
    Str undo;                    /* what its undo did so far, JSON; empty: none */
    Id created_by;
    int64_t created_at, finished_at, undone_at; /* 0: not yet */
    int64_t seen_at;                            /* the last sign of life */
} BatchRecord;

/** Notes a new batch as running. */
MUST_USE Status batch_insert(Context *context, const BatchRecord *record);
/** The same in a transaction of its own, before the work itself begins. */
MUST_USE Status batch_begin(const Exchange *exchange, const BatchRecord *record, Arena *arena,
                            Problem *problem);
/** STATUS_NOT_FOUND when there is none. Who may read it is the caller's matter. */
MUST_USE Status batch_read(Context *context, Id id, BatchRecord *out);

/** What batch_each calls; any status but STATUS_OK ends it. */
typedef Status BatchVisitor(void *data, const BatchRecord *record);
/**
 * Calls `visit` for the batches of one person, newest first, those before `before` (none: all), at
 * most `limit`; previews are left out.
 */
MUST_USE Status batch_each(Context *context, Id by, Id before, int64_t limit, BatchVisitor *visit,
                           void *data);

/** Whether work on it goes on: a process that was killed leaves its status behind. */
bool batch_at_work(const BatchRecord *record, int64_t now);

/** Counts so far, as JSON; also a sign of life. */
MUST_USE Status batch_progress(Context *context, Id id, Str counts);
/** Ends it with BATCH_DONE or BATCH_STOPPED; one that was cancelled stays so. */
MUST_USE Status batch_finish(Context *context, Id id, const char *status, Str counts, Str report);

/**
 * Stops a preview at its next group; it keeps nothing in any case. STATUS_CONFLICT, with the reason
 * in the context's problem, for a real change, which can be taken back, and for one that has ended.
 */
MUST_USE Status batch_cancel(Context *context, const BatchRecord *record);

/**
 * Marks a batch as being undone. STATUS_CONFLICT, with the reason in the context's problem, for a
 * preview, for what cannot be taken back, while it is at work, and when it was undone without
 * leaving anything refused.
 */
MUST_USE Status batch_undo_begin(Context *context, const BatchRecord *record);
/** Takes back a batch for which batch_undo_begin has returned STATUS_OK. */
MUST_USE Status batch_undo(const Exchange *exchange, Id id, Str reason, bool (*go_on)(void *),
                           void *data, Arena *arena, Problem *problem);

/** Removes previews that nobody will look at any more; the journal knows nothing of them. */
MUST_USE Status batch_sweep(Transaction *transaction, int64_t now);

/** Writes the batch as the API shows it. */
void batch_write(JsonWriter *json, const BatchRecord *record);

#endif
