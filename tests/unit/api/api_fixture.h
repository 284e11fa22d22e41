/* A call as a handler gets it, without a server: the small company of the record tests. */
#ifndef ONDO_TESTS_API_FIXTURE_H
#define ONDO_TESTS_API_FIXTURE_H

#include "../record/record_fixture.h"

#include "call.h"
#include "routes.h"

typedef struct Desk {
    Arena *arena;
    Business *business;
    Api api;
    HttpRequest request;
    HttpResponse response;
    Call call;
} Desk;

static inline int desk_setup(void **state) {
    Desk *desk = calloc(1, sizeof *desk);
    desk->arena = arena_new();
    ModelSource *sources = ARENA_ARRAY(desk->arena, SOURCES_MOST, ModelSource);
    Problem problem = problem_new(desk->arena);
    size_t count = world_sources(desk->arena, BUSINESS_FOLDER, "", sources);
    Status status = business_load(sources, count, &problem, &desk->business);
    world_complain(&problem);
    assert_ok(status);
    desk->request.request_id = STR("request-1");
    desk->call = (Call){.api = &desk->api,
                        .business = desk->business,
                        .request = &desk->request,
                        .response = &desk->response,
                        .arena = desk->arena,
                        .problem = problem_new(desk->arena),
                        .json = json_writer(&desk->response.body)};
    desk->call.actor = (Actor){.user = {{9}},
                               .role = roles_find(desk->business->roles, STR("seller")),
                               .zone = STR("Asia/Tokyo")};
    *state = desk;
    return 0;
}

static inline int desk_teardown(void **state) {
    Desk *desk = *state;
    buffer_free(&desk->response.headers);
    buffer_free(&desk->response.body);
    business_free(desk->business);
    arena_free(desk->arena);
    free(desk);
    return 0;
}

#define DESK_TEST(function) cmocka_unit_test_setup_teardown(function, desk_setup, desk_teardown)

#endif
