#include "sqlite_writer.h"

#include <assert.h>
#include <pthread.h>
#include <semaphore.h>
#include <stdlib.h>

#include "clock.h"
#include "log.h"

/*
 * A group ends when nobody waits, or at these bounds, so that the first of a group does not wait
 * for ever while others keep coming.
 */
enum { GROUP_JOBS_LIMIT = 128, GROUP_MILLISECONDS_LIMIT = 20 };

/*
 * Frames in the WAL. From the first figure on the checkpointer works behind the writer. Under load
 * that alone lets the file grow without bound, as readers always hold some part of it; so from the
 * second figure on the writer itself waits for a moment without them, and tries again each step.
 */
enum {
    WAL_FRAMES_BACKGROUND = 1000,
    WAL_FRAMES_WRITER = 16000,
    WAL_FRAMES_STEP = 4000,
    WAL_WAIT_MILLISECONDS = 100,
    BUSY_MILLISECONDS = 30 * 1000
};

/** A job that waits; lives on its caller's stack. */
typedef struct Waiting {
    StoreJob *job;
    void *data;
    Status status;
    sem_t done;
    struct Waiting *next;
} Waiting;

/* The writing thread and the line of jobs before it. */
struct SqliteWriter {
    Store *store;
    SqliteConnection *connection, *checkpointer;
    pthread_t thread, checkpoint_thread;

    pthread_mutex_t lock; /* over all that follows */
    pthread_cond_t arrived, checkpoint_wanted;
    Waiting *first, *last;
    bool stopping, checkpoint_stopping, checkpoint_due;

    /* Held while checkpointing, for SQLite turns the second of two away instead of letting it wait.
     */
    pthread_mutex_t checkpointing;

    /* Of the writer's thread alone. */
    int frames, frames_next;
    bool guarded; /* each job of the group runs in a savepoint */
};

/* The job that has waited longest; NULL when there is none. */
static Waiting *take(SqliteWriter *writer) {
    pthread_mutex_lock(&writer->lock);
    Waiting *waiting = writer->first;
    if (waiting) {
        writer->first = waiting->next;
        if (!writer->first) writer->last = NULL;
        waiting->next = NULL;
    }
    pthread_mutex_unlock(&writer->lock);
    return waiting;
}

/* Sleeps until a job is there; false when none will come. */
static bool wait_for_job(SqliteWriter *writer) {
    pthread_mutex_lock(&writer->lock);
    while (!writer->first && !writer->stopping) {
        pthread_cond_wait(&writer->arrived, &writer->lock);
    }
    bool any = writer->first != NULL;
    pthread_mutex_unlock(&writer->lock);
    return any;
}

/* Deferred foreign keys are checked when the group commits, which would fail the whole group. */
static Status check_deferred(SqliteConnection *connection) {
    int unresolved = 0, high = 0;
    sqlite3_db_status(connection->database, SQLITE_DBSTATUS_DEFERRED_FKS, &unresolved, &high, 0);
    return unresolved ? STATUS_CONFLICT : STATUS_OK;
}

static Status run_job(SqliteWriter *writer, Waiting *waiting) {
    SqliteConnection *connection = writer->connection;
    sqlite_connection_reset(connection);
    Status status = transaction_run(&connection->transaction, waiting->job, waiting->data);
    if (sqlite3_get_autocommit(connection->database)) return STATUS_FAILED;
    return status == STATUS_OK ? check_deferred(connection) : status;
}

/* Runs one job in a savepoint; what it did is kept only on STATUS_OK. */
static Status run_in_savepoint(SqliteWriter *writer, Waiting *waiting) {
    SqliteConnection *connection = writer->connection;
    Status status = sqlite_connection_run(connection, STR("SAVEPOINT job"));
    if (status != STATUS_OK) return status;
    status = run_job(writer, waiting);
    if (sqlite3_get_autocommit(connection->database)) return STATUS_FAILED;
    if (status != STATUS_OK) {
        Status undone = sqlite_connection_run(connection, STR("ROLLBACK TO job"));
        if (undone != STATUS_OK) return undone;
        atomic_fetch_add(&writer->store->rollbacks, 1);
    }
    Status released = sqlite_connection_run(connection, STR("RELEASE job"));
    return released == STATUS_OK ? status : released;
}

/* Wakes all of a group; `failure` overrides what the jobs thought of themselves. */
static void answer(Waiting *group, Status failure) {
    while (group) {
        /* The caller may be gone as soon as it is woken, and its Waiting with it. */
        Waiting *next = group->next;
        if (failure != STATUS_OK) group->status = failure;
        sem_post(&group->done);
        group = next;
    }
}

