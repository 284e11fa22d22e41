/*
 * The keeper's daily rules without a keeper. Journal entries are sealed at the end, for no server
 * may be running that would do it.
 */
#include <stdio.h>

#include "commands.h"
#include "daily.h"
#include "journal.h"
#include "system.h"

/* Brings the database up to date first, as serve does: rules may need new columns. */
static ExitCode run(const CommandLine *line) {
    System system CLEANUP(system_stop) = {0};
    ExitCode code = system_start(line, SYSTEM_DATABASE, &system);
    if (code != EXIT_DONE) return code;
    Problem problem = problem_new(system.arena);
    DailyOptions options = {.store = system.store,
                            .business = system.business,
                            .hooks = &system.hooks,
                            .now = clock_now(&system.clock),
                            .company_zone = system.zone};
    int64_t acted = 0;
    Status status = daily_run(&options, &problem, &acted);
    if (status == STATUS_OK) status = journal_seal_all(system.store);
    if (status == STATUS_OK) printf("daily rules: %lld acted\n", (long long)acted);
    return system_outcome(&system, &problem, status);
}

const Command COMMAND_TICK = {
    .name = "tick",
    .arguments = "",
    .summary = "Run what is due now, once, and exit",
    .details =
        "For timers of the host instead of the server's own. The daily rules act once for\n"
        "each cause, however often they run. ONDO_NOW=2026-12-01T08:00:00+09:00 sets the\n"
        "clock.",
    .run = run,
};
