/*
 * As sessions, but for programs: no cookie, an end only where one was wished for, revoked by its
 * person or by their leaving.
 */
#include "token.h"

#include "fold.h"
#include "secret.h"

enum { LIST_LIMIT = 100 };

Status token_create(Transaction *transaction, Arena *arena, Id user, Str name, int64_t now,
                    int64_t expires_at, NewToken *out) {
    NewToken made = {.id = id_new(now), .token = secret_new(arena, STR(TOKEN_PREFIX))};
    SecretHash hash = secret_hash(made.token);
    Status status = store_run(
        transaction,
        "INSERT INTO \"token\" (\"id\", \"user\", \"name\", \"token_hash\","
        " \"created_at\", \"expires_at\") VALUES ($1, $2, $3, $4, $5, $6)",
        value_id(made.id), value_id(user), value_text(text_normalize(arena, name)),
        value_bytes(secret_hash_str(&hash)), value_integer(now), value_instant_or_null(expires_at));
    if (status == STATUS_OK) *out = made;
    return status;
}

/* Like session_find: what makes a token worthless is part of the query. */
Status token_find(Transaction *transaction, Arena *arena, Str token, int64_t now, Identity *out) {
    Rows *rows CLEANUP(store_drop) = NULL;
    if (token.size != sizeof TOKEN_PREFIX - 1 + SECRET_TEXT_SIZE) return STATUS_UNAUTHENTICATED;
    SecretHash hash = secret_hash(token);
    Status status = store_ask_first(transaction, &rows,
                                    "SELECT " IDENTITY_COLUMNS
                                    ", t.\"id\", t.\"last_used_at\" FROM \"token\" t"
                                    " JOIN \"user\" u ON u.\"id\" = t.\"user\""
                                    " LEFT JOIN \"credential\" c ON c.\"user\" = t.\"user\""
                                    " WHERE t.\"token_hash\" = $1 AND t.\"revoked_at\" IS NULL"
                                    " AND COALESCE(t.\"expires_at\", $2 + 1) > $2"
                                    " AND u.\"active\" = TRUE AND u.\"deleted_at\" IS NULL",
                                    value_bytes(secret_hash_str(&hash)), value_integer(now));
    if (status == STATUS_END) return STATUS_UNAUTHENTICATED;
    if (status != STATUS_OK) return status;
    *out = (Identity){.token = store_column(rows, IDENTITY_COLUMNS_COUNT, VALUE_ID).id};
    identity_read(rows, arena, out);
    out->touch_due =
        now - store_column_integer(rows, IDENTITY_COLUMNS_COUNT + 1) >= TOKEN_TOUCH_AFTER;
    return STATUS_OK;
}

Status token_touch(Transaction *transaction, Id token, int64_t now) {
    return store_run(transaction, "UPDATE \"token\" SET \"last_used_at\" = $2 WHERE \"id\" = $1",
                     value_id(token), value_integer(now));
}

/* The row stays, so that the journal's entries of the token keep a name. */
Status token_revoke(Transaction *transaction, Id user, Id token, int64_t now) {
    const Value parameters[] = {value_id(token), value_id(user), value_integer(now)};
    int64_t changed = 0;
    Status status = store_execute(transaction,
                                  STR("UPDATE \"token\" SET \"revoked_at\" = $3 WHERE \"id\" = $1"
                                      " AND \"user\" = $2 AND \"revoked_at\" IS NULL"),
                                  parameters, 3, &changed);
    if (status != STATUS_OK) return status;
    return changed ? STATUS_OK : STATUS_NOT_FOUND;
}

Status token_revoke_all(Transaction *transaction, Id user, int64_t now) {
    return store_run(transaction,
                     "UPDATE \"token\" SET \"revoked_at\" = $2 WHERE \"user\" = $1"
                     " AND \"revoked_at\" IS NULL",
                     value_id(user), value_integer(now));
}

Status token_list(Transaction *transaction, Arena *arena, Id user, TokenList *out) {
    Rows *rows CLEANUP(store_drop) = NULL;
    TokenList list = {.entries = ARENA_ARRAY(arena, LIST_LIMIT, TokenEntry)};
    Status status = store_ask(transaction, &rows,
                              "SELECT \"id\", \"name\", \"created_at\", \"last_used_at\","
                              " \"expires_at\" FROM \"token\""
                              " WHERE \"user\" = $1 AND \"revoked_at\" IS NULL"
                              " ORDER BY \"created_at\" DESC, \"id\" DESC LIMIT $2",
                              value_id(user), value_integer(LIST_LIMIT));
    if (status != STATUS_OK) return status;
    while ((status = store_next(rows)) == STATUS_OK && list.count < LIST_LIMIT) {
        list.entries[list.count++] = (TokenEntry){
            .id = store_column(rows, 0, VALUE_ID).id,
            .name = str_copy(arena, store_column(rows, 1, VALUE_TEXT).text),
            .created_at = store_column_integer(rows, 2),
            .last_used_at = store_column_integer(rows, 3),
            .expires_at = store_column_integer(rows, 4),
        };
    }
    if (status != STATUS_END && status != STATUS_OK) return status;
    *out = list;
    return STATUS_OK;
}
