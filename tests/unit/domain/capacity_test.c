/* Things of which there are only so many: who is next, and that never more is given than there is.
 */
#include "domain_fixture.h"

/* Weighs enough for tier A; a doctor of whom nothing is known stands in the last one. */
#define LEADING ",\"prescribing\":\"main\",\"kol\":true,\"influence_on_doctors\":\"high\""

static Record supply(World *world, int quantity, const char *more) {
    return world_made(world, &world->system, "resource",
                      "{\"name\":\"Congress\",\"quantity\":%d%s}", quantity, more);
}

static Record ask(World *world, const Record *supply, const Record *doctor, int amount) {
    return world_made(world, &world->ann, "allotment",
                      "{\"resource\":\"%s\",\"hcp\":\"%s\",\"amount\":%d}",
                      world_id(world, supply->id), world_id(world, doctor->id), amount);
}

static void assert_stands(World *world, const Record *allotment, const char *state,
                          const char *place) {
    assert_string_equal(clinic_now(world, allotment, "state"), state);
    assert_string_equal(clinic_now(world, allotment, "place"), place);
}

static Status work_off(Context *context, void *data) {
    const Clinic *clinic = data;
    return capacities_run(clinic->business->capacities, context);
}

static void the_line_goes_by_tier_and_then_by_time(void **state) {
    World *world = *state;
    Record seats = supply(world, 1, "");
    Record small = clinic_doctor(world, "C", ""), large = clinic_doctor(world, "A", LEADING);
    Record first = ask(world, &seats, &small, 1), second = ask(world, &seats, &small, 1);
    Record third = ask(world, &seats, &large, 1);
    assert_stands(world, &first, "allotted", "null");
    assert_stands(world, &third, "waiting", "1");
    assert_stands(world, &second, "waiting", "2");
    (void)world_changed(world, &world->system, &first, "{\"state\":\"returned\"}");
    assert_stands(world, &third, "allotted", "null");
    assert_stands(world, &second, "waiting", "1");
    assert_ok(world_delete(world, &world->system, &third));
    assert_stands(world, &second, "allotted", "null");
}

/* Otherwise who needs much would wait for ever behind those who need little. */
static void nobody_jumps_a_large_request(void **state) {
    World *world = *state;
    Record seats = supply(world, 3, ""), doctor = clinic_doctor(world, "C", "");
    Record two = ask(world, &seats, &doctor, 2), large = ask(world, &seats, &doctor, 2);
    Record one = ask(world, &seats, &doctor, 1);
    assert_stands(world, &two, "allotted", "null");
    assert_stands(world, &large, "waiting", "1");
    assert_stands(world, &one, "waiting", "2");
    (void)world_changed(world, &world->system, &seats, "{\"quantity\":5}");
    assert_stands(world, &large, "allotted", "null");
    assert_stands(world, &one, "allotted", "null");
}

static void a_hand_takes_nothing(void **state) {
    World *world = *state;
    Record none, seats = supply(world, 0, ""), doctor = clinic_doctor(world, "C", "");
    Record taken = world_made(world, &world->ann, "allotment",
                              "{\"resource\":\"%s\",\"hcp\":\"%s\",\"state\":\"allotted\"}",
                              world_id(world, seats.id), world_id(world, doctor.id));
    assert_stands(world, &taken, "waiting", "1");
    assert_refused(world_update(world, &world->system, &taken, "{\"state\":\"used\"}", &none),
                   "invalid");
    assert_string_equal(world_error(world), "/state capacity_not_given");
}

static void never_more_is_given_than_there_is(void **state) {
    World *world = *state;
    Record none, seats = supply(world, 3, ""), doctor = clinic_doctor(world, "C", "");
    Record mine = ask(world, &seats, &doctor, 1), other = ask(world, &seats, &doctor, 1);
    (void)world_changed(world, &world->system, &mine, "{\"amount\":2}");
    assert_refused(world_update(world, &world->system, &mine, "{\"amount\":3}", &none), "invalid");
    assert_string_equal(world_error(world), "/amount capacity_full");
    assert_refused(world_update(world, &world->system, &seats, "{\"quantity\":2}", &none),
                   "invalid");
    assert_string_equal(world_error(world), "/quantity capacity_taken");
    (void)world_changed(world, &world->system, &mine, "{\"state\":\"used\"}");
    assert_refused(world_update(world, &world->system, &seats, "{\"quantity\":2}", &none),
                   "invalid");
    (void)world_changed(world, &world->system, &other, "{\"state\":\"returned\"}");
    (void)world_changed(world, &world->system, &seats, "{\"quantity\":2}");
}

static void who_was_deleted_does_not_come_back_to_a_place_given_away(void **state) {
    World *world = *state;
    Record none, seats = supply(world, 1, ""), doctor = clinic_doctor(world, "C", "");
    Record first = ask(world, &seats, &doctor, 1), second = ask(world, &seats, &doctor, 1);
    assert_ok(world_delete(world, &world->system, &first));
    assert_stands(world, &second, "allotted", "null");
    assert_refused(world_restore(world, &world->system, &first, &none), "invalid");
    assert_string_equal(world_error(world), "/amount capacity_full");
}

static void the_first_call_ends_with_its_day(void **state) {
    Clinic *clinic = *state;
    World *world = &clinic->world;
    Record seats = supply(world, 2, ",\"first_call_until\":\"2026-11-21\"");
    Record small = clinic_doctor(world, "C", ""), large = clinic_doctor(world, "A", LEADING);
    Record early = ask(world, &seats, &small, 1), called = ask(world, &seats, &large, 1);
    assert_stands(world, &called, "allotted", "null");
    assert_stands(world, &early, "requested", "1");
    assert_ok(world_do(world, &world->system, work_off, clinic));
    assert_stands(world, &early, "requested", "1");
    world->now = at("2026-11-22T00:00:00Z");
    assert_ok(world_do(world, &world->system, work_off, clinic));
    assert_stands(world, &early, "allotted", "null");
}

CLINIC_MAIN(cmocka_unit_test(the_line_goes_by_tier_and_then_by_time),
            cmocka_unit_test(nobody_jumps_a_large_request), cmocka_unit_test(a_hand_takes_nothing),
            cmocka_unit_test(never_more_is_given_than_there_is),
            cmocka_unit_test(who_was_deleted_does_not_come_back_to_a_place_given_away),
            cmocka_unit_test(the_first_call_ends_with_its_day))
