/*
 * The table "batch". The status is what a process last wrote; one that was killed writes nothing
 * more, so whether a batch is really at work is told by its last sign of life.
 */
#include "batch.h"

/* A group is written in well under a second; after this much silence nobody is at work. */
enum { SILENCE_MINUTES = 5 };

/* Long enough for whoever looks at a preview over lunch. */
enum { PREVIEW_DAYS = 1 };

Status batch_insert(Context *context, const BatchRecord *record) {
    return store_run(
        context->transaction,
        "INSERT INTO \"batch\" (\"id\", \"kind\", \"object\", \"status\", \"preview\", "
        "\"request\", \"counts\", \"created_by\", \"created_at\", \"seen_at\") "
        "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $9)",
        value_id(record->id), value_text(record->kind), value_text_or_null(record->object),
        value_text(STR(BATCH_RUNNING)), value_boolean(record->mode == BATCH_PREVIEW),
        value_text_or_null(record->request), value_text_or_null(record->counts),
        value_id_or_null(record->created_by), value_integer(context->now));
}

/* A batch being noted before its work begins. */
typedef struct BeginJob {
    const Exchange *exchange;
    const BatchRecord *record;
    Arena *arena;
    Problem *problem;
} BeginJob;

static Status begin_job(Transaction *transaction, void *data) {
    BeginJob *job = data;
    Context context = exchange_context(job->exchange, job->arena, transaction, job->problem);
    return batch_insert(&context, job->record);
}

Status batch_begin(const Exchange *exchange, const BatchRecord *record, Arena *arena,
                   Problem *problem) {
    BeginJob job = {exchange, record, arena, problem};
    return store_write(exchange->store, begin_job, &job);
}

/* ---- Reading ---- */

#define COLUMNS                                                                              \
    "\"id\", \"kind\", \"object\", \"status\", \"preview\", \"request\", \"counts\", "       \
    "\"report\", \"undo\", \"created_by\", \"created_at\", \"finished_at\", \"undone_at\", " \
    "\"seen_at\""

static BatchRecord read_row(Arena *arena, const Rows *rows) {
    bool preview = store_column(rows, 4, VALUE_BOOLEAN).boolean;
    return (BatchRecord){.id = store_column_id(rows, 0),
                         .kind = store_copy_text(rows, 1, arena),
                         .object = store_copy_text(rows, 2, arena),
                         .status = store_copy_text(rows, 3, arena),
                         .mode = preview ? BATCH_PREVIEW : BATCH_REAL,
                         .request = store_copy_text(rows, 5, arena),
                         .counts = store_copy_text(rows, 6, arena),
                         .report = store_copy_text(rows, 7, arena),
                         .undo = store_copy_text(rows, 8, arena),
                         .created_by = store_column_id(rows, 9),
                         .created_at = store_column_integer(rows, 10),
                         .finished_at = store_column_integer(rows, 11),
                         .undone_at = store_column_integer(rows, 12),
                         .seen_at = store_column_integer(rows, 13)};
}

Status batch_read(Context *context, Id id, BatchRecord *out) {
    Rows *rows CLEANUP(store_drop) = NULL;
    Status status =
        store_ask_first(context->transaction, &rows,
                        "SELECT " COLUMNS " FROM \"batch\" WHERE \"id\" = $1", value_id(id));
    if (status == STATUS_END) return STATUS_NOT_FOUND;
    if (status == STATUS_OK) *out = read_row(context->arena, rows);
    return status;
}

/* Ids ascend with time, so the newest come by id. */
Status batch_each(Context *context, Id by, Id before, int64_t limit, BatchVisitor *visit,
                  void *data) {
    Id last;
    memset(last.bytes, 0xFF, sizeof last.bytes);
    Rows *rows CLEANUP(store_drop) = NULL;
    Status status =
        store_ask(context->transaction, &rows,
                  "SELECT " COLUMNS
                  " FROM \"batch\" WHERE \"created_by\" = $1 AND \"id\" < $2 "
                  "AND NOT \"preview\" ORDER BY \"id\" DESC LIMIT $3",
                  value_id(by), value_id(id_none(before) ? last : before), value_integer(limit));
    while (status == STATUS_OK && (status = store_next(rows)) == STATUS_OK) {
        BatchRecord record = read_row(context->arena, rows);
        status = visit(data, &record);
    }
    return status == STATUS_END ? STATUS_OK : status;
}

/* ---- Keeping ---- */

Status batch_progress(Context *context, Id id, Str counts) {
    return store_run(context->transaction,
                     "UPDATE \"batch\" SET \"counts\" = $1, \"seen_at\" = $2 WHERE \"id\" = $3",
                     value_text(counts), value_integer(context->now), value_id(id));
}

Status batch_finish(Context *context, Id id, const char *status, Str counts, Str report) {
    return store_run(context->transaction,
                     "UPDATE \"batch\" SET \"status\" = $1, \"counts\" = $2, \"report\" = $3, "
                     "\"finished_at\" = $4, \"seen_at\" = $4 "
                     "WHERE \"id\" = $5 AND \"status\" <> $6",
                     value_text(str_of(status)), value_text(counts), value_text_or_null(report),
                     value_integer(context->now), value_id(id), value_text(STR(BATCH_CANCELLED)));
}

Status batch_sweep(Transaction *transaction, int64_t now) {
    return store_run(transaction, "DELETE FROM \"batch\" WHERE \"preview\" AND \"seen_at\" < $1",
                     value_integer(now - PREVIEW_DAYS * CLOCK_DAY));
}

/* ---- Undo ---- */

