/*
 * Notices: what the system tells one person, as a record of the object "notification". Whether to
 * tell (of what, whom, how often) is decided by whoever sends; here only how it is kept.
 */
#ifndef ONDO_ENGINE_NOTICE_H
#define ONDO_ENGINE_NOTICE_H

#include "receiver.h"

/** A message to one person about one record, or about several that one day has brought. */
typedef struct Notice {
    Id to;
    Str kind;          /* a choice of notification.kind */
    Str subject, body; /* in the receiver's language */
    Str source;        /* "rule:notify_task" */
    Str about_object;  /* the record that it leads to; empty: none */
    Id about;
    Str gathered; /* what bears the same word is one notice, until it is read; empty: each its own
                   */
    const FieldValue *values; /* further fields: hcp, hco */
    size_t count;
} Notice;

/**
 * Within an import or bulk change, and where it is to be gathered, what one source tells one person
 * is one notice, which names the first record and counts the others: a thousand of them would be
 * told to nobody.
 *
 * Keeps the notice for its receiver, at the context's instant; `by` is the context's actor. As the
 * system, and through the record layer, so that it is journalled and told by events. Does nothing
 * for a receiver who has turned the kind off or is not reachable, or where the business has no
 * notifications.
 */
MUST_USE Status notice_send(Context *context, const Receiver *receiver, const Notice *notice);

#endif
