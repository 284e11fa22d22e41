#include "demo.h"

#include <stdlib.h>

#include "corpus.h"
#include "history.h"
#include "rows.h"
#include "sink.h"
#include "table_fill.h"
#include "tables.h"

/*
 * The order of things: read what the company is made of, refuse a database in use, plan, take the
 * indexes away, write, make the indexes, and hand out keys last, so that nobody can sign in to
 * half a company.
 */

/* One row is enough to say no. */
static Status refuse_if_any(Transaction *transaction, Str sql) {
    CLEANUP(store_drop) Rows *rows = NULL;
    Status status = store_query_first(transaction, sql, NULL, 0, &rows);
    if (status == STATUS_END) return STATUS_OK;
    return status == STATUS_OK ? STATUS_CONFLICT : status;
}

/* Either would be mixed up with the invented ones for good. */
static Status refuse_if_used(Transaction *transaction, void *data) {
    (void)data;
    Status status = refuse_if_any(transaction, STR("SELECT \"id\" FROM \"user\" LIMIT 1"));
    if (status != STATUS_OK) return status;
    return refuse_if_any(transaction, STR("SELECT \"id\" FROM \"hcp\" LIMIT 1"));
}

/* Those who left keep their records and lose their key. */
static Status write_credentials(Transaction *transaction, void *data) {
    const World *world = data;
    for (uint32_t i = 0; i < world->user_count; i++) {
        if (!world->users[i].active) continue;
        Status status =
            store_run(transaction,
                      "INSERT INTO \"credential\" (\"user\", \"password_hash\", \"changed_at\")"
                      " VALUES ($1, $2, $3)",
                      value_id(world_user_id(world, i)), value_text(world->options->password_hash),
                      value_integer(world->now));
        if (status != STATUS_OK) return status;
    }
    return STATUS_OK;
}

static void report_phase(const DemoOptions *options, const char *phase) {
    if (options->progress) options->progress(options->progress_data, phase, 0, 0);
}

static void free_slots(Slot **slots) {
    free(*slots);
}

/*
 * All steps of history are taken twice: people are written with their ends known, visits follow
 * in time.
 */
static Status write_rows(World *world, Sink *sink) {
    Slot *slots CLEANUP(free_slots) = history_schedule(world);
    size_t visits = (size_t)world->options->visits;
    history_run(world, slots, visits);
    rows_write_company(world, sink);
    rows_write_institutions(world, sink);
    rows_write_people(world, sink);
    rows_write_resources(world, sink);
    history_reset(world);
    rows_write_visits(world, slots, visits, sink);
    return sink_finish(sink);
}

/* What institutions derive from their people is measured as it always is, once all are there. */
static Status fill_institutions(Transaction *transaction, void *data) {
    const Object *hco = model_object(data, STR("hco"));
    for (size_t i = 0; i < hco->field_count; i++) {
        if (!hco->fields[i].rollup) continue;
        Status status = table_fill_rollup(transaction, hco, &hco->fields[i]);
        if (status != STATUS_OK) return status;
    }
    return STATUS_OK;
}

/* Indexes are made once at the end, which is far quicker than keeping them; after a failure too. */
static Status write_all(Store *store, const Model *model, World *world, Sink *sink) {
    Status status = tables_drop_indexes(model, store);
    if (status != STATUS_OK) return status;
    status = write_rows(world, sink);
    report_phase(world->options, "indexes");
    Status made = tables_make_indexes(model, store);
    if (status == STATUS_OK) status = made;
    if (status == STATUS_OK) status = store_write(store, fill_institutions, (void *)model);
    if (status != STATUS_OK) return status;
    return store_write(store, write_credentials, world);
}

/* Bounds keep the sizes of arrays far from overflow. */
static bool in_range(const DemoOptions *options) {
    return options->hcps >= DEMO_HCPS_MINIMUM && options->hcps <= DEMO_HCPS_LIMIT &&
           options->visits >= 0 && options->visits <= 100 * (int64_t)DEMO_HCPS_LIMIT &&
           options->password_hash.size > 0;
}

Status demo_generate(Store *store, const Model *model, const DemoOptions *options,
                     DemoReport *out) {
    Arena *arena CLEANUP(arena_drop) = arena_new();
    Sink *sink CLEANUP(sink_drop) = NULL;
    Corpus corpus;
    if (!in_range(options)) {
        if (options->problem) problem_add(options->problem, STR(""), "demo_range", STR(""));
        return STATUS_INVALID;
    }
    Status status =
        corpus_load(arena, options->files, options->file_count, options->problem, &corpus);
    if (status != STATUS_OK) return status;
    status = store_read(store, refuse_if_used, NULL);
    if (status != STATUS_OK) return status;
    status = sink_open(store, model, options, &sink);
    if (status != STATUS_OK) return status;
    report_phase(options, "plan");
    World world = world_plan(arena, &corpus, options);
    status = write_all(store, model, &world, sink);
    if (status != STATUS_OK) return status;
    DemoReport report = {.representatives = (int64_t)world.representative_count,
                         .managers = (int64_t)world.team_count};
    sink_count(sink, &report);
    *out = report;
    return STATUS_OK;
}
