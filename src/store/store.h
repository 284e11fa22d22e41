/*
 * A database behind few calls. The layers above write one SQL text with $1…$n and never know
 * whether SQLite (embedded, WAL, synchronous=FULL) or PostgreSQL (libpq, prepared statements) runs
 * it.
 *
 * Work is done in jobs. A reading job gets a Transaction that sees one snapshot. A writing job gets
 * one that is durable when store_write returns STATUS_OK, and that has left no trace otherwise. On
 * SQLite all writing jobs run on one writer thread, in a shared transaction that is committed for
 * the whole group at once; jobs that stood before a failing one are run again. On PostgreSQL each
 * runs on a connection of its own and is run again after a serialization failure or deadlock. So a
 * job must be repeatable: it changes nothing but the database and memory that it sets anew.
 *
 * Booleans are bound as 0/1 on SQLite and boolean on PostgreSQL; ids as 16-byte blobs and uuid;
 * text compares and sorts bytewise on both. Dates are text columns. See db types in store_ddl.
 */
#ifndef ONDO_STORE_STORE_H
#define ONDO_STORE_STORE_H

#include "value.h"

typedef struct Store Store;
typedef struct Transaction Transaction;
typedef struct Rows Rows;

typedef enum StoreKind { STORE_SQLITE, STORE_POSTGRESQL } StoreKind;

/** What store_open needs to know. */
typedef struct StoreOptions {
    Str database; /* a file's path, or a postgresql:// URI */
    int readers;  /* connections for reading, and on PostgreSQL for writing; 0: 8 */
    bool create;  /* make the SQLite file when it is not there */
} StoreOptions;

/** Opens; STATUS_NOT_FOUND without a database there, STATUS_FAILED (logged) otherwise. */
MUST_USE Status store_open(const StoreOptions *options, Store **out);
/** Finishes waiting jobs, then checkpoints and closes. NULL is allowed. */
void store_close(Store *store);
/** Which database it is, for the few who must know. */
StoreKind store_kind(const Store *store);

/**
 * What is done within one transaction. It may run more than once, so that it begins from nothing
 * each time and leaves no trace outside but through `data`.
 */
typedef Status StoreJob(Transaction *transaction, void *data);

/**
 * Runs `job` on a reading connection inside one snapshot; returns what it returns. Blocks while all
 * connections are busy, so a reading job must not start another one.
 */
MUST_USE Status store_read(Store *store, StoreJob *job, void *data);
/**
 * Runs `job` as a durable transaction. A job that returns anything but STATUS_OK is rolled back and
 * its status returned; a unique or foreign-key violation inside surfaces as STATUS_CONFLICT from
 * store_execute. STATUS_BUSY once the store is closing. A job starts no other writing job.
 */
MUST_USE Status store_write(Store *store, StoreJob *job, void *data);

/** Runs one statement that gives no rows; `*changed` (NULL allowed) gets the number of rows
 * touched. */
MUST_USE Status store_execute(Transaction *transaction, Str sql, const Value *parameters,
                              size_t count, int64_t *changed);
/**
 * Starts a query; store_finish it (or CLEANUP(store_drop)) before the transaction ends. PostgreSQL
 * holds the whole result in memory, so page through what has no natural bound.
 */
MUST_USE Status store_query(Transaction *transaction, Str sql, const Value *parameters,
                            size_t count, Rows **out);
/** Moves to the next row: STATUS_OK, STATUS_END after the last, or a failure. */
MUST_USE Status store_next(Rows *rows);
/** A column of the current row read as `kind` (or NULL); text is valid until the next store_next.
 */
Value store_column(const Rows *rows, int column, ValueKind kind);
/** A column of ids; none where it is NULL. */
Id store_column_id(const Rows *rows, int column);
/** A column of integers or instants; 0 where it is NULL. */
int64_t store_column_integer(const Rows *rows, int column);
/** A column of text; empty where it is NULL. Valid until the next store_next. */
Str store_column_text(const Rows *rows, int column);
/** As store_column_text, copied into the arena. */
Str store_copy_text(const Rows *rows, int column, Arena *arena);
/** Ends a query, read to its end or not. */
void store_finish(Rows *rows);
static inline void store_drop(Rows **rows) {
    if (*rows) store_finish(*rows);
}

/**
 * For what has one row at most, or of which the first is wanted: store_query that stands at its
 * first row already. STATUS_END without one.
 */
MUST_USE Status store_query_first(Transaction *transaction, Str sql, const Value *parameters,
                                  size_t count, Rows **out);
/** The first column of the first row; none (0) without a row, or where it is NULL. */
MUST_USE Status store_query_id(Transaction *transaction, Str sql, const Value *parameters,
                               size_t count, Id *out);
MUST_USE Status store_query_integer(Transaction *transaction, Str sql, const Value *parameters,
                                    size_t count, int64_t *out);
/** Whether there is a row. */
MUST_USE Status store_query_any(Transaction *transaction, Str sql, const Value *parameters,
                                size_t count, bool *out);

/* Parameters written out, as an array and its size. */
#define STORE_PARAMETERS(...) \
    (const Value[]){__VA_ARGS__}, sizeof((const Value[]){__VA_ARGS__}) / sizeof(Value)
/**
 * store_execute and the queries with the parameters written out:
 * store_run(tx, "DELETE FROM x WHERE id = $1", value_id(id))
 */
#define store_run(transaction, sql, ...) \
    store_execute((transaction), STR(sql), STORE_PARAMETERS(__VA_ARGS__), NULL)
#define store_ask(transaction, rows, sql, ...) \
    store_query((transaction), STR(sql), STORE_PARAMETERS(__VA_ARGS__), (rows))
