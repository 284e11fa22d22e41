/*
 * What imports share, whether their file comes with the request or was staged before: the task that
 * may outlast its request, and who may see which import.
 */
#include "import_task.h"

#include "access.h"

/* ---- The task ---- */

void import_task_free(ImportTask *task) {
    task_close(&task->head);
}

static bool go_on(void *data, const ImportCounts *counts) {
    const ImportTask *task = data;
    RehearsalProgress progress = {counts->rows, counts->bytes, (int64_t)task->request.bytes.size};
    if (task->rehearsal && !rehearsal_advance(task->rehearsal, progress)) return false;
    return task_goes_on(&task->head);
}

ImportTask *import_task_new(Call *call) {
    Arena *arena = arena_new();
    ImportTask *task = ARENA_NEW(arena, ImportTask);
    task_open(&task->head, arena, call);
    task->request.reason = task->head.reason;
    task->request.progress = go_on;
    task->request.progress_data = task;
    return task;
}

static void log_trouble(const char *message, const ImportTask *task, Status status) {
    if (status == STATUS_STALE) return; /* cancelled */
    task_log(&task->head, message, "import", status);
}

/* The outcome stands in the import's record, where the page looks; the log gets what went wrong. */
void import_task_run(void *data) {
    ImportTask *task = data;
    ImportResult *result = ARENA_NEW(task->head.arena, ImportResult);
    task->begun_at = clock_steady();
    Status status = importer_run(&task->head.exchange, &task->request, &task->plan, task->head.id,
                                 task->head.arena, &task->head.problem, result);
    log_trouble("import ended early", task, status);
    import_notice_send(task, status, &result->counts);
    import_task_free(task);
}

/* As import_task_run: the outcome stands in the import's record. */
void import_task_undo(void *data) {
    ImportTask *task = data;
    UndoCounts counts;
    Status status = importer_undo(&task->head.exchange, task->head.id, task->head.reason,
                                  task->head.arena, &task->head.problem, &counts);
    log_trouble("undo ended early", task, status);
    import_task_free(task);
}

/* The import as it stands after the wait. */
typedef struct ShowJob {
    Call *call;
    Id id;
    ImportRecord record;
} ShowJob;

static Status read_import(Transaction *transaction, void *data) {
    ShowJob *job = data;
    Context context = job->call->context;
    context.transaction = transaction;
    return import_record_read(&context, job->id, &job->record);
}

static Status put_back(Transaction *transaction, void *data) {
    const ImportTask *task = data;
    Problem unused = problem_new(task->head.arena);
    Context context =
        exchange_context(&task->head.exchange, task->head.arena, transaction, &unused);
    return import_record_status(&context, task->head.id, task->otherwise);
}

/* It was marked as running already; nobody would ever end it. */
static Status refuse_task(Call *call, ImportTask *task, Status status) {
    Status put = STATUS_OK;
    if (task->otherwise) put = store_write(call->api->store, put_back, task);
    log_trouble("import not put back", task, put);
    import_task_free(task);
    return call_refuse(call, status, "", "busy");
}

/* Starts the work and answers with the import as it stands then: ended, or still running. */
Status import_task_start(Call *call, ImportTask *task, JobWork *work) {
    ShowJob job = {.call = call, .id = task->head.id};
    Status status = task_start(call, work, task);
    if (status != STATUS_OK) return refuse_task(call, task, status);
    status = store_read(call->api->store, read_import, &job);
    if (status == STATUS_OK) import_record_write(&call->json, &job.record);
    return status;
}

/* ---- Rehearsals ---- */

void import_task_enter(Call *call, ImportTask *task, Id id, Rehearsal *rehearsal) {
    rehearsal_enter(rehearsal, call->api->rehearsals, id, call->actor.user);
    task->rehearsal = rehearsal;
}

Status import_task_rehearse(Call *call, ImportTask *task, ImportResult *out) {
    Status status = importer_rehearse(&task->head.exchange, &task->request, &task->plan,
                                      task->head.arena, &call->problem, out);
    bool stopped = status == STATUS_BUSY && task->rehearsal && rehearsal_stopped(task->rehearsal);
    return stopped ? STATUS_CONFLICT : status;
}

typedef bool Reach(Rehearsals *list, Id import, Id person, RehearsalProgress *out);

/* Nobody reaches another's: they are listed by person. */
static Status answer_progress(Call *call, Id id, Reach *reach) {
    RehearsalProgress progress;
    if (!reach(call->api->rehearsals, id, call->actor.user, &progress)) {
        return call_refuse(call, STATUS_NOT_FOUND, "", "import_no_rehearsal");
    }
    json_open_object(&call->json);
    json_member_integer(&call->json, "rows", progress.rows);
    json_member_integer(&call->json, "bytes", progress.bytes);
    json_member_integer(&call->json, "size", progress.size);
    json_close_object(&call->json);
    return STATUS_OK;
}

Status import_look_at(Call *call, Id id) {
    return answer_progress(call, id, rehearsals_look);
}

Status import_stop(Call *call, Id id) {
    Status status = answer_progress(call, id, rehearsals_cancel);
    if (status == STATUS_OK) call->response->status = 202;
    return status;
}

/* ---- Who may ---- */

Status import_require_right(Call *call) {
    if (access_may(&call->actor, STR("import"))) return STATUS_OK;
    return call_refuse(call, STATUS_DENIED, "", "denied");
}

/* One out of reach is as one that is not there. */
Status import_find(Call *call, ImportRecord *out) {
    Exchange exchange = call_exchange(call);
    Status status = import_require_right(call);
    if (status == STATUS_OK) status = import_record_read(&call->context, call->id, out);
    if (status != STATUS_OK) return status;
    return importer_reaches(&exchange, out) ? STATUS_OK : STATUS_NOT_FOUND;
}

/* Who may no longer import into the object does not see the rows of former days either. */
Status import_require_object(Call *call, const ImportRecord *record) {
    const Object *object = model_object(call->business->model, record->object);
    Exchange exchange = call_exchange(call);
    return object ? importer_allow(&exchange, object, &call->problem) : STATUS_NOT_FOUND;
}
