/* A database with the system's tables, a table of users as the model makes it, and some users. */
#ifndef ONDO_TESTS_AUTH_FIXTURE_H
#define ONDO_TESTS_AUTH_FIXTURE_H

#include "../store/store_fixture.h"
#include "migration.h"
#include "sign_in.h"
#include "token.h"

#define NOW INT64_C(1795000000000)
#define PASSWORD "correct horse ウマ battery"

typedef struct TestUser {
    Id id;
    const char *login;
    bool active;
} TestUser;

static inline Status auth_add_user_job(Transaction *transaction, void *data) {
    const TestUser *user = data;
    return store_run(transaction,
                     "INSERT INTO \"user\" (\"id\", \"login\", \"name\", \"role\", \"lang\","
                     " \"zone\", \"active\") VALUES ($1, $2, $3, $4, $5, $6, $7)",
                     value_id(user->id), value_text(str_of(user->login)),
                     value_text(STR("田中 太郎")), value_text(STR("mr")), value_text(STR("ja")),
                     value_text(STR("Asia/Tokyo")), value_boolean(user->active));
}

static inline void auth_make_tables(Fixture *fixture) {
    assert_int_equal(migration_run(fixture->store), STATUS_OK);
    fixture_ddl(fixture,
                "CREATE TABLE \"user\" ({row_key} \"id\" {id_key}, \"login\" {text},"
                " \"name_order\" {text},"
                " \"name\" {text}, \"role\" {text}, \"team\" {id}, \"lang\" {text},"
                " \"zone\" {text}, \"active\" {boolean}, \"deleted_at\" {instant});\n");
}

static inline Id auth_add_user(Fixture *fixture, const char *login, bool active) {
    TestUser user = {.id = id_new(NOW), .login = login, .active = active};
    assert_int_equal(store_write(fixture->store, auth_add_user_job, &user), STATUS_OK);
    return user.id;
}

typedef struct SetPassword {
    Id user;
    Str hash;
    CredentialKind kind;
} SetPassword;

static inline Status auth_set_password_job(Transaction *transaction, void *data) {
    const SetPassword *set = data;
    return credential_set(transaction, set->user, set->hash, set->kind, NOW);
}

static inline void auth_set_password(Fixture *fixture, Id user, const char *password,
                                     CredentialKind kind) {
    Arena *arena CLEANUP(arena_drop) = arena_new();
    SetPassword set = {.user = user, .kind = kind};
    assert_int_equal(password_hash(arena, str_of(password), &set.hash), STATUS_OK);
    assert_int_equal(store_write(fixture->store, auth_set_password_job, &set), STATUS_OK);
}

#endif
