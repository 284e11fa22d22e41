/* What an import may do to a cell before it is read as a value. One constant table. */
#ifndef ONDO_EXCHANGE_TRANSFORM_H
#define ONDO_EXCHANGE_TRANSFORM_H

#include "str.h"

typedef struct Transform {
    const char *name;
    Str (*apply)(Arena *arena, Str text);
} Transform;

/** NULL when there is none of that name. */
const Transform *transform_named(Str name);

#endif
