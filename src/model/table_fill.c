/*
 * Batches are read to their end before they are written: on PostgreSQL a connection answers one
 * query at a time, and neither database promises what a query shows of rows changed while it runs.
 * Going on by the last id needs no counting and no cursor, whatever the size of the table.
 */
#include "table_fill.h"

#include "field_type.h"
#include "rollup_measure.h"
#include "sql.h"
#include "tables.h"

enum { FILL_BATCH = 500 };

/* A record and the values that its new columns get. */
typedef struct FillRow {
    Id id;
    Value *values; /* one for each field; NULL for those that were not read */
} FillRow;

/*
 * Records filled together: read to the end first, since a query must not run through what is being
 * changed.
 */
typedef struct FillBatch {
    Arena *arena; /* of this batch */
    FillRow rows[FILL_BATCH];
    size_t count;
} FillBatch;

/* Keys and tokens are made of text and nothing else. */
static bool is_read(const Field *field) {
    return field_traits(field->type)->kind == VALUE_TEXT &&
           (field->type == FIELD_TEXT || field->searchable);
}

static void read_row(FillBatch *batch, const Object *object, const Rows *rows) {
    FillRow *row = &batch->rows[batch->count++];
    int column = 1;
    row->id = store_column(rows, 0, VALUE_ID).id;
    row->values = ARENA_ARRAY(batch->arena, object->field_count, Value);
    for (size_t i = 0; i < object->field_count; i++) {
        if (!is_read(&object->fields[i])) continue;
        Value value = store_column(rows, column++, VALUE_TEXT);
        row->values[i] = value_copy(batch->arena, &value);
    }
}

/* Reads the records behind `after` in the order of ids, so that no query is open while writing. */
static Status read_batch(Transaction *transaction, const Object *object, Id after,
                         FillBatch *batch) {
    Sql sql CLEANUP(sql_free) = sql_new(batch->arena, transaction_kind(transaction));
    Rows *rows CLEANUP(store_drop) = NULL;
    sql_add(&sql, "SELECT \"id\"");
    for (size_t i = 0; i < object->field_count; i++) {
        if (!is_read(&object->fields[i])) continue;
        sql_add(&sql, ", ");
        sql_add_name(&sql, object->fields[i].name);
    }
    sql_add(&sql, " FROM ");
    sql_add_name(&sql, object->name);
    sql_add(&sql, " WHERE \"id\" > ");
    sql_bind(&sql, value_id(after));
    sql_add(&sql, " ORDER BY \"id\" LIMIT ");
    sql_bind(&sql, value_integer(FILL_BATCH));
    Status status = sql_query(&sql, transaction, &rows);
    while (status == STATUS_OK && (status = store_next(rows)) == STATUS_OK) {
        read_row(batch, object, rows);
    }
    return status == STATUS_END ? STATUS_OK : status;
}

/* All keys of a record in one statement; versions stay, for nothing has changed for people. */
static Status write_keys(Transaction *transaction, Arena *arena, const Object *object,
                         const FillRow *row) {
    Sql sql CLEANUP(sql_free) = sql_new(arena, transaction_kind(transaction));
    const char *separator = " SET ";
    sql_add(&sql, "UPDATE ");
    sql_add_name(&sql, object->name);
    for (size_t i = 0; i < object->field_count * LANG_COUNT; i++) {
        const Field *field = &object->fields[i / LANG_COUNT];
        Lang lang = (Lang)(i % LANG_COUNT);
        if (!tables_has_sort_keys(field)) continue;
        sql_add(&sql, separator);
        sql_add_name(&sql, tables_sort_column(arena, field, lang));
        sql_add(&sql, " = ");
        sql_bind(&sql, tables_sort_key(arena, object, field, lang, row->values));
        separator = ", ";
    }
    if (separator[0] == ' ') return STATUS_OK; /* the object has no sort keys */
    sql_add(&sql, " WHERE \"id\" = ");
    sql_bind(&sql, value_id(row->id));
    return sql_execute(&sql, transaction, NULL);
}

static Status write_row(Transaction *transaction, Arena *arena, const Object *object,
                        const FillRow *row) {
    Status status = write_keys(transaction, arena, object, row);
    if (status != STATUS_OK || !tables_has_search(object)) return status;
    Str tokens = tables_search_tokens(arena, object, row->values);
    return store_search_put(transaction, object->name, row->id, tokens);
}

Status table_fill(Transaction *transaction, const Object *object) {
    Arena *arena CLEANUP(arena_drop) = arena_new();
    Id after = {0};
    for (;;) {
        FillBatch *batch = ARENA_NEW(arena, FillBatch);
        batch->arena = arena;
        Status status = read_batch(transaction, object, after, batch);
        for (size_t i = 0; i < batch->count && status == STATUS_OK; i++) {
            status = write_row(transaction, arena, object, &batch->rows[i]);
            after = batch->rows[i].id;
        }
        if (status != STATUS_OK || batch->count < FILL_BATCH) return status;
        arena_reset(arena);
    }
}

static void add_update(Sql *sql, const Object *object, const Field *field) {
    sql_add(sql, "UPDATE ");
    sql_add_name(sql, object->name);
    sql_add(sql, " SET ");
    sql_add_name(sql, field->name);
    sql_add(sql, " = ");
}

Status table_fill_default(Transaction *transaction, const Object *object, const Field *field) {
    Arena *arena CLEANUP(arena_drop) = arena_new();
    Sql sql CLEANUP(sql_free) = sql_new(arena, transaction_kind(transaction));
    add_update(&sql, object, field);
    sql_bind(&sql, field->initial);
    sql_add(&sql, " WHERE ");
    sql_add_name(&sql, field->name);
    sql_add(&sql, " IS NULL");
    return sql_execute(&sql, transaction, NULL);
}

Status table_fill_rollup(Transaction *transaction, const Object *object, const Field *field) {
    Arena *arena CLEANUP(arena_drop) = arena_new();
    Sql sql CLEANUP(sql_free) = sql_new(arena, transaction_kind(transaction));
    add_update(&sql, object, field);
    rollup_add_measure(&sql, field->rollup,
                       str_format(arena, "\"%.*s\".\"id\"", STR_ARGS(object->name)));
    return sql_execute(&sql, transaction, NULL);
}
