/*
 * What is due, then mail after mail until none is left, then a pause. Each mail goes through three
 * steps that are transactions of their own: claimed, put together and handed over, settled. Only
 * the middle one talks to another machine, and holds nothing while it does.
 */
#include "mailer.h"

#include <pthread.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

#include "edition.h"
#include "identity.h"
#include "log.h"
#include "mail_compose.h"
#include "outbox.h"
#include "transfer.h"

enum { PAUSE_MILLISECONDS = 1000 };

/* The thread that sends mails: apart from the keeper, since a mail server may let it wait. */
struct Mailer {
    Api *api;
    MailServer server; /* the api's, with our own sign to stop */
    pthread_t thread;
    pthread_mutex_t lock;
    pthread_cond_t woken;
    atomic_bool stopping;
    int64_t swept; /* on the steady clock */
};

/* ---- What is due ---- */

/* Whether any plan has come due: asked often, so it is asked before anything is made. */
typedef struct PlanJob {
    Arena *arena;
    int64_t now;
    bool due;
} PlanJob;

static Status look(Transaction *transaction, void *data) {
    PlanJob *job = data;
    return mail_plan_is_due(transaction, job->now, &job->due);
}

static Status run_plan(Transaction *transaction, void *data) {
    PlanJob *job = data;
    return mail_plan_run(transaction, job->arena, job->now);
}

/* A look first: a writing job a second would be a commit a second. */
static Status plan(Mailer *mailer) {
    Arena *arena CLEANUP(arena_drop) = arena_new();
    PlanJob job = {.arena = arena, .now = clock_now(&mailer->api->clock)};
    Status status = store_read(mailer->api->store, look, &job);
    if (status != STATUS_OK || !job.due) return status;
    return store_write(mailer->api->store, run_plan, &job);
}

static Status sweep_job(Transaction *transaction, void *data) {
    const Mailer *mailer = data;
    return outbox_sweep(transaction, clock_now(&mailer->api->clock));
}

static Status sweep(Mailer *mailer) {
    if (mailer->swept && clock_steady() - mailer->swept < CLOCK_HOUR) return STATUS_OK;
    mailer->swept = clock_steady();
    return store_write(mailer->api->store, sweep_job, mailer);
}

/* ---- One mail ---- */

/* A claimed mail, and what became of it. */
typedef struct Delivery {
    Mailer *mailer;
    const Edition *edition;
    Arena *arena;
    OutboxMail mail;
    Identity reader;
    Str address;
    MailSubscription subscription;
    MailDigest digest;
    bool wanted; /* the subscription is still there */
    OutboxEnd end;
    Str said;
    int64_t told_until;
} Delivery;

static Status look_for_one(Transaction *transaction, void *data) {
    Delivery *delivery = data;
    return outbox_find_due(transaction, delivery->arena, clock_now(&delivery->mailer->api->clock),
                           &delivery->mail);
}

static Status claim(Transaction *transaction, void *data) {
    Delivery *delivery = data;
    return outbox_claim(transaction, delivery->arena, clock_now(&delivery->mailer->api->clock),
                        &delivery->mail);
}

/* Who it is for, as they are now: a person who was disabled since has no address. */
static Status read_reader(Transaction *transaction, void *data) {
    Delivery *delivery = data;
    Arena *arena = delivery->arena;
    const OutboxMail *mail = &delivery->mail;
    Status status =
        identity_find(transaction, arena, mail->user, &delivery->reader, &delivery->address);
    if (status != STATUS_OK) return status;
    delivery->wanted = true;
    if (str_is(mail->kind, "digest")) {
        return mail_digest_read(transaction, arena, mail->user, &delivery->digest);
    }
    if (!str_is(mail->kind, "figures")) return STATUS_OK;
    status = mail_subscription_read(transaction, arena, mail->user, mail->about,
                                    &delivery->subscription);
    if (status != STATUS_NOT_FOUND) return status;
    delivery->wanted = false;
    return STATUS_OK;
}

