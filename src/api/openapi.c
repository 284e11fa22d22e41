/*
 * The description is made from the same table of routes and the same model that answer requests, so
 * it cannot promise what is not there. jansson's json_pack keeps each shape in one readable line.
 * The page's types are generated from this document at build time.
 */
#include "openapi.h"

#include "field.h"
#include "openapi_imports.h"
#include "openapi_shapes.h"
#include "routes.h"

/* What a field's type is in JSON Schema 2020-12. */
typedef struct TypeSchema {
    const char *type, *format;
} TypeSchema;

static const TypeSchema TYPE_SCHEMAS[FIELD_TYPE_COUNT] = {
    [FIELD_TEXT] = {"string", NULL},
    [FIELD_LONG_TEXT] = {"string", NULL},
    [FIELD_INTEGER] = {"integer", NULL},
    [FIELD_DECIMAL] = {"number", NULL},
    [FIELD_BOOLEAN] = {"boolean", NULL},
    [FIELD_DATE] = {"string", "date"},
    [FIELD_INSTANT] = {"string", "date-time"},
    [FIELD_CHOICE] = {"string", NULL},
    [FIELD_CHOICES] = {"array", NULL},
    [FIELD_REFERENCE] = {"string", "uuid"},
    [FIELD_EMAIL] = {"string", "email"},
    [FIELD_PHONE] = {"string", NULL},
    [FIELD_URL] = {"string", "uri"},
    [FIELD_TAGS] = {"array", NULL},
    [FIELD_JSON] = {NULL, NULL},
    [FIELD_FILE] = {"string", "uuid"},
};

static json_t *text_node(Str text) {
    return json_stringn(text.data ? text.data : "", text.size);
}

/* Retired ones too: old records still answer with them. */
static json_t *codes_of(const Field *field) {
    json_t *codes = json_array();
    for (size_t i = 0; i < field->choice_count; i++) {
        json_array_append_new(codes, text_node(field->choices[i].code));
    }
    return codes;
}

/*
 * Every field may be null in an answer: required is a rule for writing, and old records may be
 * older than it.
 */
static json_t *field_schema(const Field *field) {
    const TypeSchema *shape = &TYPE_SCHEMAS[field->type];
    json_t *schema = json_object();
    if (shape->type) {
        json_object_set_new(schema, "type", json_pack("[s, s]", shape->type, "null"));
    }
    if (shape->format) json_object_set_new(schema, "format", json_string(shape->format));
    if (field->type == FIELD_CHOICE) {
        json_t *codes = codes_of(field);
        json_array_append_new(codes, json_null());
        json_object_set_new(schema, "enum", codes);
    } else if (field->type == FIELD_CHOICES) {
        json_object_set_new(schema, "items",
                            json_pack("{s:s, s:o}", "type", "string", "enum", codes_of(field)));
    } else if (field->type == FIELD_TAGS) {
        json_object_set_new(schema, "items", json_pack("{s:s}", "type", "string"));
    }
    json_object_set_new(schema, "title", text_node(field->label.in[LANG_EN]));
    if (field->system) json_object_set_new(schema, "readOnly", json_true());
    return schema;
}

/* What every record has beside its fields. */
static void add_head_properties(json_t *properties) {
    json_t *string = json_pack("{s:s}", "type", "string");
    json_object_set_new(properties, "id",
                        json_pack("{s:s, s:s}", "type", "string", "format", "uuid"));
    json_object_set_new(properties, "version", json_pack("{s:s}", "type", "integer"));
    json_object_set(properties, "title", string);
    json_object_set(properties, "created_at", string);
    json_object_set(properties, "updated_at", string);
    json_decref(string);
    json_t *person = json_pack("{s:[s, s]}", "type", "string", "null");
    json_object_set(properties, "created_by", person);
    json_object_set(properties, "updated_by", person);
    json_decref(person);
}

/* "id", "version" and "title" are in every form of a record, the shortest included. */
static json_t *record_schema(const Object *object) {
    json_t *properties = json_object();
    add_head_properties(properties);
    for (size_t i = 0; i < object->field_count; i++) {
        json_object_set_new(properties, object->fields[i].name.data,
                            field_schema(&object->fields[i]));
    }
    json_object_set_new(properties, "expanded", json_pack("{s:s}", "type", "object"));
    return json_pack("{s:s, s:o, s:[s, s, s], s:o}", "type", "object", "title",
                     text_node(object->label.in[LANG_EN]), "required", "id", "version", "title",
                     "properties", properties);
}

