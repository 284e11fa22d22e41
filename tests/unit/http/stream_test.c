/* Server-sent events: several readers, a stuck one, one that leaves, the end from either side. */
#include "site.h"

static const char ASK[] = "GET /stream HTTP/1.1\r\nHost: h\r\n\r\n";

static HttpStream *site_stream_at(Site *site, int index) {
    pthread_mutex_lock(&site->lock);
    HttpStream *stream = index < site->stream_count ? site->streams[index] : NULL;
    pthread_mutex_unlock(&site->lock);
    return stream;
}

/* A client whose stream is open; the stream is the site's `index`th. */
static int open_reader(Site *site, int index) {
    int client = client_open(site->server);
    client_say(client, ASK);
    Reply reply CLEANUP(reply_free) = client_read_head(client);
    assert_int_equal(reply.status, 200);
    assert_true(str_is(reply_header(&reply, "Content-Type"), "text/event-stream"));
    assert_true(str_is(reply_header(&reply, "Transfer-Encoding"), "chunked"));
    assert_non_null(site_stream_at(site, index));
    return client;
}

/* Reads one chunk; its data is empty at the end of the stream. */
static void read_chunk(int client, Buffer *out) {
    Buffer line CLEANUP(buffer_free) = {0};
    assert_true(client_read_until(client, STR("\r\n"), &line));
    buffer_add_byte(&line, '\0');
    buffer_clear(out);
    assert_true(client_read_exactly(client, strtoul(line.data, NULL, 16), out));
    buffer_clear(&line);
    assert_true(client_read_until(client, STR("\r\n"), &line));
    assert_int_equal(line.size, 2);
}

static void assert_event(int client, const char *expected) {
    Buffer chunk CLEANUP(buffer_free) = {0};
    read_chunk(client, &chunk);
    assert_true(str_equal(buffer_str(&chunk), str_of(expected)));
}

static void two_readers_get_what_is_sent(void **state) {
    (void)state;
    Site site CLEANUP(site_close);
    site_open(&site, (HttpOptions){0});
    int readers[2] = {open_reader(&site, 0), open_reader(&site, 1)};
    WAIT_UNTIL(http_server_figures(site.server).streams == 2);
    for (int i = 0; i < 3; i++) {
        char event[32];
        snprintf(event, sizeof event, "data: %d\n\n", i);
        for (int j = 0; j < 2; j++) assert_true(http_stream_send(site.streams[j], str_of(event)));
        for (int j = 0; j < 2; j++) assert_event(readers[j], event);
    }
    for (int j = 0; j < 2; j++) client_close(&readers[j]);
    WAIT_UNTIL(!http_stream_open(site.streams[0]) && !http_stream_open(site.streams[1]));
    assert_false(http_stream_send(site.streams[0], STR("data: late\n\n")));
    WAIT_UNTIL(http_server_figures(site.server).streams == 0);
}

static void the_last_release_ends_the_answer(void **state) {
    (void)state;
    Site site CLEANUP(site_close);
    site_open(&site, (HttpOptions){0});
    int reader CLEANUP(client_close) = open_reader(&site, 0);
    HttpStream *stream = site.streams[0];
    assert_ptr_equal(http_stream_hold(stream), stream);
    http_stream_release(stream);
    assert_true(http_stream_send(stream, STR("data: last\n\n")));
    http_stream_release(stream);
    site.stream_count = 0;
    assert_event(reader, "data: last\n\n");
    assert_event(reader, "");
    assert_true(client_closed(reader));
}

static void a_stuck_reader_is_let_go(void **state) {
    (void)state;
    Site site CLEANUP(site_close);
    site_open(&site, (HttpOptions){0});
    int stuck CLEANUP(client_close) = open_reader(&site, 0);
    int lively CLEANUP(client_close) = open_reader(&site, 1);
    static char event[64 * 1024];
    memset(event, 'e', sizeof event);
    size_t sent = 0;
    while (http_stream_send(site.streams[0], (Str){.data = event, .size = sizeof event})) {
        sent += sizeof event;
        assert_true(sent < 64 * 1024 * 1024);
        sleep_milliseconds(1);
    }
    assert_true(sent >= 1024 * 1024 - sizeof event);
    assert_false(http_stream_open(site.streams[0]));
    assert_true(http_stream_send(site.streams[1], STR("data: still here\n\n")));
    assert_event(lively, "data: still here\n\n");
    WAIT_UNTIL(http_server_figures(site.server).streams == 1);
}

