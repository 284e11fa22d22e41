/*
 * Sessions, tokens and feeds select the same columns in the same order, so that there is one
 * reading of them and a person is the same by whichever way they came.
 */
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

Status identity_find(Transaction *transaction, Arena *arena, Id user, Identity *out, Str *email) {
    Rows *rows CLEANUP(store_drop) = NULL;
    Status status = store_ask_first(transaction, &rows,
                                    "SELECT " IDENTITY_COLUMNS
                                    ", u.\"email\" FROM \"user\" u"
                                    " LEFT JOIN \"credential\" c ON c.\"user\" = u.\"id\""
                                    " WHERE u.\"id\" = $1 AND u.\"active\" = TRUE"
                                    " AND u.\"deleted_at\" IS NULL",
                                    value_id(user));
    if (status == STATUS_END) return STATUS_NOT_FOUND;
    if (status != STATUS_OK) return status;
    *out = (Identity){0};
    identity_read(rows, arena, out);
    *email = store_copy_text(rows, IDENTITY_COLUMNS_COUNT, arena);
    return STATUS_OK;
}
