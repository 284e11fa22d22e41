/*
 * The table mail_outbox. Every step is one statement that names the state it leaves, so that two
 * servers, or a program that came back from the dead, cannot both take it.
 */
#include "outbox.h"

#define COLUMNS                                                                                \
    "\"id\", \"user\", \"kind\", \"about\", \"state\", \"made_at\", \"due_at\", \"tried_at\"," \
    " \"sent_at\", \"attempts\", \"said\""

static void read_mail(const Rows *rows, Arena *arena, OutboxMail *out) {
    *out = (OutboxMail){.id = store_column_id(rows, 0),
                        .user = store_column_id(rows, 1),
                        .kind = store_copy_text(rows, 2, arena),
                        .about = store_column_id(rows, 3),
                        .state = store_copy_text(rows, 4, arena),
                        .made_at = store_column_integer(rows, 5),
                        .due_at = store_column_integer(rows, 6),
                        .tried_at = store_column_integer(rows, 7),
                        .sent_at = store_column_integer(rows, 8),
                        .attempts = store_column_integer(rows, 9),
                        .said = store_copy_text(rows, 10, arena)};
}

Status outbox_add(Transaction *transaction, Id user, Str kind, Id about, Str cause, int64_t now) {
    return store_run(transaction,
                     "INSERT INTO \"mail_outbox\" (\"id\", \"user\", \"kind\", \"about\","
                     " \"cause\", \"state\", \"made_at\", \"due_at\", \"attempts\")"
                     " VALUES ($1, $2, $3, $4, $5, 'waiting', $6, $6, 0)"
                     " ON CONFLICT (\"user\", \"cause\") DO NOTHING",
                     value_id(id_new(now)), value_id(user), value_text(kind),
                     value_id_or_null(about), value_text(cause), value_integer(now));
}

/* ---- Taking one ---- */

/* A mail "sending" beyond its lease belongs to a program that is no more. */
Status outbox_find_due(Transaction *transaction, Arena *arena, int64_t now, OutboxMail *out) {
    Rows *rows CLEANUP(store_drop) = NULL;
    Status status =
        store_ask_first(transaction, &rows,
                        "SELECT " COLUMNS
                        " FROM \"mail_outbox\""
                        " WHERE \"state\" IN ('waiting', 'sending') AND \"due_at\" <= $1"
                        " ORDER BY \"due_at\", \"id\" LIMIT 1",
                        value_integer(now));
    if (status == STATUS_END) return STATUS_NOT_FOUND;
    if (status == STATUS_OK) read_mail(rows, arena, out);
    return status;
}

/* While it is sent, due_at is the end of the lease. */
Status outbox_claim(Transaction *transaction, Arena *arena, int64_t now, OutboxMail *out) {
    OutboxMail mail;
    int64_t taken = 0;
    Status status = outbox_find_due(transaction, arena, now, &mail);
    if (status != STATUS_OK) return status;
    const Value parameters[] = {value_id(mail.id), value_integer(now + OUTBOX_LEASE),
                                value_integer(now), value_integer(mail.due_at)};
    status = store_execute(transaction,
                           STR("UPDATE \"mail_outbox\" SET \"state\" = 'sending', \"due_at\" = $2,"
                               " \"tried_at\" = $3, \"attempts\" = \"attempts\" + 1"
                               " WHERE \"id\" = $1 AND \"due_at\" = $4"
                               " AND \"state\" IN ('waiting', 'sending')"),
                           parameters, 4, &taken);
    if (status != STATUS_OK) return status;
    if (!taken) return STATUS_NOT_FOUND;
    mail.attempts++;
    mail.tried_at = now;
    mail.due_at = now + OUTBOX_LEASE;
    *out = mail;
    return STATUS_OK;
}

/* ---- What became of it ---- */

