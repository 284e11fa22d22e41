/*
 * The daily run, one writing job for each time zone that people live in: "due today" is a question
 * of the owner's day, not of the server's. A zone's rules are one transaction, so that a zone that
 * fails leaves no half of its tasks; causes already acted on are found and skipped next time.
 */
#include "daily.h"

#include "backlog.h"
#include "derived.h"
#include "handover.h"
#include "material.h"
#include "run_mark.h"
#include "temperature.h"
#include "zone.h"

#include "notification.h"
#include "review/review_weekly.h"

/* The time zones of all people, each once: a day begins in each of them at its own hour. */
typedef struct Zones {
    Arena *arena;
    Str *names;
    size_t count, capacity;
} Zones;

/* Zones are few, so each is looked for from the beginning. */
static void add_zone(Zones *zones, Str name) {
    for (size_t i = 0; i < zones->count; i++) {
        if (str_equal(zones->names[i], name)) return;
    }
    if (zones->count == zones->capacity) {
        zones->capacity = zones->capacity ? zones->capacity * 2 : 16;
        Str *names = ARENA_ARRAY(zones->arena, zones->capacity, Str);
        if (zones->count) memcpy(names, zones->names, zones->count * sizeof(Str));
        zones->names = names;
    }
    zones->names[zones->count++] = str_copy(zones->arena, name);
}

static Status read_zones(Transaction *transaction, void *data) {
    Zones *zones = data;
    Rows *rows CLEANUP(store_drop) = NULL;
    Status status = store_query(transaction,
                                STR("SELECT DISTINCT \"zone\" FROM \"user\" WHERE \"zone\" IS NOT "
                                    "NULL AND \"deleted_at\" IS NULL ORDER BY \"zone\""),
                                NULL, 0, &rows);
    while (status == STATUS_OK && (status = store_next(rows)) == STATUS_OK) {
        add_zone(zones, store_column(rows, 0, VALUE_TEXT).text);
    }
    return status == STATUS_END ? STATUS_OK : status;
}

/* The day's work for the people of one zone: what its writing jobs share. */
typedef struct ZoneRun {
    const DailyOptions *options;
    Problem *problem;
    Str zone;
    int64_t acted;
} ZoneRun;

static Context daily_context(const ZoneRun *run, Arena *arena, Transaction *transaction,
                             const Actor *system) {
    return (Context){.arena = arena,
                     .transaction = transaction,
                     .model = run->options->business->model,
                     .hooks = run->options->hooks,
                     .actor = system,
                     .now = run->options->now,
                     .problem = run->problem};
}

/* Rankings are asked daily too, so that a score that asks about one is as little settled as it. */
static bool is_settled(const Business *business, const Score *score) {
    for (size_t i = 0; i < score->object->field_count; i++) {
        const Field *field = &score->object->fields[i];
        if (score_mentions(score, field) &&
            rankings_keep(&business->rankings, score->object, field->name)) {
            return false;
        }
    }
    return score_is_settled(score, &business->scores);
}

/*
 * As the system, with no user: what a rule makes belongs to whom the rule names, not to a person
 * who happened to be signed in. Scores come first: a rule may ask about them.
 */
static Status run_zone(Transaction *transaction, void *data) {
    ZoneRun *run = data;
    const DailyOptions *options = run->options;
    Arena *arena CLEANUP(arena_drop) = arena_new();
    Actor system = {.zone = run->zone, .via = STR("rule"), .everything = true};
    Context context = daily_context(run, arena, transaction, &system);
    const Business *business = options->business;
    for (size_t i = 0; i < business->scores.count; i++) {
        const Score *score = &business->scores.items[i];
        if (is_settled(business, score)) continue;
        Status status = score_run_zone(score, &context, run->zone, options->company_zone);
        if (status != STATUS_OK) return status;
    }
    return rules_run_daily(business->rules, &context, options->company_zone, &run->acted);
}

static Status run_reminders_job(Transaction *transaction, void *data) {
    ZoneRun *run = data;
    Arena *arena CLEANUP(arena_drop) = arena_new();
    Actor system = {.zone = run->zone, .via = STR("rule"), .everything = true};
    Context context = daily_context(run, arena, transaction, &system);
    return rules_run_after(run->options->business->rules, &context, &run->acted);
}

