/* Which indexes an object's table has, and how they are named. */
#include "field_type.h"
#include "table_plan.h"
#include "tables.h"

/* The indexes that one object wants, none twice. */
typedef struct IndexList {
    Arena *arena;
    const Object *object;
    TableIndex *indexes;
    size_t count;
} IndexList;

/* FNV-1a, so that names cut to PostgreSQL's 63 bytes still differ, and so that an index of other
 * columns is another index. */
static uint32_t fingerprint(const IndexList *list, const Str *columns, bool unique) {
    uint32_t hash = UINT32_C(2166136261);
    for (Str part = list->object->name; !str_empty(part); part = *columns++) {
        for (size_t i = 0; i < part.size; i++) {
            hash = (hash ^ (unsigned char)part.data[i]) * UINT32_C(16777619);
        }
        hash = (hash ^ (unique ? '!' : ',')) * UINT32_C(16777619);
    }
    return hash;
}

/* Readable as far as it goes; the fingerprint makes it unambiguous. */
static Str index_name(const IndexList *list, const Str *columns, bool unique) {
    Buffer name CLEANUP(buffer_free) = {0};
    buffer_add(&name, list->object->name);
    for (const Str *column = columns; !str_empty(*column); column++) {
        buffer_add_byte(&name, '_');
        buffer_add(&name, *column);
    }
    Str middle = str_part(buffer_str(&name), 0, 46);
    return str_format(list->arena, "%s_%.*s_%08x", unique ? "unique" : "index", STR_ARGS(middle),
                      (unsigned)fingerprint(list, columns, unique));
}

/* Unique among the living only, so that a deleted record does not keep its number from others (ADR
 * 2). */
static void add_index(IndexList *list, const Str *columns, bool unique) {
    list->indexes[list->count++] =
        (TableIndex){.name = index_name(list, columns, unique),
                     .columns = columns,
                     .unique = unique,
                     .where = unique ? STR("\"deleted_at\" IS NULL") : (Str){0}};
}

/* An index over one column; the id makes the order total, as lists page by it. */
static void add_column(IndexList *list, Str column) {
    Str *columns = ARENA_ARRAY(list->arena, 3, Str);
    columns[0] = column;
    columns[1] = STR("id");
    add_index(list, columns, false);
}

/* Of the records in which a column is empty: by their ids, for there is nothing else to tell. */
static void add_empty(IndexList *list, Str column) {
    Str *columns = ARENA_ARRAY(list->arena, 2, Str);
    columns[0] = STR("id");
    Str *named = ARENA_ARRAY(list->arena, 3, Str);
    named[0] = STR("empty");
    named[1] = column;
    list->indexes[list->count++] =
        (TableIndex){.name = index_name(list, named, false),
                     .columns = columns,
                     .where = str_format(list->arena, "\"%.*s\" IS NULL", STR_ARGS(column))};
}

static void add_unique_column(IndexList *list, Str column) {
    Str *columns = ARENA_ARRAY(list->arena, 2, Str);
    columns[0] = column;
    add_index(list, columns, true);
}

/* A unique index serves look-ups as well. References always have one: records are found from the
 * other end, children by their parent, and roll-ups by what they are kept from. */
static void add_field(IndexList *list, const Field *field) {
    if (field->unique) add_unique_column(list, field->name);
    if (!field->unique && (field->indexed || field->type == FIELD_REFERENCE)) {
        add_column(list, field->name);
    }
    if (field->indexed_empty) add_empty(list, field->name);
    if (!tables_has_sort_keys(field)) return;
    for (int lang = 0; lang < LANG_COUNT; lang++) {
        add_column(list, tables_sort_column(list->arena, field, (Lang)lang));
    }
}

/* The same list is asked when indexes are made, looked for and dropped, so it is written once. */
const TableIndex *table_indexes(Arena *arena, const Object *object, size_t *count) {
    size_t most =
        object->field_count * (3 + LANG_COUNT) + object->unique_set_count + object->index_set_count;
    IndexList list = {
        .arena = arena, .object = object, .indexes = ARENA_ARRAY(arena, most, TableIndex)};
    for (size_t i = 0; i < object->field_count; i++) add_field(&list, &object->fields[i]);
    for (size_t i = 0; i < object->unique_set_count; i++) {
        add_index(&list, object->unique_sets[i], true);
    }
    for (size_t i = 0; i < object->index_set_count; i++) {
        add_index(&list, object->index_sets[i], false);
    }
    *count = list.count;
    return list.indexes;
}
