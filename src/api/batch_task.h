/* Work on many records that may outlast the request that began it. */
#ifndef ONDO_API_BATCH_TASK_H
#define ONDO_API_BATCH_TASK_H

#include "bulk_change.h"
#include "choice_merge.h"
#include "task.h"

/** All that the work needs. `asked` in its head are the changes. */
typedef struct BatchTask {
    Task head;
    BulkChange change; /* its bounds serve every kind of batch */
    ChoiceMerge merge; /* of a batch that merges choices */
} BatchTask;

/** Whoever gets it frees it, or gives it to batch_task_start. */
BatchTask *batch_task_new(Call *call);
/** NULL is allowed. Of a task that was started, batch_task_start has taken possession. */
void batch_task_free(BatchTask *task);

/** False once the server stops; `data` is the task. */
bool batch_task_go_on(void *data);

/** Notes in the log that the work ended with anything but STATUS_OK. */
void batch_task_log(const char *message, const BatchTask *task, Status status);

/**
 * Starts the work, which frees the task, waits a moment, and answers with the batch as it stands
 * then: 200 when it has ended, 202 while it goes on. STATUS_BUSY while many are at work.
 */
MUST_USE Status batch_task_start(Call *call, BatchTask *task, JobWork *work);

#endif
