/* What the page keeps for a person: merged member by member, and bounded. */
#include "preference.h"

#include "auth_fixture.h"
#include "json.h"

typedef struct Merging {
    Id user;
    const char *patch;
    Arena *arena;
    Problem problem;
} Merging;

static Status merge_job(Transaction *transaction, void *data) {
    Merging *merging = data;
    json_t *patch CLEANUP(json_drop) = NULL;
    merging->problem = problem_new(merging->arena);
    assert_int_equal(json_read(str_of(merging->patch), NULL, &patch), STATUS_OK);
    return preference_merge(transaction, merging->arena, merging->user, patch, STR("/preferences"),
                            NOW, &merging->problem);
}

typedef struct Reading {
    Id user;
    Arena *arena;
    Str text;
} Reading;

static Status read_job(Transaction *transaction, void *data) {
    Reading *reading = data;
    return preference_read(transaction, reading->arena, reading->user, &reading->text);
}

/* As sorted JSON, since the databases order members in their own ways. */
static const char *kept(Fixture *fixture, Arena *arena, Id user) {
    Reading reading = {.user = user, .arena = arena};
    json_t *data CLEANUP(json_drop) = NULL;
    assert_int_equal(store_read(fixture->store, read_job, &reading), STATUS_OK);
    assert_int_equal(json_read(reading.text, NULL, &data), STATUS_OK);
    char *text = json_dumps(data, JSON_COMPACT | JSON_SORT_KEYS);
    const char *copy = str_copy(arena, str_of(text)).data;
    free(text);
    return copy;
}

static Status merge(Fixture *fixture, Arena *arena, Id user, const char *patch) {
    Merging merging = {.user = user, .patch = patch, .arena = arena};
    return store_write(fixture->store, merge_job, &merging);
}

static void members_are_merged_one_by_one(void **state) {
    Fixture *fixture = *state;
    Arena *arena CLEANUP(arena_drop) = arena_new();
    Id ann = id_new(NOW), ben = id_new(NOW);
    auth_make_tables(fixture);
    assert_string_equal(kept(fixture, arena, ann), "{}");
    assert_int_equal(merge(fixture, arena, ann, "{\"density\":\"compact\",\"tours\":[\"today\"]}"),
                     STATUS_OK);
    assert_int_equal(merge(fixture, arena, ann, "{\"tours\":[\"visit\"],\"start\":\"/tasks\"}"),
                     STATUS_OK);
    assert_string_equal(kept(fixture, arena, ann),
                        "{\"density\":\"compact\",\"start\":\"/tasks\",\"tours\":[\"visit\"]}");
    assert_int_equal(merge(fixture, arena, ann, "{\"density\":null,\"start\":null}"), STATUS_OK);
    assert_string_equal(kept(fixture, arena, ann), "{\"tours\":[\"visit\"]}");
    assert_string_equal(kept(fixture, arena, ben), "{}");
}

static void what_is_malformed_or_too_large_changes_nothing(void **state) {
    Fixture *fixture = *state;
    Arena *arena CLEANUP(arena_drop) = arena_new();
    Id ann = id_new(NOW);
    auth_make_tables(fixture);
    assert_int_equal(merge(fixture, arena, ann, "{\"a\":1}"), STATUS_OK);
    static const char *const BAD[] = {"[]",        "\"a\"",       "{\"\":1}",
                                      "{\"A\":1}", "{\"a-b\":1}", "{\"1\":1}"};
    for (size_t i = 0; i < sizeof BAD / sizeof *BAD; i++) {
        assert_int_equal(merge(fixture, arena, ann, BAD[i]), STATUS_INVALID);
    }
    char *large = arena_take(arena, PREFERENCE_SIZE_MOST + 100);
    memset(large, 'x', PREFERENCE_SIZE_MOST + 99);
    memcpy(large, "{\"b\":\"", 6);
    memcpy(large + PREFERENCE_SIZE_MOST + 97, "\"}", 3);
    assert_int_equal(merge(fixture, arena, ann, large), STATUS_INVALID);
    Buffer many CLEANUP(buffer_free) = {0};
    for (int i = 0; i < PREFERENCE_MEMBERS_MOST; i++)
        buffer_format(&many, "%s\"m%d\":1", i ? "," : "{", i);
    buffer_add(&many, STR("}"));
    assert_int_equal(merge(fixture, arena, ann, str_terminated(arena, buffer_str(&many))),
                     STATUS_INVALID);
    assert_string_equal(kept(fixture, arena, ann), "{\"a\":1}");
}

int main(void) {
    struct CMUnitTest tests[] = {
        cmocka_unit_test(members_are_merged_one_by_one),
        cmocka_unit_test(what_is_malformed_or_too_large_changes_nothing),
    };
    return fixture_run_both("preference", tests, sizeof tests / sizeof tests[0]);
}
