/*
 * A ring of requests under one lock, held for a few instructions. One queue for all workers has no
 * unlucky order: a request waits only while all of them are busy.
 */
#include "pool.h"

#include <pthread.h>
#include <stdlib.h>

#include "connection.h"
#include "loop.h"

struct Pool {
    HttpServer *server;
    pthread_mutex_t lock;
    pthread_cond_t wanted;
    Connection **ring;
    size_t capacity, first, count;
    int idle;
    bool stopped;
    int thread_count;
    pthread_t threads[];
};

size_t pool_push(Pool *pool, Connection *const *connections, size_t count) {
    pthread_mutex_lock(&pool->lock);
    size_t room = pool->stopped ? 0 : pool->capacity - pool->count;
    size_t pushed = count < room ? count : room;
    for (size_t i = 0; i < pushed; i++) {
        pool->ring[(pool->first + pool->count++) % pool->capacity] = connections[i];
    }
    /* One is enough: whoever takes a request and leaves others behind wakes the next worker. */
    FIGURE_ADD(pool->server->waiting, (int)pushed);
    bool wake = pool->idle > 0 && pushed > 0;
    pthread_mutex_unlock(&pool->lock);
    if (wake) pthread_cond_signal(&pool->wanted);
    return pushed;
}

/* The next request, waiting for it; NULL when the pool stops. */
static Connection *pool_take(Pool *pool) {
    pthread_mutex_lock(&pool->lock);
    while (!pool->count && !pool->stopped) {
        pool->idle++;
        pthread_cond_wait(&pool->wanted, &pool->lock);
        pool->idle--;
    }
    Connection *connection = NULL;
    if (!pool->stopped) {
        connection = pool->ring[pool->first];
        pool->first = (pool->first + 1) % pool->capacity;
        pool->count--;
    }
    /* Waking one by one keeps few workers hot when requests are quick, and still brings in all of
     * them, one after the other, when handlers wait for a database. */
    bool wake = pool->count > 0 && pool->idle > 0;
    pthread_mutex_unlock(&pool->lock);
    if (wake) pthread_cond_signal(&pool->wanted);
    return connection;
}

/* The entity tags as the handler gave them out; see ANSWER_TAG_SUFFIX. */
static void restore_tags(Arena *arena, Connection *connection) {
    HttpHead *head = &connection->head;
    for (size_t i = 0; i < head->header_count; i++) {
        HttpHeader *header = &head->headers[i];
        bool unless = str_equal_ascii_case(header->name, STR("If-None-Match"));
        if (!unless && !str_equal_ascii_case(header->name, STR("If-Match"))) continue;
        Str plain = answer_plain_tags(arena, header->value);
        if (unless && plain.size != header->value.size) connection->tag_suffixed = true;
        header->value = plain;
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

/* The arena and the deflater live as long as the thread: a request starts with warm memory. */
static void *worker_run(void *argument) {
    Pool *pool = argument;
    HttpServer *server = pool->server;
    Arena *arena = arena_new();
    AnswerMaker maker = {0};
    Connection *connection;
    while ((connection = pool_take(pool))) {
        FIGURE_ADD(server->waiting, -1);
        answer_request(server, connection, arena, &maker);
        arena_reset(arena);
        /* From here on the connection is the loop's again, and may already be gone. */
        loop_post_answer(connection->loop, connection);
    }
    answer_maker_free(&maker);
    arena_free(arena);
    return NULL;
}

Status pool_start(HttpServer *server, int workers, int limit, Pool **out) {
    Pool *pool = calloc(1, sizeof *pool + (size_t)workers * sizeof *pool->threads);
    Connection **ring = calloc((size_t)limit, sizeof *ring);
    if (!pool || !ring) abort();
    pool->server = server;
    pool->ring = ring;
    pool->capacity = (size_t)limit;
    pthread_mutex_init(&pool->lock, NULL);
    pthread_cond_init(&pool->wanted, NULL);
    for (int i = 0; i < workers; i++) {
        if (pthread_create(&pool->threads[i], NULL, worker_run, pool) != 0) {
            pool_stop(pool);
            pool_free(pool);
            return STATUS_FAILED;
        }
        pool->thread_count++;
    }
    *out = pool;
    return STATUS_OK;
}

void pool_stop(Pool *pool) {
    pthread_mutex_lock(&pool->lock);
    pool->stopped = true;
    pthread_cond_broadcast(&pool->wanted);
    pthread_mutex_unlock(&pool->lock);
    for (int i = 0; i < pool->thread_count; i++) pthread_join(pool->threads[i], NULL);
    pool->thread_count = 0;
}

void pool_free(Pool *pool) {
    if (!pool) return;
    pthread_cond_destroy(&pool->wanted);
    pthread_mutex_destroy(&pool->lock);
    free(pool->ring);
    free(pool);
}
