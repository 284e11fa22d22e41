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

/* As an older program left it: written, but never looked through or judged. */
static void forget(World *world) {
    world_run(world, "DELETE FROM \"need_source\"");
    world_run(world, "DELETE FROM \"need\"");
    world_run(world, "UPDATE \"visit\" SET \"needs_read\" = NULL, \"substance\" = NULL");
    world_run(world,
              "UPDATE \"promise\" SET \"clarity\" = NULL, \"deliverable\" = 'send it later'");
}

static void records_of_before_are_read_once(void **state) {
    Clinic *clinic = *state;
    World *world = &clinic->world;
    Record doctor = clinic_doctor(world, "A", "");
    const char *said = ",\"discussion\":\"Asked again and again about pharmacoeconomics.\"";
    Record visit = clinic_visit(world, &doctor, said);
    (void)world_made(world, &world->ann, "promise",
                     "{\"hcp\":\"%s\",\"visit\":\"%s\",\"deliverable\":\"the renal dosing "
                     "table\",\"due_at\":\"2026-11-25T10:00:00Z\"}",
                     world_id(world, doctor.id), world_id(world, visit.id));
    forget(world);
    (void)run(clinic);
    assert_int_equal(world_count(world, "SELECT count(*) FROM \"need\""), 1);
    assert_int_equal(world_count(world,
                                 "SELECT count(*) FROM \"visit\" WHERE \"needs_read\" AND "
                                 "\"substance\" > 0 AND \"vague_promise_count\" = 1"),
                     1);
    (void)run(clinic);
    assert_int_equal(world_count(world, "SELECT count(*) FROM \"need_source\""), 1);
}

CLINIC_MAIN(cmocka_unit_test(people_of_all_zones_are_reached_once),
            cmocka_unit_test(a_committee_ahead_is_planned_for_once),
            cmocka_unit_test(records_of_before_are_read_once))
