/*
 * One thread, one table of duties. They run one after the other, so none needs to guard against
 * another; a duty that fails is logged and comes again in its turn, and keeps none of the others
 * from running.
 */
#include "keeper.h"

#include <pthread.h>
#include <stdlib.h>
#include <time.h>

#include "batch.h"
#include "daily.h"
#include "edition.h"
#include "events.h"
#include "idempotency.h"
#include "journal.h"
#include "log.h"
#include "session.h"
#include "sign_in_delay.h"
#include "staged.h"

enum { ROUND_MILLISECONDS = 200, START_PAUSE = 5 * CLOCK_SECOND };

/* What the keeper does, and how often. */
typedef struct Duty {
    const char *name;
    int64_t every; /* milliseconds */
    Status (*perform)(Keeper *keeper);
} Duty;

/*
 * One thread for all background work: its duties are short, and none of them runs beside another.
 */
struct Keeper {
    Api *api;
    const unsigned char *secret_key;
    pthread_t thread;
    pthread_mutex_t lock;
    pthread_cond_t woken;
    bool stopping;
};

/* ---- Duties ---- */

static Status seal(Keeper *keeper) {
    return journal_seal_all(keeper->api->store);
}

static Status tell(Keeper *keeper) {
    return events_tell(keeper->api);
}

static Status sign_journal(Transaction *transaction, void *data) {
    Keeper *keeper = data;
    return journal_checkpoint(transaction, clock_now(&keeper->api->clock), keeper->secret_key);
}

/* Every few minutes: what is not signed yet could still be rewritten unnoticed. */
static Status checkpoint(Keeper *keeper) {
    return store_write(keeper->api->store, sign_journal, keeper);
}

/* By the business that is in force now; the caller holds the edition to the end of the run. */
static DailyOptions daily_options(const Keeper *keeper, const Edition *edition) {
    return (DailyOptions){.store = keeper->api->store,
                          .business = edition->business,
                          .hooks = &edition->hooks,
                          .now = clock_now(&keeper->api->clock),
                          .company_zone = keeper->api->company_zone};
}

/*
 * Every hour, not once a day: zones begin their day at different hours, and a cause acted on is not
 * acted on again.
 */
static Status run_rules(Keeper *keeper) {
    Arena *arena CLEANUP(arena_drop) = arena_new();
    const Edition *edition CLEANUP(edition_drop) = editions_take(keeper->api->editions);
    Problem problem = problem_new(arena);
    DailyOptions options = daily_options(keeper, edition);
    int64_t acted = 0;
    Status status = daily_run(&options, &problem, &acted);
    if (acted) log_write(LOG_LEVEL_INFO, "daily rules", LOG_NUMBER("acted", acted));
    if (problem.first) {
        log_write(LOG_LEVEL_ERROR, "daily rules", LOG_TEXT("code", problem.first->code),
                  LOG_TEXT("what", problem.first->arguments[0]));
    }
    return status;
}

/* What waits for minutes, not for a day: a note that is to be completed ten minutes later. */
static Status remind(Keeper *keeper) {
    Arena *arena CLEANUP(arena_drop) = arena_new();
    const Edition *edition CLEANUP(edition_drop) = editions_take(keeper->api->editions);
    Problem problem = problem_new(arena);
    DailyOptions options = daily_options(keeper, edition);
    int64_t acted = 0;
    return daily_run_reminders(&options, &problem, &acted);
}

/* Another server may have published: this one takes it over at once. */
static Status follow_definitions(Keeper *keeper) {
    return editions_refresh(keeper->api);
}

/* What has expired is refused anyway; this only keeps tables small. */
static Status sweep_job(Transaction *transaction, void *data) {
    Keeper *keeper = data;
    int64_t now = clock_now(&keeper->api->clock);
    Status status = idempotency_purge(transaction, now);
    if (status == STATUS_OK) status = session_remove_expired(transaction, now);
    if (status == STATUS_OK) status = sign_in_delay_remove_old(transaction, now);
    if (status == STATUS_OK) status = batch_sweep(transaction, now);
    return status;
}

static Status sweep(Keeper *keeper) {
    return store_write(keeper->api->store, sweep_job, keeper);
}

static Status sweep_imports_job(Transaction *transaction, void *data) {
    const Keeper *keeper = data;
    Arena *arena CLEANUP(arena_drop) = arena_new();
    return staged_sweep(transaction, arena, clock_now(&keeper->api->clock));
}

/* Files that nobody came back for, and imports whose process died. */
static Status sweep_imports(Keeper *keeper) {
    return store_write(keeper->api->store, sweep_imports_job, keeper);
}

/* One look at the due times that come near. */
typedef struct EscalationJob {
    const Edition *edition;
    Problem *problem;
    Str zone;
    int64_t now, told;
} EscalationJob;

static Status escalate_job(Transaction *transaction, void *data) {
    EscalationJob *job = data;
    Arena *arena CLEANUP(arena_drop) = arena_new();
    Actor system = {.zone = job->zone, .via = STR("rule"), .everything = true};
    Context context = {.arena = arena,
                       .transaction = transaction,
                       .model = job->edition->business->model,
                       .hooks = &job->edition->hooks,
                       .actor = &system,
                       .now = job->now,
                       .problem = job->problem};
    return deadlines_escalate(&job->edition->business->deadlines, &context, &job->told);
}

