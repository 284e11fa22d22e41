/*
 * Bringing files in: look at a file, rehearse its import, import it, take the import back.
 *
 * A rehearsal and an import run the same code row by row; a rehearsal writes into one transaction
 * that is rolled back (for a large file on SQLite: of a copy of the database, so that nobody waits
 * for it). Rows are read, then saved in groups through the record layer with the actor's rights, so
 * that checks, rules, roll-ups, search and journal hold as for any save. All statuses but
 * STATUS_OK have their reasons in `problem`.
 */
#ifndef ONDO_EXCHANGE_IMPORTER_H
#define ONDO_EXCHANGE_IMPORTER_H

#include "corrections.h"
#include "failing.h"
#include "import_record.h"
#include "undo.h"

enum {
    IMPORT_GROUP_ROWS = 1000,
    IMPORT_ROWS_MOST = 5000000,
    IMPORT_EXAMPLES = 20, /* rows not taken that a report quotes */
};

/**
 * Called after each group, by a rehearsal also before and while it copies the database; false stops
 * it there, with STATUS_BUSY.
 */
typedef bool ImportProgress(void *data, const ImportCounts *counts);

/** What a person asks of an import beyond the file itself. */
typedef struct ImportRequest {
    const Object *object;
    Str file_name; /* for people */
    Str bytes;     /* the whole file; it may be mapped into memory */
    SheetHints hints;
    const json_t *map; /* NULL: as the last file with the same columns, or by the headings */
    const Corrections *corrections; /* NULL: none */
    FailingRows *failing;           /* of a rehearsal, to be filled; NULL: only counted */
    Str reason;                     /* for the journal; may be empty */
    ImportProgress *progress;       /* NULL: none */
    void *progress_data;
} ImportRequest;

/** What a file is and how it would be read; made by importer_plan, in its arena. */
typedef struct ImportPlan {
    SheetForm form; /* encoding, delimiter and header as they were found */
    ImportMap map;
    const char *map_from; /* "given", "earlier" or "headings" */
    Str signature;        /* of the columns, by which a later file is known again */
    SheetRow first;       /* the first row: the headings, when the form says so */
} ImportPlan;

/** A row that was not taken, for the report. */
typedef struct ImportExample {
    int64_t line;
    Str reasons; /* in the actor's language */
} ImportExample;

/** What an import or its rehearsal came to. */
typedef struct ImportResult {
    ImportCounts counts;
    ImportExample examples[IMPORT_EXAMPLES]; /* the first rows not taken */
    size_t example_count;
    Str rejected; /* the file of rows not taken, CSV; empty: none */
} ImportResult;

/**
 * Detects the file's form and settles the map. STATUS_DENIED without the right "import" or the
 * role's verb on the object. A map that nothing could be proposed for has no columns.
 */
MUST_USE Status importer_plan(const Exchange *exchange, const ImportRequest *request, Arena *arena,
                              Problem *problem, ImportPlan *out);

/** What an import would do now, without doing it. One that is stopped leaves nothing either. */
MUST_USE Status importer_rehearse(const Exchange *exchange, const ImportRequest *request,
                                  const ImportPlan *plan, Arena *arena, Problem *problem,
                                  ImportResult *out);

/** Notes the import as running, with its map; the id is the batch of its journal entries. */
MUST_USE Status importer_begin(const Exchange *exchange, const ImportRequest *request,
                               const ImportPlan *plan, Arena *arena, Problem *problem, Id *id);

/** As importer_begin, for a staged import: STATUS_CONFLICT when somebody has run it already. */
MUST_USE Status importer_begin_staged(const Exchange *exchange, const ImportRequest *request,
                                      const ImportPlan *plan, Id id, Arena *arena,
                                      Problem *problem);

/**
 * Imports, group by group; counts can be read while it runs. What was saved stays when it is
 * stopped or fails in between; the import can then be undone, or made again. When it is cancelled
 * (importer_cancel) what was saved is taken back before this returns STATUS_STALE.
 */
MUST_USE Status importer_run(const Exchange *exchange, const ImportRequest *request,
                             const ImportPlan *plan, Id id, Arena *arena, Problem *problem,
                             ImportResult *out);

/** Writes what was found out about the file: form, columns with samples, map. Members only. */
void importer_write_plan(const Exchange *exchange, const ImportRequest *request,
                         const ImportPlan *plan, Arena *arena, JsonWriter *json);
/** Writes counts and examples. Members only. */
void importer_write_result(const ImportResult *result, JsonWriter *json);

/**
 * Asks a running import to stop; whoever runs it takes back what it has done. STATUS_CONFLICT with
 * "import_not_running" when nobody is at work on it (any more).
 */
MUST_USE Status importer_cancel(const Exchange *exchange, Id id, Arena *arena, Problem *problem);
/** Takes back what an import did that was cancelled; for importer_run. */
MUST_USE Status importer_take_back(const Exchange *exchange, Id id, Str reason, Arena *arena,
                                   Problem *problem);

/**
 * Marks an import as being undone, also one that was stopped, or whose undo could not take back
 * everything then. STATUS_NOT_FOUND without it or out of the actor's reach,
 * STATUS_CONFLICT while it is running or when it is undone already, STATUS_DENIED as for importing.
 */
MUST_USE Status importer_undo_begin(const Exchange *exchange, Id id, Arena *arena,
                                    Problem *problem);

/**
 * Takes back an import for which importer_undo_begin has returned STATUS_OK: records that it
 * created are deleted, fields that it changed get their former values, where nobody has changed
 * them since. What rules did on its account goes with it. The journal has the undo as one batch of
 * its own.
 */
MUST_USE Status importer_undo(const Exchange *exchange, Id id, Str reason, Arena *arena,
                              Problem *problem, UndoCounts *out);

/** What importer_undo would do now, by reading alone; what will be refused is not foretold. */
MUST_USE Status importer_undo_foresee(const Exchange *exchange, Id id, Arena *arena,
                                      Problem *problem, UndoProgress *out);

/**
 * Whether the actor may see an import and take it back: one they brought or ran, or any into an
 * object that they may import without bounds. Others hold rows that may be beyond the actor's
 * reach.
 */
bool importer_reaches(const Exchange *exchange, const ImportRecord *record);

/** Whether the actor may import into the object. STATUS_DENIED with its reason. */
MUST_USE Status importer_allow(const Exchange *exchange, const Object *object, Problem *problem);

#endif
