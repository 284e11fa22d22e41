/*
 * Prints what a score would have been worth: plain figures beside each other, for whoever has to
 * decide whether to trust it. Reads only.
 */
#include "backtest.h"

#include <stdio.h>

#include "commands.h"
#include "system.h"
#include "zone.h"

/* A replay at the command line, in the one transaction that it reads from. */
typedef struct Run {
    const System *system;
    BacktestOptions options;
    Backtest result;
} Run;

static Status replay(Context *context, void *data) {
    Run *run = data;
    return backtest_run(context, &run->options, &run->result);
}

/* ---- The report ---- */

static Str share_text(Arena *arena, int64_t part, int64_t whole) {
    if (!whole) return STR("-");
    return str_format(arena, "%.1f %%", 100.0 * (double)part / (double)whole);
}

static Str count_text(Arena *arena, int64_t count) {
    return count < 0 ? STR("-") : str_format(arena, "%lld", (long long)count);
}

static void print_row(const char *name, Str score, Str plain) {
    printf("  %-38s %12.*s %12.*s\n", name, STR_ARGS(score), STR_ARGS(plain));
}

static void print_sides(const Run *run) {
    Arena *arena = run->system->arena;
    const Backtest *result = &run->result;
    const BacktestSide *score = &result->score, *plain = &result->plain;
    print_row("", STR("this rule"), STR("plain rule"));
    print_row("marked", count_text(arena, score->marked), count_text(arena, plain->marked));
    print_row("precision: of those, followed by it", share_text(arena, score->right, score->marked),
              share_text(arena, plain->right, plain->marked));
    print_row("base rate: of all, followed by it",
              share_text(arena, result->followed, result->asked),
              share_text(arena, result->followed, result->asked));
    print_row("recall: events with a mark before", share_text(arena, score->caught, result->events),
              share_text(arena, plain->caught, result->events));
    print_row("lead time, median days", count_text(arena, score->lead),
              count_text(arena, plain->lead));
}

/* Whoever reads the figures must know what was not replayed. */
static void print_fields(const char *about, const Str *fields, size_t count) {
    if (!count) return;
    printf("\n%s:", about);
    for (size_t i = 0; i < count; i++) printf(" %.*s", STR_ARGS(fields[i]));
    printf("\n");
}

static void print_pasts(const Run *run) {
    const Backtest *result = &run->result;
    print_fields("their past told by the journal", result->by_journal, result->by_journal_count);
    print_fields("taken as they are today, for their past is not known", result->as_today,
                 result->as_today_count);
}

static void print_report(const Run *run) {
    const System *system = run->system;
    const BacktestOptions *options = &run->options;
    const Score *score = options->score;
    const Backtest *result = &run->result;
    Str from = date_text(system->arena, options->from), to = date_text(system->arena, options->to);
    printf("%.*s, %.*s to %.*s: %lld looks, one every %lld days\n",
           STR_ARGS(label_in(&score->label, system->lang)), STR_ARGS(from), STR_ARGS(to),
           (long long)result->looks, (long long)options->step);
    printf("it: %.*s, within %lld days\n",
           STR_ARGS(label_in(&score->check.event_label, system->lang)),
           (long long)options->horizon);
    printf("plain rule: %.*s\n\n", STR_ARGS(label_in(&score->check.plain_label, system->lang)));
    printf("  %-38s %12lld\n", "records, summed over the looks", (long long)result->asked);
    printf("  %-38s %12lld\n\n", "events", (long long)result->events);
    print_sides(run);
    print_pasts(run);
}

/* ---- The command ---- */

static bool read_day(const CommandLine *line, const char *name, Date *into) {
    const char *text = command_value(line, name);
    return !text || date_parse(str_of(text), into);
}

static bool is_length(int64_t days) {
    return days >= 1 && days <= BACKTEST_LENGTH_MOST;
}

static ExitCode read_options(const CommandLine *line, Run *run) {
    const System *system = run->system;
    BacktestOptions *options = &run->options;
    if (!command_integer(line, "horizon", options->score->check.horizon, &options->horizon) ||
        !command_integer(line, "step", BACKTEST_STEP_USUAL, &options->step) ||
        !is_length(options->horizon) || !is_length(options->step)) {
        return command_misused(line, "--horizon and --step take numbers of days, 1 to 730.");
    }
    Date today = zone_date(system->zone, clock_now(&system->clock));
    backtest_days(options->horizon, today, &options->from, &options->to);
    if (read_day(line, "from", &options->from) && read_day(line, "to", &options->to)) {
        return EXIT_DONE;
    }
    return command_misused(line, "--from and --to take dates, 2026-01-31.");
}

static ExitCode find_score(const CommandLine *line, Run *run) {
    const char *name = command_argument(line, 0);
    if (!name) return command_misused(line, "Name the score, for example: ondo backtest warning.");
    run->options.score = scores_find(&run->system->business->scores, str_of(name));
    if (run->options.score && run->options.score->check.object) return EXIT_DONE;
    fprintf(stderr, "ondo backtest: there is no score \"%s\" with a check.\n", name);
    return EXIT_MISSING;
}

static ExitCode run_backtest(const CommandLine *line) {
    System system CLEANUP(system_stop) = {0};
    ExitCode code = system_start(line, SYSTEM_DATABASE, &system);
    if (code != EXIT_DONE) return code;
    Run run = {.system = &system};
    code = find_score(line, &run);
    if (code == EXIT_DONE) code = read_options(line, &run);
    if (code == EXIT_DONE) code = system_read(&system, replay, &run);
    if (code == EXIT_DONE) print_report(&run);
    return code;
}

static const CommandOption OPTIONS[] = {
    {"from", "DATE", "the first day to look at (a year before --to)"},
    {"to", "DATE", "the last one (a horizon before today)"},
    {"horizon", "DAYS", "how long after a look an event counts (as the score says)"},
    {"step", "DAYS", "between two looks (7)"},
    {NULL, NULL, NULL},
};

const Command COMMAND_BACKTEST = {
    .name = "backtest",
    .arguments = "SCORE",
    .summary = "Hold a score against what happened afterwards",
    .details =
        "Replays history: at each look the score, as it is in force, sees only what had\n"
        "happened by the end of that day. Prints how often a mark was followed by what the\n"
        "score warns of (precision), how often anything was (base rate), how many events had\n"
        "a mark before (recall) and how long before (lead time), beside a plain rule.",
    .options = OPTIONS,
    .run = run_backtest,
};
