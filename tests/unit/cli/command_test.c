/* The command line: commands, options, arguments, help, and what is told when it is wrong. */
#include "command.h"

#include <unistd.h>

#include "../base/base_fixture.h"

/* What the command saw; it must be remembered outside, because a command gets its line alone. */
static struct {
    int runs;
    const char *size, *name, *flag, *database, *first, *second;
    int64_t number;
    bool is_number;
} seen;

static ExitCode remember(const CommandLine *line) {
    seen.runs++;
    seen.size = command_value(line, "size");
    seen.name = command_value(line, "name");
    seen.flag = command_value(line, "flag");
    seen.database = command_value(line, "database");
    seen.first = command_argument(line, 0);
    seen.second = command_argument(line, 1);
    seen.is_number = command_integer(line, "size", 7, &seen.number);
    return EXIT_PARTIAL;
}

static const CommandOption OPTIONS[] = {{"size", "N", "how large"},
                                        {"name", "TEXT", "what it is called"},
                                        {"flag", NULL, "a flag"},
                                        {NULL, NULL, NULL}};
static const Command MAKE = {.name = "make",
                             .arguments = "THING [OTHER]",
                             .summary = "Make a thing",
                             .details = "It is made.",
                             .options = OPTIONS,
                             .run = remember};
static const Command PLAIN = {
    .name = "plain", .arguments = "", .summary = "Nothing much", .details = "", .run = remember};
static const Command *const COMMANDS[] = {&MAKE, &PLAIN};

typedef struct Outcome {
    ExitCode code;
    char out[8192], err[8192];
} Outcome;

static void read_back(FILE *file, char *out, size_t size) {
    ssize_t got = pread(fileno(file), out, size - 1, 0);
    out[got < 0 ? 0 : got] = '\0';
    fclose(file);
}

/* Runs "ondo" with up to ten words, and keeps what it printed. */
static Outcome run(const char *first, ...) {
    char program[] = "ondo", *words[42] = {program};
    int count = 1;
    va_list more;
    Outcome outcome;
    FILE *out = tmpfile(), *err = tmpfile();
    int usual_out = dup(STDOUT_FILENO), usual_err = dup(STDERR_FILENO);
    va_start(more, first);
    for (const char *word = first; word; word = va_arg(more, const char *)) {
        words[count++] = (char *)word;
    }
    va_end(more);
    memset(&seen, 0, sizeof seen);
    fflush(stdout);
    dup2(fileno(out), STDOUT_FILENO);
    dup2(fileno(err), STDERR_FILENO);
    outcome.code = command_main(COMMANDS, 2, count, words);
    fflush(stdout);
    fflush(stderr);
    dup2(usual_out, STDOUT_FILENO);
    dup2(usual_err, STDERR_FILENO);
    close(usual_out);
    close(usual_err);
    read_back(out, outcome.out, sizeof outcome.out);
    read_back(err, outcome.err, sizeof outcome.err);
    return outcome;
}

static void options_take_their_values_in_both_forms(void **state) {
    (void)state;
    assert_int_equal(run("make", "--size", "12", "a", "--name=x=y", "--flag", "b", NULL).code,
                     EXIT_PARTIAL);
    assert_string_equal(seen.size, "12");
    assert_string_equal(seen.name, "x=y");
    assert_string_equal(seen.flag, "");
    assert_string_equal(seen.first, "a");
    assert_string_equal(seen.second, "b");
    assert_true(seen.is_number && seen.number == 12);
    assert_null(seen.database);
}

static void what_was_not_given_is_told_from_empty(void **state) {
    (void)state;
    assert_int_equal(run("make", NULL).code, EXIT_PARTIAL);
    assert_null(seen.size);
    assert_null(seen.flag);
    assert_null(seen.first);
    assert_true(seen.is_number && seen.number == 7);
    (void)run("make", "--name=", "--size=", NULL);
    assert_string_equal(seen.name, "");
    assert_false(seen.is_number);
    (void)run("make", "--size", "12x", NULL);
    assert_false(seen.is_number);
    (void)run("make", "--size", "-3", NULL); /* a value may begin with a dash */
    assert_true(seen.is_number && seen.number == -3);
}

static void the_last_of_an_option_counts(void **state) {
    (void)state;
    (void)run("make", "--size", "1", "--size=2", NULL);
    assert_int_equal(seen.number, 2);
    (void)run("plain", "--database", "x.db", NULL); /* every command takes it */
    assert_string_equal(seen.database, "x.db");
}

static void behind_two_dashes_everything_is_an_argument(void **state) {
    (void)state;
    assert_int_equal(run("make", "--", "--size", "-", NULL).code, EXIT_PARTIAL);
    assert_string_equal(seen.first, "--size");
    assert_string_equal(seen.second, "-");
    assert_null(seen.size);
}

static void a_wrong_line_runs_nothing(void **state) {
    (void)state;
    Outcome outcomes[] = {
        run("make", "--unknown", NULL),
        run("make", "--size", NULL), /* its value is missing */
        run("make", "--flag=yes", NULL),
        run("plain", "--size", "1", NULL), /* another command's option */
        run("make", "--", "1", "2", "3", "4", "5", "6", "7", "8", "9", NULL),
    };
    for (size_t i = 0; i < sizeof outcomes / sizeof *outcomes; i++) {
        assert_int_equal(outcomes[i].code, EXIT_USAGE);
        assert_non_null(strstr(outcomes[i].err, "--help"));
        assert_string_equal(outcomes[i].out, "");
    }
    assert_int_equal(seen.runs, 0);
}

static void unknown_commands_are_answered_with_the_known(void **state) {
    (void)state;
    Outcome none = run(NULL), other = run("mak", NULL);
    assert_int_equal(none.code, EXIT_USAGE);
    assert_int_equal(other.code, EXIT_USAGE);
    assert_non_null(strstr(other.err, "mak"));
    assert_non_null(strstr(other.err, "Make a thing"));
    assert_non_null(strstr(none.err, "Nothing much"));
}

static void help_names_every_option_and_runs_nothing(void **state) {
    (void)state;
    Outcome help = run("make", "x", "--help", NULL);
    assert_int_equal(help.code, EXIT_DONE);
    assert_int_equal(seen.runs, 0);
    assert_non_null(strstr(help.out, "ondo make THING [OTHER]"));
    assert_non_null(strstr(help.out, "--size N"));
    assert_non_null(strstr(help.out, "--flag"));
    assert_non_null(strstr(help.out, "--database"));
    assert_non_null(strstr(help.out, "It is made."));
    assert_string_equal(help.err, "");
    help = run("--help", NULL);
    assert_int_equal(help.code, EXIT_DONE);
    assert_non_null(strstr(help.out, "plain"));
    Outcome version = run("--version", NULL);
    assert_int_equal(version.code, EXIT_DONE);
    assert_string_equal(version.out, "ondo " ONDO_VERSION "\n");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(options_take_their_values_in_both_forms),
        cmocka_unit_test(what_was_not_given_is_told_from_empty),
        cmocka_unit_test(the_last_of_an_option_counts),
        cmocka_unit_test(behind_two_dashes_everything_is_an_argument),
        cmocka_unit_test(a_wrong_line_runs_nothing),
        cmocka_unit_test(unknown_commands_are_answered_with_the_known),
        cmocka_unit_test(help_names_every_option_and_runs_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
