/* Replays the corpus of the fuzzer of request bodies, and its inputs cut short at every byte. */
#include "../../fuzz/json_fuzz.c"
#include "../http/corpus.h"

static int cut_short(const unsigned char *data, size_t size) {
    for (size_t length = 0; length <= size; length++) {
        /* A copy of the exact size, so that AddressSanitizer sees a read beyond the end. */
        unsigned char *copy = malloc(length ? length : 1);
        if (length) memcpy(copy, data, length);
        assert_int_equal(LLVMFuzzerTestOneInput(copy, length), 0);
        free(copy);
    }
    return 0;
}

static void the_corpus_holds(void **state) {
    (void)state;
    assert_true(corpus_replay("json", cut_short) >= 28);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(the_corpus_holds)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
