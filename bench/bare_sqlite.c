/*
 * What SQLite alone does on the same rows: the measure that bench/run holds the server against.
 *
 *     bare_sqlite list DATABASE SECONDS THREADS LOGIN
 *     bare_sqlite visits DATABASE SECONDS GROUP LOGIN [search]
 *
 * `list` runs the SELECT of a filtered, sorted page of 50 (the server reads one row more, to know
 * whether there is a next page) in as many threads as the server has cores, and reads every column.
 * `visits` writes, in one thread and GROUP visits a commit, the rows that one POST /api/v1/visit of
 * bench/visit.lua causes. Both print one number: how many a second.
 *
 * Rows are copied from those that the database holds already, so their sizes are the real ones.
 */
#include <pthread.h>
#include <sqlite3.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <time.h>

enum { ID_SIZE = 16, COLUMNS_LIMIT = 128, SAMPLES = 200, PERSONS_LIMIT = 2000, SQL_LIMIT = 16384 };

static void die(sqlite3 *database, const char *what) {
    fprintf(stderr, "bare_sqlite: %s: %s\n", what, database ? sqlite3_errmsg(database) : "");
    exit(1);
}

static double seconds_now(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

static int64_t milliseconds_now(void) {
    struct timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

/*
 * The settings are as the server's where it matters: WAL, synchronous=FULL, a page cache of the same
 * order. The mapped part of the file is larger than that of one of the server's many readers.
 */
static sqlite3 *open_database(const char *path, const char *settings) {
    sqlite3 *database = NULL;
    if (sqlite3_open_v2(path, &database, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, NULL) !=
        SQLITE_OK) {
        die(database, path);
    }
    sqlite3_busy_timeout(database, 10000);
    if (sqlite3_exec(database, settings, NULL, NULL, NULL) != SQLITE_OK) die(database, settings);
    return database;
}

static sqlite3_stmt *prepare(sqlite3 *database, const char *sql) {
    sqlite3_stmt *statement = NULL;
    if (sqlite3_prepare_v3(database, sql, -1, SQLITE_PREPARE_PERSISTENT, &statement, NULL) !=
        SQLITE_OK) {
        die(database, sql);
    }
    return statement;
}

static void run_once(sqlite3 *database, sqlite3_stmt *statement) {
    if (sqlite3_step(statement) != SQLITE_DONE) die(database, sqlite3_sql(statement));
    sqlite3_reset(statement);
}

static void bind_id(sqlite3_stmt *statement, int at, const unsigned char *id) {
    sqlite3_bind_blob(statement, at, id, ID_SIZE, SQLITE_STATIC);
}

static void find_user(sqlite3 *database, const char *login, unsigned char *id) {
    sqlite3_stmt *statement = prepare(database, "SELECT id FROM user WHERE login = ?1");
    sqlite3_bind_text(statement, 1, login, -1, SQLITE_STATIC);
    if (sqlite3_step(statement) != SQLITE_ROW) die(database, login);
    memcpy(id, sqlite3_column_blob(statement, 0), ID_SIZE);
    sqlite3_finalize(statement);
}

/* ---- The list ---- */

typedef struct Reader {
    pthread_t thread;
    const char *path, *login;
    double seconds;
    int64_t lists, bytes;
} Reader;

/* Every column of the record, as the server's list reads it; sort keys are no part of a record. */
static void list_sql(sqlite3 *database, char *sql) {
    sqlite3_stmt *columns = prepare(database,
                                    "SELECT group_concat('\"' || name || '\"') FROM"
                                    " pragma_table_info('hcp') WHERE name <> 'seq'"
                                    " AND name NOT LIKE '%\\_sort\\___' ESCAPE '\\'");
    if (sqlite3_step(columns) != SQLITE_ROW) die(database, "columns of hcp");
    snprintf(sql, SQL_LIMIT,
             "SELECT %s FROM hcp WHERE deleted_at IS NULL AND owner = ?1"
             " AND temperature IN ('favorable', 'neutral') AND last_visit_at IS NOT NULL"
             " ORDER BY last_visit_at DESC, id DESC LIMIT 51",
             (const char *)sqlite3_column_text(columns, 0));
    sqlite3_finalize(columns);
}

static int64_t read_row(sqlite3_stmt *statement, int columns) {
    int64_t bytes = 0;
    for (int i = 0; i < columns; i++) {
        switch (sqlite3_column_type(statement, i)) {
            case SQLITE_INTEGER: bytes += sqlite3_column_int64(statement, i) != 0; break;
            case SQLITE_NULL: break;
            default:
                bytes += sqlite3_column_blob(statement, i) != NULL;
                bytes += sqlite3_column_bytes(statement, i);
        }
    }
    return bytes;
}

static void *read_lists(void *data) {
    Reader *reader = data;
    char sql[SQL_LIMIT];
    unsigned char owner[ID_SIZE];
    sqlite3 *database = open_database(reader->path, "PRAGMA mmap_size=100663296");
    find_user(database, reader->login, owner);
    list_sql(database, sql);
    sqlite3_stmt *statement = prepare(database, sql);
    int columns = sqlite3_column_count(statement);
    for (double until = seconds_now() + reader->seconds; seconds_now() < until; reader->lists++) {
        bind_id(statement, 1, owner);
        while (sqlite3_step(statement) == SQLITE_ROW) reader->bytes += read_row(statement, columns);
        sqlite3_reset(statement);
    }
    sqlite3_finalize(statement);
    sqlite3_close(database);
    return NULL;
}

static double measure_lists(const char *path, double seconds, int threads, const char *login) {
    Reader *readers = calloc((size_t)threads, sizeof *readers);
    int64_t lists = 0;
    if (!readers) die(NULL, "memory");
    for (int i = 0; i < threads; i++) {
        readers[i] = (Reader){.path = path, .login = login, .seconds = seconds};
        if (pthread_create(&readers[i].thread, NULL, read_lists, &readers[i])) die(NULL, "thread");
    }
    for (int i = 0; i < threads; i++) {
        pthread_join(readers[i].thread, NULL);
        lists += readers[i].lists;
    }
    free(readers);
    return (double)lists / seconds;
}

/* ---- Visits ---- */

/* A table that a visit adds rows to, with rows of it to copy. */
typedef struct Table {
    const char *name;
    bool searchable;
    sqlite3_stmt *insert, *insert_search;
    sqlite3_value *samples[SAMPLES][COLUMNS_LIMIT];
    char *tokens[SAMPLES];
    int sample_count, column_count;
    int id, hcp, visit, position; /* numbers of these columns; -1 without one */
} Table;

enum { VISIT, READING, SIGN, MEMO, TOPIC, PROMISE, TASK, JOURNAL, TABLE_COUNT };

typedef struct Writer {
    sqlite3 *database;
    Table tables[TABLE_COUNT];
    unsigned char persons[PERSONS_LIMIT][ID_SIZE], places[PERSONS_LIMIT][ID_SIZE];
    int person_count;
    sqlite3_stmt *update_person, *update_place;
    int64_t position;
    bool search;
} Writer;

static void new_id(unsigned char *id) {
    static uint32_t count;
    uint64_t now = (uint64_t)milliseconds_now();
    if (getrandom(id, ID_SIZE, 0) != ID_SIZE) die(NULL, "random");
    for (int i = 0; i < 6; i++) id[i] = (unsigned char)(now >> (40 - 8 * i));
    id[6] = (unsigned char)(0x70 | (count >> 8 & 0x0F));
    id[7] = (unsigned char)count++;
    id[8] = (unsigned char)(0x80 | (id[8] & 0x3F));
}

static void find_columns(Table *table, sqlite3_stmt *rows) {
    table->column_count = sqlite3_column_count(rows);
    table->id = table->hcp = table->visit = table->position = -1;
    for (int i = 0; i < table->column_count; i++) {
        const char *name = sqlite3_column_name(rows, i);
        if (strcmp(name, "id") == 0) table->id = i;
        if (strcmp(name, "hcp") == 0) table->hcp = i;
        if (strcmp(name, "visit") == 0) table->visit = i;
        if (strcmp(name, "position") == 0) table->position = i;
    }
}

/* `suffix` chooses the newest rows whose form is that of the rows a visit makes. */
static void load_table(Writer *writer, Table *table, const char *suffix) {
    char sql[SQL_LIMIT];
    snprintf(sql, sizeof sql, "SELECT * FROM \"%s\" %s LIMIT %d", table->name, suffix, SAMPLES);
    sqlite3_stmt *rows = prepare(writer->database, sql);
    find_columns(table, rows);
    while (sqlite3_step(rows) == SQLITE_ROW) {
        sqlite3_value **sample = table->samples[table->sample_count++];
        for (int i = 0; i < table->column_count; i++) {
            sample[i] = sqlite3_value_dup(sqlite3_column_value(rows, i));
        }
    }
    sqlite3_finalize(rows);
    if (!table->sample_count) die(writer->database, table->name);
    int size = snprintf(sql, sizeof sql, "INSERT INTO \"%s\" VALUES (NULL", table->name);
    for (int i = 1; i < table->column_count; i++) {
        size += snprintf(sql + size, sizeof sql - (size_t)size, ", ?%d", i + 1);
    }
    snprintf(sql + size, sizeof sql - (size_t)size, ")");
    table->insert = prepare(writer->database, sql);
}

static void load_tokens(Writer *writer, Table *table) {
    char sql[SQL_LIMIT];
    snprintf(sql, sizeof sql, "SELECT tokens FROM \"%s_search\" WHERE rowid = ?1", table->name);
    sqlite3_stmt *tokens = prepare(writer->database, sql);
    for (int i = 0; i < table->sample_count; i++) {
        sqlite3_bind_value(tokens, 1, table->samples[i][0]);
        bool found = sqlite3_step(tokens) == SQLITE_ROW;
        const char *text = found ? (const char *)sqlite3_column_text(tokens, 0) : "";
        table->tokens[i] = strdup(text ? text : "");
        sqlite3_reset(tokens);
    }
    sqlite3_finalize(tokens);
    snprintf(sql, sizeof sql, "INSERT INTO \"%s_search\" (rowid, tokens) VALUES (?1, ?2)",
             table->name);
    table->insert_search = prepare(writer->database, sql);
}

static void load_persons(Writer *writer, const char *login) {
    unsigned char owner[ID_SIZE];
    find_user(writer->database, login, owner);
    sqlite3_stmt *rows = prepare(writer->database,
                                 "SELECT id, primary_hco FROM hcp WHERE owner = ?1"
                                 " AND deleted_at IS NULL AND primary_hco IS NOT NULL");
    bind_id(rows, 1, owner);
    while (writer->person_count < PERSONS_LIMIT && sqlite3_step(rows) == SQLITE_ROW) {
        memcpy(writer->persons[writer->person_count], sqlite3_column_blob(rows, 0), ID_SIZE);
        memcpy(writer->places[writer->person_count++], sqlite3_column_blob(rows, 1), ID_SIZE);
    }
    sqlite3_finalize(rows);
    if (!writer->person_count) die(writer->database, "nobody to visit");
}

static void load(Writer *writer, const char *login) {
    static const struct {
        const char *name, *suffix;
        bool searchable;
    } SOURCES[TABLE_COUNT] = {
        [VISIT] = {"visit", "WHERE discussion IS NOT NULL AND temperature IS NOT NULL", true},
        [READING] = {"temperature_reading", "WHERE visit IS NOT NULL", false},
        [SIGN] = {"sign", "WHERE visit IS NOT NULL", false},
        [MEMO] = {"memo", "WHERE visit IS NOT NULL", true},
        [TOPIC] = {"topic", "", true},
        [PROMISE] = {"promise", "", true},
        [TASK] = {"task", "WHERE hcp IS NOT NULL", true},
        [JOURNAL] = {"journal", "WHERE object IN ('hcp', 'visit', 'sign', 'memo', 'topic')", false},
    };
    load_persons(writer, login);
    for (int i = 0; i < TABLE_COUNT; i++) {
        Table *table = &writer->tables[i];
        table->name = SOURCES[i].name;
        load_table(writer, table, SOURCES[i].suffix);
        table->searchable = SOURCES[i].searchable && writer->search;
        if (table->searchable) load_tokens(writer, table);
    }
    sqlite3_stmt *newest =
        prepare(writer->database, "SELECT COALESCE(max(position), 0) FROM journal");
    if (sqlite3_step(newest) == SQLITE_ROW) writer->position = sqlite3_column_int64(newest, 0);
    sqlite3_finalize(newest);
    writer->update_person = prepare(
        writer->database,
        "UPDATE hcp SET version = version + 1, updated_at = ?2, temperature_previous = temperature,"
        " temperature = ?3, temperature_changed_at = ?2, last_visit_at = ?2,"
        " visit_count = visit_count + 1 WHERE id = ?1");
    writer->update_place =
        prepare(writer->database, "UPDATE hco SET temperature = ?2 WHERE id = ?1");
}

static void add_row(Writer *writer, int which, const unsigned char *id, const unsigned char *person,
                    const unsigned char *visit) {
    Table *table = &writer->tables[which];
    int sample = rand() % table->sample_count;
    for (int i = 1; i < table->column_count; i++) {
        sqlite3_bind_value(table->insert, i + 1, table->samples[sample][i]);
    }
    bind_id(table->insert, table->id + 1, id);
    if (table->hcp >= 0) bind_id(table->insert, table->hcp + 1, person);
    if (table->visit >= 0) bind_id(table->insert, table->visit + 1, visit);
    if (table->position >= 0) {
        sqlite3_bind_int64(table->insert, table->position + 1, ++writer->position);
    }
    run_once(writer->database, table->insert);
    if (!table->searchable) return;
    sqlite3_bind_int64(table->insert_search, 1, sqlite3_last_insert_rowid(writer->database));
    sqlite3_bind_text(table->insert_search, 2, table->tokens[sample], -1, SQLITE_STATIC);
    run_once(writer->database, table->insert_search);
}

static void add_with_journal(Writer *writer, int which, const unsigned char *person,
                             const unsigned char *visit) {
    unsigned char id[ID_SIZE];
    new_id(id);
    add_row(writer, which, id, person, visit);
    new_id(id);
    add_row(writer, JOURNAL, id, person, visit);
}

/* The changes that come with one visit: chances are those of the temperatures in visit.lua. */
static void add_visit(Writer *writer) {
    static const char *const TEMPERATURES[] = {"favorable", "neutral", "skeptical", "enthusiastic"};
    static const int CHILDREN[] = {READING, SIGN, MEMO, TOPIC, PROMISE};
    int chosen = rand() % writer->person_count, temperature = rand() % 4;
    const unsigned char *person = writer->persons[chosen];
    bool changed = rand() % 4 != 0;
    unsigned char visit[ID_SIZE], id[ID_SIZE];
    new_id(visit);
    add_row(writer, VISIT, visit, person, visit);
    new_id(id);
    add_row(writer, JOURNAL, id, person, visit);
    for (size_t i = 0; i < sizeof CHILDREN / sizeof *CHILDREN; i++) {
        add_with_journal(writer, CHILDREN[i], person, visit);
    }
    bind_id(writer->update_person, 1, person);
    sqlite3_bind_int64(writer->update_person, 2, milliseconds_now());
    sqlite3_bind_text(writer->update_person, 3, TEMPERATURES[temperature], -1, SQLITE_STATIC);
    run_once(writer->database, writer->update_person);
    if (!changed) return;
    bind_id(writer->update_place, 1, writer->places[chosen]);
    sqlite3_bind_text(writer->update_place, 2, TEMPERATURES[temperature], -1, SQLITE_STATIC);
    run_once(writer->database, writer->update_place);
    new_id(id);
    add_row(writer, JOURNAL, id, person, visit);
    if (temperature == 2) add_with_journal(writer, TASK, person, visit);
}

static double measure_visits(const char *path, double seconds, int group, const char *login,
                             bool search) {
    static Writer writer;
    writer.search = search;
    writer.database = open_database(path,
                                    "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;"
                                    "PRAGMA cache_size=-49152; PRAGMA temp_store=MEMORY;"
                                    "PRAGMA wal_autocheckpoint=16000");
    load(&writer, login);
    sqlite3_stmt *begin = prepare(writer.database, "BEGIN IMMEDIATE");
    sqlite3_stmt *commit = prepare(writer.database, "COMMIT");
    int64_t visits = 0;
    double start = seconds_now();
    while (seconds_now() < start + seconds) {
        run_once(writer.database, begin);
        for (int i = 0; i < group; i++) add_visit(&writer);
        run_once(writer.database, commit);
        visits += group;
    }
    return (double)visits / (seconds_now() - start);
}

int main(int count, char **arguments) {
    bool list = count == 6 && strcmp(arguments[1], "list") == 0;
    bool visits = (count == 6 || count == 7) && strcmp(arguments[1], "visits") == 0;
    if (!list && !visits) {
        fprintf(stderr, "usage: bare_sqlite list|visits DATABASE SECONDS NUMBER LOGIN [search]\n");
        return 2;
    }
    sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
    double seconds = strtod(arguments[3], NULL);
    int number = (int)strtol(arguments[4], NULL, 10);
    if (number < 1) number = 1;
    printf("%.1f\n", list
                         ? measure_lists(arguments[2], seconds, number, arguments[5])
                         : measure_visits(arguments[2], seconds, number, arguments[5], count == 7));
    return 0;
}
