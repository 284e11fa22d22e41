/* What an import may do to a cell before it is read as a value. One constant table. */
#ifndef ONDO_EXCHANGE_TRANSFORM_H
#define ONDO_EXCHANGE_TRANSFORM_H

#include "str.h"

typedef struct Transform {
    const char *name;
    Str (*apply)(Arena *arena, Str text);
    const char *summary; /* in English, for the description of the API */
} Transform;

/** NULL when there is none of that name. */
const Transform *transform_named(Str name);
/** All of them, for the description of the API. */
size_t transform_count(void);
/** `index` below transform_count(). */
const Transform *transform_at(size_t index);

#endif
