/* Rows of an import on their way from cells to records, a group at a time. */
#ifndef ONDO_EXCHANGE_IMPORT_ROW_H
#define ONDO_EXCHANGE_IMPORT_ROW_H

#include "exchange.h"
#include "import_map.h"
#include "record.h"
#include "seen_keys.h"

/** How far a row came, and what kept it. */
typedef enum ImportRowState {
    IMPORT_ROW_READY,
    IMPORT_ROW_SKIPPED,  /* the same key stood in an earlier row */
    IMPORT_ROW_LEFT_OUT, /* the person said so */
    IMPORT_ROW_FAILED,   /* a cell cannot be read */
    IMPORT_ROW_REFUSED,  /* the data or the actor's rights stand in the way */
} ImportRowState;

/** A row of a file as values of a record, with everything that speaks against it. */
typedef struct ImportRow {
    int64_t line; /* of the file, from 1 */
    Str *cells;   /* as they stand in the file */
    size_t count;
    Value *values; /* one a column of the map; before references are looked up */
    ImportRowState state;
    UpsertOutcome outcome; /* of a row that is READY after writing */
    Problem problem;       /* its pointers name fields: "/postal_code" */
} ImportRow;

/** What reading a row needs to know. */
typedef struct ImportReader {
    const Exchange *exchange;
    const ImportMap *map;
    const Sheet *sheet;
    Encoding encoding; /* of the file; the sheet is UTF-8 already */
    size_t width;      /* columns of the first row */
    SeenKeys *seen;    /* keys of earlier rows, for a file that holds a record twice */
} ImportReader;

/**
 * Reads cells as values, without asking the database: what is found wrong here is the same in every
 * run of the file. Everything is copied to the arena.
 */
void import_row_read(const ImportReader *reader, Arena *arena, const SheetRow *row, ImportRow *out);
/** Takes a row that is to be left out: its cells, and no values. */
void import_row_leave_out(Arena *arena, const SheetRow *row, ImportRow *out);

/** Rows that are saved in one transaction, and what they need for it. */
typedef struct ImportGroup {
    const Exchange *exchange;
    const ImportMap *map;
    Arena *arena; /* of the rows */
    ImportRow *rows;
    size_t count;
    Id batch;   /* what an undo takes back together */
    Str reason; /* for the journal; may be empty */
} ImportGroup;
/**
 * Looks up the references of all READY rows, one query a column, then saves row by row; a row may
 * become REFUSED with its problem, and leaves nothing then. `batch` marks the journal's entries.
 * Repeatable as a job of the store. A failure of the database is the only other status.
 */
MUST_USE Status import_group_write(Transaction *transaction, ImportGroup *group);

#endif
