/*
 * One connection: reads a bounded request, waits for its answer, sends it, and goes on. All of it
 * runs on the thread of the connection's loop, but for the time between dispatch and answer, when
 * the request and the answer belong to a worker and the loop leaves them alone.
 */
#ifndef ONDO_HTTP_CONNECTION_H
#define ONDO_HTTP_CONNECTION_H

#include <event2/event.h>
#include <event2/event_struct.h>

#include "answer.h"
#include "chunks.h"
#include "core.h"
#include "message.h"

typedef struct Connection Connection;

typedef enum ConnectionPhase {
    CONNECTION_HEAD,      /* waiting for a request, or inside its head */
    CONNECTION_BODY,      /* the head is accepted, the body is coming */
    CONNECTION_BUSY,      /* with a worker, or on the way there or back */
    CONNECTION_WRITING,   /* the answer is going out */
    CONNECTION_STREAMING, /* an answer without end is going out */
    CONNECTION_LINGERING  /* refused and shut for writing; throws away what still comes in */
} ConnectionPhase;

/** One client, from its first byte to its last. Owned by the thread of its loop, but for the time
 * that it is with a worker. */
struct Connection {
    Connection *prev, *next; /* all connections of the loop */
    Connection *next_queued; /* in the loop's list of answered ones */
    Loop *loop;
    int socket;
    struct event readable, writable; /* added and taken away as the phase asks */
    ConnectionPhase phase;
    bool reading;     /* the readable event is set */
    bool counted;     /* in the count of its address */
    bool started;     /* the first byte of a request was there */
    bool unread;      /* refused before all of the request was read */
    int64_t deadline; /* steady milliseconds; 0: none */
    int64_t arrived;  /* steady milliseconds at which the request's head was there */
    Address address;  /* the client's, or what a trusted proxy says it is */
    char address_text[ADDRESS_TEXT_SIZE];

    Buffer input;     /* the head that is being read or answered; its strings point in here */
    Buffer ahead;     /* what came behind it */
    size_t scanned;   /* how far the end of the head was looked for */
    size_t head_size; /* bytes of input that are the head */
    HttpHead head;
    Buffer body_buffer;
    Str body;          /* whole, in body_buffer or in input */
    size_t body_limit; /* the route's, known once the head is read */
    HttpChunks chunks; /* of a body that comes in pieces */
    Str peer, request_id;
    char id_text[32];
    bool secure; /* by TLS, ours or a trusted proxy's */
    Coding had;  /* as in AnswerFacts; set by the worker */

    Answer answer;
    struct evbuffer *output; /* what the socket did not take at once; NULL until needed */
};

/** Takes over an accepted socket, which is closed when the connection ends. */
void connection_open(Loop *loop, int socket, Address address, bool counted);
/** The worker's answer is in `connection->answer`: sends it. */
void connection_answered(Connection *connection);
/** The loop has no place for the request: 503. */
void connection_overloaded(Connection *connection);
/** Its stream has something to send, or ended. */
void connection_stream_ready(Connection *connection);
/** Ends what took too long. `now` in steady milliseconds. */
void connection_check_deadline(Connection *connection, int64_t now);
/** The server stops: ends what idles or streams; requests under way go on. */
void connection_wind_down(Connection *connection);
/** Closes at once and frees. Not while a worker has it. */
void connection_close(Connection *connection);

/** Goes on with what follows the answered request. May free the connection. */
void connection_next_request(Connection *connection);
/** Has the loop tell again when bytes come in. */
void connection_resume_reading(Connection *connection);
/** Writes the access log's line for the answer, if the server wants one. */
void connection_log(const Connection *connection);
/** What an answer to the request under way depends on. */
AnswerFacts connection_facts(const Connection *connection);

#endif
