/* One event loop and its thread: the connections it owns and the letters other threads send it. */
#ifndef ONDO_HTTP_LOOP_H
#define ONDO_HTTP_LOOP_H

#include <pthread.h>

#include "answer.h"
#include "core.h"

typedef struct Connection Connection;

enum { LOOP_SCRATCH_SIZE = 64 * 1024 };

struct evconnlistener;
struct event_base;
struct event;

/** A thread that waits for sockets. All of its connections are its own, so that nothing of them is
 * locked; others reach it by its letter box. */
struct Loop {
    HttpServer *server;
    struct event_base *base;
    struct event *letters, *sweep,
        *dispatch; /* the letter box; idle connections; what was read in this round */
    struct evconnlistener *listener; /* the first loop's, NULL with the others */
    bool listener_resting;           /* out of descriptors: tried again at the next sweep */
    int notifier;                    /* eventfd that says: look into the letter box */
    int index;
    pthread_t thread;
    bool running;      /* the thread was started */
    bool wound_down;   /* it has seen that the server stops */
    unsigned accepted; /* the next connection goes to the loop of this number, round and round */
    Connection *connections;
    Connection **ready; /* parsed in this round; handed to the workers together */
    size_t ready_count, ready_capacity;
    AnswerMaker maker;
    uint64_t requests; /* counts the ids given here */
    char *scratch;     /* LOOP_SCRATCH_SIZE bytes to receive into */

    pthread_mutex_t lock;     /* of what follows */
    Connection *answered;     /* by workers, to be sent */
    HttpStream *streams;      /* with something to send */
    struct Arrival *arrivals; /* accepted by the first loop for this one */
    bool notified, leaving;   /* a letter is on its way; the thread is to end */
};

/** A loop without a thread yet. */
Loop *loop_new(HttpServer *server, int index);
/** Binds the server's address to this loop; the port goes to `server->port`. */
MUST_USE Status loop_listen(Loop *loop);
/** Starts the loop's thread; the connections that it is given from then on are its own. */
MUST_USE Status loop_start(Loop *loop);
/** Has the loop notice that the server is stopping. */
void loop_wake(Loop *loop);
/** Ends and joins the thread, once the workers have ended. */
void loop_end(Loop *loop);
/** Closes all connections and frees; the thread has ended. */
void loop_free(Loop *loop);

/** From a worker: the connection's answer is ready. */
void loop_post_answer(Loop *loop, Connection *connection);
/** From any thread, with the stream's lock held: it wants to send. */
void loop_post_stream(Loop *loop, HttpStream *stream);
/** From the loop's own thread: hands the connection's request to the workers at the round's end. */
void loop_dispatch(Loop *loop, Connection *connection);

#endif
