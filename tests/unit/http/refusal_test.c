/* What the server does not take: malformed and ambiguous requests, too much, too slow, too many. */
#include "site.h"

/* The request is answered with the status and the connection ends; the handler sees nothing. */
static void assert_refused(Site *site, Str request, int status) {
    int before = atomic_load(&site->handled);
    int client CLEANUP(client_close) = client_open(site->server);
    assert_true(client_send(client, request));
    Reply reply CLEANUP(reply_free) = client_read(client);
    if (reply.status != status) {
        fail_msg("%d instead of %d for %.*s", reply.status, status, STR_ARGS(request));
    }
    assert_true(str_is(reply_header(&reply, "Connection"), "close"));
    assert_true(str_is(reply_header(&reply, "Content-Type"), "application/problem+json"));
    assert_true(reply_header(&reply, "X-Request-Id").size > 0);
    assert_true(client_closed(client));
    assert_int_equal(atomic_load(&site->handled), before);
}

#define HOST "Host: h\r\n"

static const Str MALFORMED[] = {
    /* two readers could see two ends of the message */
    STR_INIT("POST / HTTP/1.1\r\n" HOST "Content-Length: 1\r\nContent-Length: 2\r\n\r\nab"),
    STR_INIT("POST / HTTP/1.1\r\n" HOST "Content-Length: 1\r\ncontent-length: 1\r\n\r\na"),
    STR_INIT("POST / HTTP/1.1\r\n" HOST "Content-Length: 1, 1\r\n\r\na"),
    STR_INIT("POST / HTTP/1.1\r\n" HOST "Content-Length: +1\r\n\r\na"),
    STR_INIT("POST / HTTP/1.1\r\n" HOST "Content-Length: -1\r\n\r\na"),
    STR_INIT("POST / HTTP/1.1\r\n" HOST "Content-Length: 0x1\r\n\r\na"),
    STR_INIT("POST / HTTP/1.1\r\n" HOST "Content-Length:\r\n\r\n"),
    STR_INIT("POST / HTTP/1.1\r\n" HOST "Content-Length: 99999999999999999999\r\n\r\na"),
    STR_INIT("POST / HTTP/1.1\r\n" HOST
             "Content-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"),
    STR_INIT("POST / HTTP/1.1\r\n" HOST
             "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"),
    STR_INIT("POST / HTTP/1.1\r\n" HOST "Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n"),
    STR_INIT("POST / HTTP/1.1\r\n" HOST "Transfer-Encoding: identity\r\n\r\n"),
    STR_INIT("POST / HTTP/1.1\r\n" HOST "Transfer-Encoding : chunked\r\n\r\n0\r\n\r\n"),
    STR_INIT("POST / HTTP/1.1\r\n" HOST "Transfer-Encoding: \x0b"
             "chunked\r\n\r\n0\r\n\r\n"),
    STR_INIT("POST / HTTP/1.0\r\n" HOST "Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n"),
    /* chunks */
    STR_INIT("POST / HTTP/1.1\r\n" HOST "Transfer-Encoding: chunked\r\n\r\n0x1\r\na\r\n0\r\n\r\n"),
    STR_INIT("POST / HTTP/1.1\r\n" HOST "Transfer-Encoding: chunked\r\n\r\n1\na\n0\n\n"),
    STR_INIT("POST / HTTP/1.1\r\n" HOST "Transfer-Encoding: chunked\r\n\r\n1\r\nab\r\n0\r\n\r\n"),
    STR_INIT("POST / HTTP/1.1\r\n" HOST "Transfer-Encoding: chunked\r\n\r\n-1\r\na\r\n"),
    STR_INIT("POST / HTTP/1.1\r\n" HOST
             "Transfer-Encoding: chunked\r\n\r\nffffffffffffffff1\r\na\r\n"),
    STR_INIT("POST / HTTP/1.1\r\n" HOST "Transfer-Encoding: chunked\r\n\r\n;x\r\n"),
    /* names, values, lines */
    STR_INIT("GET / HTTP/1.1\r\n" HOST "Bad Name: x\r\n\r\n"),
    STR_INIT("GET / HTTP/1.1\r\n" HOST "Name : x\r\n\r\n"),
    STR_INIT("GET / HTTP/1.1\r\n" HOST ": x\r\n\r\n"),
    STR_INIT("GET / HTTP/1.1\r\n" HOST "no colon\r\n\r\n"),
    STR_INIT("GET / HTTP/1.1\r\n" HOST "A: b\r\n folded\r\n\r\n"),
    STR_INIT("GET / HTTP/1.1\r\n Host: h\r\n\r\n"),
    STR_INIT("GET / HTTP/1.1\r\n" HOST "A: b\0c\r\n\r\n"),
    STR_INIT("GET / HTTP/1.1\r\n" HOST "A\0B: c\r\n\r\n"),
    STR_INIT("GET / HTTP/1.1\r\n" HOST "A: b\nC: d\r\n\r\n"),
    STR_INIT("GET / HTTP/1.1\r\n" HOST "A: b\rC: d\r\n\r\n"),
    STR_INIT("GET / HTTP/1.1\r\n" HOST "A: b\x7f\r\n\r\n"),
    /* hosts */
    STR_INIT("GET / HTTP/1.1\r\n\r\n"),
    STR_INIT("GET / HTTP/1.1\r\n" HOST "Host: other\r\n\r\n"),
    STR_INIT("GET / HTTP/1.1\r\nHost: h/path\r\n\r\n"),
    /* request lines */
    STR_INIT("GET / HTTP/2.0\r\n" HOST "\r\n"),
    STR_INIT("GET / HTTP/1.2\r\n" HOST "\r\n"),
    STR_INIT("GET / http/1.1\r\n" HOST "\r\n"),
    STR_INIT("GET / HTTP/1.1 \r\n" HOST "\r\n"),
    STR_INIT("GET /\r\n" HOST "\r\n"),
    STR_INIT("GET  / HTTP/1.1\r\n" HOST "\r\n"),
    STR_INIT("GET\t/ HTTP/1.1\r\n" HOST "\r\n"),
    STR_INIT("G@T / HTTP/1.1\r\n" HOST "\r\n"),
    STR_INIT("GET a HTTP/1.1\r\n" HOST "\r\n"),
    STR_INIT("GET /a#b HTTP/1.1\r\n" HOST "\r\n"),
    STR_INIT("GET /\0 HTTP/1.1\r\n" HOST "\r\n"),
    STR_INIT("GET /\xe3\x81\x82 HTTP/1.1\r\n" HOST "\r\n"),
    STR_INIT("GET * HTTP/1.1\r\n" HOST "\r\n"),
    STR_INIT("GET ftp://h/ HTTP/1.1\r\n" HOST "\r\n"),
    STR_INIT("\x16\x03\x01\x02\x00\r\n\r\n"),
};

