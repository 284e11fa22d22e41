/* What a market forbids to keep is refused by every save that would keep it. */
#include "domain_fixture.h"

#define COUNTED ",\"prescriptions_per_month\":30"

static Status try_doctor(World *world, const char *more) {
    Record none;
    Str body = str_format(world->arena, "{\"kind\":\"doctor\",\"family_name\":\"X\"%s}", more);
    return world_create(world, &world->system, "hcp", body.data, &none);
}

static void assert_prohibited(World *world, Status status) {
    assert_refused(status, "invalid");
    assert_string_equal(world_error(world), "/prescriptions_per_month prohibited");
}

static void it_depends_on_the_country_of_the_doctor(void **state) {
    World *world = *state;
    assert_ok(try_doctor(world, ",\"country\":\"jp\"" COUNTED));
    assert_ok(try_doctor(world, ",\"country\":\"cn\""));
    assert_prohibited(world, try_doctor(world, ",\"country\":\"cn\"" COUNTED));
    assert_prohibited(world,
                      try_doctor(world, ",\"country\":\"cn\",\"prescriptions_per_month\":0"));
}

/* Not to know is no permission. */
static void where_nothing_is_known_nothing_is_allowed(void **state) {
    World *world = *state;
    assert_prohibited(world, try_doctor(world, COUNTED));
}

static void the_place_of_work_counts_too(void **state) {
    World *world = *state;
    Record hco = world_made(world, &world->system, "hco",
                            "{\"kind\":\"clinic\",\"name\":\"H\",\"country\":\"cn\"}");
    const char *more =
        str_format(world->arena, ",\"country\":\"jp\",\"primary_hco\":\"%s\"" COUNTED,
                   world_id(world, hco.id))
            .data;
    assert_prohibited(world, try_doctor(world, more));
}

static void a_change_of_country_is_a_save_as_well(void **state) {
    World *world = *state;
    Record none, doctor = clinic_doctor(world, "A", ",\"country\":\"jp\"" COUNTED);
    assert_prohibited(world,
                      world_update(world, &world->system, &doctor, "{\"country\":\"cn\"}", &none));
    assert_string_equal(clinic_now(world, &doctor, "country"), "jp");
    (void)world_changed(world, &world->system, &doctor,
                        "{\"country\":\"cn\",\"prescriptions_per_month\":null}");
    assert_prohibited(world, world_update(world, &world->system, &doctor,
                                          "{\"prescriptions_per_month\":1}", &none));
}

CLINIC_MAIN(cmocka_unit_test(it_depends_on_the_country_of_the_doctor),
            cmocka_unit_test(where_nothing_is_known_nothing_is_allowed),
            cmocka_unit_test(the_place_of_work_counts_too),
            cmocka_unit_test(a_change_of_country_is_a_save_as_well))
