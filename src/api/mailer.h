/*
 * The mailer: one thread beside the keeper that puts due mails into the outbox and sends them. A
 * thread of its own, because a mail server may take minutes to answer, and the journal's seals
 * cannot wait for it. Without a mail server there is no thread, and nothing piles up.
 */
#ifndef ONDO_API_MAILER_H
#define ONDO_API_MAILER_H

#include "call.h"

typedef struct Mailer Mailer;

/** Starts the thread when api->mail is set; `*out` is NULL otherwise. */
MUST_USE Status mailer_start(Api *api, Mailer **out);
/** Gives up what is under way (it is tried again later) and ends the thread. NULL is allowed. */
void mailer_stop(Mailer *mailer);

#endif
