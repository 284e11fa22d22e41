#include "sign_in.h"

#include <sodium.h>

#include "auth_fixture.h"
#include "sign_in_delay.h"

static Arena *arena;

/* The code of the last refusal, and its first argument. */
static const char *code, *argument;

static Status attempt(Fixture *fixture, const char *login, const char *password,
                      const char *address, int64_t now, NewSession *out) {
    Problem problem = problem_new(arena);
    SignIn asked = {.login = str_of(login),
                    .password = str_of(password),
                    .origin = {.address = str_of(address), .user_agent = STR("test")},
                    .now = now};
    Status status = sign_in(fixture->store, &asked, &problem, out);
    code = problem.first ? str_terminated(arena, problem.first->code) : "";
    argument = problem.first ? str_terminated(arena, problem.first->arguments[0]) : "";
    return status;
}

static Status tries(Fixture *fixture, const char *login, const char *password, int64_t now) {
    NewSession made;
    return attempt(fixture, login, password, "192.0.2.1", now, &made);
}

static Id make_user(Fixture *fixture, const char *login, bool active) {
    Id user = auth_add_user(fixture, login, active);
    auth_set_password(fixture, user, PASSWORD, CREDENTIAL_OWN);
    return user;
}

typedef struct Found {
    Str token;
    Identity identity;
} Found;

static Status find_job(Transaction *transaction, void *data) {
    Found *found = data;
    return session_find(transaction, arena, found->token, NOW, &found->identity);
}

static void the_right_password_begins_a_session(void **state) {
    Fixture *fixture = *state;
    NewSession made;
    auth_make_tables(fixture);
    Id user = make_user(fixture, "tanaka", true);
    assert_int_equal(attempt(fixture, "tanaka", PASSWORD, "192.0.2.1", NOW, &made), STATUS_OK);
    assert_true(id_equal(made.user, user));
    assert_false(made.must_change_password);
    Found found = {.token = made.token};
    assert_int_equal(store_read(fixture->store, find_job, &found), STATUS_OK);
    assert_true(str_is(found.identity.login, "tanaka"));
    assert_int_equal(tries(fixture, " ＴＡＮＡＫＡ ", PASSWORD, NOW), STATUS_OK);
}

static void wrong_login_and_wrong_password_look_alike(void **state) {
    Fixture *fixture = *state;
    auth_make_tables(fixture);
    make_user(fixture, "tanaka", true);
    auth_add_user(fixture, "without-password", true);
    assert_int_equal(tries(fixture, "tanaka", "not the password", NOW), STATUS_UNAUTHENTICATED);
    assert_string_equal(code, "sign_in");
    assert_int_equal(tries(fixture, "nobody", PASSWORD, NOW), STATUS_UNAUTHENTICATED);
    assert_string_equal(code, "sign_in");
    assert_int_equal(tries(fixture, "without-password", "", NOW), STATUS_UNAUTHENTICATED);
    assert_string_equal(code, "sign_in");
    assert_int_equal(tries(fixture, "", "", NOW), STATUS_UNAUTHENTICATED);
    assert_int_equal(tries(fixture, "' OR 1=1 --", "' OR 1=1 --", NOW), STATUS_UNAUTHENTICATED);
    assert_int_equal(tries(fixture, "\xFF\xFE", "\xFF", NOW), STATUS_UNAUTHENTICATED);
    assert_int_equal(fixture_count(fixture->store, "SELECT count(*) FROM session"), 0);
}

static void the_disabled_hear_of_it_only_with_the_right_password(void **state) {
    Fixture *fixture = *state;
    auth_make_tables(fixture);
    make_user(fixture, "former", false);
    assert_int_equal(tries(fixture, "former", "not the password", NOW), STATUS_UNAUTHENTICATED);
    assert_int_equal(tries(fixture, "former", PASSWORD, NOW), STATUS_DENIED);
    assert_string_equal(code, "sign_in_disabled");
    assert_int_equal(fixture_count(fixture->store, "SELECT count(*) FROM session"), 0);
}

