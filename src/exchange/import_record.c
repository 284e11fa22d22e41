/*
 * The tables "import" and "file". The status of an import is what a process last wrote; a process
 * that was killed writes nothing more, so whether an import is really running is told by the time
 * of its last sign of life.
 */
#include "import_record.h"

#include "file.h"

/* A group of rows is written in well under a second; after this much silence nobody is at work. */
enum { SILENCE_MINUTES = 2 };

Status import_record_insert(Context *context, const ImportRecord *record) {
    return store_run(
        context->transaction,
        "INSERT INTO \"import\" (\"id\", \"object\", \"file_name\", \"status\", \"map\", "
        "\"counts\", \"report\", \"source\", \"created_by\", \"created_at\", \"run_by\", "
        "\"run_at\") VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)",
        value_id(record->id), value_text(record->object), value_text(record->file_name),
        value_text(record->status), value_text_or_null(record->map),
        value_text_or_null(record->counts), value_text_or_null(record->report),
        value_id_or_null(record->source), value_id_or_null(record->created_by),
        value_integer(record->created_at), value_id_or_null(record->run_by),
        value_instant_or_null(record->run_at));
}

/* ---- Reading ---- */

/* With the people's names, as the journal has them: who may see an import may know whose it is. */
#define COLUMNS                                                                           \
    "\"id\", \"object\", \"file_name\", \"status\", \"map\", \"counts\", \"report\", "    \
    "\"rejected\", \"created_by\", \"created_at\", \"finished_at\", \"undone_at\", "      \
    "\"source\", \"run_by\", \"run_at\", "                                                \
    "(SELECT \"name\" FROM \"user\" WHERE \"user\".\"id\" = \"import\".\"created_by\"), " \
    "(SELECT \"name\" FROM \"user\" WHERE \"user\".\"id\" = \"import\".\"run_by\")"

static ImportRecord read_row(Arena *arena, const Rows *rows) {
    return (ImportRecord){.id = store_column_id(rows, 0),
                          .object = store_copy_text(rows, 1, arena),
                          .file_name = store_copy_text(rows, 2, arena),
                          .status = store_copy_text(rows, 3, arena),
                          .map = store_copy_text(rows, 4, arena),
                          .counts = store_copy_text(rows, 5, arena),
                          .report = store_copy_text(rows, 6, arena),
                          .rejected = store_column_id(rows, 7),
                          .created_by = store_column_id(rows, 8),
                          .created_at = store_column_integer(rows, 9),
                          .finished_at = store_column_integer(rows, 10),
                          .undone_at = store_column_integer(rows, 11),
                          .source = store_column_id(rows, 12),
                          .run_by = store_column_id(rows, 13),
                          .run_at = store_column_integer(rows, 14),
                          .created_by_name = store_copy_text(rows, 15, arena),
                          .run_by_name = store_copy_text(rows, 16, arena)};
}

Status import_record_read(Context *context, Id id, ImportRecord *out) {
    Rows *rows CLEANUP(store_drop) = NULL;
    Status status =
        store_ask_first(context->transaction, &rows,
                        "SELECT " COLUMNS " FROM \"import\" WHERE \"id\" = $1", value_id(id));
    if (status == STATUS_END) return STATUS_NOT_FOUND;
    if (status == STATUS_OK) *out = read_row(context->arena, rows);
    return status;
}

/* Ids ascend with time, so the newest come by id; a position in the list is an id. */
Status import_record_each(Context *context, Str object, Id before, int64_t limit,
                          ImportRecordVisitor *visit, void *data) {
    Id last;
    memset(last.bytes, 0xFF, sizeof last.bytes);
    Rows *rows CLEANUP(store_drop) = NULL;
    Status status = store_ask(context->transaction, &rows,
                              "SELECT " COLUMNS
                              " FROM \"import\" WHERE \"id\" < $1 "
                              "AND ($2 = '' OR \"object\" = $2) ORDER BY \"id\" DESC LIMIT $3",
                              value_id(id_none(before) ? last : before),
                              value_text(object.data ? object : STR("")), value_integer(limit));
    while (status == STATUS_OK && (status = store_next(rows)) == STATUS_OK) {
        ImportRecord record = read_row(context->arena, rows);
        status = visit(data, &record);
    }
    return status == STATUS_END ? STATUS_OK : status;
}

