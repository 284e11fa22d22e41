/* From the batch's entries in the journal, record by record, newest first. */
#include "undo.h"

#include <stdlib.h>

#include "attempts.h"
#include "field.h"
#include "journal.h"
#include "record.h"

enum { UNDO_GROUP = 500 };

/* A record that the batch touched. */
typedef struct Touched {
    Id record;
    Id first_entry; /* of the journal: tells the order */
    const Object *object;
} Touched;

/* Counts and names of the groups so far; those of a group count once it is committed. */
typedef struct Tally {
    UndoCounts counts;
    UndoLeft left[UNDO_LEFT_MOST];
    size_t left_count;
} Tally;

/* An undo under way, or a look at what it would do. */
typedef struct Undo {
    const UndoRequest *request;
    Exchange exchange; /* as the system, in the actor's name */
    Actor actor;
    Arena *arena; /* of the names */
    Arena *group_arena;
    Problem *problem;
    Id batch;        /* of the undo itself */
    bool foreseeing; /* only looks; nothing is written */
    Touched *touched;
    size_t count, capacity;
    size_t first, end; /* the group being undone */
    Tally tally, group_tally;
} Undo;

/* ---- Which records ---- */

/* A list in memory: 40 bytes a record, where sorting in the database would read every change. */
static void add_touched(Undo *undo, Touched touched) {
    if (undo->count == undo->capacity) {
        undo->capacity = undo->capacity ? undo->capacity * 2 : 1024;
        undo->touched = realloc(undo->touched, undo->capacity * sizeof(Touched));
        if (!undo->touched) abort();
    }
    undo->touched[undo->count++] = touched;
}

/* By the batch alone: what rules and hooks did on its account bears it as well. */
static Status read_touched(Transaction *transaction, void *data) {
    Undo *undo = data;
    const Model *model = undo->exchange.business->model;
    Rows *rows CLEANUP(store_drop) = NULL;
    undo->count = 0;
    Status status = store_ask(transaction, &rows,
                              "SELECT \"record\", \"id\", \"object\" FROM \"journal\" "
                              "WHERE \"batch\" = $1 AND \"record\" IS NOT NULL",
                              value_id(undo->request->batch));
    while (status == STATUS_OK && (status = store_next(rows)) == STATUS_OK) {
        const Object *object = model_object(model, store_column(rows, 2, VALUE_TEXT).text);
        if (!object) continue; /* the model no longer has it */
        add_touched(undo, (Touched){.record = store_column(rows, 0, VALUE_ID).id,
                                    .first_entry = store_column(rows, 1, VALUE_ID).id,
                                    .object = object});
    }
    return status == STATUS_END ? STATUS_OK : status;
}

static int compare_records(const void *a, const void *b) {
    const Touched *one = a, *other = b;
    int order = memcmp(one->record.bytes, other->record.bytes, sizeof one->record.bytes);
    if (order) return order;
    return memcmp(one->first_entry.bytes, other->first_entry.bytes, sizeof(Id));
}

static int compare_newest_first(const void *a, const void *b) {
    const Touched *one = a, *other = b;
    return memcmp(other->first_entry.bytes, one->first_entry.bytes, sizeof(Id));
}

/* One for each record, the records made last first: what refers to another goes before it. */
static void order_touched(Undo *undo) {
    if (!undo->count) return;
    qsort(undo->touched, undo->count, sizeof(Touched), compare_records);
    size_t kept = 1;
    for (size_t i = 1; i < undo->count; i++) {
        if (!id_equal(undo->touched[i].record, undo->touched[kept - 1].record)) {
            undo->touched[kept++] = undo->touched[i];
        }
    }
    undo->count = kept;
    qsort(undo->touched, undo->count, sizeof(Touched), compare_newest_first);
}

/* ---- What the batch did to one record ---- */

/* The first "from" and the last "to" of each field, over all entries of the batch. */
typedef struct Deeds {
    bool created;
    int64_t last_version;
    json_t *from, *to;
} Deeds;

static void deeds_drop(Deeds *deeds) {
    json_decref(deeds->from);
    json_decref(deeds->to);
}

/* The first former value and the last new one, whatever lay between. */
static void add_changes(Deeds *deeds, Str changes) {
    json_t *fields CLEANUP(json_drop) = NULL;
    const char *name;
    json_t *change;
    if (json_read(changes, NULL, &fields) != STATUS_OK) return;
    json_object_foreach(fields, name, change) {
        if (!json_object_get(deeds->from, name)) {
            json_object_set(deeds->from, name, json_object_get(change, "from"));
        }
        json_object_set(deeds->to, name, json_object_get(change, "to"));
    }
}