#define store_ask_first(transaction, rows, sql, ...) \
    store_query_first((transaction), STR(sql), STORE_PARAMETERS(__VA_ARGS__), (rows))
#define store_ask_id(transaction, out, sql, ...) \
    store_query_id((transaction), STR(sql), STORE_PARAMETERS(__VA_ARGS__), (out))
#define store_ask_integer(transaction, out, sql, ...) \
    store_query_integer((transaction), STR(sql), STORE_PARAMETERS(__VA_ARGS__), (out))
#define store_ask_any(transaction, out, sql, ...) \
    store_query_any((transaction), STR(sql), STORE_PARAMETERS(__VA_ARGS__), (out))

/**
 * Savepoints, for going on after a conflict. A statement that fails spoils its transaction on both
 * databases: each later statement returns the same status and the job is rolled back even if it
 * returns STATUS_OK, unless the failure happened inside a savepoint that was undone. Open, keep and
 * undo nest like brackets. What a savepoint encloses, Rows included, ends inside it.
 */
MUST_USE Status store_savepoint_open(Transaction *transaction);
/** Ends the innermost savepoint; its changes are part of the transaction. If it fails: undo. */
MUST_USE Status store_savepoint_keep(Transaction *transaction);
/** Ends the innermost savepoint, takes its changes back and heals the transaction. */
MUST_USE Status store_savepoint_undo(Transaction *transaction);
/**
 * Runs `job` inside a savepoint: kept on STATUS_OK, undone otherwise. Returns what the job returned
 * (STATUS_CONFLICT, say), after which the transaction goes on as if the job had not run.
 */
MUST_USE Status store_attempt(Transaction *transaction, StoreJob *job, void *data);

/**
 * Runs DDL or other statements without parameters, separated by ";", after replacing the words of
 * the dialect table:
 *
 *     word       SQLite                       PostgreSQL
 *     {row_key}  seq INTEGER PRIMARY KEY,     (nothing)
 *     {id_key}   BLOB NOT NULL UNIQUE         uuid PRIMARY KEY
 *     {id}       BLOB                         uuid
 *     {text}     TEXT                         text COLLATE "C"
 *     {integer}  INTEGER                      bigint
 *     {decimal}  REAL                         double precision
 *     {boolean}  INTEGER                      boolean
 *     {instant}  INTEGER                      bigint
 *     {bytes}    BLOB                         bytea
 *     {json}     TEXT                         text COLLATE "C"
 *
 * An object's table is therefore one text on both:
 *
 *     CREATE TABLE "hcp" ({row_key} "id" {id_key}, "owner" {id} REFERENCES "user"("id"), …)
 *
 * Every searchable object's table begins like that: the search index hangs on `seq` (SQLite) or
 * `id` (PostgreSQL). A table remade on SQLite by copying must copy `seq` too. Defaults for
 * booleans are written TRUE and FALSE.
 */
MUST_USE Status store_ddl(Transaction *transaction, Str sql);
/** True if the table or view (and its column, when `column` is not empty) exists. */
MUST_USE Status store_exists(Transaction *transaction, Str table, Str column, bool *out);

/** Which database the transaction is on, for SQL that differs. */
StoreKind transaction_kind(const Transaction *transaction);

/** What differs in expressions. Each returns SQL text for this transaction's database. */
typedef enum DialectExpression {
    DIALECT_DAYS_OF_DATE,  /* (column of text date) -> integer days since 1970 */
    DIALECT_JSON_CONTAINS, /* (column of JSON array of text, parameter) -> boolean */
    DIALECT_LEAST,         /* (a, b) -> the smaller; the other one when one is NULL */
    DIALECT_GREATEST,
    DIALECT_ID_OF_TEXT,      /* (text of an id) -> id; NULL for no id */
    DIALECT_INSTANT_OF_TEXT, /* ("2026-11-21T08:30:00.000Z", as we write it) -> milliseconds since
                                1970 */
    DIALECT_SKIP_LOCKED,     /* "" or " FOR UPDATE SKIP LOCKED"; takes no texts */
} DialectExpression;

/**
 * Makes the search index of an object whose table exists and begins as described at store_ddl;
 * nothing happens when it is there already. Rows deleted from the object's table leave the index
 * by themselves.
 */
MUST_USE Status store_search_make(Transaction *transaction, Str object);
/**
 * Search: the tokens of one record, replaced or removed (empty tokens); nothing happens for a
 * record that is not there. See text/search_tokens.h.
 */
MUST_USE Status store_search_put(Transaction *transaction, Str object, Id id, Str tokens);

/** A consistent copy while serving (SQLite: the online backup API; PostgreSQL: STATUS_INVALID, use
 * pg_dump). */
MUST_USE Status store_backup(Store *store, Str path);

/** Asked now and then during long work; false: it is to stop. */
typedef bool StoreGoOn(void *data);
/**
 * As store_backup, and asks `go_on` after every few megabytes, by the calling thread. Told to stop
 * it returns STATUS_BUSY and leaves no file.
 */
MUST_USE Status store_backup_while(Store *store, Str path, StoreGoOn *go_on, void *data);

/**
 * Measures the data anew, so that queries are planned by what it holds now and not by what it held
 * when it was small. Reads a bounded part of each index; takes a second on millions of records.
 */
MUST_USE Status store_analyze(Store *store);

/** Figures for /metrics. */
typedef struct StoreFigures {
    uint64_t reads, writes, commits, rollbacks, retries;
    int64_t wal_frames;
} StoreFigures;
/** Counted since the store was opened. */
StoreFigures store_figures(Store *store);

#endif
