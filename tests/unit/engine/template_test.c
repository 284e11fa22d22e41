/* Templates of tasks. */
#include "../base/base_fixture.h"

#include "template.h"

static Status load(Arena *arena, const char *const *texts, size_t count, Problem *problem,
                   Templates *out) {
    ModelSource sources[4];
    *problem = problem_new(arena);
    for (size_t i = 0; i < count; i++) {
        sources[i] = (ModelSource){STR("templates/x.json"), str_of(texts[i])};
    }
    return templates_load(arena, sources, count, problem, out);
}

static void templates_are_found_by_name(void **state) {
    static const char *const TEXTS[] = {
        "{\"template\":\"a\",\"subject\":{\"en\":\"A\",\"ja\":\"あ\",\"zh\":\"啊\"},"
        "\"body\":{\"en\":\"x\",\"ja\":\"x\",\"zh\":\"x\"}}",
        "{\"template\":\"b\",\"subject\":{\"en\":\"B\",\"ja\":\"B\",\"zh\":\"B\"}}"};
    Templates templates;
    Problem problem;
    assert_int_equal(load(*state, TEXTS, 2, &problem, &templates), STATUS_OK);
    assert_int_equal(templates.count, 2);
    assert_str(templates_find(&templates, STR("a"))->subject.in[LANG_JA], "あ");
    assert_str(templates_find(&templates, STR("b"))->body.in[LANG_EN], "");
    assert_null(templates_find(&templates, STR("c")));
    assert_null(templates_find(&templates, STR("")));
}

static void mistakes_are_reported(void **state) {
    static const struct {
        const char *text, *code;
    } CASES[] = {
        {"{\"subject\":{\"en\":\"A\",\"ja\":\"A\",\"zh\":\"A\"}}", "definition_name"},
        {"{\"template\":\"a\"}", "definition_text_missing"},
        {"{\"template\":\"a\",\"subject\":{\"ja\":\"あ\"}}", "definition_text_missing"},
        {"{", "definition_json"},
    };
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        Templates templates = {.count = 77};
        Problem problem;
        assert_int_equal(load(*state, &CASES[i].text, 1, &problem, &templates), STATUS_INVALID);
        assert_str(problem.first->code, CASES[i].code);
        assert_int_equal(templates.count, 77);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        ARENA_TEST(templates_are_found_by_name),
        ARENA_TEST(mistakes_are_reported),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
