/* What handlers share: parameters, refusals, and the answer that holds one record. */
#include "call.h"

#include "edition.h"
#include "list.h"
#include "list_query.h"

Str call_parameter(const Call *call, const char *name) {
    for (size_t i = 0; i < call->parameter_count; i++) {
        if (str_is(call->parameters[i].name, name)) return call->parameters[i].value;
    }
    return (Str){0};
}

void call_restart(Call *call, Transaction *transaction) {
    buffer_clear(&call->response->body);
    buffer_clear(&call->response->headers);
    call->json = json_writer(&call->response->body);
    call->problem = problem_new(call->arena);
    call->context.transaction = transaction;
}

Status call_refuse(Call *call, Status status, const char *pointer, const char *code) {
    problem_add(&call->problem, str_of(pointer), code);
    return status;
}

static bool is_among(const char *name, const char *const *known) {
    while (*known && strcmp(name, *known) != 0) known++;
    return *known != NULL;
}

Status call_refuse_unknown(Call *call, const char *const *known) {
    size_t errors = call->problem.count;
    const char *name;
    json_t *value;
    if (!json_is_object(call->body)) {
        return call_refuse(call, STATUS_INVALID, "", "object_expected");
    }
    json_object_foreach(call->body, name, value) {
        if (is_among(name, known)) continue;
        problem_add(&call->problem, problem_pointer(call->arena, STR(""), str_of(name)),
                    "unknown_field", str_of(name));
    }
    return call->problem.count == errors ? STATUS_OK : STATUS_INVALID;
}

static Str decimal(Call *call, int64_t number) {
    return str_format(call->arena, "%lld", (long long)number);
}

Status call_refuse_range(Call *call, const char *pointer, int64_t least, int64_t most) {
    problem_add(&call->problem, str_of(pointer), "limit_range", decimal(call, least),
                decimal(call, most));
    return STATUS_INVALID;
}

bool call_limit(Call *call, int64_t most, int64_t *limit) {
    Str text = call_parameter(call, "limit");
    int64_t number = 0;
    if (!text.data) return true;
    bool fits = str_to_integer(text, &number) && number >= 1 && number <= most;
    if (!fits) return call_refuse_range(call, "/limit", 1, most) == STATUS_OK;
    *limit = number;
    return true;
}

/* The ETag is the version and nothing else: derived fields may move without it (ADR 5). */
Status call_answer_record(Call *call, const Record *record, int status) {
    const Field **expand;
    size_t expand_count;
    Status asked = list_query_expand(call, record->object, &expand, &expand_count);
    if (asked != STATUS_OK) return asked;
    call->response->status = status;
    http_response_header(call->response, "ETag",
                         str_format(call->arena, "\"%lld\"", (long long)record->version));
    return list_write_one(&call->context, record, expand, expand_count, &call->json);
}

/* A weak tag is taken for its version: proxies that compress make strong tags weak. */
Status call_if_match(Call *call, int64_t *version) {
    Str header = str_trim(http_request_header(call->request, "If-Match"));
    *version = 0;
    if (str_empty(header) || str_is(header, "*")) return STATUS_OK;
    if (str_starts(header, STR("W/"))) header = str_part(header, 2, header.size);
    if (header.size > 2 && header.data[0] == '"' && header.data[header.size - 1] == '"') {
        header = str_part(header, 1, header.size - 2);
    }
    if (str_to_integer(header, version) && *version > 0) return STATUS_OK;
    return call_refuse(call, STATUS_INVALID, "", "if_match");
}

/* Work that outlasts the call gets a copy of the actor. */
Exchange call_exchange(Call *call) {
    return (Exchange){.store = call->api->store,
                      .business = call->business,
                      .hooks = &call->edition->hooks,
                      .clock = call->api->clock,
                      .actor = &call->actor};
}
