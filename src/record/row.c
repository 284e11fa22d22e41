/*
 * Records as rows. Beside the fields a row holds sort keys, one a language, and the search index
 * holds tokens; both are made here and nowhere else, so that they cannot fall behind the fields.
 */
#include "row.h"

#include "field.h"
#include "tables.h"

int row_column_count(const Object *object) {
    return TABLES_SYSTEM_COLUMNS + (int)object->field_count;
}

/* Every read names all columns, so their text is kept rather than put together each time. */
void row_add_columns(Sql *sql, const Object *object) {
    bool made = !str_empty(object->select_list);
    sql_add_str(sql, made ? object->select_list : tables_select_list(sql->arena, object));
}

/* By position, for names would be looked up in every row of every list. */
void row_read(Arena *arena, const Rows *rows, int first, const Object *object, Record *out) {
    *out = (Record){
        .object = object,
        .id = store_column_id(rows, first),
        .version = store_column_integer(rows, first + 1),
        .created_at = store_column_integer(rows, first + 2),
        .created_by = store_column_id(rows, first + 3),
        .updated_at = store_column_integer(rows, first + 4),
        .updated_by = store_column_id(rows, first + 5),
        .deleted_at = store_column_integer(rows, first + 6),
        .values = arena_take(arena, object->field_count * sizeof(Value)),
    };
    int column = first + TABLES_SYSTEM_COLUMNS;
    for (size_t i = 0; i < object->field_count; i++) {
        Value value = store_column(rows, column + (int)i, field_kind(&object->fields[i]));
        out->values[i] = value_copy(arena, &value);
    }
}

/* ---- Sort keys and search ---- */

static Value sort_key(Arena *arena, const Record *record, const Field *field, Lang lang) {
    return tables_sort_key(arena, record->object, field, lang, record->values);
}

/* Whether the sort keys of `field` may differ between two states of a record. */
static bool sort_keys_differ(const Record *before, const Record *after, const Field *field) {
    if (!value_equal(&before->values[field->index], &after->values[field->index])) return true;
    for (int lang = 0; lang < LANG_COUNT; lang++) {
        size_t source = field_sort_source(after->object, field, (Lang)lang)->index;
        if (!value_equal(&before->values[source], &after->values[source])) return true;
    }
    return false;
}

static bool search_differs(const Record *before, const Record *after) {
    for (size_t i = 0; i < after->object->field_count; i++) {
        if (after->object->fields[i].searchable &&
            !value_equal(&before->values[i], &after->values[i])) {
            return true;
        }
    }
    return false;
}

static Status put_search(Context *context, const Record *record) {
    Str tokens = tables_search_tokens(context->arena, record->object, record->values);
    return store_search_put(context->transaction, record->object->name, record->id, tokens);
}

/* ---- Writing ---- */

static void bind_optional_instant(Sql *sql, int64_t instant) {
    sql_bind(sql, value_instant_or_null(instant));
}

static void bind_system_columns(Sql *sql, const Record *record) {
    sql_bind(sql, value_id(record->id));
    sql_add(sql, ", ");
    sql_bind(sql, value_integer(record->version));
    sql_add(sql, ", ");
    sql_bind(sql, value_integer(record->created_at));
    sql_add(sql, ", ");
    sql_bind(sql, value_id_or_null(record->created_by));
    sql_add(sql, ", ");
    sql_bind(sql, value_integer(record->updated_at));
    sql_add(sql, ", ");
    sql_bind(sql, value_id_or_null(record->updated_by));
    sql_add(sql, ", ");
    bind_optional_instant(sql, record->deleted_at);
}

static void add_insert_columns(Arena *arena, Sql *sql, const Record *record) {
    for (int i = 0; i < TABLES_SYSTEM_COLUMNS; i++) {
        if (i) sql_add(sql, ", ");
        sql_add_name(sql, str_of(TABLES_SYSTEM_COLUMN_NAMES[i]));
    }
    for (size_t i = 0; i < record->object->field_count; i++) {
        const Field *field = &record->object->fields[i];
        sql_add(sql, ", ");
        sql_add_name(sql, field->name);
        if (!tables_has_sort_keys(field)) continue;
        for (int lang = 0; lang < LANG_COUNT; lang++) {
            sql_add(sql, ", ");
            sql_add_name(sql, tables_sort_column(arena, field, (Lang)lang));
        }
    }
}

