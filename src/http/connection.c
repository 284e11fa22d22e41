/*
 * The reading half of a connection. A request goes through HEAD, perhaps BODY, BUSY and WRITING,
 * and back to HEAD; sending.c has the last two steps. One request is under way at a time: what a
 * client sends ahead waits in `ahead`, at most one reading's worth, and then in the kernel.
 *
 * `connection_close` frees. Every function that may refuse, send or close can therefore be the last
 * that touches the connection; callers return right after it.
 */
#include "connection.h"

#include <errno.h>
#include <event2/buffer.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <unistd.h>
#include <utlist.h>

#include "clock.h"
#include "log.h"
#include "loop.h"
#include "sending.h"
#include "stream.h"

enum { KEPT_BUFFER = 4096, TRUSTED_ID_LIMIT = 128 };

static void on_readable(evutil_socket_t socket, short what, void *context);

static void on_writable(evutil_socket_t socket, short what, void *context) {
    (void)socket;
    (void)what;
    sending_continue(context);
}

static const HttpOptions *options_of(const Connection *connection) {
    return &connection->loop->server->options;
}

static void set_deadline(Connection *connection, int seconds) {
    connection->deadline = clock_steady() + seconds * CLOCK_SECOND;
}

void connection_open(Loop *loop, int socket, Address address, bool counted) {
    Connection *connection = calloc(1, sizeof *connection);
    if (!connection) abort();
    connection->loop = loop;
    connection->socket = socket;
    connection->address = address;
    connection->counted = counted;
    connection->answer.file = -1;
    address_write(address, connection->address_text);
    event_assign(&connection->readable, loop->base, socket, EV_READ | EV_PERSIST, on_readable,
                 connection);
    event_assign(&connection->writable, loop->base, socket, EV_WRITE | EV_PERSIST, on_writable,
                 connection);
    DL_APPEND(loop->connections, connection);
    if (loop->wound_down) {
        connection_close(connection);
        return;
    }
    set_deadline(connection, options_of(connection)->head_seconds);
    connection_resume_reading(connection);
}

void connection_close(Connection *connection) {
    HttpServer *server = connection->loop->server;
    event_del(&connection->readable);
    event_del(&connection->writable);
    if (connection->phase == CONNECTION_STREAMING) FIGURE_ADD(server->streams, -1);
    answer_free(&connection->answer);
    if (connection->output) evbuffer_free(connection->output);
    buffer_free(&connection->input);
    buffer_free(&connection->ahead);
    buffer_free(&connection->body_buffer);
    DL_DELETE(connection->loop->connections, connection);
    close(connection->socket);
    if (connection->counted) addresses_leave(server->addresses, connection->address);
    free(connection);
    FIGURE_ADD(server->connections, -1);
}

void connection_resume_reading(Connection *connection) {
    if (connection->reading) return;
    connection->reading = event_add(&connection->readable, NULL) == 0;
}

/* Stays set while a request is under way, since mostly nothing comes then; this saves two system
 * calls a request. If something does come, reading rests until the answer is out. */
static void pause_reading(Connection *connection) {
    event_del(&connection->readable);
    connection->reading = false;
}

/* Without what only the person and the program that they gave it to may know. */
static Str logged_path(const Connection *connection) {
    Str path = connection->head.path, secret = options_of(connection)->unlogged;
    if (!path.data) return STR("");
    return !str_empty(secret) && str_starts(path, secret) ? secret : path;
}

void connection_log(const Connection *connection) {
    if (!options_of(connection)->log_requests) return;
    const HttpHead *head = &connection->head;
    log_write(
        LOG_LEVEL_INFO, "request", LOG_TEXT("method", head->method.data ? head->method : STR("")),
        LOG_TEXT("path", logged_path(connection)), LOG_NUMBER("status", connection->answer.status),
        LOG_NUMBER("milliseconds", clock_steady() - connection->arrived),
        LOG_NUMBER("bytes", (int64_t)answer_size(&connection->answer)),
        LOG_TEXT("request_id", connection->request_id), LOG_TEXT("peer", connection->peer));
}

