#include "identity.h"

void identity_read(const Rows *rows, Arena *arena, Identity *out) {
    Value must_change = store_column(rows, 7, VALUE_BOOLEAN);
    out->user = store_column_id(rows, 0);
    out->login = store_copy_text(rows, 1, arena);
    out->name = store_copy_text(rows, 2, arena);
    out->role = store_copy_text(rows, 3, arena);
    out->team = store_column_id(rows, 4);
    if (!lang_from_tag(store_copy_text(rows, 5, arena), &out->lang)) out->lang = LANG_EN;
    out->zone = store_copy_text(rows, 6, arena);
    if (str_empty(out->zone)) out->zone = STR("UTC");
    out->name_order = store_copy_text(rows, 8, arena);
    out->must_change_password = !value_is_null(&must_change) && must_change.boolean;
}
