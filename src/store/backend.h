/*
 * What a database must do to stand behind store.h, and what store.c keeps for all of them. Private
 * to the store layer.
 */
#ifndef ONDO_STORE_BACKEND_H
#define ONDO_STORE_BACKEND_H

#include <stdatomic.h>

#include "store.h"

/** Statements that one connection keeps prepared; the longest unused one makes room. */
enum { BACKEND_STATEMENTS_LIMIT = 256 };

/** What a database has to be able to do; everything that both do alike is in store.c. */
typedef struct Backend {
    StoreKind kind;
    void (*close)(Store *store);
    Status (*read)(Store *store, StoreJob *job, void *data);
    Status (*write)(Store *store, StoreJob *job, void *data);
    Status (*backup)(Store *store, Str path, StoreGoOn *go_on, void *data);
    Status (*analyze)(Store *store);
    Status (*execute)(Transaction *transaction, Str sql, const Value *parameters, size_t count,
                      int64_t *changed);
    /** Runs several statements without parameters. */
    Status (*script)(Transaction *transaction, const char *sql);
    Status (*query)(Transaction *transaction, Str sql, const Value *parameters, size_t count,
                    Rows **out);
    Status (*next)(Rows *rows);
    Value (*column)(const Rows *rows, int column, ValueKind kind);
    void (*finish)(Rows *rows);
} Backend;

/** Begins each backend's own store structure. */
struct Store {
    const Backend *backend;
    atomic_uint_fast64_t reads, writes, commits, rollbacks, retries; /* since it was opened */
    atomic_int_fast64_t wal_frames;
};

/** Begins each backend's own transaction. */
struct Transaction {
    const Backend *backend;
    Rows *open;     /* queries not finished yet */
    Status failed;  /* of the first statement that failed and was not undone */
    bool lost;      /* no savepoint can heal it: serialization failure, connection gone */
    int savepoints; /* open ones */
};

/** Begins each backend's own rows. */
struct Rows {
    Transaction *transaction;
    Rows *previous, *next;
    int depth; /* savepoints that were open at the start */
};

/** Runs a job and settles what its transaction comes to: its own status or that of a failed
 * statement. Finishes forgotten queries. */
MUST_USE Status transaction_run(Transaction *transaction, StoreJob *job, void *data);

/** See store_open, which chooses between them by the database's name. */
MUST_USE Status sqlite_store_open(const StoreOptions *options, Store **out);
MUST_USE Status postgresql_store_open(const StoreOptions *options, Store **out);

/** The number behind the "$" of a parameter's name. */
static inline size_t backend_parameter_number(const char *name) {
    size_t number = 0;
    for (const char *at = name + 1; *at >= '0' && *at <= '9'; at++) {
        number = number * 10 + (size_t)(*at - '0');
    }
    return number;
}

#endif
