/* What a roll-up keeps, as SQL over the records that it is kept from. */
#ifndef ONDO_MODEL_ROLLUP_MEASURE_H
#define ONDO_MODEL_ROLLUP_MEASURE_H

#include "model.h"
#include "sql.h"

/**
 * Adds the measure as a scalar expression over the living records that count and refer to `parent`:
 * an SQL expression of a parent's id, such as a parameter or a column. It stands in an UPDATE of
 * the parent's table, whose own column comes first where a roll-up has `unless`.
 */
void rollup_add_measure(Sql *sql, const Rollup *rollup, Str parent);

/** Whether records with this choice count in a mean. */
bool rollup_counts_choice(const Rollup *rollup, const Choice *choice);
/** How much a record counts in a mean that has `code` in the field that weighs. */
int64_t rollup_weight(const Rollup *rollup, Str code);

/** Adds " AND …" over table "m" where the roll-up counts only records of some choices. */
void rollup_add_where(Sql *sql, const Rollup *rollup);

#endif
