/*
 * One request from its route to its answer. The order matters: route and body first, for they need
 * no database; then, inside one transaction, who is asking, whether the request was answered
 * before, and the handler. Whatever fails there undoes all of it and becomes a problem document.
 */
#include "handler.h"

#include "assets.h"
#include "authenticate.h"
#include "edition.h"
#include "idempotency.h"
#include "log.h"
#include "problem_answer.h"
#include "routes.h"

static const Str NO_ZONE = STR_INIT("UTC");

/* An ordinary record and its head fit at once. */
enum { BODY_FIRST = 4096, HEADERS_FIRST = 1024 };

/* The buffers get room at once, so that an ordinary answer grows none of them. */
static Call call_new(Api *api, const Edition *edition, const HttpRequest *request,
                     HttpResponse *response) {
    buffer_room(&response->body, BODY_FIRST);
    buffer_room(&response->headers, HEADERS_FIRST);
    return (Call){
        .api = api,
        .request = request,
        .response = response,
        .edition = edition,
        .business = edition->business,
        .arena = request->arena,
        .actor = {.zone = NO_ZONE, .via = STR("api")},
        .problem = problem_new(request->arena),
        .json = json_writer(&response->body),
    };
}

/* A job may run twice (PostgreSQL), so each run starts with an empty answer. */
static void begin_job(Call *call, Transaction *transaction) {
    call_restart(call, transaction);
    call->response->status = 200;
    call->context = (Context){
        .arena = call->arena,
        .transaction = transaction,
        .model = call->business->model,
        .hooks = &call->edition->hooks,
        .actor = &call->actor,
        .now = clock_now(&call->api->clock),
        .problem = &call->problem,
        .reason = http_request_header(call->request, "X-Reason"),
    };
}

enum { REASON_LIMIT = 500 }; /* code points */

/* Any text that is text; it goes into the journal as it is. */
static Status check_reason(Call *call) {
    Str reason = call->context.reason;
    if (str_valid_utf8(reason) && str_count_points(reason) <= REASON_LIMIT) return STATUS_OK;
    call->context.reason = (Str){0};
    problem_add(&call->problem, STR(""), "header", STR("X-Reason"));
    return STATUS_INVALID;
}

/* A write whose answer is kept: the same key gets it again. Reading again does no harm. */
static bool is_repeatable_write(const Call *call) {
    return call->route->kind != ROUTE_READ && strcmp(call->route->method, "GET") != 0 &&
           !call->route->secret && http_request_header(call->request, "Idempotency-Key").data;
}

/*
 * The job of the store. Nothing outside the call may be changed here, as it may run twice (ADR 3).
 */
static Status run_handler(Transaction *transaction, void *data) {
    Call *call = data;
    begin_job(call, transaction);
    Status status = authenticate(call, transaction);
    if (status == STATUS_OK) status = check_reason(call);
    if (status != STATUS_OK) return status;
    if (call->must_change_password && !call->route->any_password) {
        return call_refuse(call, STATUS_DENIED, "", "password_change_needed");
    }
    if (is_repeatable_write(call)) status = idempotency_replay(call);
    if (status != STATUS_OK || call->replayed || call->route->kind == ROUTE_SIGNED_IN)
        return status;
    status = call->route->handle(call);
    return status == STATUS_OK && is_repeatable_write(call) ? idempotency_keep(call) : status;
}

/* Handlers with transactions of their own: their answer is kept right after, in one more. */
static Status keep_answer(Transaction *transaction, void *data) {
    Call *call = data;
    call->context.transaction = transaction;
    return idempotency_keep(call);
}

/*
 * For handlers that need more than one transaction, or none that is open while they work: long
 * writing, streams, passwords to be hashed.
 */
static Status run_signed_in(Call *call) {
    Status status = store_read(call->api->store, run_handler, call);
    if (status != STATUS_OK || call->replayed) return status;
    call->context.transaction = NULL;
    status = call->route->handle(call);
    bool keep = status == STATUS_OK && is_repeatable_write(call);
    return keep ? store_write(call->api->store, keep_answer, call) : status;
}

/* What a route's kind means, in one place. */
/* Runs a job that waits for the disk or another server; meanwhile another worker works. */
static Status wait_for(Call *call, Status (*start)(Store *, StoreJob *, void *)) {
    HttpServer *server = call->api->server;
    if (server) http_server_step_aside(server);
    Status status = start(call->api->store, run_handler, call);
    if (server) http_server_step_back(server);
    return status;
}

