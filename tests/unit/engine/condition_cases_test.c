/*
 * The published test cases of JSON Logic, each on a record whose fields are the members of its
 * data. Conditions have types and name fields that exist, so that cases which live from
 * JavaScript's coercions are refused; whatever is accepted holds where the published answer is
 * true.
 */
#include "../base/shared_data.h"
#include "condition_fixture.h"

static const char *type_of(const json_t *value) {
    if (json_is_string(value)) return "text";
    if (json_is_boolean(value)) return "boolean";
    if (json_is_number(value)) return "decimal";
    return json_is_null(value) ? "text" : "json";
}

static Str definition_of(Arena *arena, const json_t *data) {
    Buffer text CLEANUP(buffer_free) = {0};
    const char *name;
    json_t *value;
    buffer_add(&text, STR(HEAD("fact") "\"ownership\":{},\"fields\":[" FIELD("name", "text")));
    json_object_foreach((json_t *)data, name, value) {
        buffer_format(&text, ",{\"name\":\"%s\",\"type\":\"%s\"," LABELS "}", name, type_of(value));
    }
    buffer_add(&text, STR("]}"));
    return str_copy(arena, buffer_str(&text));
}

static Value value_of(Arena *arena, const json_t *value) {
    if (json_is_string(value)) return value_text(json_text(value));
    if (json_is_boolean(value)) return value_boolean(json_is_true(value));
    if (json_is_number(value)) return value_decimal(json_number_value(value));
    return json_is_null(value) ? value_null() : value_text(json_compact(arena, value));
}

/* As JavaScript and JSON Logic see it: an empty list is false as well. */
static bool is_true(const json_t *value) {
    if (json_is_string(value)) return json_string_length(value) > 0;
    if (json_is_number(value)) return json_number_value(value) != 0;
    if (json_is_array(value)) return json_array_size(value) > 0;
    return json_is_true(value) || json_is_object(value);
}

/* The members of the data as a record; NULL for data that no record can be. */
static Record *record_of(Arena *arena, const json_t *data, Model **model) {
    Problem problem = problem_new(arena);
    const ModelSource sources[] = {
        SOURCES[0], SOURCES[1], {STR_INIT("objects/fact.json"), definition_of(arena, data)}};
    if (model_load(arena, sources, 3, &problem, model) != STATUS_OK) return NULL;
    const Object *object = model_object(*model, STR("fact"));
    Record *record = ARENA_NEW(arena, Record);
    *record = (Record){.object = object, .values = ARENA_ARRAY(arena, object->field_count, Value)};
    const char *name;
    json_t *value;
    json_object_foreach((json_t *)data, name, value) {
        record->values[object_field(object, str_of(name))->index] = value_of(arena, value);
    }
    return record;
}

static void assert_holds(Arena *arena, const Model *model, const Condition *condition,
                         const Record *record, const json_t *entry) {
    Problem problem = problem_new(arena);
    Actor actor = {.everything = true, .zone = STR("Asia/Tokyo")};
    Context context = {.arena = arena, .model = model, .actor = &actor, .problem = &problem};
    bool holds;
    assert_int_equal(condition_holds(&context, condition, record, NULL, &holds), STATUS_OK);
    if (holds == is_true(json_array_get(entry, 2))) return;
    fail_msg("%s gave %d", json_compact(arena, entry).data, holds);
}

/* Whether the case can be a condition at all. */
static bool check_case(const json_t *entry) {
    Arena *arena CLEANUP(arena_drop) = arena_new();
    Problem problem = problem_new(arena);
    Model *model = NULL;
    const Condition *condition = NULL;
    const Record *record = record_of(arena, json_array_get(entry, 1), &model);
    if (!record) return false;
    Status status = condition_parse(arena, model, record->object, json_array_get(entry, 0), STR(""),
                                    &problem, &condition);
    if (status == STATUS_OK) assert_holds(arena, model, condition, record, entry);
    model_free(model);
    return status == STATUS_OK;
}

static void the_published_cases_hold_where_they_are_accepted(void **state) {
    if (!getenv("ONDO_SHARED")) skip();
    Arena *arena CLEANUP(arena_drop) = arena_new();
    json_t *cases CLEANUP(json_drop) = NULL;
    size_t i, accepted = 0;
    json_t *entry;
    (void)state;
    Str text = shared_file(arena, "jsonlogic/tests.json");
    assert_int_equal(json_read(text, NULL, &cases), STATUS_OK);
    json_array_foreach(cases, i, entry) accepted += json_is_array(entry) && check_case(entry);
    assert_true(accepted > 150);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_published_cases_hold_where_they_are_accepted)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
