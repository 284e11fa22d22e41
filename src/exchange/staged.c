/*
 * The file lies in the table "file" like any other, so that one backup has it. What was settled for
 * it lies in a table of its own: lists of imports are read often, and drafts may be long.
 */
#include "staged.h"

#include "file.h"

/* ---- Bringing a file ---- */

Status staged_insert(Context *context, Str content, ImportRecord *record) {
    record->id = id_new(context->now);
    record->status = STR(IMPORT_STAGED);
    record->created_by = context->actor->user;
    record->created_at = context->now;
    Status status =
        import_file_insert(context, record->file_name, content, record->id, &record->source);
    return status == STATUS_OK ? import_record_insert(context, record) : status;
}

Status staged_read_source(Context *context, const ImportRecord *record, Str *out) {
    Str name;
    if (id_none(record->source)) return STATUS_NOT_FOUND;
    return import_file_read(context, record->source, &name, out);
}

/* The file by its import, so that no file of another's can be meant. */
Status staged_forget_source(Context *context, Id import) {
    Transaction *transaction = context->transaction;
    Status status = store_run(transaction,
                              "DELETE FROM \"file\" WHERE \"id\" = (SELECT \"source\" FROM "
                              "\"import\" WHERE \"id\" = $1)",
                              value_id(import));
    if (status == STATUS_OK) {
        status = store_run(transaction, "DELETE FROM \"import_draft\" WHERE \"import\" = $1",
                           value_id(import));
    }
    if (status != STATUS_OK) return status;
    return store_run(transaction, "UPDATE \"import\" SET \"source\" = NULL WHERE \"id\" = $1",
                     value_id(import));
}

static Status refuse(Context *context, const char *code) {
    problem_add(context->problem, STR(""), code);
    return STATUS_CONFLICT;
}

/* File and draft move: two imports must not share what one of them will delete. */
Status staged_again(Context *context, const ImportRecord *from, ImportRecord *out) {
    if (import_record_busy(from, context->now)) return refuse(context, "import_running");
    if (id_none(from->source)) return refuse(context, "import_file_gone");
    if (str_is(from->status, IMPORT_STAGED)) return refuse(context, "import_not_run");
    ImportRecord record = {.id = id_new(context->now),
                           .object = from->object,
                           .file_name = from->file_name,
                           .status = STR(IMPORT_STAGED),
                           .source = from->source,
                           .created_by = context->actor->user,
                           .created_at = context->now};
    Transaction *transaction = context->transaction;
    Status status = import_record_insert(context, &record);
    if (status == STATUS_OK) {
        status = store_run(transaction, "UPDATE \"import\" SET \"source\" = NULL WHERE \"id\" = $1",
                           value_id(from->id));
    }
    if (status == STATUS_OK) {
        status = store_run(transaction, "UPDATE \"file\" SET \"record\" = $1 WHERE \"id\" = $2",
                           value_id(record.id), value_id(record.source));
    }
    if (status == STATUS_OK) {
        status = store_run(transaction,
                           "UPDATE \"import_draft\" SET \"import\" = $1, \"saved_at\" = $2 "
                           "WHERE \"import\" = $3",
                           value_id(record.id), value_integer(context->now), value_id(from->id));
    }
    if (status == STATUS_OK) *out = record;
    return status;
}

/* The state is part of the statement: one that somebody has just started stays. */
static Status delete_staged(Context *context, Id import, int64_t *changed) {
    const Value values[] = {value_id(import), value_text(STR(IMPORT_STAGED))};
    return store_execute(context->transaction,
                         STR("DELETE FROM \"import\" WHERE \"id\" = $1 AND \"status\" = $2"),
                         values, sizeof values / sizeof *values, changed);
}

Status staged_drop(Context *context, Id import) {
    int64_t changed = 0;
    Status status = staged_forget_source(context, import);
    if (status == STATUS_OK) status = delete_staged(context, import, &changed);
    if (status != STATUS_OK) return status;
    return changed ? STATUS_OK : refuse(context, "import_not_staged");
}

/* ---- Drafts ---- */

Status staged_draft_read(Context *context, Id import, ImportDraft *out) {
    Rows *rows CLEANUP(store_drop) = NULL;
    *out = (ImportDraft){.version = 0};
    Status status = store_ask_first(context->transaction, &rows,
                                    "SELECT \"version\", \"document\", \"saved_by\", \"saved_at\" "
                                    "FROM \"import_draft\" WHERE \"import\" = $1",
                                    value_id(import));
    if (status != STATUS_OK) return status == STATUS_END ? STATUS_OK : status;
    out->version = store_column(rows, 0, VALUE_INTEGER).integer;
    out->document = store_copy_text(rows, 1, context->arena);
    out->saved_by = store_column_id(rows, 2);
    out->saved_at = store_column(rows, 3, VALUE_INTEGER).integer;
    return STATUS_OK;
}

/* Replaced whole: what was settled belongs together. */
static Status write_draft(Context *context, Id import, const ImportDraft *draft) {
    Status status =
        store_run(context->transaction, "DELETE FROM \"import_draft\" WHERE \"import\" = $1",
                  value_id(import));
    if (status != STATUS_OK) return status;
    return store_run(context->transaction,
                     "INSERT INTO \"import_draft\" (\"import\", \"version\", \"document\", "
                     "\"saved_by\", \"saved_at\") VALUES ($1, $2, $3, $4, $5)",
                     value_id(import), value_integer(draft->version), value_text(draft->document),
                     value_id_or_null(draft->saved_by), value_integer(draft->saved_at));
}

