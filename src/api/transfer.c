/* Import and export over HTTP. */
#include <stdlib.h>
#include <unistd.h>

#include "access.h"
#include "cursor.h"
#include "edition.h"
#include "export.h"
#include "importer.h"
#include "jobs.h"
#include "list_query.h"
#include "log.h"
#include "resources.h"

enum { WAIT_MILLISECONDS = 2000, IMPORTS_DEFAULT = 50, IMPORTS_MOST = 200 };

/* ---- Export ---- */

/* Object names are ASCII, so the file name needs no encoding. */
static void name_download(Call *call, Str name, Str ending) {
    http_response_header(call->response, "Content-Disposition",
                         str_format(call->arena, "attachment; filename=\"%.*s.%.*s\"",
                                    STR_ARGS(name), STR_ARGS(ending)));
}

/* A path of our own under the folder for temporary files; empty when none can be made. */
static Str temporary_path(Arena *arena) {
    const char *folder = getenv("TMPDIR");
    Str path = str_format(arena, "%s/ondo-export-XXXXXX", folder ? folder : P_tmpdir);
    int file = mkstemp((char *)path.data);
    if (file < 0) return (Str){0};
    close(file);
    return path;
}

/*
 * Written to a file first: the rows are read in one snapshot at the database's pace, and sent at
 * the client's, without a transaction open in between.
 */
Status records_export(Call *call) {
    ListAsked asked;
    ExportForm form = EXPORT_CSV;
    Str wanted = call_parameter(call, "format");
    if (!str_empty(wanted) && !export_form_from_name(wanted, &form)) {
        problem_add(&call->problem, STR("/format"), "export_form", STR("csv, xlsx"));
        return STATUS_INVALID;
    }
    Status status = list_query_read(call, call->object, "format", &asked);
    if (status != STATUS_OK) return status;
    Str path = temporary_path(call->arena);
    if (str_empty(path)) return STATUS_FAILED;
    Exchange exchange = call_exchange(call);
    ExportRequest request = {.query = &asked.query,
                             .form = form,
                             .filter = call->request->query,
                             .reason = call->context.reason};
    int64_t count;
    status = export_write(&exchange, &request, path.data, &call->problem, &count);
    if (status != STATUS_OK) return status;
    http_response_header(call->response, "Content-Type", export_media_type(form));
    name_download(call, call->object->name, form == EXPORT_CSV ? STR("csv") : STR("xlsx"));
    call->response->file_path = path;
    call->response->remove_file = true;
    return STATUS_OK;
}

/* ---- What the request says about a file ---- */

/*
 * An import on its way. It may outlast the request, so all that it needs lies in an arena of its
 * own.
 */
typedef struct Task {
    Arena *arena;
    Api *api;
    const Edition *edition; /* the one it began with, to its end */
    Actor actor;
    Exchange exchange;
    ImportRequest request;
    json_t *map;
    ImportPlan plan;
    Problem problem;
    Id id;
} Task;

static void task_free(Task *task) {
    json_decref(task->map);
    edition_release(task->edition);
    arena_free(task->arena);
}

static void task_drop(Task **task) {
    if (*task) task_free(*task);
}

/* Asked after each group: a server that stops lets an import end between two of them. */
static bool go_on(void *data, const ImportCounts *counts) {
    const Task *task = data;
    (void)counts;
    return !jobs_stopping(task->api->jobs);
}

/* What the call lends only until its answer is copied here. */
static Task *task_new(Call *call) {
    Arena *arena = arena_new();
    Task *task = ARENA_NEW(arena, Task);
    task->arena = arena;
    task->api = call->api;
    task->edition = edition_keep(call->edition);
    task->actor = call->actor;
    task->actor.zone = str_copy(arena, call->actor.zone);
    task->exchange = call_exchange(call);
    task->exchange.actor = &task->actor;
    task->problem = problem_new(arena);
    task->request.reason = str_copy(arena, call->context.reason);
    task->request.progress = go_on;
    task->request.progress_data = task;
    return task;
}

/* Whether the first row holds headings; detected when nothing is said. */
static Status read_header(Call *call, SheetHeader *out) {
    Str text = call_parameter(call, "header");
    *out = SHEET_HEADER_DETECT;
    if (str_empty(text)) return STATUS_OK;
    if (str_is(text, "true")) *out = SHEET_HEADER_YES;
    if (str_is(text, "false")) *out = SHEET_HEADER_NO;
    if (*out != SHEET_HEADER_DETECT) return STATUS_OK;
    return call_refuse(call, STATUS_INVALID, "/header", "not_boolean");
}

