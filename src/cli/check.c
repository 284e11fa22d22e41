/*
 * Looks and changes nothing. The definitions are checked by being loaded (system_start); SQLite's
 * own check reads every page. PostgreSQL keeps its own house, so there is nothing to ask it.
 */
#include <stdio.h>

#include "commands.h"
#include "system.h"

/* "ok" is one row; anything else is the first of many complaints. */
static Status check_integrity(Transaction *transaction, void *data) {
    bool *sound = data;
    Rows *rows CLEANUP(store_drop) = NULL;
    *sound = true;
    if (transaction_kind(transaction) != STORE_SQLITE) return STATUS_OK;
    Status status = store_ask_first(transaction, &rows, "PRAGMA integrity_check");
    if (status == STATUS_OK) *sound = str_is(store_column(rows, 0, VALUE_TEXT).text, "ok");
    return status;
}

/* Definitions that do not fit have ended it before: their errors are already on the screen. */
static ExitCode run(const CommandLine *line) {
    System system CLEANUP(system_stop) = {0};
    ExitCode code = system_start(line, SYSTEM_AS_IS, &system);
    if (code != EXIT_DONE) return code;
    bool sound = false;
    Status status = store_read(system.store, check_integrity, &sound);
    if (status != STATUS_OK) return system_exit_code(status);
    printf("definitions: %zu objects, %zu roles\ndatabase: %s\n",
           model_object_count(system.business->model), roles_count(system.business->roles),
           sound ? "sound" : "DAMAGED; restore a backup");
    return sound ? EXIT_DONE : EXIT_FAILED;
}

const Command COMMAND_CHECK = {
    .name = "check",
    .arguments = "",
    .summary = "Check definitions and database, and change nothing",
    .details = "Reports every error in the definitions, and whether the database is sound.",
    .run = run,
};
