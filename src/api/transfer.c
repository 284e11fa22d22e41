/* Import and export over HTTP. */
#include <stdlib.h>
#include <unistd.h>

#include "access.h"
#include "cursor.h"
#include "export.h"
#include "import_task.h"
#include "list_query.h"
#include "resources.h"
#include "transfer.h"

enum { IMPORTS_DEFAULT = 50, IMPORTS_MOST = 200 };

/* ---- Export ---- */

/* Object names are ASCII, so the file name needs no encoding. */
static void name_download(Call *call, Str name, Str ending) {
    http_response_header(call->response, "Content-Disposition",
                         str_format(call->arena, "attachment; filename=\"%.*s.%.*s\"",
                                    STR_ARGS(name), STR_ARGS(ending)));
}

/* A path of our own under the folder for temporary files; empty when none can be made. */
Str transfer_path(Arena *arena) {
    const char *folder = getenv("TMPDIR");
    Str path = str_format(arena, "%s/ondo-export-XXXXXX", folder ? folder : P_tmpdir);
    int file = mkstemp((char *)path.data);
    if (file < 0) return (Str){0};
    close(file);
    return path;
}

Status transfer_form(Call *call, ExportForm *out) {
    Str wanted = call_parameter(call, "format");
    *out = EXPORT_CSV;
    if (str_empty(wanted) || export_form_from_name(wanted, out)) return STATUS_OK;
    problem_add(&call->problem, STR("/format"), "export_form", STR("csv, xlsx"));
    return STATUS_INVALID;
}

void transfer_send(Call *call, ExportForm form, Str name, Str path) {
    http_response_header(call->response, "Content-Type", export_media_type(form));
    name_download(call, name, form == EXPORT_CSV ? STR("csv") : STR("xlsx"));
    call->response->file_path = path;
    call->response->remove_file = true;
}

/*
 * Written to a file first: the rows are read in one snapshot at the database's pace, and sent at
 * the client's, without a transaction open in between.
 */
Status records_export(Call *call) {
    ListAsked asked;
    ExportForm form;
    Status status = transfer_form(call, &form);
    if (status == STATUS_OK) status = list_query_read(call, call->object, "format", &asked);
    if (status != STATUS_OK) return status;
    Str path = transfer_path(call->arena);
    if (str_empty(path)) return STATUS_FAILED;
    Exchange exchange = call_exchange(call);
    ExportRequest request = {.query = &asked.query,
                             .form = form,
                             .filter = call->request->query,
                             .reason = call->context.reason};
    int64_t count;
    status = export_write(&exchange, &request, path.data, &call->problem, &count);
    if (status != STATUS_OK) return status;
    transfer_send(call, form, call->object->name, path);
    return STATUS_OK;
}

/* ---- What the request says about a file ---- */

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

static Status read_map(Call *call, ImportTask *task) {
    Str text = call_parameter(call, "map");
    if (str_empty(text)) return STATUS_OK;
    Status status = json_read(text, &call->problem, &task->head.asked);
    task->request.map = task->head.asked;
    return status;
}

