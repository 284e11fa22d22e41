/* A running system as a command needs it: clock, business, database, hooks, and errors on the
 * terminal. */
#ifndef ONDO_CLI_SYSTEM_H
#define ONDO_CLI_SYSTEM_H

#include "business.h"
#include "clock.h"
#include "command.h"
#include "hooks.h"
#include "published.h"

/** Everything that a command may use. The arena holds it all and lives until system_stop. */
typedef struct System {
    Arena *arena;            /* ends with the command */
    Clock clock;             /* begins at ONDO_NOW where that is set */
    Lang lang;               /* of the terminal, from LC_ALL, LC_MESSAGES or LANG */
    Str database;            /* path or URI */
    Str zone;                /* the company's, from ONDO_ZONE; Asia/Tokyo otherwise */
    Definitions shipped;     /* built-in definitions, replaced by --business */
    Definitions definitions; /* and by what administrators have published in the database */
    int64_t generation;      /* of those publications */
    Business *business;
    Hooks hooks;
    Store *store; /* NULL with SYSTEM_BUSINESS */
} System;

/** How far system_start goes. */
typedef enum SystemNeed {
    SYSTEM_BUSINESS, /* definitions only */
    SYSTEM_SHIPPED,  /* and an existing database as it is; without what was published in it */
    SYSTEM_AS_IS,    /* and an existing database, which is only looked at */
    SYSTEM_DATABASE, /* and an existing database, brought up to date */
    SYSTEM_CREATE,   /* and a new database where there is none */
} SystemNeed;

/** Loads and opens; says on standard error what is wrong. EXIT_DONE when all is well. */
ExitCode system_start(const CommandLine *line, SystemNeed need, System *out);
/** Closes the database and gives everything back, also after half a start. Fits CLEANUP. */
void system_stop(System *system);

/** Prints a problem's sentences on standard error. */
void system_complain(const System *system, const Problem *problem, Status status);

/** The exit code of an outcome. */
ExitCode system_exit_code(Status status);

/** The exit code of an outcome, after saying on standard error what went wrong, if anything did. */
ExitCode system_outcome(const System *system, const Problem *problem, Status status);

/** Who acts for a command: the system itself, in the language of the terminal. */
Actor system_actor_of(const System *system);

/** A context that may do everything, for a job of this process. `actor` must live as long. */
Context system_context(const System *system, Arena *arena, Transaction *transaction, Actor *actor,
                       Problem *problem);

/** What a command reads within one snapshot. `data` is the command's own. */
typedef Status SystemReading(Context *context, void *data);

/**
 * Reads as the system itself, with its rights, in the company's zone. Says on standard error what
 * went wrong. What is read lies in the system's arena.
 */
ExitCode system_read(const System *system, SystemReading *read, void *data);

/** The folder that holds the database file, or "var" for a server; where keys and backups go. */
Str system_folder(const System *system, Arena *arena);

#endif
