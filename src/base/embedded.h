/* Files that are part of the binary: the business (pharma/) and the page (web/). */
#ifndef ONDO_BASE_EMBEDDED_H
#define ONDO_BASE_EMBEDDED_H

#include "str.h"

/** A file that is part of the program. */
typedef struct EmbeddedFile {
    Str path, content; /* "pharma/objects/hcp.json"; a NUL stands behind the content */
} EmbeddedFile;

/** Sorted by path, bytewise. Made by tools/embed.c. */
extern const EmbeddedFile embedded_files[];
extern const size_t embedded_count;

#endif
