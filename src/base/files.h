/* Whole files. */
#ifndef ONDO_BASE_FILES_H
#define ONDO_BASE_FILES_H

#include "str.h"

/**
 * Reads a file into the arena, NUL-terminated behind its end. STATUS_NOT_FOUND or STATUS_FAILED.
 */
MUST_USE Status files_read(Arena *arena, const char *path, Str *out);

/**
 * Writes a new file readable by its owner only. STATUS_CONFLICT when it exists, STATUS_FAILED else.
 */
MUST_USE Status files_write_private(const char *path, Str content);

#endif
