/* Accounts from the command line: finding users and reading passwords. */
#ifndef ONDO_CLI_ACCOUNT_H
#define ONDO_CLI_ACCOUNT_H

#include "system.h"

/** The id of an active or disabled user; STATUS_NOT_FOUND when there is none. */
MUST_USE Status account_find(Transaction *transaction, Str login, Id *out);

/**
 * A password from --password, else from the terminal (twice, unseen), else one line of standard
 * input. False when none was given or the two differ; then it has been said on standard error.
 */
MUST_USE bool account_read_password(const CommandLine *line, Arena *arena, Str *out);

#endif
