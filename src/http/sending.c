/*
 * The sending half of a connection. An answer is first offered to the socket from where its bytes
 * are; only what does not fit goes into an evbuffer, by reference. A stream always uses the
 * evbuffer.
 */
#include "sending.h"

#include <errno.h>
#include <event2/buffer.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <sys/uio.h>
#include <unistd.h>

#include "clock.h"
#include "loop.h"
#include "stream.h"

enum { STALLED_SECONDS = 60, LINGER_SECONDS = 2 };

static void count_sent(Connection *connection, size_t size) {
    FIGURE_ADD(connection->loop->server->bytes_out, size);
}

static void free_reference(const void *data, size_t size, void *memory) {
    (void)data;
    (void)size;
    free(memory);
}

/*
 * Closing while unread bytes wait makes the system send a reset, which can overtake our answer. So
 * a refused client is first told that we are done, and what it still sends is thrown away for a
 * while.
 */
static void linger(Connection *connection) {
    if (shutdown(connection->socket, SHUT_WR) != 0) {
        connection_close(connection);
        return;
    }
    connection->phase = CONNECTION_LINGERING;
    connection->deadline = clock_steady() + LINGER_SECONDS * CLOCK_SECOND;
    answer_clear(&connection->answer);
    connection_resume_reading(connection);
}

static void begin_stream(Connection *connection) {
    connection->phase = CONNECTION_STREAMING;
    connection->deadline = 0;
    FIGURE_ADD(connection->loop->server->streams, 1);
    connection_resume_reading(connection); /* to notice when the client goes */
    stream_attach(connection->answer.stream, connection->loop, connection);
    if (atomic_load(&connection->loop->server->stopping)) stream_end(connection->answer.stream);
}

/* All of the answer is with the system. */
static void finish(Connection *connection) {
    if (connection->answer.stream) {
        begin_stream(connection);
    } else if (!connection->answer.close && !atomic_load(&connection->loop->server->stopping)) {
        connection_next_request(connection);
    } else if (connection->unread || connection->ahead.size || !connection->reading) {
        linger(connection);
    } else {
        connection_close(connection);
    }
}

/* Sends what it can of the output; false when the connection had to be closed. */
static bool flush(Connection *connection) {
    struct evbuffer *output = connection->output;
    bool progress = false;
    while (evbuffer_get_length(output)) {
        int sent = evbuffer_write(output, connection->socket);
        if (sent > 0) {
            count_sent(connection, (size_t)sent);
            progress = true;
            continue;
        }
        if (sent < 0 && (errno == EAGAIN || errno == EINTR)) break;
        connection_close(connection);
        return false;
    }
    bool waiting = evbuffer_get_length(output) > 0;
    if (!waiting) {
        event_del(&connection->writable);
        connection->deadline = 0;
        return true;
    }
    event_add(&connection->writable, NULL);
    /* Slow readers are welcome as long as they read at all. */
    if (progress || !connection->deadline) {
        connection->deadline = clock_steady() + STALLED_SECONDS * CLOCK_SECOND;
    }
    return true;
}

static struct evbuffer *output_of(Connection *connection) {
    if (!connection->output) {
        connection->output = evbuffer_new();
        if (!connection->output) abort();
        evbuffer_set_flags(connection->output, EVBUFFER_FLAG_DRAINS_TO_FD);
    }
    return connection->output;
}

/* A part without what the system has taken of it already; `*taken` goes down by that. */
static Str skip_taken(Str part, size_t *taken) {
    size_t skipped = *taken < part.size ? *taken : part.size;
    *taken -= skipped;
    return str_part(part, skipped, part.size);
}

/* Puts what the socket did not take at once into the output: referenced, not copied. */
static void queue_rest(Connection *connection, size_t taken) {
    Answer *answer = &connection->answer;
    struct evbuffer *output = output_of(connection);
    Str head = skip_taken(buffer_str(&answer->head), &taken);
    evbuffer_add(output, head.data, head.size);
    Str body = skip_taken(buffer_str(&answer->body), &taken);
    if (body.size) {
        evbuffer_add_reference(output, body.data, body.size, free_reference, answer->body.data);
        answer->body = (Buffer){0};
    }
    Str fixed = skip_taken(answer->static_body, &taken);
    if (fixed.size) evbuffer_add_reference(output, fixed.data, fixed.size, NULL, NULL);
    if (answer->file >= 0 && answer->file_size > 0) {
        evbuffer_add_file(output, answer->file, 0, answer->file_size);
        answer->file = -1; /* the buffer closes it */
    }
}

/* Most answers fit the socket: one system call from where their bytes are. -1 on a dead socket. */
static ssize_t send_at_once(Connection *connection) {
    Answer *answer = &connection->answer;
    Str body = answer->body.size ? buffer_str(&answer->body) : answer->static_body;
    struct iovec parts[2] = {
        {.iov_base = answer->head.data, .iov_len = answer->head.size},
        {.iov_base = (void *)(uintptr_t)body.data, .iov_len = body.size},
    };
    struct msghdr message = {.msg_iov = parts, .msg_iovlen = body.size ? 2 : 1};
    ssize_t sent = sendmsg(connection->socket, &message, MSG_NOSIGNAL);
    if (sent < 0 && (errno == EAGAIN || errno == EINTR)) return 0;
    if (sent > 0) count_sent(connection, (size_t)sent);
    return sent;
}

void sending_start(Connection *connection) {
    Answer *answer = &connection->answer;
    HttpServer *server = connection->loop->server;
    FIGURE_ADD(server->by_class[answer->status / 100 % 6], 1);
    connection->phase = CONNECTION_WRITING;
    connection->deadline = 0;
    ssize_t sent = answer->file >= 0 ? 0 : send_at_once(connection);
    if (sent < 0) {
        connection_close(connection);
        return;
    }
    if (answer->file < 0 && (size_t)sent == answer->head.size + answer_size(answer)) {
        finish(connection);
        return;
    }
    queue_rest(connection, (size_t)sent);
    sending_continue(connection);
}

void sending_continue(Connection *connection) {
    if (!flush(connection)) return;
    size_t unsent = evbuffer_get_length(connection->output);
    if (connection->phase == CONNECTION_STREAMING) {
        stream_set_unsent(connection->answer.stream, unsent);
    } else if (!unsent) {
        finish(connection);
    }
}

/* A chunk each time; without chunks (HTTP/1.0) the end of the connection is the end of the stream.
 */
static void add_event_bytes(Connection *connection, Buffer *bytes) {
    struct evbuffer *output = output_of(connection);
    bool chunked = connection->head.minor == 1;
    if (bytes->size) {
        if (chunked) evbuffer_add_printf(output, "%zx\r\n", bytes->size);
        evbuffer_add_reference(output, bytes->data, bytes->size, free_reference, bytes->data);
        if (chunked) evbuffer_add(output, "\r\n", 2);
    } else {
        buffer_free(bytes);
    }
}

void connection_stream_ready(Connection *connection) {
    Buffer bytes;
    StreamState state = stream_take(connection->answer.stream, &bytes);
    if (state == STREAM_STUCK) {
        buffer_free(&bytes);
        connection_close(connection);
        return;
    }
    add_event_bytes(connection, &bytes);
    if (state == STREAM_ENDED) {
        if (connection->head.minor == 1) evbuffer_add(output_of(connection), "0\r\n\r\n", 5);
        connection->phase = CONNECTION_WRITING;
        FIGURE_ADD(connection->loop->server->streams, -1);
        stream_detach(connection->answer.stream);
        connection->answer.stream = NULL;
    }
    sending_continue(connection);
}
