/*
 * Staged imports over HTTP: the file comes once, then only JSON about it goes to and fro. Each
 * request of a staged import is read as a whole before anything is done, so that a rehearsal and
 * the import that follows it are told the same.
 */
#include "import_task.h"
#include "resources.h"
#include "staged.h"

/* ---- What the request says ---- */

/* "encoding" and "delimiter": a text, or null or absent for finding it out. */
static Status read_hint(Call *call, ImportTask *task, const char *name, Str *out) {
    const json_t *node = json_object_get(call->body, name);
    if (!node || json_is_null(node)) return STATUS_OK;
    if (!json_is_string(node)) {
        Str pointer = str_format(call->arena, "/%s", name);
        problem_add(&call->problem, pointer, "not_text");
        return STATUS_INVALID;
    }
    *out = str_copy(task->head.arena, json_text(node));
    return STATUS_OK;
}

static Status read_header(Call *call, SheetHeader *out) {
    const json_t *node = json_object_get(call->body, "header");
    *out = SHEET_HEADER_DETECT;
    if (!node || json_is_null(node)) return STATUS_OK;
    if (!json_is_boolean(node)) return call_refuse(call, STATUS_INVALID, "/header", "not_boolean");
    *out = json_is_true(node) ? SHEET_HEADER_YES : SHEET_HEADER_NO;
    return STATUS_OK;
}

static Status read_map(Call *call, ImportTask *task) {
    json_t *node = json_object_get(call->body, "map");
    if (!node || json_is_null(node)) return STATUS_OK;
    if (!json_is_object(node)) return call_refuse(call, STATUS_INVALID, "/map", "object_expected");
    task->head.asked = json_incref(node);
    task->request.map = node;
    return STATUS_OK;
}

static const char *const MEMBERS[] = {"map",         "encoding",   "delimiter", "header",
                                      "corrections", "skip_lines", "rows",      NULL};

static Status read_body(Call *call, ImportTask *task) {
    SheetHints *hints = &task->request.hints;
    Status status = call_refuse_unknown(call, MEMBERS);
    if (status == STATUS_OK) status = read_hint(call, task, "encoding", &hints->encoding);
    if (status == STATUS_OK) status = read_hint(call, task, "delimiter", &hints->delimiter);
    if (status == STATUS_OK) status = read_header(call, &hints->header);
    if (status == STATUS_OK) status = read_map(call, task);
    if (status == STATUS_OK) {
        status = corrections_read(task->head.arena, call->body, &call->problem, &task->corrections);
    }
    task->request.corrections = &task->corrections;
    return status;
}

/* Which part of the failing rows: {"offset": 0, "limit": 100}. */
static Status read_part(Call *call, FailingRows *out) {
    const json_t *rows = json_object_get(call->body, "rows");
    const json_t *offset = json_object_get(rows, "offset"), *limit = json_object_get(rows, "limit");
    out->limit = limit ? json_integer_value(limit) : FAILING_ROWS_DEFAULT;
    out->offset = json_integer_value(offset);
    if (out->limit < 1 || out->limit > FAILING_ROWS_MOST) {
        return call_refuse_range(call, "/rows/limit", 1, FAILING_ROWS_MOST);
    }
    if (out->offset >= 0) return STATUS_OK;
    return call_refuse_range(call, "/rows/offset", 0, IMPORT_ROWS_MOST);
}

/* ---- Finding the import ---- */

/* A staged import with its file, copied to where it outlives the request. */
typedef struct OpenJob {
    Call *call;
    ImportTask *task;
    ImportRecord record;
} OpenJob;

static Status open_job(Transaction *transaction, void *data) {
    OpenJob *job = data;
    Call *call = job->call;
    Context context = call->context;
    call->context.transaction = transaction;
    Status status = import_find(call, &job->record);
    if (status == STATUS_OK) status = import_require_object(call, &job->record);
    call->context.transaction = NULL;
    if (status != STATUS_OK) return status;
    if (!str_is(job->record.status, IMPORT_STAGED)) {
        return call_refuse(call, STATUS_CONFLICT, "", "import_not_staged");
    }
    context.transaction = transaction;
    context.arena = job->task->head.arena;
    return staged_read_source(&context, &job->record, &job->task->request.bytes);
}

/* File and request together settle the plan; corrections must fit the file as it is read. */
static Status open_task(Call *call, ImportTask *task) {
    OpenJob job = {.call = call, .task = task};
    ImportRequest *request = &task->request;
    Status status = read_body(call, task);
    if (status == STATUS_OK) status = store_read(call->api->store, open_job, &job);
    if (status != STATUS_OK) return status;
    task->head.id = call->id;
    request->object = model_object(call->business->model, job.record.object);
    request->file_name = str_copy(task->head.arena, job.record.file_name);
    status =
        importer_plan(&task->head.exchange, request, task->head.arena, &call->problem, &task->plan);
    if (status != STATUS_OK) return status;
    return corrections_fit(&task->corrections, request->bytes, &task->plan.form, task->head.arena,
                           &call->problem);
}

