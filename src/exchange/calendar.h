/*
 * A person's calendar as iCalendar (RFC 5545): planned visits, promises and tasks that are due,
 * each with an alarm. Nothing that was written about a visit is in it: calendars lie on phones and
 * on other companies' servers.
 */
#ifndef ONDO_EXCHANGE_CALENDAR_H
#define ONDO_EXCHANGE_CALENDAR_H

#include "buffer.h"
#include "exchange.h"

/** What a calendar says of each visit, and where its links lead. */
typedef struct CalendarOptions {
    Str page;   /* public address of the page, for links; may be empty */
    bool brief; /* that there is something, and when; neither whom it is with nor what it is */
} CalendarOptions;

/**
 * Writes the calendar of the context's actor: what they own and may read, from a month ago (90 days
 * for what is due) to a year ahead. Ids stay the same, and SEQUENCE rises with each change, so that
 * calendar programs recognise what moved; cancelled visits say that they are.
 */
MUST_USE Status calendar_write(const Exchange *exchange, Context *context,
                               const CalendarOptions *options, Buffer *out);

#endif
