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

/** How a step came to an end. */
typedef struct Settling {
    const char *state, *task_state; /* of the step, and of a task that is still open */
    Id contact;                     /* the contact that settled it; none: something else */
} Settling;
extern const Settling PLAYBOOK_DONE, PLAYBOOK_SKIPPED;

/** An object of the model by name; NULL where the business has none. */
const Object *playbook_object(const Context *context, const char *name);
/** Writes the fields of `writing` to a record, which `out` gets as it then is. */
MUST_USE Status playbook_write(Context *context, const Writing *writing, Id id, Record *out);

/** Runs act as the system, in the name of whoever's change moved them on. */
Context *playbook_begin(const Context *context, SystemActor *storage);

/**
 * Fields of runs and steps by their names: empty, none, 0 or false where the record has no value.
 * The fields are the machine's own, so that they exist wherever playbooks do.
 */
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
/** Records that a piece of SQL about "r" and one parameter behind it choose, by their ids. */
MUST_USE Status playbook_read_records(Context *context, const char *object, const char *where,
                                      Value parameter, Record **out, size_t *count);
/** The steps of a run that are planned or open, in the order of the plan. */
MUST_USE Status playbook_read_unsettled(Context *context, Id run, Record **out, size_t *count);
/** Ends a step with its task, and dates what follows from it. */
MUST_USE Status playbook_settle_step(Context *context, const Playbook *playbook, const Record *run,
                                     const Record *step, Settling settling);
/** Stops one step with its task, and nothing follows from it. */
MUST_USE Status playbook_drop_step(Context *context, const Record *step);
/** A step's dates by the run's start alone; one that follows another has none yet. */
StepDates playbook_first_dates(const PlaybookStep *step, const PlaybookStart *start, Str zone);
/** Writes the first round of a step, in the words of whom it is for. */
MUST_USE Status playbook_write_step(Context *context, const PlaybookStart *start, const Record *run,
                                    size_t index, StepDates dates);
/** The record that keeps a version of a playbook: one for all its runs. */
MUST_USE Status playbook_keep_plan(Context *context, const Playbook *playbook, Id *out);
/** The instant of the next planned contact after the run's start; VALUE_NULL: none is planned. */
MUST_USE Status playbook_next_contact(Context *context, const Playbook *playbook, const Record *run,
                                      Value *out);
/** Ends a run before its time, with its steps and tasks. As the context's actor. */
MUST_USE Status playbook_stop_run(Context *context, Record *run, Str code, Str reason);
/** Stops the run where a stop holds, else goes on; NULL: its definition can no longer be read. */
MUST_USE Status playbook_look_at(Context *context, const Playbook *playbook, Record *run);
/** Opens what has come up, step after step, and ends the run where nothing is left to do. */
MUST_USE Status playbook_go_on(Context *context, const Playbook *playbook, Record *run);

#endif
