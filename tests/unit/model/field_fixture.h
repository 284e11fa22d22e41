/* One field of each type, and short ways to read into it. */
#ifndef ONDO_TESTS_FIELD_FIXTURE_H
#define ONDO_TESTS_FIELD_FIXTURE_H

#include <math.h>

#include "model_fixture.h"

static const Choice CHOICES[] = {
    {.code = STR_INIT("doctor"),
     .label = {{STR_INIT("Doctor"), STR_INIT("医師"), STR_INIT("医生")}}},
    {.code = STR_INIT("nurse"),
     .label = {{STR_INIT("Nurse"), STR_INIT("看護師"), STR_INIT("护士")}}},
    {.code = STR_INIT("head"), .label = {{STR_INIT("Head"), STR_INIT("長"), STR_INIT("长")}}},
    {.code = STR_INIT("lead"), .label = {{STR_INIT("Lead"), STR_INIT("長"), STR_INIT("主任")}}},
    {.code = STR_INIT("old"),
     .label = {{STR_INIT("Old"), STR_INIT("旧"), STR_INIT("旧")}},
     .retired = true},
};

#define NO_BOUNDS .minimum = -INFINITY, .maximum = INFINITY
static const Field FIELDS[FIELD_TYPE_COUNT] = {
    [FIELD_TEXT] = {.type = FIELD_TEXT, .max_length = 10},
    [FIELD_LONG_TEXT] = {.type = FIELD_LONG_TEXT, .max_length = 30},
    [FIELD_INTEGER] = {.type = FIELD_INTEGER, NO_BOUNDS},
    [FIELD_DECIMAL] = {.type = FIELD_DECIMAL, .scale = 2, NO_BOUNDS},
    [FIELD_BOOLEAN] = {.type = FIELD_BOOLEAN},
    [FIELD_DATE] = {.type = FIELD_DATE},
    [FIELD_INSTANT] = {.type = FIELD_INSTANT},
    [FIELD_CHOICE] = {.type = FIELD_CHOICE, .choices = CHOICES, .choice_count = 5},
    [FIELD_CHOICES] = {.type = FIELD_CHOICES,
                       .choices = CHOICES,
                       .choice_count = 5,
                       .max_length = 3},
    [FIELD_REFERENCE] = {.type = FIELD_REFERENCE, .reference = STR_INIT("hcp")},
    [FIELD_EMAIL] = {.type = FIELD_EMAIL, .max_length = 254},
    [FIELD_PHONE] = {.type = FIELD_PHONE, .max_length = 40},
    [FIELD_URL] = {.type = FIELD_URL, .max_length = 200},
    [FIELD_TAGS] = {.type = FIELD_TAGS, .max_length = 3},
    [FIELD_JSON] = {.type = FIELD_JSON, .max_length = 50},
    [FIELD_FILE] = {.type = FIELD_FILE},
};

/* What a value is as JSON, or the code of the first error with its pointer when that is not "/x".
 */
static inline Str fixture_outcome(Arena *arena, const Field *field, Status status,
                                  const Problem *problem, const Value *value) {
    Buffer text CLEANUP(buffer_free) = {0};
    JsonWriter json = json_writer(&text);
    if (status == STATUS_OK) {
        assert_int_equal(problem->count, 0);
        field_write_json(&json, field, value);
        return str_copy(arena, buffer_str(&text));
    }
    assert_int_equal(status, STATUS_INVALID);
    assert_int_equal(value->kind, VALUE_BYTES); /* untouched */
    assert_non_null(problem->first);
    Str pointer = problem->first->pointer;
    return str_format(arena, "!%s%s", problem->first->code.data,
                      str_is(pointer, "/x") ? "" : pointer.data);
}

static inline Str from_json(Arena *arena, const Field *field, const char *text) {
    json_t *node CLEANUP(json_drop) = NULL;
    Problem problem = problem_new(arena);
    Value value = {.kind = VALUE_BYTES};
    assert_int_equal(json_read(str_of(text), NULL, &node), STATUS_OK);
    Status status = field_from_json(arena, field, node, STR("/x"), &problem, &value);
    return fixture_outcome(arena, field, status, &problem, &value);
}

static inline Str from_text(Arena *arena, const Field *field, Str text) {
    Problem problem = problem_new(arena);
    Value value = {.kind = VALUE_BYTES};
    Status status =
        field_from_text(arena, field, text, STR("Asia/Tokyo"), STR("/x"), &problem, &value);
    return fixture_outcome(arena, field, status, &problem, &value);
}

typedef struct FieldCase {
    FieldType type;
    const char *in;
    const char *out; /* JSON, or "!" and the code of the error */
} FieldCase;

#endif
