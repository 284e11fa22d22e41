/* Sort keys, search tokens and roll-ups of the records that are there already. */
#ifndef ONDO_MODEL_TABLE_FILL_H
#define ONDO_MODEL_TABLE_FILL_H

#include "model.h"
#include "store.h"

/** Computes them anew for all records of the object, deleted ones too; versions stay as they are.
 */
MUST_USE Status table_fill(Transaction *transaction, const Object *object);
/** Gives the field's default to all records of the object in which it is empty. */
MUST_USE Status table_fill_default(Transaction *transaction, const Object *object,
                                   const Field *field);
/** Measures a roll-up of all records of the object anew; versions stay as they are (ADR 5). */
MUST_USE Status table_fill_rollup(Transaction *transaction, const Object *object,
                                  const Field *field);

#endif
