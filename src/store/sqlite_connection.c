/* Prepared statements are kept by their text, for the same few come again at every request. */
#include "sqlite_connection.h"

#include <assert.h>
#include <stdlib.h>

#include "log.h"

/* Texts of a thousand bytes and more are looked up for each statement: eight bytes at a time. */
static unsigned hash_text(const char *text, size_t size) {
    const uint64_t multiplier = 0x9E3779B97F4A7C15u;
    uint64_t hash = size, word = 0;
    for (; size >= sizeof word; text += sizeof word, size -= sizeof word) {
        memcpy(&word, text, sizeof word);
        hash = (hash ^ word) * multiplier;
        hash ^= hash >> 32;
    }
    word = 0;
    memcpy(&word, text, size);
    hash = (hash ^ word) * multiplier;
    return (unsigned)(hash >> 32);
}
#define HASH_FUNCTION(text, size, hash) ((hash) = hash_text((const char *)(text), (size)))
#include <uthash.h>

enum { BUSY_MILLISECONDS = 30 * 1000 };

/* A prepared statement, kept for the next one with the same text. */
struct SqliteStatement {
    char *text; /* the key */
    sqlite3_stmt *handle;
    bool busy;  /* belongs to a Rows that is not finished */
    bool kept;  /* in the connection's table */
    bool reads; /* and cannot change the database */
    int columns;
    uint64_t used;
    size_t bound;      /* parameters of the statement */
    size_t *numbers;   /* SQLite's index - 1 to the number in the name "$3" */
    UT_hash_handle hh; /* for uthash */
};

/* A query that steps through its statement. */
typedef struct SqliteRows {
    Rows rows;
    SqliteStatement *statement;
    bool ended; /* stepping once more would begin again */
} SqliteRows;

static SqliteConnection *connection_of(Transaction *transaction) {
    return (SqliteConnection *)transaction;
}

/* What a result code means to the caller; failures are logged, for nobody above sees the text. */
static Status settle(SqliteConnection *connection, const char *sql) {
    int code = sqlite3_extended_errcode(connection->database);
    switch (code) {
        case SQLITE_CONSTRAINT_UNIQUE:
        case SQLITE_CONSTRAINT_PRIMARYKEY:
        case SQLITE_CONSTRAINT_ROWID:
        case SQLITE_CONSTRAINT_FOREIGNKEY: return STATUS_CONFLICT;
        default: break;
    }
    log_write(LOG_LEVEL_ERROR, "database statement failed",
              LOG_TEXT("detail", str_of(sqlite3_errmsg(connection->database))),
              LOG_TEXT("sql", str_of(sql)), LOG_NUMBER("code", code));
    switch (code & 0xFF) {
        case SQLITE_CONSTRAINT: return STATUS_INVALID;
        case SQLITE_TOOBIG: return STATUS_TOO_LARGE;
        case SQLITE_BUSY: return STATUS_BUSY;
        default: return STATUS_FAILED;
    }
}

/* The collation "C". */
static int compare_bytes(void *unused, int a_size, const void *a, int b_size, const void *b) {
    (void)unused;
    return str_compare((Str){.data = a, .size = (size_t)a_size},
                       (Str){.data = b, .size = (size_t)b_size});
}

/*
 * A group of writes touches many indexes at random places. A page that leaves the cache before the
 * commit is written to the WAL and read again each time it changes, which costs more than all else;
 * and what a savepoint would need to undo stays in memory for as short a time as a job takes.
 */
static const char *const PURPOSE_SETTINGS[] = {
    [SQLITE_FOR_READING] = "PRAGMA query_only=ON; PRAGMA cache_size=-6144",
    [SQLITE_FOR_WRITING] = "PRAGMA cache_size=-49152; PRAGMA temp_store=MEMORY",
};

/* SQLite knows no type of ids: what CAST(text AS uuid) is to PostgreSQL. */
static void id_of_text(sqlite3_context *context, int count, sqlite3_value **values) {
    const char *text = (const char *)sqlite3_value_text(values[0]);
    Id id;
    (void)count;
    if (text && id_parse(str_of(text), &id)) {
        sqlite3_result_blob(context, id.bytes, sizeof id.bytes, SQLITE_TRANSIENT);
    }
}

