#include "events.h"

#include <pthread.h>
#include <stdlib.h>

#include "access.h"
#include "journal.h"

enum { EVENTS_PER_ROUND = 500, HEARTBEAT_MILLISECONDS = 15000 };

typedef struct Subscriber {
    struct Subscriber *next;
    Arena *arena; /* holds the actor's texts */
    Actor actor;
    HttpStream *stream;
} Subscriber;

struct Events {
    pthread_mutex_t lock;
    Subscriber *subscribers;
    int64_t position; /* told up to here; -1: not known yet */
    int64_t last_told;
};

Events *events_new(void) {
    Events *events = calloc(1, sizeof *events);
    if (!events) abort();
    pthread_mutex_init(&events->lock, NULL);
    events->position = -1;
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

void events_subscribe(Events *events, const Actor *actor, HttpStream *stream) {
    Subscriber *subscriber = calloc(1, sizeof *subscriber);
    if (!subscriber) abort();
    subscriber->arena = arena_new();
    subscriber->actor = *actor;
    subscriber->actor.zone = str_copy(subscriber->arena, actor->zone);
    subscriber->actor.via = STR("web");
    subscriber->stream = stream;
    pthread_mutex_lock(&events->lock);
    subscriber->next = events->subscribers;
    events->subscribers = subscriber;
    pthread_mutex_unlock(&events->lock);
}

/* ---- Telling ---- */

typedef struct Telling {
    Api *api;
    Transaction *transaction;
    Arena *arena;
    int64_t position;
    int64_t told;
} Telling;

static bool may_know(Telling *telling, const Subscriber *subscriber, const Object *object,
                     const JournalEntry *entry) {
    Problem quiet = problem_new(telling->arena);
    Context context = {.arena = telling->arena,
                       .transaction = telling->transaction,
                       .model = telling->api->business->model,
                       .actor = &subscriber->actor,
                       .problem = &quiet};
    Record record;
    if (access_scope(&subscriber->actor, object, VERB_READ) == SCOPE_NONE) return false;
    Status status = record_read(&context, object, entry->record, &record);
    if (status == STATUS_NOT_FOUND && str_is(entry->action, "delete")) {
        status = record_read_deleted(&context, object, entry->record, &record);
    }
    return status == STATUS_OK;
}

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

static Status tell_entry(void *data, const JournalEntry *entry) {
    Telling *telling = data;
    Events *events = telling->api->events;
    telling->position = entry->position;
    const Object *object = model_object(telling->api->business->model, entry->object);
    if (!object || id_none(entry->record) || !entry->version) return STATUS_OK;
    Buffer text CLEANUP(buffer_free) = {0};
    format_event(entry, &text);
    for (Subscriber *subscriber = events->subscribers; subscriber; subscriber = subscriber->next) {
        ArenaMark mark = arena_mark(telling->arena);
        if (may_know(telling, subscriber, object, entry)) {
            http_stream_send(subscriber->stream, buffer_str(&text));
            telling->told++;
        }
        arena_rewind(telling->arena, mark);
    }
    return STATUS_OK;
}

static void send_heartbeat(Events *events) {
    int64_t now = clock_steady();
    if (now - events->last_told < HEARTBEAT_MILLISECONDS) return;
    events->last_told = now;
    for (Subscriber *subscriber = events->subscribers; subscriber; subscriber = subscriber->next) {
        http_stream_send(subscriber->stream, STR(":\n\n"));
    }
}

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

static Status tell(Transaction *transaction, void *data) {
    Telling *telling = data;
    Events *events = telling->api->events;
    telling->transaction = transaction;
    telling->position = events->position;
    if (events->position < 0 || !events->subscribers) {
        return journal_position(transaction, &telling->position); /* nobody listens: skip ahead */
    }
    return journal_each(transaction, events->position, EVENTS_PER_ROUND, tell_entry, telling);
}

Status events_tell(Api *api) {
    Events *events = api->events;
    Arena *arena CLEANUP(arena_drop) = arena_new();
    Telling telling = {.api = api, .arena = arena};
    pthread_mutex_lock(&events->lock);
    drop_closed(events);
    Status status = store_read(api->store, tell, &telling);
    if (status == STATUS_OK) {
        events->position = telling.position;
        if (telling.told) events->last_told = clock_steady();
        send_heartbeat(events);
    }
    pthread_mutex_unlock(&events->lock);
    return status;
}