static Status read_map(Call *call, Task *task) {
    Str text = call_parameter(call, "map");
    if (str_empty(text)) return STATUS_OK;
    Status status = json_read(text, &call->problem, &task->map);
    task->request.map = task->map;
    return status;
}

/* The file is the body itself, so everything else stands in the query. */
static Status read_request(Call *call, Task *task) {
    Arena *arena = task->arena;
    Str name = call_parameter(call, "file_name");
    task->request.object = model_object(call->business->model, call->path[0]);
    if (!task->request.object) {
        problem_add(&call->problem, STR(""), "unknown_object", call->path[0]);
        return STATUS_NOT_FOUND;
    }
    task->request.file_name = str_copy(arena, str_empty(name) ? STR("upload.csv") : name);
    task->request.hints.encoding = str_copy(arena, call_parameter(call, "encoding"));
    task->request.hints.delimiter = str_copy(arena, call_parameter(call, "delimiter"));
    Status status = read_header(call, &task->request.hints.header);
    return status == STATUS_OK ? read_map(call, task) : status;
}

/* Reads the request and settles the plan; errors go to the call's problem. */
static Status plan_task(Call *call, Task *task, Str bytes) {
    Status status = read_request(call, task);
    task->request.bytes = bytes;
    if (status != STATUS_OK) return status;
    return importer_plan(&task->exchange, &task->request, task->arena, &call->problem, &task->plan);
}

/* Without a map only what was detected; with one a rehearsal, which is rolled back. */
Status import_check(Call *call) {
    Task *task CLEANUP(task_drop) = task_new(call);
    ImportResult result;
    Status status = plan_task(call, task, call->request->body);
    if (status != STATUS_OK) return status;
    bool rehearse = task->request.map != NULL;
    if (rehearse) {
        status = importer_rehearse(&task->exchange, &task->request, &task->plan, task->arena,
                                   &call->problem, &result);
    }
    if (status != STATUS_OK) return status;
    json_open_object(&call->json);
    importer_write_plan(&task->exchange, &task->request, &task->plan, task->arena, &call->json);
    if (rehearse) importer_write_result(&result, &call->json);
    json_close_object(&call->json);
    return STATUS_OK;
}

/* ---- Running ---- */

static void log_trouble(const char *message, const Task *task, Status status) {
    if (status == STATUS_OK) return;
    log_write(LOG_LEVEL_WARNING, message, LOG_TEXT("import", id_text(task->arena, task->id)),
              LOG_TEXT("status", str_of(status_name(status))));
}

/* The outcome stands in the import's record, where the page looks; the log gets what went wrong. */
static void run_task(void *data) {
    Task *task = data;
    ImportResult *result = ARENA_NEW(task->arena, ImportResult);
    Status status = importer_run(&task->exchange, &task->request, &task->plan, task->id,
                                 task->arena, &task->problem, result);
    log_trouble("import ended early", task, status);
    task_free(task);
}

