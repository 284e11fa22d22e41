/* The worker threads and the bounded queue before them. */
#ifndef ONDO_HTTP_POOL_H
#define ONDO_HTTP_POOL_H

#include "core.h"

typedef struct Connection Connection;

/**
 * Starts `workers` threads; the queue holds `limit` requests. At most `at_once` of them work at the
 * same time, not counting those that have stepped aside: more than the cores can run would only
 * take turns.
 */
MUST_USE Status pool_start(HttpServer *server, int workers, int at_once, int limit, Pool **out);
/** Around a wait of the calling worker: meanwhile another one may take its place. */
void pool_step_aside(Pool *pool);
/**
 * The calling worker waits for something outside, such as a commit: another one may work
 * meanwhile, so that slow disks do not idle the processor.
 */
void pool_step_back(Pool *pool);
/** Queues requests, in order. Returns how many found a place; the others stay with the caller. */
size_t pool_push(Pool *pool, Connection *const *connections, size_t count);
/** Lets the workers finish what they do and joins them; what waits is dropped, pushing is refused.
 */
void pool_stop(Pool *pool);
/** After the loops have ended, since they push until then. NULL is allowed. */
void pool_free(Pool *pool);

#endif
