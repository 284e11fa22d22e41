/* Values on their way to PostgreSQL. Private to the store layer. */
#ifndef ONDO_STORE_POSTGRESQL_PARAMETERS_H
#define ONDO_STORE_POSTGRESQL_PARAMETERS_H

#include <libpq-fe.h>

#include "value.h"

/** As libpq takes them. */
typedef struct Parameters {
    const char **values;
    int *lengths, *formats;
} Parameters;

/** The type that a parameter of a kind is declared with; 0 leaves it to the server. */
Oid parameters_type(ValueKind kind);

/** Values for parameters of the types that the server chose; in the arena, or borrowed. */
Parameters parameters_encode(Arena *arena, const Value *parameters, const Oid *types, size_t count);

#endif
