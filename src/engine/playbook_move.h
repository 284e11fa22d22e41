/*
 * Runs of an earlier version of their playbook: what the version in force would change of each, and
 * moving them to it. What was done stays done and what is being done stays with whoever does it;
 * only what is still to come goes by the new version.
 */
#ifndef ONDO_ENGINE_PLAYBOOK_MOVE_H
#define ONDO_ENGINE_PLAYBOOK_MOVE_H

#include "playbook.h"

typedef enum StepMove {
    STEP_STAYS,   /* settled, under way, or due when it was */
    STEP_REDATED, /* planned, and due at another time */
    STEP_ADDED,   /* the run does not have it yet */
    STEP_DROPPED, /* the new version does not have it: it is stopped, its task dismissed */
} StepMove;

/** What becomes of one step; dates are 0 where there are none. */
typedef struct MovedStep {
    StepMove move;
    Str name;
    const PlaybookStep *plan;      /* by the new version, or by the old one of a dropped step */
    Str state;                     /* as it is kept now; empty: added */
    int64_t round;                 /* 1 for a step that does not come again */
    int64_t due_before, due_after; /* instants; 0: none */
    Id record;                     /* none: added */
} MovedStep;

/** What such a move would do, step by step, before anybody agrees to it. */
typedef struct PlaybookMove {
    const Playbook *from, *to; /* `from` NULL: its version no longer fits the model */
    MovedStep *steps;
    size_t count;
} PlaybookMove;

/**
 * What moving the run would do. STATUS_CONFLICT with "playbook_not_running" for one that is over,
 * and with "playbook_current" for one that goes by the version in force already.
 */
MUST_USE Status playbook_move_foretell(const Playbooks *playbooks, Context *context,
                                       const Record *run, PlaybookMove *out);
/** Does it: dates count from the run's start; one that lies in the past already is now. */
MUST_USE Status playbook_move(const Playbooks *playbooks, Context *context, Record *run);

/** Which version of its playbook a plan is, counted from 1. */
MUST_USE Status playbook_version(Context *context, Id plan, int64_t *out);

#endif
