/*
 * Maps: reading, finding the columns in a file, proposing, writing. Headings are compared folded,
 * because the same file comes with full-width letters one month and half-width ones the next. A map
 * is checked against the actor's rights when it is read, so that the rows need no second look.
 */
#include "import_map.h"

#include "access.h"
#include "fold.h"

/* A map being read; every error is gathered, with its place. */
typedef struct MapReader {
    Arena *arena;
    const Model *model;
    const Actor *actor;
    const Object *object;
    Problem *problem;
    Str pointer; /* of the column or member being read */
} MapReader;

static void complain(MapReader *reader, const char *member, const char *code, Str what) {
    Str pointer = str_join(reader->arena, reader->pointer, str_of(member));
    problem_add(reader->problem, pointer, code, what);
}

/* What a request could set, an import may. */
static bool may_import(const Actor *actor, const Object *object, const Field *field) {
    return !field->system && field->type != FIELD_FILE &&
           access_may_write_field(actor, object, field);
}

/* ---- Reading ---- */

/* A heading is a text, a column's number a number; "1" in quotes is a heading. */
static void read_from(MapReader *reader, const json_t *node, ImportColumn *column) {
    Str heading = json_text(node);
    if (!str_empty(heading)) {
        column->heading = str_copy(reader->arena, heading);
        return;
    }
    json_int_t number = json_integer_value(node);
    if (number < 1 || number > SHEET_COLUMN_LIMIT) {
        complain(reader, "/from", "import_unknown_column", json_compact(reader->arena, node));
        return;
    }
    column->index = (size_t)number - 1;
}

/* The looked-up field must be readable: otherwise an import would tell which values exist. */
static bool read_target(MapReader *reader, Str to, ImportColumn *column) {
    Str through = to, name = str_cut(&through, '.');
    column->field = object_field(reader->object, name);
    if (!column->field || !may_import(reader->actor, reader->object, column->field)) return false;
    if (!through.data) return true;
    if (column->field->type != FIELD_REFERENCE) return false;
    const Object *target = field_target(reader->model, column->field);
    column->through = object_field(target, through);
    return column->through && column->through->unique &&
           access_scope(reader->actor, target, VERB_READ) != SCOPE_NONE &&
           access_may_read_field(reader->actor, target, column->through);
}

/* Applied in the order written: "width" before "digits" makes a difference. */
static void read_transforms(MapReader *reader, const json_t *names, ImportColumn *column) {
    size_t i;
    json_t *name;
    column->transforms = ARENA_ARRAY(reader->arena, json_array_size(names), const Transform *);
    if (names && !json_is_array(names)) {
        complain(reader, "/transform", "import_unknown_transform",
                 json_compact(reader->arena, names));
    }
    json_array_foreach((json_t *)names, i, name) {
        const Transform *transform = transform_named(json_text(name));
        if (transform) {
            column->transforms[column->transform_count++] = transform;
        } else {
            complain(reader, "/transform", "import_unknown_transform",
                     json_compact(reader->arena, name));
        }
    }
}

/* One field, one column: of two columns for a field one would be lost without a word. */
static void read_column(MapReader *reader, const json_t *node, ImportMap *map) {
    ImportColumn column = {.clears = str_is(json_get_text(node, "empty"), "clear")};
    column.to = str_copy(reader->arena, json_get_text(node, "to"));
    read_from(reader, json_object_get(node, "from"), &column);
    read_transforms(reader, json_object_get(node, "transform"), &column);
    if (!read_target(reader, column.to, &column)) {
        complain(reader, "/to", "import_unknown_target", column.to);
        return;
    }
    for (size_t i = 0; i < map->count; i++) {
        if (map->columns[i].field != column.field) continue;
        complain(reader, "/to", "import_repeated_target", column.to);
        return;
    }
    map->columns[map->count++] = column;
}

static void read_columns(MapReader *reader, const json_t *nodes, ImportMap *map) {
    size_t i;
    json_t *node;
    map->columns = ARENA_ARRAY(reader->arena, json_array_size(nodes), ImportColumn);
    json_array_foreach((json_t *)nodes, i, node) {
        reader->pointer = str_format(reader->arena, "/columns/%zu", i);
        read_column(reader, node, map);
    }
    reader->pointer = (Str){0};
    if (!map->count && !reader->problem->count) {
        complain(reader, "/columns", "import_no_columns", (Str){0});
    }
}

/* ---- The key ---- */

static bool find_column(const ImportMap *map, Str name, size_t *out) {
    for (size_t i = 0; i < map->count; i++) {
        if (!str_equal(map->columns[i].field->name, name)) continue;
        *out = i;
        return true;
    }
    return false;
}

static bool is_key_field(const ImportMap *map, Str name) {
    for (size_t i = 0; i < map->key_count; i++) {
        if (str_equal(map->columns[map->keys[i]].field->name, name)) return true;
    }
    return false;
}