Status daily_run_reminders(const DailyOptions *options, Problem *problem, int64_t *acted) {
    ZoneRun run = {.options = options, .problem = problem, .zone = options->company_zone};
    Status status = store_write(options->store, run_reminders_job, &run);
    if (status == STATUS_OK) *acted = run.acted;
    return status;
}

static Status remove_old(Transaction *transaction, void *data) {
    const DailyOptions *options = data;
    return notification_remove_read(transaction, options->now);
}

/*
 * By the company's calendar: a plan is between two people who may live in two zones, and a line for
 * scarce things between many.
 */
static Status run_company(Transaction *transaction, void *data) {
    ZoneRun *run = data;
    const DailyOptions *options = run->options;
    Arena *arena CLEANUP(arena_drop) = arena_new();
    Actor system = {.zone = run->zone, .via = STR("rule"), .everything = true};
    Context context = daily_context(run, arena, transaction, &system);
    Status status = rankings_run(&options->business->rankings, &context);
    if (status == STATUS_OK) status = capacities_run(options->business->capacities, &context);
    if (status != STATUS_OK) return status;
    return handover_daily(&context, date_text(arena, zone_date(run->zone, options->now)),
                          &run->acted);
}

/*
 * After the rules, which may have started or stopped some; instants are the same in every zone.
 * Material becomes usable on a day of the company.
 */
static Status run_playbooks(Transaction *transaction, void *data) {
    ZoneRun *run = data;
    Arena *arena CLEANUP(arena_drop) = arena_new();
    Actor system = {.zone = run->zone, .via = STR("rule"), .everything = true};
    Context context = daily_context(run, arena, transaction, &system);
    run->acted = 0;
    Str today = date_text(arena, zone_date(run->zone, run->options->now));
    Status status = material_daily(&context, today, &run->acted);
    if (status != STATUS_OK) return status;
    return playbooks_tick(&run->options->business->playbooks, &context, &run->acted);
}

/* Repairs what an older program, or one without the field, left behind. */
static Status run_directions(Transaction *transaction, void *data) {
    const ZoneRun *run = data;
    Arena *arena CLEANUP(arena_drop) = arena_new();
    Actor system = {.zone = run->zone, .via = STR("rule"), .everything = true};
    Context context = daily_context(run, arena, transaction, &system);
    return temperature_fill_directions(&context);
}

/* By the company's calendar: a week is over for all at once. And what comes near, for hosts whose
 * timer runs the rules without a server. */
static Status run_week(Transaction *transaction, void *data) {
    ZoneRun *run = data;
    const Business *business = run->options->business;
    Arena *arena CLEANUP(arena_drop) = arena_new();
    Actor system = {.zone = run->zone, .via = STR("rule"), .everything = true};
    Context context = daily_context(run, arena, transaction, &system);
    int64_t told = 0;
    run->acted = 0;
    Status status =
        review_weekly_run(&context, review_plans_find(&business->reviews, STR("weekly")),
                          &business->templates, &run->acted);
    if (status == STATUS_OK) status = deadlines_escalate(&business->deadlines, &context, &told);
    run->acted += told;
    return status;
}

/* What is left from before, done a piece at a time so that people's saves get through. */
typedef struct BacklogRun {
    ZoneRun *run;
    size_t filled; /* in the latest round */
    bool any;
} BacklogRun;

static Status run_backlog_round(Transaction *transaction, void *data) {
    BacklogRun *backlog = data;
    Arena *arena CLEANUP(arena_drop) = arena_new();
    Actor system = {.zone = backlog->run->zone, .via = STR("rule"), .everything = true};
    Context context = daily_context(backlog->run, arena, transaction, &system);
    return backlog_round(backlog->run->options->business, &context, &backlog->filled);
}

/* A round a job, so that nobody's save waits long, and one that is stopped goes on tomorrow. */
static Status run_backlog(ZoneRun *run, bool *any) {
    BacklogRun backlog = {.run = run, .filled = 1};
    Status status = STATUS_OK;
    while (backlog.filled && status == STATUS_OK) {
        status = store_write(run->options->store, run_backlog_round, &backlog);
        if (backlog.filled) *any = true;
    }
    return status;
}

