#include "model_fixture.h"

#include <math.h>

static void a_good_model_is_read_as_written(void **state) {
    Arena *arena CLEANUP(arena_drop) = arena_new();
    Model *model = fixture_load(arena, fixture_sources());
    const Object *hcp = model_object(model, STR("hcp"));
    (void)state;
    assert_int_equal(model_object_count(model), FIXTURE_OBJECTS);
    assert_ptr_equal(model_object_at(model, hcp->index), hcp);
    assert_null(model_object(model, STR("hco")));
    assert_null(model_object(model, STR("")));
    assert_null(object_field(hcp, STR("nothing")));
    assert_null(object_field(NULL, STR("nothing")));
    assert_str(hcp->label.in[LANG_JA], "言葉");
    assert_str(hcp->ownership.owner, "owner");
    assert_int_equal(hcp->index_set_count, 1);
    assert_str(hcp->index_sets[0][0], "owner");
    assert_str(hcp->index_sets[0][1], "last_visit_at");
    assert_true(str_empty(hcp->index_sets[0][2]));
    const Field *strength = object_field(hcp, STR("strength"));
    assert_int_equal(strength->type, FIELD_DECIMAL);
    assert_true(strength->minimum == 0 && strength->maximum == 1);
    assert_int_equal(strength->initial.kind, VALUE_DECIMAL);
    assert_true(strength->initial.decimal == 0.5);
    const Field *count = object_field(hcp, STR("visit_count"));
    assert_true(isinf(count->minimum) && isinf(count->maximum));
    const Object *topic = model_object(model, STR("topic"));
    assert_true(topic->append_only);
    assert_false(topic->system_only);
    model_free(model);
}

static void defaults_words_and_ranks(void **state) {
    Arena *arena CLEANUP(arena_drop) = arena_new();
    Model *model = fixture_load(arena, fixture_sources());
    const Object *hcp = model_object(model, STR("hcp"));
    const Field *kind = object_field(hcp, STR("kind")), *owner = object_field(hcp, STR("owner"));
    (void)state;
    assert_str(kind->initial.text, "doctor");
    assert_true(str_empty(kind->initial_word));
    assert_str(owner->initial_word, "me");
    assert_int_equal(owner->initial.kind, VALUE_NULL);
    assert_int_equal(field_choice(kind, STR("doctor"))->rank, 5);
    assert_int_equal(field_choice(kind, STR("nurse"))->rank, 1);
    assert_true(field_choice(kind, STR("ward"))->retired);
    assert_null(field_choice(kind, STR("Doctor")));
    assert_int_equal(object_field(hcp, STR("family_name"))->max_length, 200);
    assert_int_equal(object_field(hcp, STR("npi"))->max_length, 10);
    model_free(model);
}

static void references_children_and_rollups_are_resolved(void **state) {
    Arena *arena CLEANUP(arena_drop) = arena_new();
    Model *model = fixture_load(arena, fixture_sources());
    const Object *hcp = model_object(model, STR("hcp")), *visit = model_object(model, STR("visit"));
    size_t count;
    (void)state;
    assert_ptr_equal(field_target(model, object_field(visit, STR("hcp"))), hcp);
    const RollupUse *uses = model_rollups_over(model, visit, &count);
    assert_int_equal(count, 2);
    assert_ptr_equal(uses[0].object, hcp);
    assert_str(uses[0].field->name, "visit_count");
    assert_true(uses[1].field->system);
    assert_int_equal(uses[1].field->rollup->where_count, 2);
    assert_str(uses[1].field->rollup->where_codes[1], "signed");
    (void)model_rollups_over(model, hcp, &count);
    assert_int_equal(count, 0);
    assert_int_equal(visit->child_count, 1);
    assert_str(visit->children[0].copy_to[0], "raised_at");
    assert_str(visit->children[0].copy_from[0], "held_at");
    const Field *family = object_field(hcp, STR("family_name"));
    assert_str(field_sort_source(hcp, family, LANG_JA)->name, "family_kana");
    assert_str(field_sort_source(hcp, family, LANG_ZH)->name, "family_name");
    model_free(model);
}

typedef struct BadCase {
    const char *object, *pointer, *json; /* the change */
    const char *code, *at;               /* the error, and where in the file */
} BadCase;