/* The file is the body itself, so everything else stands in the query. */
static Status read_request(Call *call, ImportTask *task) {
    Arena *arena = task->head.arena;
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
static Status plan_task(Call *call, ImportTask *task, Str bytes) {
    Status status = read_request(call, task);
    task->request.bytes = bytes;
    if (status != STATUS_OK) return status;
    return importer_plan(&task->head.exchange, &task->request, task->head.arena, &call->problem,
                         &task->plan);
}

/* ---- Checking ---- */

/* Whoever means to watch the check gives it an id of their own, as nothing is stored that has one.
 */
static Status enter_check(Call *call, ImportTask *task, Rehearsal *rehearsal) {
    Str text = call_parameter(call, "id");
    Id id;
    if (str_empty(text)) return STATUS_OK;
    if (!id_parse(text, &id)) return call_refuse(call, STATUS_INVALID, "/id", "import_check_id");
    import_task_enter(call, task, id, rehearsal);
    return STATUS_OK;
}

/* Without a map only what was detected; with one a rehearsal, which is rolled back. */
Status import_check(Call *call) {
    Rehearsal rehearsal CLEANUP(rehearsal_leave) = {.list = NULL};
    ImportTask *task CLEANUP(import_task_drop) = import_task_new(call);
    ImportResult *result = ARENA_NEW(call->arena, ImportResult);
    Status status = enter_check(call, task, &rehearsal);
    if (status == STATUS_OK) status = plan_task(call, task, call->request->body);
    bool rehearse = task->request.map != NULL;
    if (status == STATUS_OK && rehearse) status = import_task_rehearse(call, task, result);
    if (status != STATUS_OK) return status;
    json_open_object(&call->json);
    importer_write_plan(&task->head.exchange, &task->request, &task->plan, task->head.arena,
                        &call->json);
    if (rehearse) importer_write_result(result, &call->json);
    json_close_object(&call->json);
    return STATUS_OK;
}

/* Who may not check does not see how far a check is either. */
static Status allow_check(Call *call) {
    const Object *object = model_object(call->business->model, call->path[0]);
    Exchange exchange = call_exchange(call);
    if (object) return importer_allow(&exchange, object, &call->problem);
    problem_add(&call->problem, STR(""), "unknown_object", call->path[0]);
    return STATUS_NOT_FOUND;
}

Status import_check_look(Call *call) {
    Status status = allow_check(call);
    return status == STATUS_OK ? import_look_at(call, call->id) : status;
}

Status import_check_cancel(Call *call) {
    Status status = allow_check(call);
    return status == STATUS_OK ? import_stop(call, call->id) : status;
}

/* ---- Running ---- */

/* The body belongs to the request, so it is copied for the work that may outlast it. */
Status import_run(Call *call) {
    ImportTask *task = import_task_new(call);
    task->otherwise = IMPORT_STOPPED;
    Str bytes = str_copy(task->head.arena, call->request->body);
    Status status = plan_task(call, task, bytes);
    if (status == STATUS_OK) {
        status = importer_begin(&task->head.exchange, &task->request, &task->plan, task->head.arena,
                                &call->problem, &task->head.id);
    }
    if (status == STATUS_OK) return import_task_start(call, task, import_task_run);
    import_task_free(task);
    return status;
}

/* Claimed before the work is started, so that a refusal is the answer and not an entry in a log. */
Status import_undo(Call *call) {
    ImportTask *task = import_task_new(call);
    task->head.id = call->id;
    Status status =
        importer_undo_begin(&task->head.exchange, call->id, task->head.arena, &call->problem);
    if (status == STATUS_OK) return import_task_start(call, task, import_task_undo);
    import_task_free(task);
    return status;
}

/* ---- Imports made ---- */

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

/* In the order of ids, newest first; the cursor is the last id shown. */
Status import_list(Call *call) {
    static const Str LIST = STR_INIT("import");
    ListJob job = {.call = call, .exchange = call_exchange(call), .limit = IMPORTS_DEFAULT};
    Cursor from = {.count = 0};
    Str cursor = call_parameter(call, "cursor");
    Status status = import_require_right(call);
    if (status != STATUS_OK) return status;
    if (!call_limit(call, IMPORTS_MOST, &job.limit)) return STATUS_INVALID;
    if (!str_empty(cursor) && !cursor_read(call->arena, cursor, LIST, &from)) {
        return call_refuse(call, STATUS_INVALID, "/cursor", "cursor");
    }
    json_open_object(&call->json);
    json_key(&call->json, STR("items"));
    json_open_array(&call->json);
    job.last_read = from.id;
    status = write_imports(&job);
    json_close_array(&call->json);
    Str next = {0};
    if (job.more) next = cursor_write(call->arena, LIST, &(Cursor){.id = job.last});
    json_member_text_or_null(&call->json, "next", next);
    json_close_object(&call->json);
    return status;
}

Status import_read(Call *call) {
    ImportRecord record;
    Status status = import_find(call, &record);
    if (status == STATUS_OK) import_record_write(&call->json, &record);
    return status;
}

/* Kept for a while, not for ever (staged.h); the counts tell that there were some. */
static const char *no_rejected(const ImportRecord *record) {
    json_t *counts CLEANUP(json_drop) = NULL;
    if (json_read(record->counts, NULL, &counts) != STATUS_OK) return "import_no_rejected";
    json_int_t rows = json_integer_value(json_object_get(counts, "failed")) +
                      json_integer_value(json_object_get(counts, "skipped")) +
                      json_integer_value(json_object_get(counts, "left_out"));
    return rows && record->finished_at ? "import_rejected_gone" : "import_no_rejected";
}

/*
 * The rows are people's data, so the right to the object is asked and not only the right to import.
 */
Status import_rejected(Call *call) {
    ImportRecord record;
    Str name, content;
    Status status = import_find(call, &record);
    if (status == STATUS_OK) status = import_require_object(call, &record);
    if (status != STATUS_OK) return status;
    if (id_none(record.rejected)) {
        return call_refuse(call, STATUS_NOT_FOUND, "", no_rejected(&record));
    }
    status = import_file_read(&call->context, record.rejected, &name, &content);
    if (status != STATUS_OK) return status;
    http_response_header(call->response, "Content-Type", STR("text/csv; charset=utf-8"));
    name_download(call, STR("rejected"), STR("csv"));
    buffer_add(&call->response->body, content);
    return STATUS_OK;
}
