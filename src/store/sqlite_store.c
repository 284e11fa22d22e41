#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "log.h"
#include "sqlite_connection.h"
#include "sqlite_writer.h"

enum { READERS_DEFAULT = 8, BACKUP_PATH_LIMIT = 4096 };

/*
 * All mappings together. Each connection maps the file anew, and each mapping counts as memory in
 * use, so the readers share this out; the writer does without.
 */
static const int64_t MAPPED_TOTAL = 96 * 1024 * 1024;

/* One connection that writes, several that read, one that moves the log into the file. */
typedef struct SqliteStore {
    Store store;
    char *path;
    SqliteConnection writing, checkpointing;
    SqliteWriter *writer;
    SqliteConnection *readers;
    int reader_count;

    pthread_mutex_t lock; /* over the stack of free readers */
    pthread_cond_t freed;
    SqliteConnection **free_readers;
    int free_count;
} SqliteStore;

/* The reader that was used last comes first: its page cache is the warmest. */
static SqliteConnection *take_reader(SqliteStore *store) {
    pthread_mutex_lock(&store->lock);
    while (!store->free_count) pthread_cond_wait(&store->freed, &store->lock);
    SqliteConnection *reader = store->free_readers[--store->free_count];
    pthread_mutex_unlock(&store->lock);
    return reader;
}

static void give_reader(SqliteStore *store, SqliteConnection *reader) {
    pthread_mutex_lock(&store->lock);
    store->free_readers[store->free_count++] = reader;
    pthread_cond_signal(&store->freed);
    pthread_mutex_unlock(&store->lock);
}

static Status run_snapshot(SqliteConnection *reader, StoreJob *job, void *data) {
    sqlite_connection_reset(reader);
    Status status = sqlite_connection_run(reader, STR("BEGIN"));
    if (status != STATUS_OK) return status;
    status = transaction_run(&reader->transaction, job, data);
    /* Nothing was written, so either end will do; this one always works. */
    Status ended = sqlite_connection_run(reader, STR("ROLLBACK"));
    return status == STATUS_OK ? ended : status;
}

static Status sqlite_store_read(Store *base, StoreJob *job, void *data) {
    SqliteStore *store = (SqliteStore *)base;
    SqliteConnection *reader = take_reader(store);
    Status status = run_snapshot(reader, job, data);
    give_reader(store, reader);
    return status;
}

static Status sqlite_store_write(Store *base, StoreJob *job, void *data) {
    return sqlite_writer_run(((SqliteStore *)base)->writer, job, data);
}

/* ---- Copying ---- */

/* Four megabytes: a few milliseconds, after which whoever waits for the copy may say stop. */
enum { PAGES_A_STEP = 1024 };

/* A copy on its way. */
typedef struct Copying {
    SqliteConnection source;
    const char *path;
    StoreGoOn *go_on;
    void *data;
} Copying;

/* SQLITE_INTERRUPT when it was told to stop. */
static int copy_pages(const Copying *copying, sqlite3_backup *backup) {
    int code = SQLITE_OK;
    while (code == SQLITE_OK) {
        if (!copying->go_on(copying->data)) return SQLITE_INTERRUPT;
        code = sqlite3_backup_step(backup, PAGES_A_STEP);
    }
    return code;
}

static int copy_to(const Copying *copying, sqlite3 *target) {
    sqlite3_backup *backup = sqlite3_backup_init(target, "main", copying->source.database, "main");
    if (!backup) return sqlite3_errcode(target);
    int code = copy_pages(copying, backup);
    int finished = sqlite3_backup_finish(backup);
    return code == SQLITE_DONE ? finished : code;
}

/*
 * All steps see one snapshot, because the source reads all the while: in WAL mode that hinders no
 * writer, and without it each write in between would begin the copy anew.
 */
static int copy_snapshot(const Copying *copying) {
    sqlite3 *target = NULL, *source = copying->source.database;
    int code = sqlite3_exec(source, "BEGIN; SELECT 1 FROM sqlite_schema LIMIT 1", NULL, NULL, NULL);
    if (code != SQLITE_OK) return code;
    code =
        sqlite3_open_v2(copying->path, &target, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, NULL);
    if (code == SQLITE_OK) code = copy_to(copying, target);
    int closed = sqlite3_close(target);
    (void)sqlite3_exec(source, "ROLLBACK", NULL, NULL, NULL); /* nothing was written */
    return code == SQLITE_OK ? closed : code;
}

static Status copy_database(const Copying *copying) {
    int code = copy_snapshot(copying);
    if (code == SQLITE_OK) return STATUS_OK;
    if (code == SQLITE_INTERRUPT) return STATUS_BUSY;
    log_write(LOG_LEVEL_ERROR, "backup failed", LOG_TEXT("path", str_of(copying->path)),
              LOG_TEXT("detail", str_of(sqlite3_errstr(code))));
    return STATUS_FAILED;
}

/* The copy gets its name when it is whole, so that a broken backup is never taken for one. */
static Status sqlite_store_backup(Store *base, Str path, StoreGoOn *go_on, void *data) {
    SqliteStore *store = (SqliteStore *)base;
    char final[BACKUP_PATH_LIMIT], partial[BACKUP_PATH_LIMIT + 8];
    if (path.size >= sizeof final) return STATUS_TOO_LARGE;
    sqlite3_snprintf(sizeof final, final, "%.*s", STR_ARGS(path));
    sqlite3_snprintf(sizeof partial, partial, "%s.part", final);
    unlink(partial);
    const SqliteConnectionOptions options = {.path = store->path, .purpose = SQLITE_FOR_READING};
    Copying copying = {.path = partial, .go_on = go_on, .data = data};
    Status status = sqlite_connection_open(&options, store->store.backend, &copying.source);
    if (status != STATUS_OK) return status;
    status = copy_database(&copying);
    sqlite_connection_close(&copying.source);
    if (status == STATUS_OK && rename(partial, final) != 0) status = STATUS_FAILED;
    if (status != STATUS_OK) unlink(partial);
    return status;
}