/* What a request may give; a PATCH gives any part of it, so that nothing is required. */
static json_t *input_schema(const Object *object, const char *method) {
    json_t *properties = json_object(), *required = json_array();
    bool whole = strcmp(method, "PATCH") != 0;
    for (size_t i = 0; i < object->field_count; i++) {
        const Field *field = &object->fields[i];
        if (field->system) continue;
        json_object_set_new(properties, field->name.data, field_schema(field));
        bool defaulted = !str_empty(field->initial_word) || !value_is_null(&field->initial);
        if (whole && field->required && !defaulted)
            json_array_append_new(required, text_node(field->name));
    }
    json_object_set_new(properties, "id",
                        json_pack("{s:s, s:s}", "type", "string", "format", "uuid"));
    for (size_t i = 0; i < object->child_count; i++) {
        json_object_set_new(properties, object->children[i].name.data,
                            json_pack("{s:s, s:{}}", "type", "array", "items"));
    }
    return json_pack("{s:s, s:o, s:o}", "type", "object", "properties", properties, "required",
                     required);
}

static json_t *reference(const char *name, const char *suffix) {
    char path[128];
    snprintf(path, sizeof path, "#/components/schemas/%s%s", name, suffix);
    return json_pack("{s:s}", "$ref", path);
}

/* ---- Paths ---- */

static json_t *path_parameter(const char *name) {
    return json_pack("{s:s, s:s, s:b, s:{s:s}}", "name", name, "in", "path", "required", 1,
                     "schema", "type", "string");
}

static json_t *query_parameter(const char *name, const char *type) {
    return json_pack("{s:s, s:s, s:{s:s}}", "name", name, "in", "query", "schema", "type", type);
}

static json_t *list_schema(json_t *item) {
    return json_pack("{s:s, s:[s, s], s:{s:{s:s, s:o}, s:{s:[s, s]}, s:{s:s}}}", "type", "object",
                     "required", "items", "next", "properties", "items", "type", "array", "items",
                     item, "next", "type", "string", "null", "total", "type", "integer");
}

/* The answers that are the same for every object. */
static json_t *plain_answer_schema(const char *answers) {
    if (strcmp(answers, "text") == 0) return json_pack("{s:s}", "type", "string");
    if (strcmp(answers, "session") == 0) return reference("session", "");
    if (strcmp(answers, "items") == 0) {
        return list_schema(json_pack("{s:s, s:b}", "type", "object", "additionalProperties", 1));
    }
    if (strcmp(answers, "imports") == 0) return list_schema(reference("import", ""));
    if (openapi_shapes_have(answers) || openapi_imports_have(answers)) {
        return reference(answers, "");
    }
    if (strcmp(answers, "history") == 0 || strcmp(answers, "timeline") == 0) {
        return reference(answers, "");
    }
    return json_pack("{s:s, s:b}", "type", "object", "additionalProperties", 1);
}

/* Records and lists have the schema of their object; for no object these words mean any. */
static json_t *answer_schema(const char *answers, const Object *object) {
    if (object && strcmp(answers, "record") == 0) {
        return reference(object->name.data, "");
    }
    if (object && strcmp(answers, "list") == 0) {
        return list_schema(reference(object->name.data, ""));
    }
    return plain_answer_schema(answers);
}

/* 201 where something new came into being, 204 where there is nothing to show. */
static const char *success_code(const Route *route) {
    if (strcmp(route->answers, "nothing") == 0) return "204";
    bool creates =
        strcmp(route->method, "POST") == 0 &&
        (strcmp(route->answers, "record") == 0 || strcmp(route->answers, "session") == 0 ||
         strcmp(route->answers, "staged_import") == 0 || strcmp(route->answers, "token") == 0);
    return creates && !strstr(route->path, "/restore") ? "201" : "200";
}

/* What the route's answer is in; problems have their own. */
static const char *media_type(const Route *route) {
    if (strcmp(route->answers, "text") == 0) return "text/plain";
    if (strcmp(route->answers, "events") == 0) return "text/event-stream";
    if (strcmp(route->answers, "bulk") == 0) return "application/x-ndjson";
    if (strcmp(route->answers, "file") == 0) return "application/octet-stream";
    return "application/json";
}

/* One "default" for every refusal: all are problem documents (RFC 9457). */
static json_t *responses_of(const Route *route, const Object *object) {
    json_t *success = json_pack("{s:s}", "description", route->summary);
    if (strcmp(route->answers, "nothing") != 0) {
        json_object_set_new(success, "content",
                            json_pack("{s:{s:o}}", media_type(route), "schema",
                                      answer_schema(route->answers, object)));
    }
    json_t *problem = json_pack("{s:s, s:{s:{s:o}}}", "description", "A problem", "content",
                                "application/problem+json", "schema", reference("problem", ""));
    json_t *responses = json_object();
    json_object_set_new(responses, success_code(route), success);
    json_object_set_new(responses, "default", problem);
    return responses;
}

