/*
 * The change feed and the door to the event streams. A follower asks with the position it has and
 * gets the next entries; those that it may not read are passed over, and `next` moves on all the
 * same.
 */
#include "events.h"
#include "journal.h"
#include "resources.h"

enum { FEED_LIMIT = 500 };

/* The position reached so far is the answer's `next`. */
typedef struct Feed {
    Call *call;
    int64_t position;
} Feed;

/* Hidden fields are left out of the changes, as they are of the record itself. */
static Status write_change(void *data, const JournalEntry *entry) {
    Feed *feed = data;
    Call *call = feed->call;
    JsonWriter *json = &call->json;
    feed->position = entry->position;
    const Object *object = model_object(call->business->model, entry->object);
    bool readable;
    Status status = journal_may_read(&call->context, entry, &readable);
    if (status != STATUS_OK || !readable) return status;
    json_open_object(json);
    json_member_integer(json, "position", entry->position);
    json_member_instant(json, "at", entry->at);
    json_member_id_or_null(json, "by", entry->by);
    json_member_text(json, "via", entry->via);
    json_member_text(json, "object", entry->object);
    json_member_id(json, "id", entry->record);
    json_member_integer(json, "version", entry->version);
    json_member_text(json, "action", entry->action);
    json_key(json, STR("changes"));
    journal_write_changes(&call->context, object, entry->changes, json);
    json_close_object(json);
    return STATUS_OK;
}

/*
 * `next` is where the feed stands even when nothing was shown, so that a follower who may read
 * little still moves on.
 */
Status changes_list(Call *call) {
    Feed feed = {.call = call};
    Str since = call_parameter(call, "since");
    if (str_is(since, "now")) {
        Status known = journal_position(call->context.transaction, &feed.position);
        if (known != STATUS_OK) return known;
    } else if (!str_empty(since) && (!str_to_integer(since, &feed.position) || feed.position < 0)) {
        return call_refuse(call, STATUS_INVALID, "/since", "cursor");
    }
    json_open_object(&call->json);
    json_key(&call->json, STR("items"));
    json_open_array(&call->json);
    Status status =
        journal_each(call->context.transaction, feed.position, FEED_LIMIT, write_change, &feed);
    json_close_array(&call->json);
    json_member_integer(&call->json, "next", feed.position);
    json_close_object(&call->json);
    return status;
}

/* The stream outlives this call: the keeper writes to it from now on. */
Status events_open(Call *call) {
    HttpStream *stream = http_response_stream(call->api->server, call->response);
    http_response_header(call->response, "Content-Type", STR("text/event-stream"));
    http_stream_send(stream, STR("retry: 3000\n\n"));
    events_subscribe(call->api->events, call, stream);
    return STATUS_OK;
}
