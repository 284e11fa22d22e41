/* What only the embedded database promises: groups, kills, the size of its WAL, backups. */
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <sys/stat.h>
#include <sys/wait.h>

#include "store_fixture.h"

static const char TABLES[] =
    "CREATE TABLE entry (writer {integer}, turn {integer}, content {text},"
    " PRIMARY KEY (writer, turn));\n"
    "CREATE TABLE owner (name {text} NOT NULL PRIMARY KEY);\n"
    "CREATE TABLE owned (owner {text} REFERENCES owner(name) DEFERRABLE INITIALLY DEFERRED);";

typedef struct Entry {
    int64_t writer, turn;
    Status answer;
} Entry;

static Status write_entry(Transaction *transaction, void *data) {
    const Entry *entry = data;
    TRY(store_run(transaction, "INSERT INTO entry (writer, turn, content) VALUES ($1, $2, $3)",
                  value_integer(entry->writer), value_integer(entry->turn),
                  value_text(STR("some text that takes room"))));
    return entry->answer;
}

/* ---- Groups ---- */

/* Holds the writer until all the others wait, so that they become one group. */
static Status hold_writer(Transaction *transaction, void *data) {
    (void)transaction;
    (void)data;
    usleep(100000);
    return STATUS_OK;
}

typedef struct Caller {
    Store *store;
    StoreJob *job;
    void *data;
    Status status;
    pthread_t thread;
} Caller;

static void *call(void *data) {
    Caller *caller = data;
    caller->status = store_write(caller->store, caller->job, caller->data);
    return NULL;
}

static void start(Caller *caller) {
    assert_int_equal(pthread_create(&caller->thread, NULL, call, caller), 0);
}

static Status break_deferred(Transaction *transaction, void *data) {
    (void)data;
    return store_run(transaction, "INSERT INTO owned (owner) VALUES ('nobody')");
}

static void a_failing_job_does_not_touch_its_group(void **state) {
    Fixture *fixture = *state;
    enum { COUNT = 30 };
    Caller callers[COUNT], holder = {.store = fixture->store, .job = hold_writer};
    Entry entries[COUNT];
    fixture_ddl(fixture, TABLES);
    uint64_t commits = store_figures(fixture->store).commits;
    start(&holder);
    usleep(30000);
    for (int i = 0; i < COUNT; i++) {
        entries[i] = (Entry){.writer = 1, .turn = i, .answer = i % 3 ? STATUS_OK : STATUS_DENIED};
        callers[i] = (Caller){.store = fixture->store, .job = write_entry, .data = &entries[i]};
        if (i % 5 == 4) callers[i].job = break_deferred;
        start(&callers[i]);
    }
    pthread_join(holder.thread, NULL);
    int kept = 0;
    for (int i = 0; i < COUNT; i++) {
        pthread_join(callers[i].thread, NULL);
        Status expected = i % 5 == 4 ? STATUS_CONFLICT : entries[i].answer;
        assert_int_equal(callers[i].status, expected);
        kept += expected == STATUS_OK;
    }
    assert_int_equal(fixture_count(fixture->store, "SELECT count(*) FROM entry"), kept);
    assert_int_equal(fixture_count(fixture->store, "SELECT count(*) FROM owned"), 0);
    /* Grouped: far fewer commits than jobs. */
    assert_true(store_figures(fixture->store).commits - commits <= 6);
}

static void closing_finishes_what_waits(void **state) {
    Fixture *fixture = *state;
    enum { COUNT = 20 };
    Caller callers[COUNT], holder = {.store = fixture->store, .job = hold_writer};
    Entry entries[COUNT];
    fixture_ddl(fixture, TABLES);
    start(&holder);
    usleep(20000);
    for (int i = 0; i < COUNT; i++) {
        entries[i] = (Entry){.writer = 1, .turn = i};
        callers[i] = (Caller){.store = fixture->store, .job = write_entry, .data = &entries[i]};
        start(&callers[i]);
    }
    usleep(40000);
    store_close(fixture->store);
    fixture->store = NULL;
    pthread_join(holder.thread, NULL);
    for (int i = 0; i < COUNT; i++) {
        pthread_join(callers[i].thread, NULL);
        assert_int_equal(callers[i].status, STATUS_OK);
    }
    assert_int_equal(fixture_open(fixture->database, &fixture->store), STATUS_OK);
    assert_int_equal(fixture_count(fixture->store, "SELECT count(*) FROM entry"), COUNT);
}

