/*
 * The weekly review: the questions of a week taken together by likeness, with their trend over the
 * weeks before, and the needs that records speak of. Read from what the context's actor may read,
 * computed anew each time, kept nowhere.
 */
#ifndef ONDO_DOMAIN_REVIEW_H
#define ONDO_DOMAIN_REVIEW_H

#include "clock.h"
#include "record.h"
#include "review_group.h"

/** Which week, and which questions of it. */
typedef struct ReviewOptions {
    const ReviewPlan *plan;
    int64_t monday;  /* the week's first day, days since 1970, in the zone of the context's actor */
    Id product;      /* only questions about it; none: all */
    int64_t subject; /* only questions of this code of plan->subjects; -1: all */
} ReviewOptions;

/** One topic of the weeks that are looked at. */
typedef struct ReviewQuestion {
    Id topic, visit, hcp, owner, product;
    int64_t held_at;
    int week; /* 0 is the oldest of the trend */
    Str text;
    uint64_t subjects; /* of plan->subjects */
} ReviewQuestion;

/** Questions that are alike. */
typedef struct ReviewGroup {
    size_t leader;         /* whose words name it */
    const size_t *members; /* of the week, the newest first */
    size_t count;
    size_t askers;                    /* how many representatives heard it */
    uint64_t subjects;                /* of any of its questions */
    int64_t weeks[REVIEW_WEEKS_MOST]; /* questions a week, the oldest week first */
} ReviewGroup;

/** A class of needs. */
typedef struct ReviewNeed {
    size_t code;                      /* of plan->needs */
    int64_t weeks[REVIEW_WEEKS_MOST]; /* visits that speak of it */
    const Id *visits;                 /* of the week, at most REVIEW_VISITS_MOST */
    size_t visit_count;
} ReviewNeed;

enum { REVIEW_VISITS_MOST = 50 };

/** The questions of a week, grouped by what they ask, beside those of the weeks before. */
typedef struct Review {
    const ReviewPlan *plan;
    const ReviewTerms *terms; /* words of the questions, folded and counted */
    ReviewQuestion *questions;
    GroupItem *items; /* beside the questions */
    size_t question_count;
    size_t asked;        /* questions of the week */
    size_t notes;        /* visits of the week whose notes were read */
    ReviewGroup *groups; /* the most frequent first */
    size_t group_count;
    ReviewNeed *needs; /* the most frequent first; only those that occur */
    size_t need_count;
} Review;

/** Reads and groups; everything lives in the context's arena. */
MUST_USE Status review_run(Context *context, const ReviewOptions *options, Review *out);

/** The Monday of the week of a day, both in days since 1970. */
int64_t review_monday(int64_t day);

#endif