/* DQS off: "x" is never taken for text, as PostgreSQL has it. */
static Status configure(SqliteConnection *connection, const SqliteConnectionOptions *options) {
    char mapped[64];
    sqlite3 *database = connection->database;
    sqlite3_busy_timeout(database, BUSY_MILLISECONDS);
    sqlite3_extended_result_codes(database, 1);
    sqlite3_db_config(database, SQLITE_DBCONFIG_DQS_DDL, 0, NULL);
    sqlite3_db_config(database, SQLITE_DBCONFIG_DQS_DML, 0, NULL);
    /* So that COLLATE "C" means the same on both databases. */
    if (sqlite3_create_collation(database, "C", SQLITE_UTF8, NULL, compare_bytes) != SQLITE_OK) {
        return STATUS_FAILED;
    }
    if (sqlite3_create_function(database, "ondo_id", 1, SQLITE_UTF8 | SQLITE_DETERMINISTIC, NULL,
                                id_of_text, NULL, NULL) != SQLITE_OK) {
        return STATUS_FAILED;
    }
    /* case_sensitive_like: LIKE as PostgreSQL does it. */
    Status status = sqlite_script(&connection->transaction,
                                  "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;"
                                  "PRAGMA foreign_keys=ON; PRAGMA case_sensitive_like=ON;"
                                  "PRAGMA journal_size_limit=67108864;");
    if (status != STATUS_OK) return status;
    status = sqlite_script(&connection->transaction, PURPOSE_SETTINGS[options->purpose]);
    if (status != STATUS_OK) return status;
    sqlite3_snprintf(sizeof mapped, mapped, "PRAGMA mmap_size=%lld", (long long)options->mapped);
    return sqlite_script(&connection->transaction, mapped);
}

Status sqlite_connection_open(const SqliteConnectionOptions *options, const Backend *backend,
                              SqliteConnection *connection) {
    int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX;
    if (options->create) flags |= SQLITE_OPEN_CREATE;
    *connection = (SqliteConnection){.transaction = {.backend = backend}};
    int code = sqlite3_open_v2(options->path, &connection->database, flags, NULL);
    Status status = STATUS_OK;
    if (code == SQLITE_CANTOPEN && !options->create) {
        status = STATUS_NOT_FOUND;
    } else if (code != SQLITE_OK) {
        log_write(LOG_LEVEL_ERROR, "database cannot be opened",
                  LOG_TEXT("path", str_of(options->path)),
                  LOG_TEXT("detail", str_of(sqlite3_errstr(code))));
        status = STATUS_FAILED;
    } else {
        status = configure(connection, options);
    }
    if (status != STATUS_OK) sqlite_connection_close(connection);
    return status;
}

void sqlite_connection_reset(SqliteConnection *connection) {
    connection->transaction = (Transaction){.backend = connection->transaction.backend};
    connection->wrote = false;
}

static void statement_free(SqliteStatement *statement) {
    sqlite3_finalize(statement->handle);
    free(statement->text);
    free(statement->numbers);
    free(statement);
}

static void forget(SqliteConnection *connection, SqliteStatement *statement) {
    HASH_DEL(connection->statements, statement);
    statement_free(statement);
}

void sqlite_connection_close(SqliteConnection *connection) {
    SqliteStatement *statement, *following;
    HASH_ITER(hh, connection->statements, statement, following) {
        forget(connection, statement);
    }
    sqlite3_close_v2(connection->database);
    connection->database = NULL;
}

/* Takes the longest unused statement out; one that is being read stays. */
static void make_room(SqliteConnection *connection) {
    SqliteStatement *oldest = NULL, *statement, *following;
    if (HASH_COUNT(connection->statements) < BACKEND_STATEMENTS_LIMIT) return;
    HASH_ITER(hh, connection->statements, statement, following) {
        if (!statement->busy && (!oldest || statement->used < oldest->used)) oldest = statement;
    }
    if (oldest) forget(connection, oldest);
}

/* SQLite numbers "$2" and "$1" by their first appearance, so the names are read once here. */
static void map_parameters(SqliteStatement *statement) {
    statement->bound = (size_t)sqlite3_bind_parameter_count(statement->handle);
    statement->numbers = calloc(statement->bound + 1, sizeof *statement->numbers);
    if (!statement->numbers) abort();
    for (size_t i = 0; i < statement->bound; i++) {
        const char *name = sqlite3_bind_parameter_name(statement->handle, (int)i + 1);
        assert(name && name[0] == '$');
        statement->numbers[i] = backend_parameter_number(name);
    }
}

