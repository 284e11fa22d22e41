/* Rankings: bands of equal size within a territory, equals together, small territories among all.
 */
#include "domain_fixture.h"

static Status run(Context *context, void *data) {
    const Clinic *clinic = data;
    return rankings_run(&clinic->business->rankings, context);
}

static void rank_all(Clinic *clinic) {
    assert_ok(world_do(&clinic->world, &clinic->world.system, run, clinic));
}

/* A doctor of somebody's who was visited so often, last on that day of November. */
static Record visited(World *world, const Actor *owner, int visits, int last) {
    Record doctor = world_made(world, &world->system, "hcp",
                               "{\"kind\":\"doctor\",\"family_name\":\"D\",\"owner\":\"%s\"}",
                               world_id(world, owner->user));
    for (int i = 0; i < visits; i++) {
        (void)world_made(
            world, &world->system, "visit",
            "{\"hcp\":\"%s\",\"owner\":\"%s\",\"held_at\":\"2026-11-%02dT%02d:00:00Z\"}",
            world_id(world, doctor.id), world_id(world, owner->user), last, i + 1);
    }
    return doctor;
}

static Actor elsewhere(World *world) {
    Record team = world_made(world, &world->system, "team", "{\"name\":\"South\"}");
    Record user = world_made(world, &world->system, "user",
                             "{\"login\":\"cho\",\"name\":\"Cho\",\"role\":\"mr\",\"team\":\"%s\","
                             "\"lang\":\"en\",\"zone\":\"UTC\"}",
                             world_id(world, team.id));
    Actor actor = world->ann;
    actor.user = user.id;
    actor.team = team.id;
    return actor;
}

static void equals_share_a_band(void **state) {
    Clinic *clinic = *state;
    World *world = &clinic->world;
    static const int VISITS[] = {1, 1, 3, 4, 5};
    static const char *const BANDS[] = {"1", "1", "3", "4", "5"};
    Record doctors[5];
    for (int i = 0; i < 5; i++) doctors[i] = visited(world, &world->ann, VISITS[i], 10 + i);
    rank_all(clinic);
    for (int i = 0; i < 5; i++) {
        assert_string_equal(clinic_now(world, &doctors[i], "rfm_frequency"), BANDS[i]);
    }
    assert_string_equal(clinic_now(world, &doctors[4], "rfm_recency"), "5");
    assert_string_equal(clinic_now(world, &doctors[0], "rfm_recency"), "1");
}

/* One doctor alone would be the best and the worst of a territory. */
static void small_territories_are_ranked_among_all(void **state) {
    Clinic *clinic = *state;
    World *world = &clinic->world;
    static const int VISITS[] = {1, 1, 3, 4, 5};
    for (int i = 0; i < 5; i++) (void)visited(world, &world->ann, VISITS[i], 10);
    Actor cho = elsewhere(world);
    Record alone = visited(world, &cho, 2, 10);
    rank_all(clinic);
    assert_string_equal(clinic_now(world, &alone, "rfm_frequency"), "2");
}

static void who_has_nothing_is_in_the_worst_band(void **state) {
    Clinic *clinic = *state;
    World *world = &clinic->world;
    Record never = visited(world, &world->ann, 0, 1), last = {0};
    for (int i = 0; i < 5; i++) last = visited(world, &world->ann, 1, 10 + i);
    rank_all(clinic);
    assert_string_equal(clinic_now(world, &never, "rfm_recency"), "1");
    assert_string_equal(clinic_now(world, &never, "rfm_points"), "3");
    assert_string_equal(clinic_now(world, &never, "rfm"), "low");
    assert_string_equal(clinic_now(world, &last, "rfm_recency"), "5");
}

static void a_level_knows_since_when_and_what_was_before(void **state) {
    Clinic *clinic = *state;
    World *world = &clinic->world;
    Record doctor = visited(world, &world->ann, 0, 1);
    for (int i = 0; i < 5; i++) (void)visited(world, &world->ann, 2, 10);
    rank_all(clinic);
    int64_t version = world_now(world, &doctor).version;
    world->now += CLOCK_DAY;
    rank_all(clinic);
    assert_string_equal(clinic_now(world, &doctor, "rfm_since"), "2026-11-21T08:30:00.000Z");
    (void)world_made(world, &world->system, "visit",
                     "{\"hcp\":\"%s\",\"owner\":\"%s\",\"held_at\":\"2026-11-22T08:00:00Z\"}",
                     world_id(world, doctor.id), world_id(world, world->ann.user));
    rank_all(clinic);
    assert_string_equal(clinic_now(world, &doctor, "rfm"), "middle");
    assert_string_equal(clinic_now(world, &doctor, "rfm_previous"), "low");
    assert_string_equal(clinic_now(world, &doctor, "rfm_since"), "2026-11-22T08:30:00.000Z");
    assert_int_equal(world_now(world, &doctor).version, version); /* derived: ADR 5 */
}

/* Who is ranked no longer keeps no old rank. */
static void a_rank_goes_with_its_condition(void **state) {
    Clinic *clinic = *state;
    World *world = &clinic->world;
    Record doctor = visited(world, &world->ann, 1, 10);
    rank_all(clinic);
    assert_string_not_equal(clinic_now(world, &doctor, "rfm_points"), "null");
    world_run(world, "UPDATE hcp SET owner = NULL");
    rank_all(clinic);
    assert_string_equal(clinic_now(world, &doctor, "rfm_points"), "null");
    assert_string_equal(clinic_now(world, &doctor, "rfm"), "null");
}

typedef struct Measured {
    const Ranking *ranking;
    Id record;
    bool applies;
    RankingValue values[RANKING_MEASURES_MOST];
} Measured;

static Status measure(Context *context, void *data) {
    Measured *measured = data;
    return ranking_values(measured->ranking, context, measured->record, &measured->applies,
                          measured->values);
}

static void one_record_is_measured_as_it_is_now(void **state) {
    Clinic *clinic = *state;
    World *world = &clinic->world;
    Record doctor = visited(world, &world->ann, 2, 11);
    Measured measured = {.ranking = rankings_find(&clinic->business->rankings, STR("rfm")),
                         .record = doctor.id};
    assert_non_null(measured.ranking);
    assert_ok(world_see(world, &world->system, measure, &measured));
    assert_true(measured.applies);
    assert_int_equal((int)measured.values[0].value, 10);
    assert_int_equal((int)measured.values[1].value, 2);
    assert_true(measured.values[2].empty);
    measured.record = world->north;
    assert_refused(world_see(world, &world->system, measure, &measured), "not_found");
}

CLINIC_MAIN(cmocka_unit_test(equals_share_a_band),
            cmocka_unit_test(small_territories_are_ranked_among_all),
            cmocka_unit_test(who_has_nothing_is_in_the_worst_band),
            cmocka_unit_test(a_level_knows_since_when_and_what_was_before),
            cmocka_unit_test(a_rank_goes_with_its_condition),
            cmocka_unit_test(one_record_is_measured_as_it_is_now))