static Str header_of(const Connection *connection, Str name) {
    return http_headers_find(connection->head.headers, connection->head.header_count, name);
}

AnswerFacts connection_facts(const Connection *connection) {
    return (AnswerFacts){
        .request_id = connection->request_id,
        .minor = connection->head.minor,
        .head_only = str_is(connection->head.method, "HEAD"),
        .coding = coding_choose(header_of(connection, STR("Accept-Encoding"))),
        .close = !connection->head.keep_alive || atomic_load(&connection->loop->server->stopping),
        .had = connection->had,
    };
}

/* Ends the conversation: after a request that was not understood or not read to its end, nobody
 * knows where the next one begins. */
static void refuse(Connection *connection, int status) {
    AnswerFacts facts = {.request_id = connection->request_id, .minor = 1, .close = true};
    connection->unread = true;
    FIGURE_ADD(connection->loop->server->refused, 1);
    answer_refuse(&connection->loop->maker, &facts, status, 0, &connection->answer);
    connection_log(connection);
    sending_start(connection);
}

/* The request was read whole, so the connection can go on after this one. */
void connection_overloaded(Connection *connection) {
    AnswerFacts facts = connection_facts(connection);
    FIGURE_ADD(connection->loop->server->refused, 1);
    answer_refuse(&connection->loop->maker, &facts, 503, 1, &connection->answer);
    connection_log(connection);
    sending_start(connection);
}

void connection_answered(Connection *connection) {
    sending_start(connection);
}

/* Who asks, and under which name the request is found in the log again. */
static void identify(Connection *connection) {
    static const char HEX[] = "0123456789abcdef";
    Loop *loop = connection->loop;
    char *at = connection->id_text;
    size_t prefix = sizeof loop->server->id_prefix;
    memcpy(at, loop->server->id_prefix, prefix);
    at += prefix;
    /* Unique in this run without asking anybody: the loop's own count, and the loop. */
    uint64_t number = ++loop->requests << 8 | (unsigned char)loop->index;
    for (int shift = 44; shift >= 0; shift -= 4) *at++ = HEX[number >> shift & 15];
    connection->request_id =
        (Str){.data = connection->id_text, .size = (size_t)(at - connection->id_text)};
    connection->peer = str_of(connection->address_text);
    connection->secure = false;
    connection->had = CODING_PLAIN;
}