static const BadCase BAD[] = {
    {"hcp", "/colour", "1", "definition_member_unknown", "/colour"},
    {"hcp", "/object", "\"Hcp\"", "definition_name_form", "/object"},
    {"hcp", "/object", "\"person\"", "definition_file_name", "/object"},
    {"hcp", "/object", "\"journal\"", "definition_name_reserved", "/object"},
    {"hcp", "/object", "\"visit_search\"", "definition_name_reserved", "/object"},
    {"hcp", "/object", "7", "definition_not_text", "/object"},
    {"hcp", "/labels", NULL, "definition_member_missing", "/labels"},
    {"hcp", "/labels/zh", NULL, "definition_label_missing", "/labels"},
    {"hcp", "/labels/fr", "\"mot\"", "definition_member_unknown", "/labels/fr"},
    {"hcp", "/title", NULL, "definition_member_missing", "/title"},
    {"hcp", "/title/en", "\"{family_name\"", "definition_title_braces", "/title/en"},
    {"hcp", "/title/en", "\"{a{family_name}}\"", "definition_title_braces", "/title/en"},
    {"hcp", "/title/en", "\"family}\"", "definition_title_braces", "/title/en"},
    {"hcp", "/title/en", "\"{}\"", "definition_title_braces", "/title/en"},
    {"hcp", "/title/ja", "\"{family_nam}\"", "definition_unknown_field", "/title/ja"},
    {"hcp", "/append_only", "\"yes\"", "definition_not_flag", "/append_only"},
    {"hcp", "/fields", "[]", "definition_field_count", "/fields"},
    {"hcp", "/fields", "{}", "definition_not_list", "/fields"},
    {"hcp", "/fields/0", "[]", "definition_not_object", "/fields/0"},
    {"hcp", "/fields/0/indexd", "true", "definition_member_unknown", "/fields/0/indexd"},
    {"hcp", "/fields/1/name", "\"family_name\"", "definition_repeated", "/fields/1/name"},
    {"hcp", "/fields/1/name", "\"created_at\"", "definition_name_reserved", "/fields/1/name"},
    {"hcp", "/fields/1/name", "\"x_sort_ja\"", "definition_name_reserved", "/fields/1/name"},
    {"hcp", "/fields/1/name", "\"xmin\"", "definition_name_reserved", "/fields/1/name"},
    {"hcp", "/fields/1/type", "\"string\"", "definition_unknown_type", "/fields/1/type"},
    {"hcp", "/fields/1/type", NULL, "definition_member_missing", "/fields/1/type"},
    {"hcp", "/fields/1/labels/en", "\"\"", "definition_label_missing", "/fields/1/labels"},
    {"hcp", "/fields/1/help", "{\"en\": \"x\"}", "definition_label_missing", "/fields/1/help"},
    {"hcp", "/fields/1/scale", "2", "definition_not_for_type", "/fields/1/scale"},
    {"hcp", "/fields/1/minimum", "2", "definition_not_for_type", "/fields/1/minimum"},
    {"hcp", "/fields/1/choices", "[]", "definition_not_for_type", "/fields/1/choices"},
    {"hcp", "/fields/1/max_length", "0", "definition_not_integer", "/fields/1/max_length"},
    {"hcp", "/fields/1/max_length", "2001", "definition_not_integer", "/fields/1/max_length"},
    {"hcp", "/fields/1/sort_by", "{\"ja\": \"family_kana\"}", "definition_needs",
     "/fields/1/sort_by"},
    {"hcp", "/fields/0/sort_by/ja", "\"kind\"", "definition_wrong_type", "/fields/0/sort_by/ja"},
    {"hcp", "/fields/0/sort_by/ja", "\"kana\"", "definition_unknown_field", "/fields/0/sort_by/ja"},
    {"hcp", "/fields/4/check", "\"nip\"", "definition_unknown_check", "/fields/4/check"},
    {"hcp", "/fields/5/choices", NULL, "definition_member_missing", "/fields/5/choices"},
    {"hcp", "/fields/5/choices", "\"visit.nothing\"", "definition_unknown_field",
     "/fields/5/choices"},
    {"hcp", "/fields/5/choices/1/code", "\"doctor\"", "definition_repeated", "/fields/5/choices/1"},
    {"hcp", "/fields/5/choices/1/code", "\"head nurse\"", "definition_choice_code",
     "/fields/5/choices/1/code"},
    {"hcp", "/fields/5/choices/1/labels", NULL, "definition_member_missing",
     "/fields/5/choices/1/labels"},
    {"hcp", "/fields/5/default", "\"ward\"", "definition_default", "/fields/5/default"},
    {"hcp", "/fields/6/reference", "\"usr\"", "definition_unknown_object", "/fields/6/reference"},
    {"hcp", "/fields/6/reference", NULL, "definition_member_missing", "/fields/6/reference"},
    {"hcp", "/fields/6/default", "\"you\"", "definition_default", "/fields/6/default"},
    {"visit", "/fields/0/default", "\"me\"", "definition_wrong_reference", "/fields/0/default"},
    {"hcp", "/fields/7/default", "1.5", "definition_default", "/fields/7/default"},
    {"hcp", "/fields/7/minimum", "2", "definition_bounds_crossed", "/fields/7/minimum"},
    {"hcp", "/fields/7/minimum", "\"0\"", "definition_not_number", "/fields/7/minimum"},
    {"hcp", "/fields/8/rollup/measure", "\"median\"", "definition_unknown_word",
     "/fields/8/rollup/measure"},
    {"hcp", "/fields/8/rollup/of", "\"nothing\"", "definition_unknown_field",
     "/fields/8/rollup/of"},
    {"hcp", "/fields/8/rollup/object", "\"call\"", "definition_unknown_object",
     "/fields/8/rollup/object"},
    {"hcp", "/fields/8/rollup/field", "\"state\"", "definition_wrong_reference",
     "/fields/8/rollup/field"},
    {"hcp", "/fields/9/rollup/of", NULL, "definition_member_missing", "/fields/9/rollup/of"},
    {"hcp", "/fields/9/rollup/of", "\"state\"", "definition_wrong_type", "/fields/9/rollup/of"},
    {"hcp", "/fields/9/rollup/where", "{\"state\": [\"done\"]}", "definition_unknown_choice",
     "/fields/9/rollup/where"},
    {"hcp", "/fields/9/rollup/where", "{\"held_at\": [\"done\"]}", "definition_wrong_type",
     "/fields/9/rollup/where"},
    {"hcp", "/fields/9/rollup/where", "{}", "definition_rollup_where", "/fields/9/rollup/where"},
    {"hcp", "/ownership/owner", "\"npi\"", "definition_wrong_reference", "/ownership/owner"},
    {"visit", "/ownership/via", "[\"state\"]", "definition_wrong_type", "/ownership/via"},
    {"hcp", "/ownership/shared", "\"npi\"", "definition_wrong_type", "/ownership/shared"},
    {"hcp", "/ownership/shared", "\"open\"", "definition_unknown_field", "/ownership/shared"},
    {"visit", "/timeline_at", "\"state\"", "definition_wrong_type", "/timeline_at"},
    {"visit", "/timeline_at", "\"when\"", "definition_unknown_field", "/timeline_at"},
    {"hcp", "/unique/0", "[\"npi\"]", "definition_set_small", "/unique/0"},
    {"hcp", "/unique/0", "[\"npi\", \"nothing\"]", "definition_unknown_field", "/unique/0"},
    {"topic", "/indexes", "[[\"visit\", \"text\"]]", "definition_not_for_type", "/indexes/0"},
    {"visit", "/children/0/object", "\"theme\"", "definition_unknown_object", "/children/0/object"},
    {"visit", "/children/0/field", "\"text\"", "definition_wrong_reference", "/children/0/field"},
    {"visit", "/children/0/shorthand", "\"word\"", "definition_unknown_field",
     "/children/0/shorthand"},
    {"visit", "/children/0/copy", "{\"text\": \"held_at\"}", "definition_wrong_type",
     "/children/0/copy"},
    {"visit", "/children/0/name", "\"state\"", "definition_repeated", "/children/0/name"},
    {"hcp", "/layouts/list/-", "\"tier\"", "definition_unknown_field", "/layouts/list"},
    {"hcp", "/layouts/form/0/when", "{\"kind\": [\"dr\"]}", "definition_unknown_choice",
     "/layouts/form/0/when/kind"},
    {"hcp", "/layouts/grid", "[]", "definition_member_unknown", "/layouts/grid"},
};

