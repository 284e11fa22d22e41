/*
 * The business in force, while it may change. An edition is one business with all that is made from
 * it; whoever uses one takes a reference and keeps it as long as it may look. When definitions are
 * published a new edition takes the old one's place, and the old one goes with its last user.
 */
#ifndef ONDO_API_EDITION_H
#define ONDO_API_EDITION_H

#include "call.h"

/** Immutable. Business, hooks and description belong together. */
struct Edition {
    const Business *business;
    Hooks hooks;
    const json_t *openapi; /* the description of this API, made from the model */
    int64_t generation;    /* of the publications that it holds */
};

/** The holder, with a first edition of `business`, which it takes over. Never NULL. */
Editions *editions_new(Business *business, int64_t generation);
/** Lets go of the present edition; no thread may use the holder any more. NULL is allowed. */
void editions_free(Editions *editions);

/** The edition in force, with a reference that the caller gives back by edition_release. */
const Edition *editions_take(Editions *editions);
/** One more reference to an edition that the caller holds. */
const Edition *edition_keep(const Edition *edition);
/** Gives a reference back. NULL is allowed. */
void edition_release(const Edition *edition);
static inline void edition_drop(const Edition **edition) {
    edition_release(*edition);
}

/**
 * Looks whether something has been published since the present edition, here or on another server,
 * and if so loads it and puts it in force; one cheap query when nothing was. What cannot be loaded
 * (published by a newer program, say) is logged once and the present edition stays. Thread-safe;
 * not within a job of the store.
 */
MUST_USE Status editions_refresh(Api *api);

#endif
