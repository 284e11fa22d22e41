/*
 * Handing a mail to a mail server: SMTP by libcurl, which makes the MIME parts, encodes them and
 * speaks TLS. One connection a mail.
 */
#ifndef ONDO_MAIL_MAIL_SMTP_H
#define ONDO_MAIL_MAIL_SMTP_H

#include <stdatomic.h>

#include "mail_message.h"
#include "status.h"

/** How far a connection to smtp:// must be encrypted; smtps:// always is. */
typedef enum MailTls { MAIL_TLS_REQUIRED, MAIL_TLS_OFFERED } MailTls;

/** The server that takes our mails. All of it lives as long as the program. */
typedef struct MailServer {
    Str url; /* smtp://host:port or smtps://host:port, without a password */
    Str user, password;
    Str from_name, from; /* sender of all mails */
    Str authorities; /* file of certificates (PEM) that the server's must go back to; empty: those
                        of the system */
    Str page;        /* public address of the page, without a slash at its end; may be empty */
    MailTls tls;
    const atomic_bool *stopping; /* when true an exchange under way is given up; NULL: never */
} MailServer;

typedef enum MailOutcome {
    MAIL_ACCEPTED, /* the server has taken it over */
    MAIL_LATER,    /* it was not taken; another attempt may help */
    MAIL_REFUSED   /* for good: no attempt with the same mail would help */
} MailOutcome;

/**
 * Tries once, at most two minutes long. `*said` (in the arena) is what the server or libcurl said
 * when it was not accepted. An answer that is lost after the mail was sent counts as MAIL_LATER:
 * such a mail may come twice, with the same Message-ID.
 */
MailOutcome mail_smtp_send(Arena *arena, const MailServer *server, const MailMessage *message,
                           Str *said);

#endif
