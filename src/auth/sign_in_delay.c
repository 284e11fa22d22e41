#include "sign_in_delay.h"

#include <sodium.h>

#include "fold.h"
#include "secret.h"

enum { KEY_TEXT_LIMIT = 120 };

/* A readable key where it is short enough, and the hash of it otherwise. */
static Str key_of(Arena *arena, const char *kind, Str text) {
    char hex[SECRET_HASH_SIZE * 2 + 1];
    if (text.size <= KEY_TEXT_LIMIT) return str_format(arena, "%s:%.*s", kind, STR_ARGS(text));
    SecretHash hash = secret_hash(text);
    sodium_bin2hex(hex, sizeof hex, hash.bytes, sizeof hash.bytes);
    return str_format(arena, "%s#%s", kind, hex);
}

/* Folded, so that changing case or width gives no fresh attempts. */
SignInKeys sign_in_keys(Arena *arena, Str login, Str address) {
    SignInKeys keys = {.address = STR("")};
    Str folded = text_normalize(arena, text_fold(arena, login));
    keys.login = key_of(arena, "login", folded);
    if (!str_empty(address)) {
        keys.address = key_of(arena, "address", text_normalize(arena, address));
    }
    return keys;
}

/* Seconds to wait after so many failures, of which some are free. */
static int64_t delay_after(int64_t failures, int64_t free_failures) {
    int64_t over = failures - free_failures;
    if (over < 0) return 0;
    if (over > 8) return SIGN_IN_LONGEST_DELAY; /* 2^9 exceeds it */
    int64_t delay = INT64_C(1) << over;
    return delay > SIGN_IN_LONGEST_DELAY ? SIGN_IN_LONGEST_DELAY : delay;
}

/* Seconds from now on that one row of counted failures asks for. */
static int64_t seconds_left(const Rows *rows, const SignInKeys *keys, int64_t now) {
    bool login = str_equal(store_column(rows, 0, VALUE_TEXT).text, keys->login);
    int64_t failures = store_column(rows, 1, VALUE_INTEGER).integer;
    int64_t last_at = store_column(rows, 2, VALUE_INTEGER).integer;
    int64_t forgotten = login ? SIGN_IN_FORGET_AFTER : SIGN_IN_FORGET_ADDRESS_AFTER;
    if (now - last_at >= forgotten) return 0;
    int64_t delay =
        delay_after(failures, login ? SIGN_IN_FREE_FAILURES : SIGN_IN_FREE_FAILURES_OF_ADDRESS);
    int64_t left = last_at + delay * CLOCK_SECOND - now;
    if (left <= 0) return 0;
    /* A clock that was set back must not make anyone wait longer than the delay itself. */
    int64_t seconds = (left + CLOCK_SECOND - 1) / CLOCK_SECOND;
    return seconds < delay ? seconds : delay;
}

Status sign_in_delay_left(Transaction *transaction, const SignInKeys *keys, int64_t now,
                          int64_t *seconds) {
    Rows *rows CLEANUP(store_drop) = NULL;
    int64_t longest = 0;
    Status status = store_ask(transaction, &rows,
                              "SELECT \"login\", \"count\", \"last_at\" FROM \"sign_in_attempt\""
                              " WHERE \"login\" IN ($1, $2)",
                              value_text(keys->login), value_text(keys->address));
    if (status != STATUS_OK) return status;
    while ((status = store_next(rows)) == STATUS_OK) {
        int64_t left = seconds_left(rows, keys, now);
        if (left > longest) longest = left;
    }
    if (status != STATUS_END) return status;
    *seconds = longest;
    return STATUS_OK;
}

/* Old failures do not count: the first after a quiet time starts again at one. */
static Status add_failure(Transaction *transaction, Str key, int64_t now, int64_t forget_after) {
    return store_run(
        transaction,
        "INSERT INTO \"sign_in_attempt\" (\"login\", \"count\", \"last_at\") VALUES ($1, 1, $2)"
        " ON CONFLICT (\"login\") DO UPDATE SET \"last_at\" = $2, \"count\" ="
        " CASE WHEN \"sign_in_attempt\".\"last_at\" < $3 THEN 1"
        " ELSE \"sign_in_attempt\".\"count\" + 1 END",
        value_text(key), value_integer(now), value_integer(now - forget_after));
}

Status sign_in_delay_add(Transaction *transaction, const SignInKeys *keys, int64_t now) {
    Status status = add_failure(transaction, keys->login, now, SIGN_IN_FORGET_AFTER);
    if (status != STATUS_OK || str_empty(keys->address)) return status;
    return add_failure(transaction, keys->address, now, SIGN_IN_FORGET_ADDRESS_AFTER);
}

Status sign_in_delay_clear(Transaction *transaction, const SignInKeys *keys) {
    return store_run(transaction, "DELETE FROM \"sign_in_attempt\" WHERE \"login\" = $1",
                     value_text(keys->login));
}

Status sign_in_delay_remove_old(Transaction *transaction, int64_t now) {
    return store_run(transaction, "DELETE FROM \"sign_in_attempt\" WHERE \"last_at\" < $1",
                     value_integer(now - SIGN_IN_FORGET_AFTER));
}
