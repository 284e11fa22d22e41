/*
 * Comparing and copying values. Equality is by kind first: a value of another kind is another
 * value, and what fields take is converted to the field's kind before it gets here (field_rules.h).
 */
#include "value.h"

bool value_equal(const Value *a, const Value *b) {
    if (a->kind != b->kind) return false;
    switch (a->kind) {
        case VALUE_NULL: return true;
        case VALUE_BOOLEAN: return a->boolean == b->boolean;
        case VALUE_INTEGER: return a->integer == b->integer;
        case VALUE_DECIMAL: return a->decimal == b->decimal;
        case VALUE_TEXT:
        case VALUE_BYTES: return str_equal(a->text, b->text);
        case VALUE_ID: return id_equal(a->id, b->id);
    }
    return false;
}

Value value_copy(Arena *arena, const Value *value) {
    Value copy = *value;
    if (value->kind == VALUE_TEXT || value->kind == VALUE_BYTES) {
        copy.text = str_copy(arena, value->text);
    }
    return copy;
}
