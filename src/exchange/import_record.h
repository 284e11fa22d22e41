/* Imports as the database remembers them: the tables "import" and "file". */
#ifndef ONDO_EXCHANGE_IMPORT_RECORD_H
#define ONDO_EXCHANGE_IMPORT_RECORD_H

#include "exchange.h"

typedef struct ImportCounts {
    int64_t rows; /* read so far, the heading and blank rows left out */
    int64_t created, updated, unchanged;
    int64_t skipped; /* the same key stood in an earlier row */
    int64_t failed;
} ImportCounts;

/** The states of an import. */
#define IMPORT_RUNNING "running"
#define IMPORT_DONE "done"
#define IMPORT_STOPPED "failed"
#define IMPORT_UNDOING "undoing"
#define IMPORT_UNDONE "undone"

/** One import; its texts live in the arena it was read into. */
typedef struct ImportRecord {
    Id id;
    Str object, file_name, status;
    Str map, counts, report; /* JSON */
    Id rejected;             /* the file of rows not taken; none */
    Id created_by;
    int64_t created_at, finished_at, undone_at; /* 0: not yet */
} ImportRecord;

/** Notes a new import with all that is known of it at its start. */
MUST_USE Status import_record_insert(Context *context, const ImportRecord *record);
/** STATUS_NOT_FOUND when there is none. Who may read it is the caller's matter. */
MUST_USE Status import_record_read(Context *context, Id id, ImportRecord *out);

/** What import_record_each calls; any status but STATUS_OK ends it. */
typedef Status ImportRecordVisitor(void *data, const ImportRecord *record);
/**
 * Calls `visit` for imports newest first, those before `before` (none: all), at most `limit`; of
 * one object, or of all when `object` is empty.
 */
MUST_USE Status import_record_each(Context *context, Str object, Id before, int64_t limit,
                                   ImportRecordVisitor *visit, void *data);

/** Sets status and counts; the time of its last sign of life is kept beside the counts. */
MUST_USE Status import_record_progress(Context *context, Id id, const char *status,
                                       const ImportCounts *counts);
/** Ends it; `rejected` may be none. */
MUST_USE Status import_record_finish(Context *context, Id id, const char *status,
                                     const ImportCounts *counts, Str report, Id rejected);
/** Sets the status and report of an undo; with IMPORT_UNDONE also the moment. */
MUST_USE Status import_record_undo(Context *context, Id id, const char *status, Str report);

/**
 * Whether work on it goes on: its status says so, and it gave a sign of life in the last minutes
 * (a process that was killed leaves its status behind).
 */
bool import_record_busy(const ImportRecord *record, int64_t now);

/** Writes the counts as an object. */
void import_counts_write(JsonWriter *json, const ImportCounts *counts);
/** Writes the import as the API shows it. */
void import_record_write(JsonWriter *json, const ImportRecord *record);

/** Keeps a document in the table "file", attached to the import. */
MUST_USE Status import_file_insert(Context *context, Str name, Str content, Id import, Id *out);
/** Reads it again into the arena. STATUS_NOT_FOUND when there is none. */
MUST_USE Status import_file_read(Context *context, Id file, Str *name, Str *content);

#endif