/* ---- Kills ---- */

enum { KILLS = 20, KILL_WRITERS = 8 };

typedef struct Victim {
    Store *store;
    int64_t writer, turn;
    int pipe;
} Victim;

static void *write_and_report(void *data) {
    Victim *victim = data;
    for (;;) {
        Entry entry = {.writer = victim->writer, .turn = victim->turn++};
        if (store_write(victim->store, write_entry, &entry) != STATUS_OK) _exit(3);
        int64_t report[2] = {entry.writer, entry.turn};
        if (write(victim->pipe, report, sizeof report) != sizeof report) _exit(4);
    }
    return NULL;
}

/* The child: writes until it is killed, and reports each write that was acknowledged. */
static void write_until_killed(const char *database, int round, int pipe) {
    Store *store;
    Victim victims[KILL_WRITERS];
    pthread_t threads[KILL_WRITERS];
    if (fixture_open(database, &store) != STATUS_OK) _exit(2);
    for (int i = 0; i < KILL_WRITERS; i++) {
        victims[i] = (Victim){.store = store, .writer = round * KILL_WRITERS + i, .pipe = pipe};
        if (pthread_create(&threads[i], NULL, write_and_report, &victims[i]) != 0) _exit(5);
    }
    for (;;) pause();
}

/* Reads the reports up to the death of the child; `last` gets each writer's last turn. */
static int collect_reports(int pipe, int round, int64_t last[KILL_WRITERS]) {
    int64_t report[2];
    int count = 0;
    for (int i = 0; i < KILL_WRITERS; i++) last[i] = -1;
    while (read(pipe, report, sizeof report) == sizeof report) {
        int64_t writer = report[0] - (int64_t)round * KILL_WRITERS;
        assert_in_range(writer, 0, KILL_WRITERS - 1);
        assert_int_equal(report[1], last[writer] + 1);
        last[writer] = report[1];
        count++;
    }
    return count;
}

static void check_reported(Store *store, int round, const int64_t last[KILL_WRITERS]) {
    char sql[160];
    for (int i = 0; i < KILL_WRITERS; i++) {
        snprintf(sql, sizeof sql,
                 "SELECT count(*) FROM entry WHERE writer = %d AND turn BETWEEN 0 AND %lld",
                 round * KILL_WRITERS + i, (long long)last[i]);
        assert_int_equal(fixture_count(store, sql), last[i] + 1);
    }
}

static Status check_integrity(Transaction *transaction, void *data) {
    Rows *rows CLEANUP(store_drop) = NULL;
    (void)data;
    TRY(store_ask(transaction, &rows, "PRAGMA integrity_check"));
    TRY(store_next(rows));
    return str_is(store_column(rows, 0, VALUE_TEXT).text, "ok") ? STATUS_OK : STATUS_FAILED;
}

static int kill_once(Fixture *fixture, int round, unsigned *seed) {
    int ends[2], outcome;
    int64_t last[KILL_WRITERS];
    assert_int_equal(pipe(ends), 0);
    pid_t child = fork();
    assert_true(child >= 0);
    if (child == 0) {
        close(ends[0]);
        write_until_killed(fixture->database, round, ends[1]);
    }
    close(ends[1]);
    /* The first reports may be long in coming on a busy machine; the moment after is random. */
    usleep(30000 + (unsigned)rand_r(seed) % 120000);
    assert_int_equal(kill(child, SIGKILL), 0);
    int count = collect_reports(ends[0], round, last);
    close(ends[0]);
    assert_int_equal(waitpid(child, &outcome, 0), child);
    assert_true(WIFSIGNALED(outcome));
    assert_int_equal(fixture_open(fixture->database, &fixture->store), STATUS_OK);
    assert_int_equal(store_read(fixture->store, check_integrity, NULL), STATUS_OK);
    check_reported(fixture->store, round, last);
    store_close(fixture->store);
    fixture->store = NULL;
    return count;
}

static void no_acknowledged_write_is_lost_to_a_kill(void **state) {
    Fixture *fixture = *state;
    unsigned seed = (unsigned)getpid();
    int count = 0;
    fixture_ddl(fixture, TABLES);
    store_close(fixture->store);
    fixture->store = NULL;
    for (int round = 0; round < KILLS; round++) count += kill_once(fixture, round, &seed);
    assert_true(count > 100);
    print_message("%d acknowledged writes over %d kills\n", count, KILLS);
}

