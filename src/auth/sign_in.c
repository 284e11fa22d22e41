/*
 * A wrong login takes as long as a wrong password and is answered the same, so that nobody learns
 * who works here. Hashing is slow by purpose and happens outside every transaction.
 */
#include "sign_in.h"

#include "fold.h"
#include "sign_in_delay.h"

/* What the jobs of one attempt share. */
typedef struct Attempt {
    Arena *arena;
    const SignIn *asked;
    SignInKeys keys;
    int64_t seconds_left;
    Id user; /* none: no such login */
    bool active, must_change;
    Str hash;     /* empty: no such login, or no password */
    Str new_hash; /* the same password at today's cost; empty: need not be */
    NewSession session;
} Attempt;

static Status read_credential(Transaction *transaction, Attempt *attempt) {
    Rows *rows CLEANUP(store_drop) = NULL;
    Str login = text_normalize(attempt->arena, attempt->asked->login);
    Str folded = text_fold(attempt->arena, login);
    /* As spelt, or as people spell it who do not mind case and width. */
    Status status = store_ask_first(transaction, &rows,
                                    "SELECT u.\"id\", u.\"active\", c.\"password_hash\","
                                    " c.\"must_change\" FROM \"user\" u"
                                    " JOIN \"credential\" c ON c.\"user\" = u.\"id\""
                                    " WHERE u.\"login\" IN ($1, $2) AND u.\"deleted_at\" IS NULL"
                                    " ORDER BY CASE WHEN u.\"login\" = $1 THEN 0 ELSE 1 END",
                                    value_text(login), value_text(folded));
    if (status == STATUS_END) return STATUS_OK;
    if (status != STATUS_OK) return status;
    Value active = store_column(rows, 1, VALUE_BOOLEAN);
    attempt->user = store_column(rows, 0, VALUE_ID).id;
    attempt->active = !value_is_null(&active) && active.boolean;
    attempt->hash = str_copy(attempt->arena, store_column(rows, 2, VALUE_TEXT).text);
    attempt->must_change = store_column(rows, 3, VALUE_BOOLEAN).boolean;
    return STATUS_OK;
}

/* One snapshot for both, on one connection. */
static Status read_attempt(Transaction *transaction, void *data) {
    Attempt *attempt = data;
    Status status = sign_in_delay_left(transaction, &attempt->keys, attempt->asked->now,
                                       &attempt->seconds_left);
    if (status != STATUS_OK) return status;
    return read_credential(transaction, attempt);
}

/* Counted for the login as typed, so that unknown ones are delayed like known ones. */
static Status write_failure(Transaction *transaction, void *data) {
    const Attempt *attempt = data;
    Status status = sign_in_delay_add(transaction, &attempt->keys, attempt->asked->now);
    if (status != STATUS_OK) return status;
    /* For an unknown login this touches no row, and takes as long. */
    return store_run(transaction,
                     "UPDATE \"credential\" SET \"failed_count\" = \"failed_count\" + 1,"
                     " \"failed_at\" = $2 WHERE \"user\" = $1",
                     value_id(attempt->user), value_integer(attempt->asked->now));
}

/* STATUS_STALE when the password was changed while we were verifying the old one. */
static Status write_credential_used(Transaction *transaction, const Attempt *attempt) {
    Str hash = str_empty(attempt->new_hash) ? attempt->hash : attempt->new_hash;
    const Value parameters[] = {value_id(attempt->user), value_text(hash),
                                value_text(attempt->hash)};
    int64_t changed = 0;
    Status status =
        store_execute(transaction,
                      STR("UPDATE \"credential\" SET \"failed_count\" = 0, \"password_hash\" = $2"
                          " WHERE \"user\" = $1 AND \"password_hash\" = $3"),
                      parameters, 3, &changed);
    if (status != STATUS_OK) return status;
    return changed ? STATUS_OK : STATUS_STALE;
}

