/*
 * Who does what, when and why: the first argument of everything that touches business data.
 */
#ifndef ONDO_RECORD_CONTEXT_H
#define ONDO_RECORD_CONTEXT_H

#include "model.h"
#include "store.h"

typedef struct Role Role;   /* access.h */
typedef struct Hooks Hooks; /* hooks.h */

/** Whose rights and manners count. */
typedef struct Actor {
    Id user;          /* none for the system itself */
    Id team;          /* none: no team */
    const Role *role; /* NULL for the system */
    Lang lang;        /* of the sentences that they are told */
    Str zone;         /* IANA */
    NameOrder name_order;
    Str via;         /* "web", "api", "cli", "import", "rule", "demo" */
    Id session;      /* none without a browser */
    bool everything; /* the system itself: daily rules, roll-ups, migrations */
} Actor;

/**
 * What one save or reading needs to know. `hooks` may be NULL (tests, the first set-up): then
 * nothing follows from a save. `problem` is never NULL.
 */
typedef struct Context {
    Arena *arena;
    Transaction *transaction;
    const Model *model;
    const Hooks *hooks; /* NULL: nothing follows a write */
    const Actor *actor;
    /* Taken once a request, so that all that a request writes bears the same instant. */
    int64_t now;
    Problem *problem; /* where a refusal says why */
    Str reason;       /* the person's word for the journal; may be empty */
    Id cause_visit;   /* the visit on whose account records change; none outside one */
    Id batch;         /* the import that this write belongs to; none otherwise */
    int depth;        /* how many rules deep we are */
} Context;

#endif
