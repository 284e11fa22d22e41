/* What an ordinary client sees: answers, kept connections, compression, files, a graceful end. */
#include <brotli/decode.h>
#include <fcntl.h>
#include <zlib.h>

#include "site.h"

static void answers_on_a_kept_connection(void **state) {
    (void)state;
    Site site CLEANUP(site_close);
    site_open(&site, (HttpOptions){0});
    int client CLEANUP(client_close) = client_open(site.server);
    for (int i = 0; i < 3; i++) {
        client_say(client, "GET /a%20b?x=1&y HTTP/1.1\r\nHost: here\r\n\r\n");
        Reply reply CLEANUP(reply_free) = client_read(client);
        assert_int_equal(reply.status, 200);
        Str expected = STR("GET /a%20b?x=1&y peer=127.0.0.1 secure=0\n");
        assert_true(str_equal(buffer_str(&reply.body), expected));
        assert_true(str_is(reply_header(&reply, "Content-Type"), "text/plain"));
        assert_true(str_ends(reply_header(&reply, "Date"), STR(" GMT")));
        assert_true(reply_header(&reply, "X-Request-Id").size > 8);
        assert_null(reply_header(&reply, "Server").data);
        assert_null(reply_header(&reply, "Connection").data);
    }
}

static void answers_pipelined_requests_in_order(void **state) {
    (void)state;
    Site site CLEANUP(site_close);
    site_open(&site, (HttpOptions){0});
    int client CLEANUP(client_close) = client_open(site.server);
    client_say(client,
               "POST /1 HTTP/1.1\r\nHost: h\r\nContent-Length: 3\r\n\r\nabc"
               "POST /2 HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n"
               "2;note=x\r\nde\r\n1\r\nf\r\n0\r\nX-Trailer: t\r\n\r\n"
               "\r\nGET /3 HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n");
    const char *const endings[] = {"abc", "def", "secure=0\n"};
    for (int i = 0; i < 3; i++) {
        Reply reply CLEANUP(reply_free) = client_read(client);
        char start[16];
        snprintf(start, sizeof start, "%s /%d", i < 2 ? "POST" : "GET", i + 1);
        assert_true(str_starts(buffer_str(&reply.body), str_of(start)));
        assert_true(str_ends(buffer_str(&reply.body), str_of(endings[i])));
    }
    assert_true(client_closed(client));
}

static void reads_a_request_that_comes_byte_by_byte(void **state) {
    (void)state;
    Site site CLEANUP(site_close);
    site_open(&site, (HttpOptions){0});
    int client CLEANUP(client_close) = client_open(site.server);
    Str request =
        STR("PUT /x HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n"
            "3\r\nabc\r\nA\r\n0123456789\r\n0\r\n\r\n");
    for (size_t i = 0; i < request.size; i++) {
        assert_true(client_send(client, str_part(request, i, 1)));
        if (i % 8 == 0) sleep_milliseconds(1);
    }
    Reply reply CLEANUP(reply_free) = client_read(client);
    assert_true(str_ends(buffer_str(&reply.body), STR("\nabc0123456789")));
}

static void every_method_reaches_the_handler(void **state) {
    (void)state;
    Site site CLEANUP(site_close);
    site_open(&site, (HttpOptions){0});
    static const char *const METHODS[] = {"GET", "PUT", "PATCH", "DELETE", "OPTIONS", "PROPFIND"};
    for (size_t i = 0; i < sizeof METHODS / sizeof *METHODS; i++) {
        char request[100];
        snprintf(request, sizeof request, "%s /m HTTP/1.1\r\nHost: h\r\n\r\n", METHODS[i]);
        Reply reply CLEANUP(reply_free) = client_ask(site.server, str_of(request));
        assert_true(str_starts(buffer_str(&reply.body), str_of(METHODS[i])));
    }
}

static void an_absolute_target_means_its_path(void **state) {
    (void)state;
    Site site CLEANUP(site_close);
    site_open(&site, (HttpOptions){0});
    Reply reply CLEANUP(reply_free) =
        client_ask(site.server, STR("GET http://h:80/a?b HTTP/1.1\r\nHost: h\r\n\r\n"));
    assert_true(str_starts(buffer_str(&reply.body), STR("GET /a?b ")));
}

static void http_1_0_closes_unless_asked_to_stay(void **state) {
    (void)state;
    Site site CLEANUP(site_close);
    site_open(&site, (HttpOptions){0});
    int client CLEANUP(client_close) = client_open(site.server);
    client_say(client, "GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n");
    Reply first CLEANUP(reply_free) = client_read(client);
    assert_true(str_is(reply_header(&first, "Connection"), "keep-alive"));
    client_say(client, "GET / HTTP/1.0\r\n\r\n");
    Reply second CLEANUP(reply_free) = client_read(client);
    assert_true(str_is(reply_header(&second, "Connection"), "close"));
    assert_true(client_closed(client));
}

