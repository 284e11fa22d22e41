/*
 * Changes as they happen: the keeper seals the journal, and each sealed entry is told to the open
 * streams whose readers may read the record.
 */
#ifndef ONDO_API_EVENTS_H
#define ONDO_API_EVENTS_H

#include "call.h"

/** An empty set of streams. Never NULL. */
Events *events_new(void);
/** Closes what is open and gives everything back. NULL is allowed. */
void events_free(Events *events);

/** Adds the reader's stream; takes over the caller's reference. */
void events_subscribe(Events *events, const Call *call, HttpStream *stream);

/**
 * Tells the streams everything sealed since the last call, and a comment line when nothing was told
 * for 15 seconds, so that proxies keep the connection and dead ones are noticed.
 */
MUST_USE Status events_tell(Api *api);

/** Closes all streams. */
void events_close(Events *events);

#endif