/* Every field's name is a short filter. */
static void add_list_parameters(json_t *parameters, const Object *object) {
    static const char *const TEXTS[] = {"filter", "q", "sort", "fields", "expand", "cursor"};
    for (size_t i = 0; i < sizeof TEXTS / sizeof *TEXTS; i++) {
        json_array_append_new(parameters, query_parameter(TEXTS[i], "string"));
    }
    json_array_append_new(parameters, query_parameter("limit", "integer"));
    json_array_append_new(parameters, query_parameter("total", "boolean"));
    for (size_t i = 0; object && i < object->field_count; i++) {
        json_array_append_new(parameters, query_parameter(object->fields[i].name.data, "string"));
    }
}

/* The query parameters of single routes; lists have theirs from the model. */
typedef struct RouteParameter {
    const char *path, *name, *type;
} RouteParameter;

static const RouteParameter ROUTE_PARAMETERS[] = {
    {"/api/v1/batch", "limit", "integer"},
    {"/api/v1/batch", "cursor", "string"},
    {"/api/v1/journal", "object", "string"},
    {"/api/v1/journal", "id", "string"},
    {"/api/v1/journal", "by", "string"},
    {"/api/v1/journal", "action", "string"},
    {"/api/v1/journal", "via", "string"},
    {"/api/v1/journal", "from", "string"},
    {"/api/v1/journal", "until", "string"},
    {"/api/v1/journal", "field", "string"},
    {"/api/v1/journal", "q", "string"},
    {"/api/v1/journal", "batch", "string"},
    {"/api/v1/journal", "cursor", "string"},
    {"/api/v1/journal", "limit", "integer"},
    {"/api/v1/journal/{position}/proof", "after", "integer"},
    {"/api/v1/hco/{id}/map", "product", "string"},
    {"/api/v1/hco/{id}/path", "product", "string"},
    {"/api/v1/review", "week", "string"},
    {"/api/v1/review", "product", "string"},
    {"/api/v1/review", "subject", "string"},
    {"/api/v1/review", "limit", "integer"},
    {"/api/v1/committee-board", "scope", "string"},
    {"/api/v1/committee-board", "days", "integer"},
    {"/api/v1/ranking/{name}/grid", "filter", "string"},
    {"/api/v1/hcp/{id}/material", "subjects", "string"},
    {"/api/v1/hcp/{id}/material", "products", "string"},
    {"/api/v1/search", "q", "string"},
    {"/api/v1/search", "object", "string"},
    {"/api/v1/changes", "since", "string"},
    {"/api/v1/me/sessions", "others", "boolean"},
    {"/api/v1/model", "texts", "string"},
    {"/api/v1/definition", "kind", "string"},
    {"/api/v1/definition", "body", "boolean"},
    {"/api/v1/definition/objects/{name}/usage", "field", "string"},
    {"/api/v1/definition/export", "kind", "string"},
    {"/api/v1/definition/export", "name", "string"},
    {"/api/v1/definition/export", "changed", "boolean"},
    {"/api/v1/import/{name}", "map", "string"},
    {"/api/v1/import/{name}", "file_name", "string"},
    {"/api/v1/import/{name}/check", "map", "string"},
    {"/api/v1/import/{name}/check", "file_name", "string"},
    {"/api/v1/import/{name}/check", "id", "string"},
    {"/api/v1/import/{name}/upload", "file_name", "string"},
    {"/api/v1/import", "object", "string"},
    {"/api/v1/import", "limit", "integer"},
    {"/api/v1/import", "cursor", "string"},
    {"/api/v1/score/{name}/backtest", "from", "string"},
    {"/api/v1/score/{name}/backtest", "to", "string"},
    {"/api/v1/score/{name}/backtest", "horizon", "integer"},
    {"/api/v1/form", "object", "string"},
    {"/api/v1/form", "hcp", "string"},
    {"/api/v1/score/{name}/backtest", "step", "integer"},
    {"/api/v1/{object}/bulk", "key", "string"},
    {"/api/v1/{object}/{id}/file", "name", "string"},
    {"/api/v1/{object}/export", "format", "string"},
    {"/api/v1/{object}/{id}", "expand", "string"},
    {"/api/v1/{object}/{id}/access", "user", "string"},
    {"/api/v1/{object}/{id}/history", "limit", "integer"},
    {"/api/v1/{object}/{id}/history", "cursor", "string"},
    {"/api/v1/{object}/{id}/timeline", "limit", "integer"},
    {"/api/v1/{object}/{id}/timeline", "cursor", "string"},
    {"/api/v1/{object}/{id}/timeline", "objects", "string"},
};

