/* What the parts of one server share. Only for this layer's own modules. */
#ifndef ONDO_HTTP_CORE_H
#define ONDO_HTTP_CORE_H

#include <stdatomic.h>

#include "addresses.h"
#include "server.h"

typedef struct Loop Loop;
typedef struct Pool Pool;

/** One server: threads that hold connections, threads that answer, and the figures of both. */
struct HttpServer {
    HttpOptions options; /* defaults filled in */
    bool has_proxy;
    Address proxy; /* whose word on clients is believed */
    Loop **loops;
    int loop_count;
    Pool *pool;
    Addresses *addresses;
    int port;           /* as bound, for a configured 0 */
    char id_prefix[12]; /* starts the request ids of this run, so that two runs do not share any */
    atomic_bool stopping; /* no new request is begun */
    atomic_uint_fast64_t requests, refused, bytes_out;
    atomic_uint_fast64_t by_class[6]; /* answers by the first digit of their status */
    atomic_int connections, waiting, streams;
};

/** Adds to a figure; figures order nothing else. */
#define FIGURE_ADD(figure, amount) \
    ((void)atomic_fetch_add_explicit(&(figure), (amount), memory_order_relaxed))

#endif
