/* Cursors: they come back whole, and only to the list they are of. */
#include "cursor.h"

#include "../base/base_fixture.h"

static Cursor sample(void) {
    return (Cursor){.values = {value_text(STR("山\"\n")), value_integer(INT64_MIN),
                               value_bytes((Str){.data = "\x00\xFF\x80", .size = 3}), value_null()},
                    .count = 4,
                    .id = {{1, 2, 3}}};
}

static void every_kind_of_value_comes_back(void **state) {
    const Value values[] = {value_boolean(true), value_decimal(0.1),   value_decimal(5),
                            value_id((Id){{7}}), value_bytes(STR("")), value_text(STR(""))};
    Cursor cursor = sample(), back;
    assert_true(cursor_read(*state, cursor_write(*state, STR("person+name"), &cursor),
                            STR("person+name"), &back));
    assert_int_equal(back.count, 4);
    assert_true(id_equal(back.id, cursor.id));
    for (size_t i = 0; i < 4; i++) assert_true(value_equal(&back.values[i], &cursor.values[i]));
    for (size_t i = 0; i < sizeof values / sizeof *values; i++) {
        Cursor one = {.values = {values[i]}, .count = 1};
        assert_true(cursor_read(*state, cursor_write(*state, STR("x"), &one), STR("x"), &back));
        assert_true(value_equal(&back.values[0], &values[i]));
    }
}

static void a_cursor_is_text_for_an_address(void **state) {
    Cursor cursor = sample();
    Str text = cursor_write(*state, STR("person"), &cursor);
    for (size_t i = 0; i < text.size; i++) {
        assert_non_null(strchr("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_",
                               text.data[i]));
    }
}

static void a_cursor_of_another_list_is_refused(void **state) {
    Cursor cursor = sample(), back = {.count = 77};
    Str text = cursor_write(*state, STR("person+name"), &cursor);
    assert_false(cursor_read(*state, text, STR("person-name"), &back));
    assert_false(cursor_read(*state, text, STR(""), &back));
    assert_int_equal(back.count, 77);
}

static void damaged_cursors_are_refused_without_harm(void **state) {
    static const char *const BAD[] = {"", "a", "!!!!", "bnVsbA", "W10", "WyJ4Il0", "e30", "%20"};
    Cursor cursor = sample(), back;
    Str text = cursor_write(*state, STR("x"), &cursor);
    for (size_t i = 0; i < sizeof BAD / sizeof *BAD; i++) {
        assert_false(cursor_read(*state, str_of(BAD[i]), STR("x"), &back));
    }
    for (size_t size = 0; size < text.size; size++) {
        assert_false(cursor_read(*state, str_part(text, 0, size), STR("x"), &back));
    }
    for (size_t i = 0; i < text.size; i++) { /* whatever it says now, it must not crash */
        char *changed = str_terminated(*state, text);
        changed[i] = changed[i] == 'A' ? 'B' : 'A';
        bool read = cursor_read(*state, str_of(changed), STR("x"), &back);
        assert_true(!read || back.count <= CURSOR_VALUES_MOST);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        ARENA_TEST(every_kind_of_value_comes_back),
        ARENA_TEST(a_cursor_is_text_for_an_address),
        ARENA_TEST(a_cursor_of_another_list_is_refused),
        ARENA_TEST(damaged_cursors_are_refused_without_harm),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
