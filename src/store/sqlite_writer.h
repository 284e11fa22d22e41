/*
 * The one thread that writes to an SQLite file, and the one that checkpoints behind it. Private to
 * the store layer.
 */
#ifndef ONDO_STORE_SQLITE_WRITER_H
#define ONDO_STORE_SQLITE_WRITER_H

#include "sqlite_connection.h"

typedef struct SqliteWriter SqliteWriter;

/** Starts both threads. `connection` and `checkpointer` are opened; the writer uses them, and the
 * caller closes them after sqlite_writer_stop. */
MUST_USE Status sqlite_writer_start(Store *store, SqliteConnection *connection,
                                    SqliteConnection *checkpointer, SqliteWriter **out);
/** Runs a job in the next group; returns once the group is durable. STATUS_BUSY when stopping. */
MUST_USE Status sqlite_writer_run(SqliteWriter *writer, StoreJob *job, void *data);
/** Runs what waits, then ends the writer, then the checkpointer. */
void sqlite_writer_stop(SqliteWriter *writer);

#endif
