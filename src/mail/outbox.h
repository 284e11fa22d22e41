/*
 * The outbox: mails that are to be sent, one row each, written in the transaction of their cause.
 * A row says for whom and on what occasion; what the mail says is put together when it is sent, so
 * that it holds what its reader may see then, and nothing of it lies about meanwhile.
 *
 * A mail is sent at least once: a program that dies between the server's "accepted" and its own
 * note of it sends the mail again, under the same Message-ID. It is sent by one server at a time,
 * and never for the same cause anew.
 */
#ifndef ONDO_MAIL_OUTBOX_H
#define ONDO_MAIL_OUTBOX_H

#include "clock.h"
#include "json.h"
#include "store.h"

enum { OUTBOX_ATTEMPTS = 12 };
#define OUTBOX_LEASE (10 * CLOCK_MINUTE) /* after which another server may take it over */
#define OUTBOX_PATIENCE (3 * CLOCK_DAY)  /* older mails would be no news to anybody */
#define OUTBOX_KEPT (90 * CLOCK_DAY)     /* how long it is told what became of a mail */

/** A mail on its way. Texts live in the arena that was given. */
typedef struct OutboxMail {
    Id id, user;
    Str kind;  /* "figures", "digest", "test" */
    Id about;  /* the subscription; none otherwise */
    Str state; /* "waiting", "sending", "sent", "failed", "dropped" */
    int64_t made_at, due_at, tried_at, sent_at, attempts;
    Str said; /* by the server, at the last attempt; or why it was dropped */
} OutboxMail;

/**
 * Puts a mail into the outbox. One user has one mail for a cause ("figures:<id>:<instant>"): a
 * second one is passed over.
 */
MUST_USE Status outbox_add(Transaction *transaction, Id user, Str kind, Id about, Str cause,
                           int64_t now);

/** The mail that is due longest, for a look that writes nothing; STATUS_NOT_FOUND without one. */
MUST_USE Status outbox_find_due(Transaction *transaction, Arena *arena, int64_t now,
                                OutboxMail *out);
/**
 * Takes the mail that is due longest, for this program alone until the lease ends; STATUS_NOT_FOUND
 * when there is none. Counts as an attempt.
 */
MUST_USE Status outbox_claim(Transaction *transaction, Arena *arena, int64_t now, OutboxMail *out);

/** What became of a claimed mail. */
typedef enum OutboxEnd {
    OUTBOX_SENT,
    OUTBOX_AGAIN,  /* tried again later, or given up when there were attempts enough */
    OUTBOX_FAILED, /* refused for good */
    OUTBOX_DROPPED /* nothing to say, or nobody to say it to */
} OutboxEnd;

/**
 * Writes down how the attempt ended and what the server said, and with OUTBOX_AGAIN when the next
 * one is.
 */
MUST_USE Status outbox_settle(Transaction *transaction, const OutboxMail *mail, OutboxEnd end,
                              Str said, int64_t now);

/** Milliseconds to wait after so many attempts: from 5 seconds to 12 hours. */
int64_t outbox_pause(int64_t attempts);

/** Gives up what has waited too long, and removes what is done for OUTBOX_KEPT. */
MUST_USE Status outbox_sweep(Transaction *transaction, int64_t now);

/** The mails of a user (none: of everybody), newest first, at most `limit`. */
MUST_USE Status outbox_list(Transaction *transaction, Arena *arena, Id user, int64_t limit,
                            OutboxMail **out, size_t *count);

/** Writes a mail's members into the open object. */
void outbox_write_members(const OutboxMail *mail, JsonWriter *json);

#endif
