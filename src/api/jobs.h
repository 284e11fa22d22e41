/*
 * Work that outlasts its request (a large import), on threads of its own. Whoever starts it waits a
 * moment, so that short work is answered at once. Thread-safe.
 */
#ifndef ONDO_API_JOBS_H
#define ONDO_API_JOBS_H

#include "str.h"

typedef struct Jobs Jobs;

/** With places for a few jobs at a time. Never NULL. */
Jobs *jobs_new(void);

/** Does the work and gives back what `data` points to; nobody waits for a result. */
typedef void JobWork(void *data);

/**
 * Runs `work` on a thread and waits at most `milliseconds` for its end; `*ended` tells. What `data`
 * points to belongs to the work. STATUS_BUSY, with nothing started, while many jobs are running or
 * jobs_stop was called. Without jobs (NULL) the work is done before the call returns.
 */
MUST_USE Status jobs_run(Jobs *jobs, JobWork *work, void *data, int milliseconds, bool *ended);

/** True once jobs_stop was called: work that can stop between two steps does so. */
bool jobs_stopping(Jobs *jobs);

/** Refuses further work and waits for what is running; before the store closes. NULL is allowed. */
void jobs_stop(Jobs *jobs);
/** After jobs_stop. NULL is allowed. */
void jobs_free(Jobs *jobs);

#endif
