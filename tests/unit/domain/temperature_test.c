/* Temperatures: every change is a reading, visits tell what they saw, institutions follow. */
#include "temperature.h"

#include "domain_fixture.h"

static int64_t readings(World *world, const char *where) {
    return world_count(world, "SELECT count(*) FROM \"temperature_reading\" WHERE %s", where);
}

/* ---- People ---- */

static void every_change_is_a_reading(void **state) {
    World *world = *state;
    Record doctor = clinic_doctor(world, "A", "");
    assert_int_equal(readings(world, "TRUE"), 0);
    doctor = world_changed(world, &world->ann, &doctor, "{\"temperature\":\"neutral\"}");
    assert_string_equal(world_value(world, &doctor, "temperature_previous"), "null");
    assert_string_equal(world_value(world, &doctor, "temperature_changed_at"),
                        "2026-11-21T08:30:00.000Z");
    world->now += CLOCK_DAY;
    doctor = world_changed(world, &world->ann, &doctor, "{\"temperature\":\"favorable\"}");
    assert_string_equal(world_value(world, &doctor, "temperature_previous"), "neutral");
    assert_string_equal(world_value(world, &doctor, "temperature_changed_at"),
                        "2026-11-22T08:30:00.000Z");
    (void)world_changed(world, &world->ann, &doctor, "{\"temperature\":\"favorable\"}");
    (void)world_changed(world, &world->ann, &doctor, "{\"family_name\":\"B\"}");
    assert_int_equal(readings(world, "TRUE"), 2);
    assert_int_equal(readings(world, "\"value\" = 'neutral' AND \"previous\" IS NULL"), 1);
    assert_int_equal(readings(world,
                              "\"value\" = 'favorable' AND \"previous\" = 'neutral' AND "
                              "\"visit\" IS NULL AND \"by\" IN (SELECT \"id\" FROM "
                              "\"user\" WHERE \"name\" = 'ann')"),
                     1);
    doctor = clinic_doctor(world, "C", ",\"temperature\":\"skeptical\"");
    assert_int_equal(readings(world, "\"value\" = 'skeptical'"), 1);
}

/* ---- Visits ---- */

#define SAW(value, held) \
    ",\"temperature\":\"" value "\",\"held_at\":\"" held "\",\"state\":\"completed\""

static void a_visit_sets_what_it_saw_when_it_saw_it(void **state) {
    World *world = *state;
    Record doctor = clinic_doctor(world, "A", "");
    Record visit = clinic_visit(world, &doctor, SAW("favorable", "2026-11-20T05:00:00Z"));
    assert_string_equal(clinic_now(world, &doctor, "temperature"), "favorable");
    assert_string_equal(clinic_now(world, &doctor, "temperature_changed_at"),
                        "2026-11-20T05:00:00.000Z");
    Str where = str_format(world->arena,
                           "\"visit\" IN (SELECT \"id\" FROM \"visit\") AND \"at\" = "
                           "%lld",
                           (long long)at("2026-11-20T05:00:00Z"));
    assert_int_equal(readings(world, where.data), 1);
    assert_int_equal(readings(world, "TRUE"), 1);
    /* What was said at another time of the same visit is no second reading. */
    (void)world_changed(world, &world->ann, &visit, "{\"discussion\":\"more\"}");
    (void)world_changed(world, &world->ann, &visit, "{\"state\":\"signed\"}");
    assert_int_equal(readings(world, "TRUE"), 1);
}

static void a_visit_written_down_late_does_not_overwrite(void **state) {
    World *world = *state;
    Record doctor = clinic_doctor(world, "A", "");
    (void)clinic_visit(world, &doctor, SAW("favorable", "2026-11-20T05:00:00Z"));
    (void)clinic_visit(world, &doctor, SAW("skeptical", "2026-11-10T05:00:00Z"));
    assert_string_equal(clinic_now(world, &doctor, "temperature"), "favorable");
    assert_string_equal(clinic_now(world, &doctor, "temperature_changed_at"),
                        "2026-11-20T05:00:00.000Z");
    assert_int_equal(readings(world, "\"value\" = 'skeptical'"), 1); /* and yet it is kept */
    (void)clinic_visit(world, &doctor, SAW("neutral", "2026-11-21T05:00:00Z"));
    assert_string_equal(clinic_now(world, &doctor, "temperature"), "neutral");
}

static void the_same_temperature_is_a_reading_and_no_change(void **state) {
    World *world = *state;
    Record doctor = clinic_doctor(world, "A", "");
    (void)clinic_visit(world, &doctor, SAW("favorable", "2026-11-18T05:00:00Z"));
    int64_t version = world_now(world, &doctor).version;
    (void)clinic_visit(world, &doctor, SAW("favorable", "2026-11-20T05:00:00Z"));
    assert_int_equal(world_now(world, &doctor).version, version);
    assert_string_equal(clinic_now(world, &doctor, "temperature_changed_at"),
                        "2026-11-18T05:00:00.000Z");
    assert_int_equal(readings(world, "TRUE"), 2);
}

