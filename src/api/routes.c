/*
 * The table of routes, and finding one in it. Everything else about a route follows from its entry:
 * the transaction, the body and its limit, and the description in OpenAPI.
 */
#include "routes.h"

#include "resources.h"

/* Of two routes that fit, the first counts: particular paths stand before {object}. */
static const Route ROUTES[] = {
    {.method = "GET",
     .path = "/healthz",
     .handle = health_live,
     .kind = ROUTE_OPEN,
     .summary = "Whether the process lives",
     .answers = "text"},
    {.method = "GET",
     .path = "/readyz",
     .handle = health_ready,
     .kind = ROUTE_OPEN,
     .summary = "Whether the database answers",
     .answers = "text"},
    {.method = "GET",
     .path = "/metrics",
     .handle = health_metrics,
     .kind = ROUTE_OPEN,
     .summary = "Figures in Prometheus text format",
     .answers = "text"},
    {.method = "GET",
     .path = "/api/openapi.json",
     .handle = openapi_read,
     .kind = ROUTE_OPEN,
     .summary = "This description",
     .answers = "object"},

    {.method = "POST",
     .path = "/api/v1/session",
     .handle = session_create_answer,
     .kind = ROUTE_OPEN,
     .body = BODY_JSON,
     .body_limit = 8192,
     .summary = "Sign in",
     .answers = "session"},
    {.method = "DELETE",
     .path = "/api/v1/session",
     .any_password = true,
     .handle = session_delete_answer,
     .kind = ROUTE_SIGNED_IN,
     .summary = "Sign out",
     .answers = "nothing"},
    {.method = "DELETE",
     .path = "/api/v1/me/sessions",
     .handle = session_delete_all,
     .kind = ROUTE_SIGNED_IN,
     .summary = "Sign out everywhere",
     .answers = "nothing"},
    {.method = "GET",
     .path = "/api/v1/me",
     .any_password = true,
     .handle = me_read,
     .kind = ROUTE_READ,
     .summary = "Who is signed in, and what they may do",
     .answers = "session"},
    {.method = "PATCH",
     .path = "/api/v1/me",
     .handle = me_update,
     .kind = ROUTE_WRITE,
     .body = BODY_JSON,
     .body_limit = 8192,
     .summary = "Change one's language or time zone",
     .answers = "session"},
    {.method = "GET",
     .path = "/api/v1/me/sessions",
     .handle = me_sessions,
     .kind = ROUTE_READ,
     .summary = "Where one is signed in",
     .answers = "items"},
    {.method = "DELETE",
     .path = "/api/v1/me/sessions/{id}",
     .handle = me_session_delete,
     .kind = ROUTE_WRITE,
     .summary = "Sign out elsewhere",
     .answers = "nothing"},
    {.method = "GET",
     .path = "/api/v1/me/tokens",
     .handle = me_tokens,
     .kind = ROUTE_READ,
     .summary = "Tokens of one's programs",
     .answers = "items"},
    {.method = "DELETE",
     .path = "/api/v1/me/tokens/{id}",
     .handle = me_token_delete,
     .kind = ROUTE_WRITE,
     .summary = "Revoke a token",
     .answers = "nothing"},
    {.method = "POST",
     .path = "/api/v1/me/password",
     .any_password = true,
     .handle = me_password,
     .kind = ROUTE_SIGNED_IN,
     .body = BODY_JSON,
     .body_limit = 8192,
     .summary = "Change one's password",
     .answers = "nothing"},
    {.method = "POST",
     .path = "/api/v1/user/{id}/password",
     .handle = user_password,
     .kind = ROUTE_SIGNED_IN,
     .body = BODY_JSON,
     .body_limit = 8192,
     .summary = "Set a user's password",
     .answers = "nothing"},

    {.method = "GET",
     .path = "/api/v1/model",
     .handle = model_describe,
     .kind = ROUTE_READ,
     .summary = "Objects, fields, choices and layouts that the reader may see",
     .answers = "model"},
    {.method = "GET",
     .path = "/api/v1/search",
     .handle = search_all,
     .kind = ROUTE_READ,
     .summary = "Search in everything",
     .answers = "items"},
    {.method = "GET",
     .path = "/api/v1/changes",
     .handle = changes_list,
     .kind = ROUTE_READ,
     .summary = "The change feed",
     .answers = "changes"},
    {.method = "GET",
     .path = "/api/v1/events",
     .handle = events_open,
     .kind = ROUTE_SIGNED_IN,
     .summary = "Changes as server-sent events",
     .answers = "events"},
    {.method = "GET",
     .path = "/api/v1/dashboard",
     .handle = dashboards_list,
     .kind = ROUTE_READ,
     .summary = "Dashboards for the reader's role",
     .answers = "items"},
    {.method = "GET",
     .path = "/api/v1/dashboard/{name}",
     .handle = dashboards_read,
     .kind = ROUTE_READ,
     .summary = "One dashboard, filled",
     .answers = "dashboard"},

    {.method = "GET",
     .path = "/api/v1/definition",
     .handle = definitions_list,
     .kind = ROUTE_READ,
     .summary = "Definitions: objects, roles, rules, templates, dashboards, texts",
     .answers = "definitions"},
    {.method = "GET",
     .path = "/api/v1/definition/{kind}/{name}",
     .handle = definitions_read,
     .kind = ROUTE_READ,
     .summary = "A definition with its versions",
     .answers = "definition"},
    {.method = "GET",
     .path = "/api/v1/definition/{kind}/{name}/{version}",
     .handle = definitions_read_version,
     .kind = ROUTE_READ,
     .summary = "One version of a definition",
     .answers = "definition"},
    {.method = "PUT",
     .path = "/api/v1/definition/{kind}/{name}",
     .handle = definitions_publish,
     .after = definitions_apply,
     .kind = ROUTE_WRITE,
     .body = BODY_JSON,
     .takes = "definition_input",
     .summary = "Publish a definition",
     .answers = "definition"},
    {.method = "POST",
     .path = "/api/v1/definition/{kind}/{name}/check",
     .handle = definitions_check,
     .kind = ROUTE_READ,
     .body = BODY_JSON,
     .takes = "definition_input",
     .summary = "What publishing it would refuse",
     .answers = "problems"},
    {.method = "POST",
     .path = "/api/v1/definition/{kind}/{name}/revert",
     .handle = definitions_revert,
     .after = definitions_apply,
     .kind = ROUTE_WRITE,
     .body = BODY_JSON,
     .takes = "definition_revert_input",
     .summary = "Publish an older version anew",
     .answers = "definition"},

    {.method = "GET",
     .path = "/api/v1/import",
     .handle = import_list,
     .kind = ROUTE_READ,
     .summary = "Imports made",
     .answers = "items"},
    {.method = "POST",
     .path = "/api/v1/import/{name}/check",
     .handle = import_check,
     .kind = ROUTE_SIGNED_IN,
     .body = BODY_RAW,
     .body_limit = ROUTE_FILE_LIMIT,
     .summary = "Detect encoding, delimiter, columns of a file; dry run with ?map=",
     .answers = "import"},
    {.method = "POST",
     .path = "/api/v1/import/{name}",
     .handle = import_run,
     .kind = ROUTE_SIGNED_IN,
     .body = BODY_RAW,
     .body_limit = ROUTE_FILE_LIMIT,
     .summary = "Import a file with ?map=",
     .answers = "import"},
    {.method = "GET",
     .path = "/api/v1/import/{id}",
     .handle = import_read,
     .kind = ROUTE_READ,
     .summary = "One import, with its progress",
     .answers = "import"},
    {.method = "GET",
     .path = "/api/v1/import/{id}/rejected",
     .handle = import_rejected,
     .kind = ROUTE_READ,
     .summary = "The rows not taken, with the reason per cell",
     .answers = "file"},
    {.method = "POST",
     .path = "/api/v1/import/{id}/undo",
     .handle = import_undo,
     .kind = ROUTE_SIGNED_IN,
     .summary = "Take an import back",
     .answers = "import"},

    {.method = "GET",
     .path = "/api/v1/batch",
     .handle = batches_list,
     .kind = ROUTE_READ,
     .summary = "One's bulk changes, newest first",
     .answers = "batches"},
    {.method = "GET",
     .path = "/api/v1/batch/{id}",
     .handle = batches_read,
     .kind = ROUTE_READ,
     .summary = "One bulk change, with its progress",
     .answers = "batch"},
    {.method = "POST",
     .path = "/api/v1/batch/{id}/undo",
     .handle = batches_undo,
     .kind = ROUTE_SIGNED_IN,
     .summary = "Take a bulk change back",
     .answers = "batch"},

    {.method = "GET",
     .path = "/api/v1/file/{id}",
     .handle = attachment_read,
     .kind = ROUTE_READ,
     .summary = "A file, for whoever may read what it is attached to",
     .answers = "file"},
    {.method = "GET",
     .path = "/api/v1/{object}",
     .handle = records_list,
     .kind = ROUTE_READ,
     .summary = "List",
     .answers = "list"},
    {.method = "POST",
     .path = "/api/v1/{object}",
     .handle = records_create,
     .kind = ROUTE_WRITE,
     .body = BODY_JSON,
     .summary = "Create",
     .answers = "record"},
    {.method = "POST",
     .path = "/api/v1/{object}/bulk",
     .handle = records_bulk,
     .kind = ROUTE_SIGNED_IN,
     .body = BODY_RAW,
     .body_limit = ROUTE_FILE_LIMIT,
     .summary = "Create or update many by a unique key; NDJSON or a JSON array",
     .answers = "bulk"},
    {.method = "POST",
     .path = "/api/v1/{object}/change",
     .handle = records_change,
     .kind = ROUTE_SIGNED_IN,
     .body = BODY_JSON,
     .body_limit = ROUTE_IDS_LIMIT,
     .summary =
         "Change many records, or preview it; the list's parameters choose them with \"all\"",
     .takes = "bulk_change_input",
     .answers = "batch"},
    {.method = "GET",
     .path = "/api/v1/{object}/export",
     .handle = records_export,
     .kind = ROUTE_SIGNED_IN,
     .summary = "A list as CSV or XLSX (?format=)",
     .answers = "file"},
    {.method = "GET",
     .path = "/api/v1/{object}/{id}",
     .handle = records_read,
     .kind = ROUTE_READ,
     .summary = "Read",
     .answers = "record"},
    {.method = "PATCH",
     .path = "/api/v1/{object}/{id}",
     .handle = records_update,
     .kind = ROUTE_WRITE,
     .body = BODY_JSON,
     .summary = "Change some fields",
     .answers = "record"},
    {.method = "DELETE",
     .path = "/api/v1/{object}/{id}",
     .handle = records_delete,
     .kind = ROUTE_WRITE,
     .summary = "Delete, which can be undone",
     .answers = "nothing"},
    {.method = "POST",
     .path = "/api/v1/{object}/{id}/restore",
     .handle = records_restore,
     .kind = ROUTE_WRITE,
     .summary = "Undo a deletion",
     .answers = "record"},
    {.method = "POST",
     .path = "/api/v1/{object}/{id}/file",
     .handle = attachment_create,
     .kind = ROUTE_WRITE,
     .body = BODY_RAW,
     .body_limit = ROUTE_FILE_LIMIT,
     .summary = "Attach a file (?name=); its id goes into a field of type file",
     .answers = "object"},
    {.method = "GET",
     .path = "/api/v1/{object}/{id}/history",
     .handle = records_history,
     .kind = ROUTE_READ,
     .summary = "Who changed what, when and why",
     .answers = "history"},
    {.method = "GET",
     .path = "/api/v1/{object}/{id}/timeline",
     .handle = records_timeline,
     .kind = ROUTE_READ,
     .summary = "Everything about it on one line of time",
     .answers = "timeline"},
    {.method = "GET",
     .path = "/api/v1/{object}/{id}/access",
     .handle = records_access,
     .kind = ROUTE_READ,
     .summary = "Why the reader may or may not do something with it",
     .answers = "object"},
};

size_t routes_count(void) {
    return sizeof ROUTES / sizeof *ROUTES;
}
const Route *routes_at(size_t index) {
    return &ROUTES[index];
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
    for (size_t i = 0; i < routes_count(); i++) {
        if (!route_fits(call, &ROUTES[i], path)) continue;
        if (str_is(asked, ROUTES[i].method)) {
            call->route = &ROUTES[i];
            return STATUS_OK;
        }
        if (methods.size) buffer_add(&methods, STR(", "));
        buffer_add(&methods, str_of(ROUTES[i].method));
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
    for (size_t i = 0; i < routes_count(); i++) {
        const Route *route = &ROUTES[i];
        if (!str_is(method, route->method) || !shape_fits(route, path)) continue;
        if (route->body == BODY_NONE) return ROUTE_BODY_LIMIT; /* read and ignored */
        return route->body_limit ? route->body_limit : ROUTE_BODY_LIMIT;
    }
    return ROUTE_BODY_LIMIT;
}