/* All entries of the record by its index, and of those the batch's: a record has few. */
static Status read_deeds(Context *context, const Undo *undo, const Touched *touched, Deeds *out) {
    Rows *rows CLEANUP(store_drop) = NULL;
    Status status =
        store_ask(context->transaction, &rows,
                  "SELECT \"action\", \"version\", \"changes\", \"batch\" FROM \"journal\" "
                  "WHERE \"object\" = $1 AND \"record\" = $2 ORDER BY \"id\"",
                  value_text(touched->object->name), value_id(touched->record));
    while (status == STATUS_OK && (status = store_next(rows)) == STATUS_OK) {
        Value batch = store_column(rows, 3, VALUE_ID);
        if (batch.kind != VALUE_ID || !id_equal(batch.id, undo->request->batch)) continue;
        Str action = store_column(rows, 0, VALUE_TEXT).text;
        if (str_is(action, "create")) out->created = true;
        out->last_version = store_column(rows, 1, VALUE_INTEGER).integer;
        Value changes = store_column(rows, 2, VALUE_TEXT);
        if (changes.kind == VALUE_TEXT && !out->created) add_changes(out, changes.text);
    }
    return status == STATUS_END ? STATUS_OK : status;
}

/* ---- Undoing one record ---- */

/* What became of one record of a batch that is taken back. */
typedef enum Result {
    RESULT_REMOVED,
    RESULT_REVERTED,
    RESULT_CHANGED,
    RESULT_REFUSED,
    RESULT_NOTHING
} Result;

/* One record, tried inside a savepoint of its own. */
typedef struct RecordJob {
    Undo *undo;
    const Touched *touched;
    Context context;
    Result result;
} RecordJob;

/* Whoever has worked on a new record since then would lose that work. */
static Status remove_created(RecordJob *job, const Record *record, const Deeds *deeds) {
    job->result = RESULT_CHANGED;
    if (record->version != deeds->last_version) return STATUS_OK;
    job->result = RESULT_REMOVED;
    if (job->undo->foreseeing) return STATUS_OK;
    return record_delete(&job->context, record->object, record->id, record->version);
}

/* Compared as the journal writes values, since that is what it holds. */
static bool has_value(RecordJob *job, const Record *record, const Field *field,
                      const json_t *node) {
    Buffer text CLEANUP(buffer_free) = {0};
    JsonWriter json = json_writer(&text);
    field_write_json(&json, field, &record->values[field->index]);
    json_t *now = json_loadb(text.data, text.size, JSON_DECODE_ANY, NULL);
    bool same = now && json_equal(now, node);
    json_decref(now);
    (void)job;
    return same;
}

/* The fields that still have the value that the batch gave them get the former one. */
static Status former_values(RecordJob *job, const Record *record, const Deeds *deeds,
                            FieldValue *values, size_t *count) {
    const char *name;
    json_t *to;
    json_object_foreach(deeds->to, name, to) {
        const Field *field = object_field(record->object, str_of(name));
        const json_t *from = json_object_get(deeds->from, name);
        if (!field || field->rollup || json_equal(from, to)) continue;
        if (has_value(job, record, field, from)) continue; /* taken back already */
        if (!has_value(job, record, field, to)) {
            job->result = RESULT_CHANGED;
            continue;
        }
        FieldValue *value = &values[*count];
        value->field = field;
        /* A choice may have been retired since; the record had it nonetheless. */
        if (!field_known_choices(job->context.arena, field, from, &value->value)) {
            Status status = field_from_json(job->context.arena, field, from, STR(""),
                                            job->context.problem, &value->value);
            if (status != STATUS_OK) return status;
        }
        (*count)++;
    }
    return STATUS_OK;
}

static Status revert_changes(RecordJob *job, const Record *record, const Deeds *deeds) {
    size_t count = 0;
    FieldValue *values = ARENA_ARRAY(job->context.arena, record->object->field_count, FieldValue);
    job->result = RESULT_REVERTED;
    Status status = former_values(job, record, deeds, values, &count);
    if (status != STATUS_OK) return status;
    if (!count) {
        if (job->result == RESULT_REVERTED) job->result = RESULT_NOTHING;
        return STATUS_OK;
    }
    if (job->undo->foreseeing) return STATUS_OK;
    Record after;
    return record_change(&job->context, record->object, record->id, values, count, &after);
}