static void malformed_requests_are_refused(void **state) {
    (void)state;
    Site site CLEANUP(site_close);
    site_open(&site, (HttpOptions){0});
    size_t count = sizeof MALFORMED / sizeof *MALFORMED;
    for (size_t i = 0; i < count; i++) assert_refused(&site, MALFORMED[i], 400);
    assert_int_equal(http_server_figures(site.server).refused, count);
    assert_int_equal(http_server_figures(site.server).by_class[4], count);
}

static void a_refused_request_hides_no_second_one(void **state) {
    (void)state;
    Site site CLEANUP(site_close);
    site_open(&site, (HttpOptions){0});
    assert_refused(&site,
                   STR("POST / HTTP/1.1\r\n" HOST "Content-Length: 6\r\n"
                       "Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n"
                       "GET /smuggled HTTP/1.1\r\n" HOST "\r\n"),
                   400);
}

static void an_unknown_expectation_is_refused(void **state) {
    (void)state;
    Site site CLEANUP(site_close);
    site_open(&site, (HttpOptions){0});
    assert_refused(&site, STR("GET / HTTP/1.1\r\n" HOST "Expect: miracles\r\n\r\n"), 417);
}

static void head_of_size(size_t size, Buffer *out) {
    Str end = STR("\r\n\r\n");
    buffer_clear(out);
    buffer_add(out, STR("GET / HTTP/1.1\r\n" HOST "A: "));
    while (out->size < size - end.size) buffer_add_byte(out, 'x');
    buffer_add(out, end);
}

