/* The one table of routes. */
#ifndef ONDO_API_ROUTES_H
#define ONDO_API_ROUTES_H

#include "call.h"

typedef Status RouteHandler(Call *call);

/** In what the handler runs. */
typedef enum RouteKind {
    ROUTE_OPEN,     /* nobody need be signed in; no transaction */
    ROUTE_READ,     /* signed in, in a reading transaction */
    ROUTE_WRITE,    /* signed in, in a writing transaction, with Idempotency-Key */
    ROUTE_SIGNED_IN /* signed in; the handler opens its own transactions */
} RouteKind;

/**
 * What the request brings: nothing, JSON that is read before the handler runs, or bytes as they
 * are.
 */
typedef enum RouteBody { BODY_NONE, BODY_JSON, BODY_RAW } RouteBody;

/** One route. `kind` and `body` decide what has been done before the handler is called. */
struct Route {
    const char *method;
    const char *path; /* {object} names an object of the model, {id} is an identifier */
    RouteHandler *handle;
    RouteKind kind;
    bool any_password; /* open also to those who must first choose a password of their own */
    bool secret;       /* the answer holds one: it is never kept, whatever Idempotency-Key says */
    RouteBody body;
    size_t body_limit; /* bytes; 0 with a body: ROUTE_BODY_LIMIT */
    const char *summary;
    const char *takes;   /* shape of a JSON body; NULL: the object's, or any */
    const char *answers; /* what its answer holds, for the description: "record", "list", … */
};

/* ROUTE_IDS_LIMIT: of a body that names up to 100,000 records; ROUTE_IMPORT_LIMIT: of one that
 * holds the map and the corrections of an import; ROUTE_DEFINITIONS_LIMIT: of all definitions. */
enum {
    ROUTE_BODY_LIMIT = 1024 * 1024,
    ROUTE_IDS_LIMIT = 4 * 1024 * 1024,
    ROUTE_IMPORT_LIMIT = 4 * 1024 * 1024,
    ROUTE_DEFINITIONS_LIMIT = 8 * 1024 * 1024,
    ROUTE_FILE_LIMIT = 64 * 1024 * 1024
};

/** The table, for whoever describes it (openapi.c). */
size_t routes_count(void);
/** `index` below routes_count(). */
const Route *routes_at(size_t index);

/**
 * Finds the route of a method and path and fills call->path, ->object and ->id. STATUS_NOT_FOUND
 * for an unknown path, object or malformed id; STATUS_METHOD when the path knows other methods,
 * which are then named in `allow` (in the arena).
 */
MUST_USE Status routes_find(Call *call, Str method, Str path, Str *allow);

/** The largest body that a request may have, by its head alone. */
size_t routes_body_limit(Str method, Str path);

#endif
