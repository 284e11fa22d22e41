/* The loop's side of streams for server-sent events; the handlers' side is in server.h. */
#ifndef ONDO_HTTP_STREAM_H
#define ONDO_HTTP_STREAM_H

#include "server.h"

typedef struct Loop Loop;
typedef struct Connection Connection;

enum { STREAM_UNSENT_LIMIT = 1024 * 1024 };

/** What the loop finds when it looks at a stream that asked for it. */
typedef enum StreamState { STREAM_OPEN, STREAM_ENDED, STREAM_STUCK } StreamState;

/** Joins a stream to its connection; from now on it wakes that loop. Called by the loop. */
void stream_attach(HttpStream *stream, Loop *loop, Connection *connection);
/** Moves what waits into `*out` (which must be empty) and says whether more may follow. */
StreamState stream_take(HttpStream *stream, Buffer *out);
/** Tells the stream how much of what was taken still waits in the connection. */
void stream_set_unsent(HttpStream *stream, size_t unsent);
/** Nothing can be sent any more; what waits still goes out. */
void stream_end(HttpStream *stream);
/** The connection lets go: the stream is closed, and the connection's reference is given back. */
void stream_detach(HttpStream *stream);

/** The connection of an attached stream, else NULL. Only for its own loop's thread. */
Connection *stream_connection(const HttpStream *stream);
/** Links for the loop's list of streams that have something to send; guarded by the loop's lock. */
HttpStream *stream_next(const HttpStream *stream);
/** Links streams into the list of whoever watches them; the stream itself never looks. */
void stream_set_next(HttpStream *stream, HttpStream *next);
/** Gives back the reference that a stream in the loop's list holds. */
void stream_drop(HttpStream *stream);
/** The stream left the loop's list: the next send queues it again. Before stream_take. */
void stream_unlist(HttpStream *stream);

#endif
