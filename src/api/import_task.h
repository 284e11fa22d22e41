/* What the routes of imports share: transfer.c, staged_import.c. */
#ifndef ONDO_API_IMPORT_TASK_H
#define ONDO_API_IMPORT_TASK_H

#include "importer.h"
#include "rehearsal.h"
#include "task.h"

/** An import on its way. `asked` in its head is the map. */
typedef struct ImportTask {
    Task head; /* first, so that a Task * is this */
    ImportRequest request;
    Corrections corrections; /* cells that a person has mended */
    ImportPlan plan;         /* filled in once the file is read */
    Rehearsal *rehearsal;    /* to be told how far it is; NULL: nobody looks */
    int64_t begun_at;        /* by the steady clock */
    const char *otherwise;   /* the state of an import that cannot be started; NULL: as it is */
} ImportTask;

/** Never NULL. What the call lends only until its answer is copied. */
ImportTask *import_task_new(Call *call);
/** Gives it back with its arena. */
void import_task_free(ImportTask *task);
/** For CLEANUP. */
static inline void import_task_drop(ImportTask **task) {
    if (*task) import_task_free(*task);
}

/**
 * Tells the person that their import has ended, if it went on after its request was answered: who
 * waited has seen it.
 */
void import_notice_send(ImportTask *task, Status outcome, const ImportCounts *counts);

/** The import as a job; it frees the task. Its outcome stands in the import's record. */
void import_task_run(void *task);
/** The undo as a job, likewise. */
void import_task_undo(void *task);

/**
 * Starts the job and answers with the import as it stands two seconds later at most: 200 when it
 * has ended, 202 otherwise. The task is the job's from here on, also when it is refused.
 */
MUST_USE Status import_task_start(Call *call, ImportTask *task, JobWork *work);

/**
 * Lists the rehearsal that this request is, under `id`, so that its person can look at it and stop
 * it from its first moment. Lies where the request does.
 */
void import_task_enter(Call *call, ImportTask *task, Id id, Rehearsal *rehearsal);
/**
 * importer_rehearse of the task. STATUS_CONFLICT when its person stopped it, which is no trouble of
 * the server, as STATUS_BUSY is where the server stops.
 */
MUST_USE Status import_task_rehearse(Call *call, ImportTask *task, ImportResult *out);
/** Answers how far the caller's rehearsal under `id` is; 404 without one. */
MUST_USE Status import_look_at(Call *call, Id id);
/** Tells it to stop: 202, with how far it is; 404 without one. It leaves nothing to wait for. */
MUST_USE Status import_stop(Call *call, Id id);

/** STATUS_DENIED without the right to import. */
MUST_USE Status import_require_right(Call *call);
/** The import of {id}; one out of reach is as one that is not there. Needs a transaction. */
MUST_USE Status import_find(Call *call, ImportRecord *out);
/** Whether the person may (still) import into the import's object. */
MUST_USE Status import_require_object(Call *call, const ImportRecord *record);

#endif
