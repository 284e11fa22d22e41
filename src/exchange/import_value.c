/*
 * Values in two further forms. As JSON they go through the record layer's door like a request's, so
 * that an import is checked by the same code as the API; as identity they are keys of hash tables.
 */
#include "import_value.h"

#include "clock.h"

static json_t *text_json(Str text) {
    return json_stringn(text.data ? text.data : "", text.size);
}

/* Many-valued fields and JSON are kept as documents. */
static json_t *document_json(Str document) {
    json_t *node = NULL;
    return json_read(document, NULL, &node) == STATUS_OK ? node : json_null();
}

/* The counterpart of field_from_json: what it writes, that reads back to the same value. */
json_t *import_value_json(Arena *arena, const Field *field, const Value *value) {
    switch (value->kind) {
        case VALUE_NULL:
        case VALUE_BYTES: return json_null();
        case VALUE_BOOLEAN: return json_boolean(value->boolean);
        case VALUE_DECIMAL: return json_real(value->decimal);
        case VALUE_ID: return text_json(id_text(arena, value->id));
        case VALUE_INTEGER:
            if (field->type != FIELD_INSTANT) return json_integer(value->integer);
            return text_json(instant_text(arena, value->integer));
        case VALUE_TEXT: break;
    }
    bool document =
        field->type == FIELD_CHOICES || field->type == FIELD_TAGS || field->type == FIELD_JSON;
    return document ? document_json(value->text) : text_json(value->text);
}

Str import_value_identity(Arena *arena, const Value *value) {
    switch (value->kind) {
        case VALUE_NULL: return STR("-");
        case VALUE_BOOLEAN: return value->boolean ? STR("b1") : STR("b0");
        case VALUE_INTEGER: return str_format(arena, "i%lld", (long long)value->integer);
        case VALUE_DECIMAL: return str_format(arena, "d%.17g", value->decimal);
        case VALUE_ID: return str_join(arena, STR("u"), id_text(arena, value->id));
        case VALUE_TEXT:
        case VALUE_BYTES: break;
    }
    /* The size in front keeps the parts of a key of several fields apart. */
    Str head = str_format(arena, "t%zu:", value->text.size);
    return str_join(arena, head, value->text);
}
