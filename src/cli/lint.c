/*
 * Compliance of what was written before there was a check, or before a lexicon was changed: the
 * check of saving, over all records. Journal entries are sealed at the end, as in tick.
 */
#include <stdio.h>

#include "commands.h"
#include "journal.h"
#include "lint/lint_batch.h"
#include "system.h"

static void print_counts(const LintBatch *batch) {
    int64_t found = 0, kept = 0;
    printf("texts looked at: %lld\n", (long long)batch->texts);
    for (size_t i = 0; i < batch->count; i++) {
        const LintBatchCount *count = &batch->counts[i];
        printf("  %-24.*s found %6lld  new %6lld\n", STR_ARGS(count->category),
               (long long)count->found, (long long)count->kept);
        found += count->found;
        kept += count->kept;
    }
    printf("findings: %lld, new: %lld\n", (long long)found, (long long)kept);
}

static ExitCode run(const CommandLine *line) {
    System system CLEANUP(system_stop) = {0};
    ExitCode code = system_start(line, SYSTEM_DATABASE, &system);
    if (code != EXIT_DONE) return code;
    Problem problem = problem_new(system.arena);
    LintBatch batch = {.store = system.store,
                       .business = system.business,
                       .hooks = &system.hooks,
                       .now = clock_now(&system.clock),
                       .zone = system.zone};
    Status status = lint_batch_run(&batch, &problem);
    if (status == STATUS_OK) status = journal_seal_all(system.store);
    if (status == STATUS_OK) print_counts(&batch);
    return system_outcome(&system, &problem, status);
}

const Command COMMAND_LINT = {
    .name = "lint",
    .arguments = "",
    .summary = "Check all records for compliance, as saving does",
    .details =
        "For records that are older than the check, or than a changed lexicon. Looks at every\n"
        "text that the definitions have checked, keeps a finding for each place, once, and\n"
        "prints how many of each category there are and how many are new. Changes no text.",
    .run = run,
};
