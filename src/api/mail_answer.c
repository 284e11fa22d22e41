/*
 * What a person is mailed: dashboards once a week, the daily digest, and what became of the last
 * mails. For administrators the outbox as a whole.
 */
#include "access.h"
#include "dashboard.h"
#include "mail_plan.h"
#include "mail_smtp.h"
#include "outbox.h"
#include "resources.h"

enum { HOUR_LAST = 23, WEEKDAY_LAST = 7, OWN_MAILS = 10, OUTBOX_DEFAULT = 50, OUTBOX_MOST = 500 };

/* ---- Writing ---- */

/* A dashboard that is gone keeps its code as a name, so that its subscription can be ended. */
static Str dashboard_title(const Call *call, Str name) {
    const Dashboard *dashboard = dashboards_find(call->business->dashboards, name);
    return dashboard ? label_in(dashboard_label(dashboard), call->actor.lang) : name;
}

static void write_subscription(Call *call, const MailSubscription *item) {
    JsonWriter *json = &call->json;
    json_open_object(json);
    json_member_id(json, "id", item->id);
    json_member_text(json, "dashboard", item->dashboard);
    json_member_text(json, "label", dashboard_title(call, item->dashboard));
    json_key(json, STR("parameters"));
    json_write_raw(json, item->arguments);
    json_member_integer(json, "weekday", item->weekday);
    json_member_integer(json, "hour", item->hour);
    json_member_instant(json, "next_at", item->next_at);
    json_member_instant_or_null(json, "last_sent_at", item->last_sent_at);
    json_close_object(json);
}

static Status write_subscriptions(Call *call) {
    MailSubscription *items;
    size_t count;
    Status status = mail_subscriptions(call->context.transaction, call->arena, call->actor.user,
                                       &items, &count);
    if (status != STATUS_OK) return status;
    json_key(&call->json, STR("subscriptions"));
    json_open_array(&call->json);
    for (size_t i = 0; i < count; i++) write_subscription(call, &items[i]);
    json_close_array(&call->json);
    return STATUS_OK;
}

static Status write_digest(Call *call) {
    MailDigest digest;
    Status status =
        mail_digest_read(call->context.transaction, call->arena, call->actor.user, &digest);
    if (status != STATUS_OK) return status;
    json_key(&call->json, STR("digest"));
    json_open_object(&call->json);
    json_key(&call->json, STR("kinds"));
    json_write_raw(&call->json, digest.kinds);
    json_member_integer(&call->json, "hour", digest.hour);
    json_member_instant_or_null(&call->json, "next_at", digest.next_at);
    json_close_object(&call->json);
    return STATUS_OK;
}

static Status write_mails(Call *call, const char *member, Id user, int64_t limit) {
    OutboxMail *mails;
    size_t count;
    Status status =
        outbox_list(call->context.transaction, call->arena, user, limit, &mails, &count);
    if (status != STATUS_OK) return status;
    json_key(&call->json, str_of(member));
    json_open_array(&call->json);
    for (size_t i = 0; i < count; i++) {
        json_open_object(&call->json);
        outbox_write_members(&mails[i], &call->json);
        if (id_none(user)) json_member_id(&call->json, "user", mails[i].user);
        json_close_object(&call->json);
    }
    json_close_array(&call->json);
    return STATUS_OK;
}

/* ---- One's own ---- */

static Status read_address(Call *call, Str *out) {
    Rows *rows CLEANUP(store_drop) = NULL;
    Status status = store_ask_first(call->context.transaction, &rows,
                                    "SELECT \"email\" FROM \"user\" WHERE \"id\" = $1",
                                    value_id(call->actor.user));
    if (status == STATUS_OK) *out = store_copy_text(rows, 0, call->arena);
    return status;
}

