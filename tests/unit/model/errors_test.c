/* Every error code of the model has its sentence in three languages. */
#include <dirent.h>

#include "check.h"
#include "model_fixture.h"

static Str read_file(Arena *arena, const char *path) {
    Buffer text CLEANUP(buffer_free) = {0};
    FILE *file = fopen(path, "r");
    char part[4096];
    size_t size;
    if (!file) fail_msg("cannot read %s", path);
    while ((size = fread(part, 1, sizeof part, file)) > 0) {
        buffer_add(&text, (Str){.data = part, .size = size});
    }
    fclose(file);
    return str_copy(arena, buffer_str(&text));
}

static json_t *read_sentences(Arena *arena) {
    json_t *sentences = NULL;
    Str text = read_file(arena, ONDO_SOURCE_DIR "/pharma/texts/errors_model.json");
    assert_int_equal(json_read(text, NULL, &sentences), STATUS_OK);
    return sentences;
}

/* The first literal of the call that has letters is its code: STR("") may stand before it. */
static Str code_in_call(Str call) {
    Str rest = call;
    while (rest.data) {
        (void)str_cut(&rest, '"');
        Str literal = str_cut(&rest, '"');
        if (!str_empty(literal)) return literal;
    }
    return (Str){0};
}

/* Checks the calls of one function in a source file; returns how many name a code. */
static int check_calls(const json_t *sentences, Str source, Str function) {
    int found = 0;
    for (size_t at; (at = str_find_str(source, function)) < source.size;) {
        source = str_part(source, at + function.size, source.size);
        Str rest = source;
        Str code = code_in_call(str_cut(&rest, ';'));
        if (str_empty(code)) continue; /* a definition, or a code from a table */
        char name[100];
        snprintf(name, sizeof name, "%.*s", STR_ARGS(code));
        if (!json_object_get(sentences, name)) fail_msg("no sentence for %s", name);
        found++;
    }
    return found;
}

static void every_code_in_the_source_has_a_sentence(void **state) {
    Arena *arena CLEANUP(arena_drop) = arena_new();
    json_t *sentences CLEANUP(json_drop) = read_sentences(arena);
    DIR *folder = opendir(ONDO_SOURCE_DIR "/src/model");
    int found = 0;
    (void)state;
    assert_non_null(folder);
    for (struct dirent *entry; (entry = readdir(folder));) {
        if (!str_ends(str_of(entry->d_name), STR(".c"))) continue;
        char path[600];
        snprintf(path, sizeof path, ONDO_SOURCE_DIR "/src/model/%s", entry->d_name);
        Str source = read_file(arena, path);
        found += check_calls(sentences, source, STR("problem_add("));
        found += check_calls(sentences, source, STR("place_error("));
        found += check_calls(sentences, source, STR("field_error("));
    }
    closedir(folder);
    assert_true(found > 80);
    for (const char *const *name = check_names(); *name; name++) {
        assert_non_null(json_object_get(sentences, check_error_code(str_of(*name))));
    }
}

static void every_sentence_stands_in_three_languages(void **state) {
    Arena *arena CLEANUP(arena_drop) = arena_new();
    json_t *sentences CLEANUP(json_drop) = read_sentences(arena);
    const char *code;
    json_t *texts;
    (void)state;
    json_object_foreach(sentences, code, texts) {
        assert_int_equal(json_object_size(texts), 3);
        for (int argument = 0; argument < PROBLEM_ARGUMENTS; argument++) {
            Str slot = str_format(arena, "{%d}", argument);
            int used = 0;
            for (int lang = 0; lang < LANG_COUNT; lang++) {
                Str text = json_get_text(texts, lang_code((Lang)lang).data);
                if (str_empty(text)) fail_msg("%s lacks a language", code);
                used += str_find_str(text, slot) < text.size;
            }
            if (used != 0 && used != LANG_COUNT) fail_msg("%s uses %s unevenly", code, slot.data);
        }
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_code_in_the_source_has_a_sentence),
        cmocka_unit_test(every_sentence_stands_in_three_languages),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