/* Often, though some of them leave days: the first step tells a writer that a report was opened. */
static Status escalate(Keeper *keeper) {
    Arena *arena CLEANUP(arena_drop) = arena_new();
    const Edition *edition CLEANUP(edition_drop) = editions_take(keeper->api->editions);
    Problem problem = problem_new(arena);
    EscalationJob job = {.edition = edition,
                         .problem = &problem,
                         .zone = keeper->api->company_zone,
                         .now = clock_now(&keeper->api->clock)};
    Status status = store_write(keeper->api->store, escalate_job, &job);
    if (job.told) log_write(LOG_LEVEL_INFO, "deadlines", LOG_NUMBER("told", job.told));
    return status;
}

static const Duty DUTIES[] = {
    {.name = "seal", .every = 0, .perform = seal},
    {.name = "events", .every = 0, .perform = tell},
    {.name = "definitions", .every = CLOCK_SECOND / 2, .perform = follow_definitions},
    {.name = "checkpoint", .every = 5 * CLOCK_MINUTE, .perform = checkpoint},
    {.name = "reminders", .every = CLOCK_MINUTE / 2, .perform = remind},
    {.name = "daily rules", .every = CLOCK_HOUR, .perform = run_rules},
    {.name = "sweep", .every = CLOCK_HOUR, .perform = sweep},
    {.name = "deadlines", .every = 10 * CLOCK_SECOND, .perform = escalate},
    {.name = "imports", .every = CLOCK_MINUTE, .perform = sweep_imports},
};
enum { DUTY_COUNT = sizeof DUTIES / sizeof *DUTIES };

/* ---- The thread ---- */

/* False once the server stops: waiting ends at once then, not after the round. */
static bool wait_for_round(Keeper *keeper) {
    struct timespec until;
    clock_gettime(CLOCK_MONOTONIC, &until);
    until.tv_nsec += ROUND_MILLISECONDS * 1000000L;
    until.tv_sec += until.tv_nsec / 1000000000L;
    until.tv_nsec %= 1000000000L;
    pthread_mutex_lock(&keeper->lock);
    if (!keeper->stopping) pthread_cond_timedwait(&keeper->woken, &keeper->lock, &until);
    bool stopping = keeper->stopping;
    pthread_mutex_unlock(&keeper->lock);
    return !stopping;
}

/* Without detail: the duty has logged what it knows, the name tells where to look. */
static void perform(Keeper *keeper, const Duty *duty) {
    Status status = duty->perform(keeper);
    if (status == STATUS_OK) return;
    log_write(LOG_LEVEL_ERROR, "keeper", LOG_TEXT("duty", str_of(duty->name)),
              LOG_TEXT("status", str_of(status_name(status))));
}

/* What the last requests left unsealed is sealed once more on the way out. */
static void *keep(void *data) {
    Keeper *keeper = data;
    int64_t due[DUTY_COUNT];
    /* What is done now and then waits a moment, so that a warm start answers at once. */
    for (int i = 0; i < DUTY_COUNT; i++) {
        due[i] = clock_steady() + (DUTIES[i].every >= CLOCK_MINUTE ? START_PAUSE : 0);
    }
    while (wait_for_round(keeper)) {
        for (int i = 0; i < DUTY_COUNT; i++) {
            if (clock_steady() < due[i]) continue;
            perform(keeper, &DUTIES[i]);
            due[i] = clock_steady() + DUTIES[i].every;
        }
    }
    perform(keeper, &DUTIES[0]);
    return NULL;
}

/* The pause between rounds is counted by the steady clock, whatever becomes of the time of day. */
Status keeper_start(Api *api, const unsigned char *secret_key, Keeper **out) {
    Keeper *keeper = calloc(1, sizeof *keeper);
    if (!keeper) abort();
    pthread_condattr_t steady;
    keeper->api = api;
    keeper->secret_key = secret_key;
    pthread_mutex_init(&keeper->lock, NULL);
    pthread_condattr_init(&steady);
    pthread_condattr_setclock(&steady, CLOCK_MONOTONIC);
    pthread_cond_init(&keeper->woken, &steady);
    pthread_condattr_destroy(&steady);
    if (pthread_create(&keeper->thread, NULL, keep, keeper) != 0) {
        free(keeper);
        return STATUS_FAILED;
    }
    *out = keeper;
    return STATUS_OK;
}

/* Wakes it from its pause; a duty under way is finished first. */
void keeper_stop(Keeper *keeper) {
    if (!keeper) return;
    pthread_mutex_lock(&keeper->lock);
    keeper->stopping = true;
    pthread_cond_signal(&keeper->woken);
    pthread_mutex_unlock(&keeper->lock);
    pthread_join(keeper->thread, NULL);
    pthread_cond_destroy(&keeper->woken);
    pthread_mutex_destroy(&keeper->lock);
    free(keeper);
}
