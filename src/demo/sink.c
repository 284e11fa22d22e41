#include "sink.h"

#include <pthread.h>
#include <stdlib.h>

#include "sql.h"
#include "tables.h"

/*
 * Two batches take turns: one is filled by the making thread while the other is written. Sort
 * keys and search tokens are made on the filling side, for SQLite has one writer and that is
 * where time is short. Nothing is kept of a batch once it is written, so memory does not grow
 * with the company.
 */

/*
 * Rows of a batch, and bytes after which it is closed early. Parameters of a statement: many rows
 * to a round trip for PostgreSQL, yet few enough that preparing does not cost more than it saves.
 */
enum { BATCH_ROWS = 20000, BATCH_BYTES = 48 * 1024 * 1024, STATEMENT_PARAMETERS = 600 };
enum { HEAD_COLUMNS = 6 }; /* id, version, created_at, created_by, updated_at, updated_by */

/* A record that waits to be written with others of its table. */
typedef struct Row {
    SinkHead head;
    Value *values;    /* one a field of the object, then the sort keys */
    Str tokens;       /* of the search index */
    struct Row *next; /* in the same table and batch */
} Row;

/* A table's columns, in the order in which rows bring their values. */
typedef struct Table {
    const Object *object;
    size_t positions[COLUMNS_LIMIT]; /* column of columns.h to index of the field */
    const Field **sorted;            /* fields with sort keys */
    size_t sorted_count;
    size_t width;  /* columns of a row, with the head */
    size_t chunk;  /* rows of `many` */
    Str one, many; /* statements that insert */
    bool searched;
    int64_t count;
} Table;

/* Rows that are written in one transaction while the next ones are made. */
typedef struct Batch {
    Arena *arena; /* of the statements, or of a batch's rows */
    Row *first[TABLE_COUNT], *last[TABLE_COUNT];
    size_t rows;
} Batch;

/* Writes what the sample makes, thousands of rows at a time, by statements of its own. */
struct Sink {
    Store *store;               /* the caller's */
    const DemoOptions *options; /* the caller's */
    Arena *arena;
    Table tables[TABLE_COUNT];
    Batch batches[2];
    Batch *filling;         /* of the making thread */
    Row *open;              /* begun and not yet ended */
    int64_t done, expected; /* rows, for the progress */

    pthread_t thread;
    pthread_mutex_t lock; /* over what follows */
    pthread_cond_t changed;
    Batch *full; /* handed over, not yet written */
    bool stopping;
    Status status;
};

/* ---- The model's side ---- */

/* Found once by name, used a million times by position. */
static Status bind_fields(const TableColumns *columns, const DemoOptions *options, Table *table) {
    Str rest = str_of(columns->fields);
    for (size_t i = 0; rest.data && i < COLUMNS_LIMIT; i++) {
        Str name = str_cut(&rest, ' ');
        const Field *field = object_field(table->object, name);
        if (!field) {
            if (options->problem) {
                problem_add(options->problem, STR(""), "demo_field", str_of(columns->object), name);
            }
            return STATUS_INVALID;
        }
        table->positions[i] = field->index;
    }
    return STATUS_OK;
}

/* The order of place_row: head, fields of the model, then keys. */
static void add_names(Sql *sql, const Table *table) {
    static const char *const HEAD[HEAD_COLUMNS] = {"id",         "version",    "created_at",
                                                   "created_by", "updated_at", "updated_by"};
    for (int i = 0; i < HEAD_COLUMNS; i++) {
        if (i) sql_add(sql, ", ");
        sql_add_name(sql, str_of(HEAD[i]));
    }
    for (size_t i = 0; i < table->object->field_count; i++) {
        sql_add(sql, ", ");
        sql_add_name(sql, table->object->fields[i].name);
    }
    for (size_t i = 0; i < table->sorted_count; i++) {
        for (Lang lang = 0; lang < LANG_COUNT; lang++) {
            sql_add(sql, ", ");
            sql_add_name(sql, tables_sort_column(sql->arena, table->sorted[i], lang));
        }
    }
}

