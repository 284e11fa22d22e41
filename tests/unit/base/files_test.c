/* Whole files. */
#include "files.h"

#include <sys/stat.h>
#include <unistd.h>

#include "base_fixture.h"

typedef struct Folder {
    Arena *arena;
    char path[64];
} Folder;

static int folder_setup(void **state) {
    Folder *folder = calloc(1, sizeof *folder);
    folder->arena = arena_new();
    snprintf(folder->path, sizeof folder->path, "/tmp/ondo-files-XXXXXX");
    assert_non_null(mkdtemp(folder->path));
    *state = folder;
    return 0;
}

static int folder_teardown(void **state) {
    Folder *folder = *state;
    int removed = rmdir(folder->path);
    arena_free(folder->arena);
    free(folder);
    return removed;
}

static const char *path_in(Folder *folder, const char *name) {
    return str_format(folder->arena, "%s/%s", folder->path, name).data;
}

static void what_is_written_is_read_and_private(void **state) {
    Folder *folder = *state;
    const char *path = path_in(folder, "key");
    Str content = {.data = "secret\0key", .size = 10}, read = {0};
    struct stat status;
    assert_int_equal(files_write_private(path, content), STATUS_OK);
    assert_int_equal(stat(path, &status), 0);
    assert_int_equal(status.st_mode & 0777, 0600);
    assert_int_equal(files_read(folder->arena, path, &read), STATUS_OK);
    assert_true(str_equal(read, content));
    assert_int_equal(read.data[read.size], '\0');
    unlink(path);
}

static void a_file_is_never_overwritten(void **state) {
    Folder *folder = *state;
    const char *path = path_in(folder, "key");
    Str read;
    assert_int_equal(files_write_private(path, STR("first")), STATUS_OK);
    assert_int_equal(files_write_private(path, STR("second")), STATUS_CONFLICT);
    assert_int_equal(files_read(folder->arena, path, &read), STATUS_OK);
    assert_str(read, "first");
    unlink(path);
}

static void empty_and_large_files_are_read(void **state) {
    Folder *folder = *state;
    const char *path = path_in(folder, "file");
    Str read;
    assert_int_equal(files_write_private(path, (Str){0}), STATUS_OK);
    assert_int_equal(files_read(folder->arena, path, &read), STATUS_OK);
    assert_int_equal(read.size, 0);
    unlink(path);
    size_t size = 3 * 1024 * 1024 + 7;
    char *large = arena_take(folder->arena, size);
    for (size_t i = 0; i < size; i++) large[i] = (char)(i % 253);
    Str content = {.data = large, .size = size};
    assert_int_equal(files_write_private(path, content), STATUS_OK);
    assert_int_equal(files_read(folder->arena, path, &read), STATUS_OK);
    assert_true(str_equal(read, content));
    unlink(path);
}

static void what_is_no_file_is_told_apart(void **state) {
    Folder *folder = *state;
    Str read = STR("untouched");
    assert_int_equal(files_read(folder->arena, path_in(folder, "none"), &read), STATUS_NOT_FOUND);
    assert_int_equal(files_read(folder->arena, folder->path, &read), STATUS_FAILED);
    assert_int_equal(files_write_private(path_in(folder, "none/below"), STR("x")), STATUS_FAILED);
    assert_str(read, "untouched");
}

#define FOLDER_TEST(function) \
    cmocka_unit_test_setup_teardown(function, folder_setup, folder_teardown)

int main(void) {
    const struct CMUnitTest tests[] = {
        FOLDER_TEST(what_is_written_is_read_and_private),
        FOLDER_TEST(a_file_is_never_overwritten),
        FOLDER_TEST(empty_and_large_files_are_read),
        FOLDER_TEST(what_is_no_file_is_told_apart),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
