/*
 * Two years of contacts: when they happen, and what each does to the relationship. Every visit is
 * decided from a stream of its own and from what went before, so the same steps can be taken twice:
 * once to know how everything ends, once more while the rows are written.
 */
#ifndef ONDO_DEMO_HISTORY_H
#define ONDO_DEMO_HISTORY_H

#include "world.h"

/** One contact in the order of time. */
typedef struct Slot {
    int64_t at;
    uint32_t person; /* position in World.persons */
} Slot;

typedef enum VisitState {
    VISIT_IS_PLANNED,   /* lies ahead */
    VISIT_IS_DRAFT,     /* held, not yet written up */
    VISIT_IS_COMPLETED, /* held and recorded */
    VISIT_IS_SIGNED,    /* recorded and signed by its owner */
    VISIT_IS_CANCELLED
} VisitState;

typedef enum PromiseState {
    PROMISE_IS_OPEN,      /* due, or overdue */
    PROMISE_IS_DELIVERED, /* handed over */
    PROMISE_IS_CONFIRMED, /* its receipt, too */
    PROMISE_IS_BROKEN,    /* cools the next contact */
    PROMISE_NONE          /* nothing was promised */
} PromiseState;

/** What happens at one contact, as far as later ones depend on it. */
typedef struct VisitPlan {
    VisitState state;        /* as it stands now */
    uint32_t owner;          /* a user */
    bool reading;            /* the temperature was judged */
    Warmth warmth, previous; /* of the reading; none without */
    TextKind reason;         /* of the reading; TEXT_KIND_COUNT for the first */
    bool last;               /* the last one held, once histories are known */
    PromiseState promise;
    int64_t promise_due; /* five in the afternoon over there */
} VisitPlan;

/** As many contacts as the options ask for, ordered by time; malloc'ed, the caller frees. */
Slot *history_schedule(const World *world);

/** Decides the `index`-th contact and moves the person's history on. */
VisitPlan history_step(World *world, const Slot *slot, size_t index);

/** Takes all steps; leaves the histories, and the institutions' warmth, as they are at the end. */
void history_run(World *world, const Slot *slots, size_t count);

/** Forgets all histories, so that the steps can be taken again. */
void history_reset(World *world);

/** True for a contact that took place and is recorded as such. */
static inline bool history_held(VisitState state) {
    return state == VISIT_IS_COMPLETED || state == VISIT_IS_SIGNED;
}

#endif