/* ---- Bringing a file ---- */

/* A file put aside, with the record that people find it by. */
typedef struct UploadJob {
    Call *call;
    Str content;
    ImportRecord record;
} UploadJob;

static Status upload_job(Transaction *transaction, void *data) {
    UploadJob *job = data;
    Context context = job->call->context;
    context.transaction = transaction;
    return staged_insert(&context, job->content, &job->record);
}

/* What cannot be imported is refused at once, and not kept. */
static Status plan_upload(Call *call, ImportTask *task) {
    Str name = str_trim(call_parameter(call, "file_name"));
    ImportRequest *request = &task->request;
    request->object = model_object(call->business->model, call->path[0]);
    if (!request->object) {
        problem_add(&call->problem, STR(""), "unknown_object", call->path[0]);
        return STATUS_NOT_FOUND;
    }
    request->file_name = str_empty(name) ? STR("upload.csv") : name;
    request->bytes = call->request->body;
    return importer_plan(&task->head.exchange, request, task->head.arena, &call->problem,
                         &task->plan);
}

Status import_upload(Call *call) {
    ImportTask *task CLEANUP(import_task_drop) = import_task_new(call);
    Status status = plan_upload(call, task);
    if (status != STATUS_OK) return status;
    UploadJob job = {
        .call = call,
        .content = call->request->body,
        .record = {.object = task->request.object->name, .file_name = task->request.file_name}};
    status = store_write(call->api->store, upload_job, &job);
    if (status != STATUS_OK) return status;
    call->response->status = 201;
    json_open_object(&call->json);
    json_key(&call->json, STR("import"));
    import_record_write(&call->json, &job.record);
    importer_write_plan(&task->head.exchange, &task->request, &task->plan, task->head.arena,
                        &call->json);
    json_close_object(&call->json);
    return STATUS_OK;
}

/* ---- Rehearsing and running ---- */

static void failing_drop(FailingRows *failing) {
    buffer_free(&failing->text);
}

/* Without a map only what was detected, so that a form that was guessed wrong can be put right. */
Status import_rehearse(Call *call) {
    Rehearsal rehearsal CLEANUP(rehearsal_leave) = {.list = NULL};
    ImportTask *task CLEANUP(import_task_drop) = import_task_new(call);
    FailingRows failing CLEANUP(failing_drop) = {.offset = 0};
    ImportResult *result = ARENA_NEW(call->arena, ImportResult);
    bool mapped = json_is_object(json_object_get(call->body, "map"));
    if (mapped) import_task_enter(call, task, call->id, &rehearsal);
    Status status = read_part(call, &failing);
    if (status == STATUS_OK) status = open_task(call, task);
    task->request.failing = &failing;
    if (status == STATUS_OK && mapped) status = import_task_rehearse(call, task, result);
    if (status != STATUS_OK) return status;
    json_open_object(&call->json);
    importer_write_plan(&task->head.exchange, &task->request, &task->plan, task->head.arena,
                        &call->json);
    if (mapped) {
        importer_write_result(result, &call->json);
        json_key(&call->json, STR("rows"));
        failing_write(&failing, &call->json);
    }
    json_close_object(&call->json);
    return STATUS_OK;
}

/* As a file, for those who would rather mend it where it came from. */
Status import_foresee_rejected(Call *call) {
    Rehearsal rehearsal CLEANUP(rehearsal_leave) = {.list = NULL};
    ImportTask *task CLEANUP(import_task_drop) = import_task_new(call);
    ImportResult *result = ARENA_NEW(call->arena, ImportResult);
    import_task_enter(call, task, call->id, &rehearsal);
    Status status = open_task(call, task);
    if (status == STATUS_OK) status = import_task_rehearse(call, task, result);
    if (status != STATUS_OK) return status;
    http_response_header(call->response, "Content-Type", STR("text/csv; charset=utf-8"));
    http_response_header(call->response, "Content-Disposition",
                         STR("attachment; filename=\"rejected.csv\""));
    buffer_add(&call->response->body, result->rejected);
    return STATUS_OK;
}

Status import_run_staged(Call *call) {
    ImportTask *task = import_task_new(call);
    task->otherwise = IMPORT_STAGED;
    Status status = open_task(call, task);
    if (status == STATUS_OK) {
        status = importer_begin_staged(&task->head.exchange, &task->request, &task->plan,
                                       task->head.id, task->head.arena, &call->problem);
    }
    if (status == STATUS_OK) return import_task_start(call, task, import_task_run);
    import_task_free(task);
    return status;
}

/* ---- Stopping, undoing, once more ---- */

/* An import as the person finds it, for routes that open their own transactions. */
typedef struct FindJob {
    Call *call;
    ImportRecord record;
} FindJob;