/* `available` says whether this company sends mails at all: without it the page shows nothing. */
Status mail_read(Call *call) {
    Str address = {0};
    Status status = read_address(call, &address);
    if (status != STATUS_OK) return status;
    json_open_object(&call->json);
    json_member_boolean(&call->json, "available", call->api->mail != NULL);
    json_member_text_or_null(&call->json, "address", address);
    status = write_digest(call);
    if (status == STATUS_OK) status = write_subscriptions(call);
    if (status == STATUS_OK) status = write_mails(call, "mails", call->actor.user, OWN_MAILS);
    json_close_object(&call->json);
    return status;
}

/* Nothing is planned that could never be sent, or nowhere. */
static Status require_mail(Call *call) {
    Str address = {0};
    if (!call->api->mail) return call_refuse(call, STATUS_CONFLICT, "", "mail_unavailable");
    Status status = read_address(call, &address);
    if (status != STATUS_OK) return status;
    if (mail_address_is_safe(address)) return STATUS_OK;
    return call_refuse(call, STATUS_CONFLICT, "", "mail_no_address");
}

static Status read_number(Call *call, const char *name, int64_t least, int64_t most, int64_t *out) {
    const json_t *node = json_object_get(call->body, name);
    *out = json_integer_value(node);
    if (json_is_integer(node) && *out >= least && *out <= most) return STATUS_OK;
    Str pointer = str_format(call->arena, "/%s", name);
    return call_refuse_range(call, pointer.data, least, most);
}

/* ---- Subscriptions ---- */

static Status read_time(Call *call, MailSubscription *out) {
    Status status = read_number(call, "weekday", 1, WEEKDAY_LAST, &out->weekday);
    Status hour = read_number(call, "hour", 0, HOUR_LAST, &out->hour);
    if (status == STATUS_OK) status = hour;
    if (status != STATUS_OK) return status;
    out->next_at = mail_next_time(call->actor.zone, out->weekday, out->hour, call->context.now);
    return STATUS_OK;
}

/* As the dashboard itself takes them, so that a wrong one is refused now and not on Monday. */
static Status check_arguments(Call *call, const Dashboard *dashboard, const json_t *parameters) {
    Buffer unused CLEANUP(buffer_free) = {0};
    JsonWriter json = json_writer(&unused);
    const char *name;
    json_t *value;
    size_t count = 0;
    DashboardArgument *arguments =
        ARENA_ARRAY(call->arena, json_object_size(parameters) + 1, DashboardArgument);
    json_object_foreach((json_t *)parameters, name, value) {
        arguments[count++] = (DashboardArgument){str_of(name), json_text(value)};
    }
    return dashboard_write(dashboard, &call->context, arguments, count, &json);
}

static Status read_subscription(Call *call, MailSubscription *out) {
    const json_t *parameters = json_object_get(call->body, "parameters");
    Str name = json_get_text(call->body, "dashboard");
    const Dashboard *dashboard = dashboards_find(call->business->dashboards, name);
    if (!dashboard) return call_refuse(call, STATUS_INVALID, "/dashboard", "mail_no_dashboard");
    *out = (MailSubscription){.id = id_new(call->context.now),
                              .user = call->actor.user,
                              .dashboard = name,
                              .arguments = STR("{}")};
    Status status = read_time(call, out);
    if (status != STATUS_OK || !parameters || json_is_null(parameters)) return status;
    if (!json_is_object(parameters)) {
        return call_refuse(call, STATUS_INVALID, "/parameters", "mail_parameters");
    }
    out->arguments = json_compact(call->arena, parameters);
    return check_arguments(call, dashboard, parameters);
}

Status mail_subscribe(Call *call) {
    MailSubscription *items, made;
    size_t count;
    Status status = require_mail(call);
    if (status == STATUS_OK) status = read_subscription(call, &made);
    if (status == STATUS_OK) {
        status = mail_subscriptions(call->context.transaction, call->arena, call->actor.user,
                                    &items, &count);
    }
    if (status != STATUS_OK) return status;
    if (count == MAIL_SUBSCRIPTIONS_MOST) {
        problem_add(&call->problem, STR(""), "mail_limit",
                    str_format(call->arena, "%d", MAIL_SUBSCRIPTIONS_MOST));
        return STATUS_CONFLICT;
    }
    status = mail_subscription_add(call->context.transaction, &made, call->context.now);
    if (status != STATUS_OK) return status;
    call->response->status = 201;
    write_subscription(call, &made);
    return STATUS_OK;
}