/* ---- Keeping ---- */

static void write_counts_members(JsonWriter *json, const ImportCounts *counts) {
    json_member_integer(json, "rows", counts->rows);
    json_member_integer(json, "created", counts->created);
    json_member_integer(json, "updated", counts->updated);
    json_member_integer(json, "unchanged", counts->unchanged);
    json_member_integer(json, "skipped", counts->skipped);
    json_member_integer(json, "left_out", counts->left_out);
    json_member_integer(json, "failed", counts->failed);
    json_member_integer(json, "bytes", counts->bytes);
}

void import_counts_write(JsonWriter *json, const ImportCounts *counts) {
    json_open_object(json);
    write_counts_members(json, counts);
    json_close_object(json);
}

/* With the time, as a sign of life. */
static Str counts_text(Context *context, const ImportCounts *counts) {
    Buffer text CLEANUP(buffer_free) = {0};
    JsonWriter json = json_writer(&text);
    json_open_object(&json);
    write_counts_members(&json, counts);
    json_member_instant(&json, "at", context->now);
    json_close_object(&json);
    return str_copy(context->arena, buffer_str(&text));
}

/* A statement whose WHERE asks for a state: no row touched means that the state is another. */
static Status only_if_touched(Status status, int64_t changed) {
    return status == STATUS_OK && !changed ? STATUS_STALE : status;
}

Status import_record_run(Context *context, const ImportRecord *record) {
    ImportCounts none = {0};
    int64_t changed = 0;
    const Value values[] = {
        value_text(STR(IMPORT_RUNNING)),
        value_text_or_null(record->map),
        value_text(counts_text(context, &none)),
        value_text_or_null(record->report),
        value_id_or_null(context->actor->user),
        value_integer(context->now),
        value_id(record->id),
        value_text(STR(IMPORT_STAGED)),
    };
    Status status =
        store_execute(context->transaction,
                      STR("UPDATE \"import\" SET \"status\" = $1, \"map\" = $2, \"counts\" = $3, "
                          "\"report\" = $4, \"run_by\" = $5, \"run_at\" = $6 "
                          "WHERE \"id\" = $7 AND \"status\" = $8"),
                      values, sizeof values / sizeof *values, &changed);
    return only_if_touched(status, changed);
}

Status import_record_progress(Context *context, Id id, const ImportCounts *counts) {
    int64_t changed = 0;
    const Value values[] = {value_text(counts_text(context, counts)), value_id(id),
                            value_text(STR(IMPORT_RUNNING))};
    Status status = store_execute(
        context->transaction,
        STR("UPDATE \"import\" SET \"counts\" = $1 WHERE \"id\" = $2 AND \"status\" = $3"), values,
        sizeof values / sizeof *values, &changed);
    return only_if_touched(status, changed);
}

/* The report replaces that of the beginning, which it repeats in full. */
Status import_record_finish(Context *context, Id id, const char *status, const ImportCounts *counts,
                            Str report, Id rejected) {
    int64_t changed = 0;
    bool done = strcmp(status, IMPORT_DONE) == 0;
    const Value values[] = {
        value_text(str_of(status)),      value_text(counts_text(context, counts)),
        value_text_or_null(report),      value_id_or_null(rejected),
        value_integer(context->now),     value_id(id),
        value_text(STR(IMPORT_RUNNING)), value_boolean(!done),
    };
    Status result = store_execute(
        context->transaction,
        STR("UPDATE \"import\" SET \"status\" = $1, \"counts\" = $2, \"report\" = $3, "
            "\"rejected\" = $4, \"finished_at\" = $5 WHERE \"id\" = $6 "
            "AND (\"status\" = $7 OR $8)"),
        values, sizeof values / sizeof *values, &changed);
    return only_if_touched(result, changed);
}

