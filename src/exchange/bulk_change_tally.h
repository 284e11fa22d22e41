/* What a bulk change did, counted and told: changed, unchanged, refused and why, with examples. */
#ifndef ONDO_EXCHANGE_BULK_CHANGE_TALLY_H
#define ONDO_EXCHANGE_BULK_CHANGE_TALLY_H

#include "bulk_change.h"

enum { BULK_FOLLOWS_MOST = 20 };

/** Why records were refused, and some of them. */
typedef struct BulkReason {
    Str code, message;               /* the sentence is in the actor's language */
    int64_t count;                   /* records refused for it */
    Id records[BULK_CHANGE_REFUSED]; /* the first of them */
    Str titles[BULK_CHANGE_REFUSED];
    size_t record_count;
} BulkReason;

/** What followed from the change on other objects: tasks that a rule made, say. */
typedef struct BulkFollow {
    Str object, action;
    int64_t count;
} BulkFollow;

/** All of it, up to the groups that are done. */
typedef struct BulkTally {
    int64_t changed, unchanged, refused;
    BulkReason reasons[BULK_CHANGE_REASONS]; /* in the order in which they were met */
    size_t reason_count;
    Str examples[BULK_CHANGE_EXAMPLES]; /* JSON */
    size_t example_count;
    BulkFollow follows[BULK_FOLLOWS_MOST]; /* what rules did besides */
    size_t follow_count;
} BulkTally;

/** What became of one record. */
typedef enum BulkOutcome { BULK_REFUSED, BULK_CHANGED, BULK_UNCHANGED } BulkOutcome;

/** The same with what is told of it; texts live as long as the tally. */
typedef struct BulkResult {
    BulkOutcome outcome;
    Str example;              /* JSON, of the first ones changed */
    Str code, message, title; /* of one refused */
} BulkResult;

/** Counts one record with its result. */
void bulk_tally_add(BulkTally *tally, Id record, const BulkResult *result);

/** Adds what the journal has of the batch on other objects; names live in the arena. */
MUST_USE Status bulk_tally_follows(BulkTally *tally, const BulkChange *change, Id batch,
                                   Arena *arena, Transaction *transaction);

/** {"matching": …, "changed": …, "unchanged": …, "refused": …} */
Str bulk_tally_counts(Arena *arena, const BulkChange *change, const BulkTally *tally);
/** {"refused": […], "examples": […], "follows": […]} */
Str bulk_tally_report(Arena *arena, const BulkTally *tally);

#endif