static Status prepare(SqliteConnection *connection, Str sql, SqliteStatement **out) {
    SqliteStatement *statement = calloc(1, sizeof *statement);
    if (!statement) abort();
    statement->text = strndup(sql.data, sql.size);
    if (!statement->text) abort();
    int code = sqlite3_prepare_v3(connection->database, statement->text, (int)sql.size + 1,
                                  SQLITE_PREPARE_PERSISTENT, &statement->handle, NULL);
    if (code != SQLITE_OK || !statement->handle) {
        Status status = settle(connection, statement->text);
        statement_free(statement);
        return status;
    }
    statement->reads = sqlite3_stmt_readonly(statement->handle);
    statement->columns = sqlite3_column_count(statement->handle);
    map_parameters(statement);
    *out = statement;
    return STATUS_OK;
}

/* The prepared statement of a text. One that is being read already gets an unkept twin. */
static Status statement_for(SqliteConnection *connection, Str sql, SqliteStatement **out) {
    SqliteStatement *statement;
    HASH_FIND(hh, connection->statements, sql.data, sql.size, statement);
    if (!statement || statement->busy) {
        bool twin = statement != NULL;
        Status status = prepare(connection, sql, &statement);
        if (status != STATUS_OK) return status;
        if (!twin) {
            make_room(connection);
            statement->kept = true;
            HASH_ADD_KEYPTR(hh, connection->statements, statement->text, sql.size, statement);
        }
    }
    statement->used = ++connection->uses;
    if (!statement->reads) connection->wrote = true;
    *out = statement;
    return STATUS_OK;
}

/* Always reset: a statement left in the middle would hold its snapshot and its parameters. */
static void release(SqliteStatement *statement) {
    if (!statement->kept) {
        statement_free(statement);
        return;
    }
    sqlite3_reset(statement->handle);
    sqlite3_clear_bindings(statement->handle);
    statement->busy = false;
}

static const char *bytes_of(Str str) {
    return str.data ? str.data : ""; /* SQLite takes a NULL pointer for the value NULL */
}

/* `lifetime`: SQLITE_STATIC when the value outlives the run, SQLITE_TRANSIENT to copy it. */
static int bind_one(sqlite3_stmt *handle, int index, const Value *value,
                    sqlite3_destructor_type lifetime) {
    switch (value->kind) {
        case VALUE_BOOLEAN: return sqlite3_bind_int(handle, index, value->boolean);
        case VALUE_INTEGER: return sqlite3_bind_int64(handle, index, value->integer);
        case VALUE_DECIMAL: return sqlite3_bind_double(handle, index, value->decimal);
        case VALUE_TEXT:
            return sqlite3_bind_text64(handle, index, bytes_of(value->text), value->text.size,
                                       lifetime, SQLITE_UTF8);
        case VALUE_BYTES:
            return sqlite3_bind_blob64(handle, index, bytes_of(value->text), value->text.size,
                                       lifetime);
        case VALUE_ID:
            return sqlite3_bind_blob(handle, index, value->id.bytes, sizeof value->id.bytes,
                                     lifetime);
        case VALUE_NULL: break;
    }
    return sqlite3_bind_null(handle, index);
}

static Status bind(SqliteConnection *connection, SqliteStatement *statement,
                   const Value *parameters, size_t count, sqlite3_destructor_type lifetime) {
    for (size_t i = 0; i < statement->bound; i++) {
        size_t number = statement->numbers[i];
        assert(number >= 1 && number <= count && "a parameter that nobody gave");
        if (number < 1 || number > count) return STATUS_FAILED;
        if (bind_one(statement->handle, (int)i + 1, &parameters[number - 1], lifetime) !=
            SQLITE_OK) {
            return settle(connection, statement->text);
        }
    }
    return STATUS_OK;
}

