#include "session.h"

#include "auth_fixture.h"

/* The arguments of whichever job runs next, and what it gave. */
typedef struct Step {
    Arena *arena;
    Id user, session;
    Str token;
    int64_t now;
    SessionOrigin origin;
    NewSession made;
    Identity identity;
    SessionList list;
} Step;

static Status create_job(Transaction *transaction, void *data) {
    Step *step = data;
    return session_create(transaction, step->arena, step->user, step->now, &step->origin,
                          &step->made);
}

static Status find_job(Transaction *transaction, void *data) {
    Step *step = data;
    return session_find(transaction, step->arena, step->token, step->now, &step->identity);
}

static Status touch_job(Transaction *transaction, void *data) {
    Step *step = data;
    return session_touch(transaction, step->session, step->now);
}

static Status end_job(Transaction *transaction, void *data) {
    Step *step = data;
    return session_end(transaction, step->user, step->session);
}

static Status end_all_job(Transaction *transaction, void *data) {
    Step *step = data;
    return session_end_all(transaction, step->user, step->session);
}

static Status remove_job(Transaction *transaction, void *data) {
    Step *step = data;
    return session_remove_expired(transaction, step->now);
}

static Status list_job(Transaction *transaction, void *data) {
    Step *step = data;
    return session_list(transaction, step->arena, step->user, step->now, &step->list);
}

static NewSession create(Fixture *fixture, Step *step, Id user, int64_t now) {
    step->user = user;
    step->now = now;
    assert_int_equal(store_write(fixture->store, create_job, step), STATUS_OK);
    return step->made;
}

static Status find(Fixture *fixture, Step *step, Str token, int64_t now) {
    step->token = token;
    step->now = now;
    return store_read(fixture->store, find_job, step);
}

static void a_session_is_found_by_its_token_only(void **state) {
    Fixture *fixture = *state;
    Arena *arena CLEANUP(arena_drop) = arena_new();
    Step step = {.arena = arena};
    auth_make_tables(fixture);
    Id user = auth_add_user(fixture, "tanaka", true);
    NewSession made = create(fixture, &step, user, NOW);
    assert_int_equal(made.token.size, 43);
    assert_int_equal(made.expires_at, NOW + SESSION_LIMIT);
    assert_int_equal(find(fixture, &step, made.token, NOW + 1), STATUS_OK);
    assert_true(id_equal(step.identity.user, user));
    assert_true(id_equal(step.identity.session, made.id));
    assert_true(id_none(step.identity.token) && id_none(step.identity.team));
    assert_true(str_is(step.identity.login, "tanaka"));
    assert_true(str_is(step.identity.name, "田中 太郎"));
    assert_true(str_is(step.identity.role, "mr"));
    assert_true(str_is(step.identity.zone, "Asia/Tokyo"));
    assert_int_equal(step.identity.lang, LANG_JA);
    assert_true(str_equal(step.identity.csrf, made.csrf));
    assert_false(str_equal(made.csrf, made.token));
    assert_false(step.identity.must_change_password || step.identity.touch_due);
    assert_int_equal(find(fixture, &step, STR(""), NOW), STATUS_UNAUTHENTICATED);
    assert_int_equal(find(fixture, &step, made.csrf, NOW), STATUS_UNAUTHENTICATED);
    assert_int_equal(find(fixture, &step, str_join(arena, made.token, STR("A")), NOW),
                     STATUS_UNAUTHENTICATED);
}

static void the_database_holds_no_token(void **state) {
    Fixture *fixture = *state;
    Arena *arena CLEANUP(arena_drop) = arena_new();
    Step step = {.arena = arena};
    auth_make_tables(fixture);
    NewSession made = create(fixture, &step, auth_add_user(fixture, "tanaka", true), NOW);
    Str sql = str_format(arena,
                         "SELECT count(*) FROM \"session\" WHERE CAST(\"token_hash\" AS text) LIKE"
                         " '%%%.*s%%' OR \"csrf\" = '%.*s'",
                         STR_ARGS(made.token), STR_ARGS(made.token));
    assert_int_equal(fixture_count(fixture->store, sql.data), 0);
}

static void sessions_expire_when_idle_and_in_the_end(void **state) {
    Fixture *fixture = *state;
    Arena *arena CLEANUP(arena_drop) = arena_new();
    Step step = {.arena = arena};
    auth_make_tables(fixture);
    NewSession made = create(fixture, &step, auth_add_user(fixture, "tanaka", true), NOW);
    assert_int_equal(find(fixture, &step, made.token, NOW + 12 * CLOCK_HOUR - 1), STATUS_OK);
    assert_true(step.identity.touch_due);
    assert_int_equal(find(fixture, &step, made.token, NOW + 12 * CLOCK_HOUR),
                     STATUS_UNAUTHENTICATED);
    /* Used every eleven hours it lives, though not beyond thirty days. */
    step.session = made.id;
    int64_t now = NOW;
    for (; now < NOW + 30 * CLOCK_DAY; now += 11 * CLOCK_HOUR) {
        assert_int_equal(find(fixture, &step, made.token, now), STATUS_OK);
        assert_int_equal(store_write(fixture->store, touch_job, &step), STATUS_OK);
    }
    assert_int_equal(find(fixture, &step, made.token, NOW + 30 * CLOCK_DAY - 1), STATUS_OK);
    assert_int_equal(find(fixture, &step, made.token, NOW + 30 * CLOCK_DAY),
                     STATUS_UNAUTHENTICATED);
    assert_int_equal(store_write(fixture->store, remove_job, &step), STATUS_OK);
    assert_int_equal(fixture_count(fixture->store, "SELECT count(*) FROM session"), 0);
}

