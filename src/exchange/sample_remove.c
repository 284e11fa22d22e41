/*
 * Removing sample data. People's own records are changed by the one door, so that roll-ups, rules
 * and journal are right; sample records that nobody ever touched leave as they came, past it and by
 * the thousand. In the order that leaves nothing referring to what is gone: what hangs on them,
 * other references, sample records that people changed, the rest, users. Each step finds what is
 * left to do, so a removal that was cut off goes on where it ended.
 */
#include "sample.h"

#include "access.h"
#include "journal.h"
#include "sql.h"
#include "system_actor.h"

enum { GROUP_RECORDS = 250, GROUP_ROWS = 2000 };

/* What became of the sample data, and why some of it stays. */
typedef struct Tally {
    int64_t matching, removed, hanging, emptied, users, refused;
} Tally;

/* The removal of the sample under way; it can be stopped between two steps and begun again. */
typedef struct Removal {
    Exchange exchange; /* as the system, in the actor's name */
    Actor actor;
    const Exchange *asked; /* as whoever asked */
    Id id;
    Str reason;
    bool (*go_on)(void *data);
    void *data;
    Arena *group_arena;
    Problem *problem;
    Tally tally, group_tally;
    const Object *object; /* at work */
    const Field *field;   /* the reference at work */
    Id last;              /* where the walk over the object stands */
} Removal;

typedef Status RecordWork(Removal *removal, Context *context, Id record);

/* What a step does: which records, and what with each. */
typedef struct Step {
    void (*add_condition)(const Removal *removal, Sql *sql);
    RecordWork *work;
    int64_t *(*counted)(Tally *tally);
} Step;

/* ---- Groups of records, by the one door ---- */

/* Records of one transaction, of which each is tried by itself. */
typedef struct Group {
    Removal *removal;
    const Step *step;
    Context context;
    Id ids[GROUP_RECORDS];
    size_t count;
} Group;

static Status find_group(Group *group) {
    Removal *removal = group->removal;
    Context *context = &group->context;
    Sql sql CLEANUP(sql_free) = sql_new(context->arena, transaction_kind(context->transaction));
    Rows *rows CLEANUP(store_drop) = NULL;
    sql_add(&sql, "SELECT \"r\".\"id\" FROM ");
    sql_add_name(&sql, removal->object->name);
    sql_add(&sql, " AS \"r\" WHERE \"r\".\"deleted_at\" IS NULL AND \"r\".\"id\" > ");
    sql_bind(&sql, value_id(removal->last));
    sql_add(&sql, " AND ");
    group->step->add_condition(removal, &sql);
    sql_add(&sql, " ORDER BY \"r\".\"id\" LIMIT ");
    sql_bind(&sql, value_integer(GROUP_RECORDS));
    Status status = sql_query(&sql, context->transaction, &rows);
    while (status == STATUS_OK && (status = store_next(rows)) == STATUS_OK) {
        group->ids[group->count++] = store_column(rows, 0, VALUE_ID).id;
    }
    return status == STATUS_END ? STATUS_OK : status;
}

/* One record of a group, tried by itself. */
typedef struct Piece {
    Group *group;
    Id record;
} Piece;

static Status do_piece(Transaction *transaction, void *data) {
    Piece *piece = data;
    Problem quiet = problem_new(piece->group->context.arena);
    Context context = piece->group->context;
    (void)transaction;
    context.problem = &quiet;
    return piece->group->step->work(piece->group->removal, &context, piece->record);
}

/* One that cannot be done is counted and keeps none of the others; what is gone already is done. */
static Status do_group(Group *group) {
    Removal *removal = group->removal;
    removal->group_tally = removal->tally;
    for (size_t i = 0; i < group->count; i++) {
        Piece piece = {group, group->ids[i]};
        Status status = store_attempt(group->context.transaction, do_piece, &piece);
        if (status == STATUS_FAILED || status == STATUS_BUSY) return status;
        if (status == STATUS_OK) {
            (*group->step->counted(&removal->group_tally))++;
        } else if (status != STATUS_NOT_FOUND) {
            removal->group_tally.refused++;
        }
    }
    return STATUS_OK;
}

static Str counts_text(Arena *arena, const Tally *tally) {
    return str_format(arena,
                      "{\"matching\":%lld,\"removed\":%lld,\"hanging\":%lld,\"emptied\":%lld,"
                      "\"users\":%lld,\"refused\":%lld}",
                      (long long)tally->matching, (long long)tally->removed,
                      (long long)tally->hanging, (long long)tally->emptied, (long long)tally->users,
                      (long long)tally->refused);
}