static bool has_error(const Problem *problem, const char *code, Str pointer) {
    for (const ProblemError *error = problem->first; error; error = error->next) {
        if (str_is(error->code, code) && str_equal(error->pointer, pointer)) return true;
    }
    return false;
}

static void each_kind_of_bad_definition_is_named_with_its_place(void **state) {
    (void)state;
    for (size_t i = 0; i < sizeof BAD / sizeof *BAD; i++) {
        const BadCase *bad = &BAD[i];
        Arena *arena CLEANUP(arena_drop) = arena_new();
        ModelSource sources[FIXTURE_OBJECTS];
        Problem problem = problem_new(arena);
        Model *model = NULL;
        fixture_changed_sources(arena, bad->object, bad->pointer, bad->json, sources);
        Str at = str_format(arena, "objects/%s.json#%s", bad->object, bad->at);
        Status status = model_load(arena, sources, FIXTURE_OBJECTS, &problem, &model);
        if (status != STATUS_INVALID || model || !has_error(&problem, bad->code, at)) {
            fixture_print(&problem);
            fail_msg("expected %s at %s", bad->code, at.data);
        }
    }
}

static void all_errors_are_collected(void **state) {
    Arena *arena CLEANUP(arena_drop) = arena_new();
    ModelSource sources[FIXTURE_OBJECTS], more[FIXTURE_OBJECTS];
    Problem problem = problem_new(arena);
    Model *model = NULL;
    (void)state;
    fixture_changed_sources(arena, "hcp", "/fields/1/type", "\"string\"", sources);
    fixture_changed_sources(arena, "visit", "/fields/0/reference", "\"doctor\"", more);
    sources[2] = more[2];
    assert_int_equal(model_load(arena, sources, FIXTURE_OBJECTS, &problem, &model), STATUS_INVALID);
    assert_true(
        has_error(&problem, "definition_unknown_type", STR("objects/hcp.json#/fields/1/type")));
    assert_true(has_error(&problem, "definition_unknown_object",
                          STR("objects/visit.json#/fields/0/reference")));
}