int64_t outbox_pause(int64_t attempts) {
    static const int64_t PAUSES[] = {
        5 * CLOCK_SECOND, 30 * CLOCK_SECOND, 2 * CLOCK_MINUTE, 10 * CLOCK_MINUTE, 30 * CLOCK_MINUTE,
        CLOCK_HOUR,       2 * CLOCK_HOUR,    4 * CLOCK_HOUR,   8 * CLOCK_HOUR,    12 * CLOCK_HOUR};
    enum { COUNT = sizeof PAUSES / sizeof *PAUSES };
    int64_t index = attempts < 1 ? 0 : attempts - 1;
    return PAUSES[index < COUNT ? index : COUNT - 1];
}

static Str state_after(const OutboxMail *mail, OutboxEnd end) {
    switch (end) {
        case OUTBOX_SENT: return STR("sent");
        case OUTBOX_FAILED: return STR("failed");
        case OUTBOX_DROPPED: return STR("dropped");
        case OUTBOX_AGAIN: break;
    }
    return mail->attempts >= OUTBOX_ATTEMPTS ? STR("failed") : STR("waiting");
}

/* Only the attempt that holds the lease may say what became of it. */
Status outbox_settle(Transaction *transaction, const OutboxMail *mail, OutboxEnd end, Str said,
                     int64_t now) {
    return store_run(
        transaction,
        "UPDATE \"mail_outbox\" SET \"state\" = $2, \"due_at\" = $3, \"sent_at\" = $4,"
        " \"said\" = $5 WHERE \"id\" = $1 AND \"attempts\" = $6 AND \"state\" = 'sending'",
        value_id(mail->id), value_text(state_after(mail, end)),
        value_integer(now + outbox_pause(mail->attempts)),
        value_instant_or_null(end == OUTBOX_SENT ? now : 0),
        str_empty(said) ? value_null() : value_text(said), value_integer(mail->attempts));
}

Status outbox_sweep(Transaction *transaction, int64_t now) {
    Status status =
        store_run(transaction,
                  "UPDATE \"mail_outbox\" SET \"state\" = 'failed' WHERE \"state\" = 'waiting'"
                  " AND \"made_at\" < $1",
                  value_integer(now - OUTBOX_PATIENCE));
    if (status != STATUS_OK) return status;
    return store_run(transaction,
                     "DELETE FROM \"mail_outbox\" WHERE \"made_at\" < $1"
                     " AND \"state\" IN ('sent', 'failed', 'dropped')",
                     value_integer(now - OUTBOX_KEPT));
}

/* ---- For people ---- */

Status outbox_list(Transaction *transaction, Arena *arena, Id user, int64_t limit, OutboxMail **out,
                   size_t *count) {
    Rows *rows CLEANUP(store_drop) = NULL;
    OutboxMail *mails = ARENA_ARRAY(arena, (size_t)limit, OutboxMail);
    size_t found = 0;
    Status status = id_none(user) ? store_ask(transaction, &rows,
                                              "SELECT " COLUMNS
                                              " FROM \"mail_outbox\" ORDER BY \"id\" DESC LIMIT $1",
                                              value_integer(limit))
                                  : store_ask(transaction, &rows,
                                              "SELECT " COLUMNS
                                              " FROM \"mail_outbox\" WHERE \"user\" = $2"
                                              " ORDER BY \"id\" DESC LIMIT $1",
                                              value_integer(limit), value_id(user));
    while (status == STATUS_OK && found < (size_t)limit &&
           (status = store_next(rows)) == STATUS_OK) {
        read_mail(rows, arena, &mails[found++]);
    }
    if (status != STATUS_OK && status != STATUS_END) return status;
    *out = mails;
    *count = found;
    return STATUS_OK;
}

void outbox_write_members(const OutboxMail *mail, JsonWriter *json) {
    json_member_id(json, "id", mail->id);
    json_member_text(json, "kind", mail->kind);
    json_member_id_or_null(json, "about", mail->about);
    json_member_text(json, "state", mail->state);
    json_member_instant(json, "made_at", mail->made_at);
    json_member_integer(json, "attempts", mail->attempts);
    json_member_instant_or_null(json, "tried_at", mail->tried_at);
    json_member_instant_or_null(json, "sent_at", mail->sent_at);
    bool waits = str_is(mail->state, "waiting");
    json_member_instant_or_null(json, "next_at", waits ? mail->due_at : 0);
    json_member_text_or_null(json, "said", mail->said);
}
