#include "identity.h"

static Str column_text(const Rows *rows, int column, Arena *arena) {
    Value value = store_column(rows, column, VALUE_TEXT);
    return value_is_null(&value) ? STR("") : str_copy(arena, value.text);
}

static Id column_id(const Rows *rows, int column) {
    Value value = store_column(rows, column, VALUE_ID);
    return value_is_null(&value) ? (Id){0} : value.id;
}

void identity_read(const Rows *rows, Arena *arena, Identity *out) {
    Value must_change = store_column(rows, 7, VALUE_BOOLEAN);
    out->user = column_id(rows, 0);
    out->login = column_text(rows, 1, arena);
    out->name = column_text(rows, 2, arena);
    out->role = column_text(rows, 3, arena);
    out->team = column_id(rows, 4);
    if (!lang_from_tag(column_text(rows, 5, arena), &out->lang)) out->lang = LANG_EN;
    out->zone = column_text(rows, 6, arena);
    if (str_empty(out->zone)) out->zone = STR("UTC");
    out->name_order = column_text(rows, 8, arena);
    out->must_change_password = !value_is_null(&must_change) && must_change.boolean;
}
