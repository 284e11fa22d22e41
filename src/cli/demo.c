/*
 * Makes the demo company. It writes past the record layer's journal of single changes for speed:
 * the whole company is one act in the journal, with the numbers that make it again. Only into an
 * empty database.
 */
#include "demo.h"

#include <stdio.h>
#include <unistd.h>

#include "commands.h"
#include "derived.h"
#include "follow_up.h"
#include "journal.h"
#include "password.h"
#include "system.h"

enum { HCPS_DEFAULT = 1500, VISITS_DEFAULT = 20000, SEED_DEFAULT = 1 };

static const char PASSWORD_DEFAULT[] = "ondo-demo-2026";

/* On a terminal only; a log file would fill with returns. */
static void show_progress(void *data, const char *phase, int64_t done, int64_t total) {
    (void)data;
    if (!isatty(STDERR_FILENO)) return;
    fprintf(stderr, "\r%-24s %9lld / %lld ", phase, (long long)done, (long long)total);
}

/* What the job that seals the demo's history works on. */
typedef struct DemoJournal {
    const System *system;
    const DemoOptions *options;
} DemoJournal;

/* What the record layer would have kept of each visit and reading while they came in. */
static Status refresh_derived(Transaction *transaction, void *data) {
    const DemoJournal *job = data;
    Arena *arena CLEANUP(arena_drop) = arena_new();
    Actor actor;
    Problem problem = problem_new(arena);
    Context context = system_context(job->system, arena, transaction, &actor, &problem);
    return derived_refresh(&context, job->system->business);
}

/* What is under way, made by the machine itself on top of all that. */
static Status write_follow_up(Transaction *transaction, void *data) {
    const DemoJournal *job = data;
    Arena *arena CLEANUP(arena_drop) = arena_new();
    Actor actor;
    Problem problem = problem_new(arena);
    Context context = system_context(job->system, arena, transaction, &actor, &problem);
    actor.via = STR("demo");
    return follow_up_write(&context, job->system->business, job->options);
}

/* The whole company is one act: seed and numbers make it again, byte for byte. */
static Status write_journal(Transaction *transaction, void *data) {
    const DemoJournal *job = data;
    Actor actor;
    Problem problem = problem_new(job->system->arena);
    Context context =
        system_context(job->system, job->system->arena, transaction, &actor, &problem);
    actor.via = STR("demo");
    Str facts = str_format(job->system->arena, "{\"hcps\":%lld,\"visits\":%lld,\"seed\":%llu}",
                           (long long)job->options->hcps, (long long)job->options->visits,
                           (unsigned long long)job->options->seed);
    return journal_append_act(&context, "demo", STR("company"), (Id){0}, facts);
}

/* Numbers of each object, and how to sign in: what a person needs next. */
static void print_report(const DemoReport *report, const char *password) {
    for (size_t i = 0; i < report->count; i++) {
        printf("%-22.*s %9lld\n", STR_ARGS(report->counts[i].object),
               (long long)report->counts[i].count);
    }
    printf(
        "\nlogins: mr1 to mr%lld, manager1 to manager%lld, msl1, kam1, inside1, marketing1, "
        "compliance1, safety1, admin\npassword: %s\n",
        (long long)report->representatives, (long long)report->managers, password);
}

/*
 * Sealed at once, so that `ondo verify` has something to say about a demo that no server has run.
 */
static ExitCode generate(const System *system, DemoOptions *options, const char *password) {
    DemoReport report;
    Problem problem = problem_new(system->arena);
    options->problem = &problem;
    Status status = password_hash(system->arena, str_of(password), &options->password_hash);
    if (status == STATUS_OK) {
        status = demo_generate(system->store, system->business->model, options, &report);
    }
    if (isatty(STDERR_FILENO)) fputc('\n', stderr);
    DemoJournal journal = {.system = system, .options = options};
    if (status == STATUS_OK) status = store_write(system->store, refresh_derived, &journal);
    if (status == STATUS_OK) status = store_write(system->store, write_follow_up, &journal);
    if (status == STATUS_OK) status = store_write(system->store, write_journal, &journal);
    if (status == STATUS_OK) status = journal_seal_all(system->store);
    if (status == STATUS_CONFLICT) {
        fprintf(stderr, "ondo demo: %.*s holds data already; choose another --database.\n",
                STR_ARGS(system->database));
    } else if (status != STATUS_OK) {
        system_complain(system, &problem, status);
    } else {
        print_report(&report, password);
    }
    return system_exit_code(status);
}

/* A company made at the same minute is the same company, to the last id. */
static int64_t minute_begun(int64_t instant) {
    return instant - instant % CLOCK_MINUTE;
}

static ExitCode run(const CommandLine *line) {
    int64_t hcps, visits, seed;
    const char *password = command_value(line, "password");
    if (!command_integer(line, "hcps", HCPS_DEFAULT, &hcps) ||
        !command_integer(line, "visits", VISITS_DEFAULT, &visits) ||
        !command_integer(line, "seed", SEED_DEFAULT, &seed)) {
        return command_misused(line, "--hcps, --visits and --seed take whole numbers.");
    }
    System system CLEANUP(system_stop) = {0};
    ExitCode code = system_start(line, SYSTEM_CREATE, &system);
    if (code != EXIT_DONE) return code;
    DemoOptions options = {.hcps = hcps,
                           .visits = visits,
                           .seed = (uint64_t)seed,
                           .now = minute_begun(clock_now(&system.clock)),
                           .files = system.shipped.sources,
                           .file_count = system.shipped.count,
                           .progress = show_progress};
    return generate(&system, &options, password ? password : PASSWORD_DEFAULT);
}

static const CommandOption OPTIONS[] = {
    {"hcps", "N", "healthcare professionals (1500)"},
    {"visits", "M", "visits over two years (20000)"},
    {"seed", "S", "another seed, another company (1)"},
    {"password", "TEXT", "of every demo user (ondo-demo-2026)"},
    {NULL, NULL, NULL},
};

const Command COMMAND_DEMO = {
    .name = "demo",
    .arguments = "",
    .summary = "Make a demo company in an empty database",
    .details =
        "A pharmaceutical company in Japan, China and Europe with two years behind it. The\n"
        "same numbers, seed and ONDO_NOW give the same company.",
    .options = OPTIONS,
    .run = run,
};