/* {object} is no parameter: each object has paths of its own here. */
static json_t *parameters_of(const Route *route, const Object *object) {
    json_t *parameters = json_array();
    if (strstr(route->path, "{kind}")) json_array_append_new(parameters, path_parameter("kind"));
    if (strstr(route->path, "{name}")) json_array_append_new(parameters, path_parameter("name"));
    if (strstr(route->path, "{version}")) {
        json_array_append_new(parameters, path_parameter("version"));
    }
    if (strstr(route->path, "{position}")) {
        json_array_append_new(parameters, path_parameter("position"));
    }
    if (strstr(route->path, "{id}")) json_array_append_new(parameters, path_parameter("id"));
    for (size_t i = 0; i < sizeof ROUTE_PARAMETERS / sizeof *ROUTE_PARAMETERS; i++) {
        const RouteParameter *parameter = &ROUTE_PARAMETERS[i];
        if (strcmp(parameter->path, route->path) != 0) continue;
        json_array_append_new(parameters, query_parameter(parameter->name, parameter->type));
    }
    if (strcmp(route->answers, "list") == 0 || strstr(route->path, "/export") ||
        strstr(route->path, "{object}/change")) {
        add_list_parameters(parameters, object);
    }
    return parameters;
}

static const char *input_suffix(const char *method) {
    return strcmp(method, "PATCH") == 0 ? "_patch" : "_input";
}

/* Files come as they are, whatever a browser calls them. */
static json_t *body_of(const Route *route, const Object *object) {
    const char *type = route->body == BODY_JSON ? "application/json" : "application/octet-stream";
    json_t *schema = NULL;
    if (route->takes) {
        schema = reference(route->takes, "");
    } else if (object && route->body == BODY_JSON) {
        schema = reference(object->name.data, input_suffix(route->method));
    } else {
        schema = json_object();
    }
    return json_pack("{s:{s:{s:o}}}", "content", type, "schema", schema);
}

/* Open routes say so by an empty list, which takes the security of the whole away. */
static json_t *operation_of(const Route *route, const Object *object) {
    json_t *operation =
        json_pack("{s:s, s:o, s:o}", "summary", route->summary, "parameters",
                  parameters_of(route, object), "responses", responses_of(route, object));
    if (route->body != BODY_NONE) {
        json_object_set_new(operation, "requestBody", body_of(route, object));
    }
    if (route->kind == ROUTE_OPEN) json_object_set_new(operation, "security", json_array());
    return operation;
}

/* Several methods of one path stand in one entry. */
static void add_operation(json_t *paths, const Route *route, const char *path,
                          const Object *object) {
    char method[16] = {0};
    for (size_t i = 0; route->method[i] && i + 1 < sizeof method; i++) {
        method[i] = (char)(route->method[i] | 0x20);
    }
    json_t *item = json_object_get(paths, path);
    if (!item) {
        item = json_object();
        json_object_set_new(paths, path, item);
    }
    json_object_set_new(item, method, operation_of(route, object));
}

/* "/api/v1/{object}/{id}" for an object: "/api/v1/hcp/{id}". */
static void add_object_operation(json_t *paths, const Route *route, const Object *object) {
    static const char SLOT[] = "{object}";
    char path[256];
    const char *slot = strstr(route->path, SLOT);
    snprintf(path, sizeof path, "%.*s%s%s", (int)(slot - route->path), route->path,
             object->name.data, slot + sizeof SLOT - 1);
    add_operation(paths, route, path, object);
}

/* The same route for each object: generated types then know the fields of each. */
static json_t *describe_paths(const Model *model) {
    json_t *paths = json_object();
    for (size_t i = 0; i < routes_count(); i++) {
        const Route *route = routes_at(i);
        if (!strstr(route->path, "{object}")) {
            add_operation(paths, route, route->path, NULL);
            continue;
        }
        for (size_t j = 0; j < model_object_count(model); j++) {
            add_object_operation(paths, route, model_object_at(model, j));
        }
    }
    return paths;
}

