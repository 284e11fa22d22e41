/* Where the two databases differ in words and expressions. Private to the store layer. */
#ifndef ONDO_STORE_DIALECT_H
#define ONDO_STORE_DIALECT_H

#include "buffer.h"
#include "store.h"

/** Adds `sql` with its {words} replaced; see store_ddl. An unknown word is left as it is. */
void dialect_add_words(Buffer *out, StoreKind kind, Str sql);

/** Adds an expression over the SQL texts `a` and `b`. */
void dialect_add_expression(Buffer *out, StoreKind kind, DialectExpression expression, Str a,
                            Str b);

#endif
