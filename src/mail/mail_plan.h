/*
 * What a person wants to be mailed, and when: dashboards once a week, and a daily digest of notices
 * and of what is due. Whatever has come due is put into the outbox in the transaction that moves
 * the plan to its next time, so that a week is neither missed nor mailed twice.
 */
#ifndef ONDO_MAIL_MAIL_PLAN_H
#define ONDO_MAIL_MAIL_PLAN_H

#include "clock.h"
#include "json.h"
#include "store.h"

enum { MAIL_SUBSCRIPTIONS_MOST = 20, MAIL_EVERY_DAY = 0 };

/** A dashboard by mail, once a week. */
typedef struct MailSubscription {
    Id id, user;
    Str dashboard;
    Str arguments;        /* JSON object: "team", "product", "period" */
    int64_t weekday;      /* 1 Monday to 7 Sunday */
    int64_t hour;         /* of the person's zone */
    int64_t next_at;      /* instant */
    int64_t last_sent_at; /* 0: never */
} MailSubscription;

/** The daily digest. No kinds: none is sent. */
typedef struct MailDigest {
    Str kinds; /* JSON array of notification.kind */
    int64_t hour;
    int64_t next_at;
    int64_t told_until; /* notices up to here were in a digest before */
} MailDigest;

/**
 * The next instant after `now` at which it is `hour` o'clock in the zone, on `weekday` (1 to 7) or
 * on any day (MAIL_EVERY_DAY). Where the clock leaves that hour out, the first one after it.
 */
int64_t mail_next_time(Str zone, int64_t weekday, int64_t hour, int64_t now);

/** The user's subscriptions, oldest first. */
MUST_USE Status mail_subscriptions(Transaction *transaction, Arena *arena, Id user,
                                   MailSubscription **out, size_t *count);
/** One of them; STATUS_NOT_FOUND when it is gone. */
MUST_USE Status mail_subscription_read(Transaction *transaction, Arena *arena, Id user, Id id,
                                       MailSubscription *out);
/**
 * Writes a new subscription with its `next_at`. How many a person may have is the caller's to ask
 * first.
 */
MUST_USE Status mail_subscription_add(Transaction *transaction, const MailSubscription *made,
                                      int64_t now);
/** Changes when it comes; STATUS_NOT_FOUND when it is not the user's. */
MUST_USE Status mail_subscription_move(Transaction *transaction, const MailSubscription *moved);
/** STATUS_NOT_FOUND when it is not the user's. */
MUST_USE Status mail_subscription_remove(Transaction *transaction, Id user, Id id);

/** The user's digest; none of its kinds where nothing was chosen. */
MUST_USE Status mail_digest_read(Transaction *transaction, Arena *arena, Id user, MailDigest *out);
/**
 * Replaces the person's digest. What was told already stays told: `told_until` counts for a new
 * one only.
 */
MUST_USE Status mail_digest_save(Transaction *transaction, Id user, const MailDigest *digest);
/** Notes until when the user has been told. */
MUST_USE Status mail_digest_told(Transaction *transaction, Id user, int64_t until);

/** After a change of the person's zone: the hours stay, their instants move. */
MUST_USE Status mail_plan_rezone(Transaction *transaction, Arena *arena, Id user, Str zone,
                                 int64_t now);

/** True when something is due, for a look that writes nothing. */
MUST_USE Status mail_plan_is_due(Transaction *transaction, int64_t now, bool *out);

/**
 * Puts what is due into the outbox and plans its next time. Times that passed while no server ran
 * are made up for once. Nothing is put there for people who are disabled or have no address.
 */
MUST_USE Status mail_plan_run(Transaction *transaction, Arena *arena, int64_t now);

#endif
