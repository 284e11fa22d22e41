/*
 * Any bytes as the text of any field. The first byte chooses the type, the second the check, the
 * rest is the cell. What is accepted must be well-formed UTF-8, must be written as JSON that can be
 * read, and must come back unchanged when that JSON is given again.
 *
 * Fuzz with: clang -fsanitize=fuzzer,address,undefined, linked with the model's library and those
 * below it; the unit test model/field_fuzz replays corpus/field_text.
 */
#include <math.h>
#include <stdint.h>
#include <stdlib.h>

#include "check.h"
#include "field.h"
#include "json.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const Choice FUZZ_CHOICES[] = {
    {.code = STR_INIT("a"), .label = {{STR_INIT("One"), STR_INIT("一"), STR_INIT("壹")}}},
    {.code = STR_INIT("b"), .label = {{STR_INIT("Two"), STR_INIT("二"), STR_INIT("贰")}}},
    {.code = STR_INIT("c"),
     .label = {{STR_INIT("Two"), STR_INIT("三"), STR_INIT("叁")}},
     .retired = true},
};

static Field fuzz_field(uint8_t type, uint8_t check) {
    Field field = {.type = (FieldType)(type % FIELD_TYPE_COUNT),
                   .choices = FUZZ_CHOICES,
                   .choice_count = 3,
                   .max_length = 500,
                   .minimum = -INFINITY,
                   .maximum = INFINITY,
                   .scale = check % 10};
    size_t names = 0;
    while (check_names()[names]) names++;
    if (field.type == FIELD_TEXT && check % (names + 1) < names) {
        field.check = str_of(check_names()[check % (names + 1)]);
    }
    return field;
}

static void fuzz_must(bool holds) {
    if (!holds) abort();
}

/* The JSON of an accepted value is accepted and says the same. */
static void fuzz_again(Arena *arena, const Field *field, const Value *value) {
    Buffer first CLEANUP(buffer_free) = {0}, second CLEANUP(buffer_free) = {0};
    JsonWriter writer = json_writer(&first), again = json_writer(&second);
    Problem problem = problem_new(arena);
    json_t *node CLEANUP(json_drop) = NULL;
    Value same;
    field_write_json(&writer, field, value);
    fuzz_must(str_valid_utf8(buffer_str(&first)));
    fuzz_must(json_read(buffer_str(&first), NULL, &node) == STATUS_OK);
    fuzz_must(field_from_json(arena, field, node, STR(""), &problem, &same) == STATUS_OK);
    field_write_json(&again, field, &same);
    fuzz_must(str_equal(buffer_str(&first), buffer_str(&second)));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    if (size < 2) return 0;
    Arena *arena CLEANUP(arena_drop) = arena_new();
    Field field = fuzz_field(data[0], data[1]);
    Str text = {.data = (const char *)data + 2, .size = size - 2};
    Problem problem = problem_new(arena);
    Value value;
    Status status =
        field_from_text(arena, &field, text, STR("Asia/Tokyo"), STR("/x"), &problem, &value);
    if (status != STATUS_OK) {
        fuzz_must(status == STATUS_INVALID && problem.count > 0);
        return 0;
    }
    (void)field_text(arena, &field, &value, LANG_JA, STR("Europe/Paris"));
    fuzz_again(arena, &field, &value);
    return 0;
}
