/*
 * Replays under way: one may take longer than a request should wait, so it is answered with how far
 * it has come, and whoever asks again for the same gets the figures when they are there.
 */
#ifndef ONDO_API_BACKTEST_RUNS_H
#define ONDO_API_BACKTEST_RUNS_H

#include "backtest.h"
#include "call.h"

/** Never NULL. */
BacktestRuns *backtest_runs_new(void);
/** After jobs_stop. NULL is allowed. */
void backtest_runs_free(BacktestRuns *runs);

/** Writes what came of a replay; of a model that lives as long as the call's edition. */
typedef void BacktestWriter(JsonWriter *json, const BacktestOptions *options,
                            const Backtest *result);

/**
 * Starts the replay for this reader, or joins the one that they began before, and waits a moment.
 * Answers 200 with what `write` writes, once; or 202 with {"status":"running","done","looks"}.
 * STATUS_BUSY while many are at work; otherwise what the replay came to.
 */
MUST_USE Status backtest_runs_ask(Call *call, const BacktestOptions *options,
                                  BacktestWriter *write);

#endif
