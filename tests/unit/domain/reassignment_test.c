/* A change of the responsible MR opens a handover and keeps how things stood. */
#include "reassignment.h"

#include "domain_fixture.h"

static void a_new_owner_gets_a_handover(void **state) {
    World *world = *state;
    Record doctor = clinic_doctor(world, "A", ",\"temperature\":\"favorable\"");
    world->now += CLOCK_DAY;
    doctor = world_changed(world, &world->lead, &doctor,
                           "{\"owner\":\"%s\",\"temperature\":\"neutral\"}",
                           world_id(world, world->ben.user));
    assert_string_equal(world_value(world, &doctor, "former_owner"),
                        world_id(world, world->ann.user));
    assert_string_equal(world_value(world, &doctor, "owner_changed_at"),
                        "2026-11-22T08:30:00.000Z");
    /* As the former owner knew the person, not as the same save leaves it. */
    assert_string_equal(world_value(world, &doctor, "temperature_at_reassignment"), "favorable");
    assert_int_equal(
        world_count(world,
                    "SELECT count(*) FROM \"handover\" AS h JOIN \"user\" AS a ON a.\"id\" = "
                    "h.\"from_user\" JOIN \"user\" AS b ON b.\"id\" = h.\"to_user\" WHERE "
                    "a.\"name\" = 'ann' AND b.\"name\" = 'ben' AND h.\"read_at\" IS NULL"),
        1);
}

static void other_changes_open_none(void **state) {
    World *world = *state;
    Record doctor = clinic_doctor(world, "A", "");
    doctor = world_changed(world, &world->lead, &doctor, "{\"family_name\":\"B\"}");
    doctor = world_changed(world, &world->lead, &doctor, "{\"owner\":\"%s\"}",
                           world_id(world, world->ann.user));
    assert_int_equal(world_count(world, "SELECT count(*) FROM \"handover\""), 0);
    doctor = world_changed(world, &world->system, &doctor, "{\"owner\":null}");
    assert_int_equal(world_count(world, "SELECT count(*) FROM \"handover\""), 0);
    assert_string_equal(world_value(world, &doctor, "former_owner"),
                        world_id(world, world->ann.user));
    Record orphan = world_made(world, &world->system, "hcp",
                               "{\"kind\":\"doctor\",\"family_name\":\"C\",\"owner\":null}");
    (void)world_changed(world, &world->system, &orphan, "{\"owner\":\"%s\"}",
                        world_id(world, world->ann.user));
    assert_int_equal(world_count(world, "SELECT count(*) FROM \"handover\""), 0);
}

CLINIC_MAIN(cmocka_unit_test(a_new_owner_gets_a_handover),
            cmocka_unit_test(other_changes_open_none))
