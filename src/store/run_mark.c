/* One row a work, so that what it was done for before is forgotten as it is done again. */
#include "run_mark.h"

Status run_mark_is(Transaction *transaction, Str name, Str mark, bool *out) {
    Rows *rows CLEANUP(store_drop) = NULL;
    *out = false;
    Status status = store_ask(transaction, &rows,
                              "SELECT 1 FROM \"run_mark\" WHERE \"name\" = $1 AND \"mark\" = $2",
                              value_text(name), value_text(mark));
    if (status == STATUS_OK) status = store_next(rows);
    *out = status == STATUS_OK;
    return status == STATUS_END ? STATUS_OK : status;
}

Status run_mark_set(Transaction *transaction, Str name, Str mark) {
    return store_run(transaction,
                     "INSERT INTO \"run_mark\" (\"name\", \"mark\") VALUES ($1, $2) "
                     "ON CONFLICT (\"name\") DO UPDATE SET \"mark\" = excluded.\"mark\"",
                     value_text(name), value_text(mark));
}
