/*
 * Records over HTTP: thin on purpose. What is allowed, checked and written is decided by record/;
 * here are only headers, statuses and parameters.
 */
#include "access.h"
#include "journal.h"
#include "list_query.h"
#include "resources.h"
#include "system_actor.h"

Status records_list(Call *call) {
    ListAsked asked;
    Status status = list_query_read(call, call->object, NULL, &asked);
    return status == STATUS_OK ? list_write(&call->context, &asked.query, &call->json) : status;
}

/* Location names the record by its id, which the client may have chosen itself. */
Status records_create(Call *call) {
    Record record;
    Status status = record_create(&call->context, call->object, call->body, &record);
    if (status != STATUS_OK) return status;
    char id[ID_TEXT_SIZE];
    id_write(record.id, id);
    http_response_header(call->response, "Location",
                         str_format(call->arena, "/api/v1/%.*s/%.*s", STR_ARGS(call->object->name),
                                    ID_TEXT_SIZE, id));
    return call_answer_record(call, &record, 201);
}

Status records_read(Call *call) {
    Record record;
    Status status = record_read(&call->context, call->object, call->id, &record);
    return status == STATUS_OK ? call_answer_record(call, &record, 200) : status;
}

/* Without If-Match the last writer wins, which a program that sets one field may well want. */
Status records_update(Call *call) {
    Record record;
    int64_t version;
    Status status = call_if_match(call, &version);
    if (status == STATUS_OK) {
        status =
            record_update(&call->context, call->object, call->id, call->body, version, &record);
    }
    return status == STATUS_OK ? call_answer_record(call, &record, 200) : status;
}

/* A second deletion finds nothing: 404, and the record stays as it was deleted. */
Status records_delete(Call *call) {
    int64_t version;
    Status status = call_if_match(call, &version);
    if (status == STATUS_OK) {
        status = record_delete(&call->context, call->object, call->id, version);
    }
    call->response->status = 204;
    return status;
}

Status records_restore(Call *call) {
    Record record;
    Status status = record_restore(&call->context, call->object, call->id, &record);
    return status == STATUS_OK ? call_answer_record(call, &record, 200) : status;
}

/* The history of a deleted record stays open to those who may delete it. */
static Status read_dead_or_alive(Call *call, Record *out) {
    Status status = record_read(&call->context, call->object, call->id, out);
    if (status != STATUS_NOT_FOUND) return status;
    return record_read_deleted(&call->context, call->object, call->id, out);
}

/* The record is read first: who may not see it learns nothing of its past either. */
Status records_history(Call *call) {
    Record record;
    int64_t limit = 0;
    Str text = call_parameter(call, "limit");
    if (text.data && !str_to_integer(text, &limit)) {
        return call_refuse(call, STATUS_INVALID, "/limit", "limit_range");
    }
    Status status = read_dead_or_alive(call, &record);
    if (status != STATUS_OK) return status;
    return journal_write_history(&call->context, call->object, call->id, limit,
                                 call_parameter(call, "cursor"), &call->json);
}

/* "Why can't I?": each verb with its answer. The record must exist; only the reason is told. */
Status records_access(Call *call) {
    SystemActor system;
    Record record;
    Status status =
        record_read(system_actor(&call->context, &system), call->object, call->id, &record);
    json_open_object(&call->json);
    for (int verb = 0; status == STATUS_OK && verb < VERB_COUNT; verb++) {
        AccessDecision decision;
        status = access_decide(&call->context, &record, (Verb)verb, &decision);
        if (status != STATUS_OK) break;
        Str arguments[PROBLEM_ARGUMENTS] = {label_in(&call->object->plural, call->actor.lang),
                                            scope_name(decision.scope)};
        json_key(&call->json, verb_name((Verb)verb));
        json_open_object(&call->json);
        json_member_boolean(&call->json, "allowed", decision.allowed);
        json_member_text(&call->json, "code", str_of(decision.code));
        json_member_text(&call->json, "scope", scope_name(decision.scope));
        json_member_text(&call->json, "message",
                         texts_sentence(call->business->texts, call->arena, call->actor.lang,
                                        str_of(decision.code), arguments));
        json_close_object(&call->json);
    }
    json_close_object(&call->json);
    return status;
}
