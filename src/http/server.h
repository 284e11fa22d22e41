/*
 * The HTTP server: libevent loops that read, bound and answer; workers that think.
 *
 * A loop never waits for a handler. It reads a whole, bounded request, hands it to a worker thread
 * and goes on with its other connections; the worker's answer comes back to the loop that owns the
 * connection. This layer knows nothing of databases or customers.
 *
 * Events, timers, listening and output buffers are libevent's. The request itself is read here and
 * not by evhttp: version 2.1 shows a request only when its body is in memory, so that it can
 * neither refuse one by its route from the head alone nor answer 431, and it accepts what another
 * reader takes differently (two lengths, folded lines, NULs, bodies of HEAD). One strict reader is
 * safer than a second one in front of it. Refused are: repeated or contradicting Content-Length and
 * Transfer-Encoding, malformed names, values and versions, NULs, folded lines (400); a head or a
 * body that takes too long as a whole, whatever trickles in (408); too long a head (431); a body
 * over its route's limit, by the head or by the chunk's size line, before it is read (413); more
 * requests than the queue holds (503 with Retry-After); too many connections of an address
 * (closed).
 *
 * Answers carry Date and X-Request-Id. Text and JSON over 1 KiB goes out in brotli or gzip to those
 * who take it; such an answer's strong ETag gets the suffix "-br" or "-gzip", which is taken off
 * If-Match and If-None-Match again before a handler sees them: handlers know only the tags that
 * they gave.
 */
#ifndef ONDO_HTTP_SERVER_H
#define ONDO_HTTP_SERVER_H

#include "buffer.h"

typedef struct HttpServer HttpServer;

/** One line of the head, as it came; names are compared without case. */
typedef struct HttpHeader {
    Str name, value;
} HttpHeader;

/** A request as a handler sees it. Everything lives until the handler returns. */
typedef struct HttpRequest {
    Arena *arena;
    Str method; /* "GET" */
    Str target; /* as sent, "/api/v1/hcp?limit=5" */
    Str path;   /* still percent-encoded, "/api/v1/hcp" */
    Str query;  /* still encoded, without the "?"; empty when absent */
    const HttpHeader *headers;
    size_t header_count;
    Str body;
    Str peer;       /* the address of the other end, "127.0.0.1"; a trusted proxy's word is taken */
    Str request_id; /* of our making, or the trusted proxy's X-Request-Id */
    bool secure;    /* came by TLS, as far as the trusted proxy says */
} HttpRequest;

/** The value of the first header of that name, any case; data is NULL when there is none. */
Str http_request_header(const HttpRequest *request, const char *name);
/** The value of a cookie; data is NULL when there is none. */
Str http_request_cookie(const HttpRequest *request, const char *name);

/** One decoded name=value of a query string. */
typedef struct HttpParameter {
    Str name, value;
} HttpParameter;

/**
 * Decodes a query string ("+" is a space) into the arena. STATUS_MALFORMED for a broken percent
 * escape, bytes that are not UTF-8, a NUL, or more than 100 parameters.
 */
MUST_USE Status http_query_parse(Arena *arena, Str query, HttpParameter **out, size_t *count);
/** Decodes percent escapes of a path segment; STATUS_MALFORMED as above. */
MUST_USE Status http_percent_decode(Arena *arena, Str text, Str *out);

/** A connection that stays open for server-sent events. Thread-safe, counted by reference. */
typedef struct HttpStream HttpStream;

/** What a handler answers. Starts as 200 without headers or body. */
typedef struct HttpResponse {
    int status;
    Buffer headers;     /* "Name: value\r\n" lines; use http_response_header */
    Buffer body;        /* becomes the server's */
    Str static_body;    /* instead of body: bytes that live as long as the process */
    Str file_path;      /* instead of body: a file to send, NUL-terminated behind its end */
    bool remove_file;   /* unlink the file once it is open */
    bool compressed;    /* the body already is what Content-Encoding says: leave it alone */
    HttpStream *stream; /* instead of body: set by http_response_stream */
} HttpResponse;

