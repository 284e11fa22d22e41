/* What work needs that may outlast the request that began it: an import, a change of many records.
 */
#ifndef ONDO_API_TASK_H
#define ONDO_API_TASK_H

#include "call.h"
#include "edition.h"
#include "jobs.h"

/** The head of every task. Its arena holds all of the task; what the call lends is copied. */
typedef struct Task {
    Arena *arena;
    Api *api;
    const Edition *edition; /* the one it began with, to its end */
    Actor actor;
    Exchange exchange; /* its actor is the one above, so a task never moves */
    Problem problem;
    Id id;         /* of the import or batch that it works on */
    Str reason;    /* for the journal; may be empty */
    json_t *asked; /* what the request said of the work, a reference of its own; NULL: nothing */
} Task;

/** How long a request waits for its work before it is answered. */
enum { TASK_WAIT_MILLISECONDS = 2000 };

/** Fills the head of a task that lies in `arena`, which is the task's from here on. */
void task_open(Task *task, Arena *arena, Call *call);
/** Gives back all of the task, its arena and so itself included. */
void task_close(Task *task);

/** False once the server stops. Asked between two groups, where all that was counted is saved. */
bool task_goes_on(const Task *task);

/** Notes in the log, under the name `what` of the thing it works on, that it ended in trouble. */
void task_log(const Task *task, const char *message, const char *what, Status status);

/**
 * Starts the work on `data`, which belongs to it from here on, and waits a moment: the answer is
 * 200 when it has ended, 202 while it goes on. STATUS_BUSY, with nothing started, while many are at
 * work.
 */
MUST_USE Status task_start(Call *call, JobWork *work, void *data);

#endif