static void head_answers_without_body(void **state) {
    (void)state;
    Site site CLEANUP(site_close);
    site_open(&site, (HttpOptions){0});
    int client CLEANUP(client_close) = client_open(site.server);
    client_say(client,
               "HEAD /static HTTP/1.1\r\nHost: h\r\n\r\n"
               "GET /static HTTP/1.1\r\nHost: h\r\n\r\n");
    Reply head CLEANUP(reply_free) = client_read_head(client);
    assert_true(str_is(reply_header(&head, "Content-Length"), "38"));
    Reply reply CLEANUP(reply_free) = client_read(client);
    assert_int_equal(reply.body.size, 38);
    assert_true(str_starts(buffer_str(&reply.body), STR("bytes that live")));
}

static void no_content_has_no_length(void **state) {
    (void)state;
    Site site CLEANUP(site_close);
    site_open(&site, (HttpOptions){0});
    Reply reply CLEANUP(reply_free) =
        client_ask(site.server, STR("GET /nothing HTTP/1.1\r\nHost: h\r\n\r\n"));
    assert_int_equal(reply.status, 204);
    assert_null(reply_header(&reply, "Content-Length").data);
}

static void large_bodies_arrive_whole(void **state) {
    (void)state;
    Site site CLEANUP(site_close);
    site_open(&site, (HttpOptions){0});
    int client CLEANUP(client_close) = client_open(site.server);
    client_say(client, "GET /large HTTP/1.1\r\nHost: h\r\n\r\nGET / HTTP/1.1\r\nHost: h\r\n\r\n");
    sleep_milliseconds(50); /* let the socket fill, so that sending has to go on later */
    Reply reply CLEANUP(reply_free) = client_read(client);
    assert_int_equal(reply.body.size, SITE_LARGE);
    assert_int_equal(reply.body.data[0], 'x');
    assert_int_equal(reply.body.data[SITE_LARGE - 1], 'x');
    Reply next CLEANUP(reply_free) = client_read(client);
    assert_int_equal(next.status, 200);
}

static void unzip(Str packed, Buffer *out) {
    z_stream stream = {.next_in = (unsigned char *)(uintptr_t)packed.data,
                       .avail_in = (unsigned)packed.size};
    assert_int_equal(inflateInit2(&stream, 15 + 16), Z_OK);
    int result = Z_OK;
    while (result == Z_OK) {
        stream.next_out = (unsigned char *)buffer_room(out, 4096);
        stream.avail_out = 4096;
        result = inflate(&stream, Z_NO_FLUSH);
        out->size += 4096 - stream.avail_out;
    }
    assert_int_equal(result, Z_STREAM_END);
    inflateEnd(&stream);
}

static void gzip_comes_back_as_it_was(void **state) {
    (void)state;
    Site site CLEANUP(site_close);
    site_open(&site, (HttpOptions){0});
    Reply plain CLEANUP(reply_free) =
        client_ask(site.server, STR("GET /document HTTP/1.1\r\nHost: h\r\n\r\n"));
    assert_null(reply_header(&plain, "Content-Encoding").data);
    assert_true(str_is(reply_header(&plain, "Vary"), "Accept-Encoding"));
    assert_true(str_is(reply_header(&plain, "ETag"), "\"7\""));
    for (int i = 0; i < 2; i++) { /* the second uses the same deflater again */
        Reply packed CLEANUP(reply_free) =
            client_ask(site.server, STR("GET /document HTTP/1.1\r\nHost: h\r\nAccept-Encoding: "
                                        "deflate, gzip;q=0.5\r\n\r\n"));
        assert_true(str_is(reply_header(&packed, "Content-Encoding"), "gzip"));
        assert_true(str_is(reply_header(&packed, "ETag"), "\"7-gzip\""));
        assert_true(packed.body.size < plain.body.size / 10);
        Buffer unpacked CLEANUP(buffer_free) = {0};
        unzip(buffer_str(&packed.body), &unpacked);
        assert_true(str_equal(buffer_str(&unpacked), buffer_str(&plain.body)));
    }
}

