/*
 * The tables mail_subscription and mail_digest. Both keep the instant at which they come due next,
 * so that the mailer asks for no more than "what is due by now", whatever zones people live in.
 */
#include "mail_plan.h"

#include "outbox.h"
#include "zone.h"

enum { DUE_AT_ONCE = 200 };

/* ---- When ---- */

static int64_t at_hour(Str zone, Date day, int64_t hour) {
    int64_t start = zone_day_start(zone, day);
    int64_t instant = start + hour * CLOCK_HOUR;
    /* A day on which the clock is changed has its later hours elsewhere. */
    return instant + zone_offset(zone, start) - zone_offset(zone, instant);
}

int64_t mail_next_time(Str zone, int64_t weekday, int64_t hour, int64_t now) {
    int64_t today = date_to_days(zone_date(zone, now));
    for (int64_t ahead = 0; ahead <= 8; ahead++) {
        Date day = date_from_days(today + ahead);
        if (weekday != MAIL_EVERY_DAY && date_weekday(day) + 1 != weekday) continue;
        int64_t instant = at_hour(zone, day, hour);
        if (instant > now) return instant;
    }
    return now + 7 * CLOCK_DAY;
}

/* ---- Subscriptions ---- */

#define COLUMNS                                                                           \
    "\"id\", \"user\", \"dashboard\", \"arguments\", \"weekday\", \"hour\", \"next_at\"," \
    " (SELECT max(o.\"sent_at\") FROM \"mail_outbox\" o WHERE o.\"user\" = s.\"user\""    \
    " AND o.\"about\" = s.\"id\")"

static void read_subscription(const Rows *rows, Arena *arena, MailSubscription *out) {
    *out = (MailSubscription){.id = store_column_id(rows, 0),
                              .user = store_column_id(rows, 1),
                              .dashboard = store_copy_text(rows, 2, arena),
                              .arguments = store_copy_text(rows, 3, arena),
                              .weekday = store_column_integer(rows, 4),
                              .hour = store_column_integer(rows, 5),
                              .next_at = store_column_integer(rows, 6),
                              .last_sent_at = store_column_integer(rows, 7)};
}

Status mail_subscriptions(Transaction *transaction, Arena *arena, Id user, MailSubscription **out,
                          size_t *count) {
    Rows *rows CLEANUP(store_drop) = NULL;
    MailSubscription *found = ARENA_ARRAY(arena, MAIL_SUBSCRIPTIONS_MOST, MailSubscription);
    size_t n = 0;
    Status status = store_ask(transaction, &rows,
                              "SELECT " COLUMNS
                              " FROM \"mail_subscription\" s"
                              " WHERE \"user\" = $1 ORDER BY \"id\" LIMIT $2",
                              value_id(user), value_integer(MAIL_SUBSCRIPTIONS_MOST));
    while (status == STATUS_OK && n < MAIL_SUBSCRIPTIONS_MOST &&
           (status = store_next(rows)) == STATUS_OK) {
        read_subscription(rows, arena, &found[n++]);
    }
    if (status != STATUS_OK && status != STATUS_END) return status;
    *out = found;
    *count = n;
    return STATUS_OK;
}

Status mail_subscription_read(Transaction *transaction, Arena *arena, Id user, Id id,
                              MailSubscription *out) {
    Rows *rows CLEANUP(store_drop) = NULL;
    Status status = store_ask_first(transaction, &rows,
                                    "SELECT " COLUMNS
                                    " FROM \"mail_subscription\" s"
                                    " WHERE \"id\" = $1 AND \"user\" = $2",
                                    value_id(id), value_id(user));
    if (status == STATUS_END) return STATUS_NOT_FOUND;
    if (status == STATUS_OK) read_subscription(rows, arena, out);
    return status;
}

Status mail_subscription_add(Transaction *transaction, const MailSubscription *made, int64_t now) {
    return store_run(transaction,
                     "INSERT INTO \"mail_subscription\" (\"id\", \"user\", \"dashboard\","
                     " \"arguments\", \"weekday\", \"hour\", \"next_at\", \"made_at\")"
                     " VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
                     value_id(made->id), value_id(made->user), value_text(made->dashboard),
                     value_text(made->arguments), value_integer(made->weekday),
                     value_integer(made->hour), value_integer(made->next_at), value_integer(now));
}

