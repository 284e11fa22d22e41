/* The log: one JSON object a line on standard error. */
#include "log.h"

#include <pthread.h>
#include <unistd.h>

#include "base_fixture.h"
#include "clock.h"
#include "json.h"

/* Standard error, turned to a file while `speak` runs. */
static Str heard(Arena *arena, void (*speak)(void)) {
    FILE *file = tmpfile();
    int usual = dup(STDERR_FILENO);
    assert_non_null(file);
    dup2(fileno(file), STDERR_FILENO);
    speak();
    dup2(usual, STDERR_FILENO);
    close(usual);
    long size = lseek(fileno(file), 0, SEEK_END);
    char *text = arena_take(arena, (size_t)size + 1);
    assert_int_equal(pread(fileno(file), text, (size_t)size, 0), size);
    fclose(file);
    return (Str){.data = text, .size = (size_t)size};
}

static void speak_once(void) {
    log_write(LOG_LEVEL_WARNING, "half \"done\"\n", LOG_TEXT("path", STR("/a\tb\xFF")),
              LOG_NUMBER("status", -5), LOG_TEXT("empty", STR("")));
}

static void a_line_is_an_object_with_its_facts(void **state) {
    Str line = heard(*state, speak_once);
    json_t *object CLEANUP(json_drop) = NULL;
    int64_t at;
    assert_int_equal(str_find(line, '\n'), line.size - 1); /* one line, whatever the texts hold */
    assert_int_equal(json_read(line, NULL, &object), STATUS_OK);
    assert_str(json_get_text(object, "level"), "warning");
    assert_str(json_get_text(object, "message"), "half \"done\"\n");
    assert_str(json_get_text(object, "path"), "/a\tb\uFFFD");
    assert_str(json_get_text(object, "empty"), "");
    assert_int_equal(json_integer_value(json_object_get(object, "status")), -5);
    assert_true(instant_parse(json_get_text(object, "at"), &at));
}

enum { THREADS = 4, LINES = 200 };

static void *speak_often(void *data) {
    for (int i = 0; i < LINES; i++) {
        log_write(LOG_LEVEL_INFO, "tick", LOG_TEXT("from", *(Str *)data), LOG_NUMBER("line", i));
    }
    return NULL;
}

static void speak_together(void) {
    static Str names[THREADS] = {STR_INIT("a"), STR_INIT("b"), STR_INIT("c"), STR_INIT("d")};
    pthread_t threads[THREADS];
    for (int i = 0; i < THREADS; i++) pthread_create(&threads[i], NULL, speak_often, &names[i]);
    for (int i = 0; i < THREADS; i++) pthread_join(threads[i], NULL);
}

static void lines_of_threads_do_not_mix(void **state) {
    Str rest = heard(*state, speak_together);
    int lines = 0;
    while (rest.size) {
        json_t *object CLEANUP(json_drop) = NULL;
        assert_int_equal(json_read(str_cut(&rest, '\n'), NULL, &object), STATUS_OK);
        lines++;
    }
    assert_int_equal(lines, THREADS * LINES);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        ARENA_TEST(a_line_is_an_object_with_its_facts),
        ARENA_TEST(lines_of_threads_do_not_mix),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