static void broken_json_names_the_file_and_the_line(void **state) {
    Arena *arena CLEANUP(arena_drop) = arena_new();
    ModelSource sources[] = {fixture_sources()[0],
                             {STR("objects/hcp.json"), STR("{\n\"object\" 1}")}};
    Problem problem = problem_new(arena);
    Model *model = NULL;
    (void)state;
    assert_int_equal(model_load(arena, sources, 2, &problem, &model), STATUS_INVALID);
    assert_int_equal(problem.count, 1);
    assert_str(problem.first->pointer, "objects/hcp.json#");
    assert_str(problem.first->code, "definition_json");
    assert_str(problem.first->arguments[0], "2");
}

static void two_files_cannot_define_one_object(void **state) {
    Arena *arena CLEANUP(arena_drop) = arena_new();
    ModelSource sources[] = {fixture_sources()[0], {STR("more/user.json"), STR(USER)}};
    Problem problem = problem_new(arena);
    Model *model = NULL;
    (void)state;
    assert_int_equal(model_load(arena, sources, 2, &problem, &model), STATUS_INVALID);
    assert_true(has_error(&problem, "definition_repeated", STR("more/user.json#/object")));
}

static void chains_of_ownership_must_end(void **state) {
    Arena *arena CLEANUP(arena_drop) = arena_new();
    ModelSource sources[FIXTURE_OBJECTS];
    Problem problem = problem_new(arena);
    Model *model = NULL;
    (void)state;
    /* visit → topic → visit */
    fixture_changed_sources(arena, "visit", "/fields/-",
                            "{\"name\": \"main_topic\", \"type\": \"reference\", \"reference\": "
                            "\"topic\", " LABELS "}",
                            sources);
    json_t *visit = json_loadb(sources[2].text.data, sources[2].text.size, 0, NULL);
    fixture_change(visit, "/ownership/via/-", "\"main_topic\"");
    sources[2].text = json_compact(arena, visit);
    json_decref(visit);
    assert_int_equal(model_load(arena, sources, FIXTURE_OBJECTS, &problem, &model), STATUS_INVALID);
    assert_true(has_error(&problem, "definition_cycle", STR("objects/visit.json#/ownership/via")));
    assert_true(has_error(&problem, "definition_cycle", STR("objects/topic.json#/ownership/via")));
}

static void an_object_made_by_hand_finds_its_fields(void **state) {
    const Field fields[] = {{.name = STR("a")}, {.name = STR("b"), .index = 1}};
    const Object object = {.fields = fields, .field_count = 2};
    (void)state;
    assert_ptr_equal(object_field(&object, STR("b")), &fields[1]);
    assert_null(object_field(&object, STR("c")));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_good_model_is_read_as_written),
        cmocka_unit_test(defaults_words_and_ranks),
        cmocka_unit_test(references_children_and_rollups_are_resolved),
        cmocka_unit_test(each_kind_of_bad_definition_is_named_with_its_place),
        cmocka_unit_test(all_errors_are_collected),
        cmocka_unit_test(broken_json_names_the_file_and_the_line),
        cmocka_unit_test(two_files_cannot_define_one_object),
        cmocka_unit_test(chains_of_ownership_must_end),
        cmocka_unit_test(an_object_made_by_hand_finds_its_fields),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
