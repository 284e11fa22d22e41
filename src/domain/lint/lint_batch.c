/*
 * Only the texts are read; the record itself is fetched where something was found in one. By id, so
 * that each step goes on where the last one ended, whatever is written meanwhile.
 */
#include "lint_batch.h"

#include "lint_record.h"
#include "sql.h"
#include "system_actor.h"

enum { RECORDS_AT_ONCE = 300 };

/* One step through the records of an object. */
typedef struct Step {
    LintBatch *batch;
    Problem *problem;
    const Object *object;
    Arena *arena;
    Id after; /* the last record of the step before; none at the beginning */
    size_t count;
    FindingCount found[LINT_BATCH_CATEGORIES];
    int64_t texts;
} Step;

static bool has_texts(const Object *object) {
    for (size_t i = 0; i < object->field_count; i++) {
        if (!str_empty(object->fields[i].lint)) return true;
    }
    return false;
}

static LintBatchCount *count_of(LintBatch *batch, Str category) {
    for (size_t i = 0; i < batch->count; i++) {
        if (str_equal(batch->counts[i].category, category)) return &batch->counts[i];
    }
    if (batch->count == LINT_BATCH_CATEGORIES) return &batch->counts[batch->count - 1];
    batch->counts[batch->count].category = category;
    return &batch->counts[batch->count++];
}

/* Each finding for itself, so that it is counted where it belongs. */
static Status keep_all(Step *step, Context *context, const FindingPlace *place,
                       const LintReading *reading) {
    for (size_t i = 0; i < reading->count; i++) {
        if (reading->findings[i].severity == LINT_INFO) continue;
        LintBatchCount *count = count_of(step->batch, reading->findings[i].rule->category);
        FindingCount one = {0};
        Status status = finding_keep(context, place, reading, i, &one);
        if (status != STATUS_OK) return status;
        step->found[count - step->batch->counts].found += one.found;
        step->found[count - step->batch->counts].kept += one.kept;
    }
    return STATUS_OK;
}

static Status look_closer(Step *step, Context *context, const Field *field, Id id) {
    SystemActor storage;
    Context *system = system_actor(context, &storage);
    const Lexicons *lexicons = &step->batch->business->lexicons;
    Record record;
    Status status = record_read(system, step->object, id, &record);
    if (status != STATUS_OK) return status == STATUS_NOT_FOUND ? STATUS_OK : status;
    const Value *value = &record.values[field->index];
    FindingPlace place = {.record = &record, .field = field, .text = value->text};
    LintSubject subject = lint_subject(&record);
    LintReading reading;
    if (value->kind != VALUE_TEXT) return STATUS_OK;
    status = lint_read_for(system, lexicons, place.text, lint_speaker_of(field), &subject, &reading,
                           &place.market);
    return status == STATUS_OK ? keep_all(step, system, &place, &reading) : status;
}

static bool holds_something(Step *step, const Field *field, Str text) {
    LintReader reader =
        lint_reader(&step->batch->business->lexicons, STR(""), lint_speaker_of(field));
    LintReading reading;
    Arena *arena CLEANUP(arena_drop) = arena_new();
    lint_read(arena, text, &reader, &reading);
    step->texts++;
    return reading.count > 0;
}

static void add_query(Sql *sql, const Step *step) {
    sql_add(sql, "SELECT \"id\"");
    for (size_t i = 0; i < step->object->field_count; i++) {
        if (str_empty(step->object->fields[i].lint)) continue;
        sql_add(sql, ", ");
        sql_add_name(sql, step->object->fields[i].name);
    }
    sql_add(sql, " FROM ");
    sql_add_name(sql, step->object->name);
    sql_add(sql, " WHERE \"deleted_at\" IS NULL");
    if (!id_none(step->after)) {
        sql_add(sql, " AND \"id\" > ");
        sql_bind(sql, value_id(step->after));
    }
    sql_add(sql, " ORDER BY \"id\" LIMIT ");
    sql_bind(sql, value_integer(RECORDS_AT_ONCE));
}

/* A text in which something was found. */
typedef struct Suspect {
    Id id;
    const Field *field;
} Suspect;

/* Records to be looked at, read before the first is written. */
typedef struct Suspects {
    Suspect *at;
    size_t count;
} Suspects;

static void take_row(Step *step, const Rows *rows, Suspects *suspects) {
    int column = 1;
    step->after = store_column_id(rows, 0);
    step->count++;
    for (size_t i = 0; i < step->object->field_count; i++) {
        const Field *field = &step->object->fields[i];
        if (str_empty(field->lint)) continue;
        Str text = store_column_text(rows, column++);
        if (str_empty(text) || !holds_something(step, field, text)) continue;
        suspects->at[suspects->count++] = (Suspect){step->after, field};
    }
}

static Status read_rows(Step *step, Transaction *transaction, Suspects *suspects) {
    Sql sql CLEANUP(sql_free) = sql_new(step->arena, store_kind(step->batch->store));
    Rows *rows CLEANUP(store_drop) = NULL;
    suspects->at = ARENA_ARRAY(step->arena, RECORDS_AT_ONCE * step->object->field_count, Suspect);
    add_query(&sql, step);
    Status status = sql_query(&sql, transaction, &rows);
    while (status == STATUS_OK && (status = store_next(rows)) == STATUS_OK) {
        take_row(step, rows, suspects);
    }
    return status == STATUS_END ? STATUS_OK : status;
}

/* May run more than once on PostgreSQL, so that it begins with nothing done. */
static Status run_step(Transaction *transaction, void *data) {
    Step *given = data, step = *given;
    Arena *arena CLEANUP(arena_drop) = arena_new();
    Actor actor = {.zone = step.batch->zone, .via = STR("cli"), .everything = true};
    Context context = {.arena = arena,
                       .transaction = transaction,
                       .model = step.batch->business->model,
                       .hooks = step.batch->hooks,
                       .actor = &actor,
                       .now = step.batch->now,
                       .problem = step.problem};
    Suspects suspects = {0};
    step.arena = arena;
    Status status = read_rows(&step, transaction, &suspects);
    for (size_t i = 0; i < suspects.count && status == STATUS_OK; i++) {
        status = look_closer(&step, &context, suspects.at[i].field, suspects.at[i].id);
    }
    step.arena = NULL;
    if (status == STATUS_OK) *given = step;
    return status;
}

static void add_counts(LintBatch *batch, const Step *step) {
    batch->texts += step->texts;
    for (size_t i = 0; i < batch->count; i++) {
        batch->counts[i].found += step->found[i].found;
        batch->counts[i].kept += step->found[i].kept;
    }
}

static Status run_object(LintBatch *batch, Problem *problem, const Object *object) {
    Id after = {0};
    while (true) {
        Step step = {.batch = batch, .problem = problem, .object = object, .after = after};
        Status status = store_write(batch->store, run_step, &step);
        if (status != STATUS_OK) return status;
        add_counts(batch, &step);
        if (step.count < RECORDS_AT_ONCE) return STATUS_OK;
        after = step.after;
    }
}

Status lint_batch_run(LintBatch *batch, Problem *problem) {
    const Model *model = batch->business->model;
    Status status = STATUS_OK;
    for (size_t i = 0; i < model_object_count(model) && status == STATUS_OK; i++) {
        const Object *object = model_object_at(model, i);
        if (lint_keeps(object) && has_texts(object)) status = run_object(batch, problem, object);
    }
    return status;
}
