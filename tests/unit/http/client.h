/* A plain client on a raw socket: it sends exactly the bytes a test wants and shows what came back.
 */
#ifndef ONDO_TEST_HTTP_CLIENT_H
#define ONDO_TEST_HTTP_CLIENT_H

#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#include <cmocka.h>

#include "clock.h"
#include "server.h"

enum { CLIENT_PATIENCE_SECONDS = 10 };

/** What came back. `head` holds the status line and headers; free with reply_free. */
typedef struct Reply {
    int status; /* 0: the other end closed without an answer */
    Buffer head, body;
} Reply;

static inline void reply_free(Reply *reply) {
    buffer_free(&reply->head);
    buffer_free(&reply->body);
}

static inline void client_close(int *socket) {
    if (*socket >= 0) close(*socket);
    *socket = -1;
}

/** A connection to the server; ends with the scope under CLEANUP(client_close). */
static inline int client_open(const HttpServer *server) {
    int client = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    struct sockaddr_in address = {.sin_family = AF_INET,
                                  .sin_port = htons((uint16_t)http_server_port(server)),
                                  .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    assert_int_equal(connect(client, (struct sockaddr *)&address, sizeof address), 0);
    struct timeval patience = {.tv_sec = CLIENT_PATIENCE_SECONDS};
    setsockopt(client, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
    return client;
}

/** Sends all bytes; false when the other end is gone. */
static inline bool client_send(int client, Str bytes) {
    while (bytes.size) {
        ssize_t sent = send(client, bytes.data, bytes.size, MSG_NOSIGNAL);
        if (sent <= 0) return false;
        bytes = str_part(bytes, (size_t)sent, bytes.size);
    }
    return true;
}

static inline void client_say(int client, const char *text) {
    assert_true(client_send(client, str_of(text)));
}

/* One byte, or -1 when the other end closed. Waiting in vain fails the test. */
static inline int client_byte(int client) {
    char byte;
    ssize_t got = recv(client, &byte, 1, 0);
    if (got < 0 && (errno == EAGAIN || errno == EWOULDBLOCK)) fail_msg("no answer in time");
    return got == 1 ? (unsigned char)byte : -1;
}

/** True if the other end closes (or resets) without a further byte. */
static inline bool client_closed(int client) {
    return client_byte(client) < 0;
}

static inline bool client_read_exactly(int client, size_t size, Buffer *out) {
    while (size) {
        ssize_t got = recv(client, buffer_room(out, size), size, 0);
        if (got <= 0) return false;
        out->size += (size_t)got;
        size -= (size_t)got;
    }
    return true;
}

/** Reads up to and with the mark; false when the other end closed before. */
static inline bool client_read_until(int client, Str mark, Buffer *out) {
    while (!str_ends(buffer_str(out), mark)) {
        int byte = client_byte(client);
        if (byte < 0) return false;
        buffer_add_byte(out, (char)byte);
    }
    return true;
}

/** The value of a header of the reply; data NULL when there is none. */
static inline Str reply_header(const Reply *reply, const char *name) {
    Str rest = buffer_str(&reply->head);
    while (rest.size) {
        Str value = str_cut(&rest, '\n');
        if (str_equal_ascii_case(str_cut(&value, ':'), str_of(name))) return str_trim(value);
    }
    return (Str){0};
}

/** Reads the head of an answer alone: what HEAD and streams get. */
static inline Reply client_read_head(int client) {
    Reply reply = {0};
    if (!client_read_until(client, STR("\r\n\r\n"), &reply.head)) return reply;
    buffer_add_byte(&reply.head, '\0');
    reply.head.size--;
    assert_int_equal(sscanf(reply.head.data, "HTTP/1.1 %d ", &reply.status), 1);
    return reply;
}

/** Reads one answer with the body that its Content-Length promises. */
static inline Reply client_read(int client) {
    Reply reply = client_read_head(client);
    int64_t size = 0;
    Str length = reply_header(&reply, "Content-Length");
    if (length.data) assert_true(str_to_integer(length, &size));
    assert_true(client_read_exactly(client, (size_t)size, &reply.body));
    return reply;
}

/** One request on a connection of its own; the reply, and whether the server closed after it. */
static inline Reply client_ask(const HttpServer *server, Str request) {
    int client CLEANUP(client_close) = client_open(server);
    assert_true(client_send(client, request));
    return client_read(client);
}

static inline void sleep_milliseconds(int milliseconds) {
    usleep((useconds_t)milliseconds * 1000);
}

#endif
