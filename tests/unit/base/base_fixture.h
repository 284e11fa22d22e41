/* What every test of this layer needs. */
#ifndef ONDO_TESTS_BASE_FIXTURE_H
#define ONDO_TESTS_BASE_FIXTURE_H

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "str.h"

/** Compares a Str with a literal and prints both when they differ. */
#define assert_str(str, expected)                                     \
    do {                                                              \
        Str got_ = (str);                                             \
        char *text_ = strndup(got_.data ? got_.data : "", got_.size); \
        assert_string_equal(text_, (expected));                       \
        free(text_);                                                  \
    } while (0)

static inline int arena_setup(void **state) {
    *state = arena_new();
    return 0;
}
static inline int arena_teardown(void **state) {
    arena_free(*state);
    return 0;
}

/** A test whose state is an arena of its own. */
#define ARENA_TEST(function) cmocka_unit_test_setup_teardown(function, arena_setup, arena_teardown)

#endif
