/* What notes are read with, from the files of pharma/: for the tests, the fuzzer and the bench. */
#ifndef ONDO_TESTS_NOTE_SHELF_H
#define ONDO_TESTS_NOTE_SHELF_H

#include <stdio.h>
#include <stdlib.h>

#include "files.h"
#include "note/note.h"

typedef struct NoteShelf {
    Arena *arena;
    NoteVocabulary vocabulary;
    NoteCatalogue catalogue;
    HolidayCalendars holidays;
} NoteShelf;

enum { SHELF_PRODUCTS = 5 };

/** The products of the demo company. */
static inline Str shelf_product(size_t index) {
    static const Str NAMES[SHELF_PRODUCTS] = {
        STR_INIT("Kalvestra(カルベストラ / 卡维舒)"), STR_INIT("Renovelda(レノベルダ / 瑞诺维)"),
        STR_INIT("Aerovanta(エアロバンタ / 艾若畅)"), STR_INIT("Dermivara(デルミバラ / 德敏维)"),
        STR_INIT("Tymoreva(タイモレバ / 泰莫瑞)"),
    };
    return NAMES[index];
}

static inline Id shelf_product_id(size_t index) {
    return (Id){.bytes = {1, [15] = (uint8_t)(index + 1)}};
}

/** The public holidays where the notes of the corpora are written. */
static inline Status shelf_holidays(Arena *arena, Problem *problem, HolidayCalendars *out) {
    static const char *const COUNTRIES[] = {"cn", "jp", "us"};
    enum { COUNTRY_COUNT = sizeof COUNTRIES / sizeof *COUNTRIES };
    ModelSource sources[COUNTRY_COUNT];
    for (size_t i = 0; i < COUNTRY_COUNT; i++) {
        sources[i].name = str_format(arena, "holidays/%s.json", COUNTRIES[i]);
        Str path = str_format(arena, "%s/pharma/%s", ONDO_SOURCE_DIR, sources[i].name.data);
        Status status = files_read(arena, path.data, &sources[i].text);
        if (status != STATUS_OK) return status;
    }
    return holidays_load(arena, sources, COUNTRY_COUNT, problem, out);
}

/** Ends the program, with the reason, where the files of pharma/ cannot be read. */
static inline NoteShelf shelf_new(void) {
    static const char *const FILES[] = {"marks", "words", "times", "subjects"};
    enum { FILE_COUNT = sizeof FILES / sizeof *FILES };
    NoteShelf shelf = {.arena = arena_new(), .catalogue = note_catalogue_new()};
    ModelSource sources[FILE_COUNT];
    Problem problem = problem_new(shelf.arena);
    Lexicons lexicons = {0};
    Status status = STATUS_OK;
    for (size_t i = 0; i < FILE_COUNT && status == STATUS_OK; i++) {
        sources[i].name = str_format(shelf.arena, "lexicons/note_%s.json", FILES[i]);
        Str path = str_format(shelf.arena, "%s/pharma/%s", ONDO_SOURCE_DIR, sources[i].name.data);
        status = files_read(shelf.arena, path.data, &sources[i].text);
    }
    if (status == STATUS_OK) {
        status = lexicons_load(shelf.arena, NULL, sources, FILE_COUNT, &problem, &lexicons);
    }
    if (status == STATUS_OK) status = shelf_holidays(shelf.arena, &problem, &shelf.holidays);
    for (const ProblemError *error = problem.first; error; error = error->next) {
        fprintf(stderr, "%.*s %.*s %.*s\n", STR_ARGS(error->pointer), STR_ARGS(error->code),
                STR_ARGS(error->arguments[0]));
    }
    if (status != STATUS_OK) abort();
    note_vocabulary_init(&shelf.vocabulary, &lexicons);
    for (size_t i = 0; i < SHELF_PRODUCTS; i++) {
        note_catalogue_add(&shelf.catalogue, shelf_product_id(i), shelf_product(i));
    }
    return shelf;
}

static inline void shelf_free(NoteShelf *shelf) {
    note_catalogue_free(&shelf->catalogue);
    arena_free(shelf->arena);
}

#endif
