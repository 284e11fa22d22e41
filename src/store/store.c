/*
 * What both databases share: counting, forgotten queries, and what a failed statement does to the
 * rest of its transaction, which they would otherwise decide differently.
 */
#include "store.h"

#include <assert.h>
#include <stdio.h>

#include "backend.h"
#include "dialect.h"

Status store_open(const StoreOptions *options, Store **out) {
    if (str_starts(options->database, STR("postgresql://")) ||
        str_starts(options->database, STR("postgres://"))) {
        return postgresql_store_open(options, out);
    }
    return sqlite_store_open(options, out);
}

void store_close(Store *store) {
    if (store) store->backend->close(store);
}

StoreKind store_kind(const Store *store) {
    return store->backend->kind;
}

StoreKind transaction_kind(const Transaction *transaction) {
    return transaction->backend->kind;
}

Status store_read(Store *store, StoreJob *job, void *data) {
    atomic_fetch_add_explicit(&store->reads, 1, memory_order_relaxed);
    return store->backend->read(store, job, data);
}

Status store_write(Store *store, StoreJob *job, void *data) {
    atomic_fetch_add_explicit(&store->writes, 1, memory_order_relaxed);
    return store->backend->write(store, job, data);
}

static bool always(void *unused) {
    (void)unused;
    return true;
}

Status store_backup(Store *store, Str path) {
    return store_backup_while(store, path, always, NULL);
}

Status store_backup_while(Store *store, Str path, StoreGoOn *go_on, void *data) {
    return store->backend->backup(store, path, go_on, data);
}

Status store_analyze(Store *store) {
    return store->backend->analyze(store);
}

StoreFigures store_figures(Store *store) {
    return (StoreFigures){
        .reads = atomic_load(&store->reads),
        .writes = atomic_load(&store->writes),
        .commits = atomic_load(&store->commits),
        .rollbacks = atomic_load(&store->rollbacks),
        .retries = atomic_load(&store->retries),
        .wal_frames = atomic_load(&store->wal_frames),
    };
}

/* Remembers a failure, so that the databases agree on what a failed statement does. */
static Status note(Transaction *transaction, Status status) {
    if (status != STATUS_OK && status != STATUS_END && transaction->failed == STATUS_OK) {
        transaction->failed = status;
    }
    return status;
}

/* Finishes what is open since the savepoint of this depth; 0: all. */
static void finish_rows(Transaction *transaction, int depth) {
    while (transaction->open && transaction->open->depth >= depth) store_finish(transaction->open);
}

Status transaction_run(Transaction *transaction, StoreJob *job, void *data) {
    Status status = job(transaction, data);
    finish_rows(transaction, 0);
    if (status == STATUS_OK) status = transaction->failed;
    return status;
}

Status store_execute(Transaction *transaction, Str sql, const Value *parameters, size_t count,
                     int64_t *changed) {
    if (transaction->failed != STATUS_OK) return transaction->failed;
    return note(transaction,
                transaction->backend->execute(transaction, sql, parameters, count, changed));
}

Status store_query(Transaction *transaction, Str sql, const Value *parameters, size_t count,
                   Rows **out) {
    Rows *rows;
    if (transaction->failed != STATUS_OK) return transaction->failed;
    Status status = transaction->backend->query(transaction, sql, parameters, count, &rows);
    if (status != STATUS_OK) return note(transaction, status);
    rows->transaction = transaction;
    rows->depth = transaction->savepoints;
    rows->previous = NULL;
    rows->next = transaction->open;
    if (rows->next) rows->next->previous = rows;
    transaction->open = rows;
    *out = rows;
    return STATUS_OK;
}

Status store_next(Rows *rows) {
    if (rows->transaction->failed != STATUS_OK) return rows->transaction->failed;
    return note(rows->transaction, rows->transaction->backend->next(rows));
}

Status store_query_first(Transaction *transaction, Str sql, const Value *parameters, size_t count,
                         Rows **out) {
    Status status = store_query(transaction, sql, parameters, count, out);
    return status == STATUS_OK ? store_next(*out) : status;
}

/* That there is no row is an answer, not an end: `*found` tells. */
static Status query_found(Transaction *transaction, Str sql, const Value *parameters, size_t count,
                          Rows **rows, bool *found) {
    Status status = store_query_first(transaction, sql, parameters, count, rows);
    *found = status == STATUS_OK;
    return status == STATUS_END ? STATUS_OK : status;
}

Status store_query_id(Transaction *transaction, Str sql, const Value *parameters, size_t count,
                      Id *out) {
    Rows *rows CLEANUP(store_drop) = NULL;
    bool found;
    Status status = query_found(transaction, sql, parameters, count, &rows, &found);
    if (status == STATUS_OK) *out = found ? store_column_id(rows, 0) : (Id){0};
    return status;
}

Status store_query_integer(Transaction *transaction, Str sql, const Value *parameters, size_t count,
                           int64_t *out) {
    Rows *rows CLEANUP(store_drop) = NULL;
    bool found;
    Status status = query_found(transaction, sql, parameters, count, &rows, &found);
    if (status == STATUS_OK) *out = found ? store_column_integer(rows, 0) : 0;
    return status;
}

