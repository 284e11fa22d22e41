/*
 * What orchestrators and Prometheus ask. Open to everybody, so nothing here tells of people or
 * records. Live and ready are two questions: a process whose database is away should be waited for,
 * not killed.
 */
#include "resources.h"

Status health_live(Call *call) {
    http_response_header(call->response, "Content-Type", STR("text/plain; charset=utf-8"));
    buffer_add(&call->response->body, STR("ok\n"));
    return STATUS_OK;
}

static Status ask_database(Transaction *transaction, void *data) {
    Rows *rows CLEANUP(store_drop) = NULL;
    (void)data;
    return store_ask_first(transaction, &rows, "SELECT 1");
}

Status health_ready(Call *call) {
    if (store_read(call->api->store, ask_database, NULL) != STATUS_OK) return STATUS_BUSY;
    return health_live(call);
}

/* Prometheus text format 0.0.4; names begin with the program's. */
static void add_figure(Buffer *out, const char *name, const char *kind, uint64_t value) {
    buffer_format(out, "# TYPE ondo_%s %s\nondo_%s %llu\n", name, kind, name,
                  (unsigned long long)value);
}

Status health_metrics(Call *call) {
    Buffer *out = &call->response->body;
    HttpFigures http = http_server_figures(call->api->server);
    StoreFigures store = store_figures(call->api->store);
    http_response_header(call->response, "Content-Type",
                         STR("text/plain; version=0.0.4; charset=utf-8"));
    add_figure(out, "http_requests_total", "counter", http.requests);
    add_figure(out, "http_refused_total", "counter", http.refused);
    add_figure(out, "http_sent_bytes_total", "counter", http.bytes_out);
    buffer_add(out, STR("# TYPE ondo_http_answers_total counter\n"));
    for (int class = 1; class <= 5; class ++) {
        buffer_format(out, "ondo_http_answers_total{class=\"%dxx\"} %llu\n", class,
                      (unsigned long long)http.by_class[class]);
    }
    add_figure(out, "http_connections", "gauge", (uint64_t)http.connections);
    add_figure(out, "http_waiting", "gauge", (uint64_t)http.waiting);
    add_figure(out, "http_streams", "gauge", (uint64_t)http.streams);
    add_figure(out, "store_reads_total", "counter", store.reads);
    add_figure(out, "store_writes_total", "counter", store.writes);
    add_figure(out, "store_commits_total", "counter", store.commits);
    add_figure(out, "store_rollbacks_total", "counter", store.rollbacks);
    add_figure(out, "store_retries_total", "counter", store.retries);
    return STATUS_OK;
}
