/*
 * One value of a field, a parameter or a result column.
 *
 * Dates are text `YYYY-MM-DD`; choices are text; instants are integers, milliseconds since 1970
 * UTC; many-choices, tags and JSON are the text of a JSON document. The field's type tells which.
 */
#ifndef ONDO_BASE_VALUE_H
#define ONDO_BASE_VALUE_H

#include "id.h"

/** What a value is, whatever field or column it came from. */
typedef enum ValueKind {
    VALUE_NULL,
    VALUE_BOOLEAN,
    VALUE_INTEGER,
    VALUE_DECIMAL,
    VALUE_TEXT,
    VALUE_ID,
    VALUE_BYTES,
} ValueKind;

/** A value of a field or of a statement: small, copied about; what its text points to belongs to
 * others. */
typedef struct Value {
    ValueKind kind; /* says which of the following counts */
    union {
        bool boolean;
        int64_t integer;
        double decimal;
        Str text; /* VALUE_TEXT and VALUE_BYTES */
        Id id;
    };
} Value;

/** One of each kind. Texts and bytes are borrowed; value_copy makes them last. */
static inline Value value_null(void) {
    return (Value){.kind = VALUE_NULL};
}
static inline Value value_boolean(bool boolean) {
    return (Value){.kind = VALUE_BOOLEAN, .boolean = boolean};
}
static inline Value value_integer(int64_t integer) {
    return (Value){.kind = VALUE_INTEGER, .integer = integer};
}
static inline Value value_decimal(double decimal) {
    return (Value){.kind = VALUE_DECIMAL, .decimal = decimal};
}
static inline Value value_text(Str text) {
    return (Value){.kind = VALUE_TEXT, .text = text};
}
static inline Value value_bytes(Str bytes) {
    return (Value){.kind = VALUE_BYTES, .text = bytes};
}
static inline Value value_id(Id id) {
    return (Value){.kind = VALUE_ID, .id = id};
}
/** NULL for the identifier that stands for "none". */
static inline Value value_id_or_null(Id id) {
    return id_none(id) ? value_null() : value_id(id);
}
/** NULL for the empty text. */
static inline Value value_text_or_null(Str text) {
    return str_empty(text) ? value_null() : value_text(text);
}
/** NULL for 0, which stands for "never". */
static inline Value value_instant_or_null(int64_t instant) {
    return instant ? value_integer(instant) : value_null();
}

/** Whether nothing is given; an empty text is not NULL. */
static inline bool value_is_null(const Value *value) {
    return value->kind == VALUE_NULL;
}

/** The same kind and the same contents. */
bool value_equal(const Value *a, const Value *b);

/** A copy whose text lies in the arena. */
Value value_copy(Arena *arena, const Value *value);

#endif
