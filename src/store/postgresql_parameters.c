#include "postgresql_parameters.h"

#include <endian.h>

/* Types of the server's catalogue (pg_type), which never change. */
enum {
    TYPE_INFERRED = 0,
    TYPE_BOOLEAN = 16,
    TYPE_BYTEA = 17,
    TYPE_BIGINT = 20,
    TYPE_TEXT = 25,
    TYPE_DOUBLE = 701,
    TYPE_UUID = 2950
};

enum { FORMAT_TEXT = 0, FORMAT_BINARY = 1 };

Oid parameters_type(ValueKind kind) {
    switch (kind) {
        case VALUE_BOOLEAN: return TYPE_BOOLEAN;
        case VALUE_INTEGER: return TYPE_BIGINT;
        case VALUE_DECIMAL: return TYPE_DOUBLE;
        case VALUE_ID: return TYPE_UUID;
        case VALUE_BYTES: return TYPE_BYTEA;
        case VALUE_TEXT:
        case VALUE_NULL: break;
    }
    return TYPE_INFERRED;
}

static Str encode_word(Arena *arena, uint64_t word) {
    uint64_t *bytes = ARENA_NEW(arena, uint64_t);
    *bytes = htobe64(word);
    return (Str){.data = (const char *)bytes, .size = sizeof *bytes};
}

static Str encode_decimal(Arena *arena, double decimal) {
    uint64_t word;
    memcpy(&word, &decimal, sizeof word);
    return encode_word(arena, word);
}

/* The binary form of a value; for text that is what it is, if the server takes it for text. */
static Str encode(Arena *arena, const Value *value, Oid type, int *format) {
    *format = FORMAT_BINARY;
    switch (value->kind) {
        case VALUE_BOOLEAN: return value->boolean ? STR("\1") : STR("\0");
        case VALUE_INTEGER: return encode_word(arena, (uint64_t)value->integer);
        case VALUE_DECIMAL: return encode_decimal(arena, value->decimal);
        case VALUE_ID:
            return (Str){.data = (const char *)value->id.bytes, .size = sizeof value->id.bytes};
        case VALUE_BYTES: return value->text;
        case VALUE_TEXT:
            if (type == TYPE_TEXT) return value->text;
            *format = FORMAT_TEXT;
            return str_copy(arena, value->text);
        case VALUE_NULL: break;
    }
    return (Str){0};
}

Parameters parameters_encode(Arena *arena, const Value *parameters, const Oid *types,
                             size_t count) {
    Parameters encoded = {.values = ARENA_ARRAY(arena, count, const char *),
                          .lengths = ARENA_ARRAY(arena, count, int),
                          .formats = ARENA_ARRAY(arena, count, int)};
    for (size_t i = 0; i < count; i++) {
        if (value_is_null(&parameters[i])) continue; /* a NULL pointer is NULL */
        Str bytes = encode(arena, &parameters[i], types[i], &encoded.formats[i]);
        encoded.values[i] = bytes.data ? bytes.data : "";
        encoded.lengths[i] = (int)bytes.size;
    }
    return encoded;
}
