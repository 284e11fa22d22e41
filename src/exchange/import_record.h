/* Imports as the database remembers them: the tables "import" and "file". */
#ifndef ONDO_EXCHANGE_IMPORT_RECORD_H
#define ONDO_EXCHANGE_IMPORT_RECORD_H

#include "exchange.h"

/** What became of the rows of a file. */
typedef struct ImportCounts {
    int64_t rows; /* read so far, the heading and blank rows left out */
    int64_t created, updated, unchanged;
    int64_t skipped;  /* the same key stood in an earlier row */
    int64_t left_out; /* the person said so */
    int64_t failed;
    int64_t bytes; /* of the file, read so far */
} ImportCounts;

/** The states of an import. */
#define IMPORT_STAGED "staged" /* the file is here; nothing is imported yet */
#define IMPORT_RUNNING "running"
#define IMPORT_DONE "done"
#define IMPORT_STOPPED "failed"        /* ended early; what was saved stays */
#define IMPORT_CANCELLING "cancelling" /* asked to stop; what was saved is being taken back */
#define IMPORT_CANCELLED "cancelled"
#define IMPORT_UNDOING "undoing"
#define IMPORT_UNDONE "undone"

/** One import; its texts live in the arena it was read into. */
typedef struct ImportRecord {
    Id id;
    Str object, file_name, status;
    Str map, counts, report; /* JSON */
    Id source;               /* the file itself, while it is kept; none */
    Id rejected;             /* the file of rows not taken; none */
    Id created_by, run_by;
    Str created_by_name, run_by_name; /* empty: nobody, or not read from the database */
    int64_t created_at, run_at, finished_at, undone_at; /* 0: not yet */
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

/** A staged import is running now, with its map and report; STATUS_STALE if it is not staged. */
MUST_USE Status import_record_run(Context *context, const ImportRecord *record);
/**
 * Sets the counts of a running import; the time of its last sign of life is kept beside them.
 * STATUS_STALE when it is not running any more: somebody has asked it to stop.
 */
MUST_USE Status import_record_progress(Context *context, Id id, const ImportCounts *counts);
/** Ends it; `rejected` may be none. IMPORT_DONE only while it is running: STATUS_STALE otherwise.
 */
MUST_USE Status import_record_finish(Context *context, Id id, const char *status,
                                     const ImportCounts *counts, Str report, Id rejected);
/** Sets the status alone. */
MUST_USE Status import_record_status(Context *context, Id id, const char *status);
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
