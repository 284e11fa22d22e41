/*
 * Each connection belongs to one loop and is touched by its thread alone. The first loop accepts
 * and deals the sockets out in turn: with SO_REUSEPORT the kernel's hash would leave one of two
 * loops with most of a few busy connections.
 *
 * Other threads reach a loop through its letter box, which is a few lists under a lock and an
 * eventfd. Only the letter that finds the box empty rings; those that follow until the loop looks
 * cost no system call.
 */
#include "loop.h"

#include <errno.h>
#include <event2/event.h>
#include <event2/listener.h>
#include <netdb.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdlib.h>
#include <sys/eventfd.h>
#include <unistd.h>
#include <utlist.h>

#include "clock.h"
#include "connection.h"
#include "log.h"
#include "pool.h"
#include "stream.h"

enum { SWEEP_MILLISECONDS = 250, LISTEN_BACKLOG = 1024 };

/** A socket on its way from the accepting loop to its own. */
typedef struct Arrival {
    struct Arrival *next;
    int socket;
    Address address;
    bool counted;
} Arrival;

/* With the lock held: true for the one letter that must ring; the loop empties the box in one go.
 */
static bool mark_notified(Loop *loop) {
    bool first = !loop->notified;
    loop->notified = true;
    return first;
}

static void ring(Loop *loop) {
    /* A full counter means that the loop is woken anyway. */
    if (eventfd_write(loop->notifier, 1) != 0 && errno != EAGAIN) abort();
}

void loop_post_answer(Loop *loop, Connection *connection) {
    pthread_mutex_lock(&loop->lock);
    /* The order among connections does not matter, and a connection has one answer at a time. */
    LL_PREPEND2(loop->answered, connection, next_queued);
    bool first = mark_notified(loop);
    pthread_mutex_unlock(&loop->lock);
    if (first) ring(loop);
}

void loop_post_stream(Loop *loop, HttpStream *stream) {
    pthread_mutex_lock(&loop->lock);
    stream_set_next(stream, loop->streams);
    loop->streams = stream;
    bool first = mark_notified(loop);
    pthread_mutex_unlock(&loop->lock);
    if (first) ring(loop);
}

static void loop_post_arrival(Loop *loop, Arrival *arrival) {
    pthread_mutex_lock(&loop->lock);
    LL_PREPEND(loop->arrivals, arrival);
    bool first = mark_notified(loop);
    pthread_mutex_unlock(&loop->lock);
    if (first) ring(loop);
}

void loop_wake(Loop *loop) {
    pthread_mutex_lock(&loop->lock);
    bool first = mark_notified(loop);
    pthread_mutex_unlock(&loop->lock);
    if (first) ring(loop);
}

static void open_arrivals(Loop *loop, Arrival *arrival) {
    while (arrival) {
        Arrival *next = arrival->next;
        connection_open(loop, arrival->socket, arrival->address, arrival->counted);
        free(arrival);
        arrival = next;
    }
}

static void send_answers(Connection *connection) {
    while (connection) {
        Connection *next = connection->next_queued; /* sending may free the connection */
        connection_answered(connection);
        connection = next;
    }
}

static void send_streams(HttpStream *stream) {
    while (stream) {
        HttpStream *next = stream_next(stream);
        stream_unlist(stream);
        if (stream_connection(stream)) connection_stream_ready(stream_connection(stream));
        stream_drop(stream);
        stream = next;
    }
}

/* Once, when the server has begun to stop: a request that is coming in may still be finished. */
static void wind_down(Loop *loop) {
    if (loop->wound_down || !atomic_load(&loop->server->stopping)) return;
    loop->wound_down = true;
    if (loop->listener) evconnlistener_free(loop->listener);
    loop->listener = NULL;
    Connection *connection, *next;
    DL_FOREACH_SAFE(loop->connections, connection, next) {
        connection_wind_down(connection);
    }
}

