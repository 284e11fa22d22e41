/* The built-in business with its guarantees and without its rules, and a few people in it. */
#ifndef ONDO_TESTS_DOMAIN_FIXTURE_H
#define ONDO_TESTS_DOMAIN_FIXTURE_H

#include "../record/record_fixture.h"

#include "consequences.h"

/** A World (it comes first) whose model is of a business. */
typedef struct Clinic {
    World world;
    Business *business;
    Hooks hooks;
} Clinic;

static inline Actor clinic_person(World *world, const char *name, const char *role,
                                  const char *zone) {
    Record user = world_made(world, &world->system, "user",
                             "{\"login\":\"%s\",\"name\":\"%s\",\"role\":\"%s\",\"team\":\"%s\","
                             "\"lang\":\"en\",\"zone\":\"%s\"}",
                             name, name, role, world_id(world, world->north), zone);
    return (Actor){.user = user.id,
                   .team = world->north,
                   .role = roles_find(world->roles, str_of(role)),
                   .zone = STR("UTC"),
                   .via = STR("api")};
}

static inline void clinic_load(Clinic *clinic) {
    World *world = &clinic->world;
    ModelSource *sources = ARENA_ARRAY(world->arena, SOURCES_MOST, ModelSource);
    Problem problem = problem_new(world->arena);
    size_t count = world_sources(world->arena, ONDO_SOURCE_DIR "/pharma", "", sources);
    Status status = business_load(sources, count, &problem, &clinic->business);
    world_complain(&problem);
    assert_ok(status);
    world->model = clinic->business->model;
    world->roles = clinic->business->roles;
}

static inline int clinic_build(void **state) {
    Clinic *clinic = calloc(1, sizeof *clinic);
    World *world = &clinic->world;
    bool changed;
    world->fixture = *state;
    world->store = world->fixture->store;
    world->arena = arena_new();
    world->now = at("2026-11-21T08:30:00Z");
    assert_true(sodium_init() >= 0);
    clinic_load(clinic);
    Problem problem = problem_new(world->arena);
    assert_ok(migration_run(world->store));
    assert_ok(tables_update(world->model, world->store, &problem, &changed));
    world->system = (Actor){.everything = true, .zone = STR("UTC"), .via = STR("cli")};
    world->north = world_made(world, &world->system, "team", "{\"name\":\"North\"}").id;
    world->boss = clinic_person(world, "boss", "admin", "UTC");
    world->ann = clinic_person(world, "ann", "mr", "UTC");
    world->ben = clinic_person(world, "ben", "mr", "Asia/Tokyo");
    world->lead = clinic_person(world, "lead", "manager", "UTC");
    clinic->hooks = consequences_hooks(clinic->business);
    world->hooks = &clinic->hooks;
    *state = clinic;
    return 0;
}

static inline int clinic_setup_sqlite(void **state) {
    return fixture_setup_sqlite(state) ? -1 : clinic_build(state);
}
static inline int clinic_setup_postgresql(void **state) {
    return fixture_setup_postgresql(state) ? -1 : clinic_build(state);
}
static inline Fixture *clinic_end(void **state) {
    Clinic *clinic = *state;
    Fixture *fixture = clinic->world.fixture;
    business_free(clinic->business);
    arena_free(clinic->world.arena);
    free(clinic);
    return fixture;
}
static inline int clinic_teardown_sqlite(void **state) {
    *state = clinic_end(state);
    return fixture_teardown_sqlite(state);
}
static inline int clinic_teardown_postgresql(void **state) {
    *state = clinic_end(state);
    return fixture_teardown_postgresql(state);
}

static inline int clinic_run_both(const char *name, struct CMUnitTest *tests, size_t count) {
    int failed = 0;
    for (int server = 0; server < (getenv("ONDO_TEST_POSTGRESQL") ? 2 : 1); server++) {
        for (size_t i = 0; i < count; i++) {
            tests[i].setup_func = server ? clinic_setup_postgresql : clinic_setup_sqlite;
            tests[i].teardown_func = server ? clinic_teardown_postgresql : clinic_teardown_sqlite;
        }
        printf("%s\n", server ? "on PostgreSQL" : "on SQLite");
        failed += _cmocka_run_group_tests(name, tests, count, NULL, NULL);
    }
    return failed;
}

#define CLINIC_MAIN(...)                                                       \
    int main(void) {                                                           \
        struct CMUnitTest tests[] = {__VA_ARGS__};                             \
        return clinic_run_both(__FILE__, tests, sizeof tests / sizeof *tests); \
    }

/** A doctor of ann's; `more` is further members, each with a comma before it. */
static inline Record clinic_doctor(World *world, const char *name, const char *more) {
    return world_made(world, &world->system, "hcp",
                      "{\"kind\":\"doctor\",\"family_name\":\"%s\",\"owner\":\"%s\"%s}", name,
                      world_id(world, world->ann.user), more);
}

/** A visit to a doctor. */
static inline Record clinic_visit(World *world, const Record *hcp, const char *more) {
    return world_made(world, &world->ann, "visit", "{\"hcp\":\"%s\"%s}", world_id(world, hcp->id),
                      more);
}

static inline const char *clinic_now(World *world, const Record *record, const char *field) {
    Record now = world_now(world, record);
    return world_value(world, &now, field);
}

#endif