static Status write_success(Transaction *transaction, void *data) {
    Attempt *attempt = data;
    Status status = sign_in_delay_clear(transaction, &attempt->keys);
    if (status != STATUS_OK) return status;
    status = write_credential_used(transaction, attempt);
    if (status != STATUS_OK) return status;
    return session_create(transaction, attempt->arena, attempt->user, attempt->asked->now,
                          &attempt->asked->origin, &attempt->session);
}

static Status fail(Store *store, Attempt *attempt, Problem *problem) {
    Status status = store_write(store, write_failure, attempt);
    if (status != STATUS_OK) return status;
    problem_add(problem, STR(""), "sign_in");
    return STATUS_UNAUTHENTICATED;
}

/* A new hash takes as long as the verification did; only then does the writing job begin. */
static Status succeed(Store *store, Attempt *attempt, Problem *problem, NewSession *out) {
    Status status = STATUS_OK;
    if (password_is_outdated(attempt->hash)) {
        status = password_hash(attempt->arena, attempt->asked->password, &attempt->new_hash);
    }
    if (status == STATUS_OK) status = store_write(store, write_success, attempt);
    if (status == STATUS_STALE) return fail(store, attempt, problem);
    if (status != STATUS_OK) return status;
    attempt->session.must_change_password = attempt->must_change;
    *out = attempt->session;
    return STATUS_OK;
}

Status sign_in(Store *store, const SignIn *asked, Problem *problem, NewSession *out) {
    Attempt attempt = {.arena = problem->arena, .asked = asked};
    attempt.keys = sign_in_keys(problem->arena, asked->login, asked->origin.address);
    Status status = store_read(store, read_attempt, &attempt);
    if (status != STATUS_OK) return status;
    if (attempt.seconds_left > 0) {
        problem_add(problem, STR(""), "limited",
                    str_format(problem->arena, "%lld", (long long)attempt.seconds_left));
        return STATUS_LIMITED;
    }
    if (!password_verify(attempt.hash, asked->password)) return fail(store, &attempt, problem);
    if (!attempt.active) {
        problem_add(problem, STR(""), "sign_in_disabled");
        return STATUS_DENIED;
    }
    return succeed(store, &attempt, problem, out);
}

Status credential_set(Transaction *transaction, Id user, Str hash, CredentialKind kind,
                      int64_t now) {
    return store_run(transaction,
                     "INSERT INTO \"credential\" (\"user\", \"password_hash\", \"changed_at\","
                     " \"must_change\", \"failed_count\") VALUES ($1, $2, $3, $4, 0)"
                     " ON CONFLICT (\"user\") DO UPDATE SET \"password_hash\" = $2,"
                     " \"changed_at\" = $3, \"must_change\" = $4, \"failed_count\" = 0",
                     value_id(user), value_text(hash), value_integer(now),
                     value_boolean(kind == CREDENTIAL_HANDED_OUT));
}

/* The stored hash of somebody who is to prove their password once more. */
typedef struct OwnHash {
    Arena *arena;
    Id user;
    Str hash;
} OwnHash;

static Status read_own_hash(Transaction *transaction, void *data) {
    OwnHash *own = data;
    Rows *rows CLEANUP(store_drop) = NULL;
    Status status = store_ask_first(
        transaction, &rows, "SELECT \"password_hash\" FROM \"credential\" WHERE \"user\" = $1",
        value_id(own->user));
    if (status == STATUS_OK) {
        own->hash = str_copy(own->arena, store_column(rows, 0, VALUE_TEXT).text);
    }
    return status == STATUS_END ? STATUS_OK : status;
}

Status credential_verify(Store *store, Id user, Str password) {
    Arena *arena CLEANUP(arena_drop) = arena_new();
    OwnHash own = {.arena = arena, .user = user};
    Status status = store_read(store, read_own_hash, &own);
    if (status != STATUS_OK) return status;
    return password_verify(own.hash, password) ? STATUS_OK : STATUS_UNAUTHENTICATED;
}