static void brotli_comes_back_as_it_was(void **state) {
    (void)state;
    Site site CLEANUP(site_close);
    site_open(&site, (HttpOptions){0});
    Reply plain CLEANUP(reply_free) =
        client_ask(site.server, STR("GET /document HTTP/1.1\r\nHost: h\r\n\r\n"));
    Reply packed CLEANUP(reply_free) = client_ask(
        site.server, STR("GET /document HTTP/1.1\r\nHost: h\r\nAccept-Encoding: gzip, br\r\n\r\n"));
    assert_true(str_is(reply_header(&packed, "Content-Encoding"), "br"));
    assert_true(str_is(reply_header(&packed, "ETag"), "\"7-br\""));
    assert_true(packed.body.size < plain.body.size / 10);
    Buffer unpacked CLEANUP(buffer_free) = {0};
    size_t size = plain.body.size;
    uint8_t *room = (uint8_t *)buffer_room(&unpacked, size);
    assert_int_equal(
        BrotliDecoderDecompress(packed.body.size, (const uint8_t *)packed.body.data, &size, room),
        BROTLI_DECODER_RESULT_SUCCESS);
    unpacked.size = size;
    assert_true(str_equal(buffer_str(&unpacked), buffer_str(&plain.body)));
    Reply same CLEANUP(reply_free) = client_ask(
        site.server, STR("GET /document HTTP/1.1\r\nHost: h\r\nIf-None-Match: \"7-br\"\r\n\r\n"));
    assert_int_equal(same.status, 304);
    assert_true(str_is(reply_header(&same, "ETag"), "\"7-br\""));
}

static void the_tag_of_a_gzip_answer_matches_the_record(void **state) {
    (void)state;
    Site site CLEANUP(site_close);
    site_open(&site, (HttpOptions){0});
    Reply reply CLEANUP(reply_free) = client_ask(
        site.server, STR("GET /document HTTP/1.1\r\nHost: h\r\nIf-None-Match: \"7-gzip\"\r\n\r\n"));
    assert_int_equal(reply.status, 304);
    assert_null(reply_header(&reply, "Content-Length").data);
    assert_true(
        str_is(reply_header(&reply, "ETag"), "\"7-gzip\"")); /* the one that the client has */
    Reply plain CLEANUP(reply_free) = client_ask(
        site.server, STR("GET /document HTTP/1.1\r\nHost: h\r\nIf-None-Match: \"7\"\r\n\r\n"));
    assert_int_equal(plain.status, 304);
    assert_true(str_is(reply_header(&plain, "ETag"), "\"7\""));
}

static void gzip_is_not_forced_on_anybody(void **state) {
    (void)state;
    Site site CLEANUP(site_close);
    site_open(&site, (HttpOptions){0});
    static const char *const REFUSALS[] = {"gzip;q=0", "identity", "gzip; q=0.0, br;q=0, *",
                                           "deflate"};
    for (size_t i = 0; i < sizeof REFUSALS / sizeof *REFUSALS; i++) {
        char request[120];
        snprintf(request, sizeof request,
                 "GET /document HTTP/1.1\r\nHost: h\r\nAccept-Encoding: %s\r\n\r\n", REFUSALS[i]);
        Reply reply CLEANUP(reply_free) = client_ask(site.server, str_of(request));
        assert_null(reply_header(&reply, "Content-Encoding").data);
    }
    Reply small CLEANUP(reply_free) =
        client_ask(site.server, STR("GET / HTTP/1.1\r\nHost: h\r\nAccept-Encoding: gzip\r\n\r\n"));
    assert_null(reply_header(&small, "Content-Encoding").data);
}

static void a_file_is_sent_and_removed(void **state) {
    (void)state;
    Site site CLEANUP(site_close);
    site_open(&site, (HttpOptions){0});
    snprintf(site.file_path, sizeof site.file_path, "/tmp/ondo-http-test-XXXXXX");
    int file = mkstemp(site.file_path);
    Buffer content CLEANUP(buffer_free) = {0};
    for (int i = 0; i < 100000; i++) buffer_add_integer(&content, i);
    assert_int_equal(write(file, content.data, content.size), content.size);
    close(file);
    Reply reply CLEANUP(reply_free) =
        client_ask(site.server, STR("GET /file HTTP/1.1\r\nHost: h\r\n\r\n"));
    assert_int_equal(reply.status, 200);
    assert_true(str_equal(buffer_str(&reply.body), buffer_str(&content)));
    assert_int_not_equal(access(site.file_path, F_OK), 0);
    Reply gone CLEANUP(reply_free) =
        client_ask(site.server, STR("GET /file HTTP/1.1\r\nHost: h\r\n\r\n"));
    assert_int_equal(gone.status, 500);
}

