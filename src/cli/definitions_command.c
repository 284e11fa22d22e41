/*
 * What administrators have published, from the terminal: also when it keeps the server from
 * starting, as it can after an update. So it runs with the shipped definitions alone.
 */
#include <stdio.h>

#include "clock.h"
#include "commands.h"
#include "publishing.h"
#include "system.h"

/* ---- list ---- */

static Status print_version(void *data, const PublishedVersion *version) {
    char at[INSTANT_TEXT_SIZE];
    (void)data;
    instant_write(version->at, at);
    printf("%.*s/%.*s\t%lld\t%.*s\t%.*s\t%.*s\t%.*s\n", STR_ARGS(version->kind),
           STR_ARGS(version->name), (long long)version->version,
           STR_ARGS(str_empty(version->body) ? STR("shipped") : STR("published")), (int)sizeof at,
           at, STR_ARGS(version->by_name), STR_ARGS(version->note));
    return STATUS_OK;
}

static Status list(Transaction *transaction, void *data) {
    return published_each(transaction, print_version, data);
}

/* ---- revert ---- */

/* A definition going back to an earlier version, which is published as a new one. */
typedef struct Reverting {
    const System *system;
    Publication publication;
    int64_t to, version; /* asked for, and made */
    Problem problem;
} Reverting;

/* Version 0 is what was shipped, and has no body. */
static Status revert(Transaction *transaction, void *data) {
    Reverting *reverting = data;
    const System *system = reverting->system;
    PublishedVersion old = {0};
    Actor actor;
    reverting->problem = problem_new(system->arena);
    Context context =
        system_context(system, system->arena, transaction, &actor, &reverting->problem);
    Status status = published_read(transaction, system->arena, reverting->publication.kind,
                                   reverting->publication.name, reverting->to, &old);
    if (status != STATUS_OK) return status;
    reverting->publication.body = reverting->to ? old.body : (Str){0};
    return publishing_repair(&context, &reverting->publication, &reverting->version);
}

static ExitCode run_revert(const CommandLine *line, const System *system) {
    const char *file = command_argument(line, 1), *note = command_value(line, "note");
    Str name = str_of(file);
    Str kind = str_cut(&name, '/');
    Reverting reverting = {.system = system,
                           .publication = {.shipped = &system->shipped,
                                           .kind = kind,
                                           .name = name,
                                           .note = note ? str_of(note) : (Str){0},
                                           .if_version = -1}};
    if (!file || !published_kind_known(kind) || str_empty(name)) {
        return command_misused(line, "Name a definition, such as roles/mr.");
    }
    if (!command_integer(line, "version", 0, &reverting.to) || reverting.to < 0) {
        return command_misused(line, "--version takes a number; 0 is what was shipped.");
    }
    Status status = store_write(system->store, revert, &reverting);
    if (status == STATUS_NOT_FOUND) {
        fprintf(stderr, "ondo definitions: no such version of %s was published.\n", file);
    }
    if (status != STATUS_OK || reverting.problem.first) {
        system_complain(system, &reverting.problem, status);
    }
    if (status == STATUS_OK) printf("%s: version %lld\n", file, (long long)reverting.version);
    return system_exit_code(status);
}

/* ---- The command ---- */

static ExitCode run(const CommandLine *line) {
    System system CLEANUP(system_stop) = {0};
    const char *deed = command_argument(line, 0);
    ExitCode code = system_start(line, SYSTEM_SHIPPED, &system);
    if (code != EXIT_DONE) return code;
    if (!deed || str_is(str_of(deed), "list")) {
        return system_exit_code(store_read(system.store, list, NULL));
    }
    if (str_is(str_of(deed), "revert")) return run_revert(line, &system);
    return command_misused(line, "Say list, or revert and a definition.");
}

static const CommandOption OPTIONS[] = {
    {"version", "N", "which version to put in force again; 0, what was shipped, otherwise"},
    {"note", "TEXT", "why; stands in the journal"},
    {NULL, NULL, NULL},
};

const Command COMMAND_DEFINITIONS = {
    .name = "definitions",
    .arguments = "[list | revert KIND/NAME]",
    .summary = "List what was published, or take it back",
    .details =
        "Works also while what was published keeps the server from starting: then a step is\n"
        "taken even if others are needed, and what is still wrong is told.",
    .options = OPTIONS,
    .run = run,
};
