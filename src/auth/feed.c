/*
 * The table calendar_feed. A calendar program can send nothing but an address, so the address is
 * the secret: the table keeps its hash alone, and whoever loses it makes another.
 */
#include "feed.h"

#include "secret.h"

/* One address a person: making another ends the one before, wherever it has been pasted. */
Status feed_make(Transaction *transaction, Arena *arena, Id user, const Feed *feed, Str *secret) {
    Str made = secret_new(arena, STR(""));
    SecretHash hash = secret_hash(made);
    Status status =
        store_run(transaction,
                  "INSERT INTO \"calendar_feed\" (\"user\", \"secret_hash\", \"brief\","
                  " \"made_at\") VALUES ($1, $2, $3, $4) ON CONFLICT (\"user\") DO UPDATE"
                  " SET \"secret_hash\" = $2, \"brief\" = $3, \"made_at\" = $4,"
                  " \"used_at\" = NULL",
                  value_id(user), value_bytes(secret_hash_str(&hash)), value_boolean(feed->brief),
                  value_integer(feed->made_at));
    if (status == STATUS_OK) *secret = made;
    return status;
}

Status feed_read(Transaction *transaction, Id user, Feed *out) {
    Rows *rows CLEANUP(store_drop) = NULL;
    Status status =
        store_ask_first(transaction, &rows,
                        "SELECT \"brief\", \"made_at\", \"used_at\" FROM \"calendar_feed\""
                        " WHERE \"user\" = $1",
                        value_id(user));
    if (status == STATUS_END) return STATUS_NOT_FOUND;
    if (status != STATUS_OK) return status;
    *out = (Feed){.brief = store_column(rows, 0, VALUE_BOOLEAN).boolean,
                  .made_at = store_column_integer(rows, 1),
                  .used_at = store_column_integer(rows, 2)};
    return STATUS_OK;
}

/* That there was none is told, so that nobody believes they have ended something. */
Status feed_revoke(Transaction *transaction, Id user) {
    const Value parameters[] = {value_id(user)};
    int64_t removed = 0;
    Status status =
        store_execute(transaction, STR("DELETE FROM \"calendar_feed\" WHERE \"user\" = $1"),
                      parameters, 1, &removed);
    if (status != STATUS_OK) return status;
    return removed ? STATUS_OK : STATUS_NOT_FOUND;
}

/* As token_find: what makes the address worthless is part of the query. */
Status feed_find(Transaction *transaction, Arena *arena, Str secret, int64_t now, Identity *reader,
                 Feed *out) {
    Rows *rows CLEANUP(store_drop) = NULL;
    if (secret.size != SECRET_TEXT_SIZE) return STATUS_NOT_FOUND;
    SecretHash hash = secret_hash(secret);
    Status status = store_ask_first(transaction, &rows,
                                    "SELECT " IDENTITY_COLUMNS
                                    ", f.\"brief\", f.\"used_at\" FROM \"calendar_feed\" f"
                                    " JOIN \"user\" u ON u.\"id\" = f.\"user\""
                                    " LEFT JOIN \"credential\" c ON c.\"user\" = f.\"user\""
                                    " WHERE f.\"secret_hash\" = $1 AND u.\"active\" = TRUE"
                                    " AND u.\"deleted_at\" IS NULL",
                                    value_bytes(secret_hash_str(&hash)));
    if (status == STATUS_END) return STATUS_NOT_FOUND;
    if (status != STATUS_OK) return status;
    *reader = (Identity){0};
    identity_read(rows, arena, reader);
    *out = (Feed){.brief = store_column(rows, IDENTITY_COLUMNS_COUNT, VALUE_BOOLEAN).boolean,
                  .used_at = store_column_integer(rows, IDENTITY_COLUMNS_COUNT + 1)};
    reader->touch_due = now - out->used_at >= FEED_TOUCH_AFTER;
    return STATUS_OK;
}

Status feed_touch(Transaction *transaction, Id user, int64_t now) {
    return store_run(transaction,
                     "UPDATE \"calendar_feed\" SET \"used_at\" = $2 WHERE \"user\" = $1",
                     value_id(user), value_integer(now));
}
