/* The words of compliance, from the files of pharma/: for the tests, the fuzzer and the bench. */
#ifndef ONDO_TESTS_LINT_SHELF_H
#define ONDO_TESTS_LINT_SHELF_H

#include <stdio.h>
#include <stdlib.h>

#include "files.h"
#include "lint/lint.h"

typedef struct LintShelf {
    Arena *arena;
    Lexicons lexicons;
} LintShelf;

/** Ends the program, with the reason, where the files of pharma/ cannot be read. */
static inline LintShelf lint_shelf_new(void) {
    static const char *const FILES[] = {
        "off_label",     "inducement",        "patient_identity",      "disparagement",
        "adverse_event", "product_complaint", "prescription_counting", "speech"};
    enum { FILE_COUNT = sizeof FILES / sizeof *FILES };
    LintShelf shelf = {.arena = arena_new()};
    ModelSource sources[FILE_COUNT];
    Problem problem = problem_new(shelf.arena);
    Status status = STATUS_OK;
    for (size_t i = 0; i < FILE_COUNT && status == STATUS_OK; i++) {
        sources[i].name = str_format(shelf.arena, "lexicons/compliance_%s.json", FILES[i]);
        Str path = str_format(shelf.arena, "%s/pharma/%s", ONDO_SOURCE_DIR, sources[i].name.data);
        status = files_read(shelf.arena, path.data, &sources[i].text);
    }
    if (status == STATUS_OK) {
        status = lexicons_load(shelf.arena, NULL, sources, FILE_COUNT, &problem, &shelf.lexicons);
    }
    for (const ProblemError *error = problem.first; error; error = error->next) {
        fprintf(stderr, "%.*s %.*s %.*s\n", STR_ARGS(error->pointer), STR_ARGS(error->code),
                STR_ARGS(error->arguments[0]));
    }
    if (status != STATUS_OK) abort();
    return shelf;
}

static inline void lint_shelf_free(LintShelf *shelf) {
    arena_free(shelf->arena);
}

#endif