static bool is_unique_set(const ImportMap *map, const Str *names) {
    size_t count = 0;
    for (; !str_empty(names[count]); count++) {
        if (!is_key_field(map, names[count])) return false;
    }
    return count == map->key_count;
}

/* A key that is not unique in the database could mean several records. */
static bool key_is_unique(const ImportMap *map) {
    if (map->key_count <= 1) {
        return !map->key_count || map->columns[map->keys[0]].field->unique;
    }
    for (size_t i = 0; i < map->object->unique_set_count; i++) {
        if (is_unique_set(map, map->object->unique_sets[i])) return true;
    }
    return false;
}

/* The order of the columns decides, which people can see and change. */
static void choose_key(Arena *arena, ImportMap *map) {
    map->keys = ARENA_ARRAY(arena, 1, size_t);
    for (size_t i = 0; i < map->count && !map->key_count; i++) {
        if (map->columns[i].field->unique) map->keys[map->key_count++] = i;
    }
}

/* Without a key the columns decide; an empty list says on purpose that rows are always new. */
static void read_key(MapReader *reader, const json_t *node, ImportMap *map) {
    if (!node) {
        choose_key(reader->arena, map);
        return;
    }
    size_t i;
    json_t *name;
    map->keys = ARENA_ARRAY(reader->arena, json_array_size(node), size_t);
    json_array_foreach((json_t *)node, i, name) {
        Str field = json_text(name);
        if (is_key_field(map, field)) continue;
        if (!find_column(map, field, &map->keys[map->key_count])) {
            complain(reader, "/key", "import_key_unknown", field);
            return;
        }
        map->key_count++;
    }
    if (!key_is_unique(map)) {
        complain(reader, "/key", "import_key_unknown", json_text(json_array_get(node, 0)));
    }
}

static SheetHeader read_header(const json_t *node) {
    if (!json_is_boolean(node)) return SHEET_HEADER_DETECT;
    return json_is_true(node) ? SHEET_HEADER_YES : SHEET_HEADER_NO;
}

static Status malformed(MapReader *reader, const char *member) {
    complain(reader, "", "import_map", str_of(member));
    return STATUS_INVALID;
}

/* The key is read last, for it names columns. */
Status import_map_read(Arena *arena, const Model *model, const Actor *actor, const Object *object,
                       const json_t *node, Problem *problem, ImportMap *out) {
    MapReader reader = {arena, model, actor, object, problem, .pointer = {0}};
    size_t errors = problem->count;
    const json_t *key = json_object_get(node, "key");
    if (!json_is_array(json_object_get(node, "columns"))) return malformed(&reader, "columns");
    if (key && !json_is_array(key)) return malformed(&reader, "key");
    ImportMap map = {.object = object, .header = read_header(json_object_get(node, "header"))};
    read_columns(&reader, json_object_get(node, "columns"), &map);
    if (problem->count == errors) read_key(&reader, key, &map);
    if (problem->count != errors) return STATUS_INVALID;
    *out = map;
    return STATUS_OK;
}

/* ---- Finding the columns ---- */

/* A heading as people compare it: without case, width, blanks, hyphens and the like. */
static Str plain_heading(Arena *arena, Str heading) {
    Str folded = text_fold(arena, heading);
    char *out = arena_take(arena, folded.size + 1);
    size_t size = 0;
    for (size_t i = 0; i < folded.size; i++) {
        if (!memchr(" \t\r\n_-:*", folded.data[i], 8)) out[size++] = folded.data[i];
    }
    return (Str){.data = out, .size = size};
}

/* Compared as people compare, so that a map survives a change of case or width. */
static bool bind_heading(Arena *arena, const SheetRow *first, ImportColumn *column) {
    Str wanted = plain_heading(arena, column->heading);
    for (size_t i = 0; i < first->count; i++) {
        if (!str_equal(plain_heading(arena, first->cells[i]), wanted)) continue;
        column->index = i;
        return true;
    }
    return false;
}

static bool bind_column(Arena *arena, const SheetRow *first, bool header, ImportColumn *column) {
    if (!str_empty(column->heading)) return header && bind_heading(arena, first, column);
    return column->index < first->count;
}

Status import_map_bind(ImportMap *map, const SheetRow *first, bool header, Arena *arena,
                       Problem *problem) {
    size_t errors = problem->count;
    for (size_t i = 0; i < map->count; i++) {
        ImportColumn *column = &map->columns[i];
        if (bind_column(arena, first, header, column)) continue;
        Str name = column->heading;
        if (str_empty(name)) name = str_format(arena, "%zu", column->index + 1);
        problem_add(problem, str_format(arena, "/columns/%zu/from", i), "import_unknown_column",
                    name);
    }
    return problem->count == errors ? STATUS_OK : STATUS_INVALID;
}

/* ---- Proposing ---- */

