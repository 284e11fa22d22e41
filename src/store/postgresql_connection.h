/* One PostgreSQL connection with its prepared statements. Private to the store layer. */
#ifndef ONDO_STORE_POSTGRESQL_CONNECTION_H
#define ONDO_STORE_POSTGRESQL_CONNECTION_H

#include <libpq-fe.h>

#include "backend.h"

typedef struct PostgresqlStatement PostgresqlStatement;

/** Used by one thread at a time. */
typedef struct PostgresqlConnection {
    Transaction transaction; /* first, so that a Transaction * is a connection */
    PGconn *server;          /* NULL while not connected */
    PostgresqlStatement *statements;
    size_t statement_count;
    uint64_t uses;       /* counts up, to know the longest unused statement */
    uint64_t generation; /* of the schema that the statements were prepared for */
    Arena *scratch;      /* parameters of the statement that is being sent */
    bool again;          /* a serialization failure, a deadlock or a lost connection */
    bool schema_changed; /* by this transaction */
} PostgresqlConnection;

/** Connects if not connected. STATUS_NOT_FOUND when there is no such database. */
MUST_USE Status postgresql_connection_open(PostgresqlConnection *connection, const char *uri);
/** Disconnects and forgets all statements; may be opened again. */
void postgresql_connection_close(PostgresqlConnection *connection);
/** Begins anew: clears what the last transaction left in `transaction`. */
void postgresql_connection_reset(PostgresqlConnection *connection);
/** Forgets all statements, on the server too. */
MUST_USE Status postgresql_connection_forget(PostgresqlConnection *connection);
/** True while the server answers, as far as is known. */
bool postgresql_connection_alive(const PostgresqlConnection *connection);

/* The parts of the Backend that work on one connection. */
Status postgresql_execute(Transaction *transaction, Str sql, const Value *parameters, size_t count,
                          int64_t *changed);
Status postgresql_script(Transaction *transaction, const char *sql);
/** As postgresql_script; what was prepared before is forgotten. */
Status postgresql_change_schema(Transaction *transaction, const char *sql);
Status postgresql_query(Transaction *transaction, Str sql, const Value *parameters, size_t count,
                        Rows **out);
Status postgresql_next(Rows *rows);
Value postgresql_column(const Rows *rows, int column, ValueKind kind);
void postgresql_finish(Rows *rows);

#endif
