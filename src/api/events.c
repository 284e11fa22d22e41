/*
 * Server-sent events. Subscribers are a list under one lock: they change rarely and are told by one
 * thread, the keeper's. An event says only which record changed; the page reads it again with its
 * own rights, so that no field can slip out here.
 */
#include "events.h"

#include <pthread.h>
#include <stdlib.h>

#include "access.h"
#include "edition.h"
#include "journal.h"

enum { EVENTS_PER_ROUND = 500, HEARTBEAT_MILLISECONDS = 15000 };

/* A browser that listens, and by what right: it is asked again whether that still holds. */
typedef struct Subscriber {
    struct Subscriber *next;
    Arena *arena; /* holds the actor's texts */
    Actor actor;  /* its role is looked up for each round: the definitions may have changed */
    Str role;
    Id token; /* the bearer token that opened it; none for a session */
    HttpStream *stream;
} Subscriber;

/* Who listens, and how far they have been told. */
struct Events {
    pthread_mutex_t lock;
    Subscriber *subscribers;
    int64_t position;   /* told up to here; -1: not known yet */
    int64_t generation; /* of the definitions that readers were told of; -1: none yet */
    int64_t last_told;
};

Events *events_new(void) {
    Events *events = calloc(1, sizeof *events);
    if (!events) abort();
    pthread_mutex_init(&events->lock, NULL);
    events->position = -1;
    events->generation = -1;
    return events;
}

static void drop_subscriber(Subscriber *subscriber) {
    http_stream_release(subscriber->stream);
    arena_free(subscriber->arena);
    free(subscriber);
}

void events_close(Events *events) {
    pthread_mutex_lock(&events->lock);
    for (Subscriber *subscriber = events->subscribers; subscriber;) {
        Subscriber *next = subscriber->next;
        drop_subscriber(subscriber);
        subscriber = next;
    }
    events->subscribers = NULL;
    pthread_mutex_unlock(&events->lock);
}

void events_free(Events *events) {
    if (!events) return;
    events_close(events);
    pthread_mutex_destroy(&events->lock);
    free(events);
}

/* Texts that belonged to the request are copied: the subscriber outlives it. */
void events_subscribe(Events *events, const Call *call, HttpStream *stream) {
    const Actor *actor = &call->actor;
    Subscriber *subscriber = calloc(1, sizeof *subscriber);
    if (!subscriber) abort();
    subscriber->arena = arena_new();
    subscriber->actor = *actor;
    subscriber->actor.zone = str_copy(subscriber->arena, actor->zone);
    subscriber->actor.via = STR("web");
    subscriber->role = str_copy(subscriber->arena, role_name(actor->role));
    subscriber->actor.role = NULL;
    subscriber->token = call->token;
    subscriber->stream = stream;
    pthread_mutex_lock(&events->lock);
    subscriber->next = events->subscribers;
    events->subscribers = subscriber;
    pthread_mutex_unlock(&events->lock);
}

/* ---- Telling ---- */

/* One round of telling: the transaction it reads in, and how far it came. */
typedef struct Telling {
    Api *api;
    const Edition *edition;
    Transaction *transaction;
    Arena *arena;
    int64_t now;
    int64_t position;
    int64_t told;
} Telling;

/*
 * Whether the sign-in behind a stream still holds: a person who was disabled, signed out or given
 * another role must not go on hearing. Then the stream ends, and a page that may comes again.
 */
static Status check_sign_in(Telling *telling, Subscriber *subscriber, bool *holds) {
    bool by_token = !id_none(subscriber->token);
    Rows *rows CLEANUP(store_drop) = NULL;
    Status status =
        by_token ? store_ask_first(
                       telling->transaction, &rows,
                       "SELECT u.\"role\" FROM \"token\" AS t JOIN \"user\" AS u ON u.\"id\" = "
                       "t.\"user\" WHERE t.\"id\" = $1 AND t.\"revoked_at\" IS NULL AND "
                       "COALESCE(t.\"expires_at\", $2) >= $2 AND u.\"active\" = TRUE AND "
                       "u.\"deleted_at\" IS NULL",
                       value_id(subscriber->token), value_integer(telling->now))
                 : store_ask_first(
                       telling->transaction, &rows,
                       "SELECT u.\"role\" FROM \"session\" AS s JOIN \"user\" AS u ON u.\"id\" = "
                       "s.\"user\" WHERE s.\"id\" = $1 AND s.\"expires_at\" >= $2 AND "
                       "u.\"active\" = TRUE AND u.\"deleted_at\" IS NULL",
                       value_id(subscriber->actor.session), value_integer(telling->now));
    *holds =
        status == STATUS_OK && str_equal(store_column(rows, 0, VALUE_TEXT).text, subscriber->role);
    return status == STATUS_END ? STATUS_OK : status;
}

/* Asked when there is something to tell, and so always before anything is told. */
static Status drop_signed_out(Telling *telling) {
    for (Subscriber **link = &telling->api->events->subscribers; *link;) {
        Subscriber *subscriber = *link;
        bool holds = false;
        Status status = check_sign_in(telling, subscriber, &holds);
        if (status != STATUS_OK) return status;
        if (holds) {
            link = &subscriber->next;
        } else {
            *link = subscriber->next;
            drop_subscriber(subscriber);
        }
    }
    return STATUS_OK;
}

