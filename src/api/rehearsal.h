/*
 * Rehearsals under way in this server process: how far each is, and the word to stop. A rehearsal
 * is one request, so its person asks and stops it by others. Thread-safe.
 */
#ifndef ONDO_API_REHEARSAL_H
#define ONDO_API_REHEARSAL_H

#include "id.h"

typedef struct Rehearsals Rehearsals;

/** How far a rehearsal has come in its file. */
typedef struct RehearsalProgress {
    int64_t rows;  /* looked at */
    int64_t bytes; /* of the file, that they took */
    int64_t size;  /* of the whole file, in bytes; 0: it is not read yet */
} RehearsalProgress;

/** One rehearsal. It lies where its request does and is listed as long as that works on it. */
typedef struct Rehearsal {
    Rehearsals *list; /* NULL: not in any */
    struct Rehearsal *next;
    Id import, person;          /* a person has one of each import at a time */
    RehearsalProgress progress; /* under the list's lock, like what follows */
    bool stopped;               /* asked to end at the next look */
} Rehearsal;

/** Never NULL. */
Rehearsals *rehearsals_new(void);
/** When no request is under way any more. NULL is allowed. */
void rehearsals_free(Rehearsals *list);

/**
 * Lists the rehearsal of an import by a person. An older one of the same import by the same person
 * is told to stop: nobody waits for its answer any more.
 */
void rehearsal_enter(Rehearsal *rehearsal, Rehearsals *list, Id import, Id person);
/** Takes it from its list, whatever became of it; fits CLEANUP. One in no list is let be. */
void rehearsal_leave(Rehearsal *rehearsal);

/** Notes how far it is. False once it was told to stop. */
bool rehearsal_advance(Rehearsal *rehearsal, RehearsalProgress progress);
/** Whether it was told to stop. */
bool rehearsal_stopped(const Rehearsal *rehearsal);

/** How far the newest rehearsal of an import by a person is; false when there is none. */
bool rehearsals_look(Rehearsals *list, Id import, Id person, RehearsalProgress *out);
/** As rehearsals_look, and tells it to stop, which it does after its group of rows. */
bool rehearsals_cancel(Rehearsals *list, Id import, Id person, RehearsalProgress *out);

#endif
