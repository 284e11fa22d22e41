/* Taking an import back: from its entries in the journal, record by record, newest first. */
#include <stdlib.h>

#include "access.h"
#include "attempts.h"
#include "field.h"
#include "importer.h"
#include "journal.h"
#include "record.h"

enum { UNDO_GROUP = 500 };

/* A record that the import touched. */
typedef struct Touched {
    Id record;
    Id first_entry; /* of the journal: tells the order */
    const Object *object;
} Touched;

typedef struct Undo {
    const Exchange *exchange;
    ImportRecord import;
    Arena *arena; /* of the list */
    Arena *group_arena;
    Problem *problem;
    Str reason;
    Id batch; /* of the undo itself */
    Touched *touched;
    size_t count, capacity;
    size_t first, end; /* the group being undone */
    UndoCounts counts, group_counts;
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

/* By the batch alone: what rules and hooks did on the import's account bears it as well. */
static Status read_touched(Transaction *transaction, void *data) {
    Undo *undo = data;
    const Model *model = undo->exchange->business->model;
    Rows *rows CLEANUP(store_drop) = NULL;
    undo->count = 0;
    Status status = store_ask(transaction, &rows,
                              "SELECT \"record\", \"id\", \"object\" FROM \"journal\" "
                              "WHERE \"batch\" = $1 AND \"record\" IS NOT NULL",
                              value_id(undo->import.id));
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

/* ---- What the import did to one record ---- */

/* The first "from" and the last "to" of each field, over all entries of the import. */
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

/* All entries of the record by its index, and of those the import's: a record has few. */
static Status read_deeds(Context *context, const Undo *undo, const Touched *touched, Deeds *out) {
    Rows *rows CLEANUP(store_drop) = NULL;
    Status status =
        store_ask(context->transaction, &rows,
                  "SELECT \"action\", \"version\", \"changes\", \"batch\" FROM \"journal\" "
                  "WHERE \"object\" = $1 AND \"record\" = $2 ORDER BY \"id\"",
                  value_text(touched->object->name), value_id(touched->record));
    while (status == STATUS_OK && (status = store_next(rows)) == STATUS_OK) {
        Value batch = store_column(rows, 3, VALUE_ID);
        if (batch.kind != VALUE_ID || !id_equal(batch.id, undo->import.id)) continue;
        Str action = store_column(rows, 0, VALUE_TEXT).text;
        if (str_is(action, "create")) out->created = true;
        out->last_version = store_column(rows, 1, VALUE_INTEGER).integer;
        Value changes = store_column(rows, 2, VALUE_TEXT);
        if (changes.kind == VALUE_TEXT && !out->created) add_changes(out, changes.text);
    }
    return status == STATUS_END ? STATUS_OK : status;
}

/* ---- Undoing one record ---- */

typedef enum Result {
    RESULT_REMOVED,
    RESULT_REVERTED,
    RESULT_CHANGED,
    RESULT_REFUSED,
    RESULT_NOTHING
} Result;

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

/* The fields that still have the value that the import gave them get the former one. */
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
        Status status = field_from_json(job->context.arena, field, from, STR(""),
                                        job->context.problem, &value->value);
        if (status != STATUS_OK) return status;
        (*count)++;
    }
    return STATUS_OK;
}

/* Rights are asked for as for any change; record_change itself only asks for reading. */
static Status revert_changes(RecordJob *job, const Record *record, const Deeds *deeds) {
    AccessDecision decision;
    Status status = access_decide(&job->context, record, VERB_UPDATE, &decision);
    if (status != STATUS_OK) return status;
    if (!decision.allowed) return STATUS_DENIED;
    size_t count = 0;
    FieldValue *values = ARENA_ARRAY(job->context.arena, record->object->field_count, FieldValue);
    job->result = RESULT_REVERTED;
    status = former_values(job, record, deeds, values, &count);
    if (status != STATUS_OK) return status;
    if (!count) {
        if (job->result == RESULT_REVERTED) job->result = RESULT_NOTHING;
        return STATUS_OK;
    }
    Record after;
    return record_change(&job->context, record->object, record->id, values, count, &after);
}

/* The record as it is now decides, not what the import meant to do. */
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

/* From the counts of the groups before, so that a repeated job counts once. */
static UndoCounts count_results(const GroupJob *group, size_t count) {
    UndoCounts counts = group->undo->counts;
    for (size_t i = 0; i < count; i++) {
        switch (group->results[i]) {
            case RESULT_REMOVED: counts.removed++; break;
            case RESULT_REVERTED: counts.reverted++; break;
            case RESULT_CHANGED: counts.changed_since++; break;
            case RESULT_REFUSED: counts.refused++; break;
            case RESULT_NOTHING: break;
        }
    }
    return counts;
}

/* Beside what the import reported; "at" is the sign of life that import_record_busy looks for. */
static Str undo_report(const Undo *undo, Arena *arena, const UndoCounts *counts, int64_t now) {
    char at[INSTANT_TEXT_SIZE];
    json_t *report CLEANUP(json_drop) = NULL;
    if (json_read(undo->import.report, NULL, &report) != STATUS_OK) report = json_object();
    instant_write(now, at);
    json_object_set_new(report, "at", json_stringn(at, sizeof at));
    json_object_set_new(
        report, "undo",
        json_pack("{s:I,s:I,s:I,s:I}", "removed", (json_int_t)counts->removed, "reverted",
                  (json_int_t)counts->reverted, "changed_since", (json_int_t)counts->changed_since,
                  "refused", (json_int_t)counts->refused));
    return json_compact(arena, report);
}

