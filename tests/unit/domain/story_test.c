/* A story is read person by person, put right by more writing, and never rewritten (E5). */
#include "story.h"

#include "domain_fixture.h"

typedef struct Reading {
    Id hcp;
    int64_t until;
    StoryReading found;
} Reading;

static Status look(Context *context, void *data) {
    Reading *reading = data;
    return story_reading(context, reading->hcp, &reading->found);
}

static Status mark(Context *context, void *data) {
    Reading *reading = data;
    Status status = story_mark_read(context, reading->hcp, reading->until);
    return status == STATUS_OK ? look(context, data) : status;
}

static Record write_memo(World *world, const Actor *actor, const Record *hcp, const char *more) {
    world->now += CLOCK_MINUTE;
    return world_made(world, actor, "memo", "{\"hcp\":\"%s\",\"text\":\"x\"%s}",
                      world_id(world, hcp->id), more);
}

static void each_reads_for_themselves(void **state) {
    World *world = *state;
    Record doctor = clinic_doctor(world, "A", "");
    Reading reading = {.hcp = doctor.id};
    (void)write_memo(world, &world->ann, &doctor, "");
    assert_ok(world_see(world, &world->ann, look, &reading));
    assert_int_equal(reading.found.fresh, 0);
    assert_ok(world_see(world, &world->lead, look, &reading));
    assert_int_equal(reading.found.fresh, 1);
    assert_int_equal(reading.found.until, 0);
    reading.until = world->now;
    assert_ok(world_do(world, &world->lead, mark, &reading));
    assert_int_equal(reading.found.fresh, 0);
    (void)write_memo(world, &world->ann, &doctor, ",\"kind\":\"taboo\"");
    (void)write_memo(world, &world->lead, &doctor, "");
    assert_ok(world_see(world, &world->lead, look, &reading));
    assert_int_equal(reading.found.fresh, 1);
    assert_int_equal(reading.found.memos, 3);
    assert_int_equal(world_see(world, &world->ben, look, &reading), STATUS_NOT_FOUND);
    assert_int_equal(world_do(world, &world->ben, mark, &reading), STATUS_NOT_FOUND);
}

static void reading_neither_goes_back_nor_ahead(void **state) {
    World *world = *state;
    Record doctor = clinic_doctor(world, "A", "");
    Reading reading = {.hcp = doctor.id, .until = world->now + 2 * CLOCK_DAY};
    assert_ok(world_do(world, &world->ann, mark, &reading));
    assert_int_equal(reading.found.until, world->now);
    reading.until = world->now - CLOCK_DAY;
    assert_ok(world_do(world, &world->ann, mark, &reading));
    assert_int_equal(reading.found.until, world->now);
}

static void a_correction_is_about_the_same_person(void **state) {
    World *world = *state;
    Record doctor = clinic_doctor(world, "A", ""), other = clinic_doctor(world, "B", "");
    Record wrong = write_memo(world, &world->ann, &doctor, ""), out;
    Record right = world_made(world, &world->ann, "memo", "{\"text\":\"y\",\"corrects\":\"%s\"}",
                              world_id(world, wrong.id));
    assert_string_equal(world_value(world, &right, "hcp"), world_id(world, doctor.id));
    assert_string_equal(clinic_now(world, &wrong, "corrections"), "1");
    assert_string_equal(clinic_now(world, &wrong, "text"), "x");
    Str body = str_format(world->arena, "{\"hcp\":\"%s\",\"text\":\"y\",\"corrects\":\"%s\"}",
                          world_id(world, other.id), world_id(world, wrong.id));
    assert_int_equal(world_create(world, &world->ann, "memo", body.data, &out), STATUS_INVALID);
    assert_string_equal(world_error(world), "/corrects memo_corrects_other");
}

static void only_what_resonated_has_an_effect(void **state) {
    World *world = *state;
    Record doctor = clinic_doctor(world, "A", ""), out;
    Record memo =
        write_memo(world, &world->ann, &doctor, ",\"kind\":\"resonated\",\"effect\":\"softened\"");
    assert_string_equal(world_value(world, &memo, "effect"), "softened");
    Str body = str_format(world->arena,
                          "{\"hcp\":\"%s\",\"text\":\"y\",\"kind\":\"taboo\",\"effect\":\"acted\"}",
                          world_id(world, doctor.id));
    assert_int_equal(world_create(world, &world->ann, "memo", body.data, &out), STATUS_INVALID);
    assert_string_equal(world_error(world), "/effect memo_effect_kind");
}

CLINIC_MAIN(cmocka_unit_test(each_reads_for_themselves),
            cmocka_unit_test(reading_neither_goes_back_nor_ahead),
            cmocka_unit_test(a_correction_is_about_the_same_person),
            cmocka_unit_test(only_what_resonated_has_an_effect))
