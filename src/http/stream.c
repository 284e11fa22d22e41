#include "stream.h"

#include <pthread.h>
#include <stdlib.h>

#include "loop.h"

/*
 * `holders` are the handlers' references: when the last goes, the answer ends. `references` keep
 * the memory: one for all holders together, one for the answer or connection, one while in a loop's
 * list.
 */
struct HttpStream {
    pthread_mutex_t lock;
    int holders, references;
    bool open, stuck, listed;
    Buffer pending;
    size_t unsent; /* taken by the loop and not yet with the system */
    Loop *loop;    /* NULL before the answer's head went out and after the connection is gone */
    Connection *connection;
    HttpStream *next;
};

HttpStream *http_response_stream(HttpServer *server, HttpResponse *response) {
    HttpStream *stream = calloc(1, sizeof *stream);
    if (!stream) abort();
    pthread_mutex_init(&stream->lock, NULL);
    stream->holders = 1;
    stream->references = 2; /* the holders' and the response's */
    stream->open = !atomic_load(&server->stopping);
    response->stream = stream;
    return stream;
}

/* With the lock held: gives one reference back and lets go of the lock. */
static void unlock_and_drop(HttpStream *stream) {
    bool last = --stream->references == 0;
    pthread_mutex_unlock(&stream->lock);
    if (!last) return;
    buffer_free(&stream->pending);
    pthread_mutex_destroy(&stream->lock);
    free(stream);
}

/* With the lock held: has the loop look at the stream. The loop cannot go away meanwhile, because
 * it detaches its streams, under this lock, before it ends. */
static void ask_loop(HttpStream *stream) {
    if (!stream->loop || stream->listed) return;
    stream->listed = true;
    stream->references++;
    loop_post_stream(stream->loop, stream);
}

bool http_stream_send(HttpStream *stream, Str bytes) {
    pthread_mutex_lock(&stream->lock);
    size_t waiting = stream->pending.size + stream->unsent;
    if (stream->open && waiting + bytes.size > STREAM_UNSENT_LIMIT) {
        /* Leaving out an event would deceive the reader: it is cut off and comes back. */
        stream->open = false;
        stream->stuck = true;
        ask_loop(stream);
    }
    bool sent = stream->open;
    if (sent) {
        buffer_add(&stream->pending, bytes);
        ask_loop(stream);
    }
    pthread_mutex_unlock(&stream->lock);
    return sent;
}

bool http_stream_open(const HttpStream *stream) {
    HttpStream *shared =
        (HttpStream *)(uintptr_t)stream; /* the lock changes, the stream does not */
    pthread_mutex_lock(&shared->lock);
    bool open = shared->open;
    pthread_mutex_unlock(&shared->lock);
    return open;
}

HttpStream *http_stream_hold(HttpStream *stream) {
    pthread_mutex_lock(&stream->lock);
    stream->holders++;
    pthread_mutex_unlock(&stream->lock);
    return stream;
}

void http_stream_release(HttpStream *stream) {
    if (!stream) return;
    pthread_mutex_lock(&stream->lock);
    if (--stream->holders > 0) {
        pthread_mutex_unlock(&stream->lock);
        return;
    }
    stream->open = false;
    ask_loop(stream);
    unlock_and_drop(stream);
}

/*
 * From here on the loop's side. Lock order: the stream's lock, then the loop's. The loop therefore
 * takes its letters out of the box first and looks at the streams after it let go of the box.
 */

void stream_attach(HttpStream *stream, Loop *loop, Connection *connection) {
    pthread_mutex_lock(&stream->lock);
    stream->loop = loop;
    stream->connection = connection;
    ask_loop(
        stream); /* something may have been sent, or all may be over, before there was a loop */
    pthread_mutex_unlock(&stream->lock);
}

StreamState stream_take(HttpStream *stream, Buffer *out) {
    pthread_mutex_lock(&stream->lock);
    /* Handing over the whole buffer keeps the lock short, however much waits. */
    *out = stream->pending;
    stream->pending = (Buffer){0};
    stream->unsent += out->size;
    StreamState state = stream->stuck ? STREAM_STUCK : stream->open ? STREAM_OPEN : STREAM_ENDED;
    pthread_mutex_unlock(&stream->lock);
    return state;
}

void stream_set_unsent(HttpStream *stream, size_t unsent) {
    pthread_mutex_lock(&stream->lock);
    stream->unsent = unsent;
    pthread_mutex_unlock(&stream->lock);
}

void stream_end(HttpStream *stream) {
    pthread_mutex_lock(&stream->lock);
    stream->open = false;
    ask_loop(stream);
    pthread_mutex_unlock(&stream->lock);
}

void stream_detach(HttpStream *stream) {
    pthread_mutex_lock(&stream->lock);
    stream->open = false;
    stream->loop = NULL;
    stream->connection = NULL;
    unlock_and_drop(stream);
}

/* Only the loop's thread sets the connection, and only it asks: no lock needed. */
Connection *stream_connection(const HttpStream *stream) {
    return stream->connection;
}

HttpStream *stream_next(const HttpStream *stream) {
    return stream->next;
}

void stream_set_next(HttpStream *stream, HttpStream *next) {
    stream->next = next;
}

void stream_drop(HttpStream *stream) {
    pthread_mutex_lock(&stream->lock);
    unlock_and_drop(stream);
}

void stream_unlist(HttpStream *stream) {
    pthread_mutex_lock(&stream->lock);
    stream->listed = false;
    pthread_mutex_unlock(&stream->lock);
}
