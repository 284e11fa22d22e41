/* Every outcome has a name of its own. */
#include "base_fixture.h"

static void names_are_there_and_differ(void **state) {
    (void)state;
    for (int a = STATUS_OK; a <= STATUS_FAILED; a++) {
        assert_non_null(status_name((Status)a));
        assert_string_not_equal(status_name((Status)a), "unknown");
        for (int b = STATUS_OK; b < a; b++) {
            assert_string_not_equal(status_name((Status)a), status_name((Status)b));
        }
    }
    assert_string_equal(status_name(STATUS_NOT_FOUND), "not_found");
    assert_string_equal(status_name((Status)1000), "unknown");
    assert_string_equal(status_name((Status)-1), "unknown");
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(names_are_there_and_differ)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
