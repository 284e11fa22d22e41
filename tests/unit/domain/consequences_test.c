/* Guarantees and rules together, as every running system has them. */
#include "consequences.h"

#include "domain_fixture.h"

static void the_built_in_business_has_what_the_guarantees_need(void **state) {
    Clinic *clinic = *state;
    Problem problem = problem_new(clinic->world.arena);
    assert_ok(consequences_check(clinic->business, &problem));
    assert_int_equal(problem.count, 0);
}

static void a_business_without_it_is_refused(void **state) {
    Clinic *clinic = *state;
    Arena *arena = clinic->world.arena;
    ModelSource *sources = ARENA_ARRAY(arena, SOURCES_MOST, ModelSource);
    Problem problem = problem_new(arena);
    Business *small;
    size_t count = world_sources(arena, BUSINESS_FOLDER, "", sources);
    assert_ok(business_load(sources, count, &problem, &small));
    assert_refused(consequences_check(small, &problem), "invalid");
    assert_str(problem.first->code, "definition_domain");
    business_free(small);
}

static void a_fall_seen_at_a_visit_brings_a_task_in_the_same_save(void **state) {
    World *world = *state;
    Record doctor = clinic_doctor(world, "A", ",\"temperature\":\"favorable\"");
    (void)clinic_visit(world, &doctor, ",\"temperature\":\"skeptical\"");
    assert_int_equal(world_count(world,
                                 "SELECT count(*) FROM \"task\" AS t JOIN \"user\" AS u ON "
                                 "u.\"id\" = t.\"owner\" WHERE u.\"name\" = 'ann' AND "
                                 "t.\"source\" LIKE 'rule:%%' AND t.\"hcp\" IS NOT NULL"),
                     1);
}

static void a_memo_is_about_somebody(void **state) {
    World *world = *state;
    Record none;
    assert_refused(world_create(world, &world->boss, "memo", "{\"text\":\"x\"}", &none), "invalid");
    assert_string_equal(world_error(world), "/hcp subject_missing");
}

CLINIC_MAIN(cmocka_unit_test(the_built_in_business_has_what_the_guarantees_need),
            cmocka_unit_test(a_business_without_it_is_refused),
            cmocka_unit_test(a_fall_seen_at_a_visit_brings_a_task_in_the_same_save),
            cmocka_unit_test(a_memo_is_about_somebody))