/* ---- The file ---- */

static void several_processes_write_one_file(void **state) {
    Fixture *fixture = *state;
    enum { CHILDREN = 3, TURNS = 100 };
    fixture_ddl(fixture, TABLES);
    pid_t children[CHILDREN];
    /* Connections must not cross a fork. */
    store_close(fixture->store);
    fixture->store = NULL;
    for (int i = 0; i < CHILDREN; i++) {
        children[i] = fork();
        if (children[i] != 0) continue;
        Store *store;
        if (fixture_open(fixture->database, &store) != STATUS_OK) _exit(1);
        for (int turn = 0; turn < TURNS; turn++) {
            Entry entry = {.writer = i, .turn = turn};
            if (store_write(store, write_entry, &entry) != STATUS_OK) _exit(2);
        }
        store_close(store);
        _exit(0);
    }
    for (int i = 0; i < CHILDREN; i++) {
        int outcome;
        assert_int_equal(waitpid(children[i], &outcome, 0), children[i]);
        assert_true(WIFEXITED(outcome) && WEXITSTATUS(outcome) == 0);
    }
    assert_int_equal(fixture_open(fixture->database, &fixture->store), STATUS_OK);
    assert_int_equal(fixture_count(fixture->store, "SELECT count(*) FROM entry"), CHILDREN * TURNS);
}

static Status write_pages(Transaction *transaction, void *data) {
    (void)data;
    return store_run(transaction,
                     "INSERT INTO entry (writer, turn, content) SELECT $1, value, "
                     "hex(zeroblob(2000)) FROM (WITH RECURSIVE n(value) AS (SELECT 1 UNION ALL "
                     "SELECT value + 1 FROM n WHERE value < 2000) SELECT value FROM n)",
                     value_integer(*(int *)data));
}

typedef struct Reader {
    Store *store;
    atomic_bool *stop;
    pthread_t thread;
} Reader;

static Status read_slowly(Transaction *transaction, void *data) {
    FixtureCount count = {.sql = "SELECT count(*) FROM entry"};
    (void)data;
    usleep(5000);
    return fixture_count_job(transaction, &count);
}

static void *read_all_the_time(void *data) {
    Reader *reader = data;
    while (!atomic_load(reader->stop))
        assert_int_equal(store_read(reader->store, read_slowly, NULL), STATUS_OK);
    return NULL;
}

/* Readers that overlap hold some part of the WAL at any time; it must stay bounded all the same. */
static void the_wal_stays_bounded_under_load(void **state) {
    Fixture *fixture = *state;
    atomic_bool stop = false;
    Reader readers[4];
    char path[600];
    struct stat file;
    fixture_ddl(fixture, TABLES);
    for (int i = 0; i < 4; i++) {
        readers[i] = (Reader){.store = fixture->store, .stop = &stop};
        assert_int_equal(pthread_create(&readers[i].thread, NULL, read_all_the_time, &readers[i]),
                         0);
    }
    /* About 2,000 frames each; 40 MB in all would be 300 MB of WAL if nothing bounded it. */
    for (int i = 0; i < 40; i++) {
        assert_int_equal(store_write(fixture->store, write_pages, &i), STATUS_OK);
    }
    assert_true(store_figures(fixture->store).wal_frames > 0);
    atomic_store(&stop, true);
    for (int i = 0; i < 4; i++) pthread_join(readers[i].thread, NULL);
    snprintf(path, sizeof path, "%s-wal", fixture->database);
    assert_int_equal(stat(path, &file), 0);
    assert_true(file.st_size < 128 * 1024 * 1024);
}

typedef struct Busy {
    Store *store;
    atomic_bool *stop;
    int64_t writer;
    pthread_t thread;
} Busy;

/* Each job writes two rows that belong together. */
static Status write_pair(Transaction *transaction, void *data) {
    Entry entry = *(const Entry *)data;
    TRY(write_entry(transaction, &entry));
    entry.turn = -entry.turn;
    return write_entry(transaction, &entry);
}

static void *write_all_the_time(void *data) {
    Busy *busy = data;
    for (int64_t turn = 1; !atomic_load(busy->stop); turn++) {
        Entry entry = {.writer = busy->writer, .turn = turn};
        assert_int_equal(store_write(busy->store, write_pair, &entry), STATUS_OK);
    }
    return NULL;
}

