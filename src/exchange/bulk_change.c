/*
 * Running a bulk change. What a group does is tallied anew in each run of its job, since the store
 * may run it twice (ADR 3), and counts once the job has ended.
 */
#include "bulk_change.h"

#include "access.h"
#include "attempts.h"
#include "bulk_change_tally.h"
#include "field.h"

/* Well under a second of SQLite's one writer, so that others write in between. */
enum { GROUP_RECORDS = 250 };

/* A change of many under way, group by group. */
typedef struct Run {
    const Exchange *exchange;
    const BulkChange *change;
    Id id;
    Arena *arena; /* of what outlives a group */
    Arena *group_arena;
    Problem *problem;
    size_t first, end; /* the group at work */
    Status outcome;    /* of a rehearsal, whose job always asks to be rolled back */
    BulkTally *tally, *group_tally;
} Run;

/* Records changed in one transaction, which may run again from the start. */
typedef struct Group {
    Run *run;
    Context context;
    ArenaMark mark;
    Problem problem; /* of the record at work */
    Record before;   /* the record at work; no object: it could not be read */
    BulkResult results[GROUP_RECORDS];
} Group;

/* ---- One record ---- */

static void write_values(Context *context, JsonWriter *json, const Record *shown,
                         const Record *other) {
    const Object *object = shown->object;
    json_open_object(json);
    for (size_t i = 0; i < object->field_count; i++) {
        const Field *field = &object->fields[i];
        if (value_equal(&shown->values[i], &other->values[i])) continue;
        if (!access_may_read_field(context->actor, object, field)) continue;
        json_key(json, field->name);
        field_write_json(json, field, &shown->values[i]);
    }
    json_close_object(json);
}

/* What differs, derived fields included: the change as its consequences leave it. */
static Str example_of(Run *run, Context *context, const Record *before, const Record *after) {
    Buffer text CLEANUP(buffer_free) = {0};
    JsonWriter json = json_writer(&text);
    json_open_object(&json);
    json_member_id(&json, "id", before->id);
    json_member_text(&json, "title", record_title(context, before));
    json_key(&json, STR("before"));
    write_values(context, &json, before, after);
    json_key(&json, STR("after"));
    write_values(context, &json, after, before);
    json_close_object(&json);
    return str_copy(run->arena, buffer_str(&text));
}

/* Counted anew each time: a record may be done again after a neighbour's refusal. */
static bool wants_example(const Group *group, size_t index) {
    size_t count = group->run->tally->example_count;
    for (size_t i = 0; i < index && count < BULK_CHANGE_EXAMPLES; i++) {
        count += group->results[i].example.size > 0;
    }
    return count < BULK_CHANGE_EXAMPLES;
}

/* Read as the actor, changed as the actor: the same door as a change by hand. */
static Status change_record(Group *group, size_t index) {
    Run *run = group->run;
    Context *context = &group->context;
    const Object *object = run->change->object;
    BulkResult *result = &group->results[index];
    Record after;
    Status status =
        record_read(context, object, run->change->ids[run->first + index], &group->before);
    if (status != STATUS_OK) {
        group->before.object = NULL;
        return status;
    }
    json_t *patch CLEANUP(json_drop) = bulk_change_patch(run->change, &group->before);
    status = record_update(context, object, group->before.id, patch, 0, &after);
    if (status != STATUS_OK) return status;
    bool changed = after.version != group->before.version;
    result->outcome = changed ? BULK_CHANGED : BULK_UNCHANGED;
    if (changed && wants_example(group, index)) {
        result->example = example_of(run, context, &group->before, &after);
    }
    return STATUS_OK;
}

static Status change_piece(Transaction *transaction, void *data, size_t index) {
    Group *group = data;
    (void)transaction;
    arena_rewind(group->context.arena, group->mark);
    group->problem = problem_new(group->context.arena);
    group->context.problem = &group->problem;
    group->before = (Record){.object = NULL};
    group->results[index] = (BulkResult){.outcome = BULK_REFUSED};
    return change_record(group, index);
}

/* The first error stands for the record; a refusal that nobody explained is told by its status. */
static void refuse_piece(void *data, size_t index, Status status) {
    Group *group = data;
    Run *run = group->run;
    const ProblemError *error = group->problem.first;
    ProblemError general = {.code =
                                str_join(run->arena, STR("status_"), str_of(status_name(status)))};
    if (!error) error = &general;
    group->results[index] = (BulkResult){
        .outcome = BULK_REFUSED,
        .code = str_copy(run->arena, error->code),
        .message = exchange_sentence(run->exchange, run->arena, error),
        .title = group->before.object
                     ? str_copy(run->arena, record_title(&group->context, &group->before))
                     : (Str){0}};
}

/* ---- Groups ---- */

static Status change_group(Transaction *transaction, Run *run) {
    arena_reset(run->group_arena);
    Group *group = ARENA_NEW(run->group_arena, Group);
    group->run = run;
    group->context = exchange_context(run->exchange, run->group_arena, transaction, run->problem);
    group->context.batch = run->id;
    group->context.reason = run->change->reason;
    group->mark = arena_mark(run->group_arena);
    Attempts attempts = {.count = run->end - run->first,
                         .piece = change_piece,
                         .refused = refuse_piece,
                         .data = group};
    Status status = attempts_run(transaction, &attempts);
    if (status != STATUS_OK) return status;
    *run->group_tally = *run->tally;
    for (size_t i = 0; i < attempts.count; i++) {
        bulk_tally_add(run->group_tally, run->change->ids[run->first + i], &group->results[i]);
    }
    return STATUS_OK;
}