static Context context_of(Removal *removal, Transaction *transaction) {
    arena_reset(removal->group_arena);
    Context context =
        exchange_context(&removal->exchange, removal->group_arena, transaction, removal->problem);
    context.batch = removal->id;
    context.reason = removal->reason;
    return context;
}

/* Some records of one object, in one transaction. */
typedef struct StepJob {
    Removal *removal;
    const Step *step;
    Id last; /* of the group */
    size_t count;
} StepJob;

static Status step_job(Transaction *transaction, void *data) {
    StepJob *job = data;
    Removal *removal = job->removal;
    Context context = context_of(removal, transaction);
    Group *group = ARENA_NEW(removal->group_arena, Group);
    *group = (Group){.removal = removal, .step = job->step, .context = context};
    Status status = find_group(group);
    if (status == STATUS_OK) status = do_group(group);
    if (status != STATUS_OK) return status;
    job->count = group->count;
    if (group->count) job->last = group->ids[group->count - 1];
    return batch_progress(&context, removal->id, counts_text(context.arena, &removal->group_tally));
}

static bool may_go_on(const Removal *removal) {
    return !removal->go_on || removal->go_on(removal->data);
}

/* Group by group over the object, each a transaction of its own. */
static Status run_step(Removal *removal, const Step *step) {
    StepJob job = {.removal = removal, .step = step, .count = GROUP_RECORDS};
    removal->last = (Id){0};
    while (job.count == GROUP_RECORDS) {
        if (!may_go_on(removal)) return STATUS_BUSY;
        Status status = store_write(removal->exchange.store, step_job, &job);
        if (status != STATUS_OK) return status;
        removal->tally = removal->group_tally;
        removal->last = job.last;
    }
    return STATUS_OK;
}

/* ---- The steps ---- */

static void add_own_and_refers(const Removal *removal, Sql *sql) {
    sample_add_own(sql, removal->object->name, STR("r"));
    sql_add(sql, " AND ");
    sample_add_refers(sql, removal->exchange.business->model, STR("r"), removal->field);
}

static void add_refers(const Removal *removal, Sql *sql) {
    if (!str_is(removal->object->name, "user")) {
        sample_add_own(sql, removal->object->name, STR("r"));
        sql_add(sql, " AND ");
    }
    sample_add_refers(sql, removal->exchange.business->model, STR("r"), removal->field);
}

static void add_touched(const Removal *removal, Sql *sql) {
    sql_add(sql,
            "\"r\".\"id\" IN (SELECT \"record\" FROM \"journal\" WHERE \"record\" IS NOT NULL AND "
            "\"object\" = ");
    sql_bind(sql, value_text(removal->object->name));
    sql_add(sql, ") AND NOT (");
    sample_add_own(sql, removal->object->name, STR("r"));
    sql_add(sql, ")");
}

static void add_active_users(const Removal *removal, Sql *sql) {
    sql_add(sql, "\"r\".\"active\" = ");
    sql_bind(sql, value_boolean(true));
    sql_add(sql, " AND \"r\".\"id\" <> ");
    sql_bind(sql, value_id(removal->actor.user));
    sql_add(sql, " AND NOT (");
    sample_add_own(sql, STR("user"), STR("r"));
    sql_add(sql, ")");
}

static Status delete_record(Removal *removal, Context *context, Id record) {
    return record_delete(context, removal->object, record, 0);
}

/* What is sample is nobody's evidence, so that it goes where a record of people's own would stay.
 */
static Status delete_sample(Removal *removal, Context *context, Id record) {
    SystemActor storage;
    return record_delete(system_actor(context, &storage), removal->object, record, 0);
}

static Status empty_reference(Removal *removal, Context *context, Id record) {
    FieldValue value = {.field = removal->field, .value = value_null()};
    Record after;
    return record_change(context, removal->object, record, &value, 1, &after);
}

static Status disable_user(Removal *removal, Context *context, Id record) {
    FieldValue value = {.field = object_field(removal->object, STR("active")),
                        .value = value_boolean(false)};
    Record after;
    return record_change(context, removal->object, record, &value, 1, &after);
}

