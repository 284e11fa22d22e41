/* Replays the corpus of the fuzzer, and its inputs cut short at every byte. */
#include <dirent.h>

#include "../../fuzz/field_text_fuzz.c"
#include "model_fixture.h"

#define CORPUS ONDO_SOURCE_DIR "/tests/fuzz/corpus/field_text"

static void replay(const char *path) {
    unsigned char bytes[4096];
    FILE *file = fopen(path, "rb");
    assert_non_null(file);
    size_t size = fread(bytes, 1, sizeof bytes, file);
    fclose(file);
    for (size_t length = 0; length <= size; length++) {
        /* A copy of the exact size, so that AddressSanitizer sees a read beyond the end. */
        unsigned char *copy = malloc(length + 1);
        memcpy(copy, bytes, length);
        unsigned char *exact = realloc(copy, length ? length : 1);
        assert_int_equal(LLVMFuzzerTestOneInput(exact, length), 0);
        free(exact);
    }
}

static void the_corpus_holds(void **state) {
    DIR *folder = opendir(CORPUS);
    int count = 0;
    (void)state;
    assert_non_null(folder);
    for (struct dirent *entry; (entry = readdir(folder));) {
        char path[600];
        if (entry->d_name[0] == '.') continue;
        snprintf(path, sizeof path, CORPUS "/%s", entry->d_name);
        replay(path);
        count++;
    }
    closedir(folder);
    assert_true(count >= 40);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(the_corpus_holds)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
