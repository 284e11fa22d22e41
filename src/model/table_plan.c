/*
 * The plan compares what the model asks for with what is there. It is made twice, first on a
 * reading connection: nearly every start finds nothing to do and so never waits for the writer;
 * then again inside the transaction that acts on it, since another server may have been quicker.
 */
#include "table_plan.h"

#include "collation.h"
#include "field_type.h"
#include "tables.h"

static void add_step(TablePlan *plan, TableStep step) {
    TableStep *kept = ARENA_NEW(plan->arena, TableStep);
    *kept = step;
    if (plan->last) {
        plan->last->next = kept;
    } else {
        plan->first = kept;
    }
    plan->last = kept;
}

static void add_ddl(TablePlan *plan, const Object *object, Str text) {
    add_step(plan, (TableStep){.kind = TABLE_STEP_DDL, .object = object, .text = text});
}

/* ---- Tables and columns ---- */

/* Words of the dialect table in braces: one text for both databases. */
static void write_columns(Buffer *sql, const Object *object, Arena *arena) {
    for (size_t i = 0; i < object->field_count; i++) {
        const Field *field = &object->fields[i];
        buffer_format(sql, ", \"%.*s\" %s", STR_ARGS(field->name),
                      field_traits(field->type)->column.data);
        for (int lang = 0; lang < LANG_COUNT && tables_has_sort_keys(field); lang++) {
            Str column = tables_sort_column(arena, field, (Lang)lang);
            buffer_format(sql, ", \"%.*s\" {bytes}", STR_ARGS(column));
        }
    }
}

/* The beginning is what store_ddl asks for, since the search index hangs on it. */
static void plan_table(TablePlan *plan, const Object *object) {
    Buffer sql CLEANUP(buffer_free) = {0};
    buffer_format(&sql,
                  "CREATE TABLE IF NOT EXISTS \"%.*s\" ({row_key} \"id\" {id_key},"
                  " \"version\" {integer} NOT NULL, \"created_at\" {instant} NOT NULL,"
                  " \"created_by\" {id}, \"updated_at\" {instant} NOT NULL, \"updated_by\" {id},"
                  " \"deleted_at\" {instant}",
                  STR_ARGS(object->name));
    write_columns(&sql, object, plan->arena);
    buffer_add(&sql, STR(")"));
    add_ddl(plan, object, str_copy(plan->arena, buffer_str(&sql)));
}

/*
 * Columns come empty: what a new field is on old records nobody knows, not even its default. A
 * required one alone takes it, or no old record could be changed before somebody fills it in.
 */
static void plan_column(TablePlan *plan, const Object *object, Str column, Str type) {
    add_ddl(plan, object,
            str_format(plan->arena, "ALTER TABLE \"%.*s\" ADD COLUMN \"%.*s\" %.*s",
                       STR_ARGS(object->name), STR_ARGS(column), STR_ARGS(type)));
}

/* With the ranks of the scale: a mean is another one when they change. */
static void note_mean(Buffer *note, const Rollup *rollup) {
    buffer_format(note, " %.*s otherwise %lld minimum %lld", STR_ARGS(rollup->weight_field),
                  (long long)rollup->weight_otherwise, (long long)rollup->minimum);
    for (size_t i = 0; i < rollup->weight_count; i++) {
        buffer_format(note, " %.*s:%lld", STR_ARGS(rollup->weights[i].code),
                      (long long)rollup->weights[i].weight);
    }
    for (size_t i = 0; i < rollup->left_out_count; i++) {
        buffer_format(note, " -%.*s", STR_ARGS(rollup->left_out[i]));
    }
    for (size_t i = 0; i < rollup->measured->choice_count; i++) {
        buffer_format(note, " %.*s=%lld", STR_ARGS(rollup->measured->choices[i].code),
                      (long long)rollup->measured->choices[i].rank);
    }
}

static void note_rollup(Buffer *note, const Rollup *rollup) {
    buffer_format(note, " rollup %d %.*s.%.*s %.*s", rollup->measure, STR_ARGS(rollup->object),
                  STR_ARGS(rollup->field), STR_ARGS(rollup->of));
    for (size_t i = 0; i < rollup->where_count; i++) {
        buffer_format(note, " %.*s=%.*s", STR_ARGS(rollup->where_field),
                      STR_ARGS(rollup->where_codes[i]));
    }
    if (rollup->measure == ROLLUP_MEAN) note_mean(note, rollup);
    if (!str_empty(rollup->unless)) {
        buffer_format(note, " unless %.*s", STR_ARGS(rollup->unless));
    }
}

