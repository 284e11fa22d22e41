/* Bulk changes over HTTP, and the batches that they leave: progress, history, undo. */
#include "access.h"
#include "batch_task.h"
#include "cursor.h"
#include "list_query.h"
#include "resources.h"
#include "selection.h"

enum { BATCHES_DEFAULT = 20, BATCHES_MOST = 100 };

/* ---- Work ---- */

/* The outcome stands in the batch's record, where the page looks. */
static void run_change(void *data) {
    BatchTask *task = data;
    Status status = bulk_change_run(&task->head.exchange, &task->change, task->head.id,
                                    task->head.arena, &task->head.problem);
    if (status != STATUS_STALE) batch_task_log("bulk change ended early", task, status);
    batch_task_free(task);
}

static void run_undo(void *data) {
    BatchTask *task = data;
    Status status = batch_undo(&task->head.exchange, task->head.id, task->head.reason,
                               batch_task_go_on, task, task->head.arena, &task->head.problem);
    batch_task_log("undo ended early", task, status);
    batch_task_free(task);
}

/* ---- Reading ---- */

/* Its maker, and those who keep the whole in order; to others it is not there. */
static bool reaches(const Call *call, const BatchRecord *record) {
    return id_equal(record->created_by, call->actor.user) ||
           access_may(&call->actor, STR("configure"));
}

Status batches_read(Call *call) {
    BatchRecord record;
    Status status = batch_read(&call->context, call->id, &record);
    if (status != STATUS_OK) return status;
    if (!reaches(call, &record)) return STATUS_NOT_FOUND;
    batch_write(&call->json, &record);
    return STATUS_OK;
}

/* A page of batches being written. */
typedef struct ListJob {
    Call *call;
    int64_t limit, count;
    Id last;
} ListJob;

/* One more is asked for than shown, to know whether there is a next page. */
static Status write_batch(void *data, const BatchRecord *record) {
    ListJob *job = data;
    if (job->count++ == job->limit) return STATUS_OK;
    job->last = record->id;
    batch_write(&job->call->json, record);
    return STATUS_OK;
}

Status batches_list(Call *call) {
    static const Str LIST = STR_INIT("batch");
    ListJob job = {.call = call, .limit = BATCHES_DEFAULT};
    Cursor from = {.count = 0};
    Str cursor = call_parameter(call, "cursor");
    if (!call_limit(call, BATCHES_MOST, &job.limit)) return STATUS_INVALID;
    if (!str_empty(cursor) && !cursor_read(call->arena, cursor, LIST, &from)) {
        return call_refuse(call, STATUS_INVALID, "/cursor", "cursor");
    }
    json_open_object(&call->json);
    json_key(&call->json, STR("items"));
    json_open_array(&call->json);
    Status status =
        batch_each(&call->context, call->actor.user, from.id, job.limit + 1, write_batch, &job);
    json_close_array(&call->json);
    Str next = {0};
    if (job.count > job.limit) next = cursor_write(call->arena, LIST, &(Cursor){.id = job.last});
    json_member_text_or_null(&call->json, "next", next);
    json_close_object(&call->json);
    return status;
}

/* ---- A bulk change ---- */

/* A record that is named twice is changed once, at its first place. */
static void drop_repeated(Arena *arena, Id *ids, size_t *count) {
    size_t slots = 16, kept = 0;
    while (slots < *count * 2) slots *= 2;
    Id *seen = ARENA_ARRAY(arena, slots, Id);
    for (size_t i = 0; i < *count; i++) {
        uint64_t hash;
        memcpy(&hash, ids[i].bytes + sizeof(Id) - sizeof hash, sizeof hash);
        size_t at = hash & (slots - 1);
        while (!id_none(seen[at]) && !id_equal(seen[at], ids[i])) at = (at + 1) & (slots - 1);
        if (!id_none(seen[at])) continue;
        seen[at] = ids[i];
        ids[kept++] = ids[i];
    }
    *count = kept;
}

/* Whom a change of many is about: what a list shows, but those that were unticked. */
typedef struct SelectJob {
    Call *call;
    BatchTask *task;
    const ListQuery *query;
    const Id *except;
    size_t except_count;
} SelectJob;

static Status select_job(Transaction *transaction, void *data) {
    SelectJob *job = data;
    Id *ids;
    Context context = job->call->context;
    context.transaction = transaction;
    context.arena = job->task->head.arena;
    BulkChange *change = &job->task->change;
    Status status = bulk_change_select(&context, job->query, job->except, job->except_count, &ids,
                                       &change->count);
    if (status == STATUS_OK) change->ids = ids;
    return status;
}

