/* Visits: what is completed and what is refused when one is saved. */
#include "visit.h"

#include "domain_fixture.h"

static Status try_visit(World *world, const Record *doctor, const char *more) {
    Record none;
    Str body = str_format(world->arena, "{\"hcp\":\"%s\"%s}", world_id(world, doctor->id), more);
    return world_create(world, &world->ann, "visit", body.data, &none);
}

static void time_and_place_are_filled_in(void **state) {
    World *world = *state;
    Record hco = world_made(world, &world->system, "hco", "{\"kind\":\"clinic\",\"name\":\"H\"}");
    Record doctor = clinic_doctor(
        world, "A",
        str_format(world->arena, ",\"primary_hco\":\"%s\"", world_id(world, hco.id)).data);
    Record visit = clinic_visit(world, &doctor, "");
    assert_string_equal(world_value(world, &visit, "state"), "completed");
    assert_string_equal(world_value(world, &visit, "held_at"), "2026-11-21T08:30:00.000Z");
    assert_string_equal(world_value(world, &visit, "hco"), world_id(world, hco.id));
    assert_string_equal(world_value(world, &visit, "owner"), world_id(world, world->ann.user));
    visit = clinic_visit(world, &doctor, ",\"state\":\"draft\"");
    assert_string_equal(world_value(world, &visit, "held_at"), "2026-11-21T08:30:00.000Z");
    visit = clinic_visit(world, &doctor,
                         ",\"state\":\"planned\",\"planned_at\":\"2026-12-01T00:00:00Z\"");
    assert_string_equal(world_value(world, &visit, "held_at"), "null");
    world->now = at("2026-12-01T01:00:00Z");
    visit = world_changed(world, &world->ann, &visit, "{\"state\":\"completed\"}");
    assert_string_equal(world_value(world, &visit, "held_at"), "2026-12-01T01:00:00.000Z");
}

static void what_cannot_have_been_is_refused(void **state) {
    World *world = *state;
    Record doctor = clinic_doctor(world, "A", "");
    assert_refused(try_visit(world, &doctor, ",\"state\":\"planned\""), "invalid");
    assert_string_equal(world_error(world), "/planned_at plan_without_time");
    assert_refused(try_visit(world, &doctor, ",\"held_at\":\"2026-11-21T08:36:00Z\""), "invalid");
    assert_string_equal(world_error(world), "/held_at visit_in_future");
    assert_ok(
        try_visit(world, &doctor, ",\"held_at\":\"2026-11-21T08:34:00Z\"")); /* clocks differ */
}

static void what_is_signed_stays_signed(void **state) {
    World *world = *state;
    Record doctor = clinic_doctor(world, "A", ""), none;
    Record visit = clinic_visit(world, &doctor, ",\"state\":\"signed\"");
    assert_refused(world_update(world, &world->ann, &visit, "{\"state\":\"completed\"}", &none),
                   "invalid");
    assert_string_equal(world_error(world), "/state state_order");
    assert_refused(world_update(world, &world->ann, &visit, "{\"state\":\"cancelled\"}", &none),
                   "invalid");
    assert_ok(world_delete(world, &world->boss, &visit)); /* deleting is another matter */
    assert_ok(world_restore(world, &world->boss, &visit, &none));
}

static void a_deleted_visit_counts_no_more(void **state) {
    World *world = *state;
    Record doctor = clinic_doctor(world, "A", "");
    (void)clinic_visit(world, &doctor, ",\"held_at\":\"2026-11-01T00:00:00Z\"");
    Record visit = clinic_visit(world, &doctor, ",\"held_at\":\"2026-11-10T00:00:00Z\"");
    assert_string_equal(clinic_now(world, &doctor, "visit_count"), "2");
    assert_string_equal(clinic_now(world, &doctor, "last_visit_at"), "2026-11-10T00:00:00.000Z");
    assert_ok(world_delete(world, &world->boss, &visit));
    assert_string_equal(clinic_now(world, &doctor, "visit_count"), "1");
    assert_string_equal(clinic_now(world, &doctor, "last_visit_at"), "2026-11-01T00:00:00.000Z");
}

CLINIC_MAIN(cmocka_unit_test(time_and_place_are_filled_in),
            cmocka_unit_test(what_cannot_have_been_is_refused),
            cmocka_unit_test(what_is_signed_stays_signed),
            cmocka_unit_test(a_deleted_visit_counts_no_more))
