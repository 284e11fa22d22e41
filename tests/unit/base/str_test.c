/* Strings as pointer and length. */
#include "base_fixture.h"

static void comparisons_are_bytewise(void **state) {
    (void)state;
    assert_true(str_equal((Str){0}, STR("")));
    assert_true(str_is(STR("abc"), "abc"));
    assert_false(str_is(STR("abc\0d"), "abc"));
    assert_true(str_starts(STR("abc"), STR("")));
    assert_true(str_starts(STR("abc"), STR("ab")));
    assert_false(str_starts(STR("ab"), STR("abc")));
    assert_true(str_ends(STR("abc"), STR("bc")));
    assert_false(str_ends(STR("bc"), STR("abc")));
    assert_true(str_compare(STR("a"), STR("ab")) < 0);
    assert_true(str_compare(STR("b"), STR("ab")) > 0);
    assert_true(str_compare(STR("\xFF"), STR("a")) > 0); /* bytes are unsigned */
    assert_int_equal(str_compare((Str){0}, STR("")), 0);
    assert_true(str_equal_ascii_case(STR("Content-TYPE"), STR("content-type")));
    assert_false(str_equal_ascii_case(STR("É"), STR("é"))); /* ASCII letters only */
    assert_false(str_equal_ascii_case(STR("@"), STR("`"))); /* neighbours of the letters */
}

static void parts_are_clipped(void **state) {
    (void)state;
    assert_str(str_part(STR("abcdef"), 2, 3), "cde");
    assert_str(str_part(STR("abc"), 1, SIZE_MAX), "bc");
    assert_str(str_part(STR("abc"), 9, 1), "");
    assert_str(str_part((Str){0}, 1, 1), "");
    assert_str(str_trim(STR(" \t\r\n\f\v a b \n")), "a b");
    assert_str(str_trim(STR("   ")), "");
    assert_str(str_trim(STR("\u3000a")), "\u3000a"); /* only ASCII space */
}

static void what_is_looked_for_is_found_or_the_end(void **state) {
    (void)state;
    assert_int_equal(str_find(STR("abca"), 'a'), 0);
    assert_int_equal(str_find(STR("abc"), 'x'), 3);
    assert_int_equal(str_find((Str){0}, 'x'), 0);
    assert_int_equal(str_find_str(STR("aabaac"), STR("aac")), 3);
    assert_int_equal(str_find_str(STR("ab"), STR("abc")), 2);
    assert_int_equal(str_find_str(STR("ab"), STR("")), 0);
    assert_int_equal(str_find_str((Str){0}, STR("a")), 0);
}

static void cutting_tells_the_last_part_from_an_empty_one(void **state) {
    Str rest = STR("a,,b,");
    (void)state;
    assert_str(str_cut(&rest, ','), "a");
    assert_str(str_cut(&rest, ','), "");
    assert_str(str_cut(&rest, ','), "b");
    assert_non_null(rest.data); /* an empty part still follows */
    assert_str(str_cut(&rest, ','), "");
    assert_null(rest.data);
    assert_str(str_cut(&rest, ','), "");
}

static void copies_end_with_a_nul(void **state) {
    Str text = {.data = "abcdef", .size = 3};
    Str copy = str_copy(*state, text);
    assert_int_equal(copy.size, 3);
    assert_string_equal(copy.data, "abc");
    assert_string_equal(str_terminated(*state, (Str){0}), "");
    assert_string_equal(str_join(*state, text, STR("xyz")).data, "abcxyz");
    assert_string_equal(str_join(*state, (Str){0}, (Str){0}).data, "");
    assert_str(str_format(*state, "%s-%03d", "a", 7), "a-007");
    assert_int_equal(str_format(*state, "%4000s", "x").size, 4000);
}

