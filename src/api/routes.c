/*
 * The table of routes, joined from its areas, and finding one in it. Everything else about a route
 * follows from its entry: the transaction, the body and its limit, and the description in OpenAPI.
 */
#include "routes.h"

#include "routes_table.h"

/* Of two routes that fit, the first counts: particular paths stand before {object}. */
static const RouteTable *const TABLES[] = {
    &ROUTES_OF_SERVICE,     &ROUTES_OF_ACCOUNT, &ROUTES_OF_INSIGHT, &ROUTES_OF_CUSTOMERS,
    &ROUTES_OF_DEFINITIONS, &ROUTES_OF_FILES,   &ROUTES_OF_RECORDS,
};
enum { TABLES_COUNT = sizeof TABLES / sizeof *TABLES };

size_t routes_count(void) {
    size_t count = 0;
    for (size_t i = 0; i < TABLES_COUNT; i++) count += TABLES[i]->count;
    return count;
}

const Route *routes_at(size_t index) {
    size_t table = 0;
    while (index >= TABLES[table]->count) index -= TABLES[table++]->count;
    return &TABLES[table]->routes[index];
}

/* Most routes differ before their first parameter, and one comparison tells. */
static bool begins_alike(Str pattern, Str path) {
    return str_starts(path, str_part(pattern, 0, str_find(pattern, '{')));
}

/* What one path segment gives for one of the pattern's. */
static bool take_segment(Call *call, Str pattern, Str segment, size_t *taken) {
    if (!str_starts(pattern, STR("{"))) return str_equal(pattern, segment);
    if (str_empty(segment)) return false;
    if (str_is(pattern, "{object}")) {
        call->object = model_object(call->business->model, segment);
        return call->object != NULL;
    }
    if (str_is(pattern, "{id}")) return id_parse(segment, &call->id);
    if (*taken == CALL_PATH_MOST) return false;
    return http_percent_decode(call->arena, segment, &call->path[(*taken)++]) == STATUS_OK;
}

/* Both must end together; a slash at the end is another path. */
static bool route_fits(Call *call, const Route *route, Str path) {
    Str pattern = str_of(route->path), rest = path;
    size_t taken = 0;
    if (!begins_alike(pattern, path)) return false;
    while (pattern.data && rest.data) {
        Str wanted = str_cut(&pattern, '/');
        if (!take_segment(call, wanted, str_cut(&rest, '/'), &taken)) return false;
    }
    return !pattern.data && !rest.data;
}

/* HEAD is GET; what is not sent is the http layer's matter. */
Status routes_find(Call *call, Str method, Str path, Str *allow) {
    Buffer methods CLEANUP(buffer_free) = {0};
    Str asked = str_is(method, "HEAD") ? STR("GET") : method;
    for (size_t i = 0, count = routes_count(); i < count; i++) {
        const Route *route = routes_at(i);
        if (!route_fits(call, route, path)) continue;
        if (str_is(asked, route->method)) {
            call->route = route;
            return STATUS_OK;
        }
        if (methods.size) buffer_add(&methods, STR(", "));
        buffer_add(&methods, str_of(route->method));
    }
    if (!methods.size) return STATUS_NOT_FOUND;
    *allow = str_copy(call->arena, buffer_str(&methods));
    return STATUS_METHOD;
}

/* By shape alone: whether the object exists is found out later. */
static bool shape_fits(const Route *route, Str path) {
    Str pattern = str_of(route->path), rest = path;
    if (!begins_alike(pattern, path)) return false;
    while (pattern.data && rest.data) {
        Str wanted = str_cut(&pattern, '/'), segment = str_cut(&rest, '/');
        if (!str_starts(wanted, STR("{")) && !str_equal(wanted, segment)) return false;
    }
    return !pattern.data && !rest.data;
}

/* Asked from an event loop before the body is read, so it looks at nothing but the table. */
size_t routes_body_limit(Str method, Str path) {
    for (size_t i = 0, count = routes_count(); i < count; i++) {
        const Route *route = routes_at(i);
        if (!str_is(method, route->method) || !shape_fits(route, path)) continue;
        if (route->body == BODY_NONE) return ROUTE_BODY_LIMIT; /* read and ignored */
        return route->body_limit ? route->body_limit : ROUTE_BODY_LIMIT;
    }
    return ROUTE_BODY_LIMIT;
}