Status staged_draft_save(Context *context, const ImportRecord *record, int64_t expected,
                         Str document, int64_t *version) {
    ImportDraft now;
    if (!str_is(record->status, IMPORT_STAGED)) return refuse(context, "import_not_staged");
    Status status = staged_draft_read(context, record->id, &now);
    if (status != STATUS_OK) return status;
    if (expected >= 0 && expected != now.version) {
        problem_add(context->problem, STR(""), "import_draft_stale");
        return STATUS_STALE;
    }
    ImportDraft draft = {.version = now.version + 1,
                         .document = document,
                         .saved_by = context->actor->user,
                         .saved_at = context->now};
    status = write_draft(context, record->id, &draft);
    if (status == STATUS_OK) *version = draft.version;
    return status;
}

/* ---- Sweeping ---- */

/* Files that were brought and never run; they are thrown away after a while. */
typedef struct Sweep {
    Context context;
    ImportRecord *found;
    size_t count;
} Sweep;

enum { SWEEP_MOST = 200 /* imports at a time; the next round takes the rest */ };

/* An id made at that moment: ids ascend with time, so older imports have smaller ones. */
static Status find_imports(Sweep *sweep, Str sql, int64_t before, Str state) {
    const Value values[] = {value_integer(before), value_text(state), value_integer(SWEEP_MOST)};
    Rows *rows CLEANUP(store_drop) = NULL;
    Status status =
        store_query(sweep->context.transaction, sql, values, sizeof values / sizeof *values, &rows);
    sweep->count = 0;
    while (status == STATUS_OK && (status = store_next(rows)) == STATUS_OK) {
        sweep->found[sweep->count++].id = store_column(rows, 0, VALUE_ID).id;
    }
    return status == STATUS_END ? STATUS_OK : status;
}

/* Touched last when it was brought, saved, started or ended, whichever was latest. */
#define TOUCHED                                                                          \
    "\"source\" IS NOT NULL AND \"created_at\" < $1 "                                    \
    "AND (\"run_at\" IS NULL OR \"run_at\" < $1) "                                       \
    "AND (\"finished_at\" IS NULL OR \"finished_at\" < $1) "                             \
    "AND NOT EXISTS (SELECT 1 FROM \"import_draft\" AS d WHERE d.\"import\" = i.\"id\" " \
    "AND d.\"saved_at\" >= $1)"

/* One that was never run is gone with its file; of one that was, the history stays. */
static Status sweep_sources(Sweep *sweep, int64_t now) {
    int64_t changed;
    Status status = find_imports(
        sweep,
        STR("SELECT \"id\" FROM \"import\" AS i WHERE " TOUCHED " AND \"status\" <> $2 LIMIT $3"),
        now - STAGED_DAYS * CLOCK_DAY, STR(IMPORT_RUNNING));
    for (size_t i = 0; status == STATUS_OK && i < sweep->count; i++) {
        status = staged_forget_source(&sweep->context, sweep->found[i].id);
        if (status != STATUS_OK) return status;
        status = delete_staged(&sweep->context, sweep->found[i].id, &changed);
    }
    return status;
}

/* Rows that nobody fetched for a month: they are people's data. */
static Status sweep_rejected(Sweep *sweep, int64_t now) {
    Status status = find_imports(sweep,
                                 STR("SELECT \"id\" FROM \"import\" WHERE \"rejected\" IS NOT NULL "
                                     "AND \"finished_at\" < $1 AND \"status\" <> $2 LIMIT $3"),
                                 now - REJECTED_DAYS * CLOCK_DAY, STR(IMPORT_RUNNING));
    for (size_t i = 0; status == STATUS_OK && i < sweep->count; i++) {
        Value id = value_id(sweep->found[i].id);
        status = store_run(sweep->context.transaction,
                           "DELETE FROM \"file\" WHERE \"id\" = (SELECT \"rejected\" FROM "
                           "\"import\" WHERE \"id\" = $1)",
                           id);
        if (status != STATUS_OK) return status;
        status = store_run(sweep->context.transaction,
                           "UPDATE \"import\" SET \"rejected\" = NULL WHERE \"id\" = $1", id);
    }
    return status;
}

/* A process that was killed says nothing more; its import has failed, and can be taken back. */
static Status sweep_silent(Sweep *sweep, Str state, int64_t now) {
    Status status = find_imports(sweep,
                                 STR("SELECT \"id\" FROM \"import\" WHERE \"created_at\" < $1 AND "
                                     "\"status\" = $2 LIMIT $3"),
                                 now, state);
    for (size_t i = 0; status == STATUS_OK && i < sweep->count; i++) {
        ImportRecord record;
        status = import_record_read(&sweep->context, sweep->found[i].id, &record);
        if (status != STATUS_OK) return status;
        if (import_record_busy(&record, now)) continue;
        status = import_record_status(&sweep->context, record.id, IMPORT_STOPPED);
    }
    return status;
}

Status staged_sweep(Transaction *transaction, Arena *arena, int64_t now) {
    static const char *const AT_WORK[] = {IMPORT_RUNNING, IMPORT_CANCELLING, IMPORT_UNDOING};
    Sweep sweep = {.context = {.arena = arena, .transaction = transaction, .now = now},
                   .found = ARENA_ARRAY(arena, SWEEP_MOST, ImportRecord)};
    Status status = sweep_sources(&sweep, now);
    if (status == STATUS_OK) status = sweep_rejected(&sweep, now);
    for (size_t i = 0; status == STATUS_OK && i < sizeof AT_WORK / sizeof *AT_WORK; i++) {
        status = sweep_silent(&sweep, str_of(AT_WORK[i]), now);
    }
    return status;
}
