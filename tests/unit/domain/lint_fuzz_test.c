/* The corpus of the fuzzer of the lint, as an ordinary test; and each of it cut short at every
 * byte.
 */
#include "../../fuzz/lint_fuzz.c"
#include "../http/corpus.h"

static int cut_short(const unsigned char *data, size_t size) {
    for (size_t end = 0; end <= size; end++) {
        unsigned char *part = malloc(end + 1);
        memcpy(part, data, end);
        assert_int_equal(LLVMFuzzerTestOneInput(part, end), 0);
        free(part);
    }
    return 0;
}

static void test_the_corpus_holds(void **state) {
    (void)state;
    assert_true(corpus_replay("lint", cut_short) >= 15);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_the_corpus_holds)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
