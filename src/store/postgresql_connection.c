/* Statements are prepared once a connection, for the same few come again at every request. */
#include "postgresql_connection.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <uthash.h>

#include "log.h"
#include "postgresql_parameters.h"

enum { SQLSTATE_SIZE = 5 };

/*
 * One text may be prepared several times, for parameters of different kinds ("$1" as integer, then
 * as text); the variants hang on the first one, which is in the table.
 */
struct PostgresqlStatement {
    char *text; /* the key */
    char name[24];
    size_t count;        /* of parameters */
    ValueKind *declared; /* their kinds when it was prepared */
    Oid *types;          /* what the server makes of them */
    uint64_t used;
    struct PostgresqlStatement *variant;
    UT_hash_handle hh; /* for uthash */
};

static PostgresqlConnection *connection_of(Transaction *transaction) {
    return (PostgresqlConnection *)transaction;
}

bool postgresql_connection_alive(const PostgresqlConnection *connection) {
    return connection->server && PQstatus(connection->server) == CONNECTION_OK;
}

/* The messages of these classes name tables and columns; those of others may hold people's data. */
static bool may_be_logged(const char *state) {
    static const char *const CLASSES[] = {"08", "0A", "25", "3D", "42",
                                          "53", "54", "55", "57", "58"};
    for (size_t i = 0; i < sizeof CLASSES / sizeof CLASSES[0]; i++) {
        if (strncmp(state, CLASSES[i], 2) == 0) return true;
    }
    return false;
}

static void log_failure(const PGresult *result, const char *state, const char *sql) {
    const char *message =
        may_be_logged(state) ? PQresultErrorField(result, PG_DIAG_MESSAGE_PRIMARY) : NULL;
    log_write(LOG_LEVEL_ERROR, "database statement failed", LOG_TEXT("state", str_of(state)),
              LOG_TEXT("detail", str_of(message ? message : "")), LOG_TEXT("sql", str_of(sql)));
}

/* What a SQLSTATE means to the caller (PostgreSQL documentation, appendix A). */
static const struct {
    char state[SQLSTATE_SIZE + 1];
    Status status;
    bool again;
    bool expected;
} OUTCOMES[] = {
    {"23505", STATUS_CONFLICT, false, true}, /* unique_violation */
    {"23503", STATUS_CONFLICT, false, true}, /* foreign_key_violation */
    {"23001", STATUS_CONFLICT, false, true}, /* restrict_violation */
    {"23P01", STATUS_CONFLICT, false, true}, /* exclusion_violation */
    {"23502", STATUS_INVALID, false, false}, /* not_null_violation */
    {"23514", STATUS_INVALID, false, false}, /* check_violation */
    {"40001", STATUS_BUSY, true, true},      /* serialization_failure */
    {"40P01", STATUS_BUSY, true, true},      /* deadlock_detected */
    {"55P03", STATUS_BUSY, false, false},    /* lock_not_available */
    {"22021", STATUS_INVALID, false, false}, /* character_not_in_repertoire: a NUL */
    {"54000", STATUS_TOO_LARGE, false, false},
};

/* Logs what nobody expects; marks the transaction where only running it again can help. */
static Status settle(PostgresqlConnection *connection, const PGresult *result, const char *sql) {
    const char *state = PQresultErrorField(result, PG_DIAG_SQLSTATE);
    if (!postgresql_connection_alive(connection)) {
        connection->again = connection->transaction.lost = true;
        log_write(LOG_LEVEL_WARNING, "connection to the database lost");
        return STATUS_FAILED;
    }
    if (!state) state = "?????";
    for (size_t i = 0; i < sizeof OUTCOMES / sizeof OUTCOMES[0]; i++) {
        if (strcmp(state, OUTCOMES[i].state) != 0) continue;
        if (OUTCOMES[i].again) connection->again = connection->transaction.lost = true;
        if (!OUTCOMES[i].expected) log_failure(result, state, sql);
        return OUTCOMES[i].status;
    }
    log_failure(result, state, sql);
    return STATUS_FAILED;
}

static void result_drop(PGresult **result) {
    PQclear(*result);
}