/* What is noted of a field: how it is stored, and what its derived values are made of and by. */
static Str field_note(Arena *arena, const Object *object, const Field *field) {
    Buffer note CLEANUP(buffer_free) = {0};
    buffer_add(&note, field_traits(field->type)->column);
    if (field->rollup) note_rollup(&note, field->rollup);
    if (tables_has_sort_keys(field)) {
        buffer_add_byte(&note, ' ');
        buffer_add(&note, collation_version(arena));
    }
    for (int lang = 0; lang < LANG_COUNT && tables_has_sort_keys(field); lang++) {
        buffer_add_byte(&note, ' ');
        buffer_add(&note, field_sort_source(object, field, (Lang)lang)->name);
    }
    return str_copy(arena, buffer_str(&note));
}

/* What is noted of an object: which fields its search index holds. */
static Str object_note(Arena *arena, const Object *object) {
    Buffer note CLEANUP(buffer_free) = {0};
    buffer_add(&note, STR("search"));
    for (size_t i = 0; i < object->field_count; i++) {
        if (!object->fields[i].searchable) continue;
        buffer_add_byte(&note, ' ');
        buffer_add(&note, object->fields[i].name);
    }
    return str_copy(arena, buffer_str(&note));
}

/* Notes come last of an object: they are true only when everything before them was done. */
static void plan_note(TablePlan *plan, const Object *object, Str field, Str note) {
    add_step(plan,
             (TableStep){.kind = TABLE_STEP_NOTE, .object = object, .field = field, .text = note});
}

/* The columns of one field of a table that is there; true when its sort keys must be made. */
static bool plan_field(TablePlan *plan, const Object *object, const Field *field,
                       const Catalog *catalog) {
    Str type = field_traits(field->type)->column;
    Str noted = catalog_note(catalog, object->name, field->name);
    Str noted_type = str_part(noted, 0, str_find(noted, ' '));
    bool there = catalog_has_column(catalog, object->name, field->name);
    if (there && !str_empty(noted) && !str_equal(noted_type, type)) {
        add_step(plan,
                 (TableStep){.kind = TABLE_STEP_REFUSE, .object = object, .field = field->name});
    }
    if (!there) plan_column(plan, object, field->name, type);
    if (!there && field->required && !value_is_null(&field->initial)) {
        add_step(plan,
                 (TableStep){.kind = TABLE_STEP_DEFAULT, .object = object, .field = field->name});
    }
    for (int lang = 0; lang < LANG_COUNT && tables_has_sort_keys(field); lang++) {
        Str column = tables_sort_column(plan->arena, field, (Lang)lang);
        if (catalog_has_column(catalog, object->name, column)) continue;
        plan_column(plan, object, column, STR("{bytes}"));
    }
    return tables_has_sort_keys(field) && !str_equal(noted, field_note(plan->arena, object, field));
}

/* Notes what differs from what was noted. */
static void plan_notes(TablePlan *plan, const Object *object, const Catalog *catalog) {
    for (size_t i = 0; i < object->field_count; i++) {
        const Field *field = &object->fields[i];
        Str note = field_note(plan->arena, object, field);
        if (str_equal(catalog_note(catalog, object->name, field->name), note)) continue;
        plan_note(plan, object, field->name, note);
    }
    Str note = object_note(plan->arena, object);
    if (str_equal(catalog_note(catalog, object->name, STR("")), note)) return;
    plan_note(plan, object, STR(""), note);
}

/* An index that is no longer asked for stays: it does no harm, and may be asked for again. */
static void plan_search(TablePlan *plan, const Object *object, const Catalog *catalog) {
    Str table = str_join(plan->arena, object->name, STR("_search"));
    if (!tables_has_search(object) || catalog_has_table(catalog, table)) return;
    add_step(plan, (TableStep){.kind = TABLE_STEP_SEARCH, .object = object});
}

/* A table that is made now holds no records whose keys would have to be made. */
static void plan_object(TablePlan *plan, const Object *object, const Catalog *catalog) {
    bool fill = false;
    if (!catalog_has_table(catalog, object->name)) {
        plan_table(plan, object);
    } else {
        for (size_t i = 0; i < object->field_count; i++) {
            if (plan_field(plan, object, &object->fields[i], catalog)) fill = true;
        }
        Str noted = catalog_note(catalog, object->name, STR(""));
        if (!str_equal(noted, object_note(plan->arena, object))) fill = true;
    }
    plan_search(plan, object, catalog);
    if (fill) add_step(plan, (TableStep){.kind = TABLE_STEP_FILL, .object = object});
    plan_notes(plan, object, catalog);
}