static Status run_one(SqliteWriter *writer, Waiting *waiting) {
    waiting->status =
        writer->guarded ? run_in_savepoint(writer, waiting) : run_job(writer, waiting);
    return sqlite3_get_autocommit(writer->connection->database) ? STATUS_FAILED : STATUS_OK;
}

/* One that refused before it wrote anything, as most that fail do, leaves nothing behind. */
static bool is_spoiled(const SqliteWriter *writer, const Waiting *waiting) {
    return !writer->guarded && waiting->status != STATUS_OK && writer->connection->wrote;
}

/*
 * Runs the jobs that wait and adds them to the group, whose end is `end`, until one has spoiled it.
 *
 * Some errors (disk full, input/output) make SQLite roll back the whole transaction under us: then
 * the jobs that had succeeded are lost too, and each caller has to hear of it.
 */
static Status run_waiting(SqliteWriter *writer, Waiting **end, bool *spoiled) {
    int64_t until = clock_steady() + GROUP_MILLISECONDS_LIMIT;
    for (int count = 0; count < GROUP_JOBS_LIMIT && clock_steady() < until; count++) {
        Waiting *waiting = take(writer);
        if (!waiting) break;
        *end = waiting;
        end = &waiting->next;
        Status status = run_one(writer, waiting);
        if (status != STATUS_OK) return status;
        *spoiled = is_spoiled(writer, waiting);
        if (*spoiled) break;
    }
    return STATUS_OK;
}

/*
 * Takes a spoiled group back, runs it again without the job that failed, which stands last, and
 * goes on with each job in a savepoint.
 */
static Status run_guarded(SqliteWriter *writer, Waiting *group) {
    bool spoiled = false;
    Waiting **end = &group;
    Status status = sqlite_connection_run(writer->connection, STR("ROLLBACK"));
    if (status == STATUS_OK) {
        status = sqlite_connection_run(writer->connection, STR("BEGIN IMMEDIATE"));
    }
    writer->guarded = true;
    atomic_fetch_add(&writer->store->rollbacks, 1);
    for (; status == STATUS_OK && (*end)->next; end = &(*end)->next) {
        atomic_fetch_add(&writer->store->retries, 1);
        status = run_one(writer, *end);
    }
    return status == STATUS_OK ? run_waiting(writer, &(*end)->next, &spoiled) : status;
}

/*
 * The search index flushes itself at each savepoint, which costs more than the rest of a job. So a
 * group runs without them, and only one that a failing job has spoiled runs again with them: jobs
 * may run twice by their contract.
 */
static Status run_jobs(SqliteWriter *writer, Waiting **group) {
    bool spoiled = false;
    writer->guarded = false;
    Status status = run_waiting(writer, group, &spoiled);
    return status == STATUS_OK && spoiled ? run_guarded(writer, *group) : status;
}

static void roll_back(SqliteWriter *writer) {
    if (sqlite3_get_autocommit(writer->connection->database)) return;
    Status undone = sqlite_connection_run(writer->connection, STR("ROLLBACK"));
    if (undone != STATUS_OK) log_write(LOG_LEVEL_ERROR, "rollback failed");
}

static Status commit(SqliteWriter *writer) {
    Status status = sqlite_connection_run(writer->connection, STR("COMMIT"));
    if (status == STATUS_OK) atomic_fetch_add(&writer->store->commits, 1);
    return status;
}

/* One transaction from BEGIN to the answers. */
static void run_group(SqliteWriter *writer) {
    Waiting *group = NULL;
    Status status = sqlite_connection_run(writer->connection, STR("BEGIN IMMEDIATE"));
    if (status != STATUS_OK) {
        /* Another process holds the file: only the one in front has waited long enough for it. */
        answer(take(writer), status);
        return;
    }
    status = run_jobs(writer, &group);
    if (status == STATUS_OK) status = commit(writer);
    if (status != STATUS_OK) roll_back(writer);
    answer(group, status);
}

static void want_checkpoint(SqliteWriter *writer) {
    pthread_mutex_lock(&writer->lock);
    writer->checkpoint_due = true;
    pthread_cond_signal(&writer->checkpoint_wanted);
    pthread_mutex_unlock(&writer->lock);
}

/* SQLite calls this after each commit with the number of frames in the WAL. */
static int note_frames(void *data, sqlite3 *database, const char *name, int frames) {
    SqliteWriter *writer = data;
    (void)database;
    (void)name;
    writer->frames = frames;
    atomic_store(&writer->store->wal_frames, frames);
    return SQLITE_OK;
}

