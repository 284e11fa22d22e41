/* The rows that a rehearsal found wanting, cell by cell, for people who mend them in place. */
#ifndef ONDO_EXCHANGE_FAILING_H
#define ONDO_EXCHANGE_FAILING_H

#include "rejected.h"

enum {
    FAILING_ROWS_DEFAULT = 100,
    FAILING_ROWS_MOST = 500,
    FAILING_SIZE_LIMIT = 4 * 1024 * 1024, /* bytes of JSON; what is behind is asked for later */
    FAILING_CELL_LIMIT = 4000,            /* bytes of a cell that are shown */
};

/** A part of them: `limit` rows behind the first `offset`. */
typedef struct FailingRows {
    int64_t offset, limit; /* which of them are wanted */
    int64_t total, shown;  /* how many there are, and were written */
    Buffer text;           /* the elements of a JSON array; the caller frees it */
    JsonWriter json;
} FailingRows;

/** Starts from the beginning, also for reading the file once more. */
void failing_start(FailingRows *failing);

/**
 * Adds a row that is not READY: line, state, cells, and each error with column, field, code and
 * sentence in the actor's language. `names` knows the columns.
 */
void failing_add(FailingRows *failing, const Rejected *names, Arena *arena, const ImportRow *row);

/** Writes them as {"total", "offset", "items"}. */
void failing_write(const FailingRows *failing, JsonWriter *json);

#endif
