/* An outcome stands in the batch's record, where the page looks; the log gets what went wrong. */
#include "batch_task.h"

#include "edition.h"
#include "log.h"

enum { WAIT_MILLISECONDS = 2000 };

void batch_task_free(BatchTask *task) {
    json_decref(task->changes);
    edition_release(task->edition);
    arena_free(task->arena);
}

/* Between two groups everything that was counted is saved, so this is where a server stops. */
bool batch_task_go_on(void *data) {
    const BatchTask *task = data;
    return !jobs_stopping(task->api->jobs);
}

/* What the call lends only until its answer is copied here. */
BatchTask *batch_task_new(Call *call) {
    Arena *arena = arena_new();
    BatchTask *task = ARENA_NEW(arena, BatchTask);
    task->arena = arena;
    task->api = call->api;
    task->edition = edition_keep(call->edition);
    task->actor = call->actor;
    task->actor.zone = str_copy(arena, call->actor.zone);
    task->exchange = call_exchange(call);
    task->exchange.actor = &task->actor;
    task->problem = problem_new(arena);
    task->change = (BulkChange){.object = call->object,
                                .reason = str_copy(arena, call->context.reason),
                                .go_on = batch_task_go_on,
                                .data = task};
    return task;
}

void batch_task_log(const char *message, const BatchTask *task, Status status) {
    if (status == STATUS_OK) return;
    log_write(LOG_LEVEL_WARNING, message, LOG_TEXT("batch", id_text(task->arena, task->id)),
              LOG_TEXT("status", str_of(status_name(status))));
}

typedef struct ShowJob {
    Call *call;
    Id id;
    BatchRecord record;
} ShowJob;

static Status read_batch(Transaction *transaction, void *data) {
    ShowJob *job = data;
    Context context = job->call->context;
    context.transaction = transaction;
    return batch_read(&context, job->id, &job->record);
}

/* Starts the work and answers with the batch as it stands then: ended, or still running. */
Status batch_task_start(Call *call, BatchTask *task, JobWork *work) {
    ShowJob job = {.call = call, .id = task->id};
    bool ended;
    Status status = jobs_run(call->api->jobs, work, task, WAIT_MILLISECONDS, &ended);
    if (status != STATUS_OK) {
        batch_task_free(task);
        return call_refuse(call, status, "", "busy");
    }
    status = store_read(call->api->store, read_batch, &job);
    if (status != STATUS_OK) return status;
    call->response->status = ended ? 200 : 202;
    batch_write(&call->json, &job.record);
    return STATUS_OK;
}