/* The text alone: parameters are bound row by row when it runs. */
static Str insert_text(Arena *arena, StoreKind kind, const Table *table, size_t rows) {
    Sql sql CLEANUP(sql_free) = sql_new(arena, kind);
    sql_add(&sql, "INSERT INTO ");
    sql_add_name(&sql, table->object->name);
    sql_add(&sql, " (");
    add_names(&sql, table);
    sql_add(&sql, ") VALUES ");
    for (size_t row = 0; row < rows; row++) {
        sql_add(&sql, row ? ", (" : "(");
        for (size_t i = 0; i < table->width; i++) {
            if (i) sql_add(&sql, ", ");
            sql_bind(&sql, value_null());
        }
        sql_add(&sql, ")");
    }
    return str_copy(arena, buffer_str(&sql.text));
}

/* A definition that lost a field stops here, before anything is written. */
static Status bind_table(Sink *sink, const Model *model, TableKind kind) {
    const TableColumns *columns = columns_of(kind);
    Table *table = &sink->tables[kind];
    table->object = model_object(model, str_of(columns->object));
    if (!table->object) {
        if (sink->options->problem) {
            problem_add(sink->options->problem, STR(""), "demo_field", str_of(columns->object),
                        STR(""));
        }
        return STATUS_INVALID;
    }
    Status status = bind_fields(columns, sink->options, table);
    if (status != STATUS_OK) return status;
    size_t fields = table->object->field_count;
    table->sorted = ARENA_ARRAY(sink->arena, fields, const Field *);
    for (size_t i = 0; i < fields; i++) {
        const Field *field = &table->object->fields[i];
        if (tables_has_sort_keys(field)) table->sorted[table->sorted_count++] = field;
    }
    table->searched = tables_has_search(table->object);
    table->width = HEAD_COLUMNS + fields + table->sorted_count * LANG_COUNT;
    table->chunk = STATEMENT_PARAMETERS / table->width + 1;
    StoreKind store = store_kind(sink->store);
    table->one = insert_text(sink->arena, store, table, 1);
    table->many = insert_text(sink->arena, store, table, table->chunk);
    return STATUS_OK;
}

/* ---- The writing thread ---- */

/* Records are as if made in one go: version 1, changed last by their maker. */
static void place_row(const Table *table, const Row *row, Value *out) {
    const SinkHead *head = &row->head;
    int64_t updated_at = head->updated_at ? head->updated_at : head->at;
    out[0] = value_id(head->id);
    out[1] = value_integer(1);
    out[2] = value_integer(head->at);
    out[3] = value_id_or_null(head->by);
    out[4] = value_integer(updated_at);
    out[5] = value_id_or_null(head->by);
    memcpy(out + HEAD_COLUMNS, row->values, (table->width - HEAD_COLUMNS) * sizeof *out);
}

/* Whole chunks by the long statement, what is left one by one: two texts to prepare a table. */
static Status write_rows(Transaction *transaction, const Table *table, const Row *row) {
    Value parameters[STATEMENT_PARAMETERS * 2];
    while (row) {
        size_t count = 0;
        const Row *ahead = row;
        for (; ahead && count < table->chunk; ahead = ahead->next) count++;
        bool whole = count == table->chunk;
        size_t rows = whole ? table->chunk : 1;
        for (size_t i = 0; i < rows; i++, row = row->next) {
            place_row(table, row, parameters + i * table->width);
        }
        Status status = store_execute(transaction, whole ? table->many : table->one, parameters,
                                      rows * table->width, NULL);
        if (status != STATUS_OK) return status;
    }
    return STATUS_OK;
}

/* One batch on its way into the database. */
typedef struct WriteJob {
    const Sink *sink;
    const Batch *batch;
} WriteJob;

