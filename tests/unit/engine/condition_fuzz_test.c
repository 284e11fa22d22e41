/* The corpus of the fuzzer of conditions, as an ordinary test. */
#include "../../fuzz/condition_fuzz.c"
#include "../http/corpus.h"

static void test_the_corpus_holds(void **state) {
    (void)state;
    assert_true(corpus_replay("condition", LLVMFuzzerTestOneInput) > 15);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_the_corpus_holds)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