static bool succeeded(const PGresult *result) {
    ExecStatusType status = PQresultStatus(result);
    return status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK;
}

/* Outside or inside a transaction, whichever there is. */
static Status run_script(PostgresqlConnection *connection, const char *sql) {
    PGresult *result CLEANUP(result_drop) = PQexec(connection->server, sql);
    return succeeded(result) ? STATUS_OK : settle(connection, result, sql);
}

/* ---- Connecting ---- */

static void ignore_notice(void *unused, const PGresult *result) {
    (void)unused;
    (void)result;
}

/*
 * Without compiling statements: the many parts of a figure's statement make their estimated cost
 * high, and compiling them took seconds where answering takes a tenth of one.
 */
static const char CONFIGURE[] =
    "SET client_encoding = 'UTF8'; SET timezone = 'UTC'; SET bytea_output = 'hex';"
    "SET standard_conforming_strings = on; SET lock_timeout = '30s';"
    "SET synchronous_commit = on; SET extra_float_digits = 1; SET jit = off";

/* libpq gives no code when connecting fails, so the message has to tell. */
static Status refuse(PostgresqlConnection *connection) {
    const char *message = PQerrorMessage(connection->server);
    bool absent = strstr(message, "database \"") && strstr(message, "does not exist");
    log_write(LOG_LEVEL_ERROR, "database cannot be reached", LOG_TEXT("detail", str_of(message)));
    postgresql_connection_close(connection);
    return absent ? STATUS_NOT_FOUND : STATUS_FAILED;
}

Status postgresql_connection_open(PostgresqlConnection *connection) {
    if (postgresql_connection_alive(connection)) return STATUS_OK;
    postgresql_connection_close(connection);
    connection->server = PQconnectdb(connection->uri);
    if (!postgresql_connection_alive(connection)) return refuse(connection);
    PQsetNoticeReceiver(connection->server, ignore_notice, NULL);
    PGresult *result CLEANUP(result_drop) = PQexec(connection->server, CONFIGURE);
    return succeeded(result) ? STATUS_OK : refuse(connection);
}

/* Reads what is left of the answers, so that the connection takes the next statement. */
static void drain(PostgresqlConnection *connection) {
    if (!connection->ending) return;
    for (PGresult *result; (result = PQgetResult(connection->server));) PQclear(result);
    connection->ending = false;
}

Status postgresql_connection_begin(PostgresqlConnection *connection, const char *begin) {
    connection->transaction = (Transaction){.backend = connection->transaction.backend};
    connection->again = connection->schema_changed = false;
    connection->begin = begin;
    drain(connection);
    return postgresql_connection_open(connection);
}

Status postgresql_connection_commit(PostgresqlConnection *connection) {
    if (connection->begin) return STATUS_OK;
    return postgresql_script(&connection->transaction, "COMMIT");
}

void postgresql_connection_roll_back(PostgresqlConnection *connection) {
    if (connection->begin || !postgresql_connection_alive(connection)) return;
    if (PQsendQuery(connection->server, "ROLLBACK")) {
        connection->ending = true;
    } else {
        postgresql_connection_close(connection);
    }
}

static void statement_free(PostgresqlStatement *statement) {
    free(statement->text);
    free(statement->declared);
    free(statement->types);
    free(statement);
}

/* On our side only: the server forgets by DEALLOCATE, or with the connection. */
static void forget_here(PostgresqlConnection *connection) {
    PostgresqlStatement *statement, *following;
    HASH_ITER(hh, connection->statements, statement, following) {
        HASH_DEL(connection->statements, statement);
        while (statement) {
            PostgresqlStatement *variant = statement->variant;
            statement_free(statement);
            statement = variant;
        }
    }
    connection->statement_count = 0;
}

Status postgresql_connection_forget(PostgresqlConnection *connection) {
    if (!connection->statement_count) return STATUS_OK;
    forget_here(connection);
    return run_script(connection, "DEALLOCATE ALL");
}

void postgresql_connection_close(PostgresqlConnection *connection) {
    forget_here(connection);
    PQfinish(connection->server);
    connection->server = NULL;
    connection->ending = false;
    arena_free(connection->scratch);
    connection->scratch = NULL;
}

/* ---- Preparing ---- */

