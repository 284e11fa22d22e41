/*
 * The copy is made by SQLite's backup interface while others write, under a second name, and takes
 * its own name only when it is whole. So a file of that name is always a backup that can be
 * restored.
 */
#include <stdio.h>
#include <unistd.h>

#include "commands.h"
#include "system.h"

static const CommandOption OPTIONS[] = {
    {"force", NULL, "replace the file when it is there"},
    {NULL, NULL, NULL},
};

/* An existing file is replaced only by --force, and only once its successor is complete. */
static ExitCode run(const CommandLine *line) {
    const char *path = command_argument(line, 0);
    if (!path) return command_misused(line, "name the file that the backup goes to.");
    if (access(path, F_OK) == 0 && !command_value(line, "force")) {
        fprintf(stderr, "ondo backup: %s exists; --force replaces it.\n", path);
        return EXIT_REFUSED;
    }
    System system CLEANUP(system_stop) = {0};
    ExitCode code = system_start(line, SYSTEM_AS_IS, &system);
    if (code != EXIT_DONE) return code;
    if (store_kind(system.store) != STORE_SQLITE) {
        fprintf(stderr, "ondo backup: copies SQLite databases; use pg_dump for PostgreSQL.\n");
        return EXIT_REFUSED;
    }
    Str part = str_format(system.arena, "%s.part", path);
    unlink(part.data);
    Status status = store_backup(system.store, part);
    if (status == STATUS_OK && rename(part.data, path) != 0) status = STATUS_FAILED;
    if (status != STATUS_OK) {
        unlink(part.data);
        fprintf(stderr, "ondo backup: %s could not be written.\n", path);
        return system_exit_code(status);
    }
    printf("%s holds a consistent copy of %.*s.\n", path, STR_ARGS(system.database));
    return EXIT_DONE;
}

const Command COMMAND_BACKUP = {
    .name = "backup",
    .arguments = "FILE",
    .summary = "Copy the database consistently, also while it is served",
    .details = "Keep the key file (ondo.key) apart from the copies: it signs the journal.",
    .options = OPTIONS,
    .run = run,
};
