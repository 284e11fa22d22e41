/* The program: its commands, and nothing else. */
#include "commands.h"

static const Command *const COMMANDS[] = {
    &COMMAND_SERVE,   &COMMAND_INIT,   &COMMAND_DEMO,    &COMMAND_IMPORT,      &COMMAND_EXPORT,
    &COMMAND_USER,    &COMMAND_TOKEN,  &COMMAND_TICK,    &COMMAND_VERIFY,      &COMMAND_BACKUP,
    &COMMAND_RESTORE, &COMMAND_CHECK,  &COMMAND_OPENAPI, &COMMAND_DEFINITIONS, &COMMAND_BACKTEST,
    &COMMAND_LINT,    &COMMAND_REVIEW,
};

int main(int argc, char **argv) {
    return (int)command_main(COMMANDS, sizeof COMMANDS / sizeof *COMMANDS, argc, argv);
}
