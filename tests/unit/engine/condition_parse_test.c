/* What a condition over records may say, and what is said about one that it may not. */
#include "condition_fixture.h"

typedef struct Business {
    Arena *arena;
    Model *model;
    const Object *item;
} Business;

static int set_up(void **state) {
    Business *business = calloc(1, sizeof *business);
    business->arena = arena_new();
    business->model = business_model(business->arena);
    business->item = model_object(business->model, STR("item"));
    *state = business;
    return 0;
}

static int tear_down(void **state) {
    Business *business = *state;
    model_free(business->model);
    arena_free(business->arena);
    free(business);
    return 0;
}

static Status parse(Business *business, const char *text, Problem *problem, const Condition **out) {
    json_t *json CLEANUP(json_drop) = NULL;
    assert_int_equal(json_read(str_of(text), NULL, &json), STATUS_OK);
    return condition_parse(business->arena, business->model, business->item, json, STR("/filter"),
                           problem, out);
}

static const Condition *accepted(Business *business, const char *text) {
    Problem problem = problem_new(business->arena);
    const Condition *condition = NULL;
    Status status = parse(business, text, &problem, &condition);
    if (status != STATUS_OK) {
        fail_msg("%s: %.*s at %.*s", text, STR_ARGS(problem.first->code),
                 STR_ARGS(problem.first->pointer));
    }
    return condition;
}

static const ProblemError *refused(Business *business, const char *text) {
    Problem problem = problem_new(business->arena);
    const Condition *condition = NULL;
    if (parse(business, text, &problem, &condition) != STATUS_INVALID) fail_msg("%s", text);
    assert_null(condition);
    assert_int_equal(problem.count, 1);
    return problem.first;
}

static void assert_error(const ProblemError *error, const char *code, const char *pointer,
                         const char *first) {
    bool same = str_is(error->code, code) && str_is(error->pointer, pointer) &&
                str_is(error->arguments[0], first);
    if (!same) {
        fail_msg("%.*s at %.*s about %.*s", STR_ARGS(error->code), STR_ARGS(error->pointer),
                 STR_ARGS(error->arguments[0]));
    }
}

static void test_every_kind_of_condition_is_accepted(void **state) {
    static const char *const TEXTS[] = {
        "{}",
        "true",
        "{\"==\":[{\"var\":\"mood\"},\"warm\"]}",
        "{\"in\":[{\"var\":\"mood\"},[\"warm\",\"new\",null]]}",
        "{\"in\":[\"warm\",{\"var\":\"traits\"}]}",
        "{\"contains\":[{\"var\":\"labels_of\"},\"anything\"]}",
        "{\"in\":[\"Spring\",{\"var\":\"name\"}]}",
        "{\"<\":[1,{\"var\":\"count\"},5]}",
        "{\"==\":[{\"var\":\"owner\"},{\"me\":[]}]}",
        "{\"==\":[{\"var\":\"place.owner\"},{\"me\":null}]}",
        "{\">\":[{\"days_since\":[{\"var\":\"seen\"}]},90]}",
        "{\"<=\":[{\"days_until\":{\"var\":\"ends\"}},7]}",
        "{\"<=\":[{\"var\":\"ends\"},{\"week_end\":[]}]}",
        "{\"<\":[{\"var\":\"due\"},{\"month_end\":[]}]}",
        "{\">=\":[{\"var\":\"seen\"},\"2026-11-01\"]}",
        "{\">=\":[{\"var\":\"seen\"},\"2026-11-01T00:00:00+09:00\"]}",
        "{\">=\":[{\"var\":\"created_at\"},{\"now\":[]}]}",
        "{\"some\":[{\"var\":\"note\"},{\">\":[{\"var\":\"weight\"},3]}]}",
        "{\"none\":[{\"var\":\"link.source\"},true]}",
        "{\"and\":[{\"changed\":[\"mood\"]},{\"!=\":[{\"was\":\"mood\"},\"warm\"]}]}",
        "{\"==\":[{\"cat\":[{\"var\":\"name\"},\"-\",{\"var\":\"count\"}]},\"x-1\"]}",
        "{\"==\":[{\"%\":[{\"var\":\"count\"},2]},1]}",
        "{\">\":[{\"+\":[{\"var\":\"score\"},{\"*\":[{\"var\":\"count\"},0.5]}]},1]}",
        "{\"==\":[{\"if\":[{\"var\":\"active\"},{\"var\":\"mood\"},\"new\"]},\"cold\"]}",
        "{\"==\":[{\"var\":[\"mood\",\"new\"]},\"new\"]}",
        "{\"!\":[{\"missing\":[\"name\",\"place\"]}]}",
        "{\"!\":[{\"var\":\"extra\"}]}",
        "{\"==\":[{\"var\":\"sealed\"},null]}",
        "{\"==\":[{\"var\":\"id\"},\"01890a5d-ac96-774b-bcce-b302099a8057\"]}",
    };
    for (size_t i = 0; i < sizeof TEXTS / sizeof TEXTS[0]; i++) accepted(*state, TEXTS[i]);
}