static Actor reader_actor(const Delivery *delivery) {
    const Identity *reader = &delivery->reader;
    return (Actor){.user = reader->user,
                   .team = reader->team,
                   .role = roles_find(delivery->edition->business->roles, reader->role),
                   .lang = reader->lang,
                   .zone = reader->zone,
                   .name_order = name_order_from_code(reader->name_order),
                   .via = STR("mail")};
}

static Status compose(Delivery *delivery, const Exchange *exchange, const char *path,
                      MailComposed *out) {
    const MailServer *server = &delivery->mailer->server;
    if (str_is(delivery->mail.kind, "figures")) {
        return mail_compose_figures(exchange, server, &delivery->subscription, delivery->arena,
                                    path, out);
    }
    if (str_is(delivery->mail.kind, "digest")) {
        return mail_compose_digest(exchange, server, &delivery->digest, delivery->arena, out);
    }
    mail_compose_test(exchange, server, delivery->arena, out);
    return STATUS_OK;
}

/* The part of the sender's address behind "@" makes ids ours. */
static Str message_id(const Delivery *delivery) {
    Str from = delivery->mailer->server.from;
    size_t at = str_find(from, '@');
    return str_format(delivery->arena, "%.*s%.*s",
                      STR_ARGS(id_text(delivery->arena, delivery->mail.id)),
                      STR_ARGS(str_part(from, at, from.size)));
}

/* Where such mails are ended by one click; empty for a mail that was asked for once. */
static Str unsubscribe_address(const Delivery *delivery) {
    const OutboxMail *mail = &delivery->mail;
    Str page = delivery->mailer->server.page;
    bool figures = str_is(mail->kind, "figures");
    if (str_empty(page) || (!figures && !str_is(mail->kind, "digest"))) return (Str){0};
    MailToken token = {.ends = figures ? MAIL_ENDS_SUBSCRIPTION : MAIL_ENDS_DIGEST,
                       .user = mail->user,
                       .about = mail->about};
    Str words = mail_token_make(delivery->arena, delivery->mailer->api->unsubscribe_key, &token);
    return str_format(delivery->arena, "%.*s/api/v1/mail/unsubscribe/%.*s", STR_ARGS(page),
                      STR_ARGS(words));
}

static void hand_over(Delivery *delivery, MailComposed *composed) {
    static const OutboxEnd ENDS[] = {
        [MAIL_ACCEPTED] = OUTBOX_SENT, [MAIL_LATER] = OUTBOX_AGAIN, [MAIL_REFUSED] = OUTBOX_FAILED};
    MailMessage *message = &composed->message;
    message->id = message_id(delivery);
    message->to = delivery->address;
    message->to_name = delivery->reader.name;
    message->date = clock_now(&delivery->mailer->api->clock);
    message->unsubscribe = unsubscribe_address(delivery);
    delivery->told_until = composed->told_until;
    delivery->end =
        ENDS[mail_smtp_send(delivery->arena, &delivery->mailer->server, message, &delivery->said)];
}

/* A mail that cannot be put together now (a database that is busy, a full disk) waits as well. */
static void deliver(Delivery *delivery, const char *path) {
    Actor actor = reader_actor(delivery);
    Exchange exchange = {.store = delivery->mailer->api->store,
                         .business = delivery->edition->business,
                         .hooks = &delivery->edition->hooks,
                         .clock = delivery->mailer->api->clock,
                         .actor = &actor};
    MailComposed composed;
    delivery->end = OUTBOX_DROPPED;
    if (!delivery->wanted || !actor.role || !mail_address_is_safe(delivery->address)) return;
    Status status = compose(delivery, &exchange, path, &composed);
    if (status != STATUS_OK) {
        delivery->end = OUTBOX_AGAIN;
        delivery->said = str_of(status_name(status));
    } else if (!composed.empty) {
        hand_over(delivery, &composed);
    } else {
        delivery->told_until = composed.told_until;
    }
}

static Status settle(Transaction *transaction, void *data) {
    const Delivery *delivery = data;
    const OutboxMail *mail = &delivery->mail;
    int64_t now = clock_now(&delivery->mailer->api->clock);
    Status status = outbox_settle(transaction, mail, delivery->end, delivery->said, now);
    if (status != STATUS_OK || !delivery->told_until) return status;
    if (delivery->end != OUTBOX_SENT && delivery->end != OUTBOX_DROPPED) return STATUS_OK;
    return mail_digest_told(transaction, mail->user, delivery->told_until);
}