static void a_long_head_is_refused(void **state) {
    (void)state;
    Site site CLEANUP(site_close);
    site_open(&site, (HttpOptions){.head_limit = 500});
    Buffer request CLEANUP(buffer_free) = {0};
    head_of_size(500, &request);
    Reply reply CLEANUP(reply_free) = client_ask(site.server, buffer_str(&request));
    assert_int_equal(reply.status, 200);
    head_of_size(501, &request);
    assert_refused(&site, buffer_str(&request), 431);
    head_of_size(100 * 1000, &request);
    assert_refused(&site, str_part(buffer_str(&request), 0, 90 * 1000), 431);
}

static void too_many_headers_are_refused(void **state) {
    (void)state;
    Site site CLEANUP(site_close);
    site_open(&site, (HttpOptions){0});
    Buffer request CLEANUP(buffer_free) = {0};
    buffer_add(&request, STR("GET / HTTP/1.1\r\n" HOST));
    for (int i = 0; i < 64; i++) buffer_add(&request, STR("A: b\r\n"));
    buffer_add(&request, STR("\r\n"));
    assert_refused(&site, buffer_str(&request), 431);
}

static void a_large_body_is_refused_by_its_head(void **state) {
    (void)state;
    Site site CLEANUP(site_close);
    site_open(&site, (HttpOptions){0});
    /* Nothing of the body is ever sent: the refusal cannot have waited for it. */
    assert_refused(&site, STR("POST / HTTP/1.1\r\n" HOST "Content-Length: 1001\r\n\r\n"), 413);
    assert_refused(&site, STR("POST /none HTTP/1.1\r\n" HOST "Content-Length: 1\r\n\r\n"), 413);
    assert_refused(&site,
                   STR("POST / HTTP/1.1\r\n" HOST "Content-Length: 999999999999999999\r\n"
                       "Expect: 100-continue\r\n\r\n"),
                   413);
}

static void a_sender_who_goes_on_still_reads_the_refusal(void **state) {
    (void)state;
    Site site CLEANUP(site_close);
    site_open(&site, (HttpOptions){0});
    int client CLEANUP(client_close) = client_open(site.server);
    client_say(client, "POST / HTTP/1.1\r\n" HOST "Content-Length: 5000000\r\n\r\n");
    static const char PART[50000];
    for (int i = 0; i < 100; i++) {
        if (!client_send(client, (Str){.data = PART, .size = sizeof PART})) break;
    }
    Reply reply CLEANUP(reply_free) = client_read(client);
    assert_int_equal(reply.status, 413);
    assert_true(client_closed(client));
}

static void chunks_may_not_outgrow_the_limit(void **state) {
    (void)state;
    Site site CLEANUP(site_close);
    site_open(&site, (HttpOptions){0});
    int client CLEANUP(client_close) = client_open(site.server);
    client_say(client, "POST / HTTP/1.1\r\n" HOST "Transfer-Encoding: chunked\r\n\r\n");
    char chunk[512];
    int size = snprintf(chunk, sizeof chunk, "190\r\n%0400d\r\n", 0);
    for (int i = 0; i < 2; i++) {
        assert_true(client_send(client, (Str){.data = chunk, .size = (size_t)size}));
    }
    client_say(client, "c9\r\n"); /* 800 + 201 bytes: refused before the 201 come */
    Reply reply CLEANUP(reply_free) = client_read(client);
    assert_int_equal(reply.status, 413);
    assert_int_equal(atomic_load(&site.handled), 0);
}

static void a_body_at_the_limit_is_taken(void **state) {
    (void)state;
    Site site CLEANUP(site_close);
    site_open(&site, (HttpOptions){0});
    int client CLEANUP(client_close) = client_open(site.server);
    client_say(client, "POST / HTTP/1.1\r\n" HOST
                       "Content-Length: 1000\r\n"
                       "Expect: 100-continue\r\n\r\n");
    Reply go_on CLEANUP(reply_free) = client_read_head(client);
    assert_int_equal(go_on.status, 100);
    char body[1001];
    snprintf(body, sizeof body, "%01000d", 7);
    client_say(client, body);
    Reply reply CLEANUP(reply_free) = client_read(client);
    assert_int_equal(reply.status, 200);
    assert_true(str_ends(buffer_str(&reply.body), str_of(body)));
}