static Status run_waiting(Call *call) {
    HttpServer *server = call->api->server;
    if (server) http_server_step_aside(server);
    Status status = run_signed_in(call);
    if (server) http_server_step_back(server);
    return status;
}

static Status run(Call *call) {
    bool embedded = store_kind(call->api->store) == STORE_SQLITE;
    switch (call->route->kind) {
        case ROUTE_OPEN: begin_job(call, NULL); return call->route->handle(call);
        case ROUTE_READ:
            /* The embedded database reads on this very thread: there is nothing to wait for. */
            if (embedded) return store_read(call->api->store, run_handler, call);
            return wait_for(call, store_read);
        case ROUTE_WRITE: return wait_for(call, store_write);
        case ROUTE_SIGNED_IN: return run_waiting(call);
    }
    return STATUS_FAILED;
}

/* A body must say that it is JSON: what a plain form of a foreign page can send never does. */
static Status decode_body(Call *call) {
    if (call->route->body != BODY_JSON) return STATUS_OK;
    Str type = http_request_header(call->request, "Content-Type");
    Str kind = str_trim(str_cut(&type, ';'));
    bool json = str_equal_ascii_case(kind, STR("application/json")) ||
                str_equal_ascii_case(kind, STR("application/merge-patch+json"));
    if (!json) {
        problem_add(&call->problem, STR(""), "content_type", STR("application/json"));
        return STATUS_MALFORMED;
    }
    return json_read(call->request->body, &call->problem, &call->body);
}

static Status decode(Call *call) {
    Status status = http_query_parse(call->arena, call->request->query,
                                     (HttpParameter **)&call->parameters, &call->parameter_count);
    if (status != STATUS_OK) return call_refuse(call, status, "", "query_malformed");
    return decode_body(call);
}

/* Only the machine's faults; a refusal is an answer, not an event. */
static void log_failure(const Call *call, Status status) {
    if (status != STATUS_FAILED) return;
    log_write(LOG_LEVEL_ERROR, "request failed", LOG_TEXT("path", str_of(call->route->path)),
              LOG_TEXT("request_id", call->request->request_id));
}

/* What a problem says when nothing more particular was noticed. */
static void add_general_error(Call *call, Status status) {
    if (call->problem.first || status == STATUS_CONFLICT || status == STATUS_INVALID) return;
    problem_add(&call->problem, STR(""), status_name(status));
}

static bool has_content_type(const HttpResponse *response) {
    Str headers = buffer_str(&response->headers);
    return str_find_str(headers, STR("Content-Type:")) < headers.size;
}

/* "no-store" on everything: answers hold people's data, and shared caches keep nothing of them. */
static void answer_api(Call *call, Status found, Str allow) {
    Status status = found;
    call->actor.lang = authenticate_language(call, LANG_EN);
    if (status == STATUS_OK) status = decode(call);
    if (status == STATUS_OK) status = run(call);
    if (status == STATUS_OK) authenticate_touch(call);
    if (status != STATUS_OK) {
        log_failure(call, status);
        add_general_error(call, status);
        problem_answer(call, status);
        if (status == STATUS_METHOD) http_response_header(call->response, "Allow", allow);
    } else if (call->response->status != 204 && !has_content_type(call->response)) {
        http_response_header(call->response, "Content-Type", STR("application/json"));
    }
    assets_protect_data(call->response);
    json_decref(call->body);
}

/* What is no route and not under /api/ is the page's. */
void handler_answer(void *context, const HttpRequest *request, HttpResponse *response) {
    Api *api = context;
    const Edition *edition CLEANUP(edition_drop) = editions_take(api->editions);
    Call call = call_new(api, edition, request, response);
    Str allow = {0};
    Status found = routes_find(&call, request->method, request->path, &allow);
    if (found == STATUS_NOT_FOUND && !str_starts(request->path, STR("/api/"))) {
        assets_serve(api->assets, request, response);
        assets_protect(response);
    } else {
        answer_api(&call, found, allow);
    }
}

size_t handler_body_limit(void *context, Str method, Str path) {
    (void)context;
    return routes_body_limit(method, path);
}