/* {"all": true}: those that the list with the same parameters holds. */
static Status select_all(Call *call, BatchTask *task) {
    ListAsked asked;
    Id *except;
    SelectJob job = {.call = call, .task = task};
    Status status = selection_refuse_paging(call);
    if (status == STATUS_OK) status = list_query_read(call, call->object, NULL, &asked);
    if (status == STATUS_OK) {
        status = selection_read_ids(call, "except", call->arena, &except, &job.except_count);
    }
    if (status != STATUS_OK) return status;
    job.query = &asked.query;
    job.except = except;
    return store_read(call->api->store, select_job, &job);
}

static Status select_ids(Call *call, BatchTask *task) {
    Id *ids;
    BulkChange *change = &task->change;
    Status status = selection_read_ids(call, "ids", task->head.arena, &ids, &change->count);
    if (status != STATUS_OK) return status;
    drop_repeated(call->arena, ids, &change->count);
    change->ids = ids;
    return STATUS_OK;
}

/* One of the two has to be said: a selection that was forgotten must not mean everything. */
static Status select_records(Call *call, BatchTask *task) {
    bool all = json_is_true(json_object_get(call->body, "all"));
    bool ids = json_object_get(call->body, "ids") != NULL;
    if (all == ids) return call_refuse(call, STATUS_INVALID, "", "bulk_change_which");
    return all ? select_all(call, task) : select_ids(call, task);
}

static const char *const MEMBERS[] = {"ids", "all", "except", "changes", "preview", NULL};

static Status read_mode(Call *call, BatchMode *out) {
    const json_t *preview = json_object_get(call->body, "preview");
    if (preview && !json_is_boolean(preview)) {
        return call_refuse(call, STATUS_INVALID, "/preview", "not_boolean");
    }
    *out = json_is_true(preview) ? BATCH_PREVIEW : BATCH_REAL;
    return STATUS_OK;
}

static Status plan_change(Call *call, BatchTask *task) {
    BulkChange *change = &task->change;
    if (!json_is_object(call->body)) {
        return call_refuse(call, STATUS_INVALID, "", "object_expected");
    }
    Status status = call_refuse_unknown(call, MEMBERS);
    if (status == STATUS_OK) status = read_mode(call, &change->mode);
    if (status == STATUS_OK) status = select_records(call, task);
    if (status != STATUS_OK) return status;
    task->head.asked = json_incref(json_object_get(call->body, "changes"));
    change->changes = task->head.asked;
    status = bulk_change_check(&task->head.exchange, change, task->head.arena, &call->problem);
    if (status != STATUS_OK) return status;
    return bulk_change_begin(&task->head.exchange, change, task->head.arena, &call->problem,
                             &task->head.id);
}

Status records_change(Call *call) {
    BatchTask *task = batch_task_new(call);
    Status status = plan_change(call, task);
    if (status == STATUS_OK) return batch_task_start(call, task, run_change);
    batch_task_free(task);
    return status;
}

/* ---- Cancelling a preview ---- */

/* The work itself sees it between two groups. */
Status batches_cancel(Call *call) {
    BatchRecord record;
    Status status = batch_read(&call->context, call->id, &record);
    if (status != STATUS_OK) return status;
    if (!reaches(call, &record)) return STATUS_NOT_FOUND;
    status = batch_cancel(&call->context, &record);
    if (status == STATUS_OK) status = batch_read(&call->context, call->id, &record);
    if (status == STATUS_OK) batch_write(&call->json, &record);
    return status;
}

/* ---- Undo ---- */

typedef struct ClaimJob {
    Call *call;
    Id id;
    BatchRecord record;
} ClaimJob;

static Status claim_job(Transaction *transaction, void *data) {
    ClaimJob *job = data;
    Context context = job->call->context;
    context.transaction = transaction;
    Status status = batch_read(&context, job->id, &job->record);
    if (status != STATUS_OK) return status;
    if (!reaches(job->call, &job->record)) return STATUS_NOT_FOUND;
    return batch_undo_begin(&context, &job->record);
}

/* Claimed before the work is started, so that a refusal is the answer and not an entry in a log. */
Status batches_undo(Call *call) {
    ClaimJob job = {.call = call, .id = call->id};
    Status status = store_write(call->api->store, claim_job, &job);
    if (status != STATUS_OK) return status;
    BatchTask *task = batch_task_new(call);
    task->head.id = call->id;
    return batch_task_start(call, task, run_undo);
}
