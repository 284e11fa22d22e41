/*
 * Puts a backup in the place of the database. What is to be restored is opened and looked at first,
 * copied beside the target, and renamed over it at the end: a failure in between leaves the old
 * database as it was.
 */
#include <stdio.h>
#include <unistd.h>

#include "commands.h"
#include "system.h"

static const CommandOption OPTIONS[] = {
    {"force", NULL, "replace the database that is there"},
    {NULL, NULL, NULL},
};

/* Asks only whether our table of migrations is there. */
static Status nothing(Transaction *transaction, void *data) {
    Rows *rows CLEANUP(store_drop) = NULL;
    (void)data;
    return store_query(transaction, STR("SELECT count(*) FROM \"migration\""), NULL, 0, &rows);
}

/* A file that is no database of ours must not take the place of one. */
static bool is_backup(const char *path) {
    StoreOptions options = {.database = str_of(path), .readers = 1};
    Store *store = NULL;
    if (store_open(&options, &store) != STATUS_OK) return false;
    Status status = store_read(store, nothing, NULL);
    store_close(store);
    return status == STATUS_OK;
}

/* The copy is made beside the target through the database's own means, then takes its place. */
static Status copy_database(const char *from, const char *to) {
    StoreOptions options = {.database = str_of(from), .readers = 1};
    Store *store = NULL;
    Status status = store_open(&options, &store);
    if (status != STATUS_OK) return status;
    unlink(to);
    status = store_backup(store, str_of(to));
    store_close(store);
    return status;
}

/* The companions of the old database would be taken for the new one's. */
static void remove_companions(Arena *arena, const char *database) {
    unlink(str_format(arena, "%s-wal", database).data);
    unlink(str_format(arena, "%s-shm", database).data);
}

/*
 * Only definitions are loaded: opening the database to be replaced could bring it up to date first.
 */
static ExitCode run(const CommandLine *line) {
    const char *from = command_argument(line, 0);
    if (!from) return command_misused(line, "name the backup to restore.");
    System system CLEANUP(system_stop) = {0};
    ExitCode code = system_start(line, SYSTEM_BUSINESS, &system);
    if (code != EXIT_DONE) return code;
    if (str_find_str(system.database, STR("://")) < system.database.size) {
        fprintf(stderr,
                "ondo restore: restores SQLite databases; use pg_restore for PostgreSQL.\n");
        return EXIT_REFUSED;
    }
    const char *to = str_terminated(system.arena, system.database);
    if (!is_backup(from)) {
        fprintf(stderr, "ondo restore: %s is no backup of Ondo.\n", from);
        return access(from, F_OK) == 0 ? EXIT_REFUSED : EXIT_MISSING;
    }
    if (access(to, F_OK) == 0 && !command_value(line, "force")) {
        fprintf(stderr, "ondo restore: %s exists; stop its server, then --force replaces it.\n",
                to);
        return EXIT_REFUSED;
    }
    Str part = str_format(system.arena, "%s.part", to);
    Status status = copy_database(from, part.data);
    if (status == STATUS_OK) {
        remove_companions(system.arena, to);
        remove_companions(system.arena, part.data);
        if (rename(part.data, to) != 0) status = STATUS_FAILED;
    }
    if (status == STATUS_OK) printf("%s restored from %s.\n", to, from);
    return system_exit_code(status);
}

const Command COMMAND_RESTORE = {
    .name = "restore",
    .arguments = "FILE",
    .summary = "Put a backup in the place of the database",
    .details =
        "Refuses to replace a database that is there unless --force says so. Stop the server\n"
        "first.",
    .options = OPTIONS,
    .run = run,
};
