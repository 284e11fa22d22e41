/* One row a work, so that what it was done for before is forgotten as it is done again. */
#include "run_mark.h"

Status run_mark_is(Transaction *transaction, Str name, Str mark, bool *out) {
    return store_ask_any(transaction, out,
                         "SELECT 1 FROM \"run_mark\" WHERE \"name\" = $1 AND \"mark\" = $2",
                         value_text(name), value_text(mark));
}

Status run_mark_set(Transaction *transaction, Str name, Str mark) {
    return store_run(transaction,
                     "INSERT INTO \"run_mark\" (\"name\", \"mark\") VALUES ($1, $2) "
                     "ON CONFLICT (\"name\") DO UPDATE SET \"mark\" = excluded.\"mark\"",
                     value_text(name), value_text(mark));
}
