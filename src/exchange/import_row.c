/*
 * One row from its cells to a saved record. Reading is split from saving: what the cells say is the
 * same whenever it is asked and needs no database; what the record layer says of them depends on
 * the data and may be asked twice, when a job or a savepoint is run again.
 */
#include "import_row.h"

#include "access.h"
#include "attempts.h"
#include "csv_text.h"
#include "import_lookup.h"
#include "import_value.h"

/* ---- From cells to values ---- */

static void fail(ImportRow *row, Str pointer, const char *code, Str first, Str second) {
    problem_add(&row->problem, pointer, code, first, second);
    row->state = IMPORT_ROW_FAILED;
}

static void copy_cells(Arena *arena, const SheetRow *from, ImportRow *row) {
    row->cells = arena_take(arena, from->count * sizeof(Str));
    row->count = from->count;
    for (size_t i = 0; i < from->count; i++) row->cells[i] = str_copy(arena, from->cells[i]);
}

/* Spreadsheets write blank cells to the right of what was filled in; those do no harm. */
static bool has_surplus(const ImportRow *row, size_t width) {
    for (size_t i = width; i < row->count; i++) {
        if (!str_empty(str_trim(row->cells[i]))) return true;
    }
    return false;
}

/* A row of the wrong shape is not read at all: its cells would land in the wrong fields. */
static void check_shape(const ImportReader *reader, Arena *arena, SheetFault fault,
                        ImportRow *row) {
    if (fault == SHEET_FAULT_LONG) {
        fail(row, STR(""), "import_row_too_long", (Str){0}, (Str){0});
    } else if (fault == SHEET_FAULT_QUOTE) {
        fail(row, STR(""), "import_quote_open", (Str){0}, (Str){0});
    } else if (has_surplus(row, reader->width)) {
        fail(row, STR(""), "import_too_many_columns", str_format(arena, "%zu", row->count),
             str_format(arena, "%zu", reader->width));
    }
}

/* U+FFFD counts as damage only in a file that had malformed bytes; it may be text of its own. */
static bool is_damaged(const ImportReader *reader, Str text) {
    if (!sheet_fault_count(reader->sheet)) return false;
    return str_find_str(text, STR("\uFFFD")) < text.size;
}

/*
 * Pointers name the field, as the record layer's do, so that both are told to people alike. A NUL
 * is refused here: further on it would be replaced without a word.
 */
static void read_cell(const ImportReader *reader, Arena *arena, const ImportColumn *column,
                      ImportRow *row, Value *out) {
    Str text = column->index < row->count ? row->cells[column->index] : (Str){0};
    Str pointer = problem_pointer(arena, STR(""), column->field->name);
    *out = value_null();
    if (is_damaged(reader, text)) {
        fail(row, pointer, "import_encoding", encoding_name(reader->encoding), (Str){0});
        return;
    }
    if (str_find(text, '\0') < text.size) {
        fail(row, pointer, "control_character", STR("U+0000"), (Str){0});
        return;
    }
    text = csv_text_disarmed(text);
    for (size_t i = 0; i < column->transform_count; i++) {
        text = column->transforms[i]->apply(arena, text);
    }
    const Field *field = column->through ? column->through : column->field;
    Status status = field_from_text(arena, field, text, reader->exchange->actor->zone, pointer,
                                    &row->problem, out);
    if (status != STATUS_OK) row->state = IMPORT_ROW_FAILED;
}

/* The whole key as one text; empty when a part of it is missing, which is then reported. */
static Str read_key(const ImportReader *reader, Arena *arena, ImportRow *row) {
    const ImportMap *map = reader->map;
    Str key = {0};
    for (size_t i = 0; i < map->key_count; i++) {
        const ImportColumn *column = &map->columns[map->keys[i]];
        const Value *value = &row->values[map->keys[i]];
        if (value_is_null(value)) {
            fail(row, problem_pointer(arena, STR(""), column->field->name), "import_key_missing",
                 label_in(&column->field->label, reader->exchange->actor->lang), (Str){0});
            return (Str){0};
        }
        key = str_join(arena, key, import_value_identity(arena, value));
    }
    return key;
}

