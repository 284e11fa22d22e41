/*
 * Deadlines: how long the law and the company leave for acting on a record, as tables of data. Each
 * entry says for which records it counts (a condition), from when to when it is in force, how long
 * it leaves, and on what that rests. The due times are kept in fields of the record, brought up to
 * date in the save that moves them; escalations say whom to tell, and how long before.
 *
 * Where several entries give a due time to one field, the earliest counts: to be early is never
 * wrong.
 */
#ifndef ONDO_ENGINE_DEADLINE_H
#define ONDO_ENGINE_DEADLINE_H

#include "condition.h"
#include "expression.h"
#include "template.h"

typedef enum DeadlineUnit {
    DEADLINE_HOURS,       /* run on through nights, weekends and holidays */
    DEADLINE_DAYS,        /* calendar days after day 0; due in the last one's last minute */
    DEADLINE_WORKING_DAYS /* as days, without the calendar's weekends and holidays */
} DeadlineUnit;

/** The days of one market. */
typedef struct DeadlineCalendar {
    Str code;             /* the choice of the record's market that it belongs to */
    Str zone;             /* whose day is counted */
    const Str *countries; /* of people whose records belong to this market */
    size_t country_count;
    bool weekend[7];         /* Monday first */
    const int64_t *holidays; /* days since 1970 */
    size_t holiday_count;
} DeadlineCalendar;

/** A time limit in force between two days; when the law changes, another one takes its place. */
typedef struct Deadline {
    Str name;
    Label label, basis;           /* where it is written */
    Str standing;                 /* "statute", "guidance" or "practice": what the basis is */
    const Condition *condition;   /* for which records it holds */
    const Field *due;             /* the instant that it sets */
    int64_t valid_from, valid_to; /* days since 1970 of day 0; the second is excluded */
    int64_t
        checked_on; /* the day on which it was held against the text in force; INT64_MIN: not yet */
    DeadlineUnit unit; /* of the count that follows */
    int64_t count;     /* 0 hours: at once */
} Deadline;

/** A step by which people are told of a due time that comes near and is not met. */
typedef struct Escalation {
    Str name;
    const Field *due;
    const Condition *condition; /* while it holds, the deadline has not been met */
    int64_t hours_before;       /* negative: after it */
    const Template *text;       /* of the notice */
    Str kind;                   /* of the notification */
    const Field **people;       /* references to users */
    size_t people_count;
    const Str *roles; /* everybody of these */
    size_t role_count;
} Escalation;

/** All deadlines of one object. */
typedef struct DeadlineTable {
    Str name;
    Label label;
    const Object *object;
    const Field *starts;          /* the instant that day 0 and hours count from */
    const Field *market;          /* the choice that names the calendar */
    const Field *told;            /* which escalations have been told (tags) */
    const Expression **countries; /* where the market comes from when it is empty */
    size_t country_count;
    const DeadlineCalendar *calendars;
    size_t calendar_count;
    const Deadline *deadlines;
    size_t count;
    const Escalation *escalations; /* of one due time the most pressing first */
    size_t escalation_count;
} DeadlineTable;

/** At most one for each object. */
typedef struct DeadlineTables {
    const DeadlineTable *items;
    size_t count;
} DeadlineTables;

/** Reads pharma/deadlines/ against model and templates. STATUS_INVALID with every error. */
MUST_USE Status deadlines_load(Arena *arena, const Model *model, const Templates *templates,
                               const ModelSource *sources, size_t count, Problem *problem,
                               DeadlineTables *out);

/** The table about an object; NULL when there is none. */
const DeadlineTable *deadlines_of(const DeadlineTables *tables, const Object *object);

/** Fills in the record's market where it is empty, and its due times. */
MUST_USE Status deadlines_before_save(const DeadlineTables *tables, Context *context,
                                      Change *change);

/** One deadline as it counts for a record. */
typedef struct DeadlineDue {
    const Deadline *deadline;
    int64_t at;
} DeadlineDue;

/**
 * Those that count for the record, in the order of the table; none before its clock has started.
 * `out` has room for all of the table.
 */
MUST_USE Status deadlines_for(const DeadlineTable *table, Context *context, const Record *record,
                              DeadlineDue *out, size_t *count);

/** The instant at which a deadline ends; a NULL calendar is UTC without working days of its own. */
int64_t deadline_end(const Deadline *deadline, const DeadlineCalendar *calendar, int64_t start);

/**
 * Tells what has come near since the last time; each step of a record once, and of several that
 * have come at once only the most pressing. As the system; `*told` counts records.
 */
MUST_USE Status deadlines_escalate(const DeadlineTables *tables, Context *context, int64_t *told);

#endif