static void a_corrected_visit_corrects_the_person(void **state) {
    World *world = *state;
    Record doctor = clinic_doctor(world, "A", "");
    Record visit = clinic_visit(world, &doctor, SAW("favorable", "2026-11-20T05:00:00Z"));
    (void)world_changed(world, &world->ann, &visit, "{\"temperature\":\"neutral\"}");
    assert_string_equal(clinic_now(world, &doctor, "temperature"), "neutral");
    /* It was seen at the visit, not when it was corrected: a later visit still counts. */
    assert_string_equal(clinic_now(world, &doctor, "temperature_changed_at"),
                        "2026-11-20T05:00:00.000Z");
    (void)clinic_visit(world, &doctor, SAW("skeptical", "2026-11-21T05:00:00Z"));
    assert_string_equal(clinic_now(world, &doctor, "temperature"), "skeptical");
}

static void a_plan_has_seen_nothing(void **state) {
    World *world = *state;
    Record doctor = clinic_doctor(world, "A", "");
    Record visit = clinic_visit(world, &doctor,
                                ",\"state\":\"planned\",\"planned_at\":\"2026-11-21T05:00:00Z\","
                                "\"temperature\":\"favorable\"");
    assert_string_equal(clinic_now(world, &doctor, "temperature"), "null");
    (void)world_changed(world, &world->ann, &visit, "{\"state\":\"completed\"}");
    assert_string_equal(clinic_now(world, &doctor, "temperature"), "favorable");
}

/* ---- Institutions ---- */

static Record doctor_at(World *world, const Record *hco, const char *temperature,
                        const char *influence) {
    Str more = str_format(world->arena,
                          ",\"primary_hco\":\"%s\",\"temperature\":\"%s\","
                          "\"influence_on_doctors\":%s",
                          world_id(world, hco->id), temperature, influence);
    return clinic_doctor(world, "D", more.data);
}

static void an_institution_is_as_warm_as_its_people(void **state) {
    World *world = *state;
    Record hco = world_made(world, &world->system, "hco", "{\"kind\":\"clinic\",\"name\":\"H\"}");
    Record other = world_made(world, &world->system, "hco", "{\"kind\":\"clinic\",\"name\":\"O\"}");
    assert_string_equal(clinic_now(world, &hco, "temperature"), "null");
    Record warm = doctor_at(world, &hco, "enthusiastic", "null"); /* rank 5, weight 1 */
    assert_string_equal(clinic_now(world, &hco, "temperature"), "enthusiastic");
    Record cold = doctor_at(world, &hco, "prefers_competitor", "\"high\"");   /* rank 1, weight 3 */
    assert_string_equal(clinic_now(world, &hco, "temperature"), "skeptical"); /* (5 + 3) / 4 */
    cold = world_changed(world, &world->system, &cold, "{\"influence_on_doctors\":\"low\"}");
    assert_string_equal(clinic_now(world, &hco, "temperature"), "neutral"); /* (5 + 1) / 2 */
    (void)world_changed(world, &world->system, &cold, "{\"primary_hco\":\"%s\"}",
                        world_id(world, other.id));
    assert_string_equal(clinic_now(world, &hco, "temperature"), "enthusiastic");
    assert_string_equal(clinic_now(world, &other, "temperature"), "prefers_competitor");
    assert_ok(world_delete(world, &world->system, &warm));
    assert_string_equal(clinic_now(world, &hco, "temperature"), "null");
    assert_ok(world_restore(world, &world->system, &warm, &warm));
    assert_string_equal(clinic_now(world, &hco, "temperature"), "enthusiastic");
    assert_int_equal(world_now(world, &hco).version, 1); /* derived, so no change of its own */
}

static void an_override_counts_until_it_is_taken_away(void **state) {
    World *world = *state;
    Record none,
        hco = world_made(world, &world->system, "hco", "{\"kind\":\"clinic\",\"name\":\"H\"}");
    (void)doctor_at(world, &hco, "favorable", "null");
    assert_refused(
        world_update(world, &world->boss, &hco, "{\"temperature_override\":\"skeptical\"}", &none),
        "invalid");
    assert_string_equal(world_error(world), "/temperature_reason reason_missing");
    (void)world_changed(world, &world->boss, &hco,
                        "{\"temperature_override\":\"skeptical\",\"temperature_reason\":\"x\"}");
    assert_string_equal(clinic_now(world, &hco, "temperature"), "skeptical");
    (void)doctor_at(world, &hco, "enthusiastic", "\"high\"");
    assert_string_equal(clinic_now(world, &hco, "temperature"), "skeptical");
    (void)world_changed(world, &world->boss, &hco, "{\"temperature_override\":null}");
    assert_string_equal(clinic_now(world, &hco, "temperature"), "enthusiastic"); /* 4.75 */
}

CLINIC_MAIN(cmocka_unit_test(every_change_is_a_reading),
            cmocka_unit_test(a_visit_sets_what_it_saw_when_it_saw_it),
            cmocka_unit_test(a_visit_written_down_late_does_not_overwrite),
            cmocka_unit_test(the_same_temperature_is_a_reading_and_no_change),
            cmocka_unit_test(a_corrected_visit_corrects_the_person),
            cmocka_unit_test(a_plan_has_seen_nothing),
            cmocka_unit_test(an_institution_is_as_warm_as_its_people),
            cmocka_unit_test(an_override_counts_until_it_is_taken_away))
