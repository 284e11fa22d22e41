/* The business of one company: everything in pharma/, loaded, checked against each other,
 * immutable. */
#ifndef ONDO_ENGINE_BUSINESS_H
#define ONDO_ENGINE_BUSINESS_H

#include "access.h"
#include "capacity.h"
#include "dashboard.h"
#include "deadline.h"
#include "form.h"
#include "holiday.h"
#include "layout.h"
#include "lexicon.h"
#include "playbook.h"
#include "prohibition.h"
#include "ranking.h"
#include "review_plan.h"
#include "rule.h"
#include "score.h"
#include "template.h"
#include "texts.h"

/** The parts refer to each other and are freed together. */
typedef struct Business {
    Arena *arena;    /* where all of it lives; it goes as a whole */
    Str fingerprint; /* of all definitions; another one wherever any of them differs */
    Model *model;
    Roles *roles;
    Layouts *layouts;  /* what forms and pages show, and where */
    Lexicons lexicons; /* words that notes and texts are read by */
    Forms forms;
    ReviewPlans reviews; /* how a week of questions is looked through */
    Templates templates;
    Playbooks playbooks;
    DeadlineTables deadlines;
    HolidayCalendars holidays;
    Rules *rules;
    const Prohibitions *prohibitions; /* what nobody may save, whatever their role */
    const Capacities *capacities;
    Scores scores;
    Rankings rankings;
    Dashboards *dashboards;
    Texts *texts; /* sentences of the business in its languages */
} Business;

/**
 * Loads all definitions; the folder in a source's name ("rules/rebuild_relationship.json") tells
 * its kind, and other folders are left to others. On failure every error is in `problem` (whose
 * sentences may be missing too). business_free gives everything back, its arena included.
 */
MUST_USE Status business_load(const ModelSource *sources, size_t count, Problem *problem,
                              Business **out);
/** Only the sentences, for telling what is wrong with the rest; texts_free gives them back. */
MUST_USE Status business_load_texts(Arena *arena, const ModelSource *sources, size_t count,
                                    Problem *problem, Texts **out);
/** Gives everything back; no other thread may still use any of it. NULL is allowed. */
void business_free(Business *business);

#endif
