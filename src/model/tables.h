/*
 * The model as tables: one a object, named as the object, a column a field, plus seq (SQLite), id,
 * version, created_at, created_by, updated_at, updated_by, deleted_at (NULL: alive). An indexed
 * text field F also has F_sort_en, F_sort_ja and F_sort_zh: collation keys made in C. Every
 * statement quotes its names.
 */
#ifndef ONDO_MODEL_TABLES_H
#define ONDO_MODEL_TABLES_H

#include "model.h"
#include "store.h"

/**
 * Makes what is missing: tables, columns, indexes; never drops or narrows. `*changed` says whether
 * anything was made. STATUS_CONFLICT with `problem` when a unique index cannot be made on the data.
 */
MUST_USE Status tables_update(const Model *model, Store *store, Problem *problem, bool *changed);

/** Drops the indexes that are not unique, and makes them again: for loading much at once. */
MUST_USE Status tables_drop_indexes(const Model *model, Store *store);
MUST_USE Status tables_make_indexes(const Model *model, Store *store);

/** True for text fields that are indexed, which have the three key columns. */
bool tables_has_sort_keys(const Field *field);
/** "family_name_sort_ja" */
Str tables_sort_column(Arena *arena, const Field *field, Lang lang);

#endif