/* In the order of add_insert_columns. */
static void bind_insert_values(Arena *arena, Sql *sql, const Record *record) {
    bind_system_columns(sql, record);
    for (size_t i = 0; i < record->object->field_count; i++) {
        const Field *field = &record->object->fields[i];
        sql_add(sql, ", ");
        sql_bind(sql, record->values[i]);
        if (!tables_has_sort_keys(field)) continue;
        for (int lang = 0; lang < LANG_COUNT; lang++) {
            sql_add(sql, ", ");
            sql_bind(sql, sort_key(arena, record, field, (Lang)lang));
        }
    }
}

Status row_insert(Context *context, const Record *record) {
    Sql sql CLEANUP(sql_free) = sql_new(context->arena, transaction_kind(context->transaction));
    sql_add(&sql, "INSERT INTO ");
    sql_add_name(&sql, record->object->name);
    sql_add(&sql, " (");
    add_insert_columns(context->arena, &sql, record);
    sql_add(&sql, ") VALUES (");
    bind_insert_values(context->arena, &sql, record);
    sql_add(&sql, ")");
    Status status = sql_execute(&sql, context->transaction, NULL);
    if (status != STATUS_OK || !tables_has_search(record->object)) return status;
    return put_search(context, record);
}

/*
 * Only what differs is written: fewer indexes are touched, and derived values that a concurrent
 * statement of this transaction has set are not written back.
 */
static void add_changed_columns(Arena *arena, Sql *sql, const Record *before, const Record *after) {
    for (size_t i = 0; i < after->object->field_count; i++) {
        const Field *field = &after->object->fields[i];
        if (!value_equal(&before->values[i], &after->values[i])) {
            sql_add(sql, ", ");
            sql_add_name(sql, field->name);
            sql_add(sql, " = ");
            sql_bind(sql, after->values[i]);
        }
        if (!tables_has_sort_keys(field) || !sort_keys_differ(before, after, field)) continue;
        for (int lang = 0; lang < LANG_COUNT; lang++) {
            sql_add(sql, ", ");
            sql_add_name(sql, tables_sort_column(arena, field, (Lang)lang));
            sql_add(sql, " = ");
            sql_bind(sql, sort_key(arena, after, field, (Lang)lang));
        }
    }
}

static void add_update_head(Sql *sql, const Record *after) {
    sql_add(sql, "UPDATE ");
    sql_add_name(sql, after->object->name);
    sql_add(sql, " SET \"version\" = ");
    sql_bind(sql, value_integer(after->version));
    sql_add(sql, ", \"updated_at\" = ");
    sql_bind(sql, value_integer(after->updated_at));
    sql_add(sql, ", \"updated_by\" = ");
    sql_bind(sql, value_id_or_null(after->updated_by));
}

/*
 * The version in the condition is the last guard against a lost update, should a caller not have
 * read the record in this transaction.
 */
static Status run_update(Context *context, Sql *sql, const Record *before) {
    sql_add(sql, " WHERE \"id\" = ");
    sql_bind(sql, value_id(before->id));
    sql_add(sql, " AND \"version\" = ");
    sql_bind(sql, value_integer(before->version));
    int64_t changed = 0;
    Status status = sql_execute(sql, context->transaction, &changed);
    if (status != STATUS_OK) return status;
    return changed == 1 ? STATUS_OK : STATUS_STALE;
}

/*
 * The search index is touched only when a searchable field has changed; most updates change none.
 */
Status row_update(Context *context, const Record *before, const Record *after) {
    Sql sql CLEANUP(sql_free) = sql_new(context->arena, transaction_kind(context->transaction));
    add_update_head(&sql, after);
    add_changed_columns(context->arena, &sql, before, after);
    Status status = run_update(context, &sql, before);
    if (status != STATUS_OK || !tables_has_search(after->object) ||
        !search_differs(before, after)) {
        return status;
    }
    return put_search(context, after);
}

/*
 * Deleted records leave the search index, for it has no column that a query could exclude them by.
 */
Status row_mark_deleted(Context *context, const Record *before, const Record *after) {
    Sql sql CLEANUP(sql_free) = sql_new(context->arena, transaction_kind(context->transaction));
    add_update_head(&sql, after);
    sql_add(&sql, ", \"deleted_at\" = ");
    bind_optional_instant(&sql, after->deleted_at);
    Status status = run_update(context, &sql, before);
    if (status != STATUS_OK || !tables_has_search(after->object)) return status;
    if (!after->deleted_at) return put_search(context, after);
    return store_search_put(context->transaction, after->object->name, after->id, (Str){0});
}
