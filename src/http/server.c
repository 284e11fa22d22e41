/*
 * Starting and stopping: the order in which the parts come up and go down. Nothing is accepted
 * before somebody could answer it, and nothing goes that a request under way still needs.
 */
#include "server.h"

#include <pthread.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/random.h>
#include <time.h>
#include <unistd.h>

#include "clock.h"
#include "core.h"
#include "log.h"
#include "loop.h"
#include "pool.h"

static int cores(void) {
    long count = sysconf(_SC_NPROCESSORS_ONLN);
    return count > 0 ? (int)count : 1;
}

static int or_default(int value, int fallback) {
    return value > 0 ? value : fallback;
}

/* Without a word about bodies there are none. */
static size_t refuse_bodies(void *context, Str method, Str path) {
    (void)context;
    (void)method;
    (void)path;
    return 0;
}

static HttpOptions with_defaults(const HttpOptions *given) {
    HttpOptions options = *given;
    int workers = 16 * cores();
    options.loops = or_default(given->loops, cores());
    options.workers = or_default(given->workers, workers < 32 ? 32 : workers);
    int at_once = given->workers > 0 ? given->workers : 2 * cores();
    options.at_once = or_default(given->at_once, at_once < 4 ? 4 : at_once);
    options.head_limit = given->head_limit ? given->head_limit : 16 * 1024;
    options.head_seconds = or_default(given->head_seconds, 10);
    options.body_seconds = or_default(given->body_seconds, 60);
    options.idle_seconds = or_default(given->idle_seconds, 60);
    options.connections_per_address = or_default(given->connections_per_address, 512);
    options.queue_limit = or_default(given->queue_limit, 4096);
    if (!options.body_limit) options.body_limit = refuse_bodies;
    return options;
}

static void choose_id_prefix(HttpServer *server) {
    static const char LETTERS[] = "0123456789abcdefghijklmnopqrstuv";
    unsigned char bytes[sizeof server->id_prefix];
    /* Ids need not be secret: a time would do as well if the system had no randomness yet. */
    if (getrandom(bytes, sizeof bytes, GRND_NONBLOCK) != (ssize_t)sizeof bytes) {
        int64_t now = clock_steady();
        for (size_t i = 0; i < sizeof bytes; i++) bytes[i] = (unsigned char)(now >> (i % 8 * 5));
    }
    for (size_t i = 0; i < sizeof bytes; i++) server->id_prefix[i] = LETTERS[bytes[i] % 32];
}

static HttpServer *server_new(const HttpOptions *given) {
    HttpServer *server = calloc(1, sizeof *server);
    if (!server) abort();
    server->options = with_defaults(given);
    server->has_proxy =
        given->trusted_proxy && address_parse(str_of(given->trusted_proxy), &server->proxy);
    server->addresses = addresses_new(server->options.connections_per_address);
    choose_id_prefix(server);
    server->loop_count = server->options.loops;
    server->loops = calloc((size_t)server->loop_count, sizeof(Loop *));
    if (!server->loops) abort();
    for (int i = 0; i < server->loop_count; i++) server->loops[i] = loop_new(server, i);
    return server;
}

/* The order matters: a worker posts to its loops until it ends, a loop pushes until it ends. */
static void server_free(HttpServer *server) {
    if (server->pool) pool_stop(server->pool);
    for (int i = 0; i < server->loop_count; i++) loop_end(server->loops[i]);
    pool_free(server->pool);
    for (int i = 0; i < server->loop_count; i++) loop_free(server->loops[i]);
    addresses_free(server->addresses);
    free(server->loops);
    free(server);
}

static Status start_threads(HttpServer *server) {
    const HttpOptions *options = &server->options;
    Status status =
        pool_start(server, options->workers, options->at_once, options->queue_limit, &server->pool);
    for (int i = 0; i < server->loop_count && !status; i++) status = loop_start(server->loops[i]);
    if (status) log_write_fields(LOG_LEVEL_ERROR, "cannot start the server's threads", NULL, 0);
    return status;
}

Status http_server_start(const HttpOptions *options, HttpServer **out) {
    if (options->trusted_proxy) {
        Address ignored;
        if (!address_parse(str_of(options->trusted_proxy), &ignored)) {
            log_write(LOG_LEVEL_ERROR, "the trusted proxy is not an address",
                      LOG_TEXT("address", str_of(options->trusted_proxy)));
            return STATUS_FAILED;
        }
    }
    HttpServer *server = server_new(options);
    Status status = loop_listen(server->loops[0]);
    if (!status) {
        /* Signals are for the process's main thread, and a gone client's SIGPIPE for nobody. */
        sigset_t all, before;
        sigfillset(&all);
        pthread_sigmask(SIG_SETMASK, &all, &before);
        status = start_threads(server);
        pthread_sigmask(SIG_SETMASK, &before, NULL);
    }
    if (status) {
        server_free(server);
        return status;
    }
    *out = server;
    return STATUS_OK;
}

int http_server_port(const HttpServer *server) {
    return server->port;
}

void http_server_stop(HttpServer *server, int seconds) {
    if (!server) return;
    int64_t deadline = clock_steady() + seconds * CLOCK_SECOND;
    atomic_store(&server->stopping, true);
    for (int i = 0; i < server->loop_count; i++) loop_wake(server->loops[i]);
    /* Stopping happens once in a process's life; looking now and then is good enough. */
    const struct timespec pause = {.tv_nsec = 2 * 1000 * 1000};
    while (atomic_load(&server->connections) > 0 && clock_steady() < deadline) {
        nanosleep(&pause, NULL);
    }
    server_free(server);
}

HttpFigures http_server_figures(HttpServer *server) {
    HttpFigures figures = {
        .requests = atomic_load(&server->requests),
        .refused = atomic_load(&server->refused),
        .bytes_out = atomic_load(&server->bytes_out),
        .connections = atomic_load(&server->connections),
        .waiting = atomic_load(&server->waiting),
        .streams = atomic_load(&server->streams),
    };
    for (size_t i = 0; i < sizeof figures.by_class / sizeof *figures.by_class; i++) {
        figures.by_class[i] = atomic_load(&server->by_class[i]);
    }
    return figures;
}

void http_server_step_aside(HttpServer *server) {
    pool_step_aside(server->pool);
}

void http_server_step_back(HttpServer *server) {
    pool_step_back(server->pool);
}
