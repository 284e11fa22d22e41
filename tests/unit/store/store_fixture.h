/*
 * A fresh database for each test, on SQLite, and on PostgreSQL too when ONDO_TEST_POSTGRESQL holds
 * the URI of a server where databases may be made (tools/postgres-for-tests starts one).
 */
#ifndef ONDO_TESTS_STORE_FIXTURE_H
#define ONDO_TESTS_STORE_FIXTURE_H

#include <libpq-fe.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "store.h"

typedef struct Fixture {
    char folder[64];
    char database[512]; /* path or URI */
    char name[64];      /* of the PostgreSQL database */
    Store *store;
} Fixture;

static inline Status fixture_open(const char *database, Store **out) {
    const StoreOptions options = {.database = str_of(database), .readers = 8, .create = true};
    return store_open(&options, out);
}

static inline int fixture_setup_sqlite(void **state) {
    Fixture *fixture = calloc(1, sizeof *fixture);
    snprintf(fixture->folder, sizeof fixture->folder, "/tmp/ondo-store-XXXXXX");
    assert_non_null(mkdtemp(fixture->folder));
    snprintf(fixture->database, sizeof fixture->database, "%s/ondo.db", fixture->folder);
    assert_int_equal(fixture_open(fixture->database, &fixture->store), STATUS_OK);
    *state = fixture;
    return 0;
}

static inline int fixture_teardown_sqlite(void **state) {
    static const char *const ENDINGS[] = {"", "-wal", "-shm"};
    Fixture *fixture = *state;
    char path[600];
    store_close(fixture->store);
    for (size_t i = 0; i < 3; i++) {
        snprintf(path, sizeof path, "%s%s", fixture->database, ENDINGS[i]);
        unlink(path);
    }
    int removed = rmdir(fixture->folder);
    free(fixture);
    return removed;
}

static inline void fixture_on_server(const char *sql) {
    PGconn *connection = PQconnectdb(getenv("ONDO_TEST_POSTGRESQL"));
    PGresult *result = PQexec(connection, sql);
    if (PQresultStatus(result) != PGRES_COMMAND_OK) fail_msg("%s", PQerrorMessage(connection));
    PQclear(result);
    PQfinish(connection);
}

static inline int fixture_setup_postgresql(void **state) {
    static int count;
    const char *uri = getenv("ONDO_TEST_POSTGRESQL");
    char sql[200];
    Fixture *fixture = calloc(1, sizeof *fixture);
    snprintf(fixture->name, sizeof fixture->name, "ondo_test_%d_%d", (int)getpid(), ++count);
    snprintf(sql, sizeof sql, "CREATE DATABASE %s", fixture->name);
    fixture_on_server(sql);
    snprintf(fixture->database, sizeof fixture->database, "%s%cdbname=%s", uri,
             strchr(uri, '?') ? '&' : '?', fixture->name);
    assert_int_equal(fixture_open(fixture->database, &fixture->store), STATUS_OK);
    *state = fixture;
    return 0;
}

static inline int fixture_teardown_postgresql(void **state) {
    Fixture *fixture = *state;
    char sql[200];
    store_close(fixture->store);
    snprintf(sql, sizeof sql, "DROP DATABASE %s WITH (FORCE)", fixture->name);
    fixture_on_server(sql);
    free(fixture);
    return 0;
}

/** The same tests on both databases; see cmocka_run_group_tests. */
#define FIXTURE_TEST_SQLITE(function) \
    cmocka_unit_test_setup_teardown(function, fixture_setup_sqlite, fixture_teardown_sqlite)

/** Runs tests on SQLite, then on PostgreSQL if there is one; the number of failed ones. */
static inline int fixture_run_both(const char *name, struct CMUnitTest *tests, size_t count) {
    int failed = 0;
    for (int server = 0; server < (getenv("ONDO_TEST_POSTGRESQL") ? 2 : 1); server++) {
        for (size_t i = 0; i < count; i++) {
            tests[i].setup_func = server ? fixture_setup_postgresql : fixture_setup_sqlite;
            tests[i].teardown_func = server ? fixture_teardown_postgresql : fixture_teardown_sqlite;
        }
        printf("%s\n", server ? "on PostgreSQL" : "on SQLite");
        failed += _cmocka_run_group_tests(name, tests, count, NULL, NULL);
    }
    return failed;
}

/** Fails the surrounding job, and with it the test, unless the expression gives STATUS_OK. */
#define TRY(expression)                       \
    do {                                      \
        Status tried = (expression);          \
        if (tried != STATUS_OK) return tried; \
    } while (0)

/** A job that runs one DDL text. */
static inline Status fixture_ddl_job(Transaction *transaction, void *sql) {
    return store_ddl(transaction, str_of(sql));
}
static inline void fixture_ddl(Fixture *fixture, const char *sql) {
    char *text = strdup(sql);
    assert_int_equal(store_write(fixture->store, fixture_ddl_job, text), STATUS_OK);
    free(text);
}

typedef struct FixtureCount {
    const char *sql;
    int64_t value;
} FixtureCount;

/** A job that reads one integer. */
static inline Status fixture_count_job(Transaction *transaction, void *data) {
    FixtureCount *count = data;
    Rows *rows CLEANUP(store_drop) = NULL;
    TRY(store_query(transaction, str_of(count->sql), NULL, 0, &rows));
    TRY(store_next(rows));
    count->value = store_column(rows, 0, VALUE_INTEGER).integer;
    return STATUS_OK;
}
static inline int64_t fixture_count(Store *store, const char *sql) {
    FixtureCount count = {.sql = sql};
    assert_int_equal(store_read(store, fixture_count_job, &count), STATUS_OK);
    return count.value;
}

#endif
