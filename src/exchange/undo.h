/*
 * Taking back what bears a batch in the journal: an import, a bulk change. Record by record, newest
 * first; what somebody has changed since stays as it is and is named.
 */
#ifndef ONDO_EXCHANGE_UNDO_H
#define ONDO_EXCHANGE_UNDO_H

#include "exchange.h"

enum { UNDO_LEFT_MOST = 50 /* records left that are named; the counts tell of all */ };

/** What an undo did. */
typedef struct UndoCounts {
    int64_t removed;       /* records that the batch had created */
    int64_t reverted;      /* records that have their former values again */
    int64_t changed_since; /* left, wholly or in part: somebody changed them after the batch */
    int64_t refused;       /* a former value is no longer accepted, or something refers to it */
} UndoCounts;

/** A record that was left as it is. */
typedef struct UndoLeft {
    const Object *object;
    Id record;
    Str title;       /* empty when the actor may not read it */
    const char *why; /* "changed" or "refused" */
} UndoLeft;

/** How far an undo is; its list is valid during the call. */
typedef struct UndoProgress {
    UndoCounts counts;
    const UndoLeft *left; /* what could not be taken back, the first ones */
    size_t left_count;
    bool last; /* everything was looked at */
} UndoProgress;

/** Which batch is taken back, for whom, and who is told on the way. */
typedef struct UndoRequest {
    /* Whose undo it is: named in the journal. The work is done with all rights, since what rules
     * did on the batch's account goes with it; who may ask for it is the caller's to decide. */
    const Exchange *exchange;
    Id batch;
    Str reason; /* for the journal; may be empty */
    /* Notes the progress in the transaction of each group, at least once; may run twice. */
    Status (*note)(Context *context, void *data, const UndoProgress *progress);
    /* Asked between two groups: false ends the undo there with STATUS_BUSY. NULL: never. */
    bool (*go_on)(void *data);
    void *data;
} UndoRequest;

/**
 * Records that the batch created are deleted, fields that it changed get their former values, where
 * nobody has changed them since. The journal has the undo as one batch of its own. An undo that was
 * cut off may be begun again.
 */
MUST_USE Status undo_batch(const UndoRequest *request, Arena *arena, Problem *problem,
                           UndoCounts *out);

/**
 * What undo_batch would do now, by reading alone: of `request` only exchange and batch are used.
 * What would be refused is not foretold. `out` is valid as long as the arena.
 */
MUST_USE Status undo_foresee(const UndoRequest *request, Arena *arena, Problem *problem,
                             UndoProgress *out);

/** The counts as members of an open object, and the records left as its member "left". */
void undo_write_members(JsonWriter *json, const UndoProgress *progress);

#endif