/* The counts are part of the group's transaction: they never tell of records that are not saved. */
static Status real_job(Transaction *transaction, void *data) {
    Run *run = data;
    Status status = change_group(transaction, run);
    if (status != STATUS_OK) return status;
    Context context = exchange_context(run->exchange, run->group_arena, transaction, run->problem);
    return batch_progress(&context, run->id,
                          bulk_tally_counts(run->group_arena, run->change, run->group_tally));
}

/* A job that does not return STATUS_OK leaves no trace: a preview never does. */
static Status preview_job(Transaction *transaction, void *data) {
    Run *run = data;
    run->outcome = change_group(transaction, run);
    if (run->outcome == STATUS_OK) {
        run->outcome =
            bulk_tally_follows(run->group_tally, run->change, run->id, run->arena, transaction);
    }
    return run->outcome == STATUS_OK ? STATUS_STALE : run->outcome;
}

/* STATUS_STALE once somebody has cancelled it. */
static Status progress_job(Transaction *transaction, void *data) {
    Run *run = data;
    BatchRecord record;
    Context context = exchange_context(run->exchange, run->group_arena, transaction, run->problem);
    Status status = batch_read(&context, run->id, &record);
    if (status != STATUS_OK) return status;
    if (str_is(record.status, BATCH_CANCELLED)) return STATUS_STALE;
    return batch_progress(&context, run->id,
                          bulk_tally_counts(run->group_arena, run->change, run->group_tally));
}

/* Group by group also in a preview: one long rehearsal would keep everybody from writing. */
static Status preview_group(Run *run) {
    run->outcome = STATUS_FAILED;
    Status status = store_write(run->exchange->store, preview_job, run);
    if (status != STATUS_STALE || run->outcome != STATUS_OK) {
        return status == STATUS_OK ? STATUS_FAILED : status;
    }
    return store_write(run->exchange->store, progress_job, run);
}

static Status run_groups(Run *run) {
    const BulkChange *change = run->change;
    for (run->first = 0; run->first < change->count; run->first = run->end) {
        if (change->go_on && !change->go_on(change->data)) return STATUS_BUSY;
        size_t rest = change->count - run->first;
        run->end = run->first + (rest < GROUP_RECORDS ? rest : GROUP_RECORDS);
        Status status = change->mode == BATCH_PREVIEW
                            ? preview_group(run)
                            : store_write(run->exchange->store, real_job, run);
        if (status != STATUS_OK) return status;
        *run->tally = *run->group_tally;
    }
    return STATUS_OK;
}

/* ---- The whole ---- */

Status bulk_change_begin(const Exchange *exchange, const BulkChange *change, Arena *arena,
                         Problem *problem, Id *id) {
    BulkTally *none = ARENA_NEW(arena, BulkTally);
    json_t *request CLEANUP(json_drop) = json_object();
    json_object_set(request, "changes", (json_t *)change->changes);
    BatchRecord record = {.id = id_new(clock_now(&exchange->clock)),
                          .kind = STR(BATCH_CHANGE),
                          .object = change->object->name,
                          .mode = change->mode,
                          .request = json_compact(arena, request),
                          .counts = bulk_tally_counts(arena, change, none),
                          .created_by = exchange->actor->user};
    Status status = batch_begin(exchange, &record, arena, problem);
    if (status == STATUS_OK) *id = record.id;
    return status;
}

/* The last word on a batch, written in a transaction of its own. */
typedef struct FinishJob {
    Run *run;
    const char *status;
} FinishJob;

static Status finish_job(Transaction *transaction, void *data) {
    FinishJob *job = data;
    Run *run = job->run;
    Status status = STATUS_OK;
    *run->group_tally = *run->tally;
    if (run->change->mode == BATCH_REAL) {
        status =
            bulk_tally_follows(run->group_tally, run->change, run->id, run->arena, transaction);
    }
    if (status != STATUS_OK) return status;
    Context context = exchange_context(run->exchange, run->arena, transaction, run->problem);
    return batch_finish(&context, run->id, job->status,
                        bulk_tally_counts(run->arena, run->change, run->group_tally),
                        bulk_tally_report(run->arena, run->group_tally));
}

static void run_drop(Run *run) {
    arena_free(run->group_arena);
}

/* The outcome is noted whether it went well or not; the first trouble is the one that is told. */
Status bulk_change_run(const Exchange *exchange, const BulkChange *change, Id id, Arena *arena,
                       Problem *problem) {
    Run run CLEANUP(run_drop) = {.exchange = exchange,
                                 .change = change,
                                 .id = id,
                                 .arena = arena,
                                 .group_arena = arena_new(),
                                 .problem = problem,
                                 .tally = ARENA_NEW(arena, BulkTally),
                                 .group_tally = ARENA_NEW(arena, BulkTally)};
    Status status = run_groups(&run);
    if (status == STATUS_STALE) return status;
    FinishJob job = {&run, status == STATUS_OK ? BATCH_DONE : BATCH_STOPPED};
    Status finished = store_write(exchange->store, finish_job, &job);
    return status == STATUS_OK ? finished : status;
}
