/*
 * The command line: one table of commands, options declared beside their help. Not getopt: its long
 * options know no help texts and no common options, and what is left to do by hand is what stands
 * here.
 */
#include "command.h"

#include <stdio.h>

enum { OPTIONS_MOST = 32, ARGUMENTS_MOST = 8 };

/* Options and their values side by side, in the order given. */
struct CommandLine {
    const Command *command;
    const CommandOption *options[OPTIONS_MOST];
    const char *values[OPTIONS_MOST];
    int option_count;
    const char *arguments[ARGUMENTS_MOST];
    int argument_count;
};

const CommandOption COMMAND_COMMON_OPTIONS[] = {
    {"database", "PATH|URI", "SQLite file or postgresql:// URI (also ONDO_DATABASE; var/ondo.db)"},
    {"business", "DIR", "folder whose files replace the built-in definitions"},
    {"help", NULL, "show this help"},
    {NULL, NULL, NULL},
};

/* In two columns, the command's own before the common ones. */
static void print_options(const CommandOption *options) {
    for (; options && options->name; options++) {
        char left[64];
        snprintf(left, sizeof left, "--%s%s%s", options->name, options->value ? " " : "",
                 options->value ? options->value : "");
        printf("  %-26s %s\n", left, options->help);
    }
}

/* From the table itself: an option cannot be without its help. */
static void print_help(const Command *command) {
    printf("usage: ondo %s%s%s [options]\n\n%s.\n", command->name, *command->arguments ? " " : "",
           command->arguments, command->summary);
    if (*command->details) printf("\n%s\n", command->details);
    printf("\noptions:\n");
    print_options(command->options);
    print_options(COMMAND_COMMON_OPTIONS);
}

/* On standard error when it is the answer to a mistake. */
static void print_commands(FILE *out, const Command *const *commands, size_t count) {
    fprintf(out, "usage: ondo COMMAND [options]\n\ncommands:\n");
    for (size_t i = 0; i < count; i++) {
        fprintf(out, "  %-12s %s\n", commands[i]->name, commands[i]->summary);
    }
    fprintf(out, "\n\"ondo COMMAND --help\" tells more; ondo(1) is the manual page.\n");
}

static const CommandOption *find_option(const CommandOption *options, Str name) {
    for (; options && options->name; options++) {
        if (str_is(name, options->name)) return options;
    }
    return NULL;
}

/* Reads "--name value", "--name=value" or "--flag" at argv[*at]; moves `*at` past what it used. */
static bool read_option(CommandLine *line, int argc, char **argv, int *at) {
    Str name = str_of(argv[*at] + 2);
    size_t equals = str_find(name, '=');
    bool inline_value = equals < name.size;
    const char *value = inline_value ? name.data + equals + 1 : "";
    name = str_part(name, 0, equals);
    const CommandOption *option = find_option(line->command->options, name);
    if (!option) option = find_option(COMMAND_COMMON_OPTIONS, name);
    if (!option || line->option_count == OPTIONS_MOST) return false;
    if (option->value && !inline_value) {
        if (*at + 1 >= argc) return false;
        value = argv[++*at];
    }
    if (!option->value && inline_value) return false;
    line->options[line->option_count] = option;
    line->values[line->option_count++] = value;
    return true;
}

/* Options and arguments may be mixed; "--" ends the options, for names that begin with a dash. */
static bool read_line(CommandLine *line, int argc, char **argv) {
    bool only_arguments = false;
    for (int at = 0; at < argc; at++) {
        if (!only_arguments && strcmp(argv[at], "--") == 0) {
            only_arguments = true;
        } else if (!only_arguments && strncmp(argv[at], "--", 2) == 0) {
            if (!read_option(line, argc, argv, &at)) return false;
        } else {
            if (line->argument_count == ARGUMENTS_MOST) return false;
            line->arguments[line->argument_count++] = argv[at];
        }
    }
    return true;
}

ExitCode command_misused(const CommandLine *line, const char *message) {
    fprintf(stderr, "ondo %s: %s\nSee \"ondo %s --help\".\n", line->command->name, message,
            line->command->name);
    return EXIT_USAGE;
}

/* The last one given counts, so that a script's option can be overruled at its end. */
const char *command_value(const CommandLine *line, const char *name) {
    for (int i = line->option_count - 1; i >= 0; i--) {
        if (strcmp(line->options[i]->name, name) == 0) return line->values[i];
    }
    return NULL;
}

bool command_integer(const CommandLine *line, const char *name, int64_t otherwise, int64_t *out) {
    const char *value = command_value(line, name);
    if (!value) {
        *out = otherwise;
        return true;
    }
    return str_to_integer(str_of(value), out);
}

const char *command_argument(const CommandLine *line, int index) {
    return index < line->argument_count ? line->arguments[index] : NULL;
}

static const Command *find_command(const Command *const *commands, size_t count, const char *name) {
    for (size_t i = 0; i < count; i++) {
        if (strcmp(commands[i]->name, name) == 0) return commands[i];
    }
    return NULL;
}

/* --help is answered before a command runs, so none of them needs to know of it. */
ExitCode command_main(const Command *const *commands, size_t count, int argc, char **argv) {
    if (argc < 2) {
        print_commands(stderr, commands, count);
        return EXIT_USAGE;
    }
    if (strcmp(argv[1], "--help") == 0 || strcmp(argv[1], "help") == 0) {
        print_commands(stdout, commands, count);
        return EXIT_DONE;
    }
    if (strcmp(argv[1], "--version") == 0) {
        printf("ondo %s\n", ONDO_VERSION);
        return EXIT_DONE;
    }
    CommandLine line = {.command = find_command(commands, count, argv[1])};
    if (!line.command) {
        fprintf(stderr, "ondo: there is no command \"%s\".\n", argv[1]);
        print_commands(stderr, commands, count);
        return EXIT_USAGE;
    }
    if (!read_line(&line, argc - 2, argv + 2)) {
        return command_misused(&line, "an option is not known, or lacks its value.");
    }
    if (command_value(&line, "help")) {
        print_help(line.command);
        return EXIT_DONE;
    }
    return line.command->run(&line);
}
