/* Doctors that are chosen are sorted by who looks after them, and handed over by plans (E9). */
#include "handover_start.h"

#include "domain_fixture.h"

typedef struct Work {
    Id *doctors;
    size_t count;
    Id to;
    HandoverStart start;
} Work;

static Status sort(Context *context, void *data) {
    Work *work = data;
    return handover_start_sort(context, work->doctors, work->count, work->to, &work->start);
}

static Status make(Context *context, void *data) {
    Work *work = data;
    Status status = sort(context, data);
    return status == STATUS_OK ? handover_start_make(context, &work->start, NULL) : status;
}

/* What makes tier A by the score `potential`. */
#define LEADING ",\"prescribing\":\"main\",\"kol\":true,\"influence_on_doctors\":\"high\""

static void each_representative_gets_a_plan(void **state) {
    World *world = *state;
    Id ids[40];
    for (int i = 0; i < 39; i++) {
        ids[i] = clinic_doctor(world, "A", i % 2 ? LEADING : "").id;
    }
    ids[39] = ids[0];
    Work work = {.doctors = ids, .count = 40, .to = world->ben.user};
    assert_ok(world_do(world, &world->lead, make, &work));
    assert_int_equal(work.start.group_count, 1);
    const HandoverGroup *group = &work.start.groups[0];
    assert_true(id_equal(group->from, world->ann.user));
    assert_int_equal(group->count, 39);
    assert_int_equal(group->tier_a, 19);
    assert_int_equal(group->incomplete, 39);
    assert_false(id_none(group->plan));
    assert_int_equal(world_count(world, "SELECT count(*) FROM \"handover\""), 39);
    assert_int_equal(world_count(world, "SELECT \"doctors\" FROM \"handover_plan\""), 39);
}

static void who_is_left_out_is_told_why(void **state) {
    World *world = *state;
    Record mine = clinic_doctor(world, "A", "");
    Record nobodys = world_made(world, &world->system, "hcp",
                                "{\"kind\":\"doctor\",\"family_name\":\"C\",\"owner\":null}");
    Id ids[] = {mine.id, nobodys.id};
    Work work = {.doctors = ids, .count = 2, .to = world->ann.user};
    assert_ok(world_see(world, &world->boss, sort, &work));
    assert_int_equal(work.start.group_count, 0);
    assert_int_equal(work.start.left_count, 2);
    assert_int_equal(world_do(world, &world->boss, make, &work), STATUS_INVALID);
    assert_string_equal(world_error(world), " handover_nobody");
    /* Ben may change none of them: no more than that is said. */
    work.to = world->ben.user;
    assert_ok(world_see(world, &world->ben, sort, &work));
    assert_int_equal(work.start.left_count, 1);
    assert_string_equal(work.start.left[0].code, "handover_not_allowed");
    assert_int_equal(work.start.left[0].count, 2);
}

static void there_is_a_limit(void **state) {
    World *world = *state;
    Work work = {.doctors = ARENA_ARRAY(world->arena, HANDOVER_START_MOST + 1, Id),
                 .count = HANDOVER_START_MOST + 1,
                 .to = world->ben.user};
    assert_int_equal(world_see(world, &world->lead, sort, &work), STATUS_INVALID);
    assert_string_equal(world_error(world), " handover_too_many");
}

CLINIC_MAIN(cmocka_unit_test(each_representative_gets_a_plan),
            cmocka_unit_test(who_is_left_out_is_told_why), cmocka_unit_test(there_is_a_limit))
