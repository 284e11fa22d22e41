/* Records as rows: which columns, in which order, and how they are read and written. */
#ifndef ONDO_RECORD_ROW_H
#define ONDO_RECORD_ROW_H

#include "record.h"

/** Number of columns that row_add_columns adds. */
int row_column_count(const Object *object);

/** Adds the columns of the table aliased "r": id, version … deleted_at, then every field. */
void row_add_columns(Sql *sql, const Object *object);

/** The record in the current row, whose columns start at `first`; texts are copied to the arena. */
void row_read(Arena *arena, const Rows *rows, int first, const Object *object, Record *out);

/** Inserts the record with its sort keys and search tokens. STATUS_CONFLICT on a unique value
 * taken. */
MUST_USE Status row_insert(Context *context, const Record *record);

/**
 * Updates version, updated_at, updated_by and the fields that differ from `before`.
 * STATUS_STALE when the row no longer has before's version.
 */
MUST_USE Status row_update(Context *context, const Record *before, const Record *after);

/** Sets or clears deleted_at together with the version. STATUS_STALE as above. */
MUST_USE Status row_mark_deleted(Context *context, const Record *before, const Record *after);

#endif