/* The search index refers to rows, so it comes behind them. */
static Status write_table(Transaction *transaction, const Table *table, const Row *first) {
    Status status = write_rows(transaction, table, first);
    if (status != STATUS_OK || !table->searched) return status;
    for (const Row *row = first; row; row = row->next) {
        if (str_empty(row->tokens)) continue;
        status = store_search_put(transaction, table->object->name, row->head.id, row->tokens);
        if (status != STATUS_OK) return status;
    }
    return STATUS_OK;
}

/* Tables in the order of their references, should they ever be enforced. */
static Status write_batch(Transaction *transaction, void *data) {
    const WriteJob *job = data;
    for (int kind = 0; kind < TABLE_COUNT; kind++) {
        Status status = write_table(transaction, &job->sink->tables[kind], job->batch->first[kind]);
        if (status != STATUS_OK) return status;
    }
    return STATUS_OK;
}

/* Waits for a batch to write; NULL when the sink is being closed. */
static Batch *next_batch(Sink *sink) {
    pthread_mutex_lock(&sink->lock);
    while (!sink->full && !sink->stopping) pthread_cond_wait(&sink->changed, &sink->lock);
    Batch *batch = sink->full;
    pthread_mutex_unlock(&sink->lock);
    return batch;
}

/* Repeatable, as the store asks: a batch is not touched while it is written. */
static void *write_batches(void *data) {
    Sink *sink = data;
    for (Batch *batch; (batch = next_batch(sink)) != NULL;) {
        WriteJob job = {.sink = sink, .batch = batch};
        /* After a failure the rest is thrown away, so that the making thread never hangs. */
        bool failed = sink_failed(sink);
        Status status = failed ? STATUS_OK : store_write(sink->store, write_batch, &job);
        pthread_mutex_lock(&sink->lock);
        if (status != STATUS_OK) sink->status = status;
        sink->full = NULL;
        pthread_cond_broadcast(&sink->changed);
        pthread_mutex_unlock(&sink->lock);
    }
    return NULL;
}

/* ---- The making thread ---- */

/* Keeps the arena's first chunk, and with it the pages that are warm. */
static void clear_batch(Batch *batch) {
    arena_reset(batch->arena);
    *batch = (Batch){.arena = batch->arena};
}

/* Waits for the batch before, so that at most two are in memory. */
static void hand_over(Sink *sink) {
    Batch *batch = sink->filling;
    pthread_mutex_lock(&sink->lock);
    while (sink->full) pthread_cond_wait(&sink->changed, &sink->lock);
    sink->full = batch;
    pthread_cond_broadcast(&sink->changed);
    pthread_mutex_unlock(&sink->lock);
    sink->done += (int64_t)batch->rows;
    sink->filling = &sink->batches[batch == &sink->batches[0]];
    clear_batch(sink->filling);
    const DemoOptions *options = sink->options;
    if (options->progress) {
        options->progress(options->progress_data, "records", sink->done, sink->expected);
    }
}

Arena *sink_arena(Sink *sink) {
    return sink->filling->arena;
}

/* Defaults first, as the record layer would give them on creation. */
SinkRow sink_begin(Sink *sink, TableKind kind, const SinkHead *head) {
    const Table *table = &sink->tables[kind];
    Arena *arena = sink->filling->arena;
    Row *row = ARENA_NEW(arena, Row);
    row->head = *head;
    row->values = ARENA_ARRAY(arena, table->width - HEAD_COLUMNS, Value);
    for (size_t i = 0; i < table->object->field_count; i++) {
        row->values[i] = table->object->fields[i].initial;
    }
    sink->open = row;
    return (SinkRow){.sink = sink, .kind = kind, .values = row->values};
}

void sink_set(SinkRow *row, int column, Value value) {
    row->values[row->sink->tables[row->kind].positions[column]] = value;
}

void sink_set_text(SinkRow *row, int column, Str text) {
    sink_set(row, column, str_empty(text) ? value_null() : value_text(text));
}