static Status find_job(Transaction *transaction, void *data) {
    FindJob *job = data;
    job->call->context.transaction = transaction;
    Status status = import_find(job->call, &job->record);
    job->call->context.transaction = NULL;
    return status;
}

/* It stops with its next group, and takes back the others; the page asks how far it is. */
Status import_cancel(Call *call) {
    FindJob job = {.call = call};
    Exchange exchange = call_exchange(call);
    Status status = store_read(call->api->store, find_job, &job);
    if (status == STATUS_OK) {
        status = importer_cancel(&exchange, call->id, call->arena, &call->problem);
    }
    if (status == STATUS_OK) status = store_read(call->api->store, find_job, &job);
    if (status != STATUS_OK) return status;
    call->response->status = 202;
    import_record_write(&call->json, &job.record);
    return STATUS_OK;
}

/* Who may no longer rehearse does not see how far it was either. */
static Status find_rehearsed(Call *call) {
    FindJob job = {.call = call};
    Status status = store_read(call->api->store, find_job, &job);
    return status == STATUS_OK ? import_require_object(call, &job.record) : status;
}

Status import_rehearsal_look(Call *call) {
    Status status = find_rehearsed(call);
    return status == STATUS_OK ? import_look_at(call, call->id) : status;
}

Status import_rehearsal_cancel(Call *call) {
    Status status = find_rehearsed(call);
    return status == STATUS_OK ? import_stop(call, call->id) : status;
}

Status import_undo_foresee(Call *call) {
    FindJob job = {.call = call};
    Exchange exchange = call_exchange(call);
    UndoProgress foreseen;
    Status status = store_read(call->api->store, find_job, &job);
    if (status == STATUS_OK) status = import_require_object(call, &job.record);
    if (status == STATUS_OK) {
        status = importer_undo_foresee(&exchange, call->id, call->arena, &call->problem, &foreseen);
    }
    if (status != STATUS_OK) return status;
    json_open_object(&call->json);
    undo_write_members(&call->json, &foreseen);
    json_close_object(&call->json);
    return STATUS_OK;
}

Status import_again(Call *call) {
    ImportRecord record, again;
    Status status = import_find(call, &record);
    if (status == STATUS_OK) status = import_require_object(call, &record);
    if (status == STATUS_OK) status = staged_again(&call->context, &record, &again);
    if (status != STATUS_OK) return status;
    call->response->status = 201;
    import_record_write(&call->json, &again);
    return STATUS_OK;
}

Status import_drop(Call *call) {
    ImportRecord record;
    Status status = import_find(call, &record);
    if (status == STATUS_OK) status = staged_drop(&call->context, record.id);
    if (status == STATUS_OK) call->response->status = 204;
    return status;
}

/* ---- Drafts ---- */

/* The document is the page's own; null while nothing was saved. */
static void answer_draft(Call *call, const ImportDraft *draft) {
    JsonWriter *json = &call->json;
    http_response_header(call->response, "ETag",
                         str_format(call->arena, "\"%lld\"", (long long)draft->version));
    json_open_object(json);
    json_member_integer(json, "version", draft->version);
    json_member_raw_or_null(json, "draft", draft->document);
    json_member_id_or_null(json, "saved_by", draft->saved_by);
    json_close_object(json);
}

Status import_draft_read(Call *call) {
    ImportRecord record;
    ImportDraft draft;
    Status status = import_find(call, &record);
    if (status == STATUS_OK) status = import_require_object(call, &record);
    if (status == STATUS_OK) status = staged_draft_read(&call->context, record.id, &draft);
    if (status == STATUS_OK) answer_draft(call, &draft);
    return status;
}

/* "0" is the version of what was never saved, which If-Match elsewhere does not know. */
static Status read_expected(Call *call, int64_t *out) {
    Str header = str_trim(http_request_header(call->request, "If-Match"));
    *out = -1;
    if (str_empty(header) || str_is(header, "*")) return STATUS_OK;
    *out = 0;
    return str_is(header, "\"0\"") ? STATUS_OK : call_if_match(call, out);
}

Status import_draft_save(Call *call) {
    ImportRecord record;
    int64_t expected;
    ImportDraft draft = {.saved_by = call->actor.user, .saved_at = call->context.now};
    if (!json_is_object(call->body)) {
        return call_refuse(call, STATUS_INVALID, "", "object_expected");
    }
    Status status = read_expected(call, &expected);
    if (status == STATUS_OK) status = import_find(call, &record);
    if (status == STATUS_OK) status = import_require_object(call, &record);
    if (status != STATUS_OK) return status;
    draft.document = json_compact(call->arena, call->body);
    status = staged_draft_save(&call->context, &record, expected, draft.document, &draft.version);
    if (status == STATUS_OK) answer_draft(call, &draft);
    return status;
}