static bool id_acceptable(Str id) {
    for (size_t i = 0; i < id.size; i++) {
        char c = id.data[i];
        bool plain = (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
        if (!plain && c != '-' && c != '_' && c != '.') return false;
    }
    return id.size > 0 && id.size <= TRUSTED_ID_LIMIT;
}

/* The proxy appends the address it saw; what stands before it, anybody could have written. */
static Str last_item(Str list) {
    Str item = {0};
    while (list.data) item = str_trim(str_cut(&list, ','));
    return item;
}

static void believe_proxy(Connection *connection) {
    const HttpServer *server = connection->loop->server;
    if (!server->has_proxy || !address_equal(connection->address, server->proxy)) return;
    Str id = header_of(connection, STR("X-Request-Id"));
    if (id_acceptable(id)) connection->request_id = id;
    Str peer = last_item(header_of(connection, STR("X-Forwarded-For")));
    Address address;
    if (address_parse(peer, &address)) connection->peer = peer;
    Str protocol = header_of(connection, STR("X-Forwarded-Proto"));
    connection->secure = str_equal_ascii_case(protocol, STR("https"));
}

static void dispatch(Connection *connection) {
    connection->phase = CONNECTION_BUSY;
    connection->deadline = 0;
    connection->body = buffer_str(&connection->body_buffer);
    loop_dispatch(connection->loop, connection);
}

/* What a step of reading a body leads to; other values are the status to refuse with. */
enum { BODY_MORE = 0, BODY_WHOLE = 1 };

static int feed_length(Connection *connection, Str bytes, size_t *used) {
    size_t missing = connection->head.content_length - connection->body_buffer.size;
    Str part = str_part(bytes, 0, missing);
    buffer_add(&connection->body_buffer, part);
    *used = part.size;
    return part.size == missing ? BODY_WHOLE : BODY_MORE;
}

static int feed_chunks(Connection *connection, Str bytes, size_t *used) {
    HttpChunksResult result = http_chunks_feed(&connection->chunks, bytes, connection->body_limit,
                                               &connection->body_buffer, used);
    switch (result) {
        case HTTP_CHUNKS_MORE: return BODY_MORE;
        case HTTP_CHUNKS_DONE: return BODY_WHOLE;
        case HTTP_CHUNKS_TOO_LARGE: return 413;
        default: return 400;
    }
}

static int feed_body(Connection *connection, Str bytes, size_t *used) {
    return connection->head.chunked ? feed_chunks(connection, bytes, used)
                                    : feed_length(connection, bytes, used);
}

static void settle_body(Connection *connection, int step) {
    if (step == BODY_MORE) return;
    if (step == BODY_WHOLE) {
        dispatch(connection);
    } else {
        refuse(connection, step);
    }
}

static void send_continue(Connection *connection) {
    static const char CONTINUE[] = "HTTP/1.1 100 Continue\r\n\r\n";
    ssize_t sent = send(connection->socket, CONTINUE, sizeof CONTINUE - 1, MSG_NOSIGNAL);
    /* A client that has not yet been sent anything has room for 25 bytes, or is no client. */
    if (sent != (ssize_t)sizeof CONTINUE - 1) connection_close(connection);
}

static void drop_front(Buffer *buffer, size_t size) {
    memmove(buffer->data, buffer->data + size, buffer->size - size);
    buffer->size -= size;
}

/* The limit was checked: only now is memory taken, and only as the bytes come. */
static void start_body(Connection *connection) {
    connection->phase = CONNECTION_BODY;
    connection->chunks = (HttpChunks){0};
    set_deadline(connection, options_of(connection)->body_seconds);
    if (!connection->ahead.size) {
        if (connection->head.expects_continue) send_continue(connection);
        return;
    }
    size_t used = 0;
    int step = feed_body(connection, buffer_str(&connection->ahead), &used);
    drop_front(&connection->ahead, used);
    settle_body(connection, step);
}

static void accept_request(Connection *connection) {
    const HttpOptions *options = options_of(connection);
    const HttpHead *head = &connection->head;
    believe_proxy(connection);
    FIGURE_ADD(connection->loop->server->requests, 1);
    if (!head->content_length && !head->chunked) {
        dispatch(connection);
        return;
    }
    connection->body_limit = options->body_limit(options->context, head->method, head->path);
    if (head->content_length > connection->body_limit) {
        refuse(connection, 413);
        return;
    }
    start_body(connection);
}

/* Separates the head from what came behind it and judges it. */
static void take_head(Connection *connection, size_t size) {
    Str rest = str_part(buffer_str(&connection->input), size, connection->input.size);
    buffer_add(&connection->ahead, rest);
    connection->input.size = size;
    connection->arrived = clock_steady();
    int refused = http_head_parse(buffer_str(&connection->input), &connection->head);
    if (refused) {
        refuse(connection, refused);
    } else {
        accept_request(connection);
    }
}

/* Some old clients send an empty line behind a body (RFC 9112, 2.2). */
static void skip_empty_line(Connection *connection) {
    if (str_starts(buffer_str(&connection->input), STR("\r\n"))) drop_front(&connection->input, 2);
}

/* The clock runs from the first byte, not from the last: a byte a second does not push it on. */
static void start_request(Connection *connection) {
    connection->started = true;
    connection->arrived = clock_steady();
    connection->head.method = (Str){0};
    connection->head.path = (Str){0};
    set_deadline(connection, options_of(connection)->head_seconds);
    identify(connection);
    skip_empty_line(connection);
}

/* New bytes are in the input. */
static void read_head(Connection *connection) {
    if (!connection->started) start_request(connection);
    size_t limit = options_of(connection)->head_limit;
    size_t size = http_head_end(buffer_str(&connection->input), &connection->scanned);
    if (size > limit || (!size && connection->input.size > limit)) {
        refuse(connection, 431);
    } else if (size) {
        take_head(connection, size);
    }
}

/* A kept-alive connection should not sit on the memory of its largest request. */
static void tidy_buffer(Buffer *buffer) {
    buffer_clear(buffer);
    if (buffer->capacity > KEPT_BUFFER) buffer_free(buffer);
}

void connection_next_request(Connection *connection) {
    answer_clear(&connection->answer);
    tidy_buffer(&connection->input);
    tidy_buffer(&connection->body_buffer);
    Buffer rest = connection->ahead;
    connection->ahead = connection->input;
    connection->input = rest;
    connection->phase = CONNECTION_HEAD;
    connection->started = false;
    connection->scanned = 0;
    set_deadline(connection, options_of(connection)->idle_seconds);
    connection_resume_reading(connection);
    if (connection->input.size) read_head(connection);
}

/* Receives into the loop's scratch. Nothing (data NULL) when there is nothing or the connection had
 * to be closed: either way the caller is done with it. */
static Str receive(Connection *connection, size_t limit) {
    char *scratch = connection->loop->scratch;
    size_t size = limit < LOOP_SCRATCH_SIZE ? limit : LOOP_SCRATCH_SIZE;
    ssize_t received = recv(connection->socket, scratch, size, 0);
    if (received > 0) return (Str){.data = scratch, .size = (size_t)received};
    if (received == 0 || (errno != EAGAIN && errno != EINTR)) connection_close(connection);
    return (Str){0};
}

static void receive_head(Connection *connection) {
    Str bytes = receive(connection, LOOP_SCRATCH_SIZE);
    if (!bytes.data) return;
    buffer_add(&connection->input, bytes);
    read_head(connection);
}

/* Never more than the body is received while its length is known, so nothing has to be moved. */
static void receive_body(Connection *connection) {
    const HttpHead *head = &connection->head;
    size_t missing = head->content_length - connection->body_buffer.size;
    Str bytes = receive(connection, head->chunked ? LOOP_SCRATCH_SIZE : missing);
    if (!bytes.data) return;
    size_t used = 0;
    int step = feed_body(connection, bytes, &used);
    buffer_add(&connection->ahead, str_part(bytes, used, bytes.size));
    settle_body(connection, step);
}

static void on_readable(evutil_socket_t socket, short what, void *context) {
    (void)socket;
    (void)what;
    Connection *connection = context;
    switch (connection->phase) {
        case CONNECTION_HEAD: receive_head(connection); break;
        case CONNECTION_BODY: receive_body(connection); break;
        case CONNECTION_BUSY:
        case CONNECTION_WRITING: pause_reading(connection); break;
        case CONNECTION_STREAMING: /* only to notice that the client leaves */
        case CONNECTION_LINGERING: (void)receive(connection, LOOP_SCRATCH_SIZE); break;
    }
}

void connection_check_deadline(Connection *connection, int64_t now) {
    if (!connection->deadline || now < connection->deadline) return;
    bool reading = connection->started &&
                   (connection->phase == CONNECTION_HEAD || connection->phase == CONNECTION_BODY);
    if (reading) {
        refuse(connection, 408);
    } else {
        connection_close(connection);
    }
}

void connection_wind_down(Connection *connection) {
    bool idle = connection->phase == CONNECTION_HEAD && !connection->started;
    if (idle || connection->phase == CONNECTION_LINGERING) {
        connection_close(connection);
    } else if (connection->phase == CONNECTION_STREAMING) {
        stream_end(connection->answer.stream);
    }
}
