/* V19: a ranking as a picture: counted over what its reader may see, and over nothing else. */
#include "../domain/domain_fixture.h"

#include "resources.h"

/* What was asked, and the answer as JSON. */
typedef struct Look {
    Clinic *clinic;
    const Actor *actor;
    const char *ranking, *query;
    json_t *answer;
    Problem problem;
} Look;

static Status rank(Context *context, void *data) {
    const Clinic *clinic = data;
    return rankings_run(&clinic->business->rankings, context);
}

/* The call lies here, so that it is as brief as the transaction. */
static Status look(Context *context, void *data) {
    Look *look = data;
    HttpResponse response = {0};
    HttpParameter *parameters;
    Call call = {.business = look->clinic->business,
                 .response = &response,
                 .arena = context->arena,
                 .context = *context,
                 .actor = *look->actor,
                 .problem = problem_new(context->arena),
                 .json = json_writer(&response.body),
                 .path = {str_of(look->ranking)}};
    assert_ok(
        http_query_parse(context->arena, str_of(look->query), &parameters, &call.parameter_count));
    call.parameters = parameters;
    Status status = ranking_grid(&call);
    Str body = buffer_str(&response.body);
    if (status == STATUS_OK) assert_ok(json_read(body, NULL, &look->answer));
    look->problem = call.problem;
    buffer_free(&response.body);
    return status;
}

static Look looked(Clinic *clinic, const Actor *actor, const char *query) {
    Look asked = {.clinic = clinic, .actor = actor, .ranking = "rfm", .query = query};
    assert_ok(world_see(&clinic->world, actor, look, &asked));
    return asked;
}

/* How many records the picture shows in all. */
static int64_t shown(Clinic *clinic, const Actor *actor, const char *query) {
    Look asked = looked(clinic, actor, query);
    int64_t sum = 0;
    size_t i;
    json_t *cell;
    json_array_foreach(json_object_get(asked.answer, "cells"), i, cell) {
        sum += json_integer_value(json_object_get(cell, "count"));
    }
    json_drop(&asked.answer);
    return sum;
}

static Record doctor_of(World *world, const Actor *owner, int visits) {
    Record doctor = world_made(world, &world->system, "hcp",
                               "{\"kind\":\"doctor\",\"family_name\":\"D\",\"owner\":\"%s\"}",
                               world_id(world, owner->user));
    for (int i = 0; i < visits; i++) {
        (void)world_made(world, &world->system, "visit",
                         "{\"hcp\":\"%s\",\"owner\":\"%s\",\"held_at\":\"2026-11-1%dT08:00:00Z\"}",
                         world_id(world, doctor.id), world_id(world, owner->user), i);
    }
    return doctor;
}

/* Five of ann's, visited once, twice … and two of ben's that were never seen. */
static void fill(Clinic *clinic) {
    World *world = &clinic->world;
    for (int i = 1; i <= 5; i++) (void)doctor_of(world, &world->ann, i);
    for (int i = 0; i < 2; i++) (void)doctor_of(world, &world->ben, 0);
    assert_ok(world_do(world, &world->system, rank, clinic));
}

static void each_reader_sees_the_own_records(void **state) {
    Clinic *clinic = *state;
    World *world = &clinic->world;
    fill(clinic);
    assert_int_equal(shown(clinic, &world->ann, ""), 5);
    assert_int_equal(shown(clinic, &world->ben, ""), 2);
    assert_int_equal(shown(clinic, &world->boss, ""), 7);
}

static void a_cell_says_how_many_and_their_mean(void **state) {
    Clinic *clinic = *state;
    World *world = &clinic->world;
    fill(clinic);
    Look asked = looked(clinic, &world->ben, "");
    json_t *cells = json_object_get(asked.answer, "cells"), *cell = json_array_get(cells, 0);
    assert_int_equal(json_array_size(cells), 1);
    assert_int_equal(json_integer_value(json_object_get(cell, "across")), 1);
    assert_int_equal(json_integer_value(json_object_get(cell, "down")), 1);
    assert_int_equal(json_integer_value(json_object_get(cell, "count")), 2);
    assert_int_equal((int)json_number_value(json_object_get(cell, "mean")), 1);
    assert_int_equal(json_integer_value(json_object_get(asked.answer, "bands")), 5);
    json_t *across = json_object_get(asked.answer, "across");
    assert_string_equal(json_string_value(json_object_get(across, "field")), "rfm_recency");
    json_drop(&asked.answer);
}

static void a_filter_narrows_it_and_nothing_else_is_taken(void **state) {
    Clinic *clinic = *state;
    World *world = &clinic->world;
    fill(clinic);
    assert_int_equal(
        shown(clinic, &world->ann,
              "filter=%7B%22%3E%3D%22%3A%5B%7B%22var%22%3A%22rfm_frequency%22%7D%2C4%5D%7D"),
        2);
    Look wrong = {.clinic = clinic, .actor = &world->ann, .ranking = "rfm", .query = "sort=name"};
    assert_refused(world_see(world, &world->ann, look, &wrong), "invalid");
    assert_str(wrong.problem.first->code, "unknown_parameter");
}

static void what_may_not_be_read_is_not_there(void **state) {
    Clinic *clinic = *state;
    World *world = &clinic->world;
    fill(clinic);
    Actor msl =
        clinic_person(world, "mia", "msl", "UTC"); /* its measures are hidden from the role */
    Look hidden = {.clinic = clinic, .actor = &msl, .ranking = "rfm", .query = ""};
    assert_refused(world_see(world, &msl, look, &hidden), "not_found");
    Look none = {.clinic = clinic, .actor = &world->ann, .ranking = "none", .query = ""};
    assert_refused(world_see(world, &world->ann, look, &none), "not_found");
}

CLINIC_MAIN(cmocka_unit_test(each_reader_sees_the_own_records),
            cmocka_unit_test(a_cell_says_how_many_and_their_mean),
            cmocka_unit_test(a_filter_narrows_it_and_nothing_else_is_taken),
            cmocka_unit_test(what_may_not_be_read_is_not_there))