static void on_letters(evutil_socket_t notifier, short what, void *context) {
    (void)what;
    Loop *loop = context;
    eventfd_t count;
    if (eventfd_read(notifier, &count) != 0) return;
    pthread_mutex_lock(&loop->lock);
    Connection *answered = loop->answered;
    HttpStream *streams = loop->streams;
    Arrival *arrivals = loop->arrivals;
    loop->answered = NULL;
    loop->streams = NULL;
    loop->arrivals = NULL;
    loop->notified = false;
    bool leaving = loop->leaving;
    pthread_mutex_unlock(&loop->lock);
    open_arrivals(loop, arrivals);
    send_answers(answered);
    send_streams(streams);
    wind_down(loop);
    if (leaving) event_base_loopbreak(loop->base);
}

/* Deadlines of seconds need no timer each: walking all connections four times a second is cheaper
 * than moving a timer twice a request. */
static void on_sweep(evutil_socket_t none, short what, void *context) {
    (void)none;
    (void)what;
    Loop *loop = context;
    int64_t now = clock_steady();
    Connection *connection, *next;
    DL_FOREACH_SAFE(loop->connections, connection, next) {
        connection_check_deadline(connection, now);
    }
    if (loop->listener && loop->listener_resting) {
        loop->listener_resting = false;
        evconnlistener_enable(loop->listener);
    }
}

void loop_dispatch(Loop *loop, Connection *connection) {
    if (loop->ready_count == loop->ready_capacity) {
        loop->ready_capacity = loop->ready_capacity ? loop->ready_capacity * 2 : 64;
        loop->ready = realloc(loop->ready, loop->ready_capacity * sizeof *loop->ready);
        if (!loop->ready) abort();
    }
    /* An activated event runs after those of this round that are already on the list: so all
     * requests of a round go to the workers under one lock and with one wake-up. */
    if (loop->ready_count == 0) event_active(loop->dispatch, EV_TIMEOUT, 0);
    loop->ready[loop->ready_count++] = connection;
}

static void on_dispatch(evutil_socket_t none, short what, void *context) {
    (void)none;
    (void)what;
    Loop *loop = context;
    size_t count = loop->ready_count;
    size_t pushed = pool_push(loop->server->pool, loop->ready, count);
    loop->ready_count = 0;
    /* Sending a refusal may bring the next request of its connection, behind those looked at here.
     */
    for (size_t i = pushed; i < count; i++) connection_overloaded(loop->ready[i]);
}

