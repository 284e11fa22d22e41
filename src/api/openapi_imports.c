/*
 * Written in a few words of a shorthand rather than as JSON Schema, which would be ten times as
 * long: "text?" is a string or null, "[x]" a list, "@x" a reference, and a "*" before the name
 * marks a member that is always there.
 */
#include "openapi_imports.h"

/* A member of a shape, and what is in it. */
typedef struct Member {
    const char *name, *type;
} Member;

enum { MEMBERS_MOST = 20 };

/* A shape, and another one whose members it has as well. */
typedef struct Shape {
    const char *name, *also;
    Member members[MEMBERS_MOST];
} Shape;

static const Shape SHAPES[] = {
    {.name = "import_column",
     .members = {{"*from", "any"}, {"*to", "text"}, {"transform", "[text]"}, {"empty", "text"}}},
    {.name = "import_map",
     .members = {{"header", "boolean"}, {"key", "[text]"}, {"*columns", "[@import_column]"}}},
    {.name = "import_counts",
     .members = {{"*rows", "integer"},
                 {"*created", "integer"},
                 {"*updated", "integer"},
                 {"*unchanged", "integer"},
                 {"*skipped", "integer"},
                 {"*left_out", "integer"},
                 {"*failed", "integer"},
                 {"*bytes", "integer"}}},
    {.name = "undo_counts",
     .members = {{"*removed", "integer"},
                 {"*reverted", "integer"},
                 {"*changed_since", "integer"},
                 {"*refused", "integer"},
                 {"*left", "[@undo_left]"}}},
    {.name = "undo_left",
     .members = {{"*object", "text"}, {"*id", "text"}, {"*title", "text"}, {"*why", "text"}}},
    {.name = "import_report",
     .members = {{"encoding", "text"},
                 {"delimiter", "text"},
                 {"header", "boolean"},
                 {"size", "integer"},
                 {"undo", "@undo_counts"}}},
    {.name = "import",
     .members = {{"*id", "text"},
                 {"*object", "text"},
                 {"*file_name", "text"},
                 {"*status", "text"},
                 {"*map", "@import_map?"},
                 {"*counts", "@import_counts?"},
                 {"*report", "@import_report?"},
                 {"*file_kept", "boolean"},
                 {"*rejected", "text?"},
                 {"*created_by", "text?"},
                 {"*created_at", "text"},
                 {"*created_by_name", "text?"},
                 {"*run_by", "text?"},
                 {"*run_by_name", "text?"},
                 {"*run_at", "text?"},
                 {"*finished_at", "text?"},
                 {"*undone_at", "text?"}}},
    {.name = "import_file_column",
     .members = {{"*number", "integer"}, {"*heading", "text?"}, {"*samples", "[text]"}}},
    {.name = "import_plan",
     .members = {{"*object", "text"},
                 {"*file_name", "text"},
                 {"*size", "integer"},
                 {"*encoding", "text"},
                 {"*confidence", "integer"},
                 {"*delimiter", "text"},
                 {"*header", "boolean"},
                 {"*columns", "[@import_file_column]"},
                 {"*map_from", "text"},
                 {"*map", "@import_map"}}},
    {.name = "staged_import", .also = "import_plan", .members = {{"*import", "@import"}}},
    {.name = "import_cell_error",
     .members =
         {{"*column", "integer?"}, {"*pointer", "text"}, {"*code", "text"}, {"*message", "text"}}},
    {.name = "import_failing_row",
     .members = {{"*line", "integer"},
                 {"*state", "text"},
                 {"*cells", "[text]"},
                 {"*cut", "[integer]"},
                 {"*errors", "[@import_cell_error]"}}},
    {.name = "import_failing_rows",
     .members = {{"*total", "integer"},
                 {"*offset", "integer"},
                 {"*items", "[@import_failing_row]"}}},
    {.name = "import_rehearsal",
     .also = "import_plan",
     .members = {{"counts", "@import_counts"}, {"rows", "@import_failing_rows"}}},
    {.name = "import_rehearsal_progress",
     .members = {{"*rows", "integer"}, {"*bytes", "integer"}, {"*size", "integer"}}},
    {.name = "import_draft",
     .members = {{"*version", "integer"}, {"*draft", "any"}, {"*saved_by", "text?"}}},
    {.name = "import_part", .members = {{"offset", "integer"}, {"limit", "integer"}}},
    {.name = "import_request",
     .members = {{"map", "@import_map?"},
                 {"encoding", "text?"},
                 {"delimiter", "text?"},
                 {"header", "boolean?"},
                 {"corrections", "any"},
                 {"skip_lines", "[integer]"},
                 {"rows", "@import_part"}}},
};
enum { SHAPE_COUNT = sizeof SHAPES / sizeof *SHAPES };

/* The schema of one word; an empty schema, which says anything, for "any". */
static json_t *word_schema(const char *word, size_t size) {
    if (word[0] == '@') {
        return json_pack("{s:o}", "$ref",
                         json_sprintf("#/components/schemas/%.*s", (int)size - 1, word + 1));
    }
    if (strncmp(word, "any", size) == 0) return json_object();
    bool text = strncmp(word, "text", size) == 0;
    return json_pack("{s:o}", "type", text ? json_string("string") : json_stringn(word, size));
}

static json_t *type_schema(const char *type) {
    size_t size = strlen(type);
    if (type[0] == '[') {
        return json_pack("{s:s, s:o}", "type", "array", "items", word_schema(type + 1, size - 2));
    }
    if (type[size - 1] != '?') return word_schema(type, size);
    return json_pack("{s:[o, {s:s}]}", "anyOf", word_schema(type, size - 1), "type", "null");
}

static void add_members(const Shape *shape, json_t *properties, json_t *required) {
    for (size_t i = 0; i < MEMBERS_MOST && shape->members[i].name; i++) {
        const Member *member = &shape->members[i];
        bool always = member->name[0] == '*';
        const char *name = member->name + always;
        json_object_set_new(properties, name, type_schema(member->type));
        if (always) json_array_append_new(required, json_string(name));
    }
}

static const Shape *find_shape(const char *name) {
    for (size_t i = 0; i < SHAPE_COUNT; i++) {
        if (strcmp(SHAPES[i].name, name) == 0) return &SHAPES[i];
    }
    return NULL;
}

void openapi_imports_add(json_t *schemas) {
    for (size_t i = 0; i < SHAPE_COUNT; i++) {
        json_t *properties = json_object(), *required = json_array();
        if (SHAPES[i].also) add_members(find_shape(SHAPES[i].also), properties, required);
        add_members(&SHAPES[i], properties, required);
        json_object_set_new(schemas, SHAPES[i].name,
                            json_pack("{s:s, s:o, s:o}", "type", "object", "properties", properties,
                                      "required", required));
    }
}

bool openapi_imports_have(const char *name) {
    return find_shape(name) != NULL;
}
