/* The rows that an import did not take, as a file to correct and import again. */
#ifndef ONDO_EXCHANGE_REJECTED_H
#define ONDO_EXCHANGE_REJECTED_H

#include "import_row.h"

enum { REJECTED_SIZE_LIMIT = 32 * 1024 * 1024 /* bytes; further rows are only counted */ };

/** UTF-8 with byte order mark: the original columns, and one more with the reasons. */
typedef struct Rejected {
    const Exchange *exchange;
    const ImportMap *map;
    char delimiter;      /* as in the original */
    size_t width;        /* columns of the original */
    const Str *headings; /* of the original; NULL without header */
    Buffer text;         /* the caller frees it */
    size_t rows;
} Rejected;

/** Adds a row with the reasons of its problem. */
void rejected_add(Rejected *rejected, Arena *arena, const ImportRow *row);

/**
 * The sentence of an error in the actor's language, for people who mend cells: of a choice it names
 * the words that can stand there, where the API's own sentence has codes.
 */
Str rejected_sentence(const Rejected *rejected, Arena *arena, const ProblemError *error);

/** "郵便番号: …; line 7 …": every reason of a row, naming the column and saying the sentence. */
Str rejected_reasons(const Rejected *rejected, Arena *arena, const ImportRow *row);

/** The column that an error belongs to, by its pointer; NULL for those of no column. */
const ImportColumn *rejected_column(const Rejected *rejected, Arena *arena, Str pointer);

/** Forgets everything. */
void rejected_clear(Rejected *rejected);

#endif
