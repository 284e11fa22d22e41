/*
 * The weekly review on the terminal: for a mail of one's own making, and for measuring it without a
 * server beside it. Reads only.
 */
#include <stdio.h>

#include "commands.h"
#include "review/review.h"
#include "system.h"
#include "zone.h"

enum { GROUPS_SHOWN = 20 };

/* A review at the command line, in the one transaction that it reads from. */
typedef struct Run {
    const System *system;
    ReviewOptions options;
    Review review;
} Run;

static Status read_week(Context *context, void *data) {
    Run *run = data;
    return review_run(context, &run->options, &run->review);
}

static void print_trend(const int64_t *weeks, int64_t count) {
    for (int64_t i = 0; i < count; i++) printf(" %4lld", (long long)weeks[i]);
}

static void print_report(const Run *run) {
    const Review *review = &run->review;
    Str monday = date_text(run->system->arena, date_from_days(run->options.monday));
    int64_t weeks = review->plan->weeks;
    printf("week of %.*s: %zu questions in %zu groups, %zu notes; %zu questions of %lld weeks\n\n",
           STR_ARGS(monday), review->asked, review->group_count, review->notes,
           review->question_count, (long long)weeks);
    for (size_t i = 0; i < review->group_count && i < GROUPS_SHOWN; i++) {
        const ReviewGroup *group = &review->groups[i];
        print_trend(group->weeks, weeks);
        printf("  %.*s\n", STR_ARGS(review->questions[group->leader].text));
    }
    if (review->need_count) printf("\nneeds (visits)\n");
    for (size_t i = 0; i < review->need_count; i++) {
        const ReviewNeed *need = &review->needs[i];
        print_trend(need->weeks, weeks);
        printf("  %.*s\n", STR_ARGS(review->plan->needs->codes[need->code]));
    }
}

static ExitCode read_options(const CommandLine *line, Run *run) {
    const System *system = run->system;
    const char *week = command_value(line, "week");
    Date day = zone_date(system->zone, clock_now(&system->clock));
    if (week && !date_parse(str_of(week), &day)) {
        return command_misused(line, "--week takes a day of the week, 2026-01-31.");
    }
    run->options =
        (ReviewOptions){.plan = review_plans_find(&system->business->reviews, STR("weekly")),
                        .monday = review_monday(date_to_days(day)),
                        .subject = -1};
    if (run->options.plan) return EXIT_DONE;
    fprintf(stderr, "ondo review: there is no review \"weekly\" in the definitions.\n");
    return EXIT_MISSING;
}

static ExitCode run_review(const CommandLine *line) {
    System system CLEANUP(system_stop) = {0};
    ExitCode code = system_start(line, SYSTEM_DATABASE, &system);
    if (code != EXIT_DONE) return code;
    Run run = {.system = &system};
    code = read_options(line, &run);
    if (code == EXIT_DONE) code = system_read(&system, read_week, &run);
    if (code == EXIT_DONE) print_report(&run);
    return code;
}

static const CommandOption OPTIONS[] = {
    {"week", "DATE", "any day of the week (this week)"},
    {NULL, NULL, NULL},
};

const Command COMMAND_REVIEW = {
    .name = "review",
    .arguments = "",
    .summary = "Print a week's questions, taken together, and needs",
    .details =
        "Questions of the week's visits, those alike as one, with how often each was asked in\n"
        "the weeks before; and in how many visits each need was spoken of. By what measure, and\n"
        "from which words: pharma/reviews and pharma/lexicons.",
    .options = OPTIONS,
    .run = run_review,
};
