/* What each kind of mail says, put together when it is sent and for whom it is sent. */
#ifndef ONDO_MAIL_MAIL_COMPOSE_H
#define ONDO_MAIL_MAIL_COMPOSE_H

#include "exchange.h"
#include "mail_plan.h"
#include "mail_smtp.h"

/** A mail as it will be sent; everything lies in the arena, the file where `message.file` says. */
typedef struct MailComposed {
    MailMessage message; /* without id, receiver and date */
    bool empty;          /* there is nothing to say: none is sent */
    int64_t told_until;  /* of a digest: up to which instant notices are told */
} MailComposed;

/**
 * The dashboard of a subscription as its subscriber may see it now: what matters in the text, all
 * of it in a workbook at `path`, noted in the journal as an export by mail. `empty` when the
 * dashboard is gone or nothing of it may be seen.
 */
MUST_USE Status mail_compose_figures(const Exchange *exchange, const MailServer *server,
                                     const MailSubscription *subscription, Arena *arena,
                                     const char *path, MailComposed *out);

/**
 * What is new since the last digest of the kinds chosen, and promises and tasks that are due within
 * two days or overdue. `empty` when there is neither.
 */
MUST_USE Status mail_compose_digest(const Exchange *exchange, const MailServer *server,
                                    const MailDigest *digest, Arena *arena, MailComposed *out);

/** A mail that says that mails arrive. */
void mail_compose_test(const Exchange *exchange, const MailServer *server, Arena *arena,
                       MailComposed *out);

#endif
