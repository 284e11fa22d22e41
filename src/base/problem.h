/*
 * What was wrong with a request, collected where it is noticed and shown in the reader's language.
 *
 * An error is a code, the place it is about, and the facts its sentence needs. The sentences stand
 * in pharma/texts/errors.json in three languages; the edge (api, cli) puts them together.
 */
#ifndef ONDO_BASE_PROBLEM_H
#define ONDO_BASE_PROBLEM_H

#include "str.h"

enum { PROBLEM_ARGUMENTS = 3, PROBLEM_ERRORS_LIMIT = 100 };

/** One error: where, which, and the words that its sentence takes in. */
typedef struct ProblemError {
    Str pointer; /* JSON pointer (RFC 6901) into the request, "" for the whole */
    Str code;    /* key of the sentence, e.g. "required" */
    Str arguments[PROBLEM_ARGUMENTS]; /* fill {0} {1} {2} of the sentence */
    struct ProblemError *next;
} ProblemError;

/** What is wrong with a request, error by error, each at its place and in words that the edge
 * translates. */
typedef struct Problem {
    Arena *arena;               /* where the errors and their texts live */
    ProblemError *first, *last; /* in the order in which they were found */
    size_t count;
    Str difference; /* JSON of the record as it is now, for STATUS_STALE; empty otherwise */
} Problem;

/** An empty problem whose errors live in `arena`. */
Problem problem_new(Arena *arena);

/**
 * Adds one error; pointer, code and arguments are copied. Up to three arguments may follow the
 * code; see problem_add. Beyond PROBLEM_ERRORS_LIMIT errors further ones are counted and not kept.
 */
void problem_add_arguments(Problem *problem, Str pointer, const char *code,
                           const Str arguments[PROBLEM_ARGUMENTS]);

/** problem_add(problem, STR("/due_at"), "too_long", STR("200")) */
#define problem_add(problem, pointer, code, ...) \
    problem_add_arguments((problem), (pointer), (code), (const Str[PROBLEM_ARGUMENTS]){__VA_ARGS__})

/**
 * Puts `pointer` before the places of all errors but the first `after`: what noticed them knew a
 * part of the request, and this is where the part stands in the whole.
 */
void problem_place_below(Problem *problem, size_t after, Str pointer);

/** JSON pointer to a member: "/topics" + "0" + "text" one at a time; escapes ~ and /. */
Str problem_pointer(Arena *arena, Str parent, Str member);

#endif