/* Only a row that could be read takes its key; its double behind it is skipped. */
static void check_key(const ImportReader *reader, Arena *arena, ImportRow *row) {
    if (row->state != IMPORT_ROW_READY || !reader->map->key_count) return;
    Str key = read_key(reader, arena, row);
    if (row->state != IMPORT_ROW_READY) return;
    int64_t first = seen_keys_note(reader->seen, key, row->line);
    if (!first) return;
    row->state = IMPORT_ROW_SKIPPED;
    const ImportColumn *column = &reader->map->columns[reader->map->keys[0]];
    problem_add(&row->problem, problem_pointer(arena, STR(""), column->field->name),
                "import_repeated_key", str_format(arena, "%lld", (long long)first));
}

/* The key is looked at last: a row that cannot be read must not take it from one that can. */
void import_row_read(const ImportReader *reader, Arena *arena, const SheetRow *from,
                     ImportRow *out) {
    ImportRow row = {.line = from->line,
                     .values = ARENA_ARRAY(arena, reader->map->count, Value),
                     .state = IMPORT_ROW_READY,
                     .problem = problem_new(arena)};
    copy_cells(arena, from, &row);
    check_shape(reader, arena, from->fault, &row);
    bool shapely = row.state == IMPORT_ROW_READY;
    for (size_t i = 0; shapely && i < reader->map->count; i++) {
        read_cell(reader, arena, &reader->map->columns[i], &row, &row.values[i]);
    }
    check_key(reader, arena, &row);
    *out = row;
}

/* It takes no key: another row with the same one is as good as if this one were not there. */
void import_row_leave_out(Arena *arena, const SheetRow *from, ImportRow *out) {
    *out = (ImportRow){
        .line = from->line, .state = IMPORT_ROW_LEFT_OUT, .problem = problem_new(arena)};
    copy_cells(arena, from, out);
    problem_add(&out->problem, STR(""), "import_left_out");
}

/* ---- From values to records ---- */

/* One row being saved. */
typedef struct RowJob {
    ImportGroup *group;
    ImportRow *row;
    Context context;
    const ImportLookups *lookups;
} RowJob;

/* A value that stands for a record becomes its id. */
static Status column_value(RowJob *job, size_t index, Value *out) {
    const ImportColumn *column = &job->group->map->columns[index];
    *out = job->row->values[index];
    if (!column->through || value_is_null(out)) return STATUS_OK;
    return import_lookup_find(&job->context, job->lookups, index, &job->row->values[index], out);
}

/* Only the cells that say something: the record layer completes and checks as for any request. */
static Status make_body(RowJob *job, json_t *body) {
    const ImportMap *map = job->group->map;
    size_t errors = job->row->problem.count;
    for (size_t i = 0; i < map->count; i++) {
        const ImportColumn *column = &map->columns[i];
        Value value;
        Status status = column_value(job, i, &value);
        if (status == STATUS_INVALID) continue;
        if (status != STATUS_OK) return status;
        if (value_is_null(&value) && !column->clears) continue;
        json_object_set_new_nocheck(body, column->field->name.data,
                                    import_value_json(job->context.arena, column->field, &value));
    }
    return job->row->problem.count == errors ? STATUS_OK : STATUS_INVALID;
}

/* The record that has the values of a key of several fields; none when there is no such record. */
static Status find_by_set(RowJob *job, Id *out) {
    Context *context = &job->context;
    const ImportMap *map = job->group->map;
    Sql sql CLEANUP(sql_free) = sql_new(context->arena, transaction_kind(context->transaction));
    sql_add(&sql, "SELECT \"id\" FROM ");
    sql_add_name(&sql, map->object->name);
    sql_add(&sql, " WHERE \"deleted_at\" IS NULL");
    for (size_t i = 0; i < map->key_count; i++) {
        Value value;
        Status status = column_value(job, map->keys[i], &value);
        if (status != STATUS_OK) return status;
        sql_add(&sql, " AND ");
        sql_add_name(&sql, map->columns[map->keys[i]].field->name);
        sql_add(&sql, " = ");
        sql_bind(&sql, value);
    }
    Rows *rows CLEANUP(store_drop) = NULL;
    Status status = sql_query(&sql, context->transaction, &rows);
    if (status == STATUS_OK) status = store_next(rows);
    if (status == STATUS_OK) *out = store_column(rows, 0, VALUE_ID).id;
    if (status == STATUS_END) *out = (Id){0};
    return status == STATUS_END ? STATUS_OK : status;
}

