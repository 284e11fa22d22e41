/* Statements with parameters, and what they give. */
#include <assert.h>
#include <stdio.h>
#include <stdlib.h>

#include "postgresql_connection.h"

/* Savepoints cost less as plain texts, and need no place among the prepared ones. */
static bool is_plain(Str sql, size_t count) {
    return count == 0 && (str_starts(sql, STR("SAVEPOINT ")) || str_starts(sql, STR("RELEASE ")) ||
                          str_starts(sql, STR("ROLLBACK ")));
}

Status postgresql_execute(Transaction *transaction, Str sql, const Value *parameters, size_t count,
                          int64_t *changed) {
    PostgresqlConnection *connection = (PostgresqlConnection *)transaction;
    if (is_plain(sql, count)) {
        char text[64];
        snprintf(text, sizeof text, "%.*s", STR_ARGS(sql));
        return postgresql_script(transaction, text);
    }
    PGresult *result;
    Status status = postgresql_connection_run(connection, sql, parameters, count, &result);
    if (status != STATUS_OK) return status;
    int64_t touched = 0;
    if (!str_to_integer(str_of(PQcmdTuples(result)), &touched)) touched = 0;
    PQclear(result);
    if (changed) *changed = touched;
    return STATUS_OK;
}

/* A result that libpq holds whole. */
typedef struct PostgresqlRows {
    Rows rows;
    PGresult *result;
    int row;
    Arena *bytes; /* decoded columns of the current row; made when needed */
} PostgresqlRows;

Status postgresql_query(Transaction *transaction, Str sql, const Value *parameters, size_t count,
                        Rows **out) {
    PGresult *result;
    Status status = postgresql_connection_run((PostgresqlConnection *)transaction, sql, parameters,
                                              count, &result);
    if (status != STATUS_OK) return status;
    PostgresqlRows *rows = calloc(1, sizeof *rows);
    if (!rows) abort();
    rows->result = result;
    rows->row = -1;
    *out = &rows->rows;
    return STATUS_OK;
}

Status postgresql_next(Rows *base) {
    PostgresqlRows *rows = (PostgresqlRows *)base;
    if (rows->bytes) arena_reset(rows->bytes);
    if (rows->row + 1 >= PQntuples(rows->result)) return STATUS_END;
    rows->row++;
    return STATUS_OK;
}

static int nibble(char c) {
    return c <= '9' ? c - '0' : c - 'a' + 10;
}

/* "\x00ff" as bytes. */
static Value decode_bytes(PostgresqlRows *rows, Str text) {
    if (!str_starts(text, STR("\\x"))) return value_bytes(text);
    if (!rows->bytes) rows->bytes = arena_new();
    size_t size = (text.size - 2) / 2;
    char *bytes = arena_take(rows->bytes, size + 1);
    for (size_t i = 0; i < size; i++) {
        bytes[i] = (char)(nibble(text.data[2 + i * 2]) << 4 | nibble(text.data[3 + i * 2]));
    }
    bytes[size] = '\0';
    return value_bytes((Str){.data = bytes, .size = size});
}

/* An integer, or a number with a fraction (numeric, float) cut as SQLite cuts it. */
static Value decode_integer(Str text) {
    int64_t integer;
    double number = 0;
    if (str_to_integer(text, &integer)) return value_integer(integer);
    if (str_is(text, "t")) return value_integer(1);
    return value_integer(str_to_number(text, &number) ? (int64_t)number : 0);
}

static Value decode_decimal(Str text) {
    double number = 0;
    return value_decimal(str_to_number(text, &number) ? number : 0);
}

static Value decode_id(Str text) {
    Id id;
    return id_parse(text, &id) ? value_id(id) : value_null();
}

Value postgresql_column(const Rows *base, int column, ValueKind kind) {
    /* Only the memory for decoded bytes changes; to the caller the rows are the same. */
    PostgresqlRows *rows = (PostgresqlRows *)(uintptr_t)base;
    assert(rows->row >= 0 && column >= 0 && column < PQnfields(rows->result));
    if (PQgetisnull(rows->result, rows->row, column)) return value_null();
    Str text = {.data = PQgetvalue(rows->result, rows->row, column),
                .size = (size_t)PQgetlength(rows->result, rows->row, column)};
    switch (kind) {
        case VALUE_BOOLEAN: return value_boolean(!str_is(text, "f") && !str_is(text, "0"));
        case VALUE_INTEGER: return decode_integer(text);
        case VALUE_DECIMAL: return decode_decimal(text);
        case VALUE_TEXT: return value_text(text);
        case VALUE_BYTES: return decode_bytes(rows, text);
        case VALUE_ID: return decode_id(text);
        case VALUE_NULL: break;
    }
    return value_null();
}

void postgresql_finish(Rows *base) {
    PostgresqlRows *rows = (PostgresqlRows *)base;
    PQclear(rows->result);
    arena_free(rows->bytes);
    free(rows);
}
