/* The weekly job: when a week is over, its review is noted and those who work with it are told. */
#ifndef ONDO_DOMAIN_REVIEW_WEEKLY_H
#define ONDO_DOMAIN_REVIEW_WEEKLY_H

#include "review.h"
#include "template.h"

/**
 * Notes the review of the last whole week, by the calendar of the context's actor, as a record
 * "weekly_review", once; `*made` counts it. A week in which nothing was asked is not noted.
 */
MUST_USE Status review_weekly_run(Context *context, const ReviewPlan *plan,
                                  const Templates *templates, int64_t *made);

#endif
