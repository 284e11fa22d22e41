#include "random.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

static void same_stream_gives_the_same_numbers(void **state) {
    (void)state;
    Random one = random_stream(7, 3, 11), other = random_stream(7, 3, 11);
    for (int i = 0; i < 100; i++) assert_true(random_next(&one) == random_next(&other));
}

static void streams_differ_by_seed_kind_and_index(void **state) {
    (void)state;
    const Random streams[] = {random_stream(1, 2, 3), random_stream(2, 2, 3),
                              random_stream(1, 3, 3), random_stream(1, 2, 4),
                              random_stream(2, 1, 3), random_stream(3, 2, 1)};
    for (size_t i = 0; i < 6; i++) {
        for (size_t j = i + 1; j < 6; j++) {
            Random one = streams[i], other = streams[j];
            assert_true(random_next(&one) != random_next(&other));
        }
    }
}

static void draws_stay_in_bounds_and_reach_them(void **state) {
    (void)state;
    Random random = random_stream(1, 1, 1);
    int seen[5] = {0};
    for (int i = 0; i < 5000; i++) {
        assert_in_range(random_below(&random, 7), 0, 6);
        seen[random_between(&random, -2, 2) + 2]++;
        double unit = random_unit(&random);
        assert_true(unit >= 0 && unit < 1);
    }
    for (int i = 0; i < 5; i++) assert_in_range(seen[i], 800, 1200);
    assert_int_equal(random_below(&random, 0), 0);
}

static void identifiers_are_uuid_version_7_in_order_of_time(void **state) {
    (void)state;
    const int64_t at = INT64_C(0x0192A3B4C5D6);
    Id id = random_id(1, 2, 3, at), later = random_id(1, 2, 2, at + 1);
    char text[ID_TEXT_SIZE];
    id_write(id, text);
    assert_memory_equal(text, "0192a3b4-c5d6-7", 15);
    assert_non_null(strchr("89ab", text[19]));
    assert_true(memcmp(id.bytes, later.bytes, sizeof id.bytes) < 0);
    assert_true(id_equal(id, random_id(1, 2, 3, at)));
    assert_false(id_equal(id, random_id(1, 2, 4, at)));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(same_stream_gives_the_same_numbers),
        cmocka_unit_test(streams_differ_by_seed_kind_and_index),
        cmocka_unit_test(draws_stay_in_bounds_and_reach_them),
        cmocka_unit_test(identifiers_are_uuid_version_7_in_order_of_time),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
