/* What an import may do to a cell before it is read as a value. One constant table. */
#ifndef ONDO_EXCHANGE_TRANSFORM_H
#define ONDO_EXCHANGE_TRANSFORM_H

#include "str.h"

/** A change to a cell's text, by the name under which an import's map knows it. */
typedef struct Transform {
    const char *name;
    Str (*apply)(Arena *arena, Str text);
} Transform;

/** NULL when there is none of that name. */
const Transform *transform_named(Str name);

#endif
