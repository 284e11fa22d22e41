#include "../../fuzz/http_head_fuzz.c"
#include "addresses.h"
#include "answer.h"
#include "corpus.h"

static void a_head_is_taken_apart(void **state) {
    (void)state;
    Str bytes =
        STR("POST /api/v1/hcp?a=%20&b HTTP/1.1\r\nHost: a.example:8470\r\n"
            "X-Note:\t caf\xc3\xa9 \r\nContent-Length: 12\r\n"
            "Connection: Upgrade, Close\r\nExpect: 100-Continue\r\n\r\n");
    HttpHead head;
    assert_int_equal(http_head_parse(bytes, &head), 0);
    assert_true(str_is(head.method, "POST"));
    assert_true(str_is(head.target, "/api/v1/hcp?a=%20&b"));
    assert_true(str_is(head.path, "/api/v1/hcp"));
    assert_true(str_is(head.query, "a=%20&b"));
    assert_int_equal(head.header_count, 5);
    assert_true(str_is(head.headers[1].value, "caf\xc3\xa9"));
    assert_int_equal(head.content_length, 12);
    assert_false(head.keep_alive);
    assert_true(head.expects_continue);
}

static void the_end_of_a_head_is_found_across_pieces(void **state) {
    (void)state;
    Str bytes = STR("GET / HTTP/1.1\r\nHost: h\r\n\r\nrest");
    size_t scanned = 0, found = 0;
    for (size_t size = 1; size <= bytes.size && !found; size++) {
        found = http_head_end(str_part(bytes, 0, size), &scanned);
    }
    assert_int_equal(found, bytes.size - 4);
}

static void accept_encoding_is_weighed(void **state) {
    (void)state;
    static const struct {
        const char *accepted;
        Coding chosen;
    } CASES[] = {
        {"gzip", CODING_GZIP},
        {"deflate, GZIP;q=0.1", CODING_GZIP},
        {"gzip, deflate, br, zstd", CODING_BROTLI},
        {"*", CODING_BROTLI},
        {"br;q=0, *;q=0.5", CODING_GZIP},
        {"", CODING_PLAIN},
        {"gzip;q=0", CODING_PLAIN},
        {"*;q=0", CODING_PLAIN},
        {"x-gzip-like, brotli", CODING_PLAIN},
    };
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        assert_int_equal(coding_choose(str_of(CASES[i].accepted)), CASES[i].chosen);
    }
    assert_int_equal(coding_choose((Str){0}), CODING_PLAIN);
    assert_false(coding_accepted(CODING_GZIP, STR("*;q=1, gzip; q=0.000")));
    assert_true(coding_accepted(CODING_GZIP, STR("br;q=1, *;q=0.5")));
}

static void tags_lose_the_suffix_of_their_coding(void **state) {
    (void)state;
    Arena *arena CLEANUP(arena_drop) = arena_new();
    static const struct {
        const char *tags, *plain;
        Coding had;
    } CASES[] = {
        {"\"3-gzip\"", "\"3\"", CODING_GZIP},
        {"\"3-br\"", "\"3\"", CODING_BROTLI},
        {"\"3-gzip\", W/\"x\", \"4-br\"", "\"3\", W/\"x\", \"4\"", CODING_BROTLI},
        {"\"gzip-3\", \"br\"", "\"gzip-3\", \"br\"", CODING_PLAIN},
        {"\"3-br", "\"3-br", CODING_PLAIN},
        {"*", "*", CODING_PLAIN},
        {"", "", CODING_PLAIN},
    };
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        Coding had;
        Str plain = answer_plain_tags(arena, str_of(CASES[i].tags), &had);
        assert_true(str_is(plain, CASES[i].plain));
        assert_int_equal(had, CASES[i].had);
    }
}

static void addresses_are_read_and_written(void **state) {
    (void)state;
    static const char *const TEXTS[][2] = {{"192.0.2.1", "192.0.2.1"},
                                           {"::ffff:192.0.2.1", "192.0.2.1"},
                                           {"2001:DB8::1", "2001:db8::1"}};
    for (size_t i = 0; i < 3; i++) {
        Address address;
        char text[ADDRESS_TEXT_SIZE];
        assert_true(address_parse(str_of(TEXTS[i][0]), &address));
        address_write(address, text);
        assert_string_equal(text, TEXTS[i][1]);
    }
    Address ignored;
    assert_false(address_parse(STR("192.0.2.1:80"), &ignored));
    assert_false(address_parse(STR("unknown"), &ignored));
    assert_false(address_parse(STR(""), &ignored));
}

static void addresses_are_counted_each(void **state) {
    (void)state;
    Addresses *addresses = addresses_new(2);
    Address one, other;
    assert_true(address_parse(STR("192.0.2.1"), &one) && address_parse(STR("::1"), &other));
    assert_true(addresses_enter(addresses, one) && addresses_enter(addresses, one));
    assert_false(addresses_enter(addresses, one));
    assert_true(addresses_enter(addresses, other));
    addresses_leave(addresses, one);
    assert_true(addresses_enter(addresses, one));
    addresses_free(addresses);
}

static void the_corpus_holds(void **state) {
    (void)state;
    assert_true(corpus_replay("http_head", LLVMFuzzerTestOneInput) > 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_head_is_taken_apart),
        cmocka_unit_test(the_end_of_a_head_is_found_across_pieces),
        cmocka_unit_test(accept_encoding_is_weighed),
        cmocka_unit_test(tags_lose_the_suffix_of_their_coding),
        cmocka_unit_test(addresses_are_read_and_written),
        cmocka_unit_test(addresses_are_counted_each),
        cmocka_unit_test(the_corpus_holds),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