Status import_record_status(Context *context, Id id, const char *status) {
    return store_run(context->transaction,
                     "UPDATE \"import\" SET \"status\" = $1 WHERE \"id\" = $2",
                     value_text(str_of(status)), value_id(id));
}

Status import_record_undo(Context *context, Id id, const char *status, Str report) {
    bool ended = strcmp(status, IMPORT_UNDONE) == 0 || strcmp(status, IMPORT_CANCELLED) == 0;
    return store_run(context->transaction,
                     "UPDATE \"import\" SET \"status\" = $1, \"report\" = $2, \"undone_at\" = $3 "
                     "WHERE \"id\" = $4",
                     value_text(str_of(status)), value_text_or_null(report),
                     value_instant_or_null(ended ? context->now : 0), value_id(id));
}

/* The "at" of counts or report; 0 when there is none that can be read. */
static int64_t sign_of_life(Str document) {
    json_t *node CLEANUP(json_drop) = NULL;
    int64_t at = 0;
    if (json_read(document, NULL, &node) != STATUS_OK) return 0;
    return instant_parse(json_get_text(node, "at"), &at) ? at : 0;
}

static bool says_at_work(const ImportRecord *record) {
    return str_is(record->status, IMPORT_RUNNING) || str_is(record->status, IMPORT_UNDOING) ||
           str_is(record->status, IMPORT_CANCELLING);
}

/* Without any sign the beginning counts: then the import is soon free to be undone. */
bool import_record_busy(const ImportRecord *record, int64_t now) {
    if (!says_at_work(record)) return false;
    int64_t at = record->created_at;
    int64_t counted = sign_of_life(record->counts), reported = sign_of_life(record->report);
    if (counted > at) at = counted;
    if (reported > at) at = reported;
    return now - at < SILENCE_MINUTES * CLOCK_MINUTE;
}

/* Counts and report are JSON already and go out as they are kept. */
void import_record_write(JsonWriter *json, const ImportRecord *record) {
    json_open_object(json);
    json_member_id(json, "id", record->id);
    json_member_text(json, "object", record->object);
    json_member_text(json, "file_name", record->file_name);
    json_member_text(json, "status", record->status);
    json_member_raw_or_null(json, "map", record->map);
    json_member_raw_or_null(json, "counts", record->counts);
    json_member_raw_or_null(json, "report", record->report);
    json_member_boolean(json, "file_kept", !id_none(record->source));
    json_member_id_or_null(json, "rejected", record->rejected);
    json_member_id_or_null(json, "created_by", record->created_by);
    json_member_instant_or_null(json, "created_at", record->created_at);
    json_member_text_or_null(json, "created_by_name", record->created_by_name);
    json_member_id_or_null(json, "run_by", record->run_by);
    json_member_text_or_null(json, "run_by_name", record->run_by_name);
    json_member_instant_or_null(json, "run_at", record->run_at);
    json_member_instant_or_null(json, "finished_at", record->finished_at);
    json_member_instant_or_null(json, "undone_at", record->undone_at);
    json_close_object(json);
}

/* ---- Files ---- */

/* With its hash, so that a file can be told to be the one that was kept. */
Status import_file_insert(Context *context, Str name, Str content, Id import, Id *out) {
    NewFile file = {.name = name,
                    .type = STR("text/csv; charset=utf-8"),
                    .content = content,
                    .object = STR("import"),
                    .record = import};
    return file_insert(context, &file, out);
}

Status import_file_read(Context *context, Id file, Str *name, Str *content) {
    StoredFile stored;
    Status status = file_read(context, file, &stored);
    if (status != STATUS_OK) return status;
    *name = stored.name;
    *content = stored.content;
    return STATUS_OK;
}
