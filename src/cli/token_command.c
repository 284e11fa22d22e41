/*
 * Makes tokens for programs. Standard output holds the token and nothing else, so that a script can
 * take it as it is; it is never shown again.
 */
#include <stdio.h>

#include "account.h"
#include "commands.h"
#include "journal.h"
#include "token.h"

/* The job's arguments, and the token that it made. */
typedef struct TokenJob {
    const System *system;
    Str login, name;
    NewToken token;
} TokenJob;

/* Without an end: a token for a program is revoked when it is no longer used. */
static Status create(Transaction *transaction, void *data) {
    TokenJob *job = data;
    Id user;
    Status status = account_find(transaction, job->login, &user);
    if (status != STATUS_OK) return status;
    Actor actor;
    Problem problem = problem_new(job->system->arena);
    Context context =
        system_context(job->system, job->system->arena, transaction, &actor, &problem);
    status =
        token_create(transaction, job->system->arena, user, job->name, context.now, 0, &job->token);
    if (status != STATUS_OK) return status;
    return journal_append_act(&context, "token_create", STR("user"), user, STR("{}"));
}

static ExitCode run(const CommandLine *line) {
    const char *verb = command_argument(line, 0), *login = command_value(line, "user");
    const char *name = command_value(line, "name");
    if (!verb || strcmp(verb, "create") != 0 || !login) {
        return command_misused(line, "say create --user LOGIN.");
    }
    System system CLEANUP(system_stop) = {0};
    ExitCode code = system_start(line, SYSTEM_DATABASE, &system);
    if (code != EXIT_DONE) return code;
    TokenJob job = {.system = &system,
                    .login = str_of(login),
                    .name = name ? str_of(name) : STR("command line")};
    Status status = store_write(system.store, create, &job);
    if (status == STATUS_NOT_FOUND) {
        fprintf(stderr, "ondo token: there is no user %s.\n", login);
    }
    if (status == STATUS_OK) printf("%.*s\n", STR_ARGS(job.token.token));
    return system_exit_code(status);
}

static const CommandOption OPTIONS[] = {
    {"user", "LOGIN", "whose rights the token has"},
    {"name", "NAME", "what it is for, as its owner will see it"},
    {NULL, NULL, NULL},
};

const Command COMMAND_TOKEN = {
    .name = "token",
    .arguments = "create",
    .summary = "Make a token for a program",
    .details = "Prints nothing but the token, which is not kept: only its hash is stored.",
    .options = OPTIONS,
    .run = run,
};
