/*
 * Keys belong to a user: another's key can neither be found nor disturbed. The request is kept as a
 * hash, so that a key used for something else is noticed; the answer as bytes, so that the
 * repetition is the same to the last one. Two requests with one key at the same time meet at the
 * unique key of the table.
 */
#include "idempotency.h"

#include <sodium.h>

enum { KEY_LIMIT = 200, HASH_SIZE = 32 };

/* A header that is empty is one: it is refused, not ignored. */
static Str header_key(const Call *call) {
    return http_request_header(call->request, "Idempotency-Key");
}

/* Printable ASCII without spaces: what a header carries unchanged through any proxy. */
static bool key_usable(Str key) {
    if (!key.size || key.size > KEY_LIMIT) return false;
    for (size_t i = 0; i < key.size; i++) {
        if (key.data[i] < '!' || key.data[i] > '~') return false;
    }
    return true;
}

/* What makes two requests the same: method, target and body. */
static Value request_hash(Call *call) {
    crypto_generichash_state state;
    unsigned char *hash = arena_take(call->arena, HASH_SIZE);
    const HttpRequest *request = call->request;
    crypto_generichash_init(&state, NULL, 0, HASH_SIZE);
    const Str parts[] = {request->method, request->target, request->body};
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        uint64_t size = parts[i].size;
        crypto_generichash_update(&state, (const unsigned char *)&size, sizeof size);
        crypto_generichash_update(&state, (const unsigned char *)parts[i].data, parts[i].size);
    }
    crypto_generichash_final(&state, hash, HASH_SIZE);
    return value_bytes((Str){.data = (const char *)hash, .size = HASH_SIZE});
}

/*
 * Looked for in the handler's own transaction, after signing in: a key without its user means
 * nothing.
 */
Status idempotency_replay(Call *call) {
    Str key = header_key(call);
    call->replayed = false;
    if (!key.data) return STATUS_OK;
    if (!key_usable(key)) {
        problem_add(&call->problem, STR(""), "idempotency_key",
                    str_format(call->arena, "%d", KEY_LIMIT));
        return STATUS_INVALID;
    }
    Rows *rows CLEANUP(store_drop) = NULL;
    Status status =
        store_ask_first(call->context.transaction, &rows,
                        "SELECT \"request_hash\", \"status\", \"headers\", \"body\" FROM "
                        "\"idempotency\" WHERE \"user\" = $1 AND \"key\" = $2",
                        value_id(call->actor.user), value_text(key));
    if (status == STATUS_END) return STATUS_OK;
    if (status != STATUS_OK) return status;
    Value hash = request_hash(call), stored = store_column(rows, 0, VALUE_BYTES);
    if (!value_equal(&hash, &stored)) {
        return call_refuse(call, STATUS_CONFLICT, "", "idempotency_mismatch");
    }
    call->response->status = (int)store_column(rows, 1, VALUE_INTEGER).integer;
    buffer_add(&call->response->headers, store_column(rows, 2, VALUE_TEXT).text);
    buffer_add(&call->response->body, store_column(rows, 3, VALUE_BYTES).text);
    http_response_header(call->response, "Idempotency-Replayed", STR("true"));
    call->replayed = true;
    return STATUS_OK;
}

/* Headers too: a repetition of a creation must find the Location again. */
Status idempotency_keep(Call *call) {
    Str key = header_key(call);
    if (!key.data) return STATUS_OK;
    return store_run(
        call->context.transaction,
        "INSERT INTO \"idempotency\" (\"user\", \"key\", \"request_hash\", \"status\", "
        "\"headers\", \"body\", \"at\") VALUES ($1, $2, $3, $4, $5, $6, $7)",
        value_id(call->actor.user), value_text(key), request_hash(call),
        value_integer(call->response->status), value_text(buffer_str(&call->response->headers)),
        value_bytes(buffer_str(&call->response->body)), value_integer(call->context.now));
}

Status idempotency_purge(Transaction *transaction, int64_t now) {
    return store_run(transaction, "DELETE FROM \"idempotency\" WHERE \"at\" < $1",
                     value_integer(now - CLOCK_DAY));
}
