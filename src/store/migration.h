/*
 * The system's own tables (not the business objects, which the model makes): users' sessions,
 * tokens, journal, idempotency, jobs, … as numbered steps, each applied once and recorded in
 * "migration".
 */
#ifndef ONDO_STORE_MIGRATION_H
#define ONDO_STORE_MIGRATION_H

#include "store.h"

/** Brings the database to the newest step in one transaction. STATUS_INVALID when it is newer than
 * us. */
MUST_USE Status migration_run(Store *store);

/** Whether one of the steps makes a table of this name, which no object may have then. */
bool migration_makes_table(Str name);

#endif
