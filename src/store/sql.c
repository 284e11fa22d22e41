/*
 * A value has no way into the text but through a parameter, and a name only if it looks like one:
 * what a request says can never become SQL.
 */
#include "sql.h"

#include <assert.h>

#include "dialect.h"
#include "search.h"

/* A SELECT of all columns fits at once. */
enum { PARAMETERS_FIRST = 16, TEXT_FIRST = 2048 };

Sql sql_new(Arena *arena, StoreKind kind) {
    Sql sql = {.arena = arena, .kind = kind};
    buffer_room(&sql.text, TEXT_FIRST);
    return sql;
}

void sql_free(Sql *sql) {
    buffer_free(&sql->text);
}

void sql_add(Sql *sql, const char *text) {
    buffer_add(&sql->text, str_of(text));
}

void sql_add_str(Sql *sql, Str text) {
    buffer_add(&sql->text, text);
}

static const bool PLAIN[256] = {['a' ... 'z'] = true, ['0' ... '9'] = true, ['_'] = true};

/* Checked also where asserts are off: a name is the one thing that is not bound. */
static bool is_plain_name(Str name) {
    for (size_t i = 0; i < name.size; i++) {
        if (!PLAIN[(unsigned char)name.data[i]]) return false;
    }
    return name.size > 0;
}

static char *put_quoted(char *at, Str name) {
    *at++ = '"';
    memcpy(at, name.data, name.size);
    at += name.size;
    *at++ = '"';
    return at;
}

void sql_add_name(Sql *sql, Str name) {
    bool plain = is_plain_name(name);
    assert(plain && "names come from the model");
    if (!plain) return;
    put_quoted(buffer_room(&sql->text, name.size + 2), name);
    sql->text.size += name.size + 2;
}

void sql_add_column(Sql *sql, Str table, Str name) {
    bool plain = is_plain_name(table) && is_plain_name(name);
    assert(plain && "names come from the model");
    if (!plain) return;
    char *at = put_quoted(buffer_room(&sql->text, table.size + name.size + 5), table);
    *at++ = '.';
    put_quoted(at, name);
    sql->text.size += table.size + name.size + 5;
}

static void grow_parameters(Sql *sql) {
    size_t capacity = sql->capacity ? sql->capacity * 2 : PARAMETERS_FIRST;
    Value *parameters = ARENA_ARRAY(sql->arena, capacity, Value);
    if (sql->count) memcpy(parameters, sql->parameters, sql->count * sizeof *parameters);
    sql->parameters = parameters;
    sql->capacity = capacity;
}

static void keep_parameter(Sql *sql, Value value) {
    assert(sql->count < SQL_PARAMETERS_LIMIT && "callers bound what they bind");
    if (sql->count == sql->capacity) grow_parameters(sql);
    sql->parameters[sql->count++] = value;
}

Str sql_parameter(Sql *sql, Value value) {
    keep_parameter(sql, value);
    return str_format(sql->arena, "$%zu", sql->count);
}

void sql_bind(Sql *sql, Value value) {
    keep_parameter(sql, value);
    buffer_add_byte(&sql->text, '$');
    buffer_add_integer(&sql->text, (int64_t)sql->count);
}

void sql_add_dialect(Sql *sql, DialectExpression expression, Str a, Str b) {
    dialect_add_expression(&sql->text, sql->kind, expression, a, b);
}

/* A subquery over the index, so that each database may start from either side. */
void sql_add_search(Sql *sql, Str object, Str alias, Str query_tokens) {
    Buffer match CLEANUP(buffer_free) = {0};
    search_add_query(&match, sql->kind, query_tokens);
    if (!match.size) {
        sql_add(sql, "TRUE");
        return;
    }
    Value value = value_text(str_copy(sql->arena, buffer_str(&match)));
    bool sqlite = sql->kind == STORE_SQLITE;
    sql_add_column(sql, alias, sqlite ? STR("seq") : STR("id"));
    sql_add(sql, sqlite ? " IN (SELECT rowid FROM \"" : " IN (SELECT id FROM \"");
    sql_add_str(sql, object);
    sql_add(sql, "_search\" WHERE ");
    if (sqlite) {
        sql_add(sql, "\"");
        sql_add_str(sql, object);
        sql_add(sql, "_search\" MATCH ");
        sql_bind(sql, value);
        sql_add(sql, ")");
    } else {
        sql_add(sql, "tokens @@ CAST(");
        sql_bind(sql, value);
        sql_add(sql, " AS tsquery))");
    }
}

Status sql_query(const Sql *sql, Transaction *transaction, Rows **out) {
    return store_query(transaction, buffer_str(&sql->text), sql->parameters, sql->count, out);
}

Status sql_execute(const Sql *sql, Transaction *transaction, int64_t *changed) {
    return store_execute(transaction, buffer_str(&sql->text), sql->parameters, sql->count, changed);
}