Status mail_subscription_move(Transaction *transaction, const MailSubscription *moved) {
    const Value parameters[] = {value_id(moved->id), value_id(moved->user),
                                value_integer(moved->weekday), value_integer(moved->hour),
                                value_integer(moved->next_at)};
    int64_t changed = 0;
    Status status = store_execute(transaction,
                                  STR("UPDATE \"mail_subscription\" SET \"weekday\" = $3,"
                                      " \"hour\" = $4, \"next_at\" = $5"
                                      " WHERE \"id\" = $1 AND \"user\" = $2"),
                                  parameters, 5, &changed);
    if (status != STATUS_OK) return status;
    return changed ? STATUS_OK : STATUS_NOT_FOUND;
}

Status mail_subscription_remove(Transaction *transaction, Id user, Id id) {
    const Value parameters[] = {value_id(id), value_id(user)};
    int64_t removed = 0;
    Status status = store_execute(
        transaction, STR("DELETE FROM \"mail_subscription\" WHERE \"id\" = $1 AND \"user\" = $2"),
        parameters, 2, &removed);
    if (status != STATUS_OK) return status;
    return removed ? STATUS_OK : STATUS_NOT_FOUND;
}

/* ---- The digest ---- */

Status mail_digest_read(Transaction *transaction, Arena *arena, Id user, MailDigest *out) {
    enum { HOUR_AT_FIRST = 7 };
    Rows *rows CLEANUP(store_drop) = NULL;
    *out = (MailDigest){.kinds = STR("[]"), .hour = HOUR_AT_FIRST};
    Status status = store_ask_first(transaction, &rows,
                                    "SELECT \"kinds\", \"hour\", \"next_at\", \"told_until\""
                                    " FROM \"mail_digest\" WHERE \"user\" = $1",
                                    value_id(user));
    if (status == STATUS_END) return STATUS_OK;
    if (status != STATUS_OK) return status;
    *out = (MailDigest){.kinds = store_copy_text(rows, 0, arena),
                        .hour = store_column_integer(rows, 1),
                        .next_at = store_column_integer(rows, 2),
                        .told_until = store_column_integer(rows, 3)};
    return STATUS_OK;
}

/* What was told is kept over a change of hours: nothing is told twice. */
Status mail_digest_save(Transaction *transaction, Id user, const MailDigest *digest) {
    return store_run(transaction,
                     "INSERT INTO \"mail_digest\" (\"user\", \"kinds\", \"hour\", \"next_at\","
                     " \"told_until\") VALUES ($1, $2, $3, $4, $5)"
                     " ON CONFLICT (\"user\") DO UPDATE SET \"kinds\" = $2, \"hour\" = $3,"
                     " \"next_at\" = $4",
                     value_id(user), value_text(digest->kinds), value_integer(digest->hour),
                     value_instant_or_null(digest->next_at),
                     value_instant_or_null(digest->told_until));
}

Status mail_digest_told(Transaction *transaction, Id user, int64_t until) {
    return store_run(transaction,
                     "UPDATE \"mail_digest\" SET \"told_until\" = $2 WHERE \"user\" = $1",
                     value_id(user), value_integer(until));
}

Status mail_plan_rezone(Transaction *transaction, Arena *arena, Id user, Str zone, int64_t now) {
    MailSubscription *items;
    MailDigest digest;
    size_t count;
    Status status = mail_subscriptions(transaction, arena, user, &items, &count);
    for (size_t i = 0; status == STATUS_OK && i < count; i++) {
        items[i].next_at = mail_next_time(zone, items[i].weekday, items[i].hour, now);
        status = mail_subscription_move(transaction, &items[i]);
    }
    if (status == STATUS_OK) status = mail_digest_read(transaction, arena, user, &digest);
    if (status != STATUS_OK || !digest.next_at) return status;
    digest.next_at = mail_next_time(zone, MAIL_EVERY_DAY, digest.hour, now);
    return mail_digest_save(transaction, user, &digest);
}

/* ---- What is due ---- */