static void integers_are_read_whole_or_not_at_all(void **state) {
    static const struct {
        const char *text;
        int64_t value;
    } GOOD[] = {{"0", 0},
                {"-0", 0},
                {"+7", 7},
                {"007", 7},
                {"9223372036854775807", INT64_MAX},
                {"-9223372036854775808", INT64_MIN},
                {"0000000000000000000000000001", 1}};
    static const char *const BAD[] = {"",
                                      "+",
                                      "-",
                                      "+-1",
                                      "1 ",
                                      " 1",
                                      "1.0",
                                      "1e3",
                                      "0x1",
                                      "9223372036854775808",
                                      "１",
                                      "--1",
                                      "1-",
                                      "-9223372036854775809",
                                      "99999999999999999999"};
    (void)state;
    for (size_t i = 0; i < sizeof GOOD / sizeof *GOOD; i++) {
        int64_t value = 99;
        assert_true(str_to_integer(str_of(GOOD[i].text), &value));
        assert_true(value == GOOD[i].value);
    }
    for (size_t i = 0; i < sizeof BAD / sizeof *BAD; i++) {
        int64_t value = 99;
        if (str_to_integer(str_of(BAD[i]), &value)) fail_msg("accepted: %s", BAD[i]);
        assert_int_equal(value, 99);
    }
    int64_t cut = 0;
    assert_true(str_to_integer((Str){.data = "1234", .size = 2}, &cut)); /* not beyond its end */
    assert_int_equal(cut, 12);
}

static void numbers_are_finite_and_decimal(void **state) {
    static const struct {
        const char *text;
        double value;
    } GOOD[] = {{"0", 0}, {"-1.5", -1.5}, {".5", .5}, {"1e3", 1000}, {"2.5E-1", .25}, {"+4", 4}};
    static const char *const BAD[] = {"",    ".",   "e",    "1e",  "1e999", "inf", "nan", "0x10",
                                      "1,5", "1 2", "1..2", "--1", "1-2",   " 1",  "1f",  "-"};
    (void)state;
    for (size_t i = 0; i < sizeof GOOD / sizeof *GOOD; i++) {
        double value = 99;
        assert_true(str_to_number(str_of(GOOD[i].text), &value));
        assert_true(value == GOOD[i].value);
    }
    for (size_t i = 0; i < sizeof BAD / sizeof *BAD; i++) {
        double value = 99;
        if (str_to_number(str_of(BAD[i]), &value)) fail_msg("accepted: %s", BAD[i]);
        assert_true(value == 99);
    }
}

static void well_formed_text_is_told_from_other_bytes(void **state) {
    static const char *const GOOD[] = {"",
                                       "plain",
                                       "\xC2\x80",
                                       "\xDF\xBF",
                                       "\xE0\xA0\x80",
                                       "\xED\x9F\xBF",
                                       "\xEE\x80\x80",
                                       "\xEF\xBF\xBF",
                                       "\xF0\x90\x80\x80",
                                       "\xF4\x8F\xBF\xBF",
                                       "医療 𠮷野家"};
    static const char *const BAD[] = {"\x80",
                                      "\xBF",
                                      "\xC0\x80",
                                      "\xC1\xBF",
                                      "\xC2",
                                      "\xC2\x41",
                                      "\xE0\x9F\xBF",
                                      "\xE3\x81",
                                      "\xED\xA0\x80",
                                      "\xED\xBF\xBF",
                                      "\xF0\x8F\xBF\xBF",
                                      "\xF4\x90\x80\x80",
                                      "\xF5\x80\x80\x80",
                                      "\xFF",
                                      "a\xF0\x9F\x98",
                                      "\xE3\x81\x82\x82"};
    (void)state;
    for (size_t i = 0; i < sizeof GOOD / sizeof *GOOD; i++) {
        assert_true(str_valid_utf8(str_of(GOOD[i])));
    }
    for (size_t i = 0; i < sizeof BAD / sizeof *BAD; i++) {
        if (str_valid_utf8(str_of(BAD[i]))) fail_msg("accepted: number %zu", i);
    }
    assert_true(str_valid_utf8(STR("a\0b")));
    assert_int_equal(str_count_points(STR("aé医𠮷")), 4);
    assert_int_equal(str_count_points((Str){0}), 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(comparisons_are_bytewise),
        cmocka_unit_test(parts_are_clipped),
        cmocka_unit_test(what_is_looked_for_is_found_or_the_end),
        cmocka_unit_test(cutting_tells_the_last_part_from_an_empty_one),
        ARENA_TEST(copies_end_with_a_nul),
        cmocka_unit_test(integers_are_read_whole_or_not_at_all),
        cmocka_unit_test(numbers_are_finite_and_decimal),
        cmocka_unit_test(well_formed_text_is_told_from_other_bytes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
