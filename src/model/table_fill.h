/* Sort keys and search tokens of the records that are there already. */
#ifndef ONDO_MODEL_TABLE_FILL_H
#define ONDO_MODEL_TABLE_FILL_H

#include "model.h"
#include "store.h"

/** Computes them anew for all records of the object, deleted ones too; versions stay as they are.
 */
MUST_USE Status table_fill(Transaction *transaction, const Object *object);

#endif