static void on_accept(struct evconnlistener *listener, evutil_socket_t socket,
                      struct sockaddr *from, int size, void *context) {
    (void)listener;
    (void)size;
    Loop *first = context;
    HttpServer *server = first->server;
    Address address = address_of(from);
    /* Everybody comes through the proxy: it is not one address in this sense. */
    bool counted = !server->has_proxy || !address_equal(address, server->proxy);
    if (counted && !addresses_enter(server->addresses, address)) {
        FIGURE_ADD(server->refused, 1);
        close(socket);
        return;
    }
    int yes = 1; /* an answer leaves whole, so there is nothing to gain from waiting for more */
    setsockopt(socket, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
    FIGURE_ADD(server->connections, 1);
    Loop *loop = server->loops[first->accepted++ % (unsigned)server->loop_count];
    if (loop == first) {
        connection_open(loop, socket, address, counted);
        return;
    }
    Arrival *arrival = calloc(1, sizeof *arrival);
    if (!arrival) abort();
    *arrival = (Arrival){.socket = socket, .address = address, .counted = counted};
    loop_post_arrival(loop, arrival);
}

static void on_accept_error(struct evconnlistener *listener, void *context) {
    Loop *loop = context;
    /* Mostly out of descriptors: resting until the next sweep is better than spinning. */
    log_write(LOG_LEVEL_WARNING, "cannot accept a connection",
              LOG_TEXT("reason", str_of(strerror(errno))));
    evconnlistener_disable(listener);
    loop->listener_resting = true;
}

static int port_of(evutil_socket_t socket) {
    struct sockaddr_storage bound;
    socklen_t size = sizeof bound;
    if (getsockname(socket, (struct sockaddr *)&bound, &size) != 0) return 0;
    return bound.ss_family == AF_INET6 ? ntohs(((struct sockaddr_in6 *)&bound)->sin6_port)
                                       : ntohs(((struct sockaddr_in *)&bound)->sin_port);
}

static void free_addresses(struct addrinfo **found) {
    if (*found) freeaddrinfo(*found);
}

Status loop_listen(Loop *loop) {
    const HttpOptions *options = &loop->server->options;
    char port[16];
    snprintf(port, sizeof port, "%d", options->port);
    struct addrinfo wanted = {.ai_socktype = SOCK_STREAM, .ai_flags = AI_PASSIVE};
    struct addrinfo *found CLEANUP(free_addresses) = NULL;
    int failed = getaddrinfo(options->address, port, &wanted, &found);
    if (!failed) {
        loop->listener = evconnlistener_new_bind(
            loop->base, on_accept, loop,
            LEV_OPT_CLOSE_ON_FREE | LEV_OPT_CLOSE_ON_EXEC | LEV_OPT_REUSEABLE, LISTEN_BACKLOG,
            found->ai_addr, (int)found->ai_addrlen);
    }
    if (!loop->listener) {
        log_write(LOG_LEVEL_ERROR, "cannot listen", LOG_TEXT("address", str_of(options->address)),
                  LOG_NUMBER("port", options->port),
                  LOG_TEXT("reason", str_of(failed ? gai_strerror(failed) : strerror(errno))));
        return STATUS_FAILED;
    }
    evconnlistener_set_error_cb(loop->listener, on_accept_error);
    loop->server->port = port_of(evconnlistener_get_fd(loop->listener));
    return STATUS_OK;
}

static struct event_base *new_base(void) {
    struct event_config *config = event_config_new();
    /* The base belongs to its thread alone; the letter box has its own lock. */
    event_config_set_flag(config, EVENT_BASE_FLAG_NOLOCK);
    struct event_base *base = event_base_new_with_config(config);
    event_config_free(config);
    return base;
}

Loop *loop_new(HttpServer *server, int index) {
    Loop *loop = calloc(1, sizeof *loop);
    if (!loop) abort();
    loop->server = server;
    loop->index = index;
    pthread_mutex_init(&loop->lock, NULL);
    loop->scratch = malloc(LOOP_SCRATCH_SIZE);
    loop->notifier = eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC);
    loop->base = new_base();
    if (!loop->scratch || loop->notifier < 0 || !loop->base) abort();
    loop->letters = event_new(loop->base, loop->notifier, EV_READ | EV_PERSIST, on_letters, loop);
    loop->sweep = event_new(loop->base, -1, EV_PERSIST, on_sweep, loop);
    loop->dispatch = event_new(loop->base, -1, 0, on_dispatch, loop);
    if (!loop->letters || !loop->sweep || !loop->dispatch) abort();
    struct timeval every = {.tv_usec = SWEEP_MILLISECONDS * 1000};
    event_add(loop->letters, NULL);
    event_add(loop->sweep, &every);
    return loop;
}

static void *loop_run(void *argument) {
    Loop *loop = argument;
    event_base_loop(loop->base, EVLOOP_NO_EXIT_ON_EMPTY);
    return NULL;
}

Status loop_start(Loop *loop) {
    loop->running = pthread_create(&loop->thread, NULL, loop_run, loop) == 0;
    return loop->running ? STATUS_OK : STATUS_FAILED;
}

void loop_end(Loop *loop) {
    if (!loop->running) return;
    pthread_mutex_lock(&loop->lock);
    loop->leaving = true;
    pthread_mutex_unlock(&loop->lock);
    loop_wake(loop);
    pthread_join(loop->thread, NULL);
    loop->running = false;
}

static void drop_letters(Loop *loop) {
    for (HttpStream *stream = loop->streams, *next; stream; stream = next) {
        next = stream_next(stream);
        stream_drop(stream);
    }
    Arrival *arrival, *next;
    LL_FOREACH_SAFE(loop->arrivals, arrival, next) {
        close(arrival->socket);
        free(arrival);
    }
}

void loop_free(Loop *loop) {
    if (loop->listener) evconnlistener_free(loop->listener);
    Connection *connection, *next;
    DL_FOREACH_SAFE(loop->connections, connection, next) {
        connection_close(connection);
    }
    drop_letters(loop); /* after the connections: closing one may still send a letter */
    event_free(loop->letters);
    event_free(loop->sweep);
    event_free(loop->dispatch);
    event_base_free(loop->base);
    close(loop->notifier);
    answer_maker_free(&loop->maker);
    pthread_mutex_destroy(&loop->lock);
    free(loop->ready);
    free(loop->scratch);
    free(loop);
}
