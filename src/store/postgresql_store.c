#include <pthread.h>
#include <stdlib.h>
#include <unistd.h>

#include "clock.h"
#include "log.h"
#include "postgresql_connection.h"

enum { CONNECTIONS_DEFAULT = 8 };

/* A job is run again for so long, with pauses that grow from the first to the last figure. */
enum {
    AGAIN_MILLISECONDS = 15 * 1000,
    PAUSE_MICROSECONDS = 200,
    PAUSE_LIMIT_MICROSECONDS = 50 * 1000,
    PAUSE_RECONNECT_MICROSECONDS = 300 * 1000
};

/* Connections that any thread may borrow, for reading and writing alike. */
typedef struct PostgresqlStore {
    Store store;
    char *uri;
    PostgresqlConnection *connections;
    int connection_count;
    atomic_uint_fast64_t generation; /* of the schema, as far as this process changes it */

    pthread_mutex_t lock; /* over the stack of free connections */
    pthread_cond_t freed;
    PostgresqlConnection **free_connections;
    int free_count, waiting;
    bool closing;
} PostgresqlStore;

/* STATUS_BUSY once the store is closing; those that wait already are served. */
static Status take_connection(PostgresqlStore *store, PostgresqlConnection **out) {
    pthread_mutex_lock(&store->lock);
    bool refused = store->closing;
    if (!refused) {
        store->waiting++;
        while (!store->free_count) pthread_cond_wait(&store->freed, &store->lock);
        store->waiting--;
        *out = store->free_connections[--store->free_count];
    }
    pthread_mutex_unlock(&store->lock);
    return refused ? STATUS_BUSY : STATUS_OK;
}

static void give_connection(PostgresqlStore *store, PostgresqlConnection *connection) {
    pthread_mutex_lock(&store->lock);
    store->free_connections[store->free_count++] = connection;
    pthread_cond_broadcast(&store->freed);
    pthread_mutex_unlock(&store->lock);
}

/* What was prepared before somebody changed the tables may give other columns now. */
static Status begin(PostgresqlStore *store, PostgresqlConnection *connection, const char *sql) {
    Status status = postgresql_connection_begin(connection, sql);
    uint64_t generation = atomic_load(&store->generation);
    if (status != STATUS_OK || connection->generation == generation) return status;
    status = postgresql_connection_forget(connection);
    if (status == STATUS_OK) connection->generation = generation;
    return status;
}

static Status postgresql_store_read(Store *base, StoreJob *job, void *data) {
    PostgresqlStore *store = (PostgresqlStore *)base;
    PostgresqlConnection *connection;
    Status status = take_connection(store, &connection);
    if (status != STATUS_OK) return status;
    status = begin(store, connection, "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY");
    if (status == STATUS_OK) {
        status = transaction_run(&connection->transaction, job, data);
        postgresql_connection_roll_back(connection);
    }
    give_connection(store, connection);
    return status;
}

/*
 * A COMMIT whose answer is lost may have happened, so it is never tried again; a serialization
 * failure at COMMIT has not.
 */
static Status commit(PostgresqlConnection *connection) {
    Status status = postgresql_connection_commit(connection);
    if (!postgresql_connection_alive(connection)) connection->again = false;
    return status;
}

/* One run of a job, from BEGIN to COMMIT. SERIALIZABLE: jobs are written as if alone, as on SQLite.
 */
static Status write_once(PostgresqlStore *store, PostgresqlConnection *connection, StoreJob *job,
                         void *data) {
    Status status = begin(store, connection, "BEGIN ISOLATION LEVEL SERIALIZABLE");
    if (status != STATUS_OK) return status;
    status = transaction_run(&connection->transaction, job, data);
    if (status == STATUS_OK && !connection->again) {
        status = commit(connection);
        if (status == STATUS_OK) {
            if (connection->schema_changed) atomic_fetch_add(&store->generation, 1);
            atomic_fetch_add(&store->store.commits, 1);
            return STATUS_OK;
        }
    }
    if (connection->again && status == STATUS_OK) status = STATUS_BUSY;
    postgresql_connection_roll_back(connection);
    if (!connection->again) atomic_fetch_add(&store->store.rollbacks, 1);
    return status;
}

