/*
 * A ring of requests under one lock, held for a few instructions. One queue for all workers has no
 * unlucky order: a request waits only while all of them are busy.
 */
#include "pool.h"

#include <pthread.h>
#include <stdlib.h>

#include "connection.h"
#include "loop.h"

/*
 * A thread that answers. Each waits on a condition of its own, so that the pool says which one
 * wakes.
 */
typedef struct Worker {
    Pool *pool;
    pthread_t thread;
    pthread_cond_t wanted;
    bool called; /* taken off the stack of the idle */
    struct Worker *next_idle;
} Worker;

/* The workers, and the requests that wait for one of them. */
struct Pool {
    HttpServer *server;
    pthread_mutex_t lock;
    Connection **ring;
    size_t capacity, first, count;
    Worker *idle; /* a stack: whoever worked last is called first, with its memory still warm */
    int working;  /* have a request and have not stepped aside */
    int at_once;
    bool stopped;
    int worker_count;
    Worker workers[];
};

/* Whether a request waits and may be worked on now. Under the lock. */
static bool may_work(const Pool *pool) {
    return pool->count > 0 && pool->working < pool->at_once;
}

/* The worker to wake, off the stack; NULL when none is needed or idle. Under the lock. */
static Worker *call_worker(Pool *pool) {
    Worker *worker = pool->idle;
    if (!worker || !may_work(pool)) return NULL;
    pool->idle = worker->next_idle;
    worker->called = true;
    return worker;
}

/* After the lock is given back, so that the woken one need not wait for it. */
static void wake_worker(Worker *worker) {
    if (worker) pthread_cond_signal(&worker->wanted);
}

size_t pool_push(Pool *pool, Connection *const *connections, size_t count) {
    pthread_mutex_lock(&pool->lock);
    size_t room = pool->stopped ? 0 : pool->capacity - pool->count;
    size_t pushed = count < room ? count : room;
    for (size_t i = 0; i < pushed; i++) {
        pool->ring[(pool->first + pool->count++) % pool->capacity] = connections[i];
    }
    /* One is enough: whoever takes a request and leaves others behind wakes the next worker. */
    FIGURE_ADD(pool->server->waiting, (int)pushed);
    Worker *called = call_worker(pool);
    pthread_mutex_unlock(&pool->lock);
    wake_worker(called);
    return pushed;
}

static void wait_idle(Pool *pool, Worker *worker) {
    worker->called = false;
    worker->next_idle = pool->idle;
    pool->idle = worker;
    while (!worker->called && !pool->stopped) pthread_cond_wait(&worker->wanted, &pool->lock);
}

/* The next request, waiting for it; NULL when the pool stops. */
static Connection *pool_take(Pool *pool, Worker *worker) {
    pthread_mutex_lock(&pool->lock);
    while (!may_work(pool) && !pool->stopped) wait_idle(pool, worker);
    Connection *connection = NULL;
    if (!pool->stopped) {
        connection = pool->ring[pool->first];
        pool->first = (pool->first + 1) % pool->capacity;
        pool->count--;
        pool->working++;
    }
    /* Waking one by one keeps few workers hot when requests are quick, and still brings in all of
     * them, one after the other, when handlers wait for a database. */
    Worker *called = call_worker(pool);
    pthread_mutex_unlock(&pool->lock);
    wake_worker(called);
    return connection;
}

static void pool_done(Pool *pool) {
    pthread_mutex_lock(&pool->lock);
    pool->working--;
    pthread_mutex_unlock(&pool->lock);
}

void pool_step_aside(Pool *pool) {
    pthread_mutex_lock(&pool->lock);
    pool->working--;
    Worker *called = call_worker(pool);
    pthread_mutex_unlock(&pool->lock);
    wake_worker(called);
}

