/* Sentences by code, in every language. */
#include "texts.h"

#include "../base/base_fixture.h"

static const char FILE_ONE[] =
    "{\"too_long\":{\"en\":\"{0} has more than {1} letters ({0}).\",\"ja\":\"{0}は{1}"
    "文字以内で入力してください。\",\"zh\":\"{0}不能超过{1}个字。\"},"
    "\"odd\":{\"en\":\"{3} {x} {0 {\",\"ja\":\"あ\",\"zh\":\"啊\"}}";

static void sentences_are_filled_with_their_facts(void **state) {
    static const Str FACTS[PROBLEM_ARGUMENTS] = {STR_INIT("Name"), STR_INIT("5"), STR_INIT("")};
    static const Str TRICKY[PROBLEM_ARGUMENTS] = {STR_INIT("{1}"), STR_INIT("5")};
    ModelSource source = {STR("texts/one.json"), STR(FILE_ONE)};
    Problem problem = problem_new(*state);
    Texts *texts;
    assert_int_equal(texts_load(*state, &source, 1, &problem, &texts), STATUS_OK);
    assert_str(texts_sentence(texts, *state, LANG_EN, STR("too_long"), FACTS),
               "Name has more than 5 letters (Name).");
    assert_str(texts_sentence(texts, *state, LANG_JA, STR("too_long"), FACTS),
               "Nameは5文字以内で入力してください。");
    assert_str(texts_sentence(texts, *state, LANG_ZH, STR("too_long"), FACTS),
               "Name不能超过5个字。");
    /* A fact that looks like a slot is text; what looks like a slot and is none stays. */
    assert_str(texts_sentence(texts, *state, LANG_ZH, STR("too_long"), TRICKY),
               "{1}不能超过5个字。");
    assert_str(texts_sentence(texts, *state, LANG_EN, STR("odd"), FACTS), "{3} {x} {0 {");
    assert_str(texts_sentence(texts, *state, LANG_EN, STR("unknown"), FACTS), "unknown");
    texts_free(texts);
}

static void a_code_stands_once_and_in_every_language(void **state) {
    ModelSource sources[] = {
        {STR("texts/one.json"), STR(FILE_ONE)},
        {STR("texts/two.json"), STR("{\"odd\":{\"en\":\"x\",\"ja\":\"x\",\"zh\":\"x\"},\"half\":{"
                                    "\"en\":\"x\",\"ja\":\"\"}}")},
    };
    Problem problem = problem_new(*state);
    Texts *texts;
    assert_int_equal(texts_load(*state, sources, 2, &problem, &texts), STATUS_INVALID);
    assert_int_equal(problem.count, 3);
    assert_str(problem.first->code, "definition_repeated");
    assert_str(problem.first->pointer, "texts/two.json");
    assert_str(problem.first->next->code, "definition_text_missing");
    texts_free(texts);
    texts_free(NULL);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        ARENA_TEST(sentences_are_filled_with_their_facts),
        ARENA_TEST(a_code_stands_once_and_in_every_language),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
