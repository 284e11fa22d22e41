/*
 * Everything that init does, starting with SYSTEM_CREATE has done already; serve does the same. The
 * command is for those who want the database before the server, as packages do.
 */
#include <stdio.h>

#include "commands.h"
#include "system.h"

static ExitCode run(const CommandLine *line) {
    System system CLEANUP(system_stop) = {0};
    ExitCode code = system_start(line, SYSTEM_CREATE, &system);
    if (code == EXIT_DONE) printf("%.*s is ready.\n", STR_ARGS(system.database));
    return code;
}

const Command COMMAND_INIT = {
    .name = "init",
    .arguments = "",
    .summary = "Make a database, or bring an existing one up to date",
    .details =
        "Nothing that is there is changed or removed; running it again does no harm.\n"
        "Make the first administrator with \"ondo user add\".",
    .run = run,
};