/* For the rest of its request there may be one more than `at_once`: nobody is interrupted. */
void pool_step_back(Pool *pool) {
    pthread_mutex_lock(&pool->lock);
    pool->working++;
    pthread_mutex_unlock(&pool->lock);
}

/* The entity tags as the handler gave them out. */
static void restore_tags(Arena *arena, Connection *connection) {
    HttpHead *head = &connection->head;
    for (size_t i = 0; i < head->header_count; i++) {
        HttpHeader *header = &head->headers[i];
        bool unless = str_equal_ascii_case(header->name, STR("If-None-Match"));
        if (!unless && !str_equal_ascii_case(header->name, STR("If-Match"))) continue;
        Coding had;
        header->value = answer_plain_tags(arena, header->value, &had);
        if (unless) connection->had = had;
    }
}

static void answer_request(HttpServer *server, Connection *connection, Arena *arena,
                           AnswerMaker *maker) {
    restore_tags(arena, connection);
    const HttpHead *head = &connection->head;
    HttpRequest request = {
        .arena = arena,
        .method = head->method,
        .target = head->target,
        .path = head->path,
        .query = head->query,
        .headers = head->headers,
        .header_count = head->header_count,
        .body = connection->body,
        .peer = connection->peer,
        .request_id = connection->request_id,
        .secure = connection->secure,
    };
    HttpResponse response = {.status = 200};
    server->options.handler(server->options.context, &request, &response);
    AnswerFacts facts = connection_facts(connection);
    answer_build(maker, &facts, &response, &connection->answer);
    connection_log(connection);
}

/* The arena and the compressor live as long as the thread: a request starts with warm memory. */
static void *worker_run(void *argument) {
    Worker *worker = argument;
    Pool *pool = worker->pool;
    HttpServer *server = pool->server;
    Arena *arena = arena_new();
    AnswerMaker maker = {0};
    Connection *connection;
    while ((connection = pool_take(pool, worker))) {
        FIGURE_ADD(server->waiting, -1);
        answer_request(server, connection, arena, &maker);
        arena_reset(arena);
        /* From here on the connection is the loop's again, and may already be gone. */
        loop_post_answer(connection->loop, connection);
        pool_done(pool);
    }
    answer_maker_free(&maker);
    arena_free(arena);
    return NULL;
}

Status pool_start(HttpServer *server, int workers, int at_once, int limit, Pool **out) {
    Pool *pool = calloc(1, sizeof *pool + (size_t)workers * sizeof *pool->workers);
    Connection **ring = calloc((size_t)limit, sizeof *ring);
    if (!pool || !ring) abort();
    pool->server = server;
    pool->ring = ring;
    pool->capacity = (size_t)limit;
    pool->at_once = at_once < workers ? at_once : workers;
    pthread_mutex_init(&pool->lock, NULL);
    for (int i = 0; i < workers; i++) {
        Worker *worker = &pool->workers[i];
        worker->pool = pool;
        pthread_cond_init(&worker->wanted, NULL);
        if (pthread_create(&worker->thread, NULL, worker_run, worker) != 0) {
            pthread_cond_destroy(&worker->wanted);
            pool_stop(pool);
            pool_free(pool);
            return STATUS_FAILED;
        }
        pool->worker_count++;
    }
    *out = pool;
    return STATUS_OK;
}

void pool_stop(Pool *pool) {
    pthread_mutex_lock(&pool->lock);
    pool->stopped = true;
    for (int i = 0; i < pool->worker_count; i++) pthread_cond_signal(&pool->workers[i].wanted);
    pthread_mutex_unlock(&pool->lock);
    for (int i = 0; i < pool->worker_count; i++) {
        pthread_join(pool->workers[i].thread, NULL);
        pthread_cond_destroy(&pool->workers[i].wanted);
    }
    pool->worker_count = 0;
}

void pool_free(Pool *pool) {
    if (!pool) return;
    pthread_mutex_destroy(&pool->lock);
    free(pool->ring);
    free(pool);
}
