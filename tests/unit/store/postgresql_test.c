/* What only a database behind a network can do: lose connections, deadlock, guess types. */
#include <pthread.h>

#include "store_fixture.h"

enum { SKIPPED = 77 /* what Meson takes for "not run" */ };

static const char TABLES[] =
    "CREATE TABLE item (name {text} NOT NULL PRIMARY KEY, size {integer}, owner {id},"
    " good {boolean}, weight {decimal});\n"
    "INSERT INTO item (name, size) VALUES ('a', 0), ('b', 0);";

static void disconnect_all(const Fixture *fixture) {
    char sql[200];
    snprintf(sql, sizeof sql,
             "DO $$BEGIN PERFORM pg_terminate_backend(pid, 5000) FROM pg_stat_activity "
             "WHERE datname = '%s'; END$$",
             fixture->name);
    fixture_on_server(sql);
}

static Status grow(Transaction *transaction, void *name) {
    return store_run(transaction, "UPDATE item SET size = size + 1 WHERE name = $1",
                     value_text(str_of(name)));
}

static int64_t size_of_all(Store *store) {
    return fixture_count(store, "SELECT sum(size) FROM item");
}

/* A restart of the server, a failover, an impatient proxy: nobody notices. */
static void idle_connections_may_be_lost(void **state) {
    Fixture *fixture = *state;
    fixture_ddl(fixture, TABLES);
    assert_int_equal(size_of_all(fixture->store), 0);
    disconnect_all(fixture);
    assert_int_equal(size_of_all(fixture->store), 0);
    disconnect_all(fixture);
    assert_int_equal(store_write(fixture->store, grow, (char[]){"a"}), STATUS_OK);
    disconnect_all(fixture);
    fixture_ddl(fixture, "CREATE TABLE other (a {integer})");
    assert_int_equal(size_of_all(fixture->store), 1);
}

typedef struct Cut {
    const Fixture *fixture;
    int runs;
} Cut;

/* Loses its connection in the middle when it runs for the first time. */
static Status grow_and_lose(Transaction *transaction, void *data) {
    Cut *cut = data;
    cut->runs++;
    TRY(grow(transaction, (char[]){"a"}));
    if (cut->runs == 1) disconnect_all(cut->fixture);
    return grow(transaction, (char[]){"b"});
}

static Status read_and_lose(Transaction *transaction, void *data) {
    FixtureCount count = {.sql = "SELECT count(*) FROM item"};
    Cut *cut = data;
    cut->runs++;
    TRY(fixture_count_job(transaction, &count));
    disconnect_all(cut->fixture);
    return fixture_count_job(transaction, &count);
}

static void a_job_that_loses_its_connection_is_run_again(void **state) {
    Fixture *fixture = *state;
    Cut cut = {.fixture = fixture};
    fixture_ddl(fixture, TABLES);
    assert_int_equal(store_write(fixture->store, grow_and_lose, &cut), STATUS_OK);
    assert_int_equal(cut.runs, 2);
    assert_int_equal(size_of_all(fixture->store), 2);
    assert_int_equal(store_figures(fixture->store).retries, 1);
    /* A reading job may have told somebody already, so it is not. */
    cut.runs = 0;
    assert_int_equal(store_read(fixture->store, read_and_lose, &cut), STATUS_FAILED);
    assert_int_equal(cut.runs, 1);
    assert_int_equal(size_of_all(fixture->store), 2);
}

typedef struct Pair {
    Store *store;
    char *first, *second;
    pthread_t thread;
    Status status;
} Pair;

static Status grow_two(Transaction *transaction, void *data) {
    Pair *pair = data;
    TRY(grow(transaction, pair->first));
    usleep(50000);
    return grow(transaction, pair->second);
}

static void *grow_in_order(void *data) {
    Pair *pair = data;
    for (int i = 0; i < 2 && pair->status == STATUS_OK; i++) {
        pair->status = store_write(pair->store, grow_two, pair);
    }
    return NULL;
}

