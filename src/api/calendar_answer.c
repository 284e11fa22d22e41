/*
 * A person's calendar under a secret address. The address is all that a calendar program can send,
 * so it opens the calendar and nothing else, and its owner can make it worthless at any time.
 */
#include "calendar.h"
#include "edition.h"
#include "feed.h"
#include "journal.h"
#include "resources.h"

/* ---- One's own address ---- */

static void write_feed(Call *call, const Feed *feed) {
    json_member_boolean(&call->json, "brief", feed->brief);
    json_member_instant(&call->json, "made_at", feed->made_at);
    json_member_instant_or_null(&call->json, "used_at", feed->used_at);
}

Status calendar_read_own(Call *call) {
    Feed feed;
    Status status = feed_read(call->context.transaction, call->actor.user, &feed);
    if (status != STATUS_OK && status != STATUS_NOT_FOUND) return status;
    json_open_object(&call->json);
    json_member_boolean(&call->json, "present", status == STATUS_OK);
    if (status == STATUS_OK) write_feed(call, &feed);
    json_close_object(&call->json);
    return STATUS_OK;
}

/* Like a token: only where one is signed in by password, and shown in this one answer. */
Status calendar_make(Call *call) {
    Feed feed = {.made_at = call->context.now,
                 .brief = json_is_true(json_object_get(call->body, "brief"))};
    Str secret;
    if (!call->by_cookie) return call_refuse(call, STATUS_DENIED, "", "token_by_token");
    Status status =
        feed_make(call->context.transaction, call->arena, call->actor.user, &feed, &secret);
    if (status == STATUS_OK) {
        status = journal_append_act(&call->context, "calendar_make", STR("user"), call->actor.user,
                                    STR("{}"));
    }
    if (status != STATUS_OK) return status;
    call->response->status = 201;
    json_open_object(&call->json);
    json_member_boolean(&call->json, "present", true);
    write_feed(call, &feed);
    json_member_text(&call->json, "path",
                     str_format(call->arena, "/api/v1/calendar/%.*s.ics", STR_ARGS(secret)));
    json_close_object(&call->json);
    return STATUS_OK;
}

Status calendar_revoke(Call *call) {
    call->response->status = 204;
    Status status = feed_revoke(call->context.transaction, call->actor.user);
    if (status != STATUS_OK) return status;
    return journal_append_act(&call->context, "calendar_revoke", STR("user"), call->actor.user,
                              STR("{}"));
}

/* ---- The feed ---- */

/* A job of its own, as nobody is signed in: the secret says whose calendar it is. */
typedef struct FeedJob {
    Call *call;
    Str secret;
    Identity reader;
} FeedJob;

static Status write_calendar(Transaction *transaction, void *data) {
    FeedJob *job = data;
    Call *call = job->call;
    Feed feed;
    int64_t now = clock_now(&call->api->clock);
    Status status = feed_find(transaction, call->arena, job->secret, now, &job->reader, &feed);
    if (status != STATUS_OK) return status;
    const Identity *reader = &job->reader;
    call->actor = (Actor){.user = reader->user,
                          .team = reader->team,
                          .role = roles_find(call->business->roles, reader->role),
                          .lang = reader->lang,
                          .zone = reader->zone,
                          .name_order = name_order_from_code(reader->name_order),
                          .via = STR("calendar")};
    if (!call->actor.role) return STATUS_NOT_FOUND;
    call->context.transaction = transaction;
    call->context.now = now;
    buffer_clear(&call->response->body);
    Exchange exchange = call_exchange(call);
    CalendarOptions options = {.page = call->api->page, .brief = feed.brief};
    return calendar_write(&exchange, &call->context, &options, &call->response->body);
}

static Status touch(Transaction *transaction, void *data) {
    const FeedJob *job = data;
    return feed_touch(transaction, job->reader.user, clock_now(&job->call->api->clock));
}

/* What is no address of a calendar is not found, whatever is wrong with it. */
Status calendar_feed(Call *call) {
    Str name = call->path[0];
    FeedJob job = {.call = call};
    if (!str_ends(name, STR(".ics"))) return STATUS_NOT_FOUND;
    job.secret = str_part(name, 0, name.size - 4);
    Status status = store_read(call->api->store, write_calendar, &job);
    if (status != STATUS_OK) return status;
    http_response_header(call->response, "Content-Type", STR("text/calendar; charset=utf-8"));
    http_response_header(call->response, "Content-Disposition",
                         STR("inline; filename=\"ondo.ics\""));
    if (job.reader.touch_due && store_write(call->api->store, touch, &job) != STATUS_OK) {
        return STATUS_OK; /* only a statistic: the next request tries again */
    }
    return STATUS_OK;
}
