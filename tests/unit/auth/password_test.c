#include "password.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <time.h>

#include <cmocka.h>

#include "clock.h"

static Arena *arena;

static int set_up(void **state) {
    (void)state;
    arena = arena_new();
    return 0;
}

static int tear_down(void **state) {
    (void)state;
    arena_free(arena);
    return 0;
}

/* The code of the refusal, or "" when the password is taken. */
static const char *refusal(const char *password) {
    Problem problem = problem_new(arena);
    bool taken = password_acceptable(&problem, STR("/password"), str_of(password),
                                     STR("hanako.sato@example.com"), STR("佐藤 花子"));
    if (taken) {
        assert_int_equal(problem.count, 0);
        return "";
    }
    assert_int_equal(problem.count, 1);
    assert_true(str_is(problem.first->pointer, "/password"));
    return str_terminated(arena, problem.first->code);
}

static void good_passwords_are_taken(void **state) {
    (void)state;
    assert_string_equal(refusal("purple-lamp-41-river"), "");
    assert_string_equal(refusal("雨の日には本を読みましょう"), "");
    assert_string_equal(refusal("Xk9$mQ2!vB7w"), "");
    assert_string_equal(refusal("my tanaka is a good colleague"), "");
}

static void short_ones_are_refused_by_characters(void **state) {
    (void)state;
    assert_string_equal(refusal(""), "password_short");
    assert_string_equal(refusal("Xk9$mQ2!vB7"), "password_short");
    assert_string_equal(refusal("雨の日には本を読みます"), "password_short");
    assert_string_equal(refusal("👨‍👩‍👧‍👦👨‍👩‍👧‍👦"),
                        "password_short");
}

static void overlong_ones_are_refused(void **state) {
    (void)state;
    char text[1026] = {0};
    for (size_t i = 0; i < 1024; i++) text[i] = (char)('a' + (i * i) % 23);
    assert_string_equal(refusal(text), "");
    text[1024] = 'x';
    assert_string_equal(refusal(text), "password_long");
}

static void common_ones_are_refused(void **state) {
    (void)state;
    static const char *const common[] = {"passwordpassword",
                                         "Password1234!",
                                         "PASSWORD 2026",
                                         "qwertyuiop123",
                                         "1qaz2wsx3edc",
                                         "123456789012",
                                         "aaaaaaaaaaaa",
                                         "abababababab",
                                         "123412341234",
                                         "iloveyou2026",
                                         "Welcome2026!!",
                                         "ｐａｓｓｗｏｒｄ１２３４",
                                         "パスワードぱすわーどパスワード",
                                         "woaini1314520",
                                         "CorrectHorseBatteryStaple"};
    for (size_t i = 0; i < sizeof common / sizeof common[0]; i++) {
        if (strcmp(refusal(common[i]), "password_common") != 0) fail_msg("%s", common[i]);
    }
}

static void what_everyone_knows_is_refused(void **state) {
    (void)state;
    assert_string_equal(refusal("hanako.sato@example.com"), "password_same_as_login");
    assert_string_equal(refusal("Hanako.Sato2026!"), "password_same_as_login");
    assert_string_equal(refusal("佐藤花子佐藤花子佐藤花子"), "password_same_as_login");
    assert_string_equal(refusal("佐藤花子12345678"), "password_same_as_login");
}

static void hashes_verify(void **state) {
    (void)state;
    Str hash, again;
    Str password = STR("purple-lamp-41-river");
    assert_int_equal(password_hash(arena, password, &hash), STATUS_OK);
    assert_int_equal(password_hash(arena, password, &again), STATUS_OK);
    assert_true(str_starts(hash, STR("$argon2id$")));
    assert_false(str_equal(hash, again));
    assert_true(password_verify(hash, password));
    assert_true(password_verify(again, password));
    assert_false(password_verify(hash, STR("purple-lamp-41-rive")));
    assert_false(password_verify(hash, STR("purple-lamp-41-river ")));
    assert_false(password_verify(hash, STR("")));
    assert_false(password_is_outdated(hash));
    assert_true(password_is_outdated(STR("$argon2id$v=19$m=65536,t=2,p=1$c2FsdA$aGFzaA")));
}

static void compositions_of_a_character_are_one_password(void **state) {
    (void)state;
    Str hash;
    assert_int_equal(password_hash(arena, STR("がんばれ とうきょう café"), &hash), STATUS_OK);
    assert_true(password_verify(hash, STR("か\u3099んは\u3099れ とうきょう cafe\u0301")));
    assert_false(password_verify(hash, STR("かんばれ とうきょう café")));
}

static void nobody_has_no_password(void **state) {
    (void)state;
    assert_false(password_verify(STR(""), STR("")));
    assert_false(password_verify(STR(""), STR("x")));
    assert_false(password_verify(STR("not a hash"), STR("x")));
    char text[2000];
    memset(text, 'a', sizeof text);
    assert_false(password_verify(STR(""), (Str){.data = text, .size = sizeof text}));
}

static void overlong_passwords_are_never_right(void **state) {
    (void)state;
    char text[1025];
    Str hash;
    memset(text, 'a', sizeof text);
    assert_int_equal(password_hash(arena, (Str){.data = text, .size = 1024}, &hash), STATUS_OK);
    assert_true(password_verify(hash, (Str){.data = text, .size = 1024}));
    assert_false(password_verify(hash, (Str){.data = text, .size = 1025}));
}

/* What this process worked, in milliseconds: what else the machine does is left out. */
static int64_t worked(void) {
    return (int64_t)(clock() / (CLOCKS_PER_SEC / 1000));
}

static int64_t time_of_verify(Str hash) {
    int64_t best = INT64_MAX;
    for (int i = 0; i < 5; i++) {
        int64_t start = worked();
        assert_false(password_verify(hash, STR("wrong password here")));
        int64_t took = worked() - start;
        if (took < best) best = took;
    }
    return best;
}

static void nobody_takes_as_long_as_somebody(void **state) {
    (void)state;
    Str hash;
    assert_int_equal(password_hash(arena, STR("purple-lamp-41-river"), &hash), STATUS_OK);
    int64_t somebody = time_of_verify(hash), nobody = time_of_verify(STR(""));
    print_message("somebody %lld ms, nobody %lld ms\n", (long long)somebody, (long long)nobody);
    assert_true(nobody * 2 >= somebody && somebody * 2 >= nobody);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(good_passwords_are_taken),
        cmocka_unit_test(short_ones_are_refused_by_characters),
        cmocka_unit_test(overlong_ones_are_refused),
        cmocka_unit_test(common_ones_are_refused),
        cmocka_unit_test(what_everyone_knows_is_refused),
        cmocka_unit_test(hashes_verify),
        cmocka_unit_test(compositions_of_a_character_are_one_password),
        cmocka_unit_test(nobody_has_no_password),
        cmocka_unit_test(overlong_passwords_are_never_right),
        cmocka_unit_test(nobody_takes_as_long_as_somebody),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