static void deadlocks_are_run_again(void **state) {
    Fixture *fixture = *state;
    char a[] = "a", b[] = "b";
    Pair pairs[2] = {{.store = fixture->store, .first = a, .second = b},
                     {.store = fixture->store, .first = b, .second = a}};
    fixture_ddl(fixture, TABLES);
    for (int i = 0; i < 2; i++) {
        assert_int_equal(pthread_create(&pairs[i].thread, NULL, grow_in_order, &pairs[i]), 0);
    }
    for (int i = 0; i < 2; i++) {
        pthread_join(pairs[i].thread, NULL);
        assert_int_equal(pairs[i].status, STATUS_OK);
    }
    assert_int_equal(size_of_all(fixture->store), 8);
    assert_true(store_figures(fixture->store).retries > 0);
}

static Status put_item(Transaction *transaction, Value name, Value size, Value owner, Value good,
                       Value weight) {
    return store_run(transaction,
                     "INSERT INTO item (name, size, owner, good, weight) "
                     "VALUES ($1, $2, $3, $4, $5)",
                     name, size, owner, good, weight);
}

static Status put_all_kinds(Transaction *transaction, void *data) {
    Value none = value_null(), id = value_id(id_new(1));
    (void)data;
    TRY(put_item(transaction, value_text(STR("1")), none, none, none, none));
    TRY(put_item(transaction, value_text(STR("2")), value_integer(1), none, value_boolean(true),
                 value_decimal(1.5)));
    TRY(put_item(transaction, value_text(STR("3")), value_text(STR("7")), id, none, none));
    TRY(put_item(transaction, value_text(STR("4")), none, id, value_boolean(false), none));
    TRY(put_item(transaction, value_text(STR("5")), value_integer(3), none, none,
                 value_integer(2)));
    FixtureCount prepared = {.sql =
                                 "SELECT count(*) FROM pg_prepared_statements "
                                 "WHERE statement LIKE 'INSERT INTO item%'"};
    TRY(fixture_count_job(transaction, &prepared));
    *(int64_t *)data = prepared.value;
    return STATUS_OK;
}

/* NULLs and kinds come in all mixtures; that must work, and must not prepare one each. */
static void one_text_takes_all_kinds(void **state) {
    Fixture *fixture = *state;
    int64_t prepared = 0;
    fixture_ddl(fixture, TABLES);
    assert_int_equal(store_write(fixture->store, put_all_kinds, &prepared), STATUS_OK);
    assert_int_equal(prepared, 2); /* the common one, and the one with weight as integer */
    assert_int_equal(size_of_all(fixture->store), 11);
    assert_int_equal(fixture_count(fixture->store, "SELECT count(*) FROM item WHERE good"), 1);
    assert_int_equal(fixture_count(fixture->store, "SELECT count(owner) FROM item"), 2);
}

static Status put_nul(Transaction *transaction, void *data) {
    (void)data;
    return store_run(transaction, "INSERT INTO item (name) VALUES ($1)",
                     value_text(STR("with\0nul")));
}

static void text_with_nul_is_invalid(void **state) {
    Fixture *fixture = *state;
    fixture_ddl(fixture, TABLES);
    assert_int_equal(store_write(fixture->store, put_nul, NULL), STATUS_INVALID);
}

static void what_is_not_there_is_told_apart(void **state) {
    Fixture *fixture = *state;
    char uri[600];
    Store *store = NULL;
    snprintf(uri, sizeof uri, "%s_absent", fixture->database);
    assert_int_equal(fixture_open(uri, &store), STATUS_NOT_FOUND);
    assert_int_equal(fixture_open("postgresql:///x?host=/nonexistent", &store), STATUS_FAILED);
    assert_null(store);
    assert_int_equal(store_backup(fixture->store, STR("/tmp/never.db")), STATUS_INVALID);
}

int main(void) {
    struct CMUnitTest tests[] = {
        cmocka_unit_test(idle_connections_may_be_lost),
        cmocka_unit_test(a_job_that_loses_its_connection_is_run_again),
        cmocka_unit_test(deadlocks_are_run_again),
        cmocka_unit_test(one_text_takes_all_kinds),
        cmocka_unit_test(text_with_nul_is_invalid),
        cmocka_unit_test(what_is_not_there_is_told_apart),
    };
    if (!getenv("ONDO_TEST_POSTGRESQL")) return SKIPPED;
    for (size_t i = 0; i < sizeof tests / sizeof tests[0]; i++) {
        tests[i].setup_func = fixture_setup_postgresql;
        tests[i].teardown_func = fixture_teardown_postgresql;
    }
    return cmocka_run_group_tests(tests, NULL, NULL);
}