/* Shapes that do not come from the model. */
static const char FIXED_SCHEMAS[] =
    "{\"problem\":{\"type\":\"object\",\"required\":[\"type\",\"title\",\"status\",\"detail\","
    "\"request_id\",\"errors\"],\"properties\":{\"type\":{\"type\":\"string\"},\"title\":{\"type\":"
    "\"string\"},\"status\":{\"type\":\"integer\"},\"detail\":{\"type\":\"string\"},\"request_id\":"
    "{"
    "\"type\":\"string\"},\"errors\":{\"type\":\"array\",\"items\":{\"type\":\"object\","
    "\"required\":[\"pointer\",\"code\",\"message\"],\"properties\":{\"pointer\":{\"type\":"
    "\"string\"},\"code\":{\"type\":\"string\"},\"message\":{\"type\":\"string\"}}}},\"present\":{"
    "\"type\":\"object\"}}},"
    "\"session\":{\"type\":\"object\",\"required\":[\"user\",\"csrf\",\"may\",\"must_change_"
    "password\"],\"properties\":{"
    "\"user\":{\"$ref\":\"#/components/schemas/user\"},\"csrf\":{\"type\":\"string\"},\"lang\":{"
    "\"type\":\"string\"},\"must_change_password\":{\"type\":\"boolean\"},"
    "\"sample\":{\"type\":\"boolean\"},\"may\":{"
    "\"type\":\"object\",\"additionalProperties\":{\"type\":\"boolean\"}},\"company\":{"
    "\"type\":\"object\",\"required\":[\"draft_minutes\"],\"properties\":{\"draft_minutes\":{"
    "\"type\":[\"integer\",\"null\"]}}},\"preferences\":{"
    "\"type\":\"object\",\"additionalProperties\":true}}},"
    "\"history\":{\"type\":\"object\",\"required\":[\"items\",\"next\"],\"properties\":{\"items\":{"
    "\"type\":\"array\",\"items\":{\"type\":\"object\",\"required\":[\"at\",\"by\",\"action\","
    "\"changes\",\"reason\"],\"properties\":{\"at\":{\"type\":\"string\"},\"by\":{\"type\":["
    "\"string\",\"null\"]},\"by_name\":{\"type\":[\"string\",\"null\"]},\"via\":{\"type\":["
    "\"string\",\"null\"]},\"version\":{\"type\":\"integer\"},\"action\":{\"type\":\"string\"},"
    "\"changes\":{\"type\":\"object\",\"additionalProperties\":{\"type\":\"object\",\"properties\":"
    "{"
    "\"from\":{},\"to\":{}}}},\"reason\":{\"type\":[\"string\",\"null\"]}}}},\"next\":{\"type\":["
    "\"string\",\"null\"]}}},"
    "\"timeline\":{\"type\":\"object\",\"required\":[\"items\",\"people\",\"next\"],\"properties\":"
    "{\"items\":"
    "{\"type\":\"array\",\"items\":{\"type\":\"object\",\"required\":[\"at\",\"object\",\"id\","
    "\"title\",\"record\"],\"properties\":{\"at\":{\"type\":\"string\"},\"object\":{\"type\":"
    "\"string\"},\"id\":{\"type\":\"string\"},\"title\":{\"type\":\"string\"},\"record\":{\"type\":"
    "\"object\",\"additionalProperties\":true}}}},\"people\":{\"type\":\"object\","
    "\"additionalProperties\":{\"type\":\"string\"}},\"next\":{\"type\":[\"string\",\"null\"]}}}}";

static void add_input_schema(json_t *schemas, const Object *object, const char *method) {
    char name[96];
    snprintf(name, sizeof name, "%s%s", object->name.data, input_suffix(method));
    json_object_set_new(schemas, name, input_schema(object, method));
}

/* A record, what creates one, and what changes one: three shapes of each object. */
static json_t *describe_schemas(const Model *model) {
    json_t *schemas = json_loads(FIXED_SCHEMAS, 0, NULL);
    openapi_shapes_add(schemas);
    openapi_imports_add(schemas);
    for (size_t i = 0; i < model_object_count(model); i++) {
        const Object *object = model_object_at(model, i);
        json_object_set_new(schemas, object->name.data, record_schema(object));
        add_input_schema(schemas, object, "POST");
        add_input_schema(schemas, object, "PATCH");
    }
    return schemas;
}

json_t *openapi_describe(const Business *business) {
    return json_pack(
        "{s:s, s:{s:s, s:s}, s:o, s:{s:o, s:{s:{s:s, s:s}, s:{s:s, s:s, s:s}}}, s:[{s:[]}, "
        "{s:[]}]}",
        "openapi", "3.1.0", "info", "title", "Ondo", "version", ONDO_VERSION, "paths",
        describe_paths(business->model), "components", "schemas", describe_schemas(business->model),
        "securitySchemes", "bearer", "type", "http", "scheme", "bearer", "cookie", "type", "apiKey",
        "in", "cookie", "name", "ondo_session", "security", "bearer", "cookie");
}
