/* Records that cells refer to by a unique field ("primary_hco.facility_code"). */
#ifndef ONDO_EXCHANGE_IMPORT_LOOKUP_H
#define ONDO_EXCHANGE_IMPORT_LOOKUP_H

#include "import_row.h"

/** References that rows of one group name, each looked up once. */
typedef struct ImportLookups {
    const ImportMap *map;
    struct ImportFound *found; /* hash; in the context's arena but for its table */
} ImportLookups;

/** One query for each column that looks references up, for the READY rows of the group. */
MUST_USE Status import_lookups_read(Context *context, const ImportGroup *group, ImportLookups *out);
/** Gives back what the arena does not hold. Fits CLEANUP. */
void import_lookups_free(ImportLookups *lookups);

/**
 * The id that a column's value stands for. STATUS_INVALID with "import_reference_missing" in the
 * context's problem when there is no such record, or the actor may not see it. A record of the
 * object being imported may have been made by an earlier row: then it is asked for again.
 */
MUST_USE Status import_lookup_find(Context *context, const ImportLookups *lookups, size_t column,
                                   const Value *value, Value *out);

#endif