/* The record as it is now decides, not what the batch meant to do. */
static Status undo_record(RecordJob *job) {
    Deeds deeds CLEANUP(deeds_drop) = {.from = json_object(), .to = json_object()};
    Record record;
    Status status = read_deeds(&job->context, job->undo, job->touched, &deeds);
    if (status != STATUS_OK) return status;
    status = record_read(&job->context, job->touched->object, job->touched->record, &record);
    if (status == STATUS_NOT_FOUND) {
        /* Deleted since: what was created is gone already, what was changed is no more. */
        job->result = deeds.created ? RESULT_NOTHING : RESULT_CHANGED;
        return STATUS_OK;
    }
    if (status != STATUS_OK) return status;
    if (deeds.created) return remove_created(job, &record, &deeds);
    return revert_changes(job, &record, &deeds);
}

/* ---- A group ---- */

/* Records taken back in one transaction, which may run again from the start. */
typedef struct GroupJob {
    Undo *undo;
    Context context;
    ArenaMark mark;
    Result results[UNDO_GROUP];
} GroupJob;

static Status undo_piece(Transaction *transaction, void *data, size_t index) {
    GroupJob *group = data;
    (void)transaction;
    arena_rewind(group->context.arena, group->mark);
    Problem problem = problem_new(group->context.arena);
    RecordJob job = {group->undo, &group->undo->touched[group->undo->first + index], group->context,
                     RESULT_NOTHING};
    job.context.problem = &problem;
    Status status = undo_record(&job);
    group->results[index] = job.result;
    return status;
}

/* Counted and passed over: one record that cannot be taken back must not keep the others. */
static void refuse_piece(void *data, size_t index, Status status) {
    GroupJob *group = data;
    (void)status;
    group->results[index] = RESULT_REFUSED;
}

/* Named for whoever asked, so their own rights decide whether they are told its title. */
static Status name_left(GroupJob *group, const Touched *touched, const char *why) {
    Tally *tally = &group->undo->group_tally;
    if (tally->left_count == UNDO_LEFT_MOST) return STATUS_OK;
    Problem quiet = problem_new(group->context.arena);
    Context asking = group->context;
    Record record;
    asking.actor = group->undo->request->exchange->actor;
    asking.problem = &quiet;
    UndoLeft *left = &tally->left[tally->left_count++];
    *left = (UndoLeft){.object = touched->object, .record = touched->record, .why = why};
    Status status = record_read(&asking, touched->object, touched->record, &record);
    if (status == STATUS_NOT_FOUND || status == STATUS_DENIED) return STATUS_OK;
    if (status == STATUS_OK) {
        left->title = str_copy(group->undo->arena, record_title(&asking, &record));
    }
    return status;
}

/* What was only told is taken back too, but is none of the records that people count. */
static Status tally_result(GroupJob *group, size_t index) {
    UndoCounts *counts = &group->undo->group_tally.counts;
    const Touched *touched = &group->undo->touched[group->undo->first + index];
    if (str_is(touched->object->name, "notification")) return STATUS_OK;
    switch (group->results[index]) {
        case RESULT_REMOVED: counts->removed++; return STATUS_OK;
        case RESULT_REVERTED: counts->reverted++; return STATUS_OK;
        case RESULT_CHANGED: counts->changed_since++; return name_left(group, touched, "changed");
        case RESULT_REFUSED: counts->refused++; return name_left(group, touched, "refused");
        case RESULT_NOTHING: return STATUS_OK;
    }
    return STATUS_FAILED;
}

/* From the tally of the groups before, so that a repeated job counts once. */
static Status tally_group(GroupJob *group, size_t count) {
    Undo *undo = group->undo;
    Status status = STATUS_OK;
    undo->group_tally = undo->tally;
    for (size_t i = 0; status == STATUS_OK && i < count; i++) status = tally_result(group, i);
    return status;
}

static GroupJob *group_new(Undo *undo, Transaction *transaction) {
    arena_reset(undo->group_arena);
    GroupJob *job = ARENA_NEW(undo->group_arena, GroupJob);
    job->undo = undo;
    job->context = exchange_context(&undo->exchange, undo->group_arena, transaction, undo->problem);
    job->mark = arena_mark(undo->group_arena);
    return job;
}

static UndoProgress progress_of(const Undo *undo, const Tally *tally) {
    return (UndoProgress){.counts = tally->counts,
                          .left = tally->left,
                          .left_count = tally->left_count,
                          .last = undo->end == undo->count};
}

