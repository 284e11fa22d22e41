/*
 * Reads the whole chain and says whether it holds. The exit code is the answer for scripts: 5 means
 * that somebody has altered the journal, which no other failure is to be mistaken for.
 */
#include <stdio.h>

#include "commands.h"
#include "journal.h"
#include "signing_key.h"

/* The job's arguments and its verdict. */
typedef struct Verifying {
    const System *system;
    const unsigned char *public_key;
    JournalVerdict verdict;
} Verifying;

static Status verify(Transaction *transaction, void *data) {
    Verifying *verifying = data;
    return journal_verify(verifying->system->arena, transaction, verifying->public_key,
                          &verifying->verdict);
}

static const CommandOption OPTIONS[] = {
    {"seal", NULL, "first seal what waits, as a running server does by itself"},
    {NULL, NULL, NULL},
};

/* The first place that does not hold, with its record: all that comes behind it follows from it. */
static ExitCode report(const JournalVerdict *verdict, bool has_key) {
    if (!verdict->intact) {
        printf("ALTERED: position %lld (%s)%s%.*s\n", (long long)verdict->broken_position,
               verdict->reason, str_empty(verdict->broken_record) ? "" : ", record ",
               STR_ARGS(verdict->broken_record));
        return EXIT_TAMPERED;
    }
    printf("intact: %lld entries sealed, %lld waiting, %lld checkpoints signed%s\n",
           (long long)verdict->entries, (long long)verdict->unsealed,
           (long long)verdict->checkpoints, has_key ? "" : " (no key file: signer not compared)");
    return EXIT_DONE;
}

/*
 * Without the key file the signatures are checked against the keys stored beside them, which proves
 * less; the report says so.
 */
static ExitCode run(const CommandLine *line) {
    System system CLEANUP(system_stop) = {0};
    ExitCode code = system_start(line, SYSTEM_AS_IS, &system);
    if (code != EXIT_DONE) return code;
    unsigned char key[SIGNING_PUBLIC_SIZE];
    bool has_key = signing_key_public(&system, key) == STATUS_OK;
    Verifying verifying = {.system = &system, .public_key = has_key ? key : NULL};
    Status status = command_value(line, "seal") ? journal_seal_all(system.store) : STATUS_OK;
    if (status == STATUS_OK) status = store_read(system.store, verify, &verifying);
    if (status != STATUS_OK) return system_exit_code(status);
    return report(&verifying.verdict, has_key);
}

const Command COMMAND_VERIFY = {
    .name = "verify",
    .arguments = "",
    .summary = "Prove that nobody has altered the journal",
    .details =
        "Reads the whole chain again and names the first entry that was altered, removed or\n"
        "inserted. Exit code 5 when there is one.",
    .options = OPTIONS,
    .run = run,
};
