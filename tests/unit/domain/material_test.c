/* Approved material: who is offered what, on which days, in which market, and who is told. */
#include "material.h"

#include "domain_fixture.h"

static Record material(World *world, const char *name, const char *more) {
    return world_made(world, &world->system, "content",
                      "{\"name\":\"%s\",\"layer\":\"basic\",\"state\":\"approved\"%s}", name, more);
}

typedef struct Asked {
    const Record *doctor;
    MaterialOffers offers;
} Asked;

static Status ask(Context *context, void *data) {
    Asked *asked = data;
    Record now;
    Status status = record_read(context, asked->doctor->object, asked->doctor->id, &now);
    return status == STATUS_OK ? material_offers(context, &now, NULL, &asked->offers) : status;
}

/* The names of what the doctor is offered, in the order of the offer: "a, b". */
static const char *offered(World *world, const Record *doctor, MaterialOffers *out) {
    Asked asked = {.doctor = doctor};
    Str names = {0};
    assert_ok(world_see(world, &world->ann, ask, &asked));
    for (size_t i = 0; i < asked.offers.count; i++) {
        const char *name = world_value(world, &asked.offers.items[i].content, "name");
        names = str_format(world->arena, "%.*s%s%s", STR_ARGS(names), i ? ", " : "", name);
    }
    if (out) *out = asked.offers;
    return str_terminated(world->arena, names);
}

static void only_what_is_approved_within_its_days(void **state) {
    World *world = *state;
    Record doctor = clinic_doctor(world, "A", ",\"country\":\"jp\"");
    (void)material(world, "first day", ",\"valid_from\":\"2026-11-21\"");
    (void)material(world, "too early", ",\"valid_from\":\"2026-11-22\"");
    (void)material(world, "too late", ",\"valid_to\":\"2026-11-20\"");
    (void)world_made(world, &world->system, "content",
                     "{\"name\":\"draft\",\"layer\":\"basic\",\"state\":\"draft\"}");
    assert_string_equal(offered(world, &doctor, NULL), "first day");
    Record last = material(world, "last day", ",\"valid_to\":\"2026-11-21\"");
    assert_string_equal(offered(world, &doctor, NULL), "first day, last day");
    (void)world_changed(world, &world->system, &last, "{\"state\":\"withdrawn\"}");
    assert_string_equal(offered(world, &doctor, NULL), "first day");
}

/* Where the doctor's market is not known, only what is for every market may be shown. */
static void each_market_has_its_own(void **state) {
    World *world = *state;
    Record hco = world_made(world, &world->system, "hco",
                            "{\"kind\":\"clinic\",\"name\":\"H\",\"country\":\"cn\"}");
    const char *at_work =
        str_format(world->arena, ",\"primary_hco\":\"%s\"", world_id(world, hco.id)).data;
    Record here = clinic_doctor(world, "A", ",\"country\":\"jp\"");
    Record there = clinic_doctor(world, "B", at_work), nowhere = clinic_doctor(world, "C", "");
    (void)material(world, "jp", ",\"market\":\"jp\"");
    (void)material(world, "cn", ",\"market\":\"cn\"");
    assert_string_equal(offered(world, &here, NULL), "jp");
    assert_string_equal(offered(world, &there, NULL), "cn");
    assert_string_equal(offered(world, &nowhere, NULL), "");
}

static void what_fits_comes_with_its_reason(void **state) {
    World *world = *state;
    MaterialOffers offers;
    Record doctor = clinic_doctor(world, "A", ",\"country\":\"jp\",\"tags\":[\"kidney\"]");
    (void)clinic_visit(world, &doctor,
                       ",\"topics\":[{\"kind\":\"question\",\"text\":\"dose?\","
                       "\"subjects\":[\"dosage\"]}]");
    (void)material(world, "general", "");
    (void)material(world, "other", ",\"tags\":[\"heart\"]");
    (void)material(world, "dose", ",\"subjects\":[\"dosage\"]");
    (void)material(world, "kidney", ",\"tags\":[\"kidney\",\"heart\"]");
    (void)offered(world, &doctor, &offers);
    assert_int_equal(offers.count, 3);
    for (size_t i = 0; i < offers.count; i++) {
        const MaterialOffer *offer = &offers.items[i];
        const char *name = world_value(world, &offer->content, "name");
        assert_int_equal(offer->reason.tag, strcmp(name, "kidney") == 0);
        assert_int_equal(offer->reason.subject, strcmp(name, "dose") == 0);
        assert_false(offer->reason.product);
    }
    assert_string_equal(world_value(world, &offers.items[2].content, "name"), "general");
}

static int64_t news(World *world) {
    return world_count(world, "SELECT COUNT(*) FROM content_news");
}

static Status morning(Context *context, void *data) {
    int64_t acted = 0;
    return material_daily(context, str_of(data), &acted);
}

static void wake_up(World *world, const char *day) {
    assert_ok(world_do(world, &world->system, morning, (void *)day));
}

static void everybody_is_told_once_of_all_their_doctors(void **state) {
    World *world = *state;
    (void)clinic_doctor(world, "A", ",\"tags\":[\"kidney\"]");
    (void)clinic_doctor(world, "B", ",\"tags\":[\"kidney\"]");
    (void)clinic_doctor(world, "C", ",\"tags\":[\"heart\"]");
    Record content = material(world, "new", ",\"tags\":[\"kidney\"]");
    assert_int_equal(news(world), 1);
    assert_int_equal(world_count(world, "SELECT doctors FROM content_news"), 2);
    (void)world_changed(world, &world->system, &content, "{\"summary\":\"s\"}");
    assert_int_equal(news(world), 1);
    (void)material(world, "for everybody", "");
    assert_int_equal(news(world), 1);
}

/* Material that becomes usable by the calendar is told that morning, or on one soon after. */
static void the_first_day_is_told_in_the_morning(void **state) {
    World *world = *state;
    (void)clinic_doctor(world, "A", ",\"tags\":[\"kidney\"]");
    (void)material(world, "soon", ",\"tags\":[\"kidney\"],\"valid_from\":\"2026-11-22\"");
    assert_int_equal(news(world), 0);
    wake_up(world, "2026-11-21");
    assert_int_equal(news(world), 0);
    wake_up(world, "2026-12-30");
    assert_int_equal(news(world), 0);
    wake_up(world, "2026-11-23");
    wake_up(world, "2026-11-24");
    assert_int_equal(news(world), 1);
}

static void days_stand_in_their_order(void **state) {
    World *world = *state;
    Record none;
    assert_refused(world_create(world, &world->system, "content",
                                "{\"name\":\"x\",\"layer\":\"basic\",\"valid_from\":\"2026-11-22\","
                                "\"valid_to\":\"2026-11-21\"}",
                                &none),
                   "invalid");
    assert_string_equal(world_error(world), "/valid_to content_dates");
    (void)material(world, "one day", ",\"valid_from\":\"2026-11-22\",\"valid_to\":\"2026-11-22\"");
}

CLINIC_MAIN(cmocka_unit_test(only_what_is_approved_within_its_days),
            cmocka_unit_test(each_market_has_its_own),
            cmocka_unit_test(what_fits_comes_with_its_reason),
            cmocka_unit_test(everybody_is_told_once_of_all_their_doctors),
            cmocka_unit_test(the_first_day_is_told_in_the_morning),
            cmocka_unit_test(days_stand_in_their_order))
