#include "migration.h"

#include <pthread.h>

#include "run_mark.h"
#include "store_fixture.h"

static const char *const TABLES[] = {"journal",    "journal_checkpoint", "session",     "token",
                                     "credential", "sign_in_attempt",    "idempotency", "file",
                                     "import",     "rule_firing"};
enum { TABLES_COUNT = sizeof TABLES / sizeof TABLES[0] };

static Status count_tables(Transaction *transaction, void *data) {
    int *count = data;
    for (int i = 0; i < TABLES_COUNT; i++) {
        bool found;
        TRY(store_exists(transaction, str_of(TABLES[i]), STR(""), &found));
        *count += found;
    }
    return STATUS_OK;
}

static void all_tables_are_made_once(void **state) {
    Store *store = ((Fixture *)*state)->store;
    int count = 0;
    assert_int_equal(migration_run(store), STATUS_OK);
    int64_t steps = fixture_count(store, "SELECT count(*) FROM migration");
    assert_true(steps > 0);
    assert_int_equal(migration_run(store), STATUS_OK);
    assert_int_equal(fixture_count(store, "SELECT count(*) FROM migration"), steps);
    assert_int_equal(store_read(store, count_tables, &count), STATUS_OK);
    assert_int_equal(count, TABLES_COUNT);
}

static void a_newer_database_is_left_alone(void **state) {
    Store *store = ((Fixture *)*state)->store;
    assert_int_equal(migration_run(store), STATUS_OK);
    fixture_ddl(*state, "INSERT INTO migration (step, applied_at) VALUES (100000, 0)");
    assert_int_equal(migration_run(store), STATUS_INVALID);
}

typedef struct Server {
    pthread_t thread;
    Store *store;
    Status status;
} Server;

static void *start_server(void *data) {
    Server *server = data;
    server->status = migration_run(server->store);
    return NULL;
}

static void servers_may_start_together(void **state) {
    Fixture *fixture = *state;
    Server servers[4];
    for (int i = 0; i < 4; i++) {
        assert_int_equal(fixture_open(fixture->database, &servers[i].store), STATUS_OK);
        assert_int_equal(pthread_create(&servers[i].thread, NULL, start_server, &servers[i]), 0);
    }
    for (int i = 0; i < 4; i++) {
        pthread_join(servers[i].thread, NULL);
        assert_int_equal(servers[i].status, STATUS_OK);
        store_close(servers[i].store);
    }
    assert_int_equal(fixture_count(fixture->store, "SELECT count(*) FROM journal"), 0);
}

static Status fire_rule(Transaction *transaction, void *record) {
    return store_run(transaction,
                     "INSERT INTO rule_firing (rule, record, cause, at, run) "
                     "VALUES ($1, $2, $3, $4, $5)",
                     value_text(STR("visit_gap")), value_id(*(Id *)record), value_text(STR("day")),
                     value_integer(1), value_id(id_new(1)));
}

static void a_rule_fires_once_for_a_cause(void **state) {
    Store *store = ((Fixture *)*state)->store;
    Id record = id_new(1), other = id_new(1);
    assert_int_equal(migration_run(store), STATUS_OK);
    assert_int_equal(store_write(store, fire_rule, &record), STATUS_OK);
    assert_int_equal(store_write(store, fire_rule, &record), STATUS_CONFLICT);
    assert_int_equal(store_write(store, fire_rule, &other), STATUS_OK);
}

static void every_table_of_the_system_is_known(void **state) {
    (void)state;
    for (int i = 0; i < TABLES_COUNT; i++) assert_true(migration_makes_table(str_of(TABLES[i])));
    assert_true(migration_makes_table(STR("run_mark")));
    assert_false(migration_makes_table(STR("hcp")));
    assert_false(migration_makes_table(STR("journ")));
    assert_false(migration_makes_table(STR("")));
}

typedef struct Marked {
    const char *name, *mark;
    bool found;
} Marked;

static Status set_mark(Transaction *transaction, void *data) {
    const Marked *marked = data;
    return run_mark_set(transaction, str_of(marked->name), str_of(marked->mark));
}

static Status ask_mark(Transaction *transaction, void *data) {
    Marked *marked = data;
    return run_mark_is(transaction, str_of(marked->name), str_of(marked->mark), &marked->found);
}

static bool is_marked(Store *store, const char *name, const char *mark) {
    Marked marked = {.name = name, .mark = mark};
    assert_int_equal(store_read(store, ask_mark, &marked), STATUS_OK);
    return marked.found;
}

static void work_is_done_for_its_latest_mark_only(void **state) {
    Store *store = ((Fixture *)*state)->store;
    assert_int_equal(migration_run(store), STATUS_OK);
    assert_false(is_marked(store, "scores", "a"));
    assert_int_equal(store_write(store, set_mark, &(Marked){"scores", "a", false}), STATUS_OK);
    assert_true(is_marked(store, "scores", "a"));
    assert_false(is_marked(store, "scores", "b"));
    assert_false(is_marked(store, "other", "a"));
    assert_int_equal(store_write(store, set_mark, &(Marked){"scores", "b", false}), STATUS_OK);
    assert_false(is_marked(store, "scores", "a"));
    assert_true(is_marked(store, "scores", "b"));
}

int main(void) {
    struct CMUnitTest tests[] = {
        cmocka_unit_test(all_tables_are_made_once),
        cmocka_unit_test(a_newer_database_is_left_alone),
        cmocka_unit_test(servers_may_start_together),
        cmocka_unit_test(a_rule_fires_once_for_a_cause),
        cmocka_unit_test(every_table_of_the_system_is_known),
        cmocka_unit_test(work_is_done_for_its_latest_mark_only),
    };
    return fixture_run_both("migration", tests, sizeof tests / sizeof tests[0]);
}