static void check_copy(const char *path) {
    Store *copy;
    assert_int_equal(fixture_open(path, &copy), STATUS_OK);
    assert_int_equal(store_read(copy, check_integrity, NULL), STATUS_OK);
    assert_int_equal(fixture_count(copy, "SELECT count(*) FROM entry WHERE writer < 10"), 20000);
    assert_int_equal(fixture_count(copy, "SELECT sum(turn) FROM entry WHERE writer >= 1000"), 0);
    store_close(copy);
    assert_int_equal(unlink(path), 0);
}

static void a_backup_is_whole_while_writers_work(void **state) {
    Fixture *fixture = *state;
    enum { WRITERS = 4 };
    atomic_bool stop = false;
    Busy writers[WRITERS];
    char path[600];
    fixture_ddl(fixture, TABLES);
    for (int i = 0; i < 10; i++) {
        assert_int_equal(store_write(fixture->store, write_pages, &i), STATUS_OK);
    }
    for (int i = 0; i < WRITERS; i++) {
        writers[i] = (Busy){.store = fixture->store, .stop = &stop, .writer = 1000 + i};
        assert_int_equal(pthread_create(&writers[i].thread, NULL, write_all_the_time, &writers[i]),
                         0);
    }
    snprintf(path, sizeof path, "%s/copy.db", fixture->folder);
    for (int round = 0; round < 3; round++) {
        usleep(20000);
        assert_int_equal(store_backup(fixture->store, str_of(path)), STATUS_OK);
        check_copy(path);
    }
    atomic_store(&stop, true);
    for (int i = 0; i < WRITERS; i++) pthread_join(writers[i].thread, NULL);
    assert_true(fixture_count(fixture->store, "SELECT count(*) FROM entry") > 20000);
}

/* Says stop when it is asked for the last time. */
static bool go_on_for(void *data) {
    int *times = data;
    return (*times)-- > 1;
}

static void a_backup_stops_when_told_and_leaves_nothing(void **state) {
    Fixture *fixture = *state;
    enum { TIMES_MOST = 1000 };
    char path[600], part[620];
    fixture_ddl(fixture, TABLES);
    for (int i = 0; i < 10; i++) {
        assert_int_equal(store_write(fixture->store, write_pages, &i), STATUS_OK);
    }
    snprintf(path, sizeof path, "%s/copy.db", fixture->folder);
    snprintf(part, sizeof part, "%s.part", path);
    for (int times = 1; times <= 2; times++) {
        int left = times;
        assert_int_equal(store_backup_while(fixture->store, str_of(path), go_on_for, &left),
                         STATUS_BUSY);
        assert_int_equal(left, 0);
        assert_int_equal(access(path, F_OK), -1);
        assert_int_equal(access(part, F_OK), -1);
    }
    int left = TIMES_MOST;
    assert_int_equal(store_backup_while(fixture->store, str_of(path), go_on_for, &left), STATUS_OK);
    assert_true(left < TIMES_MOST - 2); /* it was asked between steps */
    check_copy(path);
}

static void a_missing_file_is_not_made_unasked(void **state) {
    Fixture *fixture = *state;
    char path[600];
    Store *store = NULL;
    snprintf(path, sizeof path, "%s/absent.db", fixture->folder);
    const StoreOptions options = {.database = str_of(path)};
    assert_int_equal(store_open(&options, &store), STATUS_NOT_FOUND);
    assert_null(store);
    assert_int_equal(access(path, F_OK), -1);
    snprintf(path, sizeof path, "%s/no-such-folder/ondo.db", fixture->folder);
    assert_int_equal(fixture_open(path, &store), STATUS_FAILED);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        FIXTURE_TEST_SQLITE(a_failing_job_does_not_touch_its_group),
        FIXTURE_TEST_SQLITE(closing_finishes_what_waits),
        FIXTURE_TEST_SQLITE(no_acknowledged_write_is_lost_to_a_kill),
        FIXTURE_TEST_SQLITE(several_processes_write_one_file),
        FIXTURE_TEST_SQLITE(the_wal_stays_bounded_under_load),
        FIXTURE_TEST_SQLITE(a_backup_is_whole_while_writers_work),
        FIXTURE_TEST_SQLITE(a_backup_stops_when_told_and_leaves_nothing),
        FIXTURE_TEST_SQLITE(a_missing_file_is_not_made_unasked),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
