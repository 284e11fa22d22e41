/* Lexicons: what is in them, and what is wrong with them. */
#include "lexicon.h"

#include "../base/base_fixture.h"

static Status load(Arena *arena, const char *text, Problem *problem, Lexicons *out) {
    ModelSource source = {STR("lexicons/one.json"), str_of(text)};
    *problem = problem_new(arena);
    return lexicons_load(arena, NULL, &source, 1, problem, out);
}

static void words_are_found_by_their_code(void **state) {
    Problem problem;
    Lexicons lexicons;
    TrieHit hit;
    assert_int_equal(
        load(*state,
             "{\"lexicon\":\"one\",\"labels\":{\"en\":\"One\",\"ja\":\"一\",\"zh\":\"一\"},"
             "\"terms\":{\"ask\":{\"ja\":[\"質問\"],\"zh\":[\"询问\"]},"
             "\"mark\":{\"all\":[\"↑\"]}}}",
             &problem, &lexicons),
        STATUS_OK);
    const Lexicon *lexicon = lexicons_find(&lexicons, STR("one"));
    assert_non_null(lexicon);
    assert_null(lexicons_find(&lexicons, STR("two")));
    assert_str(lexicon->label.in[LANG_JA], "一");
    assert_int_equal(lexicon->code_count, 2);
    FoldedText text = folded_text(*state, STR("詢問↑"));
    assert_true(trie_longest(lexicon->words, &text, 0, &hit));
    assert_str(lexicon->codes[hit.value], "ask");
    assert_true(trie_longest(lexicon->words, &text, 2, &hit));
    assert_str(lexicon->codes[hit.value], "mark");
}

static void what_is_wrong_is_said_with_its_place(void **state) {
    Problem problem;
    Lexicons lexicons;
    assert_int_equal(
        load(*state,
             "{\"lexicon\":\"one\",\"labels\":{\"en\":\"One\",\"ja\":\"一\",\"zh\":\"一\"},"
             "\"terms\":{\"a\":{\"ja\":[\"データ\"]},\"b\":{\"ja\":[\"ﾃﾞｰﾀ\",\"\"]},"
             "\"c\":{\"fr\":[\"x\"]}}}",
             &problem, &lexicons),
        STATUS_INVALID);
    assert_int_equal(problem.count, 3);
    assert_str(problem.first->code, "definition_repeated");
    assert_str(problem.first->pointer, "lexicons/one.json#/terms/b/ja/0");
    assert_str(problem.first->next->code, "definition_word");
    assert_str(problem.first->next->next->code, "definition_member_unknown");
}

/* A lexicon for compliance whose only rule has the given members. */
static Status load_check(Arena *arena, const char *rule, Problem *problem) {
    Lexicons lexicons;
    Str text = str_format(
        arena,
        "{\"lexicon\":\"one\",\"labels\":{\"en\":\"One\",\"ja\":\"一\",\"zh\":\"一\"},\"check\":{"
        "\"category\":\"c\",\"version\":\"1\",\"why\":{\"en\":\"w\",\"ja\":\"w\",\"zh\":\"w\"},"
        "\"instead\":{\"en\":\"i\",\"ja\":\"i\",\"zh\":\"i\"},"
        "\"words\":{\"give\":{\"en\":[\"gave\"]},\"thing\":{\"en\":[\"watch\"]}},"
        "\"rules\":{\"gift\":%s}},\"terms\":{\"gift\":{}}}",
        rule);
    return load(arena, text.data, problem, &lexicons);
}

static void words_near_each_other_are_named(void **state) {
    Problem problem;
    assert_int_equal(load_check(*state,
                                "{\"near\":[{\"words\":[\"give\",\"thing\"],\"within\":40}],"
                                "\"unless\":[\"thing\"]}",
                                &problem),
                     STATUS_OK);
    assert_int_equal(load_check(*state,
                                "{\"near\":[{\"words\":[\"give\",\"nobody\"]},"
                                "{\"words\":[\"give\"]}],\"unless\":[\"none\"]}",
                                &problem),
                     STATUS_INVALID);
    assert_int_equal(problem.count, 3);
    assert_str(problem.first->code, "definition_unknown_choice");
    assert_str(problem.first->pointer, "lexicons/one.json#/check/rules/gift/unless/0");
    assert_str(problem.first->next->code, "definition_unknown_choice");
    assert_str(problem.first->next->next->code, "definition_near");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        ARENA_TEST(words_are_found_by_their_code),
        ARENA_TEST(what_is_wrong_is_said_with_its_place),
        ARENA_TEST(words_near_each_other_are_named),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
