/*
 * The model as tables: one a object, named as the object, a column a field, plus seq (SQLite), id,
 * version, created_at, created_by, updated_at, updated_by, deleted_at (NULL: alive). An indexed
 * text field F also has F_sort_en, F_sort_ja and F_sort_zh: collation keys made in C. Every
 * statement quotes its names.
 *
 * Columns have no NOT NULL and no foreign keys: what is required may change, records are deleted
 * softly, and the record layer checks both. Unique indexes hold among the living records.
 * The table "model_column" notes what was made, so that a later change is noticed.
 */
#ifndef ONDO_MODEL_TABLES_H
#define ONDO_MODEL_TABLES_H

#include "model.h"
#include "store.h"

/**
 * Makes what is missing: tables, columns, indexes, search indexes; computes the sort keys, search
 * tokens and roll-ups of records that are there already when their definition (or, for sort keys,
 * ICU's version) has changed. Never drops or
 * narrows a column; drops indexes of its own making that the model no longer asks for. `*changed`
 * says whether anything was done; when nothing was, it took a few queries of the catalogue.
 * STATUS_CONFLICT with `problem` when a unique index cannot be made on the data ("unique_on_data"),
 * or a field has changed to a type that is stored otherwise ("field_type_changed"); then nothing
 * is.
 */
MUST_USE Status tables_update(const Model *model, Store *store, Problem *problem, bool *changed);

/**
 * Looks whether tables_update could make the model of the data that is there: every obstacle goes
 * to `problem`, codes as above, and STATUS_INVALID is returned. Reads only.
 */
MUST_USE Status tables_check(const Model *model, Transaction *transaction, Problem *problem);
/** As tables_update, within the caller's writing job, so that other changes go with it. */
MUST_USE Status tables_update_within(const Model *model, Transaction *transaction,
                                     Problem *problem);

/**
 * Keeps all others from the object's table until the writing job ends, where the database would let
 * them in. As the very first statement of a job that will change the table: then nobody's change
 * can stand between what the job sees and what it does.
 */
MUST_USE Status tables_lock(const Object *object, Transaction *transaction);

/**
 * Drops the indexes that are not unique, and makes them again: for loading much at once. After a
 * crash in between, tables_update makes them.
 */
MUST_USE Status tables_drop_indexes(const Model *model, Store *store);
/** The counterpart; makes whatever the model asks for and is not there. */
MUST_USE Status tables_make_indexes(const Model *model, Store *store);

/**
 * What a SELECT names to read whole records of the table aliased "r": TABLES_SYSTEM_COLUMNS columns
 * (id, version, created_at, created_by, updated_at, updated_by, deleted_at), then every field.
 */
Str tables_select_list(Arena *arena, const Object *object);
enum { TABLES_SYSTEM_COLUMNS = 7 };
/** Their names, in that order. */
extern const char *const TABLES_SYSTEM_COLUMN_NAMES[TABLES_SYSTEM_COLUMNS];

/** True for text fields that are indexed, which have the three key columns. */
bool tables_has_sort_keys(const Field *field);
/** "family_name_sort_ja" */
Str tables_sort_column(Arena *arena, const Field *field, Lang lang);

/**
 * The sort key of `field` in a record (one value for each field of the object), as bytes: of the
 * text that its definition sorts by, or its own where that is empty; NULL when both are.
 */
Value tables_sort_key(Arena *arena, const Object *object, const Field *field, Lang lang,
                      const Value *values);

/** True if any field of the object is searchable. */
bool tables_has_search(const Object *object);
/** The search tokens of a record: of the texts of all its searchable fields. */
Str tables_search_tokens(Arena *arena, const Object *object, const Value *values);

#endif
