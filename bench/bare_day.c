/*
 * What SQLite alone does of a day: the measure that bench/day holds the server against.
 *
 *     bare_day today DATABASE TIMES LOGIN     the queries behind one Today: median and p95, ms
 *     bare_day daily DATABASE TASKS           one day's marking of all HCPs and TASKS tasks, seconds
 *
 * `today` reads for a representative what the lists of Today hold, and counts each. `daily` asks in
 * one statement what the warning asks of every HCP, writes what differs, finds the HCPs that rules
 * would act on, and copies as many tasks as rules have made, all durable in one transaction; it
 * changes the database, so give it a copy.
 */
#include <sqlite3.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { ID_SIZE = 16, TIMES_MOST = 10000, SQL_MOST = 4096 };

static void die(sqlite3 *database, const char *what) {
    fprintf(stderr, "bare_day: %s: %s\n", what, database ? sqlite3_errmsg(database) : "");
    exit(1);
}

static double seconds_now(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

/* WAL and a full sync at each commit, as the server has them. */
static sqlite3 *open_database(const char *path) {
    static const char SETTINGS[] =
        "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA mmap_size=100663296";
    sqlite3 *database = NULL;
    if (sqlite3_open_v2(path, &database, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, NULL) !=
        SQLITE_OK) {
        die(database, path);
    }
    sqlite3_busy_timeout(database, 10000);
    if (sqlite3_exec(database, SETTINGS, NULL, NULL, NULL) != SQLITE_OK) die(database, SETTINGS);
    return database;
}

/* ---- Today ---- */

typedef struct List {
    const char *columns, *from, *order;
} List;

#define PERSON                                                                                \
    "r.id, r.kind, r.family_name, r.given_name, r.family_kana, r.given_kana, r.family_latin," \
    " r.given_latin, r.temperature, r.department, h.name, r.last_visit_at"
#define OF_PERSON "hcp AS r LEFT JOIN hco AS h ON h.id = r.primary_hco WHERE r.deleted_at IS NULL AND r.owner = ?1 AND "
#define TODAY "strftime('%Y-%m-%d', 'now')"
#define MILLISECONDS "CAST(strftime('%s', 'now') AS INTEGER) * 1000"

static const List LISTS[] = {
    {PERSON ", r.next_action, r.next_action_due",
     OF_PERSON "r.next_action_due <= strftime('%Y-%m-%d', 'now', 'weekday 0')", "r.next_action_due"},
    {PERSON ", r.temperature_previous, r.temperature_changed_at",
     OF_PERSON "r.temperature IN ('skeptical', 'prefers_competitor')",
     "r.temperature_changed_at DESC"},
    {PERSON,
     OF_PERSON "(r.last_visit_at IS NULL OR r.last_visit_at < " MILLISECONDS
               " - 14 * 86400000) AND EXISTS (SELECT 1 FROM sign AS s WHERE s.hcp = r.id AND"
               " s.cleared_at IS NULL AND s.deleted_at IS NULL)",
     "r.last_visit_at"},
    {PERSON ", r.warning_reasons, r.warning_since", OF_PERSON "r.warning = 'act'",
     "r.warning_points DESC"},
    {"r.id, r.planned_at, r.channel, r.state, p.family_name, p.given_name",
     "visit AS r LEFT JOIN hcp AS p ON p.id = r.hcp WHERE r.deleted_at IS NULL AND r.owner = ?1 AND"
     " r.state IN ('planned', 'draft') AND (r.planned_at IS NULL OR r.planned_at < " MILLISECONDS
     " + 7 * 86400000)",
     "r.planned_at"},
    {"r.id, r.deliverable, r.due_at, r.state, p.family_name, p.given_name",
     "promise AS r LEFT JOIN hcp AS p ON p.id = r.hcp WHERE r.deleted_at IS NULL AND r.owner = ?1"
     " AND r.state IN ('open', 'delivered') AND r.due_at < " MILLISECONDS " + 7 * 86400000",
     "r.due_at"},
    {"r.id, r.subject, r.body, r.due_at, r.state, p.family_name, p.given_name",
     "task AS r LEFT JOIN hcp AS p ON p.id = r.hcp WHERE r.deleted_at IS NULL AND r.owner = ?1 AND"
     " r.state = 'open' AND (r.due_at IS NULL OR r.due_at < " MILLISECONDS " + 31 * 86400000)",
     "r.due_at"},
};
enum { LIST_COUNT = sizeof LISTS / sizeof *LISTS };

static sqlite3_stmt *prepare(sqlite3 *database, const char *sql, const unsigned char *owner) {
    sqlite3_stmt *statement = NULL;
    if (sqlite3_prepare_v3(database, sql, -1, SQLITE_PREPARE_PERSISTENT, &statement, NULL) !=
        SQLITE_OK) {
        die(database, sql);
    }
    sqlite3_bind_blob(statement, 1, owner, ID_SIZE, SQLITE_STATIC);
    return statement;
}

static void find_user(sqlite3 *database, const char *login, unsigned char *id) {
    sqlite3_stmt *statement = NULL;
    sqlite3_prepare_v2(database, "SELECT id FROM user WHERE login = ?1", -1, &statement, NULL);
    sqlite3_bind_text(statement, 1, login, -1, SQLITE_STATIC);
    if (sqlite3_step(statement) != SQLITE_ROW) die(database, login);
    memcpy(id, sqlite3_column_blob(statement, 0), ID_SIZE);
    sqlite3_finalize(statement);
}

static void read_all(sqlite3_stmt *statement) {
    static volatile int64_t bytes;
    while (sqlite3_step(statement) == SQLITE_ROW) {
        for (int i = 0; i < sqlite3_column_count(statement); i++) {
            bytes += sqlite3_column_bytes(statement, i);
        }
    }
    sqlite3_reset(statement);
}

static int compare(const void *a, const void *b) {
    double one = *(const double *)a, other = *(const double *)b;
    return (one > other) - (one < other);
}

static void measure_today(const char *path, int times, const char *login) {
    static double taken[TIMES_MOST];
    sqlite3_stmt *statements[LIST_COUNT * 2];
    unsigned char owner[ID_SIZE];
    char sql[SQL_MOST];
    sqlite3 *database = open_database(path);
    find_user(database, login, owner);
    for (int i = 0; i < LIST_COUNT; i++) {
        snprintf(sql, sizeof sql, "SELECT %s FROM %s ORDER BY %s, r.id LIMIT 51", LISTS[i].columns,
                 LISTS[i].from, LISTS[i].order);
        statements[2 * i] = prepare(database, sql, owner);
        snprintf(sql, sizeof sql, "SELECT count(*) FROM %s", LISTS[i].from);
        statements[2 * i + 1] = prepare(database, sql, owner);
    }
    for (int round = 0; round < times; round++) {
        double start = seconds_now();
        for (int i = 0; i < LIST_COUNT * 2; i++) read_all(statements[i]);
        taken[round] = (seconds_now() - start) * 1000;
    }
    qsort(taken, (size_t)times, sizeof *taken, compare);
    printf("%.2f %.2f\n", taken[times / 2], taken[times * 95 / 100]);
    for (int i = 0; i < LIST_COUNT * 2; i++) sqlite3_finalize(statements[i]);
    sqlite3_close(database);
}

/* ---- The daily run ---- */

#define DAYS(column) "((" MILLISECONDS " - " column ") / 86400000)"
#define OPEN_SIGN(kind)                                                                       \
    "EXISTS (SELECT 1 FROM sign AS s WHERE s.hcp = r.id AND s.kind = '" kind                  \
    "' AND s.cleared_at IS NULL AND s.deleted_at IS NULL)"

static const char MARK[] =
    "WITH flagged AS MATERIALIZED (SELECT r.id, r.temperature IN ('enthusiastic', 'favorable',"
    " 'neutral') AND r.last_visit_at IS NOT NULL AS applies, r.temperature_direction = 'down' AND "
    DAYS("r.temperature_changed_at") " <= 120 AS a, " DAYS("r.temperature_read_at")
    " >= 120 AS b, " OPEN_SIGN("cooler") " AS c, " OPEN_SIGN("raised_competitor") " AS d, "
    DAYS("r.last_visit_at") " >= 60 AS e, (r.visit_preference = 'monthly' AND "
    DAYS("r.last_visit_at") " >= 45) OR (r.visit_preference = 'by_appointment' AND EXISTS (SELECT 1"
    " FROM visit AS v WHERE v.hcp = r.id AND v.planned_at IS NULL AND v.channel = 'in_person' AND "
    DAYS("v.held_at") " <= 30)) AS f FROM hcp AS r WHERE r.deleted_at IS NULL),"
    " summed AS (SELECT id, CASE WHEN applies THEN 30 * coalesce(a, 0) + 15 * coalesce(b, 0) +"
    " 30 * c + 30 * d + 20 * coalesce(e, 0) + 20 * coalesce(f, 0) END AS points FROM flagged)"
    " UPDATE hcp SET warning_points = s.points FROM summed AS s WHERE hcp.id = s.id AND"
    " hcp.warning_points IS NOT s.points";

/* Those whom rules act on: found as one set, as a rule finds them. */
static const char FIND[] =
    "SELECT count(*) FROM hcp AS r WHERE r.deleted_at IS NULL AND r.temperature IN"
    " ('enthusiastic', 'favorable') AND " DAYS("r.last_visit_at") " >= 30 AND NOT EXISTS (SELECT 1"
    " FROM rule_firing AS f WHERE f.record = r.id AND f.rule = 'keep_warm')";

static void run(sqlite3 *database, const char *sql) {
    if (sqlite3_exec(database, sql, NULL, NULL, NULL) != SQLITE_OK) die(database, sql);
}

/* Copies of tasks that are there, under new ids: rows of the real size with the real indexes. */
static void copy_tasks(sqlite3 *database, long tasks) {
    char sql[SQL_MOST];
    run(database, "CREATE TEMP TABLE copied AS SELECT * FROM task LIMIT 0");
    snprintf(sql, sizeof sql,
             "INSERT INTO copied SELECT t.* FROM task AS t, (SELECT value FROM generate_numbers)"
             " LIMIT %ld", tasks);
    run(database, "CREATE TEMP VIEW generate_numbers AS WITH RECURSIVE n(value) AS (SELECT 1 UNION"
                  " ALL SELECT value + 1 FROM n LIMIT 1000) SELECT value FROM n");
    run(database, sql);
    run(database, "UPDATE copied SET id = randomblob(16), seq = NULL");
    run(database, "INSERT INTO task SELECT * FROM copied");
}

static void measure_daily(const char *path, long tasks) {
    sqlite3 *database = open_database(path);
    double start = seconds_now();
    run(database, "BEGIN IMMEDIATE");
    run(database, MARK);
    run(database, FIND);
    if (tasks > 0) copy_tasks(database, tasks);
    run(database, "COMMIT");
    printf("%.2f\n", seconds_now() - start);
    sqlite3_close(database);
}

int main(int argc, char **argv) {
    if (argc == 5 && strcmp(argv[1], "today") == 0) {
        int times = atoi(argv[3]);
        if (times < 1 || times > TIMES_MOST) die(NULL, "TIMES");
        measure_today(argv[2], times, argv[4]);
    } else if (argc == 4 && strcmp(argv[1], "daily") == 0) {
        measure_daily(argv[2], atol(argv[3]));
    } else {
        fprintf(stderr, "see the head of bench/bare_day.c\n");
        return 2;
    }
    return 0;
}