/* As run_task: the outcome stands in the import's record. */
static void undo_task(void *data) {
    Task *task = data;
    UndoCounts counts;
    Status status = importer_undo(&task->exchange, task->id, task->request.reason, task->arena,
                                  &task->problem, &counts);
    log_trouble("undo ended early", task, status);
    task_free(task);
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

/* Starts the work and answers with the import as it stands then: ended, or still running. */
static Status start_task(Call *call, Task *task, JobWork *work) {
    ShowJob job = {.call = call, .id = task->id};
    bool ended;
    Status status = jobs_run(call->api->jobs, work, task, WAIT_MILLISECONDS, &ended);
    if (status != STATUS_OK) {
        task_free(task);
        return call_refuse(call, status, "", "busy");
    }
    status = store_read(call->api->store, read_import, &job);
    if (status != STATUS_OK) return status;
    call->response->status = ended ? 200 : 202;
    import_record_write(&call->json, &job.record);
    return STATUS_OK;
}

/* The body belongs to the request, so it is copied for the work that may outlast it. */
Status import_run(Call *call) {
    Task *task = task_new(call);
    Str bytes = str_copy(task->arena, call->request->body);
    Status status = plan_task(call, task, bytes);
    if (status == STATUS_OK) {
        status = importer_begin(&task->exchange, &task->request, &task->plan, task->arena,
                                &call->problem, &task->id);
    }
    if (status == STATUS_OK) return start_task(call, task, run_task);
    task_free(task);
    return status;
}

/* Claimed before the work is started, so that a refusal is the answer and not an entry in a log. */
Status import_undo(Call *call) {
    Task *task = task_new(call);
    task->id = call->id;
    Status status = importer_undo_begin(&task->exchange, call->id, task->arena, &call->problem);
    if (status == STATUS_OK) return start_task(call, task, undo_task);
    task_free(task);
    return status;
}

/* ---- Imports made ---- */

static Status require_right(Call *call) {
    if (access_may(&call->actor, STR("import"))) return STATUS_OK;
    return call_refuse(call, STATUS_DENIED, "", "denied");
}

/* What is shown of the imports: one more is read than shown. */
typedef struct ListJob {
    Call *call;
    Exchange exchange;
    int64_t limit, count;
    int64_t read; /* of the last query, those out of reach included */
    Id last_read, last;
    bool more;
} ListJob;

/* One more is asked for than shown, to know whether there is a next page. */
static Status write_import(void *data, const ImportRecord *record) {
    ListJob *job = data;
    job->read++;
    job->last_read = record->id;
    if (job->more || !importer_reaches(&job->exchange, record)) return STATUS_OK;
    if (job->count++ == job->limit) {
        job->more = true;
        return STATUS_OK;
    }
    job->last = record->id;
    import_record_write(&job->call->json, record);
    return STATUS_OK;
}

/* Query by query, as some of what each finds may be out of the reader's reach. */
static Status write_imports(ListJob *job) {
    Status status;
    do {
        job->read = 0;
        status = import_record_each(&job->call->context, call_parameter(job->call, "object"),
                                    job->last_read, job->limit + 1, write_import, job);
    } while (status == STATUS_OK && !job->more && job->read > job->limit);
    return status;
}

static Status read_limit(Call *call, int64_t *out) {
    Str text = call_parameter(call, "limit");
    *out = IMPORTS_DEFAULT;
    if (!text.data) return STATUS_OK;
    if (str_to_integer(text, out) && *out >= 1 && *out <= IMPORTS_MOST) return STATUS_OK;
    return call_refuse(call, STATUS_INVALID, "/limit", "limit_range");
}

/* In the order of ids, newest first; the cursor is the last id shown. */
Status import_list(Call *call) {
    static const Str LIST = STR_INIT("import");
    ListJob job = {.call = call, .exchange = call_exchange(call)};
    Cursor from = {.count = 0};
    Str cursor = call_parameter(call, "cursor");
    Status status = require_right(call);
    if (status == STATUS_OK) status = read_limit(call, &job.limit);
    if (status != STATUS_OK) return status;
    if (!str_empty(cursor) && !cursor_read(call->arena, cursor, LIST, &from)) {
        return call_refuse(call, STATUS_INVALID, "/cursor", "cursor");
    }
    json_open_object(&call->json);
    json_key(&call->json, STR("items"));
    json_open_array(&call->json);
    job.last_read = from.id;
    status = write_imports(&job);
    json_close_array(&call->json);
    json_key(&call->json, STR("next"));
    if (job.more) {
        json_write_text(&call->json, cursor_write(call->arena, LIST, &(Cursor){.id = job.last}));
    } else {
        json_write_null(&call->json);
    }
    json_close_object(&call->json);
    return status;
}

/* One out of reach is as one that is not there. */
static Status find_import(Call *call, ImportRecord *out) {
    Exchange exchange = call_exchange(call);
    Status status = require_right(call);
    if (status == STATUS_OK) status = import_record_read(&call->context, call->id, out);
    if (status != STATUS_OK) return status;
    return importer_reaches(&exchange, out) ? STATUS_OK : STATUS_NOT_FOUND;
}

Status import_read(Call *call) {
    ImportRecord record;
    Status status = find_import(call, &record);
    if (status == STATUS_OK) import_record_write(&call->json, &record);
    return status;
}

/* Who may no longer import into the object does not see the rows of former days either. */
static Status require_object(Call *call, const ImportRecord *record) {
    const Object *object = model_object(call->business->model, record->object);
    Exchange exchange = call_exchange(call);
    return object ? importer_allow(&exchange, object, &call->problem) : STATUS_NOT_FOUND;
}

/*
 * The rows are people's data, so the right to the object is asked and not only the right to import.
 */
Status import_rejected(Call *call) {
    ImportRecord record;
    Str name, content;
    Status status = find_import(call, &record);
    if (status == STATUS_OK) status = require_object(call, &record);
    if (status != STATUS_OK) return status;
    if (id_none(record.rejected)) {
        return call_refuse(call, STATUS_NOT_FOUND, "", "import_no_rejected");
    }
    status = import_file_read(&call->context, record.rejected, &name, &content);
    if (status != STATUS_OK) return status;
    http_response_header(call->response, "Content-Type", STR("text/csv; charset=utf-8"));
    name_download(call, STR("rejected"), STR("csv"));
    buffer_add(&call->response->body, content);
    return STATUS_OK;
}