/* ---- Opening and closing ---- */

/* Fine for a store that was opened in part. */
static void store_free(SqliteStore *store) {
    for (int i = 0; i < store->reader_count; i++) sqlite_connection_close(&store->readers[i]);
    sqlite_connection_close(&store->checkpointing);
    /* The last connection to close checkpoints and removes the WAL. */
    sqlite_connection_close(&store->writing);
    pthread_mutex_destroy(&store->lock);
    pthread_cond_destroy(&store->freed);
    free(store->readers);
    free(store->free_readers);
    free(store->path);
    free(store);
}

/*
 * What the planner knows of the data. Other connections read it together with the schema, and only
 * when that has changed: the table that comes and goes is for them.
 */
static Status analyze_job(Transaction *transaction, void *data) {
    (void)data;
    return sqlite_script(transaction,
                         "PRAGMA analysis_limit=2000; ANALYZE; "
                         "CREATE TABLE \"statistics_news\" (\"nothing\" INTEGER); "
                         "DROP TABLE \"statistics_news\";");
}

static Status sqlite_store_analyze(Store *base) {
    return sqlite_writer_run(((SqliteStore *)base)->writer, analyze_job, NULL);
}

/* Only of what has grown much; bounded, so that closing stays quick. */
static Status optimize_job(Transaction *transaction, void *data) {
    (void)data;
    return sqlite_script(transaction, "PRAGMA analysis_limit=1000; PRAGMA optimize;");
}

/* A connection must not be closed under a job that reads on it. */
static void wait_for_readers(SqliteStore *store) {
    pthread_mutex_lock(&store->lock);
    while (store->free_count < store->reader_count) pthread_cond_wait(&store->freed, &store->lock);
    pthread_mutex_unlock(&store->lock);
}

static void sqlite_store_close(Store *base) {
    SqliteStore *store = (SqliteStore *)base;
    Status status = sqlite_writer_run(store->writer, optimize_job, NULL);
    if (status != STATUS_OK) {
        log_write(LOG_LEVEL_WARNING, "statistics of the database were not brought up to date");
    }
    sqlite_writer_stop(store->writer);
    wait_for_readers(store);
    store_free(store);
}

static const Backend SQLITE_BACKEND = {
    .kind = STORE_SQLITE,
    .close = sqlite_store_close,
    .read = sqlite_store_read,
    .write = sqlite_store_write,
    .backup = sqlite_store_backup,
    .analyze = sqlite_store_analyze,
    .execute = sqlite_execute,
    .script = sqlite_script,
    .query = sqlite_query,
    .next = sqlite_next,
    .column = sqlite_column,
    .finish = sqlite_finish,
};

static void configure_library(void) {
    /* The statistics of memory cost a mutex at each allocation; refused once SQLite runs, no loss.
     */
    sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
    sqlite3_initialize();
}

/* The writer first: it makes the file and sets WAL. */
static Status open_connections(SqliteStore *store, const StoreOptions *options) {
    SqliteConnectionOptions open = {
        .path = store->path, .purpose = SQLITE_FOR_WRITING, .create = options->create};
    Status status = sqlite_connection_open(&open, store->store.backend, &store->writing);
    open.create = false;
    if (status == STATUS_OK) {
        status = sqlite_connection_open(&open, store->store.backend, &store->checkpointing);
    }
    open.purpose = SQLITE_FOR_READING;
    open.mapped = MAPPED_TOTAL / store->reader_count;
    for (int i = 0; status == STATUS_OK && i < store->reader_count; i++) {
        status = sqlite_connection_open(&open, store->store.backend, &store->readers[i]);
        if (status == STATUS_OK) store->free_readers[store->free_count++] = &store->readers[i];
    }
    return status;
}

static SqliteStore *store_new(const StoreOptions *options) {
    SqliteStore *store = calloc(1, sizeof *store);
    if (!store) abort();
    store->store.backend = &SQLITE_BACKEND;
    store->reader_count = options->readers > 0 ? options->readers : READERS_DEFAULT;
    store->path = strndup(options->database.data, options->database.size);
    store->readers = calloc((size_t)store->reader_count, sizeof *store->readers);
    store->free_readers = calloc((size_t)store->reader_count, sizeof(SqliteConnection *));
    if (!store->path || !store->readers || !store->free_readers) abort();
    pthread_mutex_init(&store->lock, NULL);
    pthread_cond_init(&store->freed, NULL);
    return store;
}

Status sqlite_store_open(const StoreOptions *options, Store **out) {
    static pthread_once_t configured = PTHREAD_ONCE_INIT;
    pthread_once(&configured, configure_library);
    SqliteStore *store = store_new(options);
    Status status = open_connections(store, options);
    if (status == STATUS_OK) {
        status = sqlite_writer_start(&store->store, &store->writing, &store->checkpointing,
                                     &store->writer);
    }
    if (status != STATUS_OK) {
        store_free(store);
        return status;
    }
    *out = &store->store;
    return STATUS_OK;
}
