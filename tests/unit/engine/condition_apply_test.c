/* The reference interpreter: the public test cases of JSON Logic, ours, and its limits. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#include "condition.h"

static bool read_file(const char *path, Buffer *out) {
    FILE *file = fopen(path, "rb");
    if (!file) return false;
    size_t got;
    do {
        got = fread(buffer_room(out, 65536), 1, 65536, file);
        out->size += got;
    } while (got);
    fclose(file);
    return true;
}

static json_t *parse(const char *text) {
    json_t *json = NULL;
    assert_int_equal(json_read(str_of(text), NULL, &json), STATUS_OK);
    return json;
}

/* One case is [logic, data, expected]. */
static void check_case(const json_t *entry) {
    char *shown = json_dumps(entry, JSON_COMPACT);
    json_t *result = NULL;
    Status status =
        condition_apply(json_array_get(entry, 0), json_array_get(entry, 1), NULL, &result);
    if (status != STATUS_OK || !json_equal(result, json_array_get(entry, 2))) {
        char *got = json_dumps(result, JSON_COMPACT | JSON_ENCODE_ANY);
        fail_msg("%s gave %s (status %d)", shown, got, status);
    }
    free(shown);
    json_decref(result);
}

static size_t replay(const char *path) {
    Buffer text CLEANUP(buffer_free) = {0};
    assert_true(read_file(path, &text));
    json_t *cases CLEANUP(json_drop) = NULL;
    assert_int_equal(json_read(buffer_str(&text), NULL, &cases), STATUS_OK);
    size_t i, count = 0;
    json_t *entry;
    json_array_foreach(cases, i, entry) {
        if (!json_is_array(entry)) continue;
        check_case(entry);
        count++;
    }
    return count;
}

static void test_public_cases_hold(void **state) {
    (void)state;
    const char *shared = getenv("ONDO_SHARED");
    if (!shared) skip();
    char path[4096];
    snprintf(path, sizeof path, "%s/data/jsonlogic/tests.json", shared);
    assert_true(replay(path) > 250);
}

static void test_our_cases_hold(void **state) {
    (void)state;
    assert_true(replay(ONDO_SOURCE_DIR "/tests/data/jsonlogic/coercion.json") > 70);
}

static void assert_refused(const char *logic, const char *data, const char *code) {
    Arena *arena CLEANUP(arena_drop) = arena_new();
    Problem problem = problem_new(arena);
    json_t *rule CLEANUP(json_drop) = parse(logic);
    json_t *facts CLEANUP(json_drop) = parse(data);
    json_t *result = NULL;
    assert_int_equal(condition_apply(rule, facts, &problem, &result), STATUS_INVALID);
    assert_null(result);
    assert_int_equal(problem.count, 1);
    assert_true(str_is(problem.first->code, code));
}

static void test_unknown_operators_are_named(void **state) {
    (void)state;
    assert_refused("{\"no_such\":[1]}", "{}", "condition_unknown_operator");
    assert_refused("[{\"!\":{\"no_such\":[1]}}]", "{}", "condition_unknown_operator");
    assert_refused("{\"*\":[]}", "{}", "condition_arguments");
}

static void test_texts_cannot_grow_without_bound(void **state) {
    (void)state;
    assert_refused(
        "{\"reduce\":[{\"var\":\"\"},{\"cat\":[{\"var\":\"accumulator\"},{\"var\":\"accumulator\"}]"
        "},\"x\"]}",
        "[1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20,21,22,23,24,25,26,27,28,29,30]",
        "condition_depth");
}

static void test_arrays_cannot_nest_without_bound(void **state) {
    (void)state;
    Buffer data CLEANUP(buffer_free) = {0};
    buffer_add_byte(&data, '[');
    for (int i = 0; i < 5000; i++) buffer_add(&data, STR("1,"));
    buffer_add(&data, STR("1]"));
    buffer_add_byte(&data, '\0');
    assert_refused("{\"reduce\":[{\"var\":\"\"},[{\"var\":\"accumulator\"}],0]}", data.data,
                   "condition_depth");
}

static void test_loops_in_loops_end(void **state) {
    (void)state;
    Buffer data CLEANUP(buffer_free) = {0};
    buffer_add_byte(&data, '[');
    for (int i = 0; i < 99; i++) buffer_add(&data, STR("1,"));
    buffer_add(&data, STR("1]"));
    json_t *list CLEANUP(json_drop) = NULL;
    assert_int_equal(json_read(buffer_str(&data), NULL, &list), STATUS_OK);
    json_t *logic CLEANUP(json_drop) = json_integer(1);
    for (int i = 0; i < 5; i++) {
        logic = json_pack("{s:[O,o]}", "map", list, logic);
    }
    json_t *result = NULL;
    assert_int_equal(condition_apply(logic, list, NULL, &result), STATUS_INVALID);
}

static void test_deep_logic_is_refused(void **state) {
    (void)state;
    json_t *logic CLEANUP(json_drop) = json_true();
    for (int i = 0; i < 100000; i++) logic = json_pack("{s:o}", "!", logic);
    json_t *result = NULL;
    assert_int_equal(condition_apply(logic, NULL, NULL, &result), STATUS_INVALID);
    /* jansson frees by recursion: take it apart from the outside. */
    while (json_is_object(logic)) {
        json_t *inner = json_incref(json_object_get(logic, "!"));
        json_decref(logic);
        logic = inner;
    }
}

static void test_the_logic_and_data_are_not_changed(void **state) {
    (void)state;
    json_t *logic CLEANUP(json_drop) =
        parse("{\"merge\":[{\"var\":\"a\"},[3],{\"map\":[{\"var\":\"a\"},9]}]}");
    json_t *data CLEANUP(json_drop) = parse("{\"a\":[1,2]}");
    json_t *before CLEANUP(json_drop) = json_deep_copy(data);
    json_t *result CLEANUP(json_drop) = NULL;
    assert_int_equal(condition_apply(logic, data, NULL, &result), STATUS_OK);
    json_t *expected CLEANUP(json_drop) = parse("[1,2,3,9,9]");
    assert_true(json_equal(result, expected));
    assert_true(json_equal(data, before));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_public_cases_hold),
        cmocka_unit_test(test_our_cases_hold),
        cmocka_unit_test(test_unknown_operators_are_named),
        cmocka_unit_test(test_texts_cannot_grow_without_bound),
        cmocka_unit_test(test_arrays_cannot_nest_without_bound),
        cmocka_unit_test(test_loops_in_loops_end),
        cmocka_unit_test(test_deep_logic_is_refused),
        cmocka_unit_test(test_the_logic_and_data_are_not_changed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
