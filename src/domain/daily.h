/* What is due every day: the daily rules, for the people of each time zone in their own day. */
#ifndef ONDO_DOMAIN_DAILY_H
#define ONDO_DOMAIN_DAILY_H

#include "business.h"
#include "hooks.h"

/** What a daily run needs to know; everything is borrowed for its time. */
typedef struct DailyOptions {
    Store *store;
    const Business *business;
    const Hooks *hooks;
    int64_t now;      /* the instant that all it writes bears */
    Str company_zone; /* whose day counts for records that nobody owns */
} DailyOptions;

/**
 * Runs the daily rules as the system. Running again on the same day finds no new causes and does
 * nothing. `*acted` gets the number of causes that rules acted on. `problem` gets what stopped it.
 */
MUST_USE Status daily_run(const DailyOptions *options, Problem *problem, int64_t *acted);

/**
 * Runs the rules that act some minutes after an instant (rules_run_after), which daily_run does
 * too. To be called every minute or oftener; each cause is acted on once.
 */
MUST_USE Status daily_run_reminders(const DailyOptions *options, Problem *problem, int64_t *acted);

#endif