/* Takes the longest unused text out, with all its variants. Part of the caller's transaction. */
static Status make_room(PostgresqlConnection *connection) {
    PostgresqlStatement *oldest = NULL, *statement, *following;
    if (connection->statement_count < BACKEND_STATEMENTS_LIMIT) return STATUS_OK;
    HASH_ITER(hh, connection->statements, statement, following) {
        if (!oldest || statement->used < oldest->used) oldest = statement;
    }
    HASH_DEL(connection->statements, oldest);
    Status status = STATUS_OK;
    while (oldest) {
        char sql[48];
        PostgresqlStatement *variant = oldest->variant;
        snprintf(sql, sizeof sql, "DEALLOCATE %s", oldest->name);
        if (status == STATUS_OK) status = run_script(connection, sql);
        statement_free(oldest);
        connection->statement_count--;
        oldest = variant;
    }
    return status;
}

/* Asks what the server made of the parameters, of which some were left to it. */
static Status describe(PostgresqlConnection *connection, PostgresqlStatement *statement) {
    PGresult *result CLEANUP(result_drop) = PQdescribePrepared(connection->server, statement->name);
    if (!succeeded(result)) return settle(connection, result, statement->text);
    size_t count = (size_t)PQnparams(result);
    assert(count <= statement->count && "a parameter that nobody gave");
    if (count > statement->count) return STATUS_FAILED;
    for (size_t i = 0; i < count; i++) statement->types[i] = PQparamtype(result, (int)i);
    statement->count = count;
    return STATUS_OK;
}

static Status prepare_on_server(PostgresqlConnection *connection, PostgresqlStatement *statement) {
    PGresult *result CLEANUP(result_drop) =
        PQprepare(connection->server, statement->name, statement->text, (int)statement->count,
                  statement->types);
    if (!succeeded(result)) return settle(connection, result, statement->text);
    return describe(connection, statement);
}

/* Prepares for parameters of these kinds; the statement is not in the table yet. */
static Status prepare(PostgresqlConnection *connection, Str sql, const Value *parameters,
                      size_t count, PostgresqlStatement **out) {
    PostgresqlStatement *statement = calloc(1, sizeof *statement);
    if (!statement) abort();
    statement->text = strndup(sql.data, sql.size);
    statement->declared = calloc(count + 1, sizeof *statement->declared);
    statement->types = calloc(count + 1, sizeof *statement->types);
    if (!statement->text || !statement->declared || !statement->types) abort();
    statement->count = count;
    for (size_t i = 0; i < count; i++) {
        statement->declared[i] = parameters[i].kind;
        statement->types[i] = parameters_type(parameters[i].kind);
    }
    snprintf(statement->name, sizeof statement->name, "o%llu",
             (unsigned long long)++connection->uses);
    Status status = prepare_on_server(connection, statement);
    if (status != STATUS_OK) {
        statement_free(statement);
        return status;
    }
    *out = statement;
    return STATUS_OK;
}

/*
 * NULL fits any type. Text fits where the type was left to the server, for that is what text asks
 * for; the other kinds fit where they would have been declared like that.
 */
static bool fits(const PostgresqlStatement *statement, const Value *parameters, size_t count) {
    for (size_t i = 0; i < count && i < statement->count; i++) {
        ValueKind kind = parameters[i].kind, declared = statement->declared[i];
        if (kind == VALUE_NULL || kind == declared) continue;
        if (kind == VALUE_TEXT && declared == VALUE_NULL) continue;
        if (kind == VALUE_TEXT || parameters_type(kind) != statement->types[i]) return false;
    }
    return true;
}

/* The prepared statement of a text that takes these parameters, made if there is none. */
static Status statement_for(PostgresqlConnection *connection, Str sql, const Value *parameters,
                            size_t count, PostgresqlStatement **out) {
    PostgresqlStatement *first, *statement;
    HASH_FIND(hh, connection->statements, sql.data, sql.size, first);
    for (statement = first; statement; statement = statement->variant) {
        if (fits(statement, parameters, count)) break;
    }
    if (first) first->used = ++connection->uses;
    if (!statement) {
        Status status = prepare(connection, sql, parameters, count, &statement);
        if (status != STATUS_OK) return status;
        connection->statement_count++;
        if (first) {
            statement->variant = first->variant;
            first->variant = statement;
        } else {
            HASH_ADD_KEYPTR(hh, connection->statements, statement->text, sql.size, statement);
            statement->used = ++connection->uses;
        }
    }
    *out = statement;
    return STATUS_OK;
}

