/* Folding that remembers places. */
#include "folded.h"

#include "../base/base_fixture.h"

static void assert_folded(Arena *arena, const char *text, const char *expected) {
    FoldedText folded = folded_text(arena, str_of(text));
    FoldedText plain = folded_text(arena, str_of(expected));
    assert_int_equal(folded.count, plain.count);
    for (size_t i = 0; i < folded.count; i++) {
        assert_int_equal(folded.at[i].point, plain.at[i].point);
    }
}

static void writing_makes_no_difference(void **state) {
    assert_folded(*state, "ＡＢＣ１２３", "abc123");
    assert_folded(*state, "ﾃﾞｰﾀ", "でーた");
    assert_folded(*state, "用藥", "用药");
    assert_folded(*state, "か\u3099", "が");
    assert_folded(*state, "naïve É e\u0301", "naive e e");
    assert_folded(*state, "⁉", "!?");
    assert_folded(*state, "a\u200b\ufeffb", "ab");
}

static void places_are_those_of_the_text(void **state) {
    FoldedText folded = folded_text(*state, STR("Ａ𠮷ｶﾞ⁉x"));
    static const uint32_t BYTES[] = {0, 3, 7, 13, 13, 16, 17};
    static const uint32_t UNITS[] = {0, 1, 3, 5, 5, 6, 7};
    assert_int_equal(folded.count, 6);
    for (size_t i = 0; i <= folded.count; i++) {
        assert_int_equal(folded.at[i].byte, BYTES[i]);
        assert_int_equal(folded.at[i].unit, UNITS[i]);
    }
}

static void malformed_bytes_are_one_sign_each(void **state) {
    FoldedText folded = folded_text(*state, STR("\xff\xe3\x81x"));
    assert_int_equal(folded.at[folded.count].byte, 4);
    assert_int_equal(folded.at[folded.count - 1].point, 'x');
    assert_int_equal(folded_text(*state, STR("")).count, 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        ARENA_TEST(writing_makes_no_difference),
        ARENA_TEST(places_are_those_of_the_text),
        ARENA_TEST(malformed_bytes_are_one_sign_each),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