/* Asked for each reader, because each sees other records. */
static Status may_know(Telling *telling, const Subscriber *subscriber, const JournalEntry *entry,
                       bool *out) {
    Actor actor = subscriber->actor;
    actor.role = roles_find(telling->edition->business->roles, subscriber->role);
    Context context = {.arena = telling->arena,
                       .transaction = telling->transaction,
                       .model = telling->edition->business->model,
                       .actor = &actor};
    return journal_may_read(&context, entry, out);
}

/*
 * The id is the journal's position, at which the change feed goes on for whoever missed something.
 */
static void format_event(const JournalEntry *entry, Buffer *out) {
    Buffer data CLEANUP(buffer_free) = {0};
    JsonWriter json = json_writer(&data);
    json_open_object(&json);
    json_member_integer(&json, "position", entry->position);
    json_member_text(&json, "object", entry->object);
    json_member_id(&json, "id", entry->record);
    json_member_integer(&json, "version", entry->version);
    json_member_text(&json, "action", entry->action);
    json_close_object(&json);
    buffer_format(out, "id: %lld\nevent: change\ndata: %.*s\n\n", (long long)entry->position,
                  STR_ARGS(buffer_str(&data)));
}

/* Entries without a version are acts (an export, a sign-in), not changes of a record. */
static Status tell_entry(void *data, const JournalEntry *entry) {
    Telling *telling = data;
    Events *events = telling->api->events;
    telling->position = entry->position;
    if (id_none(entry->record) || !entry->version) return STATUS_OK;
    Buffer text CLEANUP(buffer_free) = {0};
    format_event(entry, &text);
    for (Subscriber *subscriber = events->subscribers; subscriber; subscriber = subscriber->next) {
        ArenaMark mark = arena_mark(telling->arena);
        bool readable = false;
        Status status = may_know(telling, subscriber, entry, &readable);
        if (status != STATUS_OK) return status;
        if (readable) {
            http_stream_send(subscriber->stream, buffer_str(&text));
            telling->told++;
        }
        arena_rewind(telling->arena, mark);
    }
    return STATUS_OK;
}

/* A comment line; browsers ignore it, and a dead connection fails on it. */
static void send_heartbeat(Events *events) {
    int64_t now = clock_steady();
    if (now - events->last_told < HEARTBEAT_MILLISECONDS) return;
    events->last_told = now;
    for (Subscriber *subscriber = events->subscribers; subscriber; subscriber = subscriber->next) {
        http_stream_send(subscriber->stream, STR(":\n\n"));
    }
}

/* What people may do and see may have changed with the definitions: pages ask for it again. */
static void tell_definitions(Events *events, int64_t generation) {
    bool news = events->generation >= 0 && events->generation != generation;
    Buffer text CLEANUP(buffer_free) = {0};
    events->generation = generation;
    if (!news) return;
    buffer_format(&text, "event: definitions\ndata: {\"generation\":%lld}\n\n",
                  (long long)generation);
    for (Subscriber *subscriber = events->subscribers; subscriber; subscriber = subscriber->next) {
        http_stream_send(subscriber->stream, buffer_str(&text));
    }
}

/* A closed stream is noticed here and nowhere else; its connection is the server's matter. */
static void drop_closed(Events *events) {
    for (Subscriber **link = &events->subscribers; *link;) {
        Subscriber *subscriber = *link;
        if (http_stream_open(subscriber->stream)) {
            link = &subscriber->next;
            continue;
        }
        *link = subscriber->next;
        drop_subscriber(subscriber);
    }
}

/* Runs as a reading job: one snapshot for rights and entries alike. */
static Status tell(Transaction *transaction, void *data) {
    Telling *telling = data;
    Events *events = telling->api->events;
    telling->transaction = transaction;
    telling->position = events->position;
    if (events->position < 0 || !events->subscribers) {
        return journal_position(transaction, &telling->position); /* nobody listens: skip ahead */
    }
    int64_t newest;
    Status status = journal_position(transaction, &newest);
    if (status != STATUS_OK || newest == events->position) return status;
    status = drop_signed_out(telling);
    if (status != STATUS_OK) return status;
    return journal_each(transaction, events->position, EVENTS_PER_ROUND, tell_entry, telling);
}

/* The lock is held while telling. Subscribing waits for it, at most one round of entries. */
Status events_tell(Api *api) {
    Events *events = api->events;
    Arena *arena CLEANUP(arena_drop) = arena_new();
    const Edition *edition CLEANUP(edition_drop) = editions_take(api->editions);
    Telling telling = {
        .api = api, .edition = edition, .arena = arena, .now = clock_now(&api->clock)};
    pthread_mutex_lock(&events->lock);
    drop_closed(events);
    tell_definitions(events, edition->generation);
    Status status = store_read(api->store, tell, &telling);
    if (status == STATUS_OK) {
        events->position = telling.position;
        if (telling.told) events->last_told = clock_steady();
        send_heartbeat(events);
    }
    pthread_mutex_unlock(&events->lock);
    return status;
}
