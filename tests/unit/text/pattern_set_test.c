/* Patterns found in text: what each sign of them means, and what is refused. */
#include "pattern_set.h"

#include "../base/base_fixture.h"

static PatternAdded add(PatternSet *set, const char *pattern, uint32_t value) {
    Arena *scratch CLEANUP(arena_drop) = arena_new();
    return pattern_set_add(set, scratch, str_of(pattern), value);
}

/* What the first hit stands on, as it was written; empty: none. */
static Str found(Arena *arena, const PatternSet *set, const char *text) {
    FoldedText folded = folded_text(arena, str_of(text));
    const PatternHit *hits;
    size_t count = pattern_set_find(set, arena, &folded, str_of(text), &hits);
    if (!count) return STR("");
    TextSpan span = folded_span(&folded, hits[0].start, hits[0].end);
    return str_part(str_of(text), span.byte_start, span.byte_end - span.byte_start);
}

static void assert_found(Arena *arena, const char *pattern, const char *text,
                         const char *expected) {
    PatternSet *set = pattern_set_new(arena);
    assert_int_equal(add(set, pattern, 1), PATTERN_ADDED);
    Str got = found(arena, set, text);
    if (!str_is(got, expected)) fail_msg("%s in \"%s\": %.*s", pattern, text, STR_ARGS(got));
}

static void words_are_found_whatever_their_width_and_case(void **state) {
    assert_found(*state, "quoカード", "ＱＵＯｶｰﾄﾞを", "ＱＵＯｶｰﾄﾞ");
    assert_found(*state, "回扣", "給回扣了", "回扣");
    assert_found(*state, "gift card", "Gift cards!", "Gift cards");
    assert_found(*state, "fee", "coffee", "");
}

static void one_of_several_is_found(void **state) {
    assert_found(*state, "vomit(ing|ed|)", "she vomited", "vomited");
    assert_found(*state, "vomit(ing|ed|)", "vomit", "vomit");
    assert_found(*state, "(病人|患者)(姓名|住址)", "患者住址", "患者住址");
    assert_found(*state, "(病人|患者)(姓名|住址)", "患者地址", "");
}

static void a_gap_ends_with_its_sentence_and_its_length(void **state) {
    assert_found(*state, "適応外…お断り", "適応外のためお断りした", "適応外のためお断り");
    assert_found(*state, "適応外…お断り", "適応外。お断り", "");
    assert_found(*state, "declined…off-label", "declined. An off-label", "");
    assert_found(*state, "a…z", "a 1234567890 123456 z", "a 1234567890 123456 z");
    assert_found(*state, "a…z", "a 1234567890 12345678 z", "");
}

static void numbers_are_whole(void **state) {
    assert_found(*state, "{digits}号室", "在５０３号室", "５０３号室");
    assert_found(*state, "{digits}号室", "号室", "");
    assert_found(*state, "{digits:18}", "证 110101199003070011。", "110101199003070011");
    assert_found(*state, "{digits:18}", "1101011990030700112", "");
    assert_found(*state, "{digits:17}x", "11010119900307001X", "11010119900307001X");
    assert_found(*state, "mrn {digits:6+}", "MRN 12345678", "MRN 12345678");
    assert_found(*state, "mrn {digits:6+}", "MRN 1234", "");
}

static void letters_and_names_are_as_written(void **state) {
    assert_found(*state, "{letter}.{letter}.様", "Ａ．Ｋ．様", "Ａ．Ｋ．様");
    assert_found(*state, "{letter}.{letter}.様", "AB.K.様", "");
    assert_found(*state, "patient {name}", "patient Smith", "patient Smith");
    assert_found(*state, "patient {name}", "patient smith", "");
    assert_found(*state, "患者の{han}さん", "患者の田中さん", "患者の田中さん");
    assert_found(*state, "患者の{han}さん", "患者のお母さん", "");
    assert_found(*state, "{word} was", "it was", "it was");
}

static void longer_and_shorter_words_are_both_found(void **state) {
    PatternSet *set = pattern_set_new(*state);
    const PatternHit *hits;
    Str text = STR("系统方案");
    FoldedText folded = folded_text(*state, text);
    assert_int_equal(add(set, "统方", 1), PATTERN_ADDED);
    assert_int_equal(add(set, "统方案", 2), PATTERN_ADDED);
    assert_int_equal(add(set, "统方", 3), PATTERN_ADDED);
    assert_int_equal(pattern_set_find(set, *state, &folded, text, &hits), 3);
}

static void what_means_nothing_is_refused(void **state) {
    PatternSet *set = pattern_set_new(*state);
    assert_int_equal(add(set, "", 1), PATTERN_WORDLESS);
    assert_int_equal(add(set, "…", 1), PATTERN_WORDLESS);
    assert_int_equal(add(set, "(a|)", 1), PATTERN_WORDLESS);
    assert_int_equal(add(set, "{digits}", 1), PATTERN_WORDLESS);
    assert_int_equal(add(set, "a)", 1), PATTERN_MALFORMED);
    assert_int_equal(add(set, "(a", 1), PATTERN_MALFORMED);
    assert_int_equal(add(set, "a|b", 1), PATTERN_MALFORMED);
    assert_int_equal(add(set, "a{digits", 1), PATTERN_MALFORMED);
    assert_int_equal(add(set, "a{digits:0}", 1), PATTERN_MALFORMED);
    assert_int_equal(add(set, "a{color}", 1), PATTERN_MALFORMED);
    assert_int_equal(add(set, "a…b…c…d", 1), PATTERN_TOO_LARGE);
    assert_int_equal(add(set, "x(1|2|3|4|5|6|7|8)(1|2|3|4|5|6|7|8)(1|2|3|4|5|6|7|8)(1|2)", 1),
                     PATTERN_TOO_LARGE);
    FoldedText folded = folded_text(*state, STR("a x1111"));
    const PatternHit *hits;
    assert_int_equal(pattern_set_find(set, *state, &folded, STR("a x1111"), &hits), 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        ARENA_TEST(words_are_found_whatever_their_width_and_case),
        ARENA_TEST(one_of_several_is_found),
        ARENA_TEST(a_gap_ends_with_its_sentence_and_its_length),
        ARENA_TEST(numbers_are_whole),
        ARENA_TEST(letters_and_names_are_as_written),
        ARENA_TEST(longer_and_shorter_words_are_both_found),
        ARENA_TEST(what_means_nothing_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
