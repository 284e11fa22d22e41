/* Errors collected, with their places and facts. */
#include "problem.h"

#include "base_fixture.h"

static void errors_are_copied_and_keep_their_order(void **state) {
    char pointer[] = "/due_at", argument[] = "200";
    Problem problem = problem_new(*state);
    problem_add(&problem, str_of(pointer), "too_long", str_of(argument));
    problem_add(&problem, STR(""), "stale");
    pointer[1] = argument[0] = 'X';
    assert_int_equal(problem.count, 2);
    assert_str(problem.first->pointer, "/due_at");
    assert_str(problem.first->code, "too_long");
    assert_str(problem.first->arguments[0], "200");
    assert_str(problem.first->arguments[2], "");
    assert_str(problem.first->next->code, "stale");
    assert_null(problem.first->next->next);
}

static void a_flood_of_errors_is_counted_and_not_kept(void **state) {
    Problem problem = problem_new(*state);
    size_t kept = 0;
    for (int i = 0; i < 5000; i++) problem_add(&problem, STR("/x"), "required");
    for (const ProblemError *error = problem.first; error; error = error->next) kept++;
    assert_int_equal(problem.count, 5000);
    assert_int_equal(kept, PROBLEM_ERRORS_LIMIT);
}

static void pointers_are_escaped(void **state) {
    Str topics = problem_pointer(*state, STR(""), STR("topics"));
    assert_str(problem_pointer(*state, topics, STR("0")), "/topics/0");
    assert_str(problem_pointer(*state, STR(""), STR("a/b~c~1")), "/a~1b~0c~01");
    assert_str(problem_pointer(*state, STR(""), STR("")), "/");
}

static void errors_of_a_part_are_placed_in_the_whole(void **state) {
    Problem problem = problem_new(*state);
    problem_add(&problem, STR("/name"), "required");
    problem_add(&problem, STR("/due_at"), "required");
    problem_add(&problem, STR(""), "subject_missing");
    problem_place_below(&problem, 1, STR("/promises/0"));
    assert_str(problem.first->pointer, "/name");
    assert_str(problem.first->next->pointer, "/promises/0/due_at");
    assert_str(problem.last->pointer, "/promises/0");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        ARENA_TEST(errors_are_copied_and_keep_their_order),
        ARENA_TEST(a_flood_of_errors_is_counted_and_not_kept),
        ARENA_TEST(pointers_are_escaped),
        ARENA_TEST(errors_of_a_part_are_placed_in_the_whole),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
