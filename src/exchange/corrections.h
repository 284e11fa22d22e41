/*
 * What people have changed about a file that waits to be imported, without touching the file:
 *
 *     {"corrections": {"3": {"2": "東京第一病院", "4": ""}}, "skip_lines": [7, 12]}
 *
 * Lines are those of the file on which a row begins, columns count from 1. A corrected cell is read
 * as if it had stood in the file, and obeys the same rules.
 */
#ifndef ONDO_EXCHANGE_CORRECTIONS_H
#define ONDO_EXCHANGE_CORRECTIONS_H

#include "json.h"
#include "sheet.h"

/** A cell that a person has mended. */
typedef struct Correction {
    int64_t line;
    size_t column; /* from 0 */
    Str text;
} Correction;

/** What people changed of a file that is itself kept as it came. */
typedef struct Corrections {
    Correction *cells; /* by line and column */
    size_t count;
    int64_t *skipped; /* lines, ascending */
    size_t skipped_count;
} Corrections;

/** Nothing is corrected. */
#define CORRECTIONS_NONE ((Corrections){.count = 0})

/**
 * Reads both members of a request; either may be absent. STATUS_INVALID with "import_corrections"
 * at the place of what is no line, column or text. Everything is copied to the arena.
 */
MUST_USE Status corrections_read(Arena *arena, const json_t *body, Problem *problem,
                                 Corrections *out);

/**
 * Whether every line that is corrected or left out is a row of data of the file. STATUS_INVALID
 * with "import_no_such_line" for the others: they were meant for another form of the file.
 */
MUST_USE Status corrections_fit(const Corrections *corrections, Str bytes, const SheetForm *form,
                                Arena *arena, Problem *problem);

/** Whether the row is to be left out. */
bool corrections_skip(const Corrections *corrections, int64_t line);

/** Puts the new texts into a row, which gets cells of its own in the arena where it must. */
void corrections_apply(const Corrections *corrections, Arena *arena, SheetRow *row);

#endif