/* Called between groups, when the writer holds no lock. */
static void bound_wal(SqliteWriter *writer) {
    sqlite3 *database = writer->connection->database;
    if (writer->frames < WAL_FRAMES_WRITER) writer->frames_next = WAL_FRAMES_WRITER;
    if (writer->frames >= writer->frames_next) {
        /* RESTART: the next commit begins at the front of the file again. */
        pthread_mutex_lock(&writer->checkpointing);
        sqlite3_busy_timeout(database, WAL_WAIT_MILLISECONDS);
        sqlite3_wal_checkpoint_v2(database, NULL, SQLITE_CHECKPOINT_RESTART, NULL, NULL);
        sqlite3_busy_timeout(database, BUSY_MILLISECONDS);
        pthread_mutex_unlock(&writer->checkpointing);
        writer->frames_next = writer->frames + WAL_FRAMES_STEP;
    } else if (writer->frames >= WAL_FRAMES_BACKGROUND) {
        want_checkpoint(writer);
    }
}

static void *write_groups(void *data) {
    SqliteWriter *writer = data;
    while (wait_for_job(writer)) {
        run_group(writer);
        bound_wal(writer);
    }
    return NULL;
}

/* PASSIVE waits for nobody, so it may run beside readers and the writer. */
static void *checkpoint_behind(void *data) {
    SqliteWriter *writer = data;
    for (;;) {
        pthread_mutex_lock(&writer->lock);
        while (!writer->checkpoint_due && !writer->checkpoint_stopping) {
            pthread_cond_wait(&writer->checkpoint_wanted, &writer->lock);
        }
        bool stopping = writer->checkpoint_stopping;
        writer->checkpoint_due = false;
        pthread_mutex_unlock(&writer->lock);
        if (stopping) return NULL;
        pthread_mutex_lock(&writer->checkpointing);
        sqlite3_wal_checkpoint_v2(writer->checkpointer->database, NULL, SQLITE_CHECKPOINT_PASSIVE,
                                  NULL, NULL);
        pthread_mutex_unlock(&writer->checkpointing);
    }
}

/* Both threads have ended. */
static void writer_free(SqliteWriter *writer) {
    pthread_mutex_destroy(&writer->lock);
    pthread_mutex_destroy(&writer->checkpointing);
    pthread_cond_destroy(&writer->arrived);
    pthread_cond_destroy(&writer->checkpoint_wanted);
    free(writer);
}

static void stop_checkpointer(SqliteWriter *writer) {
    pthread_mutex_lock(&writer->lock);
    writer->checkpoint_stopping = true;
    pthread_cond_signal(&writer->checkpoint_wanted);
    pthread_mutex_unlock(&writer->lock);
    pthread_join(writer->checkpoint_thread, NULL);
}

Status sqlite_writer_start(Store *store, SqliteConnection *connection,
                           SqliteConnection *checkpointer, SqliteWriter **out) {
    SqliteWriter *writer = calloc(1, sizeof *writer);
    if (!writer) abort();
    *writer = (SqliteWriter){.store = store,
                             .connection = connection,
                             .checkpointer = checkpointer,
                             .frames_next = WAL_FRAMES_WRITER};
    pthread_mutex_init(&writer->lock, NULL);
    pthread_mutex_init(&writer->checkpointing, NULL);
    pthread_cond_init(&writer->arrived, NULL);
    pthread_cond_init(&writer->checkpoint_wanted, NULL);
    sqlite3_wal_hook(connection->database, note_frames, writer);
    if (pthread_create(&writer->checkpoint_thread, NULL, checkpoint_behind, writer) != 0) {
        writer_free(writer);
        return STATUS_FAILED;
    }
    if (pthread_create(&writer->thread, NULL, write_groups, writer) != 0) {
        stop_checkpointer(writer);
        writer_free(writer);
        return STATUS_FAILED;
    }
    *out = writer;
    return STATUS_OK;
}

Status sqlite_writer_run(SqliteWriter *writer, StoreJob *job, void *data) {
    assert(!pthread_equal(pthread_self(), writer->thread) && "a job waits for itself");
    Waiting waiting = {.job = job, .data = data};
    sem_init(&waiting.done, 0, 0);
    pthread_mutex_lock(&writer->lock);
    bool refused = writer->stopping;
    if (!refused) {
        if (writer->last) {
            writer->last->next = &waiting;
        } else {
            writer->first = &waiting;
        }
        writer->last = &waiting;
        pthread_cond_signal(&writer->arrived);
    }
    pthread_mutex_unlock(&writer->lock);
    if (refused) {
        waiting.status = STATUS_BUSY;
    } else {
        while (sem_wait(&waiting.done) != 0) continue; /* a signal came */
    }
    sem_destroy(&waiting.done);
    return waiting.status;
}

void sqlite_writer_stop(SqliteWriter *writer) {
    pthread_mutex_lock(&writer->lock);
    writer->stopping = true;
    pthread_cond_signal(&writer->arrived);
    pthread_mutex_unlock(&writer->lock);
    pthread_join(writer->thread, NULL);
    stop_checkpointer(writer);
    writer_free(writer);
}