/* Fails once more as soon as it is allowed; the wait that follows, in seconds. */
static int64_t fail_and_wait(Fixture *fixture, const char *login, int64_t *now) {
    int64_t seconds = 0;
    assert_int_equal(tries(fixture, login, "not the password", *now), STATUS_UNAUTHENTICATED);
    Status status = tries(fixture, login, PASSWORD, *now);
    assert_int_equal(status, STATUS_LIMITED);
    assert_string_equal(code, "limited");
    assert_true(str_to_integer(str_of(argument), &seconds));
    *now += seconds * CLOCK_SECOND;
    return seconds;
}

static void delays_grow_from_the_third_failure_on(void **state) {
    static const int64_t delays[] = {1, 2, 4, 8, 16, 32, 64, 128, 256, 300, 300};
    Fixture *fixture = *state;
    int64_t now = NOW;
    auth_make_tables(fixture);
    make_user(fixture, "tanaka", true);
    assert_int_equal(tries(fixture, "tanaka", "not the password", now), STATUS_UNAUTHENTICATED);
    assert_int_equal(tries(fixture, "ｔａｎａｋａ", "not the password", now),
                     STATUS_UNAUTHENTICATED);
    for (size_t i = 0; i < sizeof delays / sizeof delays[0]; i++) {
        assert_int_equal(fail_and_wait(fixture, "TANAKA", &now), delays[i]);
    }
    assert_int_equal(tries(fixture, "tanaka", PASSWORD, now - 1), STATUS_LIMITED);
    assert_string_equal(argument, "1");
    assert_int_equal(tries(fixture, "tanaka", PASSWORD, now), STATUS_OK);
    /* Success forgets. */
    assert_int_equal(tries(fixture, "tanaka", "not the password", now), STATUS_UNAUTHENTICATED);
    assert_int_equal(tries(fixture, "tanaka", PASSWORD, now), STATUS_OK);
    assert_int_equal(fixture_count(fixture->store, "SELECT max(failed_count) FROM credential"), 0);
}

static void unknown_logins_are_delayed_too(void **state) {
    Fixture *fixture = *state;
    int64_t now = NOW;
    auth_make_tables(fixture);
    for (int i = 0; i < 2; i++)
        assert_int_equal(tries(fixture, "x", "y", now), STATUS_UNAUTHENTICATED);
    assert_int_equal(fail_and_wait(fixture, "x", &now), 1);
    assert_int_equal(fail_and_wait(fixture, "x", &now), 2);
}

static void failures_survive_a_restart_and_are_forgotten_after_a_day(void **state) {
    Fixture *fixture = *state;
    int64_t now = NOW;
    auth_make_tables(fixture);
    make_user(fixture, "tanaka", true);
    for (int i = 0; i < 3; i++) {
        assert_int_equal(tries(fixture, "tanaka", "wrong", now), STATUS_UNAUTHENTICATED);
    }
    store_close(fixture->store);
    assert_int_equal(fixture_open(fixture->database, &fixture->store), STATUS_OK);
    assert_int_equal(tries(fixture, "tanaka", PASSWORD, now), STATUS_LIMITED);
    now += CLOCK_DAY + 1;
    assert_int_equal(tries(fixture, "tanaka", "wrong", now), STATUS_UNAUTHENTICATED);
    assert_int_equal(tries(fixture, "tanaka", PASSWORD, now), STATUS_OK);
}

static Status twenty_failures_job(Transaction *transaction, void *data) {
    (void)data;
    for (int i = 0; i < 20; i++) {
        SignInKeys keys = sign_in_keys(arena, str_format(arena, "user%d", i), STR("192.0.2.1"));
        TRY(sign_in_delay_add(transaction, &keys, NOW));
    }
    return STATUS_OK;
}

static Status remove_old_job(Transaction *transaction, void *data) {
    return sign_in_delay_remove_old(transaction, *(int64_t *)data);
}

