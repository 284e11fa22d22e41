/*
 * Any bytes as the body of a request. What json_read accepts must be well-formed UTF-8 within the
 * limit of depth and must say the same when it is written and read again; its members are given to
 * a field of each type, which must refuse them with a reason or write JSON that is accepted again.
 *
 * Fuzz with: clang -fsanitize=fuzzer,address,undefined, linked with the model's library and those
 * below it; the unit test record/json_fuzz replays corpus/json.
 */
#include <math.h>
#include <stdint.h>
#include <stdlib.h>

#include "field.h"
#include "json.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const Choice FUZZ_CHOICES[] = {
    {.code = STR_INIT("a"), .label = {{STR_INIT("One"), STR_INIT("一"), STR_INIT("壹")}}},
    {.code = STR_INIT("b"), .label = {{STR_INIT("Two"), STR_INIT("二"), STR_INIT("贰")}}},
};

static void fuzz_must(bool holds) {
    if (!holds) abort();
}

static Field fuzz_field(int type) {
    return (Field){.type = (FieldType)type,
                   .choices = FUZZ_CHOICES,
                   .choice_count = 2,
                   .max_length = 200,
                   .minimum = -INFINITY,
                   .maximum = INFINITY,
                   .scale = 3};
}

static void fuzz_member(Arena *arena, const json_t *node) {
    for (int type = 0; type < FIELD_TYPE_COUNT; type++) {
        Buffer text CLEANUP(buffer_free) = {0};
        JsonWriter json = json_writer(&text);
        Field field = fuzz_field(type);
        Problem problem = problem_new(arena);
        json_t *again CLEANUP(json_drop) = NULL;
        Value value, same;
        if (field_from_json(arena, &field, node, STR("/x"), &problem, &value) != STATUS_OK) {
            fuzz_must(problem.count > 0);
            continue;
        }
        field_write_json(&json, &field, &value);
        fuzz_must(json_read(buffer_str(&text), NULL, &again) == STATUS_OK);
        fuzz_must(field_from_json(arena, &field, again, STR("/x"), &problem, &same) == STATUS_OK);
        fuzz_must(value_equal(&value, &same));
    }
}

static int fuzz_depth(const json_t *node) {
    int deepest = 0;
    const json_t *member;
    const char *name;
    size_t i;
    json_object_foreach((json_t *)node, name, member) {
        int depth = fuzz_depth(member);
        deepest = depth > deepest ? depth : deepest;
    }
    json_array_foreach((json_t *)node, i, member) {
        int depth = fuzz_depth(member);
        deepest = depth > deepest ? depth : deepest;
    }
    return deepest + (json_is_object(node) || json_is_array(node));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    Arena *arena CLEANUP(arena_drop) = arena_new();
    json_t *document CLEANUP(json_drop) = NULL, *again CLEANUP(json_drop) = NULL;
    Str text = {.data = (const char *)data, .size = size};
    Problem problem = problem_new(arena);
    Status status = json_read(text, &problem, &document);
    if (status != STATUS_OK) {
        fuzz_must(status == STATUS_MALFORMED && problem.count == 1);
        return 0;
    }
    fuzz_must(str_valid_utf8(text) && fuzz_depth(document) <= JSON_DEPTH_LIMIT);
    fuzz_must(json_read(json_compact(arena, document), NULL, &again) == STATUS_OK);
    fuzz_must(json_equal(document, again));
    fuzz_member(arena, document);
    const char *name;
    json_t *member;
    json_object_foreach(document, name, member) {
        fuzz_member(arena, member);
    }
    return 0;
}
