/* One PostgreSQL connection with its prepared statements. Private to the store layer. */
#ifndef ONDO_STORE_POSTGRESQL_CONNECTION_H
#define ONDO_STORE_POSTGRESQL_CONNECTION_H

#include <libpq-fe.h>

#include "backend.h"

typedef struct PostgresqlStatement PostgresqlStatement;

/** Used by one thread at a time. */
typedef struct PostgresqlConnection {
    Transaction transaction; /* first, so that a Transaction * is a connection */
    const char *uri;
    PGconn *server;    /* NULL while not connected */
    const char *begin; /* opens the transaction together with its first statement; NULL: is open */
    bool ending;       /* a ROLLBACK was sent and its answer not read */
    PostgresqlStatement *statements;
    size_t statement_count;
    uint64_t uses;       /* counts up, to know the longest unused statement */
    uint64_t generation; /* of the schema that the statements were prepared for */
    Arena *scratch;      /* parameters of the statement that is being sent */
    bool again;          /* a serialization failure, a deadlock or a lost connection */
    bool schema_changed; /* by this transaction */
} PostgresqlConnection;

/** Connects if not connected. STATUS_NOT_FOUND when there is no such database. */
MUST_USE Status postgresql_connection_open(PostgresqlConnection *connection);
/** Disconnects and forgets all statements; may be opened again. */
void postgresql_connection_close(PostgresqlConnection *connection);
/**
 * Begins a transaction by the statement `begin`, which lives on. It is sent together with the first
 * statement of the transaction, to save a round trip; a connection that died while idle (the server
 * restarted, a proxy cut it) is noticed and replaced then, when nothing is lost yet.
 */
MUST_USE Status postgresql_connection_begin(PostgresqlConnection *connection, const char *begin);
/** Makes what was done durable; STATUS_OK too when nothing was. */
MUST_USE Status postgresql_connection_commit(PostgresqlConnection *connection);
/** Ends a transaction that is not to be kept, without waiting for the answer. */
void postgresql_connection_roll_back(PostgresqlConnection *connection);
/** Forgets all statements, on the server too. */
MUST_USE Status postgresql_connection_forget(PostgresqlConnection *connection);
/** True while the server answers, as far as is known. */
bool postgresql_connection_alive(const PostgresqlConnection *connection);

/** Runs one statement, prepared; `*out` is the caller's to PQclear, and set only on success. */
MUST_USE Status postgresql_connection_run(PostgresqlConnection *connection, Str sql,
                                          const Value *parameters, size_t count, PGresult **out);

/* The parts of the Backend that work on one connection. */
Status postgresql_execute(Transaction *transaction, Str sql, const Value *parameters, size_t count,
                          int64_t *changed);
/** See the Backend's members of the same names (backend.h) for what each of these guarantees. */
Status postgresql_script(Transaction *transaction, const char *sql);
/** As postgresql_script; what was prepared before is forgotten. */
Status postgresql_change_schema(Transaction *transaction, const char *sql);
Status postgresql_query(Transaction *transaction, Str sql, const Value *parameters, size_t count,
                        Rows **out);
Status postgresql_next(Rows *rows);
Value postgresql_column(const Rows *rows, int column, ValueKind kind);
void postgresql_finish(Rows *rows);

#endif