Status mail_subscription_change(Call *call) {
    MailSubscription item;
    Status status = mail_subscription_read(call->context.transaction, call->arena, call->actor.user,
                                           call->id, &item);
    if (status == STATUS_OK) status = read_time(call, &item);
    if (status == STATUS_OK) status = mail_subscription_move(call->context.transaction, &item);
    if (status == STATUS_OK) write_subscription(call, &item);
    return status;
}

Status mail_unsubscribe(Call *call) {
    call->response->status = 204;
    return mail_subscription_remove(call->context.transaction, call->actor.user, call->id);
}

/* ---- The digest ---- */

static Status check_kinds(Call *call, const json_t *kinds) {
    const Object *object = model_object(call->business->model, STR("notification"));
    const Field *kind = object ? object_field(object, STR("kind")) : NULL;
    size_t i;
    json_t *each;
    if (!json_is_array(kinds)) return call_refuse(call, STATUS_INVALID, "/kinds", "not_list");
    json_array_foreach((json_t *)kinds, i, each) {
        if (kind && field_choice(kind, json_text(each))) continue;
        problem_add(&call->problem, str_format(call->arena, "/kinds/%zu", i), "mail_kind",
                    json_text(each));
        return STATUS_INVALID;
    }
    return STATUS_OK;
}

/* What was there before is no news: the first digest tells of what comes from now on. */
Status mail_digest_change(Call *call) {
    const json_t *kinds = json_object_get(call->body, "kinds");
    MailDigest digest;
    Status status =
        mail_digest_read(call->context.transaction, call->arena, call->actor.user, &digest);
    if (status == STATUS_OK) status = check_kinds(call, kinds);
    if (status == STATUS_OK) status = read_number(call, "hour", 0, HOUR_LAST, &digest.hour);
    bool some = json_array_size(kinds) > 0;
    if (status == STATUS_OK && some) status = require_mail(call);
    if (status != STATUS_OK) return status;
    digest.kinds = json_compact(call->arena, kinds);
    digest.next_at =
        some ? mail_next_time(call->actor.zone, MAIL_EVERY_DAY, digest.hour, call->context.now) : 0;
    if (!digest.told_until) digest.told_until = call->context.now;
    status = mail_digest_save(call->context.transaction, call->actor.user, &digest);
    return status == STATUS_OK ? mail_read(call) : status;
}

/* ---- Trying it, and watching over it ---- */

/* One a minute: nobody fills a mailbox by holding a button down. */
Status mail_try(Call *call) {
    Status status = require_mail(call);
    if (status != STATUS_OK) return status;
    Str cause = str_format(call->arena, "test:%lld", (long long)(call->context.now / CLOCK_MINUTE));
    status = outbox_add(call->context.transaction, call->actor.user, STR("test"), (Id){0}, cause,
                        call->context.now);
    call->response->status = status == STATUS_OK ? 202 : 200;
    return status == STATUS_OK ? mail_read(call) : status;
}

Status mail_outbox(Call *call) {
    int64_t limit = OUTBOX_DEFAULT;
    if (!access_may(&call->actor, STR("configure"))) {
        return call_refuse(call, STATUS_DENIED, "", "denied");
    }
    if (!call_limit(call, OUTBOX_MOST, &limit)) return STATUS_INVALID;
    json_open_object(&call->json);
    json_member_boolean(&call->json, "available", call->api->mail != NULL);
    Status status = write_mails(call, "items", (Id){0}, limit);
    json_close_object(&call->json);
    return status;
}