static void test_unknown_names_are_told_with_their_place(void **state) {
    assert_error(refused(*state, "{\"and\":[true,{\"no_such\":[1]}]}"),
                 "condition_unknown_operator", "/filter/and/1/no_such", "no_such");
    assert_error(refused(*state, "{\"!\":{\"var\":\"no_such\"}}"), "condition_unknown_field",
                 "/filter/!/var", "no_such");
    assert_error(refused(*state, "{\"!\":[{\"var\":\"place.no_such\"}]}"),
                 "condition_unknown_field", "/filter/!/0/var", "place.no_such");
    assert_error(refused(*state, "{\"!\":[{\"var\":\"name.size\"}]}"), "condition_unknown_field",
                 "/filter/!/0/var", "name.size");
    assert_error(refused(*state, "{\"!\":[{\"var\":\"place.owner.name\"}]}"),
                 "condition_unknown_field", "/filter/!/0/var", "place.owner.name");
    assert_error(refused(*state, "{\"some\":[{\"var\":\"place\"},true]}"),
                 "condition_unknown_field", "/filter/some/0", "place");
    assert_error(refused(*state, "{\"some\":[{\"var\":\"link\"},true]}"),
                 "condition_which_reference", "/filter/some/0", "link");
    assert_error(refused(*state, "{\"<\":[1,2],\"extra\":1}"), "condition_unknown_operator",
                 "/filter/<", "<");
}

static void test_unknown_choices_name_those_that_exist(void **state) {
    static const char *const TEXTS[] = {
        "{\"==\":[{\"var\":\"mood\"},\"hot\"]}",
        "{\"!=\":[\"hot\",{\"var\":\"mood\"}]}",
        "{\"in\":[{\"var\":\"mood\"},[\"warm\",\"hot\"]]}",
        "{\"contains\":[{\"var\":\"traits\"},\"hot\"]}",
        "{\"==\":[{\"var\":[\"mood\",\"hot\"]},\"warm\"]}",
        "{\"==\":[{\"if\":[true,{\"var\":\"mood\"},\"hot\"]},\"warm\"]}",
    };
    for (size_t i = 0; i < sizeof TEXTS / sizeof TEXTS[0]; i++) {
        const ProblemError *error = refused(*state, TEXTS[i]);
        assert_true(str_is(error->code, "condition_unknown_choice"));
        assert_true(str_is(error->arguments[1], "hot"));
        assert_true(str_is(error->arguments[2], "warm, cold, new"));
    }
}

static void test_values_that_do_not_compare_are_refused(void **state) {
    static const char *const TEXTS[] = {
        "{\"<\":[{\"var\":\"mood\"},\"warm\"]}",
        "{\"==\":[{\"var\":\"count\"},\"5\"]}",
        "{\"==\":[{\"var\":\"name\"},5]}",
        "{\"==\":[{\"var\":\"active\"},1]}",
        "{\"<\":[{\"var\":\"owner\"},{\"me\":[]}]}",
        "{\"==\":[{\"var\":\"owner\"},\"somebody\"]}",
        "{\"<\":[{\"var\":\"born\"},\"yesterday\"]}",
        "{\"<\":[{\"var\":\"born\"},\"2026-02-30\"]}",
        "{\"<\":[{\"var\":\"seen\"},\"soon\"]}",
        "{\"<\":[{\"var\":\"born\"},{\"var\":\"seen\"}]}",
        "{\"==\":[{\"var\":\"traits\"},\"warm\"]}",
        "{\"==\":[{\"var\":\"extra\"},\"x\"]}",
        "{\"==\":[{\"var\":\"sealed\"},\"x\"]}",
        "{\"days_since\":[{\"var\":\"name\"}]}",
        "{\"+\":[{\"var\":\"name\"},1]}",
        "{\"%\":[{\"var\":\"score\"},2]}",
        "{\"cat\":[{\"var\":\"score\"}]}",
        "{\"in\":[{\"var\":\"name\"},[{\"var\":\"memo\"}]]}",
        "{\"in\":[{\"var\":\"name\"},{\"var\":\"count\"}]}",
        "{\"==\":[{\"and\":[{\"var\":\"name\"},{\"var\":\"count\"}]},1]}",
        "[1]",
    };
    for (size_t i = 0; i < sizeof TEXTS / sizeof TEXTS[0]; i++) {
        const ProblemError *error = refused(*state, TEXTS[i]);
        if (!str_is(error->code, "condition_type")) {
            fail_msg("%s: %.*s", TEXTS[i], STR_ARGS(error->code));
        }
    }
}

static void test_the_number_of_arguments_is_checked(void **state) {
    assert_error(refused(*state, "{\"==\":[1]}"), "condition_arguments", "/filter/==", "==");
    assert_error(refused(*state, "{\">\":[1,2,3]}"), "condition_arguments", "/filter/>", ">");
    assert_error(refused(*state, "{\"==\":[{\"today\":[1]},null]}"), "condition_arguments",
                 "/filter/==/0/today", "today");
    assert_error(refused(*state, "{\"and\":[]}"), "condition_arguments", "/filter/and", "and");
}

