/*
 * One mail as data, and what has to be right before it may leave: addresses, and headers that
 * nothing can be smuggled into. How it travels is mail_smtp.h's matter.
 */
#ifndef ONDO_MAIL_MAIL_MESSAGE_H
#define ONDO_MAIL_MAIL_MESSAGE_H

#include "str.h"

/** A file that travels with the mail. */
typedef struct MailFile {
    Str path; /* where it lies; empty: no file */
    Str name; /* ASCII, as the receiver sees it */
    Str type; /* media type */
} MailFile;

/** A mail before it is made into lines. */
typedef struct MailMessage {
    Str id; /* without brackets; the same for every attempt, so that receivers know a repetition */
    Str to;
    Str to_name;     /* may be empty */
    Str subject;     /* any text */
    Str text;        /* for those who read plain text */
    Str html;        /* the same for all others */
    int64_t date;    /* instant */
    Str unsubscribe; /* address that ends such mails by one POST; empty: none */
    MailFile file;
} MailMessage;

/**
 * True for one plain mailbox (RFC 5321) in printable ASCII without quoting: whatever could begin a
 * second address, a parameter or another line is refused.
 */
bool mail_address_is_safe(Str address);

/**
 * An unstructured header's text (RFC 2047): plain ASCII as it is, anything else as encoded words
 * that end between characters. Control characters become blanks, so that a text never begins
 * another header. Longer texts are folded.
 */
Str mail_header_text(Arena *arena, Str text);

/** "Name" <address> with the name as header text; the address alone without a name. */
Str mail_header_mailbox(Arena *arena, Str name, Str address);

/** RFC 5322: "Mon, 23 Nov 2026 08:00:00 +0000". */
Str mail_header_date(Arena *arena, int64_t instant);

/**
 * Takes "Ondo <ondo@example.com>" or "ondo@example.com" apart; false when it is neither or the
 * address is not safe.
 */
MUST_USE bool mail_mailbox_parse(Str text, Str *name, Str *address);

#endif