static void log_mail(const Delivery *delivery) {
    if (delivery->end == OUTBOX_SENT || delivery->end == OUTBOX_DROPPED) return;
    log_write(LOG_LEVEL_WARNING, "mail not sent", LOG_TEXT("kind", delivery->mail.kind),
              LOG_NUMBER("attempts", delivery->mail.attempts), LOG_TEXT("said", delivery->said));
}

/* STATUS_NOT_FOUND when there was none to send. */
static Status send_one(Mailer *mailer) {
    Arena *arena CLEANUP(arena_drop) = arena_new();
    const Edition *edition CLEANUP(edition_drop) = editions_take(mailer->api->editions);
    Delivery delivery = {.mailer = mailer, .edition = edition, .arena = arena};
    Store *store = mailer->api->store;
    Status status = store_read(store, look_for_one, &delivery);
    if (status == STATUS_OK) status = store_write(store, claim, &delivery);
    if (status != STATUS_OK) return status;
    status = store_read(store, read_reader, &delivery);
    if (status != STATUS_OK && status != STATUS_NOT_FOUND) return status;
    Str path = transfer_path(arena);
    if (str_empty(path)) return STATUS_FAILED;
    if (status == STATUS_NOT_FOUND) {
        delivery.end = OUTBOX_DROPPED;
    } else {
        deliver(&delivery, path.data);
    }
    unlink(path.data);
    log_mail(&delivery);
    return store_write(store, settle, &delivery);
}

/* ---- The thread ---- */

/* False once the program stops: waiting ends at once then. */
static bool wait_for_round(Mailer *mailer) {
    struct timespec until;
    clock_gettime(CLOCK_MONOTONIC, &until);
    until.tv_nsec += PAUSE_MILLISECONDS % 1000 * 1000000L;
    until.tv_sec += PAUSE_MILLISECONDS / 1000;
    pthread_mutex_lock(&mailer->lock);
    if (!atomic_load(&mailer->stopping)) {
        pthread_cond_timedwait(&mailer->woken, &mailer->lock, &until);
    }
    pthread_mutex_unlock(&mailer->lock);
    return !atomic_load(&mailer->stopping);
}

static void *keep_sending(void *data) {
    Mailer *mailer = data;
    while (wait_for_round(mailer)) {
        Status status = plan(mailer);
        if (status == STATUS_OK) status = sweep(mailer);
        while (status == STATUS_OK && !atomic_load(&mailer->stopping)) status = send_one(mailer);
        if (status == STATUS_OK || status == STATUS_NOT_FOUND) continue;
        log_write(LOG_LEVEL_ERROR, "mailer", LOG_TEXT("status", str_of(status_name(status))));
    }
    return NULL;
}

Status mailer_start(Api *api, Mailer **out) {
    *out = NULL;
    if (!api->mail) return STATUS_OK;
    Mailer *mailer = calloc(1, sizeof *mailer);
    if (!mailer) abort();
    pthread_condattr_t steady;
    mailer->api = api;
    mailer->server = *api->mail;
    mailer->server.stopping = &mailer->stopping;
    pthread_mutex_init(&mailer->lock, NULL);
    pthread_condattr_init(&steady);
    pthread_condattr_setclock(&steady, CLOCK_MONOTONIC);
    pthread_cond_init(&mailer->woken, &steady);
    pthread_condattr_destroy(&steady);
    if (pthread_create(&mailer->thread, NULL, keep_sending, mailer) != 0) {
        free(mailer);
        return STATUS_FAILED;
    }
    *out = mailer;
    return STATUS_OK;
}

void mailer_stop(Mailer *mailer) {
    if (!mailer) return;
    pthread_mutex_lock(&mailer->lock);
    atomic_store(&mailer->stopping, true);
    pthread_cond_signal(&mailer->woken);
    pthread_mutex_unlock(&mailer->lock);
    pthread_join(mailer->thread, NULL);
    pthread_cond_destroy(&mailer->woken);
    pthread_mutex_destroy(&mailer->lock);
    free(mailer);
}