/* Roll-ups that are new, or measure something else now, on records that are there already. */
static void plan_rollups(TablePlan *plan, const Object *object, const Catalog *catalog) {
    if (!catalog_has_table(catalog, object->name)) return;
    for (size_t i = 0; i < object->field_count; i++) {
        const Field *field = &object->fields[i];
        Str noted = catalog_note(catalog, object->name, field->name);
        if (!field->rollup || str_equal(noted, field_note(plan->arena, object, field))) continue;
        add_step(plan,
                 (TableStep){.kind = TABLE_STEP_ROLLUP, .object = object, .field = field->name});
    }
}

/* ---- Indexes ---- */

static void plan_index(TablePlan *plan, const Object *object, const TableIndex *index) {
    Buffer sql CLEANUP(buffer_free) = {0};
    buffer_format(&sql, "CREATE %s IF NOT EXISTS \"%.*s\" ON \"%.*s\" (",
                  index->unique ? "UNIQUE INDEX" : "INDEX", STR_ARGS(index->name),
                  STR_ARGS(object->name));
    for (const Str *column = index->columns; !str_empty(*column); column++) {
        buffer_format(&sql, "%s\"%.*s\"", column == index->columns ? "" : ", ", STR_ARGS(*column));
    }
    buffer_add(&sql, STR(")"));
    if (!str_empty(index->where)) buffer_format(&sql, " WHERE %.*s", STR_ARGS(index->where));
    add_step(plan, (TableStep){.kind = index->unique ? TABLE_STEP_UNIQUE : TABLE_STEP_DDL,
                               .object = object,
                               .text = str_copy(plan->arena, buffer_str(&sql)),
                               .columns = index->columns});
}

static void plan_indexes(TablePlan *plan, const Object *object, const Catalog *catalog) {
    size_t count;
    const TableIndex *indexes = table_indexes(plan->arena, object, &count);
    for (size_t i = 0; i < count; i++) {
        if (!catalog_has_index(catalog, indexes[i].name)) plan_index(plan, object, &indexes[i]);
    }
}

static void plan_drop(TablePlan *plan, const Object *object, Str index) {
    add_ddl(plan, object,
            str_format(plan->arena, "DROP INDEX IF EXISTS \"%.*s\"", STR_ARGS(index)));
}

/* Names that index_name gives end with eight digits of hexadecimal. */
static bool is_ours(Str index) {
    if (!str_starts(index, STR("index_")) && !str_starts(index, STR("unique_"))) return false;
    if (index.size < 16 || index.data[index.size - 9] != '_') return false;
    Str digits = str_part(index, index.size - 8, 8);
    for (size_t i = 0; i < digits.size; i++) {
        if (!strchr("0123456789abcdef", digits.data[i])) return false;
    }
    return true;
}

static bool is_wanted(const TableIndex *indexes, size_t count, Str name) {
    for (size_t i = 0; i < count; i++) {
        if (str_equal(indexes[i].name, name)) return true;
    }
    return false;
}

/* A rule of uniqueness that was lifted must not go on refusing records. */
static void plan_stale(TablePlan *plan, const Model *model, const Catalog *catalog) {
    for (const CatalogEntry *entry = catalog->entries; entry; entry = entry->hh.next) {
        const Object *object = model_object(model, entry->table);
        if (!object || !is_ours(entry->name)) continue;
        size_t count;
        const TableIndex *indexes = table_indexes(plan->arena, object, &count);
        if (!is_wanted(indexes, count, entry->name)) plan_drop(plan, object, entry->name);
    }
}

void table_plan_model(TablePlan *plan, const Model *model, const Catalog *catalog) {
    if (!catalog_has_table(catalog, STR("model_column"))) {
        add_ddl(plan, NULL,
                STR("CREATE TABLE IF NOT EXISTS \"model_column\" (\"object\" {text} NOT NULL,"
                    " \"field\" {text} NOT NULL, \"note\" {text} NOT NULL,"
                    " PRIMARY KEY (\"object\", \"field\"))"));
    }
    for (size_t i = 0; i < model_object_count(model); i++) {
        plan_object(plan, model_object_at(model, i), catalog);
        plan_indexes(plan, model_object_at(model, i), catalog);
    }
    /* After all tables and indexes: what is measured lies in another table, found by an index. */
    for (size_t i = 0; i < model_object_count(model); i++) {
        plan_rollups(plan, model_object_at(model, i), catalog);
    }
    plan_stale(plan, model, catalog);
}

/* Unique indexes stay: they are rules, not speed. */
void table_plan_drop(TablePlan *plan, const Model *model, const Catalog *catalog) {
    for (size_t i = 0; i < model_object_count(model); i++) {
        const Object *object = model_object_at(model, i);
        size_t count;
        const TableIndex *indexes = table_indexes(plan->arena, object, &count);
        for (size_t index = 0; index < count; index++) {
            if (indexes[index].unique || !catalog_has_index(catalog, indexes[index].name)) continue;
            plan_drop(plan, object, indexes[index].name);
        }
    }
}
