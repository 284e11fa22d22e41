/* Identifiers: UUID version 7. */
#include "id.h"

#include <pthread.h>

#include "json.h"
#include "shared_data.h"

static int64_t milliseconds_of(Id id) {
    int64_t value = 0;
    for (int i = 0; i < 6; i++) value = value << 8 | id.bytes[i];
    return value;
}

/* Ids remember the last one of their thread, so each story gets a thread of its own. */
static void in_a_new_thread(void *(*story)(void *), void *data) {
    pthread_t thread;
    assert_int_equal(pthread_create(&thread, NULL, story, data), 0);
    assert_int_equal(pthread_join(thread, NULL), 0);
}

typedef struct Ids {
    const int64_t *instants;
    size_t count;
    Id *made;
} Ids;

static void *make_ids(void *data) {
    Ids *ids = data;
    for (size_t i = 0; i < ids->count; i++) ids->made[i] = id_new(ids->instants[i]);
    return NULL;
}

static void assert_ascending(const Ids *ids) {
    for (size_t i = 1; i < ids->count; i++) {
        assert_true(memcmp(ids->made[i - 1].bytes, ids->made[i].bytes, 16) < 0);
    }
}

static void an_id_tells_its_time_version_and_variant(void **state) {
    static const int64_t INSTANTS[] = {0, 1645557742000, 1795250000123};
    Id made[3];
    Ids ids = {INSTANTS, 3, made};
    (void)state;
    in_a_new_thread(make_ids, &ids);
    for (size_t i = 0; i < 3; i++) {
        assert_true(milliseconds_of(made[i]) == INSTANTS[i]);
        assert_int_equal(made[i].bytes[6] >> 4, 7);
        assert_int_equal(made[i].bytes[8] >> 6, 2);
    }
}

enum { MANY = 20000 };

static void ids_ascend_within_a_millisecond_and_when_the_clock_goes_back(void **state) {
    int64_t *instants = arena_take(*state, MANY * sizeof *instants);
    Ids ids = {instants, MANY, arena_take(*state, MANY * sizeof(Id))};
    for (size_t i = 0; i < MANY; i++) instants[i] = 1645557742000 + (int64_t)(i / 1500);
    in_a_new_thread(make_ids, &ids);
    assert_ascending(&ids);
    for (size_t i = 0; i < MANY; i++) instants[i] = 1645557742000; /* more than a counter holds */
    in_a_new_thread(make_ids, &ids);
    assert_ascending(&ids);
    assert_true(milliseconds_of(ids.made[MANY - 1]) <= 1645557742000 + MANY / 4096 + 1);
    for (size_t i = 0; i < MANY; i++) instants[i] = 1645557742000 - (int64_t)i;
    in_a_new_thread(make_ids, &ids);
    assert_ascending(&ids);
}

static void ids_of_threads_differ(void **state) {
    static const int64_t INSTANT[] = {1645557742000};
    Id first, second;
    Ids one = {INSTANT, 1, &first}, two = {INSTANT, 1, &second};
    (void)state;
    in_a_new_thread(make_ids, &one);
    in_a_new_thread(make_ids, &two);
    assert_memory_equal(first.bytes, second.bytes, 8); /* the same time and counter */
    assert_false(id_equal(first, second));
}

static void text_is_read_in_any_case_and_written_in_lower(void **state) {
    Id id, same;
    assert_true(id_parse(STR("017F22E2-79B0-7cc3-98C4-DC0C0C07398F"), &id));
    assert_str(id_text(*state, id), "017f22e2-79b0-7cc3-98c4-dc0c0c07398f");
    assert_true(id_parse(id_text(*state, id), &same));
    assert_true(id_equal(id, same));
    assert_false(id_none(id));
    assert_true(id_parse(STR("00000000-0000-0000-0000-000000000000"), &id));
    assert_true(id_none(id));
}

static void only_the_canonical_form_is_an_id(void **state) {
    static const char *const BAD[] = {"",
                                      "017f22e279b07cc398c4dc0c0c07398f",
                                      "017f22e2-79b0-7cc3-98c4-dc0c0c07398",
                                      "017f22e2-79b0-7cc3-98c4-dc0c0c07398f0",
                                      "017f22e2-79b0-7cc3-98c4_dc0c0c07398f",
                                      "017f22e27-9b0-7cc3-98c4-dc0c0c07398f",
                                      "{17f22e2-79b0-7cc3-98c4-dc0c0c07398}",
                                      "g17f22e2-79b0-7cc3-98c4-dc0c0c07398f",
                                      "017f22e2-79b0-7cc3-98c4-dc0c0c07398-"};
    Id id = {{9}};
    (void)state;
    for (size_t i = 0; i < sizeof BAD / sizeof *BAD; i++) {
        if (id_parse(str_of(BAD[i]), &id)) fail_msg("accepted: %s", BAD[i]);
        assert_int_equal(id.bytes[0], 9);
    }
}

static void the_public_vectors_hold(void **state) {
    json_t *vectors CLEANUP(json_drop) = NULL;
    assert_int_equal(json_read(shared_file(*state, "uuidv7/uuidv7_vectors.json"), NULL, &vectors),
                     STATUS_OK);
    const json_t *example = json_object_get(vectors, "example");
    Id id;
    assert_true(id_parse(json_get_text(example, "uuid"), &id));
    assert_int_equal(milliseconds_of(id),
                     json_integer_value(json_object_get(example, "unix_ts_ms")));
    const json_t *others = json_object_get(vectors, "other_valid_versions"), *list, *text;
    const char *name;
    size_t i;
    json_object_foreach((json_t *)others, name, list) {
        json_array_foreach((json_t *)list, i, text) {
            assert_true(id_parse(json_text(text), &id));
            assert_true(str_equal(id_text(*state, id), json_text(text)));
        }
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_id_tells_its_time_version_and_variant),
        ARENA_TEST(ids_ascend_within_a_millisecond_and_when_the_clock_goes_back),
        cmocka_unit_test(ids_of_threads_differ),
        ARENA_TEST(text_is_read_in_any_case_and_written_in_lower),
        cmocka_unit_test(only_the_canonical_form_is_an_id),
        ARENA_TEST(the_public_vectors_hold),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
