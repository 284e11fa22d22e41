/* Promises: vague ones are refused, steps are taken in order, receipts are signed and taken back.
 */
#include "promise.h"

#include "domain_fixture.h"

#define CLEAR "the subgroup analysis of the renal cohort"
#define DUE ",\"due_at\":\"2026-11-24T08:30:00Z\""

static Record promised(World *world, const Record *doctor) {
    return world_made(world, &world->ann, "promise",
                      "{\"hcp\":\"%s\",\"deliverable\":\"" CLEAR "\"" DUE "}",
                      world_id(world, doctor->id));
}

static Status try_promise(World *world, const Actor *actor, const Record *doctor, const char *what,
                          const char *more) {
    Record none;
    Str body = str_format(world->arena, "{\"hcp\":\"%s\",\"deliverable\":\"%s\"%s}",
                          world_id(world, doctor->id), what, more);
    return world_create(world, actor, "promise", body.data, &none);
}

static void assert_state_refused(World *world, const Record *promise, const char *state) {
    Record none;
    Str patch = str_format(world->arena, "{\"state\":\"%s\"}", state);
    assert_refused(world_update(world, &world->ann, promise, patch.data, &none), "invalid");
    assert_string_equal(world_error(world), "/state promise_order");
}

static void vague_words_are_refused_where_they_are_typed(void **state) {
    World *world = *state;
    Record doctor = clinic_doctor(world, "A", "");
    Actor import = world->ann;
    import.via = STR("import");
    assert_refused(try_promise(world, &world->ann, &doctor, "some materials", DUE), "invalid");
    assert_string_equal(world_error(world), "/deliverable promise_vague");
    assert_ok(try_promise(world, &import, &doctor, "some materials", DUE));
    assert_ok(try_promise(world, &world->ann, &doctor, CLEAR, DUE));
    assert_refused(try_promise(world, &world->ann, &doctor, "", DUE), "invalid");
    assert_string_equal(world_error(world), "/deliverable required");
}

static void receipt_is_asked_for_three_days_later(void **state) {
    World *world = *state;
    Record doctor = clinic_doctor(world, "A", ""), promise = promised(world, &doctor), none;
    assert_int_equal(promise_confirm_at(at("2026-11-24T08:30:00Z")), at("2026-11-27T08:30:00Z"));
    assert_string_equal(world_value(world, &promise, "confirm_at"), "2026-11-27T08:30:00.000Z");
    promise = world_changed(world, &world->ann, &promise, "{\"due_at\":\"2026-11-25T08:30:00Z\"}");
    assert_string_equal(world_value(world, &promise, "confirm_at"), "2026-11-28T08:30:00.000Z");
    assert_refused(world_update(world, &world->ann, &promise,
                                "{\"confirm_at\":\"2026-11-25T08:29:00Z\"}", &none),
                   "invalid");
    assert_string_equal(world_error(world), "/confirm_at promise_confirm_early");
    promise = world_changed(world, &world->ann, &promise,
                            "{\"due_at\":\"2026-11-26T00:00:00Z\","
                            "\"confirm_at\":\"2026-11-26T00:00:00Z\"}");
    assert_string_equal(world_value(world, &promise, "confirm_at"), "2026-11-26T00:00:00.000Z");
}

static void steps_are_taken_one_at_a_time(void **state) {
    World *world = *state;
    Record doctor = clinic_doctor(world, "A", ""), promise = promised(world, &doctor);
    assert_state_refused(world, &promise, "confirmed");
    promise = world_changed(world, &world->ann, &promise, "{\"state\":\"broken\"}");
    assert_state_refused(world, &promise, "delivered");
    assert_state_refused(world, &promise, "confirmed");
    promise = world_changed(world, &world->ann, &promise, "{\"state\":\"open\"}");
    promise = world_changed(world, &world->ann, &promise, "{\"state\":\"delivered\"}");
    promise = world_changed(world, &world->ann, &promise, "{\"state\":\"confirmed\"}");
    assert_state_refused(world, &promise, "broken");
    assert_state_refused(world, &promise, "open");
}

static void a_receipt_bears_who_and_when(void **state) {
    World *world = *state;
    Record doctor = clinic_doctor(world, "A", ""), promise = promised(world, &doctor);
    promise = world_changed(world, &world->ann, &promise, "{\"state\":\"delivered\"}");
    assert_string_equal(world_value(world, &promise, "confirmed_at"), "null");
    promise = world_changed(world, &world->ann, &promise, "{\"state\":\"confirmed\"}");
    assert_string_equal(world_value(world, &promise, "confirmed_at"), "2026-11-21T08:30:00.000Z");
    assert_string_equal(world_value(world, &promise, "confirmed_by"),
                        world_id(world, world->ann.user));
    promise = world_changed(world, &world->ann, &promise, "{\"state\":\"delivered\"}");
    assert_string_equal(world_value(world, &promise, "confirmed_at"), "null");
    assert_string_equal(world_value(world, &promise, "confirmed_by"), "null");
}

/* Of history nobody knows when it was confirmed, and nothing is made up. */
static void history_may_begin_anywhere(void **state) {
    World *world = *state;
    Record doctor = clinic_doctor(world, "A", "");
    Record old =
        world_made(world, &world->ann, "promise",
                   "{\"hcp\":\"%s\",\"deliverable\":\"" CLEAR "\",\"state\":\"confirmed\"" DUE "}",
                   world_id(world, doctor.id));
    assert_string_equal(world_value(world, &old, "state"), "confirmed");
    assert_string_equal(world_value(world, &old, "confirmed_at"), "null");
}

CLINIC_MAIN(cmocka_unit_test(vague_words_are_refused_where_they_are_typed),
            cmocka_unit_test(receipt_is_asked_for_three_days_later),
            cmocka_unit_test(steps_are_taken_one_at_a_time),
            cmocka_unit_test(a_receipt_bears_who_and_when),
            cmocka_unit_test(history_may_begin_anywhere))