static void a_header_value_cannot_add_headers(void **state) {
    (void)state;
    Site site CLEANUP(site_close);
    site_open(&site, (HttpOptions){0});
    Reply reply CLEANUP(reply_free) =
        client_ask(site.server, STR("GET /inject HTTP/1.1\r\nHost: h\r\n\r\n"));
    assert_true(str_is(reply_header(&reply, "X-Said"), "fine"));
    assert_null(reply_header(&reply, "X-Forged").data);
    assert_int_equal(reply.body.size, 0);
}

static const char PROXIED[] =
    "GET / HTTP/1.1\r\nHost: h\r\nX-Forwarded-For: 10.0.0.1, 198.51.100.7\r\n"
    "X-Forwarded-Proto: https\r\nX-Request-Id: trace-42\r\n\r\n";

static void the_trusted_proxy_is_believed(void **state) {
    (void)state;
    Site site CLEANUP(site_close);
    site_open(&site, (HttpOptions){.trusted_proxy = "127.0.0.1"});
    Reply reply CLEANUP(reply_free) = client_ask(site.server, str_of(PROXIED));
    assert_true(str_is(buffer_str(&reply.body), "GET /? peer=198.51.100.7 secure=1\n"));
    assert_true(str_is(reply_header(&reply, "X-Request-Id"), "trace-42"));
}

static void nobody_else_is_believed(void **state) {
    (void)state;
    Site site CLEANUP(site_close);
    site_open(&site, (HttpOptions){.trusted_proxy = "192.0.2.1"});
    Reply reply CLEANUP(reply_free) = client_ask(site.server, str_of(PROXIED));
    assert_true(str_is(buffer_str(&reply.body), "GET /? peer=127.0.0.1 secure=0\n"));
    assert_false(str_is(reply_header(&reply, "X-Request-Id"), "trace-42"));
}

enum { CROWD = 16, CROWD_REQUESTS = 100 };

static void *crowd_member(void *context) {
    Site *site = context;
    int client CLEANUP(client_close) = client_open(site->server);
    size_t right = 0;
    for (int i = 0; i < CROWD_REQUESTS; i++) {
        char request[128], expected[64];
        snprintf(request, sizeof request,
                 "POST /%p/%d HTTP/1.1\r\nHost: h\r\nContent-Length: 4\r\n\r\nbody", (void *)&right,
                 i);
        snprintf(expected, sizeof expected, "POST /%p/%d? ", (void *)&right, i);
        client_say(client, request);
        Reply reply CLEANUP(reply_free) = client_read(client);
        right += str_starts(buffer_str(&reply.body), str_of(expected)) &&
                 str_ends(buffer_str(&reply.body), STR("\nbody"));
    }
    return (void *)right;
}

static void many_clients_get_each_their_own(void **state) {
    (void)state;
    Site site CLEANUP(site_close);
    site_open(&site, (HttpOptions){.loops = 3, .workers = 4});
    pthread_t members[CROWD];
    for (int i = 0; i < CROWD; i++) pthread_create(&members[i], NULL, crowd_member, &site);
    for (int i = 0; i < CROWD; i++) {
        void *right;
        pthread_join(members[i], &right);
        assert_int_equal((size_t)right, CROWD_REQUESTS);
    }
    HttpFigures figures = http_server_figures(site.server);
    assert_int_equal(figures.requests, CROWD * CROWD_REQUESTS);
    assert_int_equal(figures.by_class[2], CROWD * CROWD_REQUESTS);
    assert_int_equal(figures.waiting, 0);
    assert_true(figures.bytes_out > CROWD * CROWD_REQUESTS * 100);
    WAIT_UNTIL(http_server_figures(site.server).connections == 0);
}

static void *stop_server(void *context) {
    Site *site = context;
    http_server_stop(site->server, 5);
    return NULL;
}

static void stopping_answers_what_is_under_way(void **state) {
    (void)state;
    Site site CLEANUP(site_close);
    site_open(&site, (HttpOptions){0});
    int client CLEANUP(client_close) = client_open(site.server);
    int idle CLEANUP(client_close) = client_open(site.server);
    client_say(client, "GET /hold HTTP/1.1\r\nHost: h\r\n\r\n");
    WAIT_UNTIL(atomic_load(&site.holding) == 1);
    pthread_t stopper;
    pthread_create(&stopper, NULL, stop_server, &site);
    assert_true(client_closed(idle));
    sem_post(&site.release);
    Reply reply CLEANUP(reply_free) = client_read(client);
    assert_int_equal(reply.status, 200);
    assert_true(str_is(reply_header(&reply, "Connection"), "close"));
    assert_true(client_closed(client));
    pthread_join(stopper, NULL);
    site.server = NULL;
}

