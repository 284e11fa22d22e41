/*
 * Starting a handover (E9): doctors that somebody has chosen (one, a list, a whole territory),
 * sorted by who looks after them now. Each of these representatives gets a plan of their own.
 */
#ifndef ONDO_DOMAIN_HANDOVER_START_H
#define ONDO_DOMAIN_HANDOVER_START_H

#include "record.h"

enum {
    HANDOVER_START_MOST = 2000, /* doctors at once */
    HANDOVER_LEFT_NAMED = 10,   /* records named for each reason */
    HANDOVER_LEFT_REASONS = 4,
};

/** The doctors of one representative. */
typedef struct HandoverGroup {
    Id from;     /* who gives them up */
    Id *doctors; /* in the order asked */
    size_t count, capacity;
    int64_t tier_a;     /* how many are of tier A */
    int64_t incomplete; /* of how many something is still to be written down */
    int64_t promises;   /* open ones, of all of them */
    Id plan;            /* once it is made */
} HandoverGroup;

/** Doctors that are not handed over, by the reason: a code of texts/errors.json. */
typedef struct HandoverLeft {
    const char *code; /* of the reason, for its sentence */
    size_t count;
    Id named[HANDOVER_LEFT_NAMED]; /* the first of them, to be shown by name */
    size_t named_count;
} HandoverLeft;

/**
 * What handing over would make of the chosen doctors, or has made: a group for each present
 * representative, and who is left out for which reason.
 */
typedef struct HandoverStart {
    Id to; /* who takes over */
    HandoverGroup *groups;
    size_t group_count;
    HandoverLeft left[HANDOVER_LEFT_REASONS];
    size_t left_count;
} HandoverStart;

/**
 * Sorts the chosen doctors, of which the actor must be allowed to change each. STATUS_INVALID when
 * they are more than HANDOVER_START_MOST. Changes nothing.
 */
MUST_USE Status handover_start_sort(Context *context, const Id *doctors, size_t count, Id to,
                                    HandoverStart *out);

/**
 * Makes a plan for each group, as the actor; `terms` may hold "effective_on",
 * "due_on" and "promises".
 * STATUS_INVALID when there is no doctor to hand over.
 */
MUST_USE Status handover_start_make(Context *context, HandoverStart *start, const json_t *terms);

#endif