Status mail_plan_is_due(Transaction *transaction, int64_t now, bool *out) {
    int64_t due = 0;
    Status status = store_ask_integer(
        transaction, &due,
        "SELECT (SELECT count(*) FROM \"mail_subscription\" WHERE \"next_at\" <= $1)"
        " + (SELECT count(*) FROM \"mail_digest\" WHERE \"next_at\" <= $1)",
        value_integer(now));
    if (status == STATUS_OK) *out = due > 0;
    return status;
}

/* One plan that has come due. */
typedef struct Due {
    Id user, about; /* about: none for a digest */
    int64_t weekday, hour, next_at;
    Str zone;
    bool reachable;
} Due;

#define DUE_COLUMNS                                                                           \
    " s.\"hour\", s.\"next_at\", u.\"zone\","                                                 \
    " CASE WHEN u.\"active\" = TRUE AND u.\"deleted_at\" IS NULL AND u.\"email\" IS NOT NULL" \
    " THEN 1 ELSE 0 END"

static Status read_due(Rows *rows, Arena *arena, Due *out, size_t *count) {
    Status status = STATUS_OK;
    while (*count < DUE_AT_ONCE && (status = store_next(rows)) == STATUS_OK) {
        Str zone = store_copy_text(rows, 5, arena);
        out[(*count)++] = (Due){.user = store_column_id(rows, 0),
                                .about = store_column_id(rows, 1),
                                .weekday = store_column_integer(rows, 2),
                                .hour = store_column_integer(rows, 3),
                                .next_at = store_column_integer(rows, 4),
                                .zone = str_empty(zone) ? STR("UTC") : zone,
                                .reachable = store_column_integer(rows, 6) != 0};
    }
    return status == STATUS_END ? STATUS_OK : status;
}

static Status find_due(Transaction *transaction, Arena *arena, int64_t now, Due *out,
                       size_t *count) {
    Rows *weekly CLEANUP(store_drop) = NULL;
    Rows *daily CLEANUP(store_drop) = NULL;
    Status status = store_ask(transaction, &weekly,
                              "SELECT s.\"user\", s.\"id\", s.\"weekday\"," DUE_COLUMNS
                              " FROM \"mail_subscription\" s JOIN \"user\" u"
                              " ON u.\"id\" = s.\"user\" WHERE s.\"next_at\" <= $1"
                              " ORDER BY s.\"next_at\", s.\"id\"",
                              value_integer(now));
    if (status == STATUS_OK) status = read_due(weekly, arena, out, count);
    if (status != STATUS_OK) return status;
    status = store_ask(transaction, &daily,
                       "SELECT s.\"user\", NULL, 0," DUE_COLUMNS
                       " FROM \"mail_digest\" s JOIN \"user\" u ON u.\"id\" = s.\"user\""
                       " WHERE s.\"next_at\" <= $1 ORDER BY s.\"next_at\", s.\"user\"",
                       value_integer(now));
    return status == STATUS_OK ? read_due(daily, arena, out, count) : status;
}

static Status move_on(Transaction *transaction, const Due *due, int64_t now) {
    Value next = value_integer(mail_next_time(due->zone, due->weekday, due->hour, now));
    if (!id_none(due->about)) {
        return store_run(transaction,
                         "UPDATE \"mail_subscription\" SET \"next_at\" = $2 WHERE \"id\" = $1",
                         value_id(due->about), next);
    }
    return store_run(transaction, "UPDATE \"mail_digest\" SET \"next_at\" = $2 WHERE \"user\" = $1",
                     value_id(due->user), next);
}

Status mail_plan_run(Transaction *transaction, Arena *arena, int64_t now) {
    Due *due = ARENA_ARRAY(arena, DUE_AT_ONCE, Due);
    size_t count = 0;
    Status status = find_due(transaction, arena, now, due, &count);
    for (size_t i = 0; status == STATUS_OK && i < count; i++) {
        bool weekly = !id_none(due[i].about);
        Str kind = weekly ? STR("figures") : STR("digest");
        Str cause = str_format(arena, "%.*s:%.*s:%lld", STR_ARGS(kind),
                               STR_ARGS(id_text(arena, due[i].about)), (long long)due[i].next_at);
        if (due[i].reachable) {
            status = outbox_add(transaction, due[i].user, kind, due[i].about, cause, now);
        }
        if (status == STATUS_OK) status = move_on(transaction, &due[i], now);
    }
    return status;
}