/* The progress is part of the group's transaction, so an undo that was cut off can be resumed. */
static Status undo_group(Transaction *transaction, void *data) {
    Undo *undo = data;
    GroupJob *job = group_new(undo, transaction);
    job->context.batch = undo->batch;
    job->context.reason = undo->request->reason;
    Attempts attempts = {.count = undo->end - undo->first,
                         .piece = undo_piece,
                         .refused = refuse_piece,
                         .data = job};
    Status status = attempts_run(transaction, &attempts);
    if (status == STATUS_OK) status = tally_group(job, attempts.count);
    if (status != STATUS_OK) return status;
    UndoProgress progress = progress_of(undo, &undo->group_tally);
    return undo->request->note(&job->context, undo->request->data, &progress);
}

/* ---- The whole ---- */

static void undo_drop(Undo *undo) {
    arena_free(undo->group_arena);
    free(undo->touched);
}

static bool may_go_on(const UndoRequest *request) {
    return !request->go_on || request->go_on(request->data);
}

static void next_group(Undo *undo) {
    undo->end = undo->count - undo->first < UNDO_GROUP ? undo->count : undo->first + UNDO_GROUP;
}

/* At least once, also for a batch without records: its status has to become "undone". */
static Status run_groups(Undo *undo) {
    do {
        if (!may_go_on(undo->request)) return STATUS_BUSY;
        next_group(undo);
        Status status = store_write(undo->exchange.store, undo_group, undo);
        if (status != STATUS_OK) return status;
        undo->tally = undo->group_tally;
        undo->first = undo->end;
    } while (undo->first < undo->count);
    return STATUS_OK;
}

/* Nothing is written, so that a group needs no savepoints. */
static Status foresee_group(Transaction *transaction, void *data) {
    Undo *undo = data;
    GroupJob *job = group_new(undo, transaction);
    size_t count = undo->end - undo->first;
    for (size_t i = 0; i < count; i++) {
        Status status = undo_piece(transaction, job, i);
        if (status == STATUS_FAILED || status == STATUS_BUSY) return status;
        if (status != STATUS_OK) refuse_piece(job, i, status);
    }
    return tally_group(job, count);
}

static Status foresee_groups(Undo *undo) {
    while (undo->first < undo->count) {
        next_group(undo);
        Status status = store_read(undo->exchange.store, foresee_group, undo);
        if (status != STATUS_OK) return status;
        undo->tally = undo->group_tally;
        undo->first = undo->end;
    }
    return STATUS_OK;
}

static Undo undo_new(const UndoRequest *request, Arena *arena, Problem *problem) {
    return (Undo){.request = request,
                  .exchange = *request->exchange,
                  .actor = *request->exchange->actor,
                  .arena = arena,
                  .group_arena = arena_new(),
                  .problem = problem,
                  .batch = id_new(clock_now(&request->exchange->clock))};
}

/* Finds the records, then goes through them group by group. */
static Status undo_all(Undo *undo, Status (*groups)(Undo *)) {
    undo->actor.everything = true;
    undo->exchange.actor = &undo->actor;
    Status status = store_read(undo->exchange.store, read_touched, undo);
    if (status != STATUS_OK) return status;
    order_touched(undo);
    return groups(undo);
}

Status undo_batch(const UndoRequest *request, Arena *arena, Problem *problem, UndoCounts *out) {
    Undo undo CLEANUP(undo_drop) = undo_new(request, arena, problem);
    Status status = undo_all(&undo, run_groups);
    if (status == STATUS_OK) *out = undo.tally.counts;
    return status;
}

Status undo_foresee(const UndoRequest *request, Arena *arena, Problem *problem, UndoProgress *out) {
    Undo undo CLEANUP(undo_drop) = undo_new(request, arena, problem);
    undo.foreseeing = true;
    Status status = undo_all(&undo, foresee_groups);
    if (status != STATUS_OK) return status;
    Tally *tally = ARENA_NEW(arena, Tally);
    *tally = undo.tally;
    *out = progress_of(&undo, tally);
    return STATUS_OK;
}

static void write_left(JsonWriter *json, const UndoLeft *left) {
    json_open_object(json);
    json_member_text(json, "object", left->object->name);
    json_member_id(json, "id", left->record);
    json_member_text(json, "title", left->title);
    json_member_text(json, "why", str_of(left->why));
    json_close_object(json);
}

void undo_write_members(JsonWriter *json, const UndoProgress *progress) {
    json_member_integer(json, "removed", progress->counts.removed);
    json_member_integer(json, "reverted", progress->counts.reverted);
    json_member_integer(json, "changed_since", progress->counts.changed_since);
    json_member_integer(json, "refused", progress->counts.refused);
    json_key(json, STR("left"));
    json_open_array(json);
    for (size_t i = 0; i < progress->left_count; i++) write_left(json, &progress->left[i]);
    json_close_array(json);
}
