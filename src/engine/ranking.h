/*
 * Rankings: how records stand among their like, by bands of equal size (quintiles) of several
 * measures, and a level from the sum of the bands. RFM is one: recency, frequency and value of
 * need, within a territory.
 *
 * Who has nothing to be measured is in the worst band. The others are ranked among those of their
 * group who have something; equals share a band, that of the middle of their places. A group with
 * fewer of them than `least` says nothing by itself, so its records are ranked among all.
 *
 * A ranking is derived, like a score, but what one record does moves others. So it is made once a
 * day for all, and when it is published.
 */
#ifndef ONDO_ENGINE_RANKING_H
#define ONDO_ENGINE_RANKING_H

#include "condition.h"

enum { RANKING_MEASURES_MOST = 8 };

/** Which value of a measure is the better one. */
typedef enum RankingBetter { RANKING_MORE, RANKING_LESS } RankingBetter;

/** One of the figures by which a group is put in order and cut into bands. */
typedef struct RankingMeasure {
    Str name;
    Label label, unit;
    const Condition *value; /* gives a number; empty, or 0 where more is better: nothing */
    RankingBetter better;
    const Field *keep; /* the band */
} RankingMeasure;

/** What a sum of bands is called from a number on. */
typedef struct RankingLevel {
    Str name;
    Label label;
    int64_t from; /* sum of the bands */
} RankingLevel;

/** The direction is part of the definition: sources disagree on whether 1 or 5 is the best. */
typedef enum RankingBest { RANKING_HIGHEST_BEST, RANKING_LOWEST_BEST } RankingBest;

/** Records of a group held against each other, as in RFM: bands of each measure, and what their sum
 * is called. */
typedef struct Ranking {
    Str name;
    Label label, help;
    const Object *object;
    const Condition *condition; /* who is ranked at all */
    const Condition *group;     /* gives the id of the group; NULL: all are one */
    int64_t bands, least;       /* of a measure; groups of fewer records are not ranked */
    RankingBest best;
    const RankingMeasure *measures;
    size_t measure_count;
    const RankingLevel *levels; /* ascending */
    size_t level_count;
    const Field *sum, *level, *previous, *since; /* each but `sum` may be NULL */
} Ranking;

/** In the order of their files. */
typedef struct Rankings {
    const Ranking *items;
    size_t count;
} Rankings;

/** Reads pharma/rankings/ against the model. STATUS_INVALID with every error. */
MUST_USE Status rankings_load(Arena *arena, const Model *model, const ModelSource *sources,
                              size_t count, Problem *problem, Rankings *out);

/** The levels of all rankings as lists of choices, "<ranking>.levels", put into `lists`. */
void rankings_add_choices(const ModelSource *sources, size_t count, json_t *lists);

/** NULL when there is none. */
const Ranking *rankings_find(const Rankings *rankings, Str name);
/** Whether a ranking is kept in the field, which then holds what the definition says. */
bool rankings_keep(const Rankings *rankings, const Object *object, Str field);

/** All rankings of all records, by the day of the context's actor, who is the system. */
MUST_USE Status rankings_run(const Rankings *rankings, Context *context);
/** One of them. */
MUST_USE Status ranking_run(const Ranking *ranking, Context *context);

/** What one record is measured at now. */
typedef struct RankingValue {
    bool empty;
    double value;
} RankingValue;

/** The measures of one record as they are now; `out` has room for each. */
MUST_USE Status ranking_values(const Ranking *ranking, Context *context, Id record, bool *applies,
                               RankingValue *out);

#endif
