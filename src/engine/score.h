/*
 * Scores: points with their reasons. A definition names parts, each with a condition, points and a
 * sentence that says the facts; the points sum up, and levels begin at some of them. Warnings are
 * scores, so are qualities (what is missing is a part too) and tiers.
 *
 * A score is derived: kept in fields of the record itself, brought up to date in the save that
 * moves it and, because days pass, once a day for all records as one set. Versions stay (ADR 5).
 */
#ifndef ONDO_ENGINE_SCORE_H
#define ONDO_ENGINE_SCORE_H

#include "condition.h"

/** One reason for points. */
typedef struct ScorePart {
    Str name;
    Label label;
    const Condition *condition;
    Str logic;       /* the condition as JSON, for showing it */
    int64_t points;  /* added where the condition holds; may be negative */
    Label reason;    /* with slots (expression_fill); said where the condition holds */
    Label otherwise; /* said where it does not; may be empty */
} ScorePart;

/** A name for the points from `from` on, up to the next level. */
typedef struct ScoreLevel {
    Str name;
    Label label;
    int64_t from; /* points; up to the next level */
} ScoreLevel;

/** The fields of the object that hold the score; each but `points` may be NULL. */
typedef struct ScoreFields {
    const Field *points, *level, *parts, *since;
} ScoreFields;

/** A choice of other records whose past the replay has to know. */
typedef struct ScoreDated {
    const Object *object;
    const Field *field;
    const Field *at; /* an instant at which it took its present value; NULL: only the journal */
    Str before;      /* the code that it had until then */
} ScoreDated;

/**
 * How a warning is held against what happened afterwards: the records that tell of the event, and a
 * plain rule that the score should be better than.
 */
typedef struct ScoreCheck {
    const Object *object;   /* NULL: there is no check */
    const Field *link;      /* leads to the record that the score is of */
    const Field *at;        /* when it happened */
    const Condition *event; /* over `object`: which of its records tell of the event */
    Label event_label;
    const ScoreLevel *level; /* from this level on a record counts as warned of */
    const Condition *plain;  /* the rule that the score is held against */
    Label plain_label;
    Str event_logic, plain_logic;
    /* Instants of other objects that are filled in later on: on a day before, they were empty. */
    const Field **later;
    size_t later_count;
    const ScoreDated *dated; /* fields whose earlier value another field tells */
    size_t dated_count;
    int64_t horizon; /* days */
} ScoreCheck;

/**
 * Where the history of the score is written: a record of `object` for each change of the points.
 * All but `object`, `record` and `at` may be NULL.
 */
typedef struct ScoreReadings {
    const Object *object; /* NULL: no history is kept */
    const Field *record;  /* leads to the record that the score is of */
    const Field *points, *points_before, *level, *level_before, *parts, *at;
} ScoreReadings;

/** Points that conditions give a record, what their sum is called, and where all that is kept. */
typedef struct Score {
    Str name;
    Label label, help;
    const Object *object;
    const Condition *condition;      /* what records have the score at all */
    Str logic;                       /* the condition as JSON, for lists of these records */
    int64_t start, minimum, maximum; /* points before any part, and the bounds of the sum */
    const ScorePart *parts;
    size_t part_count;
    const ScoreLevel *levels; /* ascending */
    size_t level_count;
    ScoreFields keep;
    ScoreReadings readings;
    ScoreCheck check;
} Score;

/** In the order of their files. */
typedef struct Scores {
    const Score *items;
    size_t count;
} Scores;

/** Reads pharma/scores/ against the model. STATUS_INVALID with every error. */
MUST_USE Status scores_load(Arena *arena, const Model *model, const ModelSource *sources,
                            size_t count, Problem *problem, Scores *out);

/**
 * The levels and parts of all scores as lists of choices, "<score>.levels" and "<score>.parts", put
 * into `lists`: for fields that hold them, which are read before the scores.
 */
void scores_add_choices(const ModelSource *sources, size_t count, json_t *lists);

/** NULL when there is none. */
const Score *scores_find(const Scores *scores, Str name);
/** Whether a score is kept in the field, which then holds what the definition says. */
bool scores_keep(const Scores *scores, const Object *object, Str field);

/** Brings the scores that a change moves up to date, in its transaction. */
MUST_USE Status scores_after_save(const Scores *scores, Context *context, const Change *change);

/** One score of all records, in one statement, by the day of the context's actor. */
MUST_USE Status score_run(const Score *score, Context *context);
/** As score_run, of the records of the people of one time zone (see rules_run_daily). */
MUST_USE Status score_run_zone(const Score *score, Context *context, Str zone, Str company_zone);

/** Whether any condition of the score asks about the field of its object. */
bool score_mentions(const Score *score, const Field *field);
/**
 * Whether a save is all that moves the score: nothing in it depends on the day, on a record that a
 * reference leads to, or on what another score keeps. Once asked of all records, such a score
 * stays true until its definition changes, and need not be asked daily.
 */
bool score_is_settled(const Score *score, const Scores *scores);

/** What one record's score is made of. */
typedef struct ScoreResult {
    bool applies; /* it has the score at all; what follows is empty otherwise */
    int64_t points;
    int64_t bounded;         /* what the bounds took from or added to the sum of the parts */
    const ScoreLevel *level; /* NULL below all levels */
    bool *holds;             /* one for each part */
} ScoreResult;

/** Asks all conditions about one record, as the context's actor. */
MUST_USE Status score_of(const Score *score, Context *context, const Record *record,
                         ScoreResult *out);

/* ---- For queries that ask a score of many records ---- */

/**
 * Adds `WITH "flagged" AS (…), "scored" AS (…)`: "scored" has "id", "points" (NULL where the score
 * does not apply), "level", "parts" (a JSON list; NULL: none) and "also" for the living records of
 * `table` (aliased "r") that satisfy what `add_where` adds, which begins with AND. Other queries
 * follow in the same WITH after a comma; `begun` says that one stands before.
 */
typedef void ScoreWhere(Sql *sql, void *data);
/** Which records' points are wanted; the text of the condition is the caller's own. */
typedef struct ScoreQuery {
    const char *begin;     /* "WITH ", or ", " after other queries of the same WITH */
    ScoreWhere *add_where; /* NULL: all */
    void *data;
    bool with_kept;        /* also "kept_points", "kept_level", "kept_parts": what is kept now */
    const Condition *also; /* asked of each record beside the score; NULL: nothing */
} ScoreQuery;
MUST_USE Status score_add_sql(const Score *score, Context *context, const ScoreQuery *query,
                              Sql *sql);

#endif
