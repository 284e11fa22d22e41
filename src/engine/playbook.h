/*
 * Playbooks: what is done for somebody over days and weeks, as data (pharma/playbooks/). A run is
 * one playbook under way for one record, kept as a record of `playbook_run` with its steps beside
 * it (`playbook_step`); each step that comes up makes a task for a person.
 *
 * A run keeps the definition that it began with (`playbook_plan`), whatever is published later. It
 * is never under way twice for one record (`playbook_run.running_key` is unique), and each round of
 * a step is there once, so that acting again, in a save or in the daily run, changes nothing.
 * Whoever starts runs: a person, or a rule's action "start".
 */
#ifndef ONDO_ENGINE_PLAYBOOK_H
#define ONDO_ENGINE_PLAYBOOK_H

#include "condition.h"
#include "expression.h"

/** How long after something: nothing, hours by the clock, or days and months by the calendar. */
typedef enum OffsetUnit { OFFSET_NONE, OFFSET_HOURS, OFFSET_DAYS, OFFSET_MONTHS } OffsetUnit;
/** A length of time as people say it: a month is no number of days. */
typedef struct Offset {
    OffsetUnit unit;
    int64_t count;
} Offset;

/** What a step is dated from. */
typedef enum StepFrom {
    STEP_FROM_START,    /* the run's beginning */
    STEP_FROM_PREVIOUS, /* the moment that the step before it was settled */
    STEP_WITH_CONTACT,  /* no date of its own: it goes along with the next contact */
} StepFrom;

/** One step: what is to be done, by whom, and when. */
typedef struct PlaybookStep {
    Str name;
    Label label, subject, guidance; /* with slots, filled from the run: {hcp.title} */
    const Condition *condition;     /* over the run; a step on which it fails is skipped */
    StepFrom from;
    Offset after;            /* when it is due */
    Offset ahead;            /* how long before that its task is made; none: as soon as can be */
    Offset every;            /* it comes again, so long after; none: once */
    int64_t spread;          /* days over which the runs of many records are spread */
    bool settled_by_contact; /* a contact settles it, nobody has to tick it off */
    Str role;                /* who does it: somebody of that role; empty: see `owner` */
    const Expression *owner; /* over the run; NULL: whoever the record belongs to */
    Str layer;               /* the layer of evidence to bring along; empty: whatever fits */
} PlaybookStep;

/** When a run stops by itself. */
typedef struct PlaybookStop {
    Str name;
    Label label;
    const Condition *condition; /* over the run */
} PlaybookStop;

/** What counts as a contact with the record: which records, when held and when only planned. */
typedef struct PlaybookContact {
    const Object *object; /* NULL: the playbook knows no contacts */
    const Field *reference, *held_at, *planned_at;
    const Condition *held, *planned;
} PlaybookContact;

/** What every task of a playbook holds besides its text. */
typedef struct PlaybookValue {
    const Field *field;           /* of the task */
    const Expression *expression; /* over the run */
} PlaybookValue;

/** A course of steps with a record: data, so that a company changes its practice without a new
 * program. */
typedef struct Playbook {
    Str name;
    Label label, help;
    const Object *object;       /* what it is about */
    const Field *about;         /* the run's reference to that */
    const Condition *condition; /* whom it suits, over `object` */
    bool by_hand;               /* people may start it */
    bool off;                   /* kept, but no longer started */
    const PlaybookStep *steps;
    size_t step_count;
    const PlaybookStop *stops;
    size_t stop_count;
    PlaybookContact contact;
    const PlaybookValue *values;
    size_t value_count;
    Str body; /* the definition as compact JSON, which a run keeps */
} Playbook;

/** In the order of their files. */
typedef struct Playbooks {
    const Playbook *items;
    size_t count;
} Playbooks;

/**
 * Reads pharma/playbooks/ against the model; names are unique. STATUS_INVALID with every error,
 * each with its place.
 */
MUST_USE Status playbooks_load(Arena *arena, const Model *model, const ModelSource *sources,
                               size_t count, Problem *problem, Playbooks *out);
