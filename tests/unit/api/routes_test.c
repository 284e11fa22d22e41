/* The table of routes: which path leads where. */
#include "routes.h"

#include "api_fixture.h"

#define ID "0192f1c0-0000-7000-8000-000000000001"

/* "GET /api/v1/{object}" of the route found; or the status's name, and what is allowed. */
static const char *found(Desk *desk, const char *method, const char *path) {
    Str allow = {0};
    Status status = routes_find(&desk->call, str_of(method), str_of(path), &allow);
    if (status == STATUS_METHOD) return str_format(desk->arena, "%.*s", STR_ARGS(allow)).data;
    if (status != STATUS_OK) return status_name(status);
    const Route *route = desk->call.route;
    return str_format(desk->arena, "%s %s", route->method, route->path).data;
}

static void paths_lead_to_their_routes(void **state) {
    static const char *const CASES[][3] = {
        {"GET", "/healthz", "GET /healthz"},
        {"HEAD", "/healthz", "GET /healthz"},
        {"GET", "/api/v1/person", "GET /api/v1/{object}"},
        {"POST", "/api/v1/person", "POST /api/v1/{object}"},
        {"GET", "/api/v1/person/" ID, "GET /api/v1/{object}/{id}"},
        {"PATCH", "/api/v1/person/" ID, "PATCH /api/v1/{object}/{id}"},
        {"DELETE", "/api/v1/person/" ID, "DELETE /api/v1/{object}/{id}"},
        {"POST", "/api/v1/person/" ID "/restore", "POST /api/v1/{object}/{id}/restore"},
        {"GET", "/api/v1/person/export", "GET /api/v1/{object}/export"},
        {"GET", "/api/v1/search", "GET /api/v1/search"},
        {"GET", "/api/v1/dashboard/x", "GET /api/v1/dashboard/{name}"},
        {"GET", "/api/v1/import/" ID, "GET /api/v1/import/{id}"},
        {"GET", "/", "not_found"},
        {"GET", "", "not_found"},
        {"GET", "/api/v1", "not_found"},
        {"GET", "/api/v1/", "not_found"},
        {"GET", "/api/v1/nothing", "not_found"},
        {"GET", "/api/v1/person/", "not_found"},
        {"GET", "/api/v1/person/1", "not_found"},
        {"GET", "/api/v1/person/" ID "/", "not_found"},
        {"GET", "/api/v1/person/" ID "/nothing", "not_found"},
        {"GET", "//api/v1/person", "not_found"},
        {"GET", "/api/v1/PERSON", "not_found"},
        {"GET", "/api/v1/perso%6e", "not_found"},
        {"PUT", "/api/v1/person", "GET, POST"},
        {"PUT", "/api/v1/person/" ID, "GET, PATCH, DELETE"},
        {"get", "/healthz", "GET"},
    };
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        assert_string_equal(found(*state, CASES[i][0], CASES[i][1]), CASES[i][2]);
    }
}

static void what_stands_in_the_path_is_taken(void **state) {
    Desk *desk = *state;
    (void)found(desk, "GET", "/api/v1/person/" ID);
    assert_ptr_equal(desk->call.object, model_object(desk->business->model, STR("person")));
    assert_str(id_text(desk->arena, desk->call.id), ID);
    (void)found(desk, "GET", "/api/v1/dashboard/%E7%A7%81%20a");
    assert_str(desk->call.path[0], "私 a");
    assert_string_equal(found(desk, "GET", "/api/v1/dashboard/%FF"), "not_found");
    assert_string_equal(found(desk, "GET", "/api/v1/dashboard/"), "not_found");
}

static void bodies_are_limited_by_their_route(void **state) {
    (void)state;
    assert_int_equal(routes_body_limit(STR("POST"), STR("/api/v1/session")), 8192);
    assert_int_equal(routes_body_limit(STR("POST"), STR("/api/v1/person")), ROUTE_BODY_LIMIT);
    assert_int_equal(routes_body_limit(STR("POST"), STR("/api/v1/person/bulk")), ROUTE_FILE_LIMIT);
    assert_int_equal(routes_body_limit(STR("GET"), STR("/api/v1/person/bulk")), ROUTE_BODY_LIMIT);
    assert_int_equal(routes_body_limit(STR("POST"), STR("/nothing")), ROUTE_BODY_LIMIT);
}

static void every_route_is_whole_and_stands_once(void **state) {
    (void)state;
    for (size_t i = 0; i < routes_count(); i++) {
        const Route *route = routes_at(i);
        assert_non_null(route->handle);
        assert_non_null(route->summary);
        assert_non_null(route->answers);
        assert_true(route->path[0] == '/' && strlen(route->summary) > 3);
        bool writes = strcmp(route->method, "GET") != 0;
        Str path = str_of(route->path);
        bool asks = str_ends(path, STR("/check")) || str_ends(path, STR("/preview")) ||
                    str_ends(path, STR("/parse")) || str_ends(path, STR("/lint"));
        assert_true(!writes || asks || route->kind != ROUTE_READ);
        assert_true(writes || route->body == BODY_NONE);
        for (size_t j = 0; j < i; j++) {
            bool same = strcmp(route->path, routes_at(j)->path) == 0 &&
                        strcmp(route->method, routes_at(j)->method) == 0;
            assert_false(same);
        }
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        DESK_TEST(paths_lead_to_their_routes),
        DESK_TEST(what_stands_in_the_path_is_taken),
        cmocka_unit_test(bodies_are_limited_by_their_route),
        cmocka_unit_test(every_route_is_whole_and_stands_once),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
