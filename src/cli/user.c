/*
 * Users from the command line: how the first administrator comes into being, and the way back in
 * when nobody can sign in. A user is a record like any other and is written through the record
 * layer; only the password stands in a table of its own.
 */
#include <stdio.h>

#include "account.h"
#include "commands.h"
#include "journal.h"
#include "sign_in.h"
#include "token.h"

/* An account about to be written; its password is hashed before any lock is held. */
typedef struct UserJob {
    const System *system;
    const CommandLine *line;
    Problem *problem;
    Str login;
    Str hash; /* of the password; made before the job */
} UserJob;

static void set_text(json_t *body, const char *field, const char *value) {
    if (value) json_object_set_new(body, field, json_string(value));
}

/* As a request's JSON, so that the record layer checks it like one. */
static json_t *describe_user(const UserJob *job) {
    const char *role = command_value(job->line, "role");
    const char *name = command_value(job->line, "name");
    json_t *body = json_object();
    set_text(body, "login", job->login.data);
    set_text(body, "name", name ? name : job->login.data);
    set_text(body, "role", role ? role : "admin");
    set_text(body, "lang", command_value(job->line, "lang"));
    set_text(body, "zone", command_value(job->line, "zone"));
    set_text(body, "email", command_value(job->line, "email"));
    return body;
}

/* The person chose the password or was told it in person, so it need not be changed at once. */
static Status add(Transaction *transaction, void *data) {
    UserJob *job = data;
    Actor actor;
    Record user;
    Context context =
        system_context(job->system, job->system->arena, transaction, &actor, job->problem);
    json_t *body CLEANUP(json_drop) = describe_user(job);
    Status status = record_create(&context, model_object(context.model, STR("user")), body, &user);
    if (status != STATUS_OK) return status;
    return credential_set(transaction, user.id, job->hash, CREDENTIAL_OWN, context.now);
}

/* Whoever was signed in with the old password is signed out, as that may be why it is changed. */
static Status change_password(Transaction *transaction, void *data) {
    UserJob *job = data;
    Id user;
    Status status = account_find(transaction, job->login, &user);
    if (status != STATUS_OK) return status;
    Actor actor;
    Context context =
        system_context(job->system, job->system->arena, transaction, &actor, job->problem);
    status = credential_set(transaction, user, job->hash, CREDENTIAL_OWN, context.now);
    if (status == STATUS_OK) status = session_end_all(transaction, user, (Id){0});
    if (status != STATUS_OK) return status;
    return journal_append_act(&context, "password", STR("user"), user, STR("{}"));
}

/* Sessions and tokens end in the same transaction, so that a disabled account is out at once. */
static Status disable(Transaction *transaction, void *data) {
    UserJob *job = data;
    Actor actor;
    Record changed;
    Id user;
    Context context =
        system_context(job->system, job->system->arena, transaction, &actor, job->problem);
    const Object *object = model_object(context.model, STR("user"));
    FieldValue inactive = {object_field(object, STR("active")), value_boolean(false)};
    Status status = account_find(transaction, job->login, &user);
    if (status == STATUS_OK) {
        status = record_change(&context, object, user, &inactive, 1, &changed);
    }
    if (status == STATUS_OK) status = session_end_all(transaction, user, (Id){0});
    if (status == STATUS_OK) status = token_revoke_all(transaction, user, context.now);
    return status;
}

/* Hashed before the job: a job may run twice, and hashing is slow by design. */
static ExitCode prepare_password(UserJob *job) {
    Str password;
    Arena *arena = job->system->arena;
    const char *name = command_value(job->line, "name");
    if (!account_read_password(job->line, arena, &password)) return EXIT_USAGE;
    if (!password_acceptable(job->problem, STR(""), password, job->login, str_of(name))) {
        system_complain(job->system, job->problem, STATUS_INVALID);
        return EXIT_REFUSED;
    }
    return system_exit_code(password_hash(arena, password, &job->hash));
}

/* What a verb needs before its job may run, and what is said when it is done. */
typedef struct UserVerb {
    const char *name;
    StoreJob *job;
    SystemNeed need;
    bool needs_password;
    const char *done;
} UserVerb;

static const UserVerb VERBS[] = {
    {"add", add, SYSTEM_CREATE, true, "added"},
    {"password", change_password, SYSTEM_DATABASE, true,
     "has a new password and is signed out everywhere"},
    {"disable", disable, SYSTEM_DATABASE, false, "is disabled and signed out everywhere"},
};

static const UserVerb *find_verb(const char *name) {
    for (size_t i = 0; name && i < sizeof VERBS / sizeof *VERBS; i++) {
        if (strcmp(VERBS[i].name, name) == 0) return &VERBS[i];
    }
    return NULL;
}

/* Sealed here, as no server may be running. */
static ExitCode finish(UserJob *job, const UserVerb *verb, Status status) {
    if (status == STATUS_OK) status = journal_seal_all(job->system->store);
    if (status == STATUS_OK) {
        printf("%.*s %s.\n", STR_ARGS(job->login), verb->done);
    } else if (status == STATUS_NOT_FOUND) {
        fprintf(stderr, "ondo user: there is no user %.*s.\n", STR_ARGS(job->login));
    } else {
        system_complain(job->system, job->problem, status);
    }
    return system_exit_code(status);
}

static ExitCode run(const CommandLine *line) {
    const UserVerb *verb = find_verb(command_argument(line, 0));
    const char *login = command_argument(line, 1);
    if (!verb || !login) return command_misused(line, "say add, password or disable, and a login.");
    System system CLEANUP(system_stop) = {0};
    ExitCode code = system_start(line, verb->need, &system);
    if (code != EXIT_DONE) return code;
    Problem problem = problem_new(system.arena);
    UserJob job = {.system = &system, .line = line, .problem = &problem, .login = str_of(login)};
    if (verb->needs_password) code = prepare_password(&job);
    if (code != EXIT_DONE) return code;
    return finish(&job, verb, store_write(system.store, verb->job, &job));
}

static const CommandOption OPTIONS[] = {
    {"role", "ROLE", "add: mr, msl, kam, inside_sales, marketing, manager, compliance, admin"},
    {"name", "NAME", "add: the person's name; the login otherwise"},
    {"email", "ADDRESS", "add"},
    {"lang", "en|ja|zh", "add"},
    {"zone", "ZONE", "add: time zone, such as Asia/Tokyo"},
    {"password", "TEXT", "instead of asking; others on this machine may see it"},
    {NULL, NULL, NULL},
};

const Command COMMAND_USER = {
    .name = "user",
    .arguments = "add|password|disable LOGIN",
    .summary = "Add a user, set a password, or disable an account",
    .details =
        "Without --role the new user is an administrator. Passwords have at least 12\n"
        "characters and are read from the terminal or standard input.",
    .options = OPTIONS,
    .run = run,
};
