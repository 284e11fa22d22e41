/* Values: equality and copies. */
#include "value.h"

#include "base_fixture.h"

static void values_equal_only_their_own_kind(void **state) {
    Id id = {{1, 2, 3}};
    const Value values[] = {
        value_null(),         value_boolean(false), value_boolean(true),   value_integer(0),
        value_integer(1),     value_decimal(0),     value_decimal(1),      value_text(STR("")),
        value_text(STR("0")), value_bytes(STR("")), value_bytes(STR("0")), value_id((Id){{0}}),
        value_id(id),
    };
    (void)state;
    for (size_t i = 0; i < sizeof values / sizeof *values; i++) {
        for (size_t j = 0; j < sizeof values / sizeof *values; j++) {
            assert_int_equal(value_equal(&values[i], &values[j]), i == j);
        }
    }
}

static void copies_do_not_share_their_text(void **state) {
    char text[] = "before";
    Value value = value_text(str_of(text));
    Value copy = value_copy(*state, &value);
    text[0] = 'B';
    assert_str(copy.text, "before");
    Value bytes = value_bytes((Str){.data = "a\0b", .size = 3});
    copy = value_copy(*state, &bytes);
    assert_true(value_equal(&copy, &bytes));
    assert_ptr_not_equal(copy.text.data, bytes.text.data);
}

static void the_identifier_none_is_null(void **state) {
    (void)state;
    assert_int_equal(value_id_or_null((Id){{0}}).kind, VALUE_NULL);
    assert_int_equal(value_id_or_null((Id){{0, 1}}).kind, VALUE_ID);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(values_equal_only_their_own_kind),
        ARENA_TEST(copies_do_not_share_their_text),
        cmocka_unit_test(the_identifier_none_is_null),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