/**
 * Adds a header. The name must be a token and none of the server's own, which are Content-Length,
 * Transfer-Encoding, Connection, Date and X-Request-Id (asserted). The value is cut at a CR, LF or
 * NUL, so that nobody's text can add a header.
 */
void http_response_header(HttpResponse *response, const char *name, Str value);

/**
 * Turns the response into an endless one. The caller gets one reference and sends through it from
 * any thread until http_stream_send returns false, and then, or before, releases it; releasing the
 * last reference ends the answer. What is sent before the head has gone out waits for it. A stream
 * outlives its connection and the server: it just does not take anything any more.
 */
HttpStream *http_response_stream(HttpServer *server, HttpResponse *response);
/**
 * Queues a copy of the bytes. False once the other end is gone or the server stops, or when over
 * 1 MiB would wait unsent: such a reader is stuck and gets disconnected, since leaving out events
 * would deceive it.
 */
bool http_stream_send(HttpStream *stream, Str bytes);
/** False as soon as sending makes no sense any more. */
bool http_stream_open(const HttpStream *stream);
/** One more reference for another holder; returns the stream. */
HttpStream *http_stream_hold(HttpStream *stream);
/** Gives a reference back; NULL is allowed. */
void http_stream_release(HttpStream *stream);

/** Answers one request on a worker thread. */
typedef void HttpHandler(void *context, const HttpRequest *request, HttpResponse *response);

/** The largest body that the request may have, decided from its head alone; 0 allows none. */
typedef size_t HttpBodyLimit(void *context, Str method, Str path);

/** How a server listens and who answers; copied when it starts. */
typedef struct HttpOptions {
    const char *address; /* "127.0.0.1", "::1", "0.0.0.0" */
    int port;            /* 0 chooses a free one; see http_server_port */
    int loops;           /* event loops; 0: one a core */
    int workers;         /* 0: 16 a core, at least 32: most of them wait for something */
    int at_once;         /* workers that work at a time; 0: two a core, at least 4, or all given */
    size_t head_limit;   /* bytes; 0: 16 KiB */
    int head_seconds; /* for the whole head from the connection's or request's first byte; 0: 10 */
    int body_seconds; /* for the whole body; 0: 60 */
    int idle_seconds; /* a kept-alive connection without a request; 0: 60 */
    int connections_per_address; /* 0: 512 */
    int queue_limit; /* requests waiting for a worker before 503 with Retry-After; 0: 4096 */
    const char *
        trusted_proxy; /* address whose X-Forwarded-For/-Proto and X-Request-Id count; NULL: none */
    Str unlogged;      /* paths that begin so hold secrets: the rest of them is not logged */
    bool log_requests; /* a log line for each answer: method, path without query, status, time … */
    HttpHandler *handler;      /* called by the workers, several at once */
    HttpBodyLimit *body_limit; /* asked once the head is there, before any body is read */
    void *context;
} HttpOptions;

/** Binds and starts the threads. STATUS_FAILED with a logged reason when the address is taken. */
MUST_USE Status http_server_start(const HttpOptions *options, HttpServer **out);
/** The port in use, also when `port` was 0. */
int http_server_port(const HttpServer *server);
/**
 * Stops gracefully: no new connections, requests under way are answered (at most `seconds`), event
 * streams are ended; then joins all threads and frees the server. A handler that is still
 * running then is waited for, whatever `seconds` says.
 */
void http_server_stop(HttpServer *server, int seconds);

/**
 * Around a wait of a handler for something slow, such as a database's commit: meanwhile another
 * worker may take its place. Without it a wait counts as work. Only on a worker's thread.
 */
void http_server_step_aside(HttpServer *server);
/** Tells that the calling worker is about to wait; see pool_step_back. */
void http_server_step_back(HttpServer *server);

/** Figures for /metrics. */
typedef struct HttpFigures {
    uint64_t requests; /* well-formed heads */
    uint64_t refused;  /* answered by the server itself, or connections closed unheard */
    uint64_t bytes_out;
    uint64_t by_class[6];              /* answers by status / 100 */
    int connections, waiting, streams; /* now; `waiting` are requests without a worker */
} HttpFigures;
/** The figures now. Those that count since the start never go down. */
HttpFigures http_server_figures(HttpServer *server);

#endif
