/* What is there in the database: tables, columns, indexes, and what was noted about them. */
#ifndef ONDO_MODEL_TABLE_CATALOG_H
#define ONDO_MODEL_TABLE_CATALOG_H

#include <uthash.h>

#include "store.h"

/** A column, index or constraint that is there. */
typedef struct CatalogEntry {
    Str key;   /* "table hcp", "column hcp npi", "index unique_hcp_npi_…", "note hcp npi" */
    Str table; /* of an index */
    Str name;  /* of an index */
    Str note;  /* what model_column says; empty otherwise */
    UT_hash_handle hh;
} CatalogEntry;

/** What the database has, read once, to be held against the definitions. */
typedef struct Catalog {
    Arena *arena;
    CatalogEntry *entries;
} Catalog;

/** Reads the catalogue with a few queries. catalog_free it in any case. */
MUST_USE Status catalog_read(Transaction *transaction, Catalog *catalog);
/** Frees the hash's buckets; the entries lie in the arena. Fits CLEANUP. */
void catalog_free(Catalog *catalog);

/** Whether it was there when the catalogue was read. */
bool catalog_has_table(const Catalog *catalog, Str table);
/** Names as they stand in the database, which are the model's. */
bool catalog_has_column(const Catalog *catalog, Str table, Str column);
/** By its whole name; names hold a fingerprint of what they index. */
bool catalog_has_index(const Catalog *catalog, Str index);
/** What was noted for a field ("" names the object itself); empty when nothing was. */
Str catalog_note(const Catalog *catalog, Str object, Str field);

#endif
