/* Whose day it is: daily work goes by the zone of the person whom a record belongs to. */
#ifndef ONDO_ENGINE_ZONE_SHARE_H
#define ONDO_ENGINE_ZONE_SHARE_H

#include "context.h"
#include "sql.h"

/** The field that says whom a record of the object belongs to; empty: nobody. */
Str zone_share_owner(const Object *object);

/**
 * Adds a condition that holds for the records (of the table aliased "r") of the people of `zone`;
 * what belongs to nobody counts with `company_zone`.
 */
void zone_share_add(Sql *sql, const Object *object, Str zone, Str company_zone);

/** The zone of the person whom the record belongs to, or else that of the context's actor. */
MUST_USE Status zone_share_of(Context *context, const Object *object, Id record, Str *out);

#endif
