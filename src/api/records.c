/*
 * Records over HTTP: thin on purpose. What is allowed, checked and written is decided by record/;
 * here are only headers, statuses and parameters.
 */
#include "journal.h"
#include "list_query.h"
#include "resources.h"

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
    int64_t limit = JOURNAL_HISTORY_MOST;
    if (!call_limit(call, JOURNAL_HISTORY_MOST, &limit)) return STATUS_INVALID;
    Status status = read_dead_or_alive(call, &record);
    if (status != STATUS_OK) return status;
    return journal_write_history(&call->context, call->object, call->id, limit,
                                 call_parameter(call, "cursor"), &call->json);
}
