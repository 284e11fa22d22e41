#include "migration.h"

#include "clock.h"
#include "migration_steps.h"

/*
 * On PostgreSQL even CREATE TABLE IF NOT EXISTS fails when two processes make the table at the same
 * moment, so the second waits until the first has made it. SQLite has one writer anyway.
 */
static Status wait_for_others(Transaction *transaction) {
    if (transaction_kind(transaction) == STORE_SQLITE) return STATUS_OK;
    Rows *rows CLEANUP(store_drop) = NULL;
    return store_ask_first(transaction, &rows,
                           "SELECT CAST(pg_advisory_xact_lock(7091961) AS text)");
}

static Status make_table(Transaction *transaction, void *data) {
    (void)data;
    Status status = wait_for_others(transaction);
    if (status != STATUS_OK) return status;
    return store_ddl(transaction, STR("CREATE TABLE IF NOT EXISTS \"migration\" ("
                                      "\"step\" {integer} NOT NULL PRIMARY KEY,"
                                      " \"applied_at\" {instant} NOT NULL)"));
}

static Status read_newest(Transaction *transaction, int64_t *out) {
    return store_ask_integer(transaction, out, "SELECT max(\"step\") FROM \"migration\"");
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

bool migration_makes_table(Str name) {
    Arena *arena CLEANUP(arena_drop) = arena_new();
    Str made = str_format(arena, "CREATE TABLE \"%.*s\"", STR_ARGS(name));
    for (int i = 0; i < MIGRATION_STEPS_COUNT; i++) {
        if (str_find_str(MIGRATION_STEPS[i], made) < MIGRATION_STEPS[i].size) return true;
    }
    return false;
}

Status migration_run(Store *store) {
    Clock clock = {0};
    Status status = store_write(store, make_table, NULL);
    return status == STATUS_OK ? store_write(store, apply_steps, &clock) : status;
}
