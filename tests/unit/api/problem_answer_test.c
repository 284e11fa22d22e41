/* Refusals as documents in the reader's language. */
#include "problem_answer.h"

#include "api_fixture.h"

static json_t *answered(Desk *desk, Status status) {
    json_t *document = NULL;
    problem_answer(&desk->call, status);
    assert_int_equal(json_read(buffer_str(&desk->response.body), NULL, &document), STATUS_OK);
    return document;
}

static void every_outcome_has_its_status(void **state) {
    static const int EXPECTED[] = {
        [STATUS_MALFORMED] = 400, [STATUS_INVALID] = 422,   [STATUS_UNAUTHENTICATED] = 401,
        [STATUS_DENIED] = 403,    [STATUS_NOT_FOUND] = 404, [STATUS_METHOD] = 405,
        [STATUS_CONFLICT] = 409,  [STATUS_STALE] = 412,     [STATUS_TOO_LARGE] = 413,
        [STATUS_LIMITED] = 429,   [STATUS_BUSY] = 503,      [STATUS_FAILED] = 500};
    Desk *desk = *state;
    for (int status = STATUS_MALFORMED; status <= STATUS_FAILED; status++) {
        json_t *document CLEANUP(json_drop) = answered(desk, (Status)status);
        assert_int_equal(desk->response.status, EXPECTED[status]);
        assert_int_equal(json_integer_value(json_object_get(document, "status")), EXPECTED[status]);
        assert_str(
            json_get_text(document, "type"),
            str_format(desk->arena, "urn:ondo:problem:%s", status_name((Status)status)).data);
        assert_str(json_get_text(document, "request_id"), "request-1");
        assert_int_equal(json_array_size(json_object_get(document, "errors")), 0);
        Str headers = buffer_str(&desk->response.headers);
        bool retry = str_find_str(headers, STR("Retry-After: 1\r\n")) < headers.size;
        assert_int_equal(retry, status == STATUS_LIMITED || status == STATUS_BUSY);
        assert_true(str_find_str(headers, STR("application/problem+json")) < headers.size);
    }
}

static void errors_speak_the_readers_language(void **state) {
    Desk *desk = *state;
    desk->call.actor.lang = LANG_JA;
    problem_add(&desk->call.problem, STR("/name"), "required", STR("氏名"));
    problem_add(&desk->call.problem, STR("/a~1b"), "unheard_of");
    json_t *document CLEANUP(json_drop) = answered(desk, STATUS_INVALID);
    const json_t *errors = json_object_get(document, "errors");
    const json_t *first = json_array_get(errors, 0), *second = json_array_get(errors, 1);
    assert_str(json_get_text(first, "pointer"), "/name");
    assert_str(json_get_text(first, "code"), "required");
    assert_str(json_get_text(first, "message"), "氏名を入力してください。");
    assert_str(json_get_text(document, "detail"), "氏名を入力してください。");
    assert_str(json_get_text(second, "message"), "unheard_of"); /* better than nothing */
    assert_str(json_get_text(second, "pointer"), "/a~1b");
}

static void nothing_written_before_remains(void **state) {
    Desk *desk = *state;
    buffer_add(&desk->response.body, STR("{\"half\":"));
    buffer_add(&desk->response.headers, STR("ETag: \"5\"\r\n"));
    json_open_object(&desk->call.json);
    json_t *document CLEANUP(json_drop) = answered(desk, STATUS_FAILED);
    assert_null(json_object_get(document, "half"));
    Str headers = buffer_str(&desk->response.headers);
    assert_int_equal(str_find_str(headers, STR("ETag")), headers.size);
}

static void a_stale_change_is_shown_the_present_record(void **state) {
    Desk *desk = *state;
    desk->call.problem.difference = STR("{\"id\":\"x\",\"version\":3}");
    problem_add(&desk->call.problem, STR(""), "stale");
    json_t *document CLEANUP(json_drop) = answered(desk, STATUS_STALE);
    const json_t *present = json_object_get(document, "present");
    assert_int_equal(json_integer_value(json_object_get(present, "version")), 3);
}

static void a_wait_is_told_in_seconds(void **state) {
    Desk *desk = *state;
    problem_add(&desk->call.problem, STR(""), "limited", STR("64"));
    json_t *document CLEANUP(json_drop) = answered(desk, STATUS_LIMITED);
    Str headers = buffer_str(&desk->response.headers);
    assert_true(str_find_str(headers, STR("Retry-After: 64\r\n")) < headers.size);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        DESK_TEST(every_outcome_has_its_status),
        DESK_TEST(errors_speak_the_readers_language),
        DESK_TEST(nothing_written_before_remains),
        DESK_TEST(a_stale_change_is_shown_the_present_record),
        DESK_TEST(a_wait_is_told_in_seconds),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
