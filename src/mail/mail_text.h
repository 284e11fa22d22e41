/*
 * The text of a mail, written once in both of its forms: HTML for most readers, plain text for the
 * others. Everything that comes from records is escaped here and nowhere else.
 */
#ifndef ONDO_MAIL_MAIL_TEXT_H
#define ONDO_MAIL_MAIL_TEXT_H

#include "buffer.h"
#include "dashboard_table.h"
#include "lang.h"

/** Both forms while they grow. Begin with mail_text_begin, end with mail_text_end. */
typedef struct MailText {
    Buffer html, plain;
} MailText;

/** The head of the mail, with its title in large letters. */
void mail_text_begin(MailText *text, Lang lang, Str title);
/** What stands below everything, in small letters. */
void mail_text_end(MailText *text, Str footer);
/** Gives both buffers back; fits CLEANUP. */
void mail_text_free(MailText *text);

/** A title of a part. */
void mail_text_heading(MailText *text, Str heading);
/** A paragraph; a quiet one explains. */
void mail_text_paragraph(MailText *text, Str paragraph);
/** A paragraph in grey: what one may know and need not. */
void mail_text_quiet(MailText *text, Str paragraph);
/** One line of a list: what it is, and behind it what else to know (may be empty). */
void mail_text_item(MailText *text, Str what, Str detail);
/** A link of its own; nothing where the address is empty. */
void mail_text_link(MailText *text, Str words, Str address);

/** Which part of a table is shown: its first columns and rows. */
typedef struct MailTablePart {
    size_t columns, rows;
} MailTablePart;
/** Columns of numbers that are all zero are left out. */
void mail_text_table(MailText *text, const DashboardTable *table, MailTablePart part);

#endif
