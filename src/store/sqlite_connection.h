/* One SQLite connection with its prepared statements. Private to the store layer. */
#ifndef ONDO_STORE_SQLITE_CONNECTION_H
#define ONDO_STORE_SQLITE_CONNECTION_H

#include <sqlite3.h>

#include "backend.h"

typedef struct SqliteStatement SqliteStatement;

/** Used by one thread at a time. */
typedef struct SqliteConnection {
    Transaction transaction; /* first, so that a Transaction * is a connection */
    sqlite3 *database;
    SqliteStatement *statements; /* by text */
    uint64_t uses;               /* counts up, to know the longest unused statement */
    bool wrote;                  /* a statement that may write has run since the reset */
} SqliteConnection;

typedef enum SqlitePurpose { SQLITE_FOR_READING, SQLITE_FOR_WRITING } SqlitePurpose;

/** How a file is opened; the purpose decides what the connection may do. */
typedef struct SqliteConnectionOptions {
    const char *path;
    SqlitePurpose purpose;
    bool create;
    int64_t mapped; /* bytes of the file mapped into memory at most */
} SqliteConnectionOptions;

/** Opens and configures. STATUS_NOT_FOUND when there is no file and `create` is false. */
MUST_USE Status sqlite_connection_open(const SqliteConnectionOptions *options,
                                       const Backend *backend, SqliteConnection *connection);
/** Finalises all and closes; fine for a connection that never opened. */
void sqlite_connection_close(SqliteConnection *connection);

/** Begins anew: clears what the last transaction left in `transaction`, and `wrote`. */
void sqlite_connection_reset(SqliteConnection *connection);

/** Runs one statement that needs no parameters. */
MUST_USE Status sqlite_connection_run(SqliteConnection *connection, Str sql);

/* The parts of the Backend that work on one connection. */
Status sqlite_execute(Transaction *transaction, Str sql, const Value *parameters, size_t count,
                      int64_t *changed);
/** See the Backend's members of the same names (backend.h) for what each of these guarantees. */
Status sqlite_script(Transaction *transaction, const char *sql);
Status sqlite_query(Transaction *transaction, Str sql, const Value *parameters, size_t count,
                    Rows **out);
Status sqlite_next(Rows *rows);
Value sqlite_column(const Rows *rows, int column, ValueKind kind);
void sqlite_finish(Rows *rows);

#endif
