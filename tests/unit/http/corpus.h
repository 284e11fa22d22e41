/* Replays a fuzzer's corpus: one file after the other, as the fuzzer would have it. */
#ifndef ONDO_TEST_HTTP_CORPUS_H
#define ONDO_TEST_HTTP_CORPUS_H

#include <dirent.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#include "buffer.h"

static inline void corpus_read(const char *path, Buffer *out) {
    FILE *file = fopen(path, "rb");
    assert_non_null(file);
    size_t got;
    buffer_clear(out);
    while ((got = fread(buffer_room(out, 4096), 1, 4096, file)) > 0) out->size += got;
    fclose(file);
}

/** Feeds every file of tests/fuzz/corpus/<name> to `target`; how many there were. */
static inline size_t corpus_replay(const char *name,
                                   int (*target)(const unsigned char *data, size_t size)) {
    char path[1024];
    snprintf(path, sizeof path, "%s/tests/fuzz/corpus/%s", ONDO_SOURCE_DIR, name);
    DIR *folder = opendir(path);
    assert_non_null(folder);
    Buffer input CLEANUP(buffer_free) = {0};
    size_t count = 0;
    for (struct dirent *entry; (entry = readdir(folder));) {
        if (entry->d_name[0] == '.') continue;
        snprintf(path, sizeof path, "%s/tests/fuzz/corpus/%s/%s", ONDO_SOURCE_DIR, name,
                 entry->d_name);
        corpus_read(path, &input);
        assert_int_equal(target((const unsigned char *)input.data, input.size), 0);
        count++;
    }
    closedir(folder);
    return count;
}

#endif
