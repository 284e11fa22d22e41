/* Memory of a purpose: aligned, kept until rewound, and poisoned afterwards. */
#include "base_fixture.h"

#include <stdalign.h>
#include <stdint.h>

#if defined(__SANITIZE_ADDRESS__)
#include <sanitizer/asan_interface.h>
#endif

static void what_is_taken_is_aligned_and_apart(void **state) {
    static const size_t SIZES[] = {0, 1, 7, 8, 15, 16, 17, 100, 5000, 20000, 3 * 1024 * 1024};
    enum { COUNT = sizeof SIZES / sizeof *SIZES };
    unsigned char *taken[COUNT];
    for (size_t i = 0; i < COUNT; i++) {
        taken[i] = arena_take(*state, SIZES[i]);
        assert_non_null(taken[i]);
        assert_int_equal((uintptr_t)taken[i] % alignof(max_align_t), 0);
        memset(taken[i], (int)i, SIZES[i]);
    }
    for (size_t i = 0; i < COUNT; i++) {
        for (size_t at = 0; at < SIZES[i]; at++) assert_int_equal(taken[i][at], i);
    }
}

static void zeroed_memory_is_zero_even_when_used_before(void **state) {
    ArenaMark mark = arena_mark(*state);
    memset(arena_take(*state, 4000), 0xAA, 4000);
    arena_rewind(*state, mark);
    const unsigned char *zero = arena_take_zero(*state, 1000, 4);
    for (size_t i = 0; i < 4000; i++) assert_int_equal(zero[i], 0);
}

static void a_rewind_gives_back_and_keeps_what_was_before(void **state) {
    char *kept = str_terminated(*state, STR("kept"));
    ArenaMark mark = arena_mark(*state);
    size_t used = arena_used(*state);
    for (int round = 0; round < 50; round++) {
        for (int i = 0; i < 40; i++) memset(arena_take(*state, 9000), i, 9000);
        assert_true(arena_used(*state) >= used + 40 * 9000);
        arena_rewind(*state, mark);
        assert_int_equal(arena_used(*state), used);
    }
    assert_string_equal(kept, "kept");
}

static void marks_nest(void **state) {
    ArenaMark outer = arena_mark(*state);
    arena_take(*state, 100000);
    ArenaMark inner = arena_mark(*state);
    size_t used = arena_used(*state);
    arena_take(*state, 100000);
    arena_rewind(*state, inner);
    assert_int_equal(arena_used(*state), used);
    arena_rewind(*state, outer);
    assert_int_equal(arena_used(*state), 0);
}

static void a_reset_empties_and_the_arena_goes_on(void **state) {
    void *first = arena_take(*state, 10);
    for (int i = 0; i < 100; i++) arena_take(*state, 50000);
    arena_reset(*state);
    assert_int_equal(arena_used(*state), 0);
    assert_ptr_equal(arena_take(*state, 10), first); /* the first chunk is still warm */
}

static void nothing_is_freed_quietly(void **state) {
    (void)state;
    arena_free(NULL);
}

static void what_is_given_back_is_poisoned(void **state) {
#if defined(__SANITIZE_ADDRESS__)
    ArenaMark mark = arena_mark(*state);
    char *given_back = arena_take(*state, 40);
    assert_false(__asan_address_is_poisoned(given_back + 39));
    assert_true(__asan_address_is_poisoned(given_back + 40)); /* a byte too far */
    arena_rewind(*state, mark);
    assert_true(__asan_address_is_poisoned(given_back));
    assert_true(__asan_address_is_poisoned(given_back + 39));
#else
    (void)state;
    skip();
#endif
}

int main(void) {
    const struct CMUnitTest tests[] = {
        ARENA_TEST(what_is_taken_is_aligned_and_apart),
        ARENA_TEST(zeroed_memory_is_zero_even_when_used_before),
        ARENA_TEST(a_rewind_gives_back_and_keeps_what_was_before),
        ARENA_TEST(marks_nest),
        ARENA_TEST(a_reset_empties_and_the_arena_goes_on),
        cmocka_unit_test(nothing_is_freed_quietly),
        ARENA_TEST(what_is_given_back_is_poisoned),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
