/* How long notifications are kept, and marking them as read. */
#ifndef ONDO_DOMAIN_NOTIFICATION_H
#define ONDO_DOMAIN_NOTIFICATION_H

#include "clock.h"
#include "context.h"

/** Read ones are removed so many days after they were read; unread ones stay until they are. */
enum { NOTIFICATION_DAYS_KEPT = 90 };

/** Removes what has been read long ago, of everybody. The journal keeps that it was told. */
MUST_USE Status notification_remove_read(Transaction *transaction, int64_t now);

/** Which notifications a mark goes to; always only the person's own. */
typedef struct NotificationMarks {
    const Id *ids; /* these; NULL: by `until` or `read_at` */
    size_t count;
    int64_t until;   /* marking as read: all up to this instant */
    int64_t read_at; /* marking as unread: those that were marked at this instant */
} NotificationMarks;

/** Marks those that are unread as read at the context's instant; `*marked` gets their number. */
MUST_USE Status notification_mark_read(Context *context, const NotificationMarks *marks,
                                       int64_t *marked);
/** Marks those that are read as unread. */
MUST_USE Status notification_mark_unread(Context *context, const NotificationMarks *marks,
                                         int64_t *marked);

#endif
