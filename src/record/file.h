/* Files: what fields of type "file" refer to. They lie in the database, so that one backup has all.
 */
#ifndef ONDO_RECORD_FILE_H
#define ONDO_RECORD_FILE_H

#include "context.h"

/** A file about to be kept; its content is borrowed. */
typedef struct NewFile {
    Str name; /* for people; never used as a path */
    Str type; /* media type */
    Str content;
    Str object; /* what it is attached to: "visit", "import" … */
    Id record;
} NewFile;

/** Keeps a file, with its SHA-256. Whether the actor may is the caller's to ask. */
MUST_USE Status file_insert(Context *context, const NewFile *file, Id *out);

/** A file as it is kept, in the arena of the request. */
typedef struct StoredFile {
    Str name, type, content, object; /* in the context's arena */
    Id record, created_by;
} StoredFile;

/** STATUS_NOT_FOUND when there is none. Whether the actor may is the caller's to ask. */
MUST_USE Status file_read(Context *context, Id id, StoredFile *out);

/** A file without its content. */
typedef struct FileEntry {
    Id id, created_by;
    Str name, type;     /* in the context's arena */
    int64_t size;       /* bytes */
    int64_t created_at; /* milliseconds since 1970 UTC */
} FileEntry;

typedef Status (*FileVisit)(void *data, const FileEntry *file);

enum { FILE_LIST_LIMIT = 200 };

/**
 * Visits the files attached to a record, the newest first, at most FILE_LIST_LIMIT. Whether the
 * actor may read the record is the caller's to ask.
 */
MUST_USE Status file_each(Context *context, Str object, Id record, FileVisit visit, void *data);

/** Whether the actor may have the file: whoever brought it, and who may read what it is attached
 * to. */
MUST_USE Status file_may_read(Context *context, const StoredFile *file, bool *out);

#endif
