/* Implicit needs: suggested from what was said more than once, decided by people, never twice. */
#include "need.h"

#include "domain_fixture.h"

static Record told(World *world, const Record *doctor, const char *day, const char *note) {
    Str more = str_format(world->arena,
                          ",\"held_at\":\"2026-11-%sT08:00:00Z\",\"quick_note\":\"%s\"", day, note);
    return clinic_visit(world, doctor, more.data);
}

static int64_t needs(World *world, const char *state) {
    return world_count(world, "SELECT COUNT(*) FROM need WHERE state = '%s'", state);
}

static Status newest_work(Context *context, void *data) {
    Record *need = data;
    Rows *rows CLEANUP(store_drop) = NULL;
    Status status = store_ask(context->transaction, &rows,
                              "SELECT \"id\" FROM \"need\" ORDER BY \"id\" DESC LIMIT 1");
    if (status == STATUS_OK) status = store_next(rows);
    if (status == STATUS_OK) need->id = store_column(rows, 0, VALUE_ID).id;
    return status;
}

static Record newest_need(World *world) {
    Record need = {.object = world_object(world, "need")};
    assert_ok(world_see(world, &world->system, newest_work, &need));
    return world_now(world, &need);
}

static void once_may_mean_nothing(void **state) {
    World *world = *state;
    Record doctor = clinic_doctor(world, "A", "");
    (void)told(world, &doctor, "01", "Asked about the drug budget.");
    (void)told(world, &doctor, "02", "Asked about dosing.");
    assert_int_equal(needs(world, "suggested"), 0);
    Record visit =
        told(world, &doctor, "03", "Busy ward. Fears for cost-effectiveness; had to go.");
    Record need = newest_need(world);
    assert_int_equal(needs(world, "suggested"), 1);
    assert_string_equal(world_value(world, &need, "kind"), "cost_control");
    assert_string_equal(world_value(world, &need, "sentence"), "Fears for cost-effectiveness");
    assert_string_equal(world_value(world, &need, "visit"), world_id(world, visit.id));
    assert_string_equal(world_value(world, &need, "source_count"), "2");
}

/* One visit that names a need twice is one visit. */
static void visits_count_and_not_words(void **state) {
    World *world = *state;
    Record doctor = clinic_doctor(world, "A", ""), other = clinic_doctor(world, "B", "");
    (void)told(world, &doctor, "01", "医保控费。药占比。");
    (void)told(world, &other, "02", "医保控费。");
    assert_int_equal(needs(world, "suggested"), 0);
}

static void emphasis_is_enough(void **state) {
    World *world = *state;
    Record doctor = clinic_doctor(world, "A", "");
    (void)told(world, &doctor, "01", "反复询问药占比的问题。");
    assert_int_equal(needs(world, "suggested"), 1);
}

/* What was only planned was not said, and what was said long ago no longer presses. */
static void only_what_was_said_lately_counts(void **state) {
    World *world = *state;
    Record doctor = clinic_doctor(world, "A", "");
    (void)clinic_visit(world, &doctor,
                       ",\"state\":\"planned\",\"planned_at\":\"2026-12-01T08:00:00Z\","
                       "\"quick_note\":\"drug budget\"");
    (void)clinic_visit(world, &doctor,
                       ",\"held_at\":\"2025-11-20T08:00:00Z\",\"quick_note\":\"drug budget\"");
    (void)told(world, &doctor, "01", "drug budget");
    assert_int_equal(needs(world, "suggested"), 0);
}

static void people_decide(void **state) {
    World *world = *state;
    Record none, doctor = clinic_doctor(world, "A", "");
    Str body =
        str_format(world->arena, "{\"hcp\":\"%s\",\"kind\":\"safety\",\"state\":\"suggested\"}",
                   world_id(world, doctor.id));
    assert_refused(world_create(world, &world->ann, "need", body.data, &none), "invalid");
    assert_string_equal(world_error(world), "/state need_suggested");
    (void)told(world, &doctor, "01", "Again and again: the drug budget");
    assert_string_equal(clinic_now(world, &doctor, "needs"), "null");
    Record need = newest_need(world);
    need = world_changed(world, &world->ann, &need, "{\"state\":\"accepted\"}");
    assert_string_equal(world_value(world, &need, "decided_by"), world_id(world, world->ann.user));
    assert_string_equal(clinic_now(world, &doctor, "needs"), "[\"cost_control\"]");
    (void)world_changed(world, &world->ann, &need, "{\"state\":\"rejected\"}");
    assert_string_equal(clinic_now(world, &doctor, "needs"), "null");
}

/* The visits behind a rejection are spent; later ones make a case of their own. */
static void what_was_rejected_is_not_suggested_by_the_same_visits(void **state) {
    World *world = *state;
    Record doctor = clinic_doctor(world, "A", "");
    Record first = told(world, &doctor, "01", "drug budget");
    (void)told(world, &doctor, "02", "drug budget");
    Record need = newest_need(world);
    (void)world_changed(world, &world->ann, &need, "{\"state\":\"rejected\"}");
    (void)world_changed(world, &world->ann, &first, "{\"discussion\":\"drug budget, twice\"}");
    (void)told(world, &doctor, "03", "drug budget");
    assert_int_equal(needs(world, "suggested"), 0);
    (void)told(world, &doctor, "04", "drug budget");
    assert_int_equal(needs(world, "suggested"), 1);
    assert_int_equal(needs(world, "rejected"), 1);
}

CLINIC_MAIN(cmocka_unit_test(once_may_mean_nothing), cmocka_unit_test(visits_count_and_not_words),
            cmocka_unit_test(emphasis_is_enough),
            cmocka_unit_test(only_what_was_said_lately_counts), cmocka_unit_test(people_decide),
            cmocka_unit_test(what_was_rejected_is_not_suggested_by_the_same_visits))
