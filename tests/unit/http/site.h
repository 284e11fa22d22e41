/* The site that the server's tests visit: one handler with a path for each kind of answer. */
#ifndef ONDO_TEST_HTTP_SITE_H
#define ONDO_TEST_HTTP_SITE_H

#include <pthread.h>
#include <semaphore.h>
#include <stdatomic.h>

#include "client.h"

enum { SITE_BODY_LIMIT = 1000, SITE_LARGE = 8 * 1024 * 1024, SITE_STREAMS = 4 };

typedef struct Site {
    HttpServer *server;
    sem_t release;      /* lets one request of /hold go on */
    atomic_int holding; /* requests inside /hold */
    atomic_int handled;
    pthread_mutex_t lock; /* of the streams */
    HttpStream *streams[SITE_STREAMS];
    int stream_count;
    char file_path[64];
} Site;

static inline void site_echo(const HttpRequest *request, HttpResponse *response) {
    http_response_header(response, "Content-Type", STR("text/plain"));
    buffer_format(&response->body, "%.*s %.*s?%.*s peer=%.*s secure=%d\n",
                  STR_ARGS(request->method), STR_ARGS(request->path), STR_ARGS(request->query),
                  STR_ARGS(request->peer), request->secure);
    buffer_add(&response->body, request->body);
}

static inline void site_document(const HttpRequest *request, HttpResponse *response) {
    http_response_header(response, "Content-Type", STR("application/json; charset=utf-8"));
    http_response_header(response, "ETag", STR("\"7\""));
    Str matches = http_request_header(request, "If-None-Match");
    if (str_is(matches, "\"7\"")) {
        response->status = 304;
        return;
    }
    while (response->body.size < 100 * 1024) buffer_add(&response->body, STR("{\"a\":\"あ\"},"));
}

static inline void site_stream(Site *site, HttpResponse *response) {
    http_response_header(response, "Content-Type", STR("text/event-stream"));
    HttpStream *stream = http_response_stream(site->server, response);
    pthread_mutex_lock(&site->lock);
    site->streams[site->stream_count++] = stream;
    pthread_mutex_unlock(&site->lock);
}

static inline void site_hold(Site *site, HttpResponse *response) {
    atomic_fetch_add(&site->holding, 1);
    sem_wait(&site->release);
    atomic_fetch_sub(&site->holding, 1);
    buffer_add(&response->body, STR("held"));
}

static inline void site_file(Site *site, HttpResponse *response) {
    response->file_path = str_of(site->file_path);
    response->remove_file = true;
}

static inline void site_handle(void *context, const HttpRequest *request, HttpResponse *response) {
    static const char PAGE[] = "bytes that live as long as the process";
    Site *site = context;
    atomic_fetch_add(&site->handled, 1);
    if (str_is(request->path, "/document")) {
        site_document(request, response);
    } else if (str_is(request->path, "/stream")) {
        site_stream(site, response);
    } else if (str_is(request->path, "/hold")) {
        site_hold(site, response);
    } else if (str_is(request->path, "/file")) {
        site_file(site, response);
    } else if (str_is(request->path, "/static")) {
        response->static_body = str_of(PAGE);
    } else if (str_is(request->path, "/large")) {
        memset(buffer_room(&response->body, SITE_LARGE), 'x', SITE_LARGE);
        response->body.size = SITE_LARGE;
    } else if (str_is(request->path, "/nothing")) {
        response->status = 204;
    } else if (str_is(request->path, "/inject")) {
        http_response_header(response, "X-Said", STR("fine\r\nX-Forged: yes\r\n\r\n<html>"));
    } else {
        site_echo(request, response);
    }
}

static inline size_t site_body_limit(void *context, Str method, Str path) {
    (void)context;
    (void)method;
    return str_is(path, "/none") ? 0 : SITE_BODY_LIMIT;
}

/** Opens the site with these options; address, port, handler and context are filled in. */
static inline void site_open(Site *site, HttpOptions options) {
    memset(site, 0, sizeof *site);
    sem_init(&site->release, 0, 0);
    pthread_mutex_init(&site->lock, NULL);
    options.address = "127.0.0.1";
    options.handler = site_handle;
    options.body_limit = site_body_limit;
    options.context = site;
    assert_int_equal(http_server_start(&options, &site->server), STATUS_OK);
}

static inline void site_close(Site *site) {
    for (int i = 0; i < site->stream_count; i++) http_stream_release(site->streams[i]);
    if (site->server) http_server_stop(site->server, 2);
    sem_destroy(&site->release);
    pthread_mutex_destroy(&site->lock);
}

/** Waits until a condition holds, at most as long as a client is patient. */
#define WAIT_UNTIL(condition)                                                       \
    do {                                                                            \
        int64_t wait_end = clock_steady() + CLIENT_PATIENCE_SECONDS * CLOCK_SECOND; \
        while (!(condition) && clock_steady() < wait_end) sleep_milliseconds(2);    \
        assert_true(condition);                                                     \
    } while (0)

#endif
