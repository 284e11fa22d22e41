/* What starting and going on with a run share; for the files of playbooks only. */
#ifndef ONDO_ENGINE_PLAYBOOK_WORK_H
#define ONDO_ENGINE_PLAYBOOK_WORK_H

#include "playbook.h"
#include "receiver.h"
#include "system_actor.h"

/** The longest list of fields that is written of a run, a step or a task by the machine itself. */
enum { PLAYBOOK_FIELDS_MOST = 16 };

/** Fields of one record that are about to be written. */
typedef struct Writing {
    const Object *object;
    FieldValue values[PLAYBOOK_FIELDS_MOST];
    size_t count;
} Writing;

/** Adds a field by name; one that the object does not have is left out. */
void writing_add(Writing *writing, const char *field, Value value);

/** Runs act as the system, in the name of whoever's change moved them on. */
Context *playbook_begin(const Context *context, SystemActor *storage);

Str playbook_text_of(const Record *record, const char *field);
Id playbook_id_of(const Record *record, const char *field);
int64_t playbook_instant_of(const Record *record, const char *field);
bool playbook_state_is(const Record *record, const char *state);

/** What the run is about; STATUS_NOT_FOUND when it is gone. */
MUST_USE Status playbook_record_of(Context *context, const Playbook *playbook, const Record *run,
                                   Record *out);
/** Whom the record of a run belongs to; none: nobody. */
Id playbook_owner_of(const Playbook *playbook, const Record *record);
/** The name of the stop whose condition holds on the run; NULL: none does. */
MUST_USE Status playbook_find_stop(Context *context, const Playbook *playbook, const Record *run,
                                   const PlaybookStop **out);
/** Opens what has come up, step after step, and ends the run where nothing is left to do. */
MUST_USE Status playbook_go_on(Context *context, const Playbook *playbook, Record *run);

#endif
