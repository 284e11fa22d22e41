/* The daily run: every zone in its own day, and nothing twice. */
#include "daily.h"

#include "domain_fixture.h"

static int64_t run(Clinic *clinic) {
    World *world = &clinic->world;
    DailyOptions options = {.store = world->store,
                            .business = clinic->business,
                            .hooks = &clinic->hooks,
                            .now = world->now,
                            .company_zone = STR("Europe/Berlin")};
    Problem problem = problem_new(world->arena);
    int64_t acted = -1;
    Status status = daily_run(&options, &problem, &acted);
    world_complain(&problem);
    assert_ok(status);
    return acted;
}

static void people_of_all_zones_are_reached_once(void **state) {
    Clinic *clinic = *state;
    World *world = &clinic->world;
    assert_int_equal(run(clinic), 0); /* nobody is due */
    Record first = clinic_doctor(world, "A", ",\"temperature\":\"favorable\"");
    Record second = clinic_doctor(world, "B", ",\"temperature\":\"favorable\"");
    (void)world_changed(world, &world->system, &second, "{\"owner\":\"%s\"}",
                        world_id(world, world->ben.user)); /* in Tokyo */
    (void)world_made(world, &world->system, "visit",
                     "{\"hcp\":\"%s\",\"owner\":\"%s\",\"held_at\":\"2026-10-01T00:00:00Z\"}",
                     world_id(world, first.id), world_id(world, world->ann.user));
    (void)world_made(world, &world->system, "visit",
                     "{\"hcp\":\"%s\",\"owner\":\"%s\",\"held_at\":\"2026-10-01T00:00:00Z\"}",
                     world_id(world, second.id), world_id(world, world->ben.user));
    assert_int_equal(run(clinic), 2);
    assert_int_equal(world_count(world, "SELECT count(DISTINCT \"owner\") FROM \"task\""), 2);
    assert_int_equal(run(clinic), 0);
    world->now += 40 * CLOCK_DAY;
    assert_int_equal(run(clinic), 0); /* the same visit is the same cause */
}

static void a_committee_ahead_is_planned_for_once(void **state) {
    Clinic *clinic = *state;
    World *world = &clinic->world;
    (void)world_made(world, &world->system, "hco",
                     "{\"kind\":\"clinic\",\"name\":\"H\",\"owner\":\"%s\","
                     "\"next_committee_on\":\"2026-12-05\"}",
                     world_id(world, world->lead.user));
    assert_int_equal(run(clinic), 1);
    assert_int_equal(run(clinic), 0);
}

CLINIC_MAIN(cmocka_unit_test(people_of_all_zones_are_reached_once),
            cmocka_unit_test(a_committee_ahead_is_planned_for_once))