static void touching_is_due_every_five_minutes(void **state) {
    Fixture *fixture = *state;
    Arena *arena CLEANUP(arena_drop) = arena_new();
    Step step = {.arena = arena};
    auth_make_tables(fixture);
    NewSession made = create(fixture, &step, auth_add_user(fixture, "tanaka", true), NOW);
    step.session = made.id;
    assert_int_equal(find(fixture, &step, made.token, NOW + 5 * CLOCK_MINUTE - 1), STATUS_OK);
    assert_false(step.identity.touch_due);
    assert_int_equal(find(fixture, &step, made.token, NOW + 5 * CLOCK_MINUTE), STATUS_OK);
    assert_true(step.identity.touch_due);
    assert_int_equal(store_write(fixture->store, touch_job, &step), STATUS_OK);
    assert_int_equal(find(fixture, &step, made.token, NOW + 6 * CLOCK_MINUTE), STATUS_OK);
    assert_false(step.identity.touch_due);
}

static void the_disabled_and_deleted_have_no_sessions(void **state) {
    Fixture *fixture = *state;
    Arena *arena CLEANUP(arena_drop) = arena_new();
    Step step = {.arena = arena};
    auth_make_tables(fixture);
    NewSession made = create(fixture, &step, auth_add_user(fixture, "tanaka", true), NOW);
    fixture_ddl(fixture, "UPDATE \"user\" SET \"active\" = FALSE");
    assert_int_equal(find(fixture, &step, made.token, NOW), STATUS_UNAUTHENTICATED);
    fixture_ddl(fixture, "UPDATE \"user\" SET \"active\" = TRUE, \"deleted_at\" = 1");
    assert_int_equal(find(fixture, &step, made.token, NOW), STATUS_UNAUTHENTICATED);
    fixture_ddl(fixture, "UPDATE \"user\" SET \"deleted_at\" = NULL");
    assert_int_equal(find(fixture, &step, made.token, NOW), STATUS_OK);
}

static void people_end_their_own_sessions(void **state) {
    Fixture *fixture = *state;
    Arena *arena CLEANUP(arena_drop) = arena_new();
    Step step = {.arena = arena};
    auth_make_tables(fixture);
    Id tanaka = auth_add_user(fixture, "tanaka", true), wang = auth_add_user(fixture, "wang", true);
    NewSession first = create(fixture, &step, tanaka, NOW);
    NewSession second = create(fixture, &step, tanaka, NOW);
    NewSession third = create(fixture, &step, tanaka, NOW);
    NewSession other = create(fixture, &step, wang, NOW);
    step.user = wang;
    step.session = first.id;
    assert_int_equal(store_write(fixture->store, end_job, &step), STATUS_NOT_FOUND);
    step.user = tanaka;
    assert_int_equal(store_write(fixture->store, end_job, &step), STATUS_OK);
    assert_int_equal(store_write(fixture->store, end_job, &step), STATUS_NOT_FOUND);
    assert_int_equal(find(fixture, &step, first.token, NOW), STATUS_UNAUTHENTICATED);
    step.session = second.id;
    assert_int_equal(store_write(fixture->store, end_all_job, &step), STATUS_OK);
    assert_int_equal(find(fixture, &step, second.token, NOW), STATUS_OK);
    assert_int_equal(find(fixture, &step, third.token, NOW), STATUS_UNAUTHENTICATED);
    assert_int_equal(find(fixture, &step, other.token, NOW), STATUS_OK);
    step.session = (Id){0};
    assert_int_equal(store_write(fixture->store, end_all_job, &step), STATUS_OK);
    assert_int_equal(find(fixture, &step, second.token, NOW), STATUS_UNAUTHENTICATED);
}

static void people_see_where_they_are_signed_in(void **state) {
    Fixture *fixture = *state;
    Arena *arena CLEANUP(arena_drop) = arena_new();
    char agent[5000];
    memset(agent, 'a', sizeof agent);
    memcpy(agent + 299, "田", 3);
    Step step = {.arena = arena};
    auth_make_tables(fixture);
    Id user = auth_add_user(fixture, "tanaka", true);
    step.origin = (SessionOrigin){.address = STR("192.0.2.7"), .user_agent = STR("Mozilla \xFF")};
    create(fixture, &step, user, NOW);
    step.origin = (SessionOrigin){.user_agent = {.data = agent, .size = sizeof agent}};
    create(fixture, &step, user, NOW + 1000);
    create(fixture, &step, auth_add_user(fixture, "wang", true), NOW);
    step.user = user;
    assert_int_equal(store_read(fixture->store, list_job, &step), STATUS_OK);
    assert_int_equal(step.list.count, 2);
    assert_int_equal(step.list.entries[0].created_at, NOW + 1000);
    assert_int_equal(step.list.entries[0].user_agent.size, 299);
    assert_true(str_is(step.list.entries[1].address, "192.0.2.7"));
    assert_true(str_is(step.list.entries[1].user_agent, "Mozilla \uFFFD"));
}

int main(void) {
    struct CMUnitTest tests[] = {
        cmocka_unit_test(a_session_is_found_by_its_token_only),
        cmocka_unit_test(the_database_holds_no_token),
        cmocka_unit_test(sessions_expire_when_idle_and_in_the_end),
        cmocka_unit_test(touching_is_due_every_five_minutes),
        cmocka_unit_test(the_disabled_and_deleted_have_no_sessions),
        cmocka_unit_test(people_end_their_own_sessions),
        cmocka_unit_test(people_see_where_they_are_signed_in),
    };
    return fixture_run_both("session", tests, sizeof tests / sizeof tests[0]);
}