/* record_upsert knows keys of one field; several are looked up here and saved by id. */
static Status upsert_by_set(RowJob *job, const json_t *body, Record *record) {
    const Object *object = job->group->map->object;
    Id id = {0};
    Status status = find_by_set(job, &id);
    if (status != STATUS_OK) return status;
    job->row->outcome = UPSERT_CREATED;
    if (id_none(id)) return record_create(&job->context, object, body, record);
    Record before;
    status = record_read(&job->context, object, id, &before);
    if (status != STATUS_OK) return status;
    status = record_update(&job->context, object, id, body, 0, record);
    if (status != STATUS_OK) return status;
    bool same = record->version == before.version;
    job->row->outcome = same ? UPSERT_UNCHANGED : UPSERT_UPDATED;
    return STATUS_OK;
}

/* Through the record layer as a request would, with the actor's rights. */
static Status save_body(RowJob *job, const json_t *body) {
    const ImportMap *map = job->group->map;
    Record record;
    if (map->key_count > 1) return upsert_by_set(job, body, &record);
    if (map->key_count == 1) {
        const Field *key = map->columns[map->keys[0]].field;
        return record_upsert(&job->context, map->object, key, body, &record, &job->row->outcome);
    }
    job->row->outcome = UPSERT_CREATED;
    return record_create(&job->context, map->object, body, &record);
}

/* ---- A group ---- */

/* Rows written in one transaction, which may run again from the start. */
typedef struct GroupJob {
    ImportGroup *group;
    Context context;
    ArenaMark mark; /* of the scratch arena, before the first row */
    ImportLookups lookups;
} GroupJob;

/*
 * What the row before took of the scratch arena is given back, so that a group needs the memory of
 * one.
 */
static Status save_row(Transaction *transaction, void *data, size_t index) {
    GroupJob *group = data;
    ImportRow *row = &group->group->rows[index];
    (void)transaction;
    if (row->state != IMPORT_ROW_READY) return STATUS_OK;
    arena_rewind(group->context.arena, group->mark);
    row->problem = problem_new(group->group->arena);
    RowJob job = {group->group, row, group->context, &group->lookups};
    job.context.problem = &row->problem;
    json_t *body CLEANUP(json_drop) = json_object();
    Status status = make_body(&job, body);
    return status == STATUS_OK ? save_body(&job, body) : status;
}

/* Some refusals of the record layer have no more to say than their status. */
static void refuse_row(void *data, size_t index, Status status) {
    GroupJob *group = data;
    ImportRow *row = &group->group->rows[index];
    row->state = IMPORT_ROW_REFUSED;
    if (row->problem.count) return;
    problem_add(&row->problem, STR(""),
                status == STATUS_CONFLICT ? "conflict_unique" : status_name(status));
}

/* A job that is run again starts afresh. */
static void forget_refusals(ImportGroup *group) {
    for (size_t i = 0; i < group->count; i++) {
        if (group->rows[i].state == IMPORT_ROW_REFUSED) group->rows[i].state = IMPORT_ROW_READY;
    }
}

/*
 * PostgreSQL keeps the plan that it made when a table was small, a scan of all rows, however much
 * the table grows within the transaction. Once a group it may think again.
 */
static Status refresh_plans(Transaction *transaction) {
    if (transaction_kind(transaction) != STORE_POSTGRESQL) return STATUS_OK;
    return store_execute(transaction, STR("DISCARD PLANS"), NULL, 0, NULL);
}

/* Rows are saved in order: a later one may refer to an earlier one. */
Status import_group_write(Transaction *transaction, ImportGroup *group) {
    Arena *scratch CLEANUP(arena_drop) = arena_new();
    Problem unused = problem_new(scratch);
    GroupJob job = {.group = group,
                    .context = exchange_context(group->exchange, scratch, transaction, &unused)};
    job.context.batch = group->batch;
    job.context.reason = group->reason;
    forget_refusals(group);
    Status status = refresh_plans(transaction);
    if (status == STATUS_OK) status = import_lookups_read(&job.context, group, &job.lookups);
    job.mark = arena_mark(scratch);
    Attempts attempts = {
        .count = group->count, .piece = save_row, .refused = refuse_row, .data = &job};
    if (status == STATUS_OK) status = attempts_run(transaction, &attempts);
    import_lookups_free(&job.lookups);
    return status;
}