/* Sends a byte each tenth of a second until the answer is there; the milliseconds that took. */
static int64_t drip(int client, const char *bytes) {
    int64_t start = clock_steady();
    char answer;
    while (recv(client, &answer, 1, MSG_PEEK | MSG_DONTWAIT) < 0) {
        assert_true(clock_steady() - start < CLIENT_PATIENCE_SECONDS * CLOCK_SECOND);
        if (*bytes) client_send(client, (Str){.data = bytes++, .size = 1});
        sleep_milliseconds(100);
    }
    return clock_steady() - start;
}

static void a_slow_head_is_cut_off(void **state) {
    (void)state;
    Site site CLEANUP(site_close);
    site_open(&site, (HttpOptions){.head_seconds = 1, .idle_seconds = 30});
    int client CLEANUP(client_close) = client_open(site.server);
    client_say(client, "GET / HTTP/1.1\r\n" HOST "\r\n"); /* a kept connection is no way around */
    Reply first CLEANUP(reply_free) = client_read(client);
    assert_int_equal(first.status, 200);
    int64_t took = drip(client, "GET / HTTP/1.1\r\nHost: h\r\nA-Long-Name: value value value");
    assert_in_range(took, 900, 2500);
    Reply reply CLEANUP(reply_free) = client_read(client);
    assert_int_equal(reply.status, 408);
    assert_true(client_closed(client));
}

static void a_slow_body_is_cut_off(void **state) {
    (void)state;
    Site site CLEANUP(site_close);
    site_open(&site, (HttpOptions){.body_seconds = 1});
    int client CLEANUP(client_close) = client_open(site.server);
    client_say(client, "POST / HTTP/1.1\r\n" HOST "Transfer-Encoding: chunked\r\n\r\n");
    int64_t took = drip(client, "1\r\na\r\n1\r\nb\r\n1\r\nc\r\n1\r\nd\r\n1\r\ne\r\n1\r\nf\r\n");
    assert_in_range(took, 900, 2500);
    Reply reply CLEANUP(reply_free) = client_read(client);
    assert_int_equal(reply.status, 408);
    assert_int_equal(atomic_load(&site.handled), 0);
}

static void silence_is_cut_off_without_a_word(void **state) {
    (void)state;
    Site site CLEANUP(site_close);
    site_open(&site, (HttpOptions){.head_seconds = 1, .idle_seconds = 1});
    int fresh CLEANUP(client_close) = client_open(site.server);
    int kept CLEANUP(client_close) = client_open(site.server);
    client_say(kept, "GET / HTTP/1.1\r\n" HOST "\r\n");
    Reply reply CLEANUP(reply_free) = client_read(kept);
    assert_int_equal(reply.status, 200);
    assert_true(client_closed(fresh));
    assert_true(client_closed(kept));
}

static void a_full_queue_answers_503(void **state) {
    (void)state;
    Site site CLEANUP(site_close);
    site_open(&site, (HttpOptions){.workers = 1, .queue_limit = 2});
    int clients[5];
    for (int i = 0; i < 3; i++) { /* one is being handled, two wait */
        clients[i] = client_open(site.server);
        client_say(clients[i], "GET /hold HTTP/1.1\r\n" HOST "\r\n");
        WAIT_UNTIL(atomic_load(&site.holding) == 1 &&
                   http_server_figures(site.server).waiting == i);
    }
    clients[3] = client_open(site.server);
    client_say(clients[3], "GET /hold HTTP/1.1\r\n" HOST "\r\n");
    Reply refused CLEANUP(reply_free) = client_read(clients[3]);
    assert_int_equal(refused.status, 503);
    assert_true(str_is(reply_header(&refused, "Retry-After"), "1"));
    for (int i = 0; i < 3; i++) sem_post(&site.release);
    for (int i = 0; i < 3; i++) {
        Reply reply CLEANUP(reply_free) = client_read(clients[i]);
        assert_int_equal(reply.status, 200);
    }
    client_say(clients[3], "GET / HTTP/1.1\r\n" HOST "\r\n"); /* the connection survived the 503 */
    Reply again CLEANUP(reply_free) = client_read(clients[3]);
    assert_int_equal(again.status, 200);
    for (int i = 0; i < 4; i++) client_close(&clients[i]);
}

