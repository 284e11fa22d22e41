/*
 * A run belongs to two: to the list, by which it is found again, and to the job that works on it.
 * Whoever is last frees it. Figures are given out once and forgotten, so nobody reads old ones.
 */
#include "backtest_runs.h"

#include <pthread.h>
#include <stdlib.h>

#include "edition.h"
#include "task.h"

enum { RUNS_MOST = 16, RUN_KEPT = 10 * 60 * 1000 /* milliseconds that nobody fetches it */ };

/* One replay, shared by all who ask for the same, and its answer once it has ended. */
typedef struct BacktestRun {
    Task task; /* its arena holds the run; its problem what was wrong */
    BacktestRuns *runs;
    BacktestOptions options;
    BacktestWriter *write;
    Str key;
    int owners; /* under the lock, like all below */
    int64_t done, looks;
    int64_t ended_at; /* 0: at work */
    Status status;
    Buffer answer; /* JSON, when it ended well */
} BacktestRun;

/* The replays under way: few, for each of them reads the journal for minutes. */
struct BacktestRuns {
    pthread_mutex_t lock;
    BacktestRun *items[RUNS_MOST]; /* NULL: free */
};

BacktestRuns *backtest_runs_new(void) {
    BacktestRuns *runs = calloc(1, sizeof *runs);
    if (!runs) abort();
    pthread_mutex_init(&runs->lock, NULL);
    return runs;
}

/* Under the lock. */
static void give_up(BacktestRun *run) {
    if (--run->owners) return;
    buffer_free(&run->answer);
    task_close(&run->task);
}

static void forget(BacktestRuns *runs, BacktestRun *run) {
    for (int i = 0; i < RUNS_MOST; i++) {
        if (runs->items[i] != run) continue;
        runs->items[i] = NULL;
        give_up(run);
    }
}

void backtest_runs_free(BacktestRuns *runs) {
    if (!runs) return;
    for (int i = 0; i < RUNS_MOST; i++) {
        if (runs->items[i]) forget(runs, runs->items[i]);
    }
    pthread_mutex_destroy(&runs->lock);
    free(runs);
}

/* ---- The work ---- */

static bool looked(void *data, int64_t done, int64_t looks) {
    BacktestRun *run = data;
    pthread_mutex_lock(&run->runs->lock);
    run->done = done;
    run->looks = looks;
    pthread_mutex_unlock(&run->runs->lock);
    return task_goes_on(&run->task);
}

/* In a reader's snapshot of its own: its figures agree with each other. */
static Status replay(Transaction *transaction, void *data) {
    BacktestRun *run = data;
    const Business *business = run->task.edition->business;
    Context context = {.arena = run->task.arena,
                       .transaction = transaction,
                       .model = business->model,
                       .actor = &run->task.actor,
                       .now = clock_now(&run->task.api->clock),
                       .problem = &run->task.problem};
    Backtest result;
    Status status = backtest_run(&context, &run->options, &result);
    if (status != STATUS_OK) return status;
    JsonWriter json = json_writer(&run->answer);
    run->write(&json, &run->options, &result);
    return STATUS_OK;
}

static void work(void *data) {
    BacktestRun *run = data;
    BacktestRuns *runs = run->runs;
    Status status = store_read(run->task.api->store, replay, run);
    pthread_mutex_lock(&runs->lock);
    run->status = status;
    run->ended_at = clock_now(&run->task.api->clock);
    give_up(run);
    pthread_mutex_unlock(&runs->lock);
}

/* ---- Asking ---- */

/* Figures are of what a person may see by the rule in force. */
static Str key_of(const Call *call, const BacktestOptions *options) {
    return str_format(call->arena, "%.*s %p %.*s %lld %lld %lld %lld",
                      STR_ARGS(options->score->name), (const void *)call->edition,
                      STR_ARGS(id_text(call->arena, call->actor.user)),
                      (long long)date_to_days(options->from), (long long)date_to_days(options->to),
                      (long long)options->step, (long long)options->horizon);
}

/* What nobody fetched goes, so that the list has room. */
static BacktestRun *find(BacktestRuns *runs, Str key, int64_t now) {
    BacktestRun *found = NULL;
    for (int i = 0; i < RUNS_MOST; i++) {
        BacktestRun *run = runs->items[i];
        if (!run) continue;
        if (run->ended_at && run->ended_at + RUN_KEPT < now) {
            forget(runs, run);
        } else if (str_equal(run->key, key)) {
            found = run;
        }
    }
    return found;
}

static BacktestRun *open_run(Call *call, const BacktestOptions *options, BacktestWriter *write,
                             Str key) {
    Arena *arena = arena_new();
    BacktestRun *run = ARENA_NEW(arena, BacktestRun);
    task_open(&run->task, arena, call);
    run->runs = call->api->backtests;
    run->options = *options;
    run->options.go_on = looked;
    run->options.data = run;
    run->write = write;
    run->key = str_copy(arena, key);
    run->owners = 2;
    return run;
}

static bool keep(BacktestRuns *runs, BacktestRun *run) {
    for (int i = 0; i < RUNS_MOST; i++) {
        if (runs->items[i]) continue;
        runs->items[i] = run;
        return true;
    }
    return false;
}

/* Waits a moment for its end, without the lock. */
static Status start(Call *call, BacktestRun *run) {
    BacktestRuns *runs = call->api->backtests;
    pthread_mutex_lock(&runs->lock);
    bool kept = keep(runs, run);
    pthread_mutex_unlock(&runs->lock);
    Status status = kept ? task_start(call, work, run) : STATUS_BUSY;
    if (status == STATUS_OK) return status;
    pthread_mutex_lock(&runs->lock);
    if (kept) forget(runs, run);
    run->owners = 1; /* the job that never began */
    give_up(run);
    pthread_mutex_unlock(&runs->lock);
    return call_refuse(call, status, "", "busy");
}

/* Under the lock: the figures, or what the replay was refused for. */
static Status give_out(Call *call, BacktestRun *run) {
    Status status = run->status;
    if (status == STATUS_OK) {
        call->response->status = 200;
        json_write_raw(&call->json, buffer_str(&run->answer));
    }
    for (const ProblemError *error = run->task.problem.first; error; error = error->next) {
        problem_add(&call->problem, error->pointer, str_terminated(call->arena, error->code));
    }
    forget(run->runs, run);
    return status;
}

static Status tell_progress(Call *call, const BacktestRun *run) {
    call->response->status = 202;
    json_open_object(&call->json);
    json_member_text(&call->json, "status", STR("running"));
    json_member_integer(&call->json, "done", run->done);
    json_member_integer(&call->json, "looks", run->looks);
    json_close_object(&call->json);
    return STATUS_OK;
}

Status backtest_runs_ask(Call *call, const BacktestOptions *options, BacktestWriter *write) {
    BacktestRuns *runs = call->api->backtests;
    Str key = key_of(call, options);
    int64_t now = clock_now(&call->api->clock);
    pthread_mutex_lock(&runs->lock);
    BacktestRun *run = find(runs, key, now);
    pthread_mutex_unlock(&runs->lock);
    if (!run) {
        Status status = start(call, open_run(call, options, write, key));
        if (status != STATUS_OK) return status;
    }
    pthread_mutex_lock(&runs->lock);
    run = find(runs, key, now);
    Status status = STATUS_NOT_FOUND; /* another request of the same person has fetched it */
    if (run) status = run->ended_at ? give_out(call, run) : tell_progress(call, run);
    pthread_mutex_unlock(&runs->lock);
    return status;
}
