/*
 * Errors are kept in the order in which they were noticed, and copied: what they were made from may
 * belong to a statement or a draft that ends before the answer is written.
 */
#include "problem.h"

#include "buffer.h"

Problem problem_new(Arena *arena) {
    return (Problem){.arena = arena};
}

void problem_add_arguments(Problem *problem, Str pointer, const char *code,
                           const Str arguments[PROBLEM_ARGUMENTS]) {
    if (problem->count++ >= PROBLEM_ERRORS_LIMIT) return;
    ProblemError *error = ARENA_NEW(problem->arena, ProblemError);
    error->pointer = str_copy(problem->arena, pointer);
    error->code = str_copy(problem->arena, str_of(code));
    for (int i = 0; i < PROBLEM_ARGUMENTS; i++) {
        error->arguments[i] = str_copy(problem->arena, arguments[i]);
    }
    if (problem->last) {
        problem->last->next = error;
    } else {
        problem->first = error;
    }
    problem->last = error;
}

/* RFC 6901, 3: "~" becomes "~0" and "/" becomes "~1". */
Str problem_pointer(Arena *arena, Str parent, Str member) {
    Buffer text CLEANUP(buffer_free) = {0};
    buffer_add(&text, parent);
    buffer_add_byte(&text, '/');
    for (size_t i = 0; i < member.size; i++) {
        char c = member.data[i];
        if (c == '~') {
            buffer_add(&text, STR("~0"));
        } else if (c == '/') {
            buffer_add(&text, STR("~1"));
        } else {
            buffer_add_byte(&text, c);
        }
    }
    return str_copy(arena, buffer_str(&text));
}

void problem_place_below(Problem *problem, size_t after, Str pointer) {
    size_t index = 0;
    for (ProblemError *error = problem->first; error; error = error->next) {
        if (index++ < after) continue;
        error->pointer = str_join(problem->arena, pointer, error->pointer);
    }
}
