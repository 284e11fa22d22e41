/*
 * References by a unique value. A group's values are looked up with one query a column before its
 * rows are saved, since a query a row would be most of an import's time. What is not found then may
 * have been made by an earlier row of the same group, and only where that is possible is it asked
 * for again.
 */
#include "import_lookup.h"

#include <uthash.h>

#include "access.h"
#include "import_value.h"

/* A record found for a key, remembered for the rows to come. */
typedef struct ImportFound {
    UT_hash_handle hh;
    Id id; /* none until it is found */
} ImportFound;

/* "2 t3:abc": the column and the value, so that one table serves all columns. */
static Str entry_key(Arena *arena, size_t column, const Value *value) {
    return str_join(arena, str_format(arena, "%zu ", column), import_value_identity(arena, value));
}

static ImportFound *find_entry(const ImportLookups *lookups, Str key) {
    ImportFound *entry = NULL;
    HASH_FIND(hh, lookups->found, key.data, key.size, entry);
    return entry;
}

/* ? SELECT id, value FROM target WHERE alive, readable, value IN ( */
static void begin_query(Context *context, const ImportColumn *column, Sql *sql) {
    const Object *target = field_target(context->model, column->field);
    sql_add(sql, "SELECT \"r\".\"id\", ");
    sql_add_column(sql, STR("r"), column->through->name);
    sql_add(sql, " FROM ");
    sql_add_name(sql, target->name);
    sql_add(sql, " AS \"r\" WHERE \"r\".\"deleted_at\" IS NULL AND ");
    access_add_predicate(context, sql, target, STR("r"), VERB_READ);
    sql_add(sql, " AND ");
    sql_add_column(sql, STR("r"), column->through->name);
    sql_add(sql, " IN (");
}

static Status take_found(Context *context, ImportLookups *lookups, size_t index, const Sql *sql) {
    const Field *through = lookups->map->columns[index].through;
    Rows *rows CLEANUP(store_drop) = NULL;
    Status status = sql_query(sql, context->transaction, &rows);
    while (status == STATUS_OK && (status = store_next(rows)) == STATUS_OK) {
        Value value = store_column(rows, 1, field_kind(through));
        ImportFound *entry = find_entry(lookups, entry_key(context->arena, index, &value));
        if (entry) entry->id = store_column(rows, 0, VALUE_ID).id;
    }
    return status == STATUS_END ? STATUS_OK : status;
}

/* Each value is asked for once, however many rows have it. */
static Status read_column(Context *context, const ImportGroup *group, size_t index,
                          ImportLookups *lookups) {
    Sql sql CLEANUP(sql_free) = sql_new(context->arena, transaction_kind(context->transaction));
    size_t bound = 0;
    begin_query(context, &group->map->columns[index], &sql);
    for (size_t i = 0; i < group->count; i++) {
        const Value *value = &group->rows[i].values[index];
        if (group->rows[i].state != IMPORT_ROW_READY || value_is_null(value)) continue;
        Str key = entry_key(context->arena, index, value);
        if (find_entry(lookups, key)) continue;
        ImportFound *entry = ARENA_NEW(context->arena, ImportFound);
        HASH_ADD_KEYPTR(hh, lookups->found, key.data, key.size, entry);
        sql_add(&sql, bound++ ? ", " : "");
        sql_bind(&sql, *value);
    }
    if (!bound) return STATUS_OK;
    sql_add(&sql, ")");
    return take_found(context, lookups, index, &sql);
}

Status import_lookups_read(Context *context, const ImportGroup *group, ImportLookups *out) {
    *out = (ImportLookups){.map = group->map};
    Status status = STATUS_OK;
    for (size_t i = 0; status == STATUS_OK && i < group->map->count; i++) {
        if (group->map->columns[i].through) status = read_column(context, group, i, out);
    }
    return status;
}

void import_lookups_free(ImportLookups *lookups) {
    HASH_CLEAR(hh, lookups->found);
}

/* Rows of one file may form a tree: a ward and its hospital. */
static Status ask_again(Context *context, const ImportColumn *column, const Value *value, Id *out) {
    Sql sql CLEANUP(sql_free) = sql_new(context->arena, transaction_kind(context->transaction));
    begin_query(context, column, &sql);
    sql_bind(&sql, *value);
    sql_add(&sql, ")");
    Rows *rows CLEANUP(store_drop) = NULL;
    Status status = sql_query(&sql, context->transaction, &rows);
    if (status == STATUS_OK) status = store_next(rows);
    if (status == STATUS_OK) *out = store_column(rows, 0, VALUE_ID).id;
    return status == STATUS_END ? STATUS_OK : status;
}

/* The same sentence whether there is no such record or it is out of the actor's reach. */
static Status missing(Context *context, const ImportColumn *column, const Value *value) {
    Lang lang = context->actor->lang;
    const Object *target = field_target(context->model, column->field);
    problem_add(context->problem, problem_pointer(context->arena, STR(""), column->field->name),
                "import_reference_missing", label_in(&target->plural, lang),
                field_text(context->arena, column->through, value, lang, context->actor->zone));
    return STATUS_INVALID;
}

/* Whether a value was not found or not asked for is the same to the row. */
Status import_lookup_find(Context *context, const ImportLookups *lookups, size_t index,
                          const Value *value, Value *out) {
    const ImportColumn *column = &lookups->map->columns[index];
    ImportFound *entry = find_entry(lookups, entry_key(context->arena, index, value));
    Id id = entry ? entry->id : (Id){0};
    bool own = str_equal(column->field->reference, lookups->map->object->name);
    if (id_none(id) && own) {
        Status status = ask_again(context, column, value, &id);
        if (status != STATUS_OK) return status;
    }
    if (id_none(id)) return missing(context, column, value);
    *out = value_id(id);
    return STATUS_OK;
}