static int64_t *hanging_of(Tally *tally) {
    return &tally->hanging;
}
static int64_t *emptied_of(Tally *tally) {
    return &tally->emptied;
}
static int64_t *removed_of(Tally *tally) {
    return &tally->removed;
}
static int64_t *users_of(Tally *tally) {
    return &tally->users;
}

static const Step DELETE_HANGING = {add_own_and_refers, delete_record, hanging_of};
static const Step EMPTY_REFERENCES = {add_refers, empty_reference, emptied_of};
static const Step DELETE_TOUCHED = {add_touched, delete_sample, removed_of};
static const Step DISABLE_USERS = {add_active_users, disable_user, users_of};

/* For each reference by which records of people's own lead to sample ones. */
static Status run_by_reference(Removal *removal, const Step *step, bool hanging) {
    const Model *model = removal->exchange.business->model;
    for (size_t i = 0; i < model_object_count(model); i++) {
        removal->object = model_object_at(model, i);
        for (size_t j = 0; j < removal->object->field_count; j++) {
            const Field *field = &removal->object->fields[j];
            if (field->type != FIELD_REFERENCE || !sample_takes(field_target(model, field))) {
                continue;
            }
            if (sample_hangs_by(model, removal->object, field) != hanging) continue;
            removal->field = field;
            Status status = run_step(removal, step);
            if (status != STATUS_OK) return status;
        }
    }
    return STATUS_OK;
}

static Status run_by_object(Removal *removal, const Step *step,
                            Status (*run)(Removal *, const Step *)) {
    const Model *model = removal->exchange.business->model;
    for (size_t i = 0; i < model_object_count(model); i++) {
        removal->object = model_object_at(model, i);
        if (!sample_takes(removal->object)) continue;
        Status status = run(removal, step);
        if (status != STATUS_OK) return status;
    }
    return STATUS_OK;
}

/* ---- What nobody touched ---- */

/* Some rows of a table that no object describes. */
typedef struct RowsJob {
    Removal *removal;
    Id last;
    int64_t count;
} RowsJob;

static Status find_rows(Context *context, RowsJob *job) {
    const Object *object = job->removal->object;
    Sql sql CLEANUP(sql_free) = sql_new(context->arena, transaction_kind(context->transaction));
    Rows *rows CLEANUP(store_drop) = NULL;
    sql_add(&sql, "SELECT \"r\".\"id\" FROM ");
    sql_add_name(&sql, object->name);
    sql_add(&sql, " AS \"r\" WHERE \"r\".\"id\" > ");
    sql_bind(&sql, value_id(job->removal->last));
    sql_add(&sql, " AND NOT (");
    sample_add_own(&sql, object->name, STR("r"));
    sql_add(&sql, ") ORDER BY \"r\".\"id\" LIMIT ");
    sql_bind(&sql, value_integer(GROUP_ROWS));
    job->count = 0;
    Status status = sql_query(&sql, context->transaction, &rows);
    while (status == STATUS_OK && (status = store_next(rows)) == STATUS_OK) {
        job->last = store_column(rows, 0, VALUE_ID).id;
        job->count++;
    }
    return status == STATUS_END ? STATUS_OK : status;
}

/* The range of the group: own records in between have to stay. */
static void add_range(const RowsJob *job, Sql *sql, const char *column) {
    sql_add(sql, column);
    sql_add(sql, " > ");
    sql_bind(sql, value_id(job->removal->last));
    sql_add(sql, " AND ");
    sql_add(sql, column);
    sql_add(sql, " <= ");
    sql_bind(sql, value_id(job->last));
}

static Status delete_rows(Context *context, const RowsJob *job) {
    const Object *object = job->removal->object;
    Sql sql CLEANUP(sql_free) = sql_new(context->arena, transaction_kind(context->transaction));
    sql_add(&sql, "DELETE FROM ");
    sql_add_name(&sql, object->name);
    sql_add(&sql, " WHERE ");
    add_range(job, &sql, "\"id\"");
    sql_add(&sql, " AND NOT (");
    sample_add_own(&sql, object->name, object->name);
    sql_add(&sql, ")");
    return sql_execute(&sql, context->transaction, NULL);
}

