/* What the tests of this layer share: words in tokens, and the optional folder of real data. */
#ifndef ONDO_TESTS_TEXT_DATA_H
#define ONDO_TESTS_TEXT_DATA_H

#include <stdio.h>
#include <stdlib.h>

#include "buffer.h"

/* True if `word` is one of the space-separated words. */
static inline bool has_word(Str words, const char *word) {
    Str rest = words;
    while (rest.data) {
        if (str_is(str_cut(&rest, ' '), word)) return true;
    }
    return false;
}

/* The contents of a file in the data folder; false when the folder or the file is not there. */
static inline bool read_data(const char *name, Buffer *out) {
    const char *folder = getenv("ONDO_SHARED");
    char path[1024];
    if (!folder) return false;
    snprintf(path, sizeof path, "%s/data/%s", folder, name);
    FILE *file = fopen(path, "rb");
    if (!file) return false;
    size_t size;
    while ((size = fread(buffer_room(out, 65536), 1, 65536, file)) > 0) out->size += size;
    fclose(file);
    return true;
}

#endif