static void head_of_a_stream_is_only_its_head(void **state) {
    (void)state;
    Site site CLEANUP(site_close);
    site_open(&site, (HttpOptions){0});
    int client CLEANUP(client_close) = client_open(site.server);
    client_say(client, "HEAD /stream HTTP/1.1\r\nHost: h\r\n\r\n");
    Reply reply CLEANUP(reply_free) = client_read_head(client);
    assert_int_equal(reply.status, 200);
    assert_true(client_closed(client));
    assert_false(http_stream_send(site.streams[0], STR("data\n\n")));
}

static void http_1_0_gets_a_plain_stream(void **state) {
    (void)state;
    Site site CLEANUP(site_close);
    site_open(&site, (HttpOptions){0});
    int client CLEANUP(client_close) = client_open(site.server);
    client_say(client, "GET /stream HTTP/1.0\r\n\r\n");
    Reply reply CLEANUP(reply_free) = client_read_head(client);
    assert_null(reply_header(&reply, "Transfer-Encoding").data);
    assert_true(http_stream_send(site.streams[0], STR("data: x\n\n")));
    http_stream_release(site.streams[0]);
    site.stream_count = 0;
    Buffer rest CLEANUP(buffer_free) = {0};
    assert_true(client_read_until(client, STR("data: x\n\n"), &rest));
    assert_true(client_closed(client));
}

enum { SENDERS = 4, EVENTS = 500 };

static void *send_events(void *stream) {
    for (int i = 0; i < EVENTS; i++) {
        if (!http_stream_send(stream, STR("0123456789"))) break;
    }
    http_stream_release(stream);
    return NULL;
}

static void many_threads_may_send(void **state) {
    (void)state;
    Site site CLEANUP(site_close);
    site_open(&site, (HttpOptions){0});
    int reader CLEANUP(client_close) = open_reader(&site, 0);
    pthread_t senders[SENDERS];
    for (int i = 0; i < SENDERS; i++) {
        pthread_create(&senders[i], NULL, send_events, http_stream_hold(site.streams[0]));
    }
    http_stream_release(site.streams[0]);
    site.stream_count = 0;
    Buffer all CLEANUP(buffer_free) = {0}, chunk CLEANUP(buffer_free) = {0};
    do {
        read_chunk(reader, &chunk);
        buffer_add(&all, buffer_str(&chunk));
    } while (chunk.size);
    assert_int_equal(all.size, SENDERS * EVENTS * 10);
    for (size_t i = 0; i < all.size; i++) assert_int_equal(all.data[i], '0' + i % 10);
    for (int i = 0; i < SENDERS; i++) pthread_join(senders[i], NULL);
}

static void stopping_ends_streams(void **state) {
    (void)state;
    Site site CLEANUP(site_close);
    site_open(&site, (HttpOptions){0});
    int reader CLEANUP(client_close) = open_reader(&site, 0);
    assert_true(http_stream_send(site.streams[0], STR("data: x\n\n")));
    int64_t before = clock_steady();
    http_server_stop(site.server, 10);
    site.server = NULL;
    assert_true(clock_steady() - before < 5000);
    assert_event(reader, "data: x\n\n");
    assert_event(reader, "");
    assert_true(client_closed(reader));
    assert_false(http_stream_send(site.streams[0], STR("data: after the end\n\n")));
    assert_false(http_stream_open(site.streams[0]));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(two_readers_get_what_is_sent),
        cmocka_unit_test(the_last_release_ends_the_answer),
        cmocka_unit_test(a_stuck_reader_is_let_go),
        cmocka_unit_test(head_of_a_stream_is_only_its_head),
        cmocka_unit_test(http_1_0_gets_a_plain_stream),
        cmocka_unit_test(many_threads_may_send),
        cmocka_unit_test(stopping_ends_streams),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