/* Labels in every language: files come from colleagues abroad. */
static bool heading_names(Arena *arena, Str heading, Str name, const Label *label) {
    if (str_equal(heading, plain_heading(arena, name))) return true;
    for (int lang = 0; lang < LANG_COUNT; lang++) {
        Str text = label->in[lang];
        if (!str_empty(text) && str_equal(heading, plain_heading(arena, text))) return true;
    }
    return false;
}

/* "primary_hco.facility_code", or the label of a reference, whose first unique field then counts.
 */
static bool propose_reference(Arena *arena, const Model *model, Str heading, const Field *field,
                              ImportColumn *column) {
    const Object *target = field_target(model, field);
    bool named = heading_names(arena, heading, field->name, &field->label);
    for (size_t i = 0; i < target->field_count; i++) {
        const Field *through = &target->fields[i];
        if (!through->unique) continue;
        Str to = str_format(arena, "%.*s.%.*s", STR_ARGS(field->name), STR_ARGS(through->name));
        if (!named && !str_equal(heading, plain_heading(arena, to))) continue;
        column->through = through;
        column->to = to;
        return true;
    }
    return false;
}

static bool propose_field(Arena *arena, const Model *model, Str heading, const Field *field,
                          ImportColumn *column) {
    column->field = field;
    column->to = field->name;
    if (field->type == FIELD_REFERENCE) {
        return propose_reference(arena, model, heading, field, column);
    }
    return heading_names(arena, heading, field->name, &field->label);
}

/* Of two headings that mean the same field the first counts. */
static bool is_taken(const ImportMap *map, const Field *field) {
    for (size_t i = 0; i < map->count; i++) {
        if (map->columns[i].field == field) return true;
    }
    return false;
}

/*
 * The first field that fits, in the order of the definition; a heading that fits none is left out.
 */
static void propose_column(Arena *arena, const Model *model, const Actor *actor, Str heading,
                           ImportMap *map, size_t index) {
    Str plain = plain_heading(arena, heading);
    if (str_empty(plain)) return;
    for (size_t i = 0; i < map->object->field_count; i++) {
        const Field *field = &map->object->fields[i];
        ImportColumn column = {.heading = str_copy(arena, str_trim(heading)), .index = index};
        if (!may_import(actor, map->object, field) || is_taken(map, field)) continue;
        if (!propose_field(arena, model, plain, field, &column)) continue;
        map->columns[map->count++] = column;
        return;
    }
}

ImportMap import_map_propose(Arena *arena, const Model *model, const Actor *actor,
                             const Object *object, const SheetRow *first, bool header) {
    ImportMap map = {.object = object, .header = header ? SHEET_HEADER_YES : SHEET_HEADER_NO};
    map.columns = ARENA_ARRAY(arena, first->count, ImportColumn);
    for (size_t i = 0; header && i < first->count; i++) {
        propose_column(arena, model, actor, first->cells[i], &map, i);
    }
    choose_key(arena, &map);
    return map;
}

/* ---- Writing ---- */

static void write_column(JsonWriter *json, const ImportColumn *column) {
    json_open_object(json);
    if (str_empty(column->heading)) {
        json_member_integer(json, "from", (int64_t)column->index + 1);
    } else {
        json_member_text(json, "from", column->heading);
    }
    json_member_text(json, "to", column->to);
    if (column->transform_count) {
        json_key(json, STR("transform"));
        json_open_array(json);
        for (size_t i = 0; i < column->transform_count; i++) {
            json_write_text(json, str_of(column->transforms[i]->name));
        }
        json_close_array(json);
    }
    if (column->clears) json_member_text(json, "empty", STR("clear"));
    json_close_object(json);
}

void import_map_write(JsonWriter *json, const ImportMap *map) {
    json_open_object(json);
    if (map->header != SHEET_HEADER_DETECT) {
        json_member_boolean(json, "header", map->header == SHEET_HEADER_YES);
    }
    json_key(json, STR("key"));
    json_open_array(json);
    for (size_t i = 0; i < map->key_count; i++) {
        json_write_text(json, map->columns[map->keys[i]].field->name);
    }
    json_close_array(json);
    json_key(json, STR("columns"));
    json_open_array(json);
    for (size_t i = 0; i < map->count; i++) write_column(json, &map->columns[i]);
    json_close_array(json);
    json_close_object(json);
}

/*
 * Headings folded as they are for finding columns, so that the same file is known again however it
 * was saved.
 */
Str import_map_signature(Arena *arena, const SheetRow *first, bool header) {
    Buffer text CLEANUP(buffer_free) = {0};
    buffer_format(&text, "%zu", first->count);
    for (size_t i = 0; header && i < first->count; i++) {
        buffer_add_byte(&text, '|');
        buffer_add(&text, plain_heading(arena, first->cells[i]));
    }
    return str_copy(arena, buffer_str(&text));
}
