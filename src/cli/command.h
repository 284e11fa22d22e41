/* Commands of the command line: a table entry each, options declared beside their help. */
#ifndef ONDO_CLI_COMMAND_H
#define ONDO_CLI_COMMAND_H

#include "str.h"

/** What a command's exit code means. */
typedef enum ExitCode {
    EXIT_DONE = 0,
    EXIT_FAILED = 1,   /* disk, database, network */
    EXIT_USAGE = 2,    /* the command line is wrong */
    EXIT_MISSING = 3,  /* what was named does not exist */
    EXIT_REFUSED = 4,  /* the data or the state forbids it; nothing was changed */
    EXIT_TAMPERED = 5, /* verify: the journal was altered */
    EXIT_PARTIAL = 6,  /* import: done, but some rows were rejected */
} ExitCode;

/** Lists of options end with an entry without a name. */
typedef struct CommandOption {
    const char *name;  /* without the dashes; NULL ends a list */
    const char *value; /* what it takes, "PATH"; NULL for a flag */
    const char *help;
} CommandOption;

typedef struct CommandLine CommandLine;

/** One command; the table of all stands in main.c. */
typedef struct Command {
    const char *name;             /* the word behind "ondo" */
    const char *arguments;        /* "OBJECT FILE"; empty for none */
    const char *summary;          /* one line of the list that --help prints */
    const char *details;          /* paragraphs for --help; may be empty */
    const CommandOption *options; /* ends with one without a name; NULL: none */
    ExitCode (*run)(const CommandLine *line);
} Command;

/** Options that every command takes: --database, --business, --help. */
extern const CommandOption COMMAND_COMMON_OPTIONS[];

/** Finds the command, reads its options and runs it. */
ExitCode command_main(const Command *const *commands, size_t count, int argc, char **argv);

/** The value of an option; NULL when it was not given ("" for a flag that was). */
const char *command_value(const CommandLine *line, const char *name);
/** An option as an integer; `otherwise` when it was not given. False when it is no integer. */
MUST_USE bool command_integer(const CommandLine *line, const char *name, int64_t otherwise,
                              int64_t *out);
/** The n-th argument that is no option, from 0; NULL when there are not so many. */
const char *command_argument(const CommandLine *line, int index);

/** Prints what is wrong with the command line and how to get help. */
ExitCode command_misused(const CommandLine *line, const char *message);

#endif