typedef struct SettledRun {
    ZoneRun *run;
    bool needed; /* though the definitions are those of the last time */
} SettledRun;

/*
 * Scores that only saves move are asked of all records once for each state of the definitions, not
 * every day: on a million visits that is the larger part of a day's work.
 */
static Status run_settled_scores(Transaction *transaction, void *data) {
    SettledRun *settled = data;
    const Business *business = settled->run->options->business;
    Arena *arena CLEANUP(arena_drop) = arena_new();
    Actor system = {.zone = settled->run->zone, .via = STR("rule"), .everything = true};
    Context context = daily_context(settled->run, arena, transaction, &system);
    bool done = false;
    Status status = run_mark_is(transaction, DERIVED_SETTLED, business->fingerprint, &done);
    if (status != STATUS_OK || (done && !settled->needed)) return status;
    for (size_t i = 0; i < business->scores.count && status == STATUS_OK; i++) {
        const Score *score = &business->scores.items[i];
        if (is_settled(business, score)) status = score_run(score, &context);
    }
    if (status != STATUS_OK) return status;
    return run_mark_set(transaction, DERIVED_SETTLED, business->fingerprint);
}

/* Whether the database's own figures were renewed today. */
typedef struct Analysis {
    Str day;
    bool done;
} Analysis;

static Status note_analysis(Transaction *transaction, void *data) {
    Analysis *analysis = data;
    Status status = run_mark_is(transaction, STR("analyzed"), analysis->day, &analysis->done);
    if (status != STATUS_OK || analysis->done) return status;
    return run_mark_set(transaction, STR("analyzed"), analysis->day);
}

/* After everything that a day moves, and once: the run itself comes every hour. */
static Status analyze(const DailyOptions *options, Arena *arena) {
    Date today = zone_date(options->company_zone, options->now);
    Analysis analysis = {.day = date_text(arena, today)};
    Status status = store_write(options->store, note_analysis, &analysis);
    if (status != STATUS_OK || analysis.done) return status;
    return store_analyze(options->store);
}

/*
 * The company's zone comes first and is there also when nobody lives in it. Doctors change hands
 * before the rules look at whose they are.
 */
Status daily_run(const DailyOptions *options, Problem *problem, int64_t *acted) {
    Arena *arena CLEANUP(arena_drop) = arena_new();
    Zones zones = {.arena = arena};
    int64_t total = 0;
    add_zone(&zones, options->company_zone);
    ZoneRun handovers = {.options = options, .problem = problem, .zone = options->company_zone};
    Status status = store_write(options->store, run_company, &handovers);
    total += handovers.acted;
    if (status == STATUS_OK) {
        status = store_write(options->store, run_directions, &handovers);
    }
    SettledRun settled = {.run = &handovers};
    if (status == STATUS_OK) status = run_backlog(&handovers, &settled.needed);
    if (status == STATUS_OK) status = store_write(options->store, run_settled_scores, &settled);
    if (status == STATUS_OK) status = store_read(options->store, read_zones, &zones);
    for (size_t i = 0; status == STATUS_OK && i < zones.count; i++) {
        ZoneRun run = {.options = options, .problem = problem, .zone = zones.names[i]};
        status = store_write(options->store, run_zone, &run);
        total += run.acted;
    }
    ZoneRun playbooks = {.options = options, .problem = problem, .zone = options->company_zone};
    if (status == STATUS_OK) status = store_write(options->store, run_playbooks, &playbooks);
    total += playbooks.acted;
    int64_t reminded = 0;
    if (status == STATUS_OK) status = daily_run_reminders(options, problem, &reminded);
    total += reminded;
    ZoneRun company = {.options = options, .problem = problem, .zone = options->company_zone};
    if (status == STATUS_OK) status = store_write(options->store, run_week, &company);
    total += company.acted;
    if (status == STATUS_OK) status = store_write(options->store, remove_old, (void *)options);
    if (status == STATUS_OK) status = analyze(options, arena);
    if (status == STATUS_OK) *acted = total;
    return status;
}
