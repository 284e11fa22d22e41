/*
 * Review plans: by what measure the questions of a week are taken together, and what is counted.
 * Data in pharma/reviews/, so that a company can say what is similar to it.
 */
#ifndef ONDO_ENGINE_REVIEW_PLAN_H
#define ONDO_ENGINE_REVIEW_PLAN_H

#include "lexicon.h"

/** How the weekly look at questions is done: which topics, by which subjects and needs, and who is
 * told. */
typedef struct ReviewPlan {
    Str name;
    Label label, measure; /* what the measure says, for people */
    const Str *kinds;     /* of topics that are grouped */
    size_t kind_count;
    int64_t threshold;       /* percent of words in common, from which two questions are one */
    int64_t weeks;           /* of the trend, the week itself among them */
    const Lexicon *same;     /* words that mean the same in three languages; may be NULL */
    const Lexicon *stop;     /* words that say nothing; may be NULL */
    const Lexicon *needs;    /* keywords of needs; may be NULL */
    const Lexicon *subjects; /* what a question is about where nobody said; may be NULL */
    Str text;                /* the template that they are told by; may be empty */
    const Str *tell;         /* roles that are told of a new review */
    size_t tell_count;
} ReviewPlan;

enum { REVIEW_WEEKS_MOST = 26 };

/** In the order of their files. */
typedef struct ReviewPlans {
    const ReviewPlan *items;
    size_t count;
} ReviewPlans;

/** Reads pharma/reviews/ against the lexicons. STATUS_INVALID with every error. */
MUST_USE Status review_plans_load(Arena *arena, const Lexicons *lexicons,
                                  const ModelSource *sources, size_t count, Problem *problem,
                                  ReviewPlans *out);

/** NULL when there is none. */
const ReviewPlan *review_plans_find(const ReviewPlans *plans, Str name);

#endif