/* ---- Running ---- */

/* The one answer of a statement in a pipeline; NULL when the connection broke. */
static PGresult *next_answer(PGconn *server) {
    PGresult *answer = PQgetResult(server);
    if (answer) PQclear(PQgetResult(server)); /* NULL, which ends the statement's answers */
    return answer;
}

/* Sends BEGIN and the statement at once. Returns the answer of the first that failed, or the last.
 */
static PGresult *send_with_begin(PostgresqlConnection *connection,
                                 const PostgresqlStatement *statement, const Parameters *encoded) {
    PGconn *server = connection->server;
    if (!PQenterPipelineMode(server)) return NULL;
    PGresult *begun = NULL, *result = NULL;
    if (PQsendQueryParams(server, connection->begin, 0, NULL, NULL, NULL, NULL, 0) &&
        PQsendQueryPrepared(server, statement->name, (int)statement->count, encoded->values,
                            encoded->lengths, encoded->formats, 0) &&
        PQpipelineSync(server)) {
        begun = next_answer(server);
        result = begun ? next_answer(server) : NULL;
        PQclear(result ? PQgetResult(server) : NULL); /* the answer to the sync */
    }
    PQexitPipelineMode(server);
    if (succeeded(begun)) connection->begin = NULL;
    bool begin_failed = begun && !succeeded(begun);
    PQclear(begin_failed ? result : begun);
    return begin_failed ? begun : result;
}

static Status run_once(PostgresqlConnection *connection, Str sql, const Value *parameters,
                       size_t count, PGresult **out) {
    PostgresqlStatement *statement;
    Status status = make_room(connection);
    if (status == STATUS_OK) status = statement_for(connection, sql, parameters, count, &statement);
    if (status != STATUS_OK) return status;
    if (!connection->scratch) connection->scratch = arena_new();
    arena_reset(connection->scratch);
    Parameters encoded =
        parameters_encode(connection->scratch, parameters, statement->types, statement->count);
    PGresult *result = connection->begin ? send_with_begin(connection, statement, &encoded)
                                         : PQexecPrepared(connection->server, statement->name,
                                                          (int)statement->count, encoded.values,
                                                          encoded.lengths, encoded.formats, 0);
    if (succeeded(result)) {
        *out = result;
        return STATUS_OK;
    }
    status = settle(connection, result, statement->text);
    PQclear(result);
    return status;
}

/* True when the connection turns out to be dead before anything was done, and a new one is there.
 */
static bool revive(PostgresqlConnection *connection) {
    if (!connection->begin || postgresql_connection_alive(connection)) return false;
    if (postgresql_connection_open(connection) != STATUS_OK) return false;
    connection->again = connection->transaction.lost = false;
    return true;
}

Status postgresql_connection_run(PostgresqlConnection *connection, Str sql, const Value *parameters,
                                 size_t count, PGresult **out) {
    Status status = run_once(connection, sql, parameters, count, out);
    if (status != STATUS_OK && revive(connection)) {
        status = run_once(connection, sql, parameters, count, out);
    }
    return status;
}

Status postgresql_script(Transaction *transaction, const char *sql) {
    PostgresqlConnection *connection = connection_of(transaction);
    if (connection->begin) {
        Status status = run_script(connection, connection->begin);
        if (status != STATUS_OK && revive(connection)) {
            status = run_script(connection, connection->begin);
        }
        if (status != STATUS_OK) return status;
        connection->begin = NULL;
    }
    return run_script(connection, sql);
}

Status postgresql_change_schema(Transaction *transaction, const char *sql) {
    PostgresqlConnection *connection = connection_of(transaction);
    Status status = postgresql_script(transaction, sql);
    if (status != STATUS_OK) return status;
    connection->schema_changed = true;
    return postgresql_connection_forget(connection);
}
