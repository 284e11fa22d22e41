/*
 * Staged imports: a file that was brought, and is looked at and mended before it is imported. It
 * outlives tab and server, and can be worked on by everybody who may import into the object.
 *
 * The file is kept until its import is done, or else for STAGED_DAYS after anybody last touched it;
 * rows that were not taken are kept for REJECTED_DAYS after the import ended. The keeper sees to it
 * (staged_sweep).
 */
#ifndef ONDO_EXCHANGE_STAGED_H
#define ONDO_EXCHANGE_STAGED_H

#include "import_record.h"

enum { STAGED_DAYS = 7, REJECTED_DAYS = 30 };

/** A new import with its file; `record` gets id, state and moment, the rest is given. */
MUST_USE Status staged_insert(Context *context, Str content, ImportRecord *record);

/** The file of an import, into the context's arena. STATUS_NOT_FOUND when it is not kept (any
 * more). */
MUST_USE Status staged_read_source(Context *context, const ImportRecord *record, Str *out);

/** Deletes the file of an import and what was settled for it; an import without one is left. */
MUST_USE Status staged_forget_source(Context *context, Id import);

/**
 * A new staged import with the file and the draft of one that was cancelled, failed or undone,
 * which then has none. STATUS_CONFLICT with "import_file_gone" when there is no file any more, or
 * with "import_running" while work on it goes on.
 */
MUST_USE Status staged_again(Context *context, const ImportRecord *from, ImportRecord *out);

/** Deletes a staged import that is not wanted. STATUS_CONFLICT when it was run. */
MUST_USE Status staged_drop(Context *context, Id import);

/** What people have settled for a file so far; JSON of the page's making. */
typedef struct ImportDraft {
    int64_t version; /* 0: nothing was saved yet */
    Str document;    /* JSON of the page's own: columns chosen, cells mended */
    Id saved_by;     /* who saved it last */
    int64_t saved_at;
} ImportDraft;

/** Reads it; one that was never saved has version 0. */
MUST_USE Status staged_draft_read(Context *context, Id import, ImportDraft *out);

/**
 * Saves it. `expected` is the version that the person has seen, or -1 to replace any: STATUS_STALE
 * when somebody has saved another one since. STATUS_CONFLICT with "import_not_staged" when the
 * import is not staged (any more).
 */
MUST_USE Status staged_draft_save(Context *context, const ImportRecord *record, int64_t expected,
                                  Str document, int64_t *version);

/** Deletes what has been kept long enough, and marks imports as ended whose process died. */
MUST_USE Status staged_sweep(Transaction *transaction, Arena *arena, int64_t now);

#endif
