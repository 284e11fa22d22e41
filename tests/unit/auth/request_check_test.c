#include "request_check.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static RequestSource post(void) {
    return (RequestSource){
        .method = STR("POST"), .host = STR("crm.example:8443"), .csrf = STR("token")};
}

static void safe_methods_need_nothing(void **state) {
    (void)state;
    RequestSource source = {.method = STR("GET"), .fetch_site = STR("cross-site")};
    assert_true(request_is_intended(&source, STR("token")));
    source.method = STR("HEAD");
    assert_true(request_is_intended(&source, STR("token")));
    source.method = STR("get");
    assert_false(request_is_intended(&source, STR("token")));
}

static void unsafe_methods_need_the_sessions_token(void **state) {
    (void)state;
    RequestSource source = post();
    assert_true(request_is_intended(&source, STR("token")));
    assert_false(request_is_intended(&source, STR("other")));
    assert_false(request_is_intended(&source, STR("")));
    source.csrf = STR("");
    assert_false(request_is_intended(&source, STR("token")));
    assert_false(request_is_intended(&source, STR("")));
}

static void other_sites_are_refused_even_with_the_token(void **state) {
    (void)state;
    RequestSource source = post();
    source.fetch_site = STR("cross-site");
    assert_false(request_is_intended(&source, STR("token")));
    source.fetch_site = STR("same-site");
    assert_false(request_is_intended(&source, STR("token")));
    source.fetch_site = STR("same-origin");
    assert_true(request_is_intended(&source, STR("token")));
    source.fetch_site = STR("none");
    assert_true(request_is_intended(&source, STR("token")));
}

static void origins_count_where_fetch_metadata_is_missing(void **state) {
    (void)state;
    RequestSource source = post();
    source.origin = STR("https://CRM.example:8443");
    assert_true(request_is_same_origin(&source));
    source.origin = STR("https://crm.example");
    assert_false(request_is_same_origin(&source));
    source.origin = STR("https://evil.example/crm.example:8443");
    assert_false(request_is_same_origin(&source));
    source.origin = STR("null");
    assert_false(request_is_same_origin(&source));
    source.origin = STR("");
    assert_true(request_is_same_origin(&source));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(safe_methods_need_nothing),
        cmocka_unit_test(unsafe_methods_need_the_sessions_token),
        cmocka_unit_test(other_sites_are_refused_even_with_the_token),
        cmocka_unit_test(origins_count_where_fetch_metadata_is_missing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
