/* The person whom a text goes to: in which language and day it is written, and whether at all. */
#ifndef ONDO_ENGINE_RECEIVER_H
#define ONDO_ENGINE_RECEIVER_H

#include "record.h"

typedef struct Receiver {
    /* The context's actor with the person's language, time zone and order of names: whoever writes
     * a text with it may look up what the context may, and says it as the person reads it. */
    Actor actor;
    bool reachable; /* there, and not disabled */
    Str muted;      /* JSON: kinds of notifications that the person has turned off; may be empty */
} Receiver;

/**
 * Reads the person as the system. Nobody of that id is no error: they are not reachable, and texts
 * are written as for the context's actor.
 */
MUST_USE Status receiver_read(Context *context, Id user, Receiver *out);

/** Whether to tell the person something of this kind (a choice of notification.kind). */
MUST_USE bool receiver_wants(const Receiver *receiver, Str kind);

/**
 * Appends the ids of the active people of a role to `people`, which has room for `room` and holds
 * `*count` already; each stands there once.
 */
MUST_USE Status receivers_of_role(Transaction *transaction, Str role, Id *people, size_t room,
                                  size_t *count);

#endif
