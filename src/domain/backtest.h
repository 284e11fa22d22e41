/*
 * A score held against what happened: history is replayed look by look, and each look sees only
 * what had happened by then. So that whoever relies on a warning knows how often it was followed by
 * what it warns of, how often anything was anyway, and whether a plain rule would have done.
 */
#ifndef ONDO_DOMAIN_BACKTEST_H
#define ONDO_DOMAIN_BACKTEST_H

#include "clock.h"
#include "score.h"

enum { BACKTEST_STEP_USUAL = 7, BACKTEST_DAYS_USUAL = 364, BACKTEST_LOOKS_MOST = 800 };
enum { BACKTEST_LENGTH_MOST = 730 /* days of a step or a horizon */ };

typedef struct BacktestOptions {
    const Score *score; /* with a check */
    Date from, to;      /* the first and last day that is looked at */
    int64_t step;       /* days between two looks */
    int64_t horizon;    /* days after a look in which an event counts */
    /* Called before each look, with how many are done of how many; false ends the replay. NULL:
     * nobody asks. */
    bool (*go_on)(void *data, int64_t done, int64_t looks);
    void *data;
} BacktestOptions;

/** What one rule would have been worth. */
typedef struct BacktestSide {
    int64_t marked; /* records marked, summed over all looks */
    int64_t right;  /* of those, followed by an event within the horizon */
    int64_t caught; /* events with a mark at one of the looks within the horizon before */
    int64_t lead;   /* median of the days from the first such look to the event; -1: none caught */
} BacktestSide;

/** What a score and the plain rule beside it would have been worth. */
typedef struct Backtest {
    int64_t looks;             /* days on which the past was looked at */
    int64_t asked;             /* records that the score is about, summed over all looks */
    int64_t followed;          /* of those, followed by an event within the horizon */
    int64_t events;            /* different ones among them */
    BacktestSide score, plain; /* the score, and the rule that it has to be better than */
    /* Fields that the rule asks about ("visit_preference", of other objects "promise.state"), and
     * whose past the journal tells: before its first entry about them they are taken as they were
     * then. */
    const Str *by_journal;
    size_t by_journal_count;
    /* Those whose past is not known at all: taken as they are today. */
    const Str *as_today;
    size_t as_today_count;
} Backtest;

/**
 * Usual days for a check that is looked at on `today`: a year, that ends a horizon ago, for what
 * came after must be known.
 */
void backtest_days(int64_t horizon, Date today, Date *from, Date *to);

/** STATUS_INVALID ("backtest_range") for days in the wrong order, too many looks, or a step or
 * horizon of more than BACKTEST_LENGTH_MOST days. */
MUST_USE Status backtest_check(Context *context, const BacktestOptions *options);

/**
 * Replays, in the reader's zone and of the records that the context's actor may read.
 * STATUS_INVALID as backtest_check, STATUS_BUSY when `go_on` ended it.
 */
MUST_USE Status backtest_run(Context *context, const BacktestOptions *options, Backtest *out);

#endif