/** One definition; `name` is the file's, for errors. The JSON may be dropped afterwards. */
MUST_USE Status playbook_read(Arena *arena, const Model *model, Str name, const json_t *definition,
                              Problem *problem, Playbook *out);
/** NULL when there is none. */
const Playbook *playbooks_find(const Playbooks *playbooks, Str name);
/** Adds the playbooks as choices, for fields with "choices": "playbooks", to `lists`. */
void playbooks_add_choices(const ModelSource *files, size_t count, json_t *lists);

/**
 * The instant so long after (or, `direction` -1, before) `from`: hours by the clock; days and
 * months keep the time of day in `zone`, and a month that has no such day ends with its last. At a
 * full minute: people read no seconds.
 */
int64_t offset_apply(Offset offset, Str zone, int64_t from, int direction);

/* ---- Starting ---- */

/** What a run begins with. */
typedef struct PlaybookStart {
    const Playbook *playbook;
    const Record *record;     /* what it is for */
    int64_t at;               /* from when its steps are dated */
    Str origin;               /* "hand", or "rule:<name>" */
    const FieldValue *values; /* further fields of the run */
    size_t count;
} PlaybookStart;

/** A step as it would come: dates are 0 where they are not known yet. */
typedef struct StepDates {
    int64_t due, opens;
} StepDates;

/**
 * Starts a run as the system: writes run and steps and makes the tasks of those that come up at
 * once. STATUS_CONFLICT with "playbook_running" or "playbook_over" (which stop holds already) where
 * it cannot.
 */
MUST_USE Status playbook_start(Context *context, const PlaybookStart *start, Record *run);
/** As playbook_start for a rule: where it does not suit, runs already or is over, nothing happens.
 */
MUST_USE Status playbook_start_quietly(Context *context, const PlaybookStart *start);
/**
 * What playbook_start would do, without doing it: the run in memory, and for each step its dates.
 * The same STATUS_CONFLICT.
 */
MUST_USE Status playbook_foretell(Context *context, const PlaybookStart *start, Record *run,
                                  StepDates *dates);
/** Whether the playbook suits the record, and whether it is under way for it. */
MUST_USE Status playbook_suits(Context *context, const Playbook *playbook, const Record *record,
                               bool *suits, bool *running);

/* ---- Going on ---- */

/** Stops a run that is under way; its open tasks are dismissed. `code`: "hand", or a stop's name.
 */
MUST_USE Status playbook_stop(Context *context, Record *run, Str code, Str reason);
/** Stops the run of the playbook for a record, if there is one; for a rule's action "stop". */
MUST_USE Status playbook_stop_for(Context *context, const Playbook *playbook, Id record,
                                  Str reason);

/**
 * What a save means for runs: a task settled, a contact held or planned, another responsible
 * person, a reason to stop. In the save's transaction, before the rules.
 */
MUST_USE Status playbooks_after_save(const Playbooks *playbooks, Context *context,
                                     const Change *change);
/**
 * What has come about by time alone: stops whose condition holds now, steps that come up. As the
 * system; again is nothing. `*acted` is raised by the number of runs that went on.
 */
MUST_USE Status playbooks_tick(const Playbooks *playbooks, Context *context, int64_t *acted);

/** The definition that a plan (`playbook_plan`) holds; NULL where it no longer fits the model. */
MUST_USE Status playbook_of_plan(const Playbooks *playbooks, Context *context, Id plan,
                                 const Playbook **out);
/** The definition that a run goes by: its own, also when another one is in force. */
MUST_USE Status playbook_of_run(const Playbooks *playbooks, Context *context, const Record *run,
                                const Playbook **out);
/** The step of that name; NULL when there is none. */
const PlaybookStep *playbook_step(const Playbook *playbook, Str name);
/** A step's text for the context's actor, filled from the run. */
MUST_USE Status playbook_step_text(Context *context, const Label *text, const Record *run,
                                   Str *out);

#endif
