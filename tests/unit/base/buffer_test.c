/* Bytes that grow. */
#include "buffer.h"

#include "base_fixture.h"

static void bytes_stay_in_order_while_it_grows(void **state) {
    Buffer buffer CLEANUP(buffer_free) = {0};
    (void)state;
    for (int i = 0; i < 100000; i++) buffer_add_byte(&buffer, (char)(i % 251));
    assert_int_equal(buffer.size, 100000);
    assert_true(buffer.capacity >= buffer.size);
    for (int i = 0; i < 100000; i++) assert_int_equal(buffer.data[i], (char)(i % 251));
}

static void integers_are_written_to_both_ends(void **state) {
    static const struct {
        int64_t value;
        const char *text;
    } CASES[] = {{0, "0"},
                 {-1, "-1"},
                 {10, "10"},
                 {-907, "-907"},
                 {INT64_MAX, "9223372036854775807"},
                 {INT64_MIN, "-9223372036854775808"}};
    (void)state;
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        Buffer buffer CLEANUP(buffer_free) = {0};
        buffer_add_integer(&buffer, CASES[i].value);
        assert_str(buffer_str(&buffer), CASES[i].text);
    }
}

static void formatted_text_joins_and_is_not_cut(void **state) {
    Buffer buffer CLEANUP(buffer_free) = {0};
    (void)state;
    buffer_add(&buffer, STR("a="));
    buffer_format(&buffer, "%d, %s", 7, "b");
    assert_str(buffer_str(&buffer), "a=7, b");
    buffer_format(&buffer, "%5000d", 1);
    assert_int_equal(buffer.size, 6 + 5000);
    assert_int_equal(buffer.data[buffer.size - 1], '1');
}

static void empty_text_needs_no_memory(void **state) {
    Buffer buffer CLEANUP(buffer_free) = {0};
    (void)state;
    buffer_add(&buffer, (Str){0});
    assert_null(buffer.data);
    assert_int_equal(buffer_str(&buffer).size, 0);
}

static void a_freed_buffer_is_usable_again(void **state) {
    Buffer buffer CLEANUP(buffer_free) = {0};
    (void)state;
    buffer_add(&buffer, STR("old"));
    buffer_free(&buffer);
    assert_int_equal(buffer.size + buffer.capacity, 0);
    buffer_add(&buffer, STR("new"));
    assert_str(buffer_str(&buffer), "new");
    size_t capacity = buffer.capacity;
    buffer_clear(&buffer);
    assert_int_equal(buffer.size, 0);
    assert_int_equal(buffer.capacity, capacity);
}

static void room_is_there_before_it_is_used(void **state) {
    Buffer buffer CLEANUP(buffer_free) = {0};
    (void)state;
    buffer_add(&buffer, STR("x"));
    memset(buffer_room(&buffer, 1000), 'y', 1000);
    assert_int_equal(buffer.size, 1);
    buffer.size += 1000;
    assert_int_equal(buffer_str(&buffer).data[1000], 'y');
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(bytes_stay_in_order_while_it_grows),
        cmocka_unit_test(integers_are_written_to_both_ends),
        cmocka_unit_test(formatted_text_joins_and_is_not_cut),
        cmocka_unit_test(empty_text_needs_no_memory),
        cmocka_unit_test(a_freed_buffer_is_usable_again),
        cmocka_unit_test(room_is_there_before_it_is_used),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