/* By chance, lest two jobs meet again; longer where a server has to come back first. */
static void pause_before_again(const PostgresqlConnection *connection, int tries, unsigned *seed) {
    if (!postgresql_connection_alive(connection)) {
        usleep(PAUSE_RECONNECT_MICROSECONDS);
        return;
    }
    unsigned pause = PAUSE_MICROSECONDS << (tries < 8 ? tries : 8);
    if (pause > PAUSE_LIMIT_MICROSECONDS) pause = PAUSE_LIMIT_MICROSECONDS;
    usleep((unsigned)rand_r(seed) % pause);
}

static Status postgresql_store_write(Store *base, StoreJob *job, void *data) {
    PostgresqlStore *store = (PostgresqlStore *)base;
    PostgresqlConnection *connection;
    Status status = take_connection(store, &connection);
    if (status != STATUS_OK) return status;
    int64_t until = clock_steady() + AGAIN_MILLISECONDS;
    unsigned seed = (unsigned)(uintptr_t)&until ^ (unsigned)until;
    connection->again = false;
    status = write_once(store, connection, job, data);
    for (int tries = 0; status != STATUS_OK && connection->again; tries++) {
        if (clock_steady() >= until) break;
        atomic_fetch_add(&store->store.retries, 1);
        pause_before_again(connection, tries, &seed);
        status = write_once(store, connection, job, data);
    }
    give_connection(store, connection);
    return status;
}

/* pg_dump does that well, and may run elsewhere. */
static Status postgresql_store_backup(Store *store, Str path, StoreGoOn *go_on, void *data) {
    (void)store;
    (void)path;
    (void)go_on;
    (void)data;
    return STATUS_INVALID;
}

static Status analyze_job(Transaction *transaction, void *data) {
    (void)data;
    return store_ddl(transaction, STR("ANALYZE"));
}

/* What has changed much it measures by itself, though not at once. */
static Status postgresql_store_analyze(Store *store) {
    return store_write(store, analyze_job, NULL);
}

/* No connection is in use. */
static void store_free(PostgresqlStore *store) {
    for (int i = 0; i < store->connection_count; i++) {
        postgresql_connection_close(&store->connections[i]);
    }
    pthread_mutex_destroy(&store->lock);
    pthread_cond_destroy(&store->freed);
    free(store->connections);
    free(store->free_connections);
    free(store->uri);
    free(store);
}

/* Waits for the jobs that are running. */
static void postgresql_store_close(Store *base) {
    PostgresqlStore *store = (PostgresqlStore *)base;
    pthread_mutex_lock(&store->lock);
    store->closing = true;
    while (store->waiting || store->free_count < store->connection_count) {
        pthread_cond_wait(&store->freed, &store->lock);
    }
    pthread_mutex_unlock(&store->lock);
    store_free(store);
}

static const Backend POSTGRESQL_BACKEND = {
    .kind = STORE_POSTGRESQL,
    .close = postgresql_store_close,
    .read = postgresql_store_read,
    .write = postgresql_store_write,
    .backup = postgresql_store_backup,
    .analyze = postgresql_store_analyze,
    .execute = postgresql_execute,
    .script = postgresql_change_schema,
    .query = postgresql_query,
    .next = postgresql_next,
    .column = postgresql_column,
    .finish = postgresql_finish,
};

static PostgresqlStore *store_new(const StoreOptions *options) {
    PostgresqlStore *store = calloc(1, sizeof *store);
    if (!store) abort();
    store->store.backend = &POSTGRESQL_BACKEND;
    int count = options->readers > 0 ? options->readers : CONNECTIONS_DEFAULT;
    store->connection_count = count;
    store->uri = strndup(options->database.data, options->database.size);
    store->connections = calloc((size_t)count, sizeof *store->connections);
    store->free_connections = calloc((size_t)count, sizeof(PostgresqlConnection *));
    if (!store->uri || !store->connections || !store->free_connections) abort();
    for (int i = count - 1; i >= 0; i--) {
        store->connections[i].uri = store->uri;
        store->connections[i].transaction.backend = &POSTGRESQL_BACKEND;
        store->free_connections[store->free_count++] = &store->connections[i];
    }
    pthread_mutex_init(&store->lock, NULL);
    pthread_cond_init(&store->freed, NULL);
    return store;
}

/* One connection now, to know that the database is there; the others when they are needed. */
Status postgresql_store_open(const StoreOptions *options, Store **out) {
    PostgresqlStore *store = store_new(options);
    Status status = postgresql_connection_open(&store->connections[0]);
    if (status != STATUS_OK) {
        store_free(store);
        return status;
    }
    *out = &store->store;
    return STATUS_OK;
}