Status store_query_any(Transaction *transaction, Str sql, const Value *parameters, size_t count,
                       bool *out) {
    Rows *rows CLEANUP(store_drop) = NULL;
    bool found;
    Status status = query_found(transaction, sql, parameters, count, &rows, &found);
    if (status == STATUS_OK) *out = found;
    return status;
}

Value store_column(const Rows *rows, int column, ValueKind kind) {
    return rows->transaction->backend->column(rows, column, kind);
}

Id store_column_id(const Rows *rows, int column) {
    Value value = store_column(rows, column, VALUE_ID);
    return value.kind == VALUE_ID ? value.id : (Id){0};
}

int64_t store_column_integer(const Rows *rows, int column) {
    Value value = store_column(rows, column, VALUE_INTEGER);
    return value.kind == VALUE_INTEGER ? value.integer : 0;
}

Str store_column_text(const Rows *rows, int column) {
    Value value = store_column(rows, column, VALUE_TEXT);
    return value.kind == VALUE_TEXT ? value.text : (Str){0};
}

Str store_copy_text(const Rows *rows, int column, Arena *arena) {
    return str_copy(arena, store_column_text(rows, column));
}

void store_finish(Rows *rows) {
    if (rows->next) rows->next->previous = rows->previous;
    if (rows->previous) {
        rows->previous->next = rows->next;
    } else {
        rows->transaction->open = rows->next;
    }
    rows->transaction->backend->finish(rows);
}

/* Past the check for failed transactions, which undoing is there to heal. */
static Status savepoint_statement(Transaction *transaction, const char *verb) {
    char sql[48];
    int size = snprintf(sql, sizeof sql, "%s s%d", verb, transaction->savepoints);
    return transaction->backend->execute(transaction, (Str){.data = sql, .size = (size_t)size},
                                         NULL, 0, NULL);
}

Status store_savepoint_open(Transaction *transaction) {
    if (transaction->failed != STATUS_OK) return transaction->failed;
    transaction->savepoints++;
    Status status = note(transaction, savepoint_statement(transaction, "SAVEPOINT"));
    if (status != STATUS_OK) transaction->savepoints--;
    return status;
}

Status store_savepoint_keep(Transaction *transaction) {
    assert(transaction->savepoints > 0);
    if (transaction->failed != STATUS_OK) return transaction->failed;
    finish_rows(transaction, transaction->savepoints);
    Status status = note(transaction, savepoint_statement(transaction, "RELEASE"));
    if (status == STATUS_OK) transaction->savepoints--;
    return status;
}

Status store_savepoint_undo(Transaction *transaction) {
    assert(transaction->savepoints > 0);
    finish_rows(transaction, transaction->savepoints);
    if (transaction->lost) {
        transaction->savepoints--;
        return transaction->failed;
    }
    transaction->failed = STATUS_OK;
    Status status = note(transaction, savepoint_statement(transaction, "ROLLBACK TO"));
    if (status == STATUS_OK)
        status = note(transaction, savepoint_statement(transaction, "RELEASE"));
    transaction->savepoints--;
    return status;
}

Status store_attempt(Transaction *transaction, StoreJob *job, void *data) {
    Status opened = store_savepoint_open(transaction);
    if (opened != STATUS_OK) return opened;
    int depth = transaction->savepoints;
    Status status = job(transaction, data);
    if (status == STATUS_OK) status = transaction->failed;
    /* A job that left early may have left savepoints of its own behind. */
    transaction->savepoints = depth;
    if (status == STATUS_OK) return store_savepoint_keep(transaction);
    Status undone = store_savepoint_undo(transaction);
    return undone == STATUS_OK ? status : undone;
}

Status store_ddl(Transaction *transaction, Str sql) {
    if (transaction->failed != STATUS_OK) return transaction->failed;
    Buffer text CLEANUP(buffer_free) = {0};
    dialect_add_words(&text, transaction_kind(transaction), sql);
    buffer_add_byte(&text, '\0');
    return note(transaction, transaction->backend->script(transaction, text.data));
}

/* quote_ident: to_regclass would fold and split a bare name. */
static const char *const EXISTS_TABLE[] = {
    [STORE_SQLITE] = "SELECT 1 FROM sqlite_master WHERE type IN ('table', 'view') AND name = $1",
    [STORE_POSTGRESQL] = "SELECT 1 WHERE to_regclass(quote_ident($1)) IS NOT NULL",
};
static const char *const EXISTS_COLUMN[] = {
    [STORE_SQLITE] = "SELECT 1 FROM pragma_table_info($1) WHERE name = $2",
    [STORE_POSTGRESQL] =
        "SELECT 1 FROM pg_attribute WHERE attrelid = to_regclass(quote_ident($1))"
        " AND attname = $2 AND NOT attisdropped AND attnum > 0",
};

Status store_exists(Transaction *transaction, Str table, Str column, bool *out) {
    const char *const *texts = str_empty(column) ? EXISTS_TABLE : EXISTS_COLUMN;
    const Value parameters[] = {value_text(table), value_text(column)};
    return store_query_any(transaction, str_of(texts[transaction_kind(transaction)]), parameters,
                           str_empty(column) ? 1 : 2, out);
}