/* Files that people attached to them; those of own records keep to theirs. */
static Status delete_files(Context *context, const RowsJob *job) {
    Str object = job->removal->object->name;
    Sql sql CLEANUP(sql_free) = sql_new(context->arena, transaction_kind(context->transaction));
    sql_add(&sql, "DELETE FROM \"file\" WHERE \"object\" = ");
    sql_bind(&sql, value_text(object));
    sql_add(&sql, " AND ");
    add_range(job, &sql, "\"record\"");
    sql_add(&sql,
            " AND \"record\" NOT IN (SELECT \"record\" FROM \"journal\" WHERE \"record\" IS "
            "NOT NULL AND \"action\" = 'create' AND \"object\" = ");
    sql_bind(&sql, value_text(object));
    sql_add(&sql, ")");
    return sql_execute(&sql, context->transaction, NULL);
}

static Status rows_job(Transaction *transaction, void *data) {
    RowsJob *job = data;
    Removal *removal = job->removal;
    Context context = context_of(removal, transaction);
    Status status = find_rows(&context, job);
    if (status == STATUS_OK && job->count) status = delete_files(&context, job);
    if (status == STATUS_OK && job->count) status = delete_rows(&context, job);
    if (status != STATUS_OK) return status;
    removal->group_tally = removal->tally;
    removal->group_tally.removed += job->count;
    return batch_progress(&context, removal->id, counts_text(context.arena, &removal->group_tally));
}

static Status remove_rows(Removal *removal, const Step *step) {
    RowsJob job = {.removal = removal, .count = GROUP_ROWS};
    (void)step;
    removal->last = (Id){0};
    while (job.count == GROUP_ROWS) {
        if (!may_go_on(removal)) return STATUS_BUSY;
        Status status = store_write(removal->exchange.store, rows_job, &job);
        if (status != STATUS_OK) return status;
        removal->tally = removal->group_tally;
        removal->last = job.last;
    }
    return STATUS_OK;
}

/* ---- The whole ---- */

/* Those that people changed were counted when they were deleted, and leave with the others. */
static Status remove_untouched(Removal *removal) {
    removal->tally.removed = 0;
    return run_by_object(removal, NULL, remove_rows);
}

static Status run(Removal *removal) {
    Status status = run_by_reference(removal, &DELETE_HANGING, true);
    if (status == STATUS_OK) status = run_by_reference(removal, &EMPTY_REFERENCES, false);
    if (status == STATUS_OK) status = run_by_object(removal, &DELETE_TOUCHED, run_step);
    if (status == STATUS_OK) status = remove_untouched(removal);
    if (status != STATUS_OK) return status;
    removal->object = model_object(removal->exchange.business->model, STR("user"));
    return run_step(removal, &DISABLE_USERS);
}

/* The last word on the batch, written in a transaction of its own. */
typedef struct FinishJob {
    Removal *removal;
    const char *status;
} FinishJob;

/* One act in the journal, as the demo was one. */
static Status finish_job(Transaction *transaction, void *data) {
    FinishJob *job = data;
    Removal *removal = job->removal;
    Context context = context_of(removal, transaction);
    Str counts = counts_text(context.arena, &removal->tally);
    context.actor = removal->asked->actor;
    Status status = journal_append_act(&context, "sample_remove", STR("company"), (Id){0}, counts);
    if (status != STATUS_OK) return status;
    return batch_finish(&context, removal->id, job->status, counts, (Str){0});
}

static Status read_matching(Transaction *transaction, void *data) {
    Removal *removal = data;
    Context context = context_of(removal, transaction);
    SampleState *state = ARENA_NEW(context.arena, SampleState);
    Status status = sample_read(&context, state);
    if (status == STATUS_OK) removal->tally.matching = state->rows;
    return status;
}

static void removal_drop(Removal *removal) {
    arena_free(removal->group_arena);
}

Status sample_remove(const Exchange *exchange, Id id, Str reason, bool (*go_on)(void *), void *data,
                     Problem *problem) {
    Removal removal CLEANUP(removal_drop) = {.exchange = *exchange,
                                             .actor = *exchange->actor,
                                             .asked = exchange,
                                             .id = id,
                                             .reason = reason,
                                             .go_on = go_on,
                                             .data = data,
                                             .group_arena = arena_new(),
                                             .problem = problem};
    removal.actor.everything = true;
    removal.exchange.actor = &removal.actor;
    Status status = store_read(exchange->store, read_matching, &removal);
    if (status == STATUS_OK) status = run(&removal);
    FinishJob job = {&removal, status == STATUS_OK ? BATCH_DONE : BATCH_STOPPED};
    Status finished = store_write(exchange->store, finish_job, &job);
    return status == STATUS_OK ? finished : status;
}