static void one_address_has_so_many_connections(void **state) {
    (void)state;
    Site site CLEANUP(site_close);
    site_open(&site, (HttpOptions){.connections_per_address = 3});
    int clients[3];
    for (int i = 0; i < 3; i++) {
        clients[i] = client_open(site.server);
        client_say(clients[i], "GET / HTTP/1.1\r\n" HOST "\r\n");
        Reply reply CLEANUP(reply_free) = client_read(clients[i]);
        assert_int_equal(reply.status, 200);
    }
    int extra CLEANUP(client_close) = client_open(site.server);
    assert_true(client_closed(extra));
    client_close(&clients[0]);
    WAIT_UNTIL(http_server_figures(site.server).connections == 2);
    int next CLEANUP(client_close) = client_open(site.server);
    client_say(next, "GET / HTTP/1.1\r\n" HOST "\r\n");
    Reply reply CLEANUP(reply_free) = client_read(next);
    assert_int_equal(reply.status, 200);
    for (int i = 1; i < 3; i++) client_close(&clients[i]);
}

static void the_proxy_may_have_more_connections(void **state) {
    (void)state;
    Site site CLEANUP(site_close);
    site_open(&site, (HttpOptions){.connections_per_address = 1, .trusted_proxy = "127.0.0.1"});
    int first CLEANUP(client_close) = client_open(site.server);
    int second CLEANUP(client_close) = client_open(site.server);
    client_say(second, "GET / HTTP/1.1\r\n" HOST "\r\n");
    Reply reply CLEANUP(reply_free) = client_read(second);
    assert_int_equal(reply.status, 200);
}

static void a_client_that_leaves_early_harms_nobody(void **state) {
    (void)state;
    Site site CLEANUP(site_close);
    site_open(&site, (HttpOptions){0});
    for (int i = 0; i < 2; i++) {
        int client = client_open(site.server);
        client_say(client, i ? "GET /large HTTP/1.1\r\n" HOST "\r\n"
                             : "GET /hold HTTP/1.1\r\n" HOST "\r\n");
        WAIT_UNTIL(atomic_load(&site.handled) == i + 1);
        struct linger reset = {.l_onoff = 1};
        setsockopt(client, SOL_SOCKET, SO_LINGER, &reset, sizeof reset);
        close(client);
    }
    sem_post(&site.release);
    WAIT_UNTIL(http_server_figures(site.server).connections == 0);
    Reply reply CLEANUP(reply_free) =
        client_ask(site.server, STR("GET / HTTP/1.1\r\n" HOST "\r\n"));
    assert_int_equal(reply.status, 200);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(malformed_requests_are_refused),
        cmocka_unit_test(a_refused_request_hides_no_second_one),
        cmocka_unit_test(an_unknown_expectation_is_refused),
        cmocka_unit_test(a_long_head_is_refused),
        cmocka_unit_test(too_many_headers_are_refused),
        cmocka_unit_test(a_large_body_is_refused_by_its_head),
        cmocka_unit_test(a_sender_who_goes_on_still_reads_the_refusal),
        cmocka_unit_test(chunks_may_not_outgrow_the_limit),
        cmocka_unit_test(a_body_at_the_limit_is_taken),
        cmocka_unit_test(a_slow_head_is_cut_off),
        cmocka_unit_test(a_slow_body_is_cut_off),
        cmocka_unit_test(silence_is_cut_off_without_a_word),
        cmocka_unit_test(a_full_queue_answers_503),
        cmocka_unit_test(one_address_has_so_many_connections),
        cmocka_unit_test(the_proxy_may_have_more_connections),
        cmocka_unit_test(a_client_that_leaves_early_harms_nobody),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
