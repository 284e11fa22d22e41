/*
 * Three queries tell everything that a start needs to know, instead of one for each of some
 * thousand columns and indexes.
 */
#include "table_catalog.h"

/* The databases describe themselves differently, and only here does anyone ask. */
static const Str COLUMNS[] = {
    [STORE_SQLITE] = STR_INIT("SELECT m.name, p.name FROM sqlite_master AS m, "
                              "pragma_table_info(m.name) AS p WHERE m.type = 'table'"),
    [STORE_POSTGRESQL] = STR_INIT("SELECT CAST(c.relname AS text), CAST(a.attname AS text) "
                                  "FROM pg_catalog.pg_class AS c "
                                  "JOIN pg_catalog.pg_attribute AS a ON a.attrelid = c.oid "
                                  "JOIN pg_catalog.pg_namespace AS n ON n.oid = c.relnamespace "
                                  "WHERE n.nspname = current_schema() AND c.relkind IN ('r', 'p') "
                                  "AND a.attnum > 0 AND NOT a.attisdropped"),
};
static const Str INDEXES[] = {
    [STORE_SQLITE] =
        STR_INIT("SELECT m.tbl_name, m.name FROM sqlite_master AS m WHERE m.type = 'index'"),
    [STORE_POSTGRESQL] = STR_INIT("SELECT CAST(t.relname AS text), CAST(c.relname AS text) "
                                  "FROM pg_catalog.pg_index AS i "
                                  "JOIN pg_catalog.pg_class AS c ON c.oid = i.indexrelid "
                                  "JOIN pg_catalog.pg_class AS t ON t.oid = i.indrelid "
                                  "JOIN pg_catalog.pg_namespace AS n ON n.oid = c.relnamespace "
                                  "WHERE n.nspname = current_schema()"),
};

static CatalogEntry *find(const Catalog *catalog, Str key) {
    CatalogEntry *found = NULL;
    HASH_FIND(hh, catalog->entries, key.data, key.size, found);
    return found;
}

/* Keys join words by a blank, which no name has. */
static Str key_of(Arena *arena, const char *kind, Str first, Str second) {
    return str_format(arena, "%s %.*s %.*s", kind, STR_ARGS(first), STR_ARGS(second));
}

static void add(Catalog *catalog, CatalogEntry entry) {
    if (find(catalog, entry.key)) return;
    CatalogEntry *kept = ARENA_NEW(catalog->arena, CatalogEntry);
    *kept = entry;
    HASH_ADD_KEYPTR(hh, catalog->entries, kept->key.data, kept->key.size, kept);
}

/* A table is known by its columns: there is none without. */
static Status read_columns(Transaction *transaction, Catalog *catalog) {
    Rows *rows CLEANUP(store_drop) = NULL;
    Status status =
        store_query(transaction, COLUMNS[transaction_kind(transaction)], NULL, 0, &rows);
    while (status == STATUS_OK && (status = store_next(rows)) == STATUS_OK) {
        Str table = store_copy_text(rows, 0, catalog->arena),
            column = store_copy_text(rows, 1, catalog->arena);
        add(catalog, (CatalogEntry){.key = key_of(catalog->arena, "table", table, STR(""))});
        add(catalog, (CatalogEntry){.key = key_of(catalog->arena, "column", table, column)});
    }
    return status == STATUS_END ? STATUS_OK : status;
}

static Status read_indexes(Transaction *transaction, Catalog *catalog) {
    Rows *rows CLEANUP(store_drop) = NULL;
    Status status =
        store_query(transaction, INDEXES[transaction_kind(transaction)], NULL, 0, &rows);
    while (status == STATUS_OK && (status = store_next(rows)) == STATUS_OK) {
        Str table = store_copy_text(rows, 0, catalog->arena),
            name = store_copy_text(rows, 1, catalog->arena);
        add(catalog, (CatalogEntry){.key = key_of(catalog->arena, "index", name, STR("")),
                                    .table = table,
                                    .name = name});
    }
    return status == STATUS_END ? STATUS_OK : status;
}

/* A database that was never touched has no notes, which is the same as empty ones. */
static Status read_notes(Transaction *transaction, Catalog *catalog) {
    Rows *rows CLEANUP(store_drop) = NULL;
    if (!catalog_has_table(catalog, STR("model_column"))) return STATUS_OK;
    Status status = store_query(transaction,
                                STR("SELECT \"object\", \"field\", \"note\" FROM \"model_column\""),
                                NULL, 0, &rows);
    while (status == STATUS_OK && (status = store_next(rows)) == STATUS_OK) {
        Str object = store_copy_text(rows, 0, catalog->arena),
            field = store_copy_text(rows, 1, catalog->arena);
        add(catalog, (CatalogEntry){.key = key_of(catalog->arena, "note", object, field),
                                    .note = store_copy_text(rows, 2, catalog->arena)});
    }
    return status == STATUS_END ? STATUS_OK : status;
}

Status catalog_read(Transaction *transaction, Catalog *catalog) {
    Status status = read_columns(transaction, catalog);
    if (status == STATUS_OK) status = read_indexes(transaction, catalog);
    if (status == STATUS_OK) status = read_notes(transaction, catalog);
    return status;
}

void catalog_free(Catalog *catalog) {
    HASH_CLEAR(hh, catalog->entries);
}

bool catalog_has_table(const Catalog *catalog, Str table) {
    return find(catalog, key_of(catalog->arena, "table", table, STR(""))) != NULL;
}

bool catalog_has_column(const Catalog *catalog, Str table, Str column) {
    return find(catalog, key_of(catalog->arena, "column", table, column)) != NULL;
}

bool catalog_has_index(const Catalog *catalog, Str index) {
    return find(catalog, key_of(catalog->arena, "index", index, STR(""))) != NULL;
}

Str catalog_note(const Catalog *catalog, Str object, Str field) {
    const CatalogEntry *entry = find(catalog, key_of(catalog->arena, "note", object, field));
    return entry ? entry->note : (Str){0};
}
