/*
 * The one place where outcomes become HTTP. Refusals are RFC 9457 problem documents; their
 * sentences come from pharma/texts/ in the reader's language, so that the page can show them as
 * they are.
 */
#include "problem_answer.h"

static const int HTTP_STATUS[] = {
    [STATUS_OK] = 200,
    [STATUS_END] = 500,
    [STATUS_MALFORMED] = 400,
    [STATUS_INVALID] = 422,
    [STATUS_UNAUTHENTICATED] = 401,
    [STATUS_DENIED] = 403,
    [STATUS_NOT_FOUND] = 404,
    [STATUS_METHOD] = 405,
    [STATUS_CONFLICT] = 409,
    [STATUS_STALE] = 412,
    [STATUS_TOO_LARGE] = 413,
    [STATUS_LIMITED] = 429,
    [STATUS_BUSY] = 503,
    [STATUS_FAILED] = 500,
};

int problem_http_status(Status status) {
    return HTTP_STATUS[status];
}

static Str sentence(Call *call, Str code, const Str arguments[PROBLEM_ARGUMENTS]) {
    return texts_sentence(call->business->texts, call->arena, call->actor.lang, code, arguments);
}

/* The general sentence of a status, for refusals that nobody explained further. */
static Str title_of(Call *call, Status status) {
    static const Str NO_ARGUMENTS[PROBLEM_ARGUMENTS];
    Str code = str_join(call->arena, STR("status_"), str_of(status_name(status)));
    return sentence(call, code, NO_ARGUMENTS);
}

Str problem_detail(Call *call, const Problem *problem, Status status) {
    if (!problem->first) return title_of(call, status);
    return sentence(call, problem->first->code, problem->first->arguments);
}

/* The code is for programs, the message for people; neither replaces the other. */
void problem_write_errors(Call *call, const Problem *problem, JsonWriter *json) {
    json_open_array(json);
    for (const ProblemError *error = problem->first; error; error = error->next) {
        json_open_object(json);
        json_member_text(json, "pointer", error->pointer);
        json_member_text(json, "code", error->code);
        json_member_text(json, "message", sentence(call, error->code, error->arguments));
        json_close_object(json);
    }
    json_close_array(json);
}

/* A refusal that tells how long to wait says so in its header too. */
static void add_retry_after(Call *call, Status status) {
    Str seconds = STR("1");
    if (status != STATUS_LIMITED && status != STATUS_BUSY) return;
    const ProblemError *error = call->problem.first;
    if (error && str_is(error->code, "limited")) seconds = error->arguments[0];
    http_response_header(call->response, "Retry-After", seconds);
}

/*
 * Whatever the handler has written is dropped: half an answer with a status of 200 would be worse
 * than none.
 */
void problem_answer(Call *call, Status status) {
    JsonWriter *json = &call->json;
    buffer_clear(&call->response->body);
    buffer_clear(&call->response->headers);
    *json = json_writer(&call->response->body);
    call->response->status = problem_http_status(status);
    call->response->file_path = (Str){0};
    http_response_header(call->response, "Content-Type", STR("application/problem+json"));
    add_retry_after(call, status);
    json_open_object(json);
    json_member_text(json, "type",
                     str_join(call->arena, STR("urn:ondo:problem:"), str_of(status_name(status))));
    json_member_text(json, "title", title_of(call, status));
    json_member_integer(json, "status", problem_http_status(status));
    json_member_text(json, "detail", problem_detail(call, &call->problem, status));
    json_member_text(json, "request_id", call->request->request_id);
    json_key(json, STR("errors"));
    problem_write_errors(call, &call->problem, json);
    if (!str_empty(call->problem.difference)) {
        json_key(json, STR("present"));
        json_write_raw(json, call->problem.difference);
    }
    json_close_object(json);
}

Status problem_answer_check(Call *call, Status checked) {
    if (checked != STATUS_OK && checked != STATUS_INVALID) return checked;
    json_open_object(&call->json);
    json_key(&call->json, STR("problems"));
    problem_write_errors(call, &call->problem, &call->json);
    json_close_object(&call->json);
    return STATUS_OK;
}
