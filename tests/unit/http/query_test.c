#include "../../fuzz/http_query_fuzz.c"
#include "corpus.h"

static void assert_parameter(HttpParameter parameter, const char *name, const char *value) {
    assert_true(str_is(parameter.name, name));
    assert_true(str_is(parameter.value, value));
}

static void parameters_are_decoded(void **state) {
    (void)state;
    Arena *arena CLEANUP(arena_drop) = arena_new();
    HttpParameter *list = NULL;
    size_t count = 0;
    Str query = STR("q=%E7%94%B0%e4%b8%ad+%2B&&flag&a=b=c&=x");
    assert_int_equal(http_query_parse(arena, query, &list, &count), STATUS_OK);
    assert_int_equal(count, 4);
    assert_parameter(list[0], "q", "田中 +");
    assert_parameter(list[1], "flag", "");
    assert_parameter(list[2], "a", "b=c");
    assert_parameter(list[3], "", "x");
    assert_int_equal(http_query_parse(arena, STR(""), &list, &count), STATUS_OK);
    assert_int_equal(count, 0);
}

static void broken_queries_are_malformed(void **state) {
    (void)state;
    Arena *arena CLEANUP(arena_drop) = arena_new();
    static const char *const BROKEN[] = {"a=%",   "a=%1",     "a=%g0",    "%=a",
                                         "a=%00", "a=%E3%81", "a=%C0%80", "a=%ff"};
    HttpParameter *list = NULL;
    size_t count = 77;
    for (size_t i = 0; i < sizeof BROKEN / sizeof *BROKEN; i++) {
        assert_int_equal(http_query_parse(arena, str_of(BROKEN[i]), &list, &count),
                         STATUS_MALFORMED);
    }
    assert_null(list);
    assert_int_equal(count, 77);
}

static void a_hundred_parameters_are_enough(void **state) {
    (void)state;
    Arena *arena CLEANUP(arena_drop) = arena_new();
    Buffer query CLEANUP(buffer_free) = {0};
    for (int i = 0; i < 100; i++) buffer_add(&query, STR("a=1&"));
    HttpParameter *list = NULL;
    size_t count = 0;
    assert_int_equal(http_query_parse(arena, buffer_str(&query), &list, &count), STATUS_OK);
    assert_int_equal(count, 100);
    buffer_add(&query, STR("b"));
    assert_int_equal(http_query_parse(arena, buffer_str(&query), &list, &count), STATUS_MALFORMED);
}

static void a_path_keeps_its_plus(void **state) {
    (void)state;
    Arena *arena CLEANUP(arena_drop) = arena_new();
    Str out;
    assert_int_equal(http_percent_decode(arena, STR("a+b%20%2Fc"), &out), STATUS_OK);
    assert_true(str_is(out, "a+b /c"));
    assert_int_equal(http_percent_decode(arena, STR("%2"), &out), STATUS_MALFORMED);
}

static void headers_and_cookies_are_found(void **state) {
    (void)state;
    HttpHeader headers[] = {
        {.name = STR_INIT("COOKIE"), .value = STR_INIT("a=1; sid = x; sid=right ;b")},
        {.name = STR_INIT("Accept"), .value = STR_INIT("text/html")},
        {.name = STR_INIT("accept"), .value = STR_INIT("second")},
        {.name = STR_INIT("cookie"), .value = STR_INIT("late=2")},
    };
    HttpRequest request = {.headers = headers, .header_count = 4};
    assert_true(str_is(http_request_header(&request, "aCCept"), "text/html"));
    assert_null(http_request_header(&request, "Accept-Language").data);
    assert_true(str_is(http_request_cookie(&request, "sid"), "right"));
    assert_true(str_is(http_request_cookie(&request, "late"), "2"));
    assert_null(http_request_cookie(&request, "b").data);
    assert_null(http_request_cookie(&request, "A").data);
}

static void the_corpus_holds(void **state) {
    (void)state;
    assert_true(corpus_replay("http_query", LLVMFuzzerTestOneInput) > 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(parameters_are_decoded),
        cmocka_unit_test(broken_queries_are_malformed),
        cmocka_unit_test(a_hundred_parameters_are_enough),
        cmocka_unit_test(a_path_keeps_its_plus),
        cmocka_unit_test(headers_and_cookies_are_found),
        cmocka_unit_test(the_corpus_holds),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
