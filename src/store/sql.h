/*
 * Building SQL: text and parameters together, so that a value can only ever be bound. Only the
 * query builders of record, engine and exchange use it; other SQL stands as literal text where it
 * is used.
 */
#ifndef ONDO_STORE_SQL_H
#define ONDO_STORE_SQL_H

#include "buffer.h"
#include "store.h"

enum { SQL_PARAMETERS_LIMIT = 10000 };

/** One statement while it grows: its text with "$n" where values are bound, and the values. */
typedef struct Sql {
    Arena *arena;
    StoreKind kind;
    Buffer text;       /* sql_free gives it back */
    Value *parameters; /* in the arena */
    size_t count, capacity;
} Sql;

/** An empty statement in the words of one database; for CLEANUP(sql_free). */
Sql sql_new(Arena *arena, StoreKind kind);
void sql_free(Sql *sql); /* fits CLEANUP */

/** Adds literal SQL text. */
void sql_add(Sql *sql, const char *text);
/** The same of a Str; never of anything that a request has brought. */
void sql_add_str(Sql *sql, Str text);
/** Adds `"name"`, quoted. The name comes from the model, never from a request (asserted:
 * [a-z0-9_]). */
void sql_add_name(Sql *sql, Str name);
/** Adds `"table"."name"`. */
void sql_add_column(Sql *sql, Str table, Str name);
/** Binds a value: adds "$n". Its text must live as long as the arena. */
void sql_bind(Sql *sql, Value value);
/** Binds a value without adding anything: returns its "$n" for use inside other SQL text. */
Str sql_parameter(Sql *sql, Value value);
/** Adds the dialect's expression over SQL texts `a` and `b` (b may be empty). */
void sql_add_dialect(Sql *sql, DialectExpression expression, Str a, Str b);
/**
 * Adds a condition that is true where `alias`.id is among the records of `object` whose search
 * tokens hold every word of the folded query (the last word as a prefix); see search_query in
 * text/search_tokens.h for how `query_tokens` is made.
 */
void sql_add_search(Sql *sql, Str object, Str alias, Str query_tokens);

/** Starts the statement as a query; see store_query. */
MUST_USE Status sql_query(const Sql *sql, Transaction *transaction, Rows **out);
/** Runs the statement; see store_execute. */
MUST_USE Status sql_execute(const Sql *sql, Transaction *transaction, int64_t *changed);

#endif
