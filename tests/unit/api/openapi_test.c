/* The description of the API: whole, and true to the routes and the model. */
#include "openapi.h"

#include "api_fixture.h"

/* Every "$ref" below `node` leads to something in `root`. */
static void check_references(const json_t *root, const json_t *node) {
    static const Str PREFIX = STR_INIT("#/components/schemas/");
    const char *name;
    json_t *member;
    size_t i;
    Str reference = json_get_text(node, "$ref");
    if (reference.data) {
        const json_t *schemas = json_object_get(json_object_get(root, "components"), "schemas");
        assert_true(str_starts(reference, PREFIX));
        if (!json_object_get(schemas, reference.data + PREFIX.size)) fail_msg("%s", reference.data);
    }
    json_object_foreach((json_t *)node, name, member) {
        check_references(root, member);
    }
    json_array_foreach((json_t *)node, i, member) {
        check_references(root, member);
    }
}

static void the_description_is_whole(void **state) {
    Desk *desk = *state;
    json_t *api CLEANUP(json_drop) = openapi_describe(desk->business);
    assert_non_null(api);
    assert_str(json_get_text(api, "openapi"), "3.1.0");
    check_references(api, api);
    json_t *again CLEANUP(json_drop) = NULL;
    assert_int_equal(json_read(json_compact(desk->arena, api), NULL, &again), STATUS_OK);
    assert_true(json_equal(api, again));
}

/* The operation of a route, {object} being `object`. */
static const json_t *operation(Desk *desk, const json_t *api, const Route *route,
                               const char *object) {
    Str path = str_of(route->path);
    size_t slot = str_find_str(path, STR("{object}"));
    if (slot < path.size) {
        path = str_format(desk->arena, "%.*s%s%s", (int)slot, path.data, object,
                          path.data + slot + strlen("{object}"));
    }
    char *method = str_terminated(desk->arena, str_of(route->method));
    for (char *c = method; *c; c++) *c = (char)(*c | 0x20);
    return json_object_get(json_object_get(json_object_get(api, "paths"), path.data), method);
}

static bool has_parameter(const json_t *described, const char *name, const char *in) {
    size_t i;
    json_t *parameter;
    json_array_foreach(json_object_get(described, "parameters"), i, parameter) {
        if (str_is(json_get_text(parameter, "name"), name) &&
            str_is(json_get_text(parameter, "in"), in)) {
            return true;
        }
    }
    return false;
}

static void every_route_is_described(void **state) {
    Desk *desk = *state;
    json_t *api CLEANUP(json_drop) = openapi_describe(desk->business);
    for (size_t i = 0; i < routes_count(); i++) {
        const Route *route = routes_at(i);
        const json_t *described = operation(desk, api, route, "person");
        if (!described) fail_msg("%s %s", route->method, route->path);
        assert_true(json_object_size(json_object_get(described, "responses")) >= 2);
        assert_int_equal(json_object_get(described, "requestBody") != NULL,
                         route->body != BODY_NONE);
        assert_int_equal(json_is_array(json_object_get(described, "security")),
                         route->kind == ROUTE_OPEN);
        if (strstr(route->path, "{id}")) assert_true(has_parameter(described, "id", "path"));
        if (strstr(route->path, "{name}")) assert_true(has_parameter(described, "name", "path"));
        if (strcmp(route->answers, "list") == 0) {
            assert_true(has_parameter(described, "filter", "query"));
            assert_true(has_parameter(described, "mood", "query"));
        }
    }
}

static void objects_are_described_as_the_model_has_them(void **state) {
    Desk *desk = *state;
    json_t *api CLEANUP(json_drop) = openapi_describe(desk->business);
    const json_t *schemas = json_object_get(json_object_get(api, "components"), "schemas");
    for (size_t i = 0; i < model_object_count(desk->business->model); i++) {
        const Object *object = model_object_at(desk->business->model, i);
        const json_t *shown =
            json_object_get(json_object_get(schemas, object->name.data), "properties");
        Str input_name = str_join(desk->arena, object->name, STR("_input"));
        const json_t *input =
            json_object_get(json_object_get(schemas, input_name.data), "properties");
        for (size_t j = 0; j < object->field_count; j++) {
            const Field *field = &object->fields[j];
            const json_t *schema = json_object_get(shown, field->name.data);
            assert_non_null(schema);
            assert_int_equal(json_is_true(json_object_get(schema, "readOnly")), field->system);
            assert_int_equal(json_object_get(input, field->name.data) != NULL, !field->system);
        }
        for (size_t j = 0; j < object->child_count; j++) {
            assert_non_null(json_object_get(input, object->children[j].name.data));
        }
    }
    const json_t *person = json_object_get(json_object_get(schemas, "person"), "properties");
    const json_t *codes = json_object_get(json_object_get(person, "mood"), "enum");
    assert_int_equal(json_array_size(codes), 5); /* four choices, retired ones too, and null */
    assert_str(json_get_text(json_object_get(person, "seen_at"), "format"), "date-time");
    const json_t *required = json_object_get(json_object_get(schemas, "person_input"), "required");
    assert_int_equal(json_array_size(required), 1);
    assert_str(json_text(json_array_get(required, 0)), "name");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        DESK_TEST(the_description_is_whole),
        DESK_TEST(every_route_is_described),
        DESK_TEST(objects_are_described_as_the_model_has_them),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