bool batch_at_work(const BatchRecord *record, int64_t now) {
    bool running = str_is(record->status, BATCH_RUNNING) || str_is(record->status, BATCH_UNDOING);
    return running && now - record->seen_at < SILENCE_MINUTES * CLOCK_MINUTE;
}

/* What stood in the way of the undo may have gone since. */
static bool undo_left_some(const BatchRecord *record) {
    json_t *undo CLEANUP(json_drop) = NULL;
    if (json_read(record->undo, NULL, &undo) != STATUS_OK) return false;
    return json_integer_value(json_object_get(undo, "refused")) > 0;
}

static Status refuse(Context *context, const char *code) {
    problem_add(context->problem, STR(""), code);
    return STATUS_CONFLICT;
}

Status batch_cancel(Context *context, const BatchRecord *record) {
    if (record->mode != BATCH_PREVIEW) return refuse(context, "batch_no_preview");
    if (!str_is(record->status, BATCH_RUNNING)) return refuse(context, "batch_ended");
    return store_run(context->transaction,
                     "UPDATE \"batch\" SET \"status\" = $1, \"finished_at\" = $2 "
                     "WHERE \"id\" = $3",
                     value_text(STR(BATCH_CANCELLED)), value_integer(context->now),
                     value_id(record->id));
}

static Status note_undo(Context *context, Id id, const UndoProgress *progress) {
    Buffer text CLEANUP(buffer_free) = {0};
    JsonWriter json = json_writer(&text);
    json_open_object(&json);
    undo_write_members(&json, progress);
    json_close_object(&json);
    return store_run(context->transaction,
                     "UPDATE \"batch\" SET \"status\" = $1, \"undo\" = $2, \"seen_at\" = $3, "
                     "\"undone_at\" = $4 WHERE \"id\" = $5",
                     value_text(progress->last ? STR(BATCH_UNDONE) : STR(BATCH_UNDOING)),
                     value_text(buffer_str(&text)), value_integer(context->now),
                     progress->last ? value_integer(context->now) : value_null(), value_id(id));
}

Status batch_undo_begin(Context *context, const BatchRecord *record) {
    bool known = str_is(record->kind, BATCH_CHANGE) || str_is(record->kind, BATCH_MERGE);
    if (!known) return refuse(context, "batch_final");
    if (record->mode == BATCH_PREVIEW) return refuse(context, "batch_preview");
    if (batch_at_work(record, context->now)) return refuse(context, "batch_running");
    if (str_is(record->status, BATCH_UNDONE) && !undo_left_some(record)) {
        return refuse(context, "batch_already_undone");
    }
    UndoProgress none = {.left_count = 0};
    return note_undo(context, record->id, &none);
}

/* What the writing job of an undo notes, and whether it is to go on. */
typedef struct UndoNote {
    Id id;
    bool (*go_on)(void *data);
    void *data;
} UndoNote;

static Status note(Context *context, void *data, const UndoProgress *progress) {
    const UndoNote *undo = data;
    return note_undo(context, undo->id, progress);
}

static bool go_on_undoing(void *data) {
    const UndoNote *undo = data;
    return !undo->go_on || undo->go_on(undo->data);
}

/* Reads what kind of batch it is, to know who works on it. */
typedef struct KindJob {
    const Exchange *exchange;
    Arena *arena;
    Problem *problem;
    Id id;
    BatchRecord record;
} KindJob;

static Status kind_job(Transaction *transaction, void *data) {
    KindJob *job = data;
    Context context = exchange_context(job->exchange, job->arena, transaction, job->problem);
    return batch_read(&context, job->id, &job->record);
}

Status batch_undo(const Exchange *exchange, Id id, Str reason, bool (*go_on)(void *), void *data,
                  Arena *arena, Problem *problem) {
    UndoNote undo = {.id = id, .go_on = go_on, .data = data};
    KindJob job = {.exchange = exchange, .arena = arena, .problem = problem, .id = id};
    UndoCounts counts;
    Status status = store_read(exchange->store, kind_job, &job);
    if (status != STATUS_OK) return status;
    Exchange undoing = *exchange;
    if (str_is(job.record.kind, BATCH_MERGE)) undoing.hooks = NULL;
    UndoRequest request = {.exchange = &undoing,
                           .batch = id,
                           .reason = reason,
                           .note = note,
                           .go_on = go_on_undoing,
                           .data = &undo};
    return undo_batch(&request, arena, problem, &counts);
}

/* ---- Showing ---- */

/* Each kind of batch has members of its own; they stand beside the others. */
static void write_members(JsonWriter *json, Str document) {
    json_t *members CLEANUP(json_drop) = NULL;
    Arena *arena CLEANUP(arena_drop) = arena_new();
    const char *name;
    json_t *value;
    if (json_read(document, NULL, &members) != STATUS_OK) return;
    json_object_foreach(members, name, value) {
        json_key(json, str_of(name));
        json_write_raw(json, json_compact(arena, value));
    }
}

void batch_write(JsonWriter *json, const BatchRecord *record) {
    json_open_object(json);
    json_member_id(json, "id", record->id);
    json_member_text(json, "kind", record->kind);
    json_member_text_or_null(json, "object", record->object);
    json_member_boolean(json, "preview", record->mode == BATCH_PREVIEW);
    json_member_text(json, "status", record->status);
    json_member_raw_or_null(json, "counts", record->counts);
    write_members(json, record->request);
    write_members(json, record->report);
    json_member_raw_or_null(json, "undo", record->undo);
    json_member_id_or_null(json, "created_by", record->created_by);
    json_member_instant_or_null(json, "created_at", record->created_at);
    json_member_instant_or_null(json, "finished_at", record->finished_at);
    json_member_instant_or_null(json, "undone_at", record->undone_at);
    json_close_object(json);
}
