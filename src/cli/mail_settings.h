/* The mail server that the environment names: ONDO_SMTP and what belongs to it. */
#ifndef ONDO_CLI_MAIL_SETTINGS_H
#define ONDO_CLI_MAIL_SETTINGS_H

#include "command.h"
#include "mail_smtp.h"

/**
 * Reads ONDO_SMTP, ONDO_SMTP_USER, ONDO_SMTP_PASSWORD or ONDO_SMTP_PASSWORD_FILE, ONDO_SMTP_FROM,
 * ONDO_SMTP_TLS, ONDO_SMTP_CA_FILE and ONDO_URL. `*given` is false without ONDO_SMTP: then no mails are
 * sent, and only the address of the page is read. Whatever
 * does not fit is said on standard error, and is EXIT_USAGE or EXIT_MISSING.
 */
ExitCode mail_settings_read(Arena *arena, MailServer *out, bool *given);

#endif
