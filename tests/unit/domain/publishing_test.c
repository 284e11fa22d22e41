/* Definitions published while the business runs: versions, what is in force, what is refused. */
#include "publishing_fixture.h"

static Status lay_work(Context *context, void *data) {
    Definitions *definitions = data; /* in: shipped; out: in force */
    Definitions shipped = *definitions;
    return published_lay_over(context->transaction, context->arena, &shipped, definitions);
}

static const ModelSource *in_force(World *world, const Definitions *shipped, const char *kind,
                                   const char *name) {
    Definitions *definitions = ARENA_NEW(world->arena, Definitions);
    *definitions = *shipped;
    assert_ok(world_see(world, &world->system, lay_work, definitions));
    return definitions_find(definitions, str_of(kind), str_of(name));
}

static Status generation_work(Context *context, void *data) {
    return published_generation(context->transaction, data);
}

static int64_t generation(World *world) {
    int64_t found = -1;
    assert_ok(world_see(world, &world->system, generation_work, &found));
    return found;
}

static void names_of_files_are_kinds_and_names(void **state) {
    Str kind, name;
    (void)state;
    assert_true(definitions_name(STR("roles/mr.json"), &kind, &name));
    assert_str(kind, "roles");
    assert_str(name, "mr");
    assert_false(definitions_name(STR("demo/mr.json"), &kind, &name));
    assert_false(definitions_name(STR("roles/mr.txt"), &kind, &name));
    assert_false(definitions_name(STR("roles/old/mr.json"), &kind, &name));
    assert_false(definitions_name(STR("roles/.json"), &kind, &name));
    assert_false(definitions_name(STR("roles"), &kind, &name));
    for (const char *const *each = PUBLISHED_KINDS; *each; each++) {
        assert_true(published_kind_known(str_of(*each)));
    }
    assert_false(published_kind_known(STR("demo")));
}

static void each_publication_is_a_version_and_the_last_is_in_force(void **state) {
    World *world = *state;
    Definitions shipped = shipped_definitions(world);
    int64_t version, before = generation(world);
    assert_null(in_force(world, &shipped, "roles", "helper"));
    assert_ok(publish(world, &shipped, "roles", "helper", ROLE_BODY(""), &version));
    assert_int_equal(version, 1);
    assert_ok(publish(world, &shipped, "roles", "helper", ROLE_BODY("'import'"), &version));
    assert_int_equal(version, 2);
    assert_int_equal(generation(world), before + 2);
    const ModelSource *source = in_force(world, &shipped, "roles", "helper");
    assert_non_null(source);
    assert_true(str_find_str(source->text, STR("import")) < source->text.size);
    assert_ok(publish(world, &shipped, "roles", "helper", "", &version));
    assert_null(in_force(world, &shipped, "roles", "helper"));
    assert_int_equal(generation(world), before + 3);
}

static void what_does_not_fit_is_refused_and_leaves_nothing(void **state) {
    World *world = *state;
    Definitions shipped = shipped_definitions(world);
    int64_t before = generation(world);
    static const struct {
        const char *kind, *name, *body, *error;
    } CASES[] = {
        {"roles", "Helper", ROLE_BODY(""), " definition_file_name"},
        {"roles", "other", ROLE_BODY(""), "/body/role definition_name_differs"},
        {"roles", "helper", "[]", "/body object_expected"},
        {"roles", "helper", "{'role':'helper','objects':{'x':{}}}",
         "/body definition_unknown_object"},
        {"roles", "admin", "{'role':'admin','labels':{'en':'a','ja':'a','zh':'a'}}",
         " definition_locks_out"},
        {"texts", "errors", "{}", "/body definition_text_dropped"},
    };
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        assert_refused(publish(world, &shipped, CASES[i].kind, CASES[i].name, CASES[i].body, NULL),
                       "invalid");
        assert_string_equal(world_error(world), CASES[i].error);
    }
    assert_int_equal(generation(world), before);
}

/* A role is a choice of the user's: as long as somebody has it, it stays. */
static void a_role_in_use_stays(void **state) {
    World *world = *state;
    Definitions shipped = shipped_definitions(world);
    assert_ok(publish(world, &shipped, "roles", "helper", ROLE_BODY(""), NULL));
    Record user = world_made(world, &world->system, "user",
                             "{\"login\":\"h\",\"name\":\"H\",\"role\":\"mr\",\"lang\":\"en\","
                             "\"zone\":\"UTC\"}");
    Definitions *now = ARENA_NEW(world->arena, Definitions);
    Business *business;
    *now = shipped;
    assert_ok(world_see(world, &world->system, lay_work, now));
    assert_ok(publishing_load(now, &world->problem, &business));
    assert_non_null(field_choice(
        object_field(model_object(business->model, STR("user")), STR("role")), STR("helper")));
    const Model *old = world->model;
    world->model = business->model;
    user.object = world_object(world, "user");
    (void)world_changed(world, &world->system, &user, "{\"role\":\"helper\"}");
    assert_refused(publish(world, &shipped, "roles", "helper", "", NULL), "invalid");
    assert_non_null(strstr(world_error(world), "/choices definition_choice_in_use"));
    world->model = (Model *)old;
    business_free(business);
}

static void checking_keeps_nothing_and_a_seen_version_guards(void **state) {
    World *world = *state;
    Definitions shipped = shipped_definitions(world);
    int64_t before = generation(world);
    char *body = str_terminated(world->arena, STR(ROLE_BODY("")));
    for (char *c = body; *c; c++) *c = *c == '\'' ? '"' : *c;
    PublishDeed deed = {.publication = {.shipped = &shipped,
                                        .kind = STR("roles"),
                                        .name = STR("helper"),
                                        .body = str_of(body)}};
    assert_ok(world_see(world, &world->boss, check_work, &deed));
    assert_int_equal(generation(world), before);
    assert_ok(world_do(world, &world->boss, publish_work, &deed));
    assert_refused(world_do(world, &world->boss, publish_work, &deed), "stale");
    assert_string_equal(world_error(world), " definition_stale");
    deed.publication.if_version = 1;
    assert_ok(world_do(world, &world->boss, publish_work, &deed));
    assert_int_equal(deed.version, 2);
}

CLINIC_MAIN(cmocka_unit_test(names_of_files_are_kinds_and_names),
            cmocka_unit_test(each_publication_is_a_version_and_the_last_is_in_force),
            cmocka_unit_test(what_does_not_fit_is_refused_and_leaves_nothing),
            cmocka_unit_test(a_role_in_use_stays),
            cmocka_unit_test(checking_keeps_nothing_and_a_seen_version_guards))
