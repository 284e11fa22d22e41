/* Words: by spaces, by the dictionary, folded; the same ones however they were typed. */
#include "words.h"

#include "../base/base_fixture.h"

/* The words of a text, parted by bars. */
static Str words_of(Arena *arena, const char *text) {
    TextWord *words;
    size_t count = text_words(arena, str_of(text), &words);
    Str joined = {0};
    for (size_t i = 0; i < count; i++) {
        joined = str_format(arena, i ? "%.*s|%.*s" : "%.*s%.*s", STR_ARGS(joined),
                            STR_ARGS(words[i].text));
    }
    return joined;
}

static void words_are_found_in_three_languages(void **state) {
    (void)state;
    Arena *arena CLEANUP(arena_drop) = arena_new();
    assert_str(words_of(arena, "Dose in RENAL impairment?"), "dose|in|renal|impairment");
    assert_str(words_of(arena, "患者教育"), "患者|教育");
    assert_str(words_of(arena, "室温で保管"), "室温|保管");
}

static void width_and_case_do_not_matter(void **state) {
    (void)state;
    Arena *arena CLEANUP(arena_drop) = arena_new();
    assert_str(words_of(arena, "ＤＯＳＥ　１０ｍｇ"), "dose|10mg");
}

static void places_are_those_of_javascript(void **state) {
    (void)state;
    Arena *arena CLEANUP(arena_drop) = arena_new();
    TextWord *words;
    assert_int_equal(text_words(arena, STR("😀 dose"), &words), 1);
    assert_int_equal(words[0].from, 3);
    assert_int_equal(words[0].to, 7);
}

static void nothing_has_no_words(void **state) {
    (void)state;
    Arena *arena CLEANUP(arena_drop) = arena_new();
    assert_str(words_of(arena, ""), "");
    assert_str(words_of(arena, "？！ 。\xFF"), "");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(words_are_found_in_three_languages),
        cmocka_unit_test(width_and_case_do_not_matter),
        cmocka_unit_test(places_are_those_of_javascript),
        cmocka_unit_test(nothing_has_no_words),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
