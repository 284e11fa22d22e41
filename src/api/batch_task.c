/* The answer to work on many records is the batch, as it stands when the request has waited. */
#include "batch_task.h"

void batch_task_free(BatchTask *task) {
    task_close(&task->head);
}

bool batch_task_go_on(void *data) {
    const BatchTask *task = data;
    return task_goes_on(&task->head);
}

BatchTask *batch_task_new(Call *call) {
    Arena *arena = arena_new();
    BatchTask *task = ARENA_NEW(arena, BatchTask);
    task_open(&task->head, arena, call);
    task->change = (BulkChange){.object = call->object,
                                .reason = task->head.reason,
                                .go_on = batch_task_go_on,
                                .data = task};
    return task;
}

void batch_task_log(const char *message, const BatchTask *task, Status status) {
    task_log(&task->head, message, "batch", status);
}

/* What is read to show how far a batch is. */
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

Status batch_task_start(Call *call, BatchTask *task, JobWork *work) {
    ShowJob job = {.call = call, .id = task->head.id};
    Status status = task_start(call, work, task);
    if (status != STATUS_OK) {
        batch_task_free(task);
        return call_refuse(call, status, "", "busy");
    }
    status = store_read(call->api->store, read_batch, &job);
    if (status == STATUS_OK) batch_write(&call->json, &job.record);
    return status;
}
