#include "token.h"

#include "auth_fixture.h"

typedef struct Step {
    Arena *arena;
    Id user, id;
    Str name, token;
    int64_t now, expires_at;
    NewToken made;
    Identity identity;
    TokenList list;
} Step;

static Status create_job(Transaction *transaction, void *data) {
    Step *step = data;
    return token_create(transaction, step->arena, step->user, step->name, step->now,
                        step->expires_at, &step->made);
}

static Status find_job(Transaction *transaction, void *data) {
    Step *step = data;
    return token_find(transaction, step->arena, step->token, step->now, &step->identity);
}

static Status touch_job(Transaction *transaction, void *data) {
    Step *step = data;
    return token_touch(transaction, step->id, step->now);
}

static Status revoke_job(Transaction *transaction, void *data) {
    Step *step = data;
    return token_revoke(transaction, step->user, step->id, step->now);
}

static Status revoke_all_job(Transaction *transaction, void *data) {
    Step *step = data;
    return token_revoke_all(transaction, step->user, step->now);
}

static Status list_job(Transaction *transaction, void *data) {
    Step *step = data;
    return token_list(transaction, step->arena, step->user, &step->list);
}

static Status find(Fixture *fixture, Step *step, Str token, int64_t now) {
    step->token = token;
    step->now = now;
    return store_read(fixture->store, find_job, step);
}

static void a_token_stands_for_its_maker_until_revoked(void **state) {
    Fixture *fixture = *state;
    Arena *arena CLEANUP(arena_drop) = arena_new();
    auth_make_tables(fixture);
    Id user = auth_add_user(fixture, "tanaka", true), other = auth_add_user(fixture, "wang", true);
    Step step = {.arena = arena, .user = user, .name = STR(" 夜間の同期 "), .now = NOW};
    assert_int_equal(store_write(fixture->store, create_job, &step), STATUS_OK);
    NewToken made = step.made;
    assert_true(str_starts(made.token, STR("ondo_")));
    assert_int_equal(made.token.size, 48);
    assert_int_equal(find(fixture, &step, made.token, NOW), STATUS_OK);
    assert_true(id_equal(step.identity.user, user));
    assert_true(id_equal(step.identity.token, made.id));
    assert_true(id_none(step.identity.session) && str_empty(step.identity.csrf));
    assert_int_equal(find(fixture, &step, str_part(made.token, 5, 43), NOW),
                     STATUS_UNAUTHENTICATED);
    assert_int_equal(find(fixture, &step, STR(""), NOW), STATUS_UNAUTHENTICATED);
    step.user = other;
    step.id = made.id;
    assert_int_equal(store_write(fixture->store, revoke_job, &step), STATUS_NOT_FOUND);
    step.user = user;
    assert_int_equal(store_write(fixture->store, revoke_job, &step), STATUS_OK);
    assert_int_equal(store_write(fixture->store, revoke_job, &step), STATUS_NOT_FOUND);
    assert_int_equal(find(fixture, &step, made.token, NOW), STATUS_UNAUTHENTICATED);
}

static void tokens_expire_and_go_with_their_maker(void **state) {
    Fixture *fixture = *state;
    Arena *arena CLEANUP(arena_drop) = arena_new();
    auth_make_tables(fixture);
    Step step = {.arena = arena, .name = STR("sync"), .now = NOW, .expires_at = NOW + 1000};
    step.user = auth_add_user(fixture, "tanaka", true);
    assert_int_equal(store_write(fixture->store, create_job, &step), STATUS_OK);
    Str token = step.made.token;
    assert_int_equal(find(fixture, &step, token, NOW + 999), STATUS_OK);
    assert_int_equal(find(fixture, &step, token, NOW + 1000), STATUS_UNAUTHENTICATED);
    fixture_ddl(fixture, "UPDATE \"user\" SET \"active\" = FALSE");
    assert_int_equal(find(fixture, &step, token, NOW), STATUS_UNAUTHENTICATED);
}

static void use_is_noted_to_the_minute(void **state) {
    Fixture *fixture = *state;
    Arena *arena CLEANUP(arena_drop) = arena_new();
    auth_make_tables(fixture);
    Step step = {.arena = arena, .name = STR("sync"), .now = NOW};
    step.user = auth_add_user(fixture, "tanaka", true);
    assert_int_equal(store_write(fixture->store, create_job, &step), STATUS_OK);
    step.id = step.made.id;
    assert_int_equal(find(fixture, &step, step.made.token, NOW), STATUS_OK);
    assert_true(step.identity.touch_due);
    assert_int_equal(store_write(fixture->store, touch_job, &step), STATUS_OK);
    assert_int_equal(find(fixture, &step, step.made.token, NOW + 59999), STATUS_OK);
    assert_false(step.identity.touch_due);
    assert_int_equal(store_read(fixture->store, list_job, &step), STATUS_OK);
    assert_int_equal(step.list.count, 1);
    assert_int_equal(step.list.entries[0].last_used_at, NOW);
    assert_int_equal(step.list.entries[0].expires_at, 0);
}

static void revoked_tokens_are_not_listed(void **state) {
    Fixture *fixture = *state;
    Arena *arena CLEANUP(arena_drop) = arena_new();
    auth_make_tables(fixture);
    Step step = {.arena = arena, .name = STR("a"), .now = NOW};
    step.user = auth_add_user(fixture, "tanaka", true);
    assert_int_equal(store_write(fixture->store, create_job, &step), STATUS_OK);
    step.id = step.made.id;
    step.name = STR("b");
    assert_int_equal(store_write(fixture->store, create_job, &step), STATUS_OK);
    assert_int_equal(store_write(fixture->store, revoke_job, &step), STATUS_OK);
    assert_int_equal(store_read(fixture->store, list_job, &step), STATUS_OK);
    assert_int_equal(step.list.count, 1);
    assert_true(str_is(step.list.entries[0].name, "b"));
    assert_int_equal(store_write(fixture->store, revoke_all_job, &step), STATUS_OK);
    assert_int_equal(find(fixture, &step, step.made.token, NOW), STATUS_UNAUTHENTICATED);
}

int main(void) {
    struct CMUnitTest tests[] = {
        cmocka_unit_test(a_token_stands_for_its_maker_until_revoked),
        cmocka_unit_test(tokens_expire_and_go_with_their_maker),
        cmocka_unit_test(use_is_noted_to_the_minute),
        cmocka_unit_test(revoked_tokens_are_not_listed),
    };
    return fixture_run_both("token", tests, sizeof tests / sizeof tests[0]);
}