static void an_address_that_guesses_many_logins_is_delayed(void **state) {
    Fixture *fixture = *state;
    NewSession made;
    auth_make_tables(fixture);
    make_user(fixture, "tanaka", true);
    assert_int_equal(store_write(fixture->store, twenty_failures_job, NULL), STATUS_OK);
    assert_int_equal(tries(fixture, "tanaka", PASSWORD, NOW), STATUS_LIMITED);
    assert_int_equal(attempt(fixture, "tanaka", PASSWORD, "192.0.2.2", NOW, &made), STATUS_OK);
    assert_int_equal(tries(fixture, "tanaka", PASSWORD, NOW + 1000), STATUS_OK);
    int64_t later = NOW + 2 * CLOCK_DAY;
    assert_int_equal(store_write(fixture->store, remove_old_job, &later), STATUS_OK);
    assert_int_equal(fixture_count(fixture->store, "SELECT count(*) FROM sign_in_attempt"), 0);
}

static void handed_out_passwords_must_be_changed(void **state) {
    Fixture *fixture = *state;
    NewSession made;
    auth_make_tables(fixture);
    Id user = auth_add_user(fixture, "tanaka", true);
    auth_set_password(fixture, user, PASSWORD, CREDENTIAL_HANDED_OUT);
    assert_int_equal(attempt(fixture, "tanaka", PASSWORD, "", NOW, &made), STATUS_OK);
    assert_true(made.must_change_password);
    Found found = {.token = made.token};
    assert_int_equal(store_read(fixture->store, find_job, &found), STATUS_OK);
    assert_true(found.identity.must_change_password);
    auth_set_password(fixture, user, "another good one 42", CREDENTIAL_OWN);
    assert_int_equal(tries(fixture, "tanaka", PASSWORD, NOW), STATUS_UNAUTHENTICATED);
    assert_int_equal(attempt(fixture, "tanaka", "another good one 42", "", NOW, &made), STATUS_OK);
    assert_false(made.must_change_password);
    assert_int_equal(credential_verify(fixture->store, user, STR("another good one 42")),
                     STATUS_OK);
    assert_int_equal(credential_verify(fixture->store, user, STR(PASSWORD)),
                     STATUS_UNAUTHENTICATED);
    assert_int_equal(credential_verify(fixture->store, id_new(NOW), STR(PASSWORD)),
                     STATUS_UNAUTHENTICATED);
}

/* A hash of another cost is made anew when its password comes by. */
static void outdated_hashes_are_renewed(void **state) {
    Fixture *fixture = *state;
    char old[crypto_pwhash_STRBYTES] = {0};
    auth_make_tables(fixture);
    assert_int_equal(crypto_pwhash_str(old, "x" PASSWORD "x", sizeof "x" PASSWORD "x" - 1,
                                       crypto_pwhash_OPSLIMIT_MIN, crypto_pwhash_MEMLIMIT_MIN),
                     0);
    SetPassword set = {.user = auth_add_user(fixture, "tanaka", true), .hash = str_of(old)};
    assert_int_equal(store_write(fixture->store, auth_set_password_job, &set), STATUS_OK);
    assert_int_equal(tries(fixture, "tanaka", PASSWORD, NOW), STATUS_OK);
    assert_int_equal(fixture_count(fixture->store,
                                   "SELECT count(*) FROM credential"
                                   " WHERE password_hash LIKE '%m=32768,t=4%'"),
                     1);
    assert_int_equal(tries(fixture, "tanaka", PASSWORD, NOW), STATUS_OK);
}

int main(void) {
    struct CMUnitTest tests[] = {
        cmocka_unit_test(the_right_password_begins_a_session),
        cmocka_unit_test(wrong_login_and_wrong_password_look_alike),
        cmocka_unit_test(the_disabled_hear_of_it_only_with_the_right_password),
        cmocka_unit_test(delays_grow_from_the_third_failure_on),
        cmocka_unit_test(unknown_logins_are_delayed_too),
        cmocka_unit_test(failures_survive_a_restart_and_are_forgotten_after_a_day),
        cmocka_unit_test(an_address_that_guesses_many_logins_is_delayed),
        cmocka_unit_test(handed_out_passwords_must_be_changed),
        cmocka_unit_test(outdated_hashes_are_renewed),
    };
    arena = arena_new();
    int failed = fixture_run_both("sign_in", tests, sizeof tests / sizeof tests[0]);
    arena_free(arena);
    return failed;
}
