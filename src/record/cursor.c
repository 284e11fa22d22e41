/*
 * A cursor is the sort values and the id of the last record shown, as JSON in base64url. It is not
 * signed: whoever makes one up sees only what they may see anyway, because access stands in the
 * query. What it may not do is bring values of another kind; list.c checks that.
 */
#include "cursor.h"

#include <sodium.h>

#include "json.h"

enum { BASE64 = sodium_base64_VARIANT_URLSAFE_NO_PADDING };

static Str base64(Arena *arena, Str bytes) {
    size_t size = sodium_base64_encoded_len(bytes.size, BASE64);
    char *text = arena_take(arena, size);
    sodium_bin2base64(text, size, (const unsigned char *)bytes.data, bytes.size, BASE64);
    return str_of(text);
}

static bool from_base64(Arena *arena, Str text, Str *out) {
    unsigned char *bytes = arena_take(arena, text.size + 1);
    size_t size = 0;
    const char *end = NULL;
    if (sodium_base642bin(bytes, text.size + 1, text.data, text.size, NULL, &size, &end, BASE64) ||
        end != text.data + text.size) {
        return false;
    }
    *out = (Str){.data = (const char *)bytes, .size = size};
    return true;
}

/* Each value is an array of its kind and itself; bytes (sort keys) travel as base64. */
static void write_value(Arena *arena, JsonWriter *json, const Value *value) {
    json_open_array(json);
    json_write_integer(json, value->kind);
    switch (value->kind) {
        case VALUE_NULL: break;
        case VALUE_BOOLEAN: json_write_boolean(json, value->boolean); break;
        case VALUE_INTEGER: json_write_integer(json, value->integer); break;
        case VALUE_DECIMAL: json_write_number(json, value->decimal); break;
        case VALUE_TEXT: json_write_text(json, value->text); break;
        case VALUE_ID: json_write_id(json, value->id); break;
        case VALUE_BYTES: json_write_text(json, base64(arena, value->text)); break;
    }
    json_close_array(json);
}

/* The kind is checked with the value, for the text came from outside. */
static bool read_value(Arena *arena, const json_t *node, Value *out) {
    const json_t *kind = json_array_get(node, 0), *value = json_array_get(node, 1);
    if (!json_is_integer(kind)) return false;
    Str text = json_text(value);
    Id id;
    switch ((ValueKind)json_integer_value(kind)) {
        case VALUE_NULL: *out = value_null(); return true;
        case VALUE_BOOLEAN: *out = value_boolean(json_is_true(value)); return true;
        case VALUE_INTEGER:
            *out = value_integer(json_integer_value(value));
            return json_is_integer(value);
        case VALUE_DECIMAL:
            *out = value_decimal(json_number_value(value));
            return json_is_number(value);
        case VALUE_TEXT: *out = value_text(str_copy(arena, text)); return text.data != NULL;
        case VALUE_ID:
            if (!id_parse(text, &id)) return false;
            *out = value_id(id);
            return true;
        case VALUE_BYTES: out->kind = VALUE_BYTES; return from_base64(arena, text, &out->text);
    }
    return false;
}

Str cursor_write(Arena *arena, Str list, const Cursor *cursor) {
    Buffer text CLEANUP(buffer_free) = {0};
    JsonWriter json = json_writer(&text);
    json_open_array(&json);
    json_write_text(&json, list);
    json_write_id(&json, cursor->id);
    for (size_t i = 0; i < cursor->count; i++) write_value(arena, &json, &cursor->values[i]);
    json_close_array(&json);
    return base64(arena, buffer_str(&text));
}

/* Bounded before anything is taken: the text is a stranger's. */
bool cursor_read(Arena *arena, Str text, Str list, Cursor *out) {
    Str document;
    json_t *parts CLEANUP(json_drop) = NULL;
    if (!from_base64(arena, text, &document)) return false;
    if (json_read(document, NULL, &parts) != STATUS_OK) return false;
    size_t size = json_array_size(parts);
    if (size < 2 || size > CURSOR_VALUES_MOST + 2) return false;
    if (!str_equal(json_text(json_array_get(parts, 0)), list)) return false;
    Cursor cursor = {.count = size - 2};
    if (!id_parse(json_text(json_array_get(parts, 1)), &cursor.id)) return false;
    for (size_t i = 0; i < cursor.count; i++) {
        if (!read_value(arena, json_array_get(parts, i + 2), &cursor.values[i])) return false;
    }
    *out = cursor;
    return true;
}
