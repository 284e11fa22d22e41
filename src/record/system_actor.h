/* Acting as the system in the name of the person whose change is being completed. */
#ifndef ONDO_RECORD_SYSTEM_ACTOR_H
#define ONDO_RECORD_SYSTEM_ACTOR_H

#include "context.h"

/** Room for the context of the system itself, beside the one that it stands in for. */
typedef struct SystemActor {
    Actor actor;
    Context context;
} SystemActor;

/** A copy of the context that may do everything; valid as long as `storage`. */
static inline Context *system_actor(const Context *context, SystemActor *storage) {
    storage->actor = *context->actor;
    storage->actor.everything = true;
    storage->context = *context;
    storage->context.actor = &storage->actor;
    return &storage->context;
}

#endif