/* Rows that a statement gives (RETURNING) are passed over. */
static Status statement_run(SqliteConnection *connection, SqliteStatement *statement,
                            const Value *parameters, size_t count, int64_t *changed) {
    Status status = bind(connection, statement, parameters, count, SQLITE_STATIC);
    if (status != STATUS_OK) return status;
    sqlite3_int64 before = sqlite3_total_changes64(connection->database);
    int code;
    do {
        code = sqlite3_step(statement->handle);
    } while (code == SQLITE_ROW);
    if (code != SQLITE_DONE) return settle(connection, statement->text);
    /* sqlite3_changes keeps the figure of an earlier statement when this one cannot change rows. */
    bool any = sqlite3_total_changes64(connection->database) != before;
    if (changed) *changed = any ? sqlite3_changes64(connection->database) : 0;
    return STATUS_OK;
}

Status sqlite_execute(Transaction *transaction, Str sql, const Value *parameters, size_t count,
                      int64_t *changed) {
    SqliteStatement *statement;
    SqliteConnection *connection = connection_of(transaction);
    Status status = statement_for(connection, sql, &statement);
    if (status != STATUS_OK) return status;
    statement->busy = true;
    status = statement_run(connection, statement, parameters, count, changed);
    release(statement);
    return status;
}

Status sqlite_connection_run(SqliteConnection *connection, Str sql) {
    return sqlite_execute(&connection->transaction, sql, NULL, 0, NULL);
}

Status sqlite_script(Transaction *transaction, const char *sql) {
    SqliteConnection *connection = connection_of(transaction);
    connection->wrote = true;
    int code = sqlite3_exec(connection->database, sql, NULL, NULL, NULL);
    return code == SQLITE_OK ? STATUS_OK : settle(connection, sql);
}

Status sqlite_query(Transaction *transaction, Str sql, const Value *parameters, size_t count,
                    Rows **out) {
    SqliteStatement *statement;
    SqliteConnection *connection = connection_of(transaction);
    Status status = statement_for(connection, sql, &statement);
    if (status != STATUS_OK) return status;
    /* The rows may outlive the caller's values, so SQLite copies them. */
    status = bind(connection, statement, parameters, count, SQLITE_TRANSIENT);
    if (status != STATUS_OK) {
        release(statement);
        return status;
    }
    SqliteRows *rows = calloc(1, sizeof *rows);
    if (!rows) abort();
    rows->statement = statement;
    statement->busy = true;
    *out = &rows->rows;
    return STATUS_OK;
}

Status sqlite_next(Rows *base) {
    SqliteRows *rows = (SqliteRows *)base;
    if (rows->ended) return STATUS_END;
    switch (sqlite3_step(rows->statement->handle)) {
        case SQLITE_ROW: return STATUS_OK;
        case SQLITE_DONE: rows->ended = true; return STATUS_END;
        default: return settle(connection_of(base->transaction), rows->statement->text);
    }
}

/* The size is asked after the bytes, for asking converts them. */
static Value column_text(sqlite3_stmt *handle, int column, ValueKind kind) {
    const char *data = kind == VALUE_BYTES ? sqlite3_column_blob(handle, column)
                                           : (const char *)sqlite3_column_text(handle, column);
    return (Value){
        .kind = kind,
        .text = {.data = data ? data : "", .size = (size_t)sqlite3_column_bytes(handle, column)}};
}

static Value column_id(sqlite3_stmt *handle, int column) {
    Value value = {.kind = VALUE_ID};
    const void *bytes = sqlite3_column_blob(handle, column);
    if (sqlite3_column_bytes(handle, column) != sizeof value.id.bytes) return value_null();
    memcpy(value.id.bytes, bytes, sizeof value.id.bytes);
    return value;
}

Value sqlite_column(const Rows *base, int column, ValueKind kind) {
    sqlite3_stmt *handle = ((const SqliteRows *)base)->statement->handle;
    assert(column >= 0 && column < ((const SqliteRows *)base)->statement->columns);
    if (sqlite3_column_type(handle, column) == SQLITE_NULL) return value_null();
    switch (kind) {
        case VALUE_BOOLEAN: return value_boolean(sqlite3_column_int64(handle, column) != 0);
        case VALUE_INTEGER: return value_integer(sqlite3_column_int64(handle, column));
        case VALUE_DECIMAL: return value_decimal(sqlite3_column_double(handle, column));
        case VALUE_TEXT:
        case VALUE_BYTES: return column_text(handle, column, kind);
        case VALUE_ID: return column_id(handle, column);
        case VALUE_NULL: break;
    }
    return value_null();
}

void sqlite_finish(Rows *base) {
    SqliteRows *rows = (SqliteRows *)base;
    release(rows->statement);
    free(rows);
}