/* Made here and not by the writing thread, which has more to do. */
static void add_keys(Arena *arena, const Table *table, Row *row) {
    Value *key = row->values + table->object->field_count;
    for (size_t i = 0; i < table->sorted_count; i++) {
        for (Lang lang = 0; lang < LANG_COUNT; lang++) {
            *key++ = tables_sort_key(arena, table->object, table->sorted[i], lang, row->values);
        }
    }
    if (table->searched) row->tokens = tables_search_tokens(arena, table->object, row->values);
}

void sink_end(SinkRow *row) {
    Sink *sink = row->sink;
    Batch *batch = sink->filling;
    Table *table = &sink->tables[row->kind];
    Row *ended = sink->open;
    add_keys(batch->arena, table, ended);
    if (batch->last[row->kind]) {
        batch->last[row->kind]->next = ended;
    } else {
        batch->first[row->kind] = ended;
    }
    batch->last[row->kind] = ended;
    batch->rows++;
    table->count++;
    sink->open = NULL;
}

void sink_breathe(Sink *sink) {
    const Batch *batch = sink->filling;
    if (batch->rows >= BATCH_ROWS || arena_used(batch->arena) >= BATCH_BYTES) hand_over(sink);
}

bool sink_failed(Sink *sink) {
    pthread_mutex_lock(&sink->lock);
    bool failed = sink->status != STATUS_OK;
    pthread_mutex_unlock(&sink->lock);
    return failed;
}

Status sink_finish(Sink *sink) {
    hand_over(sink);
    pthread_mutex_lock(&sink->lock);
    while (sink->full) pthread_cond_wait(&sink->changed, &sink->lock);
    Status status = sink->status;
    pthread_mutex_unlock(&sink->lock);
    return status;
}

void sink_count(const Sink *sink, DemoReport *report) {
    for (int kind = 0; kind < TABLE_COUNT; kind++) {
        const Table *table = &sink->tables[kind];
        report->counts[kind] = (DemoCount){.object = table->object->name, .count = table->count};
    }
    report->count = TABLE_COUNT;
}

/* ---- Opening and closing ---- */

/* Everything is undone here on failure, for there is no thread yet to stop. */
Status sink_open(Store *store, const Model *model, const DemoOptions *options, Sink **out) {
    Sink *sink = calloc(1, sizeof *sink);
    if (!sink) abort();
    sink->store = store;
    sink->options = options;
    sink->arena = arena_new();
    sink->expected = options->hcps * 4 + options->visits * 2;
    Status status = STATUS_OK;
    for (int kind = 0; kind < TABLE_COUNT && status == STATUS_OK; kind++) {
        status = bind_table(sink, model, (TableKind)kind);
    }
    for (int i = 0; i < 2; i++) sink->batches[i].arena = arena_new();
    sink->filling = &sink->batches[0];
    pthread_mutex_init(&sink->lock, NULL);
    pthread_cond_init(&sink->changed, NULL);
    if (status == STATUS_OK && pthread_create(&sink->thread, NULL, write_batches, sink) != 0) {
        status = STATUS_FAILED;
    }
    if (status != STATUS_OK) {
        for (int i = 0; i < 2; i++) arena_free(sink->batches[i].arena);
        arena_free(sink->arena);
        free(sink);
        return status;
    }
    *out = sink;
    return STATUS_OK;
}

/* The thread first ends the batch it has, for the store cannot be interrupted. */
void sink_drop(Sink **sink) {
    Sink *closed = *sink;
    if (!closed) return;
    pthread_mutex_lock(&closed->lock);
    closed->stopping = true;
    pthread_cond_broadcast(&closed->changed);
    pthread_mutex_unlock(&closed->lock);
    pthread_join(closed->thread, NULL);
    pthread_mutex_destroy(&closed->lock);
    pthread_cond_destroy(&closed->changed);
    for (int i = 0; i < 2; i++) arena_free(closed->batches[i].arena);
    arena_free(closed->arena);
    free(closed);
}
