/* What a roll-up keeps, as SQL over the records that it is kept from. */
#ifndef ONDO_MODEL_ROLLUP_MEASURE_H
#define ONDO_MODEL_ROLLUP_MEASURE_H

#include "model.h"
#include "sql.h"

/**
 * Adds the measure as a scalar subquery over the living records that count and refer to `parent`:
 * an SQL expression of a parent's id, such as a parameter or a column.
 */
void rollup_add_measure(Sql *sql, const Rollup *rollup, Str parent);

#endif