static void test_conditions_too_deep_or_large_are_refused(void **state) {
    Buffer text CLEANUP(buffer_free) = {0};
    for (int i = 0; i < 30; i++) buffer_add(&text, STR("{\"!\":"));
    buffer_add(&text, STR("true"));
    for (int i = 0; i < 30; i++) buffer_add(&text, STR("}"));
    buffer_add_byte(&text, '\0');
    assert_true(str_is(refused(*state, text.data)->code, "condition_depth"));

    buffer_clear(&text);
    buffer_add(&text, STR("{\"or\":["));
    for (int i = 0; i < 400; i++) buffer_add(&text, STR("{\"var\":\"name\"},"));
    buffer_add(&text, STR("{\"==\":[{\"var\":\"name\"},\"x\"]}]}"));
    buffer_add_byte(&text, '\0');
    accepted(*state, text.data);
    buffer_clear(&text);
    buffer_add(&text, STR("{\"or\":["));
    for (int i = 0; i < 700; i++) buffer_add(&text, STR("{\"var\":\"name\"},"));
    buffer_add(&text, STR("true]}"));
    buffer_add_byte(&text, '\0');
    assert_true(str_is(refused(*state, text.data)->code, "condition_arguments"));
}

static void test_numbers_cannot_run_out_of_range(void **state) {
    Buffer text CLEANUP(buffer_free) = {0};
    buffer_add(&text, STR("{\"*\":["));
    for (int i = 0; i < 20; i++) buffer_add(&text, STR("{\"var\":\"count\"},"));
    buffer_add(&text, STR("1]}"));
    buffer_add_byte(&text, '\0');
    assert_true(str_is(refused(*state, text.data)->code, "condition_numbers"));
    assert_true(
        str_is(refused(*state, "{\"<\":[{\"var\":\"score\"},1e300]}")->code, "condition_numbers"));
    accepted(*state,
             "{\"<\":[{\"*\":[{\"var\":\"rate\"},{\"var\":\"rate\"},{\"var\":\"score\"}]},9]}");
}

static void test_the_past_is_not_for_related_records(void **state) {
    assert_error(refused(*state, "{\"some\":[{\"var\":\"note\"},{\"changed\":[\"weight\"]}]}"),
                 "condition_not_in_list", "/filter/some/1/changed/0", "changed");
    assert_error(refused(*state, "{\"changed\":[\"id\"]}"), "condition_unknown_field",
                 "/filter/changed/0", "id");
}

static void test_what_a_condition_needs_is_known(void **state) {
    Business *business = *state;
    const Condition *condition =
        accepted(business,
                 "{\"and\":[{\"==\":[{\"var\":\"mood\"},\"warm\"]},{\"var\":\"place.size\"},"
                 "{\"some\":[{\"var\":\"note\"},{\"var\":\"name\"}]}]}");
    assert_false(condition_needs_change(condition));
    assert_true(condition_mentions(condition, object_field(business->item, STR("mood"))));
    assert_true(condition_mentions(condition, object_field(business->item, STR("place"))));
    assert_false(condition_mentions(condition, object_field(business->item, STR("name"))));
    const Object *note = model_object(business->model, STR("note"));
    assert_false(condition_mentions(condition, object_field(note, STR("name"))));
    assert_true(condition_needs_change(accepted(business, "{\"changed\":[\"mood\",\"count\"]}")));
    assert_true(condition_needs_change(accepted(business, "{\"!\":{\"was\":[\"count\"]}}")));
}

static void test_what_only_a_save_can_change_is_settled(void **state) {
    static const char *const SETTLED[] = {
        "{}", "{\"==\":[{\"var\":\"mood\"},\"warm\"]}",
        "{\"and\":[{\"!!\":[{\"var\":\"place\"}]},{\">\":[{\"var\":\"count\"},3]}]}"};
    static const char *const UNSETTLED[] = {
        "{\"var\":\"place.size\"}", "{\"some\":[{\"var\":\"note\"},{\"var\":\"name\"}]}",
        "{\"changed\":[\"mood\"]}",
        "{\"or\":[{\"var\":\"count\"},{\">\":[{\"days_since\":[{\"var\":\"created_at\"}]},3]}]}",
        "{\"<\":[{\"var\":\"created_at\"},{\"now\":[]}]}"};
    for (size_t i = 0; i < sizeof SETTLED / sizeof *SETTLED; i++) {
        assert_true(condition_is_settled(accepted(*state, SETTLED[i])));
    }
    for (size_t i = 0; i < sizeof UNSETTLED / sizeof *UNSETTLED; i++) {
        assert_false(condition_is_settled(accepted(*state, UNSETTLED[i])));
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_every_kind_of_condition_is_accepted, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(test_unknown_names_are_told_with_their_place, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(test_unknown_choices_name_those_that_exist, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(test_values_that_do_not_compare_are_refused, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(test_the_number_of_arguments_is_checked, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_conditions_too_deep_or_large_are_refused, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(test_numbers_cannot_run_out_of_range, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_the_past_is_not_for_related_records, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(test_what_a_condition_needs_is_known, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_what_only_a_save_can_change_is_settled, set_up,
                                        tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
