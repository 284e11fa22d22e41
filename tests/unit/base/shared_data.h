/* Public vectors in the folder that ONDO_SHARED names; without it the tests are skipped. */
#ifndef ONDO_TESTS_SHARED_DATA_H
#define ONDO_TESTS_SHARED_DATA_H

#include "base_fixture.h"
#include "files.h"

/** The path of a file or folder there; skips the test when there is none. */
static inline const char *shared_path(Arena *arena, const char *name) {
    const char *folder = getenv("ONDO_SHARED");
    if (!folder || !*folder) skip();
    return str_format(arena, "%s/data/%s", folder, name).data;
}

static inline Str shared_file(Arena *arena, const char *name) {
    const char *path = shared_path(arena, name);
    Str content;
    if (files_read(arena, path, &content) != STATUS_OK) skip();
    return content;
}

#endif
