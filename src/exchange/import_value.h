/* Values as import needs them: as JSON of a request, and as text that is equal for equal values. */
#ifndef ONDO_EXCHANGE_IMPORT_VALUE_H
#define ONDO_EXCHANGE_IMPORT_VALUE_H

#include "field.h"

/** As a request would hold it; the caller's reference. */
json_t *import_value_json(Arena *arena, const Field *field, const Value *value);

/** Equal for equal values of one field; never empty. */
Str import_value_identity(Arena *arena, const Value *value);

#endif
