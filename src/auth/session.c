/*
 * Found by one query at every request, with the person and their rights. When it was last used is
 * written now and then only, because reading must not become writing.
 */
#include "session.h"

#include "fold.h"
#include "secret.h"

enum { USER_AGENT_LIMIT = 300, ADDRESS_LIMIT = 100, LIST_LIMIT = 100 };

/* What a header says, repaired and cut between characters; PostgreSQL takes nothing else. */
static Str storable(Arena *arena, Str text, size_t limit) {
    Str clean = text_normalize(arena, str_part(text, 0, limit));
    while (clean.size > limit || !str_valid_utf8(clean)) clean.size--;
    return clean;
}

Status session_create(Transaction *transaction, Arena *arena, Id user, int64_t now,
                      const SessionOrigin *origin, NewSession *out) {
    NewSession made = {.id = id_new(now), .user = user, .expires_at = now + SESSION_LIMIT};
    made.token = secret_new(arena, STR(""));
    made.csrf = secret_new(arena, STR(""));
    SecretHash hash = secret_hash(made.token);
    Status status = store_run(
        transaction,
        "INSERT INTO \"session\" (\"id\", \"user\", \"token_hash\", \"csrf\", \"created_at\","
        " \"last_seen_at\", \"expires_at\", \"user_agent\", \"address\")"
        " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
        value_id(made.id), value_id(user), value_bytes(secret_hash_str(&hash)),
        value_text(made.csrf), value_integer(now), value_integer(now),
        value_integer(made.expires_at),
        value_text(storable(arena, origin->user_agent, USER_AGENT_LIMIT)),
        value_text(storable(arena, origin->address, ADDRESS_LIMIT)));
    if (status == STATUS_OK) *out = made;
    return status;
}

/* The session's columns follow those of the person. */
static void read_session(const Rows *rows, Arena *arena, int64_t now, Identity *out) {
    *out = (Identity){0};
    identity_read(rows, arena, out);
    out->session = store_column(rows, IDENTITY_COLUMNS_COUNT, VALUE_ID).id;
    out->csrf = str_copy(arena, store_column(rows, IDENTITY_COLUMNS_COUNT + 1, VALUE_TEXT).text);
    int64_t seen = store_column(rows, IDENTITY_COLUMNS_COUNT + 2, VALUE_INTEGER).integer;
    out->touch_due = now - seen >= SESSION_TOUCH_AFTER;
}

/*
 * Expiry and the person's state are part of the query, so that no caller can forget them. Other
 * lengths than ours are refused unhashed: a header may be long.
 */
Status session_find(Transaction *transaction, Arena *arena, Str token, int64_t now, Identity *out) {
    Rows *rows CLEANUP(store_drop) = NULL;
    if (token.size != SECRET_TEXT_SIZE) return STATUS_UNAUTHENTICATED;
    SecretHash hash = secret_hash(token);
    Status status = store_ask_first(transaction, &rows,
                                    "SELECT " IDENTITY_COLUMNS
                                    ", s.\"id\", s.\"csrf\", s.\"last_seen_at\" FROM \"session\" s"
                                    " JOIN \"user\" u ON u.\"id\" = s.\"user\""
                                    " LEFT JOIN \"credential\" c ON c.\"user\" = s.\"user\""
                                    " WHERE s.\"token_hash\" = $1 AND s.\"expires_at\" > $2"
                                    " AND s.\"last_seen_at\" > $3 AND u.\"active\" = TRUE"
                                    " AND u.\"deleted_at\" IS NULL",
                                    value_bytes(secret_hash_str(&hash)), value_integer(now),
                                    value_integer(now - SESSION_IDLE_LIMIT));
    if (status == STATUS_END) return STATUS_UNAUTHENTICATED;
    if (status != STATUS_OK) return status;
    read_session(rows, arena, now, out);
    return STATUS_OK;
}

Status session_touch(Transaction *transaction, Id session, int64_t now) {
    return store_run(transaction,
                     "UPDATE \"session\" SET \"last_seen_at\" = $2"
                     " WHERE \"id\" = $1 AND \"last_seen_at\" < $2",
                     value_id(session), value_integer(now));
}

Status session_end(Transaction *transaction, Id user, Id session) {
    const Value parameters[] = {value_id(session), value_id(user)};
    int64_t changed = 0;
    Status status = store_execute(
        transaction, STR("DELETE FROM \"session\" WHERE \"id\" = $1 AND \"user\" = $2"), parameters,
        2, &changed);
    if (status != STATUS_OK) return status;
    return changed ? STATUS_OK : STATUS_NOT_FOUND;
}

Status session_end_all(Transaction *transaction, Id user, Id kept) {
    /* The id of all zero bytes is no session's, so that "none" keeps none. */
    return store_run(transaction, "DELETE FROM \"session\" WHERE \"user\" = $1 AND \"id\" <> $2",
                     value_id(user), value_id(kept));
}

/* By the same two limits as session_find, so that nothing is removed that would be found. */
Status session_remove_expired(Transaction *transaction, int64_t now) {
    return store_run(transaction,
                     "DELETE FROM \"session\" WHERE \"expires_at\" <= $1 OR \"last_seen_at\" <= $2",
                     value_integer(now), value_integer(now - SESSION_IDLE_LIMIT));
}

static SessionEntry read_entry(const Rows *rows, Arena *arena) {
    return (SessionEntry){
        .id = store_column(rows, 0, VALUE_ID).id,
        .created_at = store_column(rows, 1, VALUE_INTEGER).integer,
        .last_seen_at = store_column(rows, 2, VALUE_INTEGER).integer,
        .expires_at = store_column(rows, 3, VALUE_INTEGER).integer,
        .user_agent = str_copy(arena, store_column(rows, 4, VALUE_TEXT).text),
        .address = str_copy(arena, store_column(rows, 5, VALUE_TEXT).text),
    };
}

Status session_list(Transaction *transaction, Arena *arena, Id user, int64_t now,
                    SessionList *out) {
    Rows *rows CLEANUP(store_drop) = NULL;
    SessionList list = {.entries = ARENA_ARRAY(arena, LIST_LIMIT, SessionEntry)};
    Status status =
        store_ask(transaction, &rows,
                  "SELECT \"id\", \"created_at\", \"last_seen_at\", \"expires_at\","
                  " COALESCE(\"user_agent\", ''), COALESCE(\"address\", '') FROM \"session\""
                  " WHERE \"user\" = $1 AND \"expires_at\" > $2 AND \"last_seen_at\" > $3"
                  " ORDER BY \"last_seen_at\" DESC, \"id\" DESC LIMIT $4",
                  value_id(user), value_integer(now), value_integer(now - SESSION_IDLE_LIMIT),
                  value_integer(LIST_LIMIT));
    if (status != STATUS_OK) return status;
    while ((status = store_next(rows)) == STATUS_OK && list.count < LIST_LIMIT) {
        list.entries[list.count++] = read_entry(rows, arena);
    }
    if (status != STATUS_END && status != STATUS_OK) return status;
    *out = list;
    return STATUS_OK;
}
