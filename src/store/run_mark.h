/*
 * Marks of work that goes over all records: what it was last done for, kept in the transaction that
 * did it. Work whose mark still says what would be asked of it now need not be done again.
 */
#ifndef ONDO_STORE_RUN_MARK_H
#define ONDO_STORE_RUN_MARK_H

#include "store.h"

/** Whether the work `name` was last done for `mark`. */
MUST_USE Status run_mark_is(Transaction *transaction, Str name, Str mark, bool *out);
/** Says that it was done for `mark` now, and no longer for anything before. */
MUST_USE Status run_mark_set(Transaction *transaction, Str name, Str mark);

#endif
