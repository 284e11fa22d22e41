#include "han.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

static void forms_of_a_character_are_one(void **state) {
    (void)state;
    static const uint32_t forms[] = {0x8FBA, 0x908A, 0x9089, 0x8FB9}; /* 辺邊邉边 */
    for (size_t i = 1; i < 4; i++) assert_int_equal(han_unify(forms[i]), han_unify(forms[0]));
    assert_int_equal(han_unify(0x20BB7), han_unify(0x5409));    /* 𠮷吉 */
    assert_int_equal(han_unify(0xFA11), han_unify(0x5D0E));     /* 﨑崎 */
    assert_int_not_equal(han_unify(0x5742), han_unify(0x962A)); /* 坂阪 */
}

static void unifying_is_stable_and_stays_within_han(void **state) {
    (void)state;
    for (uint32_t point = 0; point <= 0x10FFFF; point++) {
        uint32_t unified = han_unify(point);
        assert_int_equal(han_unify(unified), unified);
        if (point < 0x3400) assert_int_equal(unified, point);
    }
}

/* The common characters all have a reading, or names could not be found by it. */
static void common_characters_have_readings(void **state) {
    (void)state;
    size_t without = 0;
    for (uint32_t point = 0x4E00; point <= 0x9FA5; point++) {
        const char *reading = NULL;
        han_readings(&point, 1, &reading);
        if (!reading) without++;
        if (reading) assert_true(strlen(reading) > 0 && strlen(reading) <= 6);
    }
    assert_true(without < 1000);
}

static void surnames_count_in_names_only(void **state) {
    (void)state;
    const uint32_t name[] = {0x66FE, 0x5FD7, 0x4F1F}; /* 曾志伟 */
    const char *readings[3];
    han_readings(name, 3, readings);
    assert_int_equal(han_read_surname(name, 3, readings), 1);
    assert_string_equal(readings[0], "zeng");
    const uint32_t word[] = {0x5355, 0x4F4D}; /* 单位 */
    han_readings(word, 2, readings);
    assert_int_equal(han_read_surname(word, 2, readings), 0);
    assert_string_equal(readings[0], "dan");
    assert_int_equal(han_read_surname(name, 1, readings), 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(forms_of_a_character_are_one),
        cmocka_unit_test(unifying_is_stable_and_stays_within_han),
        cmocka_unit_test(common_characters_have_readings),
        cmocka_unit_test(surnames_count_in_names_only),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