static void stopping_waits_only_so_long(void **state) {
    (void)state;
    Site site CLEANUP(site_close);
    site_open(&site, (HttpOptions){0});
    int slow CLEANUP(client_close) = client_open(site.server);
    client_say(slow, "POST /x HTTP/1.1\r\nHost: h\r\nContent-Length: 10\r\n\r\nhalf");
    WAIT_UNTIL(http_server_figures(site.server).requests == 1);
    int64_t before = clock_steady();
    http_server_stop(site.server, 1);
    site.server = NULL;
    assert_in_range(clock_steady() - before, 900, 3000);
    assert_true(client_closed(slow));
}

/* Standard error goes to the file while `act` runs on the site; what was written comes back. */
static void capture_log(Site *site, void (*act)(Site *site), Buffer *out) {
    FILE *file = tmpfile();
    assert_non_null(file);
    fflush(stderr);
    int before = dup(STDERR_FILENO);
    dup2(fileno(file), STDERR_FILENO);
    act(site);
    dup2(before, STDERR_FILENO);
    close(before);
    rewind(file);
    out->size = fread(buffer_room(out, 4096), 1, 4096, file);
    fclose(file);
}

static void ask_well_and_badly(Site *site) {
    Reply reply CLEANUP(reply_free) =
        client_ask(site->server, STR("GET /a?secret=1 HTTP/1.1\r\nHost: h\r\n\r\n"));
    assert_int_equal(reply.status, 200);
    Reply refused CLEANUP(reply_free) =
        client_ask(site->server, STR("PUT /b?secret=1 HTTP/1.1\r\nHost: h\r\nHost: i\r\n\r\n"));
    assert_int_equal(refused.status, 400);
}

static void assert_logged(Str log, const char *part) {
    if (str_find_str(log, str_of(part)) == log.size)
        fail_msg("%s not in %.*s", part, STR_ARGS(log));
}

static void answers_are_logged_without_their_query(void **state) {
    (void)state;
    Site site CLEANUP(site_close);
    site_open(&site, (HttpOptions){.log_requests = true});
    Buffer written CLEANUP(buffer_free) = {0};
    capture_log(&site, ask_well_and_badly, &written);
    Str log = buffer_str(&written);
    static const char *const PARTS[] = {
        "\"message\":\"request\"", "\"method\":\"GET\"",     "\"path\":\"/a\"",
        "\"status\":200",          "\"milliseconds\":",      "\"bytes\":",
        "\"request_id\":\"",       "\"peer\":\"127.0.0.1\"", "\"method\":\"PUT\"",
        "\"path\":\"/b\"",         "\"status\":400"};
    for (size_t i = 0; i < sizeof PARTS / sizeof *PARTS; i++) assert_logged(log, PARTS[i]);
    assert_true(str_find_str(log, STR("secret")) == log.size);
}

static void a_taken_address_is_reported(void **state) {
    (void)state;
    Site site CLEANUP(site_close);
    site_open(&site, (HttpOptions){0});
    HttpOptions options = {
        .address = "127.0.0.1", .port = http_server_port(site.server), .handler = site_handle};
    HttpServer *second = NULL;
    assert_int_equal(http_server_start(&options, &second), STATUS_FAILED);
    assert_null(second);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(answers_on_a_kept_connection),
        cmocka_unit_test(answers_pipelined_requests_in_order),
        cmocka_unit_test(reads_a_request_that_comes_byte_by_byte),
        cmocka_unit_test(every_method_reaches_the_handler),
        cmocka_unit_test(an_absolute_target_means_its_path),
        cmocka_unit_test(http_1_0_closes_unless_asked_to_stay),
        cmocka_unit_test(head_answers_without_body),
        cmocka_unit_test(no_content_has_no_length),
        cmocka_unit_test(large_bodies_arrive_whole),
        cmocka_unit_test(gzip_comes_back_as_it_was),
        cmocka_unit_test(brotli_comes_back_as_it_was),
        cmocka_unit_test(the_tag_of_a_gzip_answer_matches_the_record),
        cmocka_unit_test(gzip_is_not_forced_on_anybody),
        cmocka_unit_test(a_file_is_sent_and_removed),
        cmocka_unit_test(a_header_value_cannot_add_headers),
        cmocka_unit_test(the_trusted_proxy_is_believed),
        cmocka_unit_test(nobody_else_is_believed),
        cmocka_unit_test(many_clients_get_each_their_own),
        cmocka_unit_test(stopping_answers_what_is_under_way),
        cmocka_unit_test(stopping_waits_only_so_long),
        cmocka_unit_test(answers_are_logged_without_their_query),
        cmocka_unit_test(a_taken_address_is_reported),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