/* The status is set with the last group, so an undo that was cut off can be taken up again. */
static Status undo_group(Transaction *transaction, void *data) {
    Undo *undo = data;
    arena_reset(undo->group_arena);
    GroupJob *job = ARENA_NEW(undo->group_arena, GroupJob);
    job->undo = undo;
    job->context = exchange_context(undo->exchange, undo->group_arena, transaction, undo->problem);
    job->context.batch = undo->batch;
    job->context.reason = undo->reason;
    job->mark = arena_mark(undo->group_arena);
    Attempts attempts = {.count = undo->end - undo->first,
                         .piece = undo_piece,
                         .refused = refuse_piece,
                         .data = job};
    Status status = attempts_run(transaction, &attempts);
    if (status != STATUS_OK) return status;
    undo->group_counts = count_results(job, attempts.count);
    bool last = undo->end == undo->count;
    Str report = undo_report(undo, undo->group_arena, &undo->group_counts, job->context.now);
    return import_record_undo(&job->context, undo->import.id, last ? IMPORT_UNDONE : IMPORT_UNDOING,
                              report);
}

/* ---- The whole ---- */

static void undo_drop(Undo *undo) {
    arena_free(undo->group_arena);
    free(undo->touched);
}

/* At least once, also for an import without records: its status has to become "undone". */
static Status run_groups(Undo *undo) {
    do {
        undo->end = undo->count - undo->first < UNDO_GROUP ? undo->count : undo->first + UNDO_GROUP;
        Status status = store_write(undo->exchange->store, undo_group, undo);
        if (status != STATUS_OK) return status;
        undo->counts = undo->group_counts;
        undo->first = undo->end;
    } while (undo->first < undo->count);
    return STATUS_OK;
}

static Status refuse(Problem *problem, const char *code) {
    problem_add(problem, STR(""), code);
    return STATUS_CONFLICT;
}

/* What stood in the way of the undo may have gone since. */
static bool undo_left_some(const ImportRecord *import) {
    json_t *report CLEANUP(json_drop) = NULL;
    if (json_read(import->report, NULL, &report) != STATUS_OK) return false;
    const json_t *counts = json_object_get(report, "undo");
    return json_integer_value(json_object_get(counts, "refused")) > 0;
}

/* In one transaction with its check, so that two people cannot undo at once. */
static Status claim_import(Transaction *transaction, void *data) {
    Undo *undo = data;
    Context context = exchange_context(undo->exchange, undo->arena, transaction, undo->problem);
    Status status = import_record_read(&context, undo->import.id, &undo->import);
    if (status != STATUS_OK) return status;
    const Object *object = model_object(context.model, undo->import.object);
    if (!object) return STATUS_NOT_FOUND;
    status = importer_allow(undo->exchange, object, undo->problem);
    if (status != STATUS_OK) return status;
    if (!importer_reaches(undo->exchange, &undo->import)) return STATUS_NOT_FOUND;
    if (str_is(undo->import.status, IMPORT_UNDONE) && !undo_left_some(&undo->import)) {
        return refuse(undo->problem, "import_already_undone");
    }
    if (import_record_busy(&undo->import, context.now)) {
        return refuse(undo->problem, "import_running");
    }
    UndoCounts none = {0};
    return import_record_undo(&context, undo->import.id, IMPORT_UNDOING,
                              undo_report(undo, undo->arena, &none, context.now));
}

Status importer_undo_begin(const Exchange *exchange, Id id, Arena *arena, Problem *problem) {
    Undo undo = {.exchange = exchange, .import = {.id = id}, .arena = arena, .problem = problem};
    return store_write(exchange->store, claim_import, &undo);
}

static Status read_import(Transaction *transaction, void *data) {
    Undo *undo = data;
    Context context = exchange_context(undo->exchange, undo->arena, transaction, undo->problem);
    Status status = import_record_read(&context, undo->import.id, &undo->import);
    return status == STATUS_OK ? read_touched(transaction, undo) : status;
}

Status importer_undo(const Exchange *exchange, Id id, Str reason, Arena *arena, Problem *problem,
                     UndoCounts *out) {
    Actor actor = *exchange->actor;
    actor.via = STR("import");
    /* Who may import may take it back, with all that followed; importer_undo_begin has asked. */
    actor.everything = true;
    Exchange importing = *exchange;
    importing.actor = &actor;
    Undo undo CLEANUP(undo_drop) = {.exchange = &importing,
                                    .import = {.id = id},
                                    .arena = arena,
                                    .group_arena = arena_new(),
                                    .problem = problem,
                                    .reason = reason,
                                    .batch = id_new(clock_now(&exchange->clock))};
    Status status = store_read(exchange->store, read_import, &undo);
    if (status != STATUS_OK) return status;
    order_touched(&undo);
    status = run_groups(&undo);
    if (status == STATUS_OK) *out = undo.counts;
    return status;
}
