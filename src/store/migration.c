#include "migration.h"

#include "clock.h"
#include "migration_steps.h"

/* Two processes that make the table at the same time on PostgreSQL: one of them has to try again.
 */
enum { TRIES = 3 };

static Status make_table(Transaction *transaction, void *data) {
    (void)data;
    return store_ddl(transaction, STR("CREATE TABLE IF NOT EXISTS \"migration\" ("
                                      "\"step\" {integer} NOT NULL PRIMARY KEY,"
                                      " \"applied_at\" {instant} NOT NULL)"));
}

static Status read_newest(Transaction *transaction, int64_t *out) {
    Rows *rows CLEANUP(store_drop) = NULL;
    Status status = store_ask(transaction, &rows, "SELECT max(\"step\") FROM \"migration\"");
    if (status == STATUS_OK) status = store_next(rows);
    if (status != STATUS_OK) return status;
    Value newest = store_column(rows, 0, VALUE_INTEGER);
    *out = value_is_null(&newest) ? 0 : newest.integer;
    return STATUS_OK;
}

/* All that is missing, or nothing. */
static Status apply_steps(Transaction *transaction, void *data) {
    const Clock *clock = data;
    int64_t newest;
    /* Other servers wait here, before anything is read. On SQLite there is one writer anyway. */
    if (transaction_kind(transaction) == STORE_POSTGRESQL) {
        Status locked = store_ddl(transaction, STR("LOCK TABLE \"migration\" IN EXCLUSIVE MODE"));
        if (locked != STATUS_OK) return locked;
    }
    Status status = read_newest(transaction, &newest);
    if (status != STATUS_OK) return status;
    if (newest > MIGRATION_STEPS_COUNT) return STATUS_INVALID;
    for (int64_t step = newest + 1; step <= MIGRATION_STEPS_COUNT; step++) {
        status = store_ddl(transaction, MIGRATION_STEPS[step - 1]);
        if (status != STATUS_OK) return status;
        status = store_run(transaction,
                           "INSERT INTO \"migration\" (\"step\", \"applied_at\") VALUES ($1, $2)",
                           value_integer(step), value_integer(clock_now(clock)));
        if (status != STATUS_OK) return status;
    }
    return STATUS_OK;
}

Status migration_run(Store *store) {
    Clock clock = {0};
    Status status = STATUS_CONFLICT;
    for (int tries = 0; status == STATUS_CONFLICT && tries < TRIES; tries++) {
        status = store_write(store, make_table, NULL);
    }
    return status == STATUS_OK ? store_write(store, apply_steps, &clock) : status;
}
