/*
 * Taking an import back, on demand or because it was cancelled: who may, and what its record says
 * of it. The work is undo.c's.
 */
#include "importer.h"

/* The undo of an import, with the states that its record goes through. */
typedef struct ImportUndo {
    const Exchange *exchange;
    ImportRecord import;
    Arena *arena;
    Problem *problem;
    const char *ongoing;    /* the import's state meanwhile */
    const char *afterwards; /* and at the end */
} ImportUndo;

/* Beside what the import reported; "at" is the sign of life that import_record_busy looks for. */
static Str report_with(const ImportRecord *import, Arena *arena, const UndoProgress *progress,
                       int64_t now) {
    char at[INSTANT_TEXT_SIZE];
    json_t *report CLEANUP(json_drop) = NULL;
    json_t *undo = NULL;
    Buffer text CLEANUP(buffer_free) = {0};
    JsonWriter json = json_writer(&text);
    if (json_read(import->report, NULL, &report) != STATUS_OK) report = json_object();
    json_open_object(&json);
    undo_write_members(&json, progress);
    json_close_object(&json);
    instant_write(now, at);
    json_object_set_new(report, "at", json_stringn(at, sizeof at));
    if (json_read(buffer_str(&text), NULL, &undo) == STATUS_OK) {
        json_object_set_new(report, "undo", undo);
    }
    return json_compact(arena, report);
}

static Status refuse(Problem *problem, const char *code) {
    problem_add(problem, STR(""), code);
    return STATUS_CONFLICT;
}

/* What stood in the way of the undo may have gone since. */
static bool undo_left_some(const ImportRecord *import) {
    json_t *report CLEANUP(json_drop) = NULL;
    if (json_read(import->report, NULL, &report) != STATUS_OK) return false;
    const json_t *counts = json_object_get(report, "undo");
    return json_integer_value(json_object_get(counts, "refused")) > 0;
}

/* In one transaction with its check, so that two people cannot undo at once. */
static Status claim_import(Transaction *transaction, void *data) {
    ImportUndo *undo = data;
    Context context = exchange_context(undo->exchange, undo->arena, transaction, undo->problem);
    Status status = import_record_read(&context, undo->import.id, &undo->import);
    if (status != STATUS_OK) return status;
    const Object *object = model_object(context.model, undo->import.object);
    if (!object) return STATUS_NOT_FOUND;
    status = importer_allow(undo->exchange, object, undo->problem);
    if (status != STATUS_OK) return status;
    if (!importer_reaches(undo->exchange, &undo->import)) return STATUS_NOT_FOUND;
    if (str_is(undo->import.status, IMPORT_STAGED)) return refuse(undo->problem, "import_not_run");
    bool taken_back =
        str_is(undo->import.status, IMPORT_UNDONE) || str_is(undo->import.status, IMPORT_CANCELLED);
    if (taken_back && !undo_left_some(&undo->import)) {
        return refuse(undo->problem, "import_already_undone");
    }
    if (import_record_busy(&undo->import, context.now)) {
        return refuse(undo->problem, "import_running");
    }
    UndoProgress none = {.left_count = 0};
    return import_record_undo(&context, undo->import.id, IMPORT_UNDOING,
                              report_with(&undo->import, undo->arena, &none, context.now));
}

Status importer_undo_begin(const Exchange *exchange, Id id, Arena *arena, Problem *problem) {
    ImportUndo undo = {
        .exchange = exchange, .import = {.id = id}, .arena = arena, .problem = problem};
    return store_write(exchange->store, claim_import, &undo);
}

static Status read_import(Transaction *transaction, void *data) {
    ImportUndo *undo = data;
    Context context = exchange_context(undo->exchange, undo->arena, transaction, undo->problem);
    return import_record_read(&context, undo->import.id, &undo->import);
}

/* The status is set with the last group, so an undo that was cut off can be taken up again. */
static Status note(Context *context, void *data, const UndoProgress *progress) {
    const ImportUndo *undo = data;
    Str report = report_with(&undo->import, context->arena, progress, context->now);
    return import_record_undo(context, undo->import.id,
                              progress->last ? undo->afterwards : undo->ongoing, report);
}

/* The journal says of it that an import did it. */
static Status take_back(const Exchange *exchange, ImportUndo *undo, Str reason, UndoCounts *out) {
    Actor actor = *exchange->actor;
    Exchange importing = *exchange;
    actor.via = STR("import");
    importing.actor = &actor;
    undo->exchange = &importing;
    Status status = store_read(exchange->store, read_import, undo);
    if (status != STATUS_OK) return status;
    UndoRequest request = {.exchange = &importing,
                           .batch = undo->import.id,
                           .reason = reason,
                           .note = note,
                           .data = undo};
    return undo_batch(&request, undo->arena, undo->problem, out);
}

Status importer_undo(const Exchange *exchange, Id id, Str reason, Arena *arena, Problem *problem,
                     UndoCounts *out) {
    ImportUndo undo = {.import = {.id = id},
                       .arena = arena,
                       .problem = problem,
                       .ongoing = IMPORT_UNDOING,
                       .afterwards = IMPORT_UNDONE};
    return take_back(exchange, &undo, reason, out);
}

Status importer_take_back(const Exchange *exchange, Id id, Str reason, Arena *arena,
                          Problem *problem) {
    UndoCounts counts;
    ImportUndo undo = {.import = {.id = id},
                       .arena = arena,
                       .problem = problem,
                       .ongoing = IMPORT_CANCELLING,
                       .afterwards = IMPORT_CANCELLED};
    return take_back(exchange, &undo, reason, &counts);
}

Status importer_undo_foresee(const Exchange *exchange, Id id, Arena *arena, Problem *problem,
                             UndoProgress *out) {
    UndoRequest request = {.exchange = exchange, .batch = id};
    return undo_foresee(&request, arena, problem, out);
}

/* ---- Cancelling ---- */

/* Only noted: whoever runs the import sees it with the next group, in this process or another. */
static Status cancel_import(Transaction *transaction, void *data) {
    ImportUndo *undo = data;
    Context context = exchange_context(undo->exchange, undo->arena, transaction, undo->problem);
    Status status = import_record_read(&context, undo->import.id, &undo->import);
    if (status != STATUS_OK) return status;
    if (!importer_reaches(undo->exchange, &undo->import)) return STATUS_NOT_FOUND;
    bool running = str_is(undo->import.status, IMPORT_RUNNING);
    if (!running || !import_record_busy(&undo->import, context.now)) {
        return refuse(undo->problem, "import_not_running");
    }
    return import_record_status(&context, undo->import.id, IMPORT_CANCELLING);
}

Status importer_cancel(const Exchange *exchange, Id id, Arena *arena, Problem *problem) {
    ImportUndo undo = {
        .exchange = exchange, .import = {.id = id}, .arena = arena, .problem = problem};
    return store_write(exchange->store, cancel_import, &undo);
}
