/*
 * The sentences by code, in a hash table: an answer with a hundred errors looks up a hundred. All
 * languages must be there; this is where a missing translation ends the start-up.
 */
#include "texts.h"

#include <uthash.h>

#include "definition_files.h"

/* A code and its sentence in every language, slots and all. */
typedef struct Sentence {
    Str code;
    Label label;
    UT_hash_handle hh;
} Sentence;

/* Looked up by code at every refusal, so by hash. */
struct Texts {
    Sentence *by_code;
};

/* A code twice would leave it to the order of files which sentence people read. */
static void read_sentence(Arena *arena, Texts *texts, Str file, const char *code,
                          const json_t *node, Problem *problem) {
    Sentence *sentence = ARENA_NEW(arena, Sentence), *other = NULL;
    sentence->code = str_copy(arena, str_of(code));
    sentence->label = json_label(arena, node);
    for (int lang = 0; lang < LANG_COUNT; lang++) {
        if (!str_empty(sentence->label.in[lang])) continue;
        problem_add(problem, file, "definition_text_missing", str_of(code));
    }
    HASH_FIND(hh, texts->by_code, sentence->code.data, sentence->code.size, other);
    if (other) {
        problem_add(problem, file, "definition_repeated", str_of(code));
        return;
    }
    HASH_ADD_KEYPTR(hh, texts->by_code, sentence->code.data, sentence->code.size, sentence);
}

Status texts_load(Arena *arena, const ModelSource *sources, size_t count, Problem *problem,
                  Texts **out) {
    Texts *texts = ARENA_NEW(arena, Texts);
    DefinitionFiles files CLEANUP(definition_files_close) =
        definition_files(arena, sources, count, problem);
    while (definition_files_next(&files)) {
        const char *code;
        json_t *node;
        json_object_foreach(files.definition, code, node) {
            read_sentence(arena, texts, files.place.member, code, node, problem);
        }
    }
    *out = texts;
    return definition_files_status(&files);
}

void texts_free(Texts *texts) {
    if (texts) HASH_CLEAR(hh, texts->by_code);
}

/* Filled by hand, since arguments are people's texts and must never be a format. */
static Str fill(Arena *arena, Str sentence, const Str arguments[PROBLEM_ARGUMENTS]) {
    Buffer text CLEANUP(buffer_free) = {0};
    for (size_t i = 0; i < sentence.size; i++) {
        bool slot = i + 2 < sentence.size && sentence.data[i] == '{' &&
                    sentence.data[i + 1] >= '0' && sentence.data[i + 1] < '0' + PROBLEM_ARGUMENTS &&
                    sentence.data[i + 2] == '}';
        if (slot) {
            buffer_add(&text, arguments[sentence.data[i + 1] - '0']);
            i += 2;
        } else {
            buffer_add_byte(&text, sentence.data[i]);
        }
    }
    return str_copy(arena, buffer_str(&text));
}

/* A code without a sentence is shown as it is: a test finds it, and a person can report it. */
Str texts_sentence(const Texts *texts, Arena *arena, Lang lang, Str code,
                   const Str arguments[PROBLEM_ARGUMENTS]) {
    Sentence *sentence = NULL;
    HASH_FIND(hh, texts->by_code, code.data, code.size, sentence);
    return sentence ? fill(arena, label_in(&sentence->label, lang), arguments) : code;
}
