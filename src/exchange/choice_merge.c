/* Field by field, group by group, so that others write in between. */
#include "choice_merge.h"

#include <stdlib.h>

#include "attempts.h"
#include "field.h"
#include "record.h"

enum { GROUP_RECORDS = 250 };

/* Told while it runs and when it has ended. */
typedef struct MergeCounts {
    int64_t matching, changed, refused;
} MergeCounts;

/* A merging of choices under way, object by object. */
typedef struct Merge {
    Exchange exchange; /* as the system, in the actor's name, and without consequences */
    Actor actor;
    const ChoiceMerge *request;
    Id id;
    Arena *group_arena;
    Problem *problem;
    const ChoiceField *field; /* the one at work */
    Id *records;              /* that hold the choice there */
    size_t count, capacity;
    size_t first, end; /* the group at work */
    MergeCounts counts, group_counts;
} Merge;

/* ---- Which records ---- */

static void add_record(Merge *merge, Id id) {
    if (merge->count == merge->capacity) {
        merge->capacity = merge->capacity ? merge->capacity * 2 : 1024;
        merge->records = realloc(merge->records, merge->capacity * sizeof *merge->records);
        if (!merge->records) abort();
    }
    merge->records[merge->count++] = id;
}

static Status find_records(Transaction *transaction, void *data) {
    Merge *merge = data;
    Arena *arena CLEANUP(arena_drop) = arena_new();
    Sql sql CLEANUP(sql_free) = sql_new(arena, transaction_kind(transaction));
    Rows *rows CLEANUP(store_drop) = NULL;
    merge->count = 0;
    sql_add(&sql, "SELECT \"r\".\"id\" FROM ");
    sql_add_name(&sql, merge->field->object->name);
    sql_add(&sql, " AS \"r\" WHERE \"r\".\"deleted_at\" IS NULL AND ");
    choices_add_holds(&sql, merge->field, merge->request->from);
    Status status = sql_query(&sql, transaction, &rows);
    while (status == STATUS_OK && (status = store_next(rows)) == STATUS_OK) {
        add_record(merge, store_column(rows, 0, VALUE_ID).id);
    }
    return status == STATUS_END ? STATUS_OK : status;
}

/* ---- One record ---- */

/* The codes with one replaced; one that is there twice then is there once. */
static bool replace_in_list(Arena *arena, const Merge *merge, Str present, Value *out) {
    json_t *codes CLEANUP(json_drop) = NULL, *next CLEANUP(json_drop) = json_array();
    size_t i;
    json_t *code;
    if (json_read(present, NULL, &codes) != STATUS_OK) return false;
    bool there = false;
    json_array_foreach(codes, i, code) {
        bool old = str_equal(json_text(code), merge->request->from);
        bool new = str_equal(json_text(code), merge->request->into);
        if (!old && !new) json_array_append(next, code);
        there |= old || new;
    }
    Str into = merge->request->into;
    if (there) json_array_append_new(next, json_stringn(into.data, into.size));
    return field_known_choices(arena, merge->field->field, next, out);
}

static bool next_value(Arena *arena, const Merge *merge, const Record *record, Value *out) {
    const Value *present = &record->values[merge->field->field->index];
    if (present->kind != VALUE_TEXT) return false;
    *out = value_text(merge->request->into);
    if (merge->field->field->type == FIELD_CHOICE) {
        return str_equal(present->text, merge->request->from);
    }
    return replace_in_list(arena, merge, present->text, out);
}

/* Records of one transaction: few, so that people's saves get in between. */
typedef struct Group {
    Merge *merge;
    Context context;
    ArenaMark mark;
    bool changed[GROUP_RECORDS];
    bool refused[GROUP_RECORDS];
} Group;

/* Whoever has changed or deleted the record meanwhile has said something newer. */
static Status merge_piece(Transaction *transaction, void *data, size_t index) {
    Group *group = data;
    Merge *merge = group->merge;
    Record record, after;
    FieldValue value = {.field = merge->field->field};
    (void)transaction;
    arena_rewind(group->context.arena, group->mark);
    group->changed[index] = group->refused[index] = false;
    Status status = record_read(&group->context, merge->field->object,
                                merge->records[merge->first + index], &record);
    if (status == STATUS_NOT_FOUND) return STATUS_OK;
    if (status != STATUS_OK) return status;
    if (!next_value(group->context.arena, merge, &record, &value.value)) return STATUS_OK;
    status = record_change(&group->context, merge->field->object, record.id, &value, 1, &after);
    group->changed[index] = status == STATUS_OK;
    return status;
}

static void refuse_piece(void *data, size_t index, Status status) {
    Group *group = data;
    (void)status;
    group->changed[index] = false;
    group->refused[index] = true;
}

/* ---- Groups ---- */

static Str counts_text(Arena *arena, const MergeCounts *counts) {
    return str_format(arena,
                      "{\"matching\":%lld,\"changed\":%lld,\"unchanged\":%lld,\"refused\":%lld}",
                      (long long)counts->matching, (long long)counts->changed,
                      (long long)(counts->matching - counts->changed - counts->refused),
                      (long long)counts->refused);
}

/* Counted from the groups before, so that a job that runs twice counts once. */
static Status group_job(Transaction *transaction, void *data) {
    Merge *merge = data;
    arena_reset(merge->group_arena);
    Problem quiet = problem_new(merge->group_arena);
    Group *group = ARENA_NEW(merge->group_arena, Group);
    group->merge = merge;
    group->context = exchange_context(&merge->exchange, merge->group_arena, transaction, &quiet);
    group->context.batch = merge->id;
    group->context.reason = merge->request->reason;
    group->mark = arena_mark(merge->group_arena);
    Attempts attempts = {.count = merge->end - merge->first,
                         .piece = merge_piece,
                         .refused = refuse_piece,
                         .data = group};
    Status status = attempts_run(transaction, &attempts);
    if (status != STATUS_OK) return status;
    merge->group_counts = merge->counts;
    for (size_t i = 0; i < attempts.count; i++) {
        merge->group_counts.matching++;
        merge->group_counts.changed += group->changed[i];
        merge->group_counts.refused += group->refused[i];
    }
    return batch_progress(&group->context, merge->id,
                          counts_text(merge->group_arena, &merge->group_counts));
}

static Status merge_field(Merge *merge) {
    const ChoiceMerge *request = merge->request;
    Status status = store_read(merge->exchange.store, find_records, merge);
    for (merge->first = 0; status == STATUS_OK && merge->first < merge->count;
         merge->first = merge->end) {
        size_t rest = merge->count - merge->first;
        if (request->go_on && !request->go_on(request->data)) return STATUS_BUSY;
        merge->end = merge->first + (rest < GROUP_RECORDS ? rest : GROUP_RECORDS);
        status = store_write(merge->exchange.store, group_job, merge);
        if (status == STATUS_OK) merge->counts = merge->group_counts;
    }
    return status;
}

/* Roll-ups and the like are kept by others and follow by themselves. */
static Status merge_fields(Merge *merge, Arena *arena) {
    ChoiceField *fields;
    size_t count =
        choices_sharing(arena, merge->exchange.business->model, &merge->request->list, &fields);
    Status status = STATUS_OK;
    for (size_t i = 0; status == STATUS_OK && i < count; i++) {
        if (fields[i].field->rollup) continue;
        merge->field = &fields[i];
        status = merge_field(merge);
    }
    return status;
}

/* ---- The whole ---- */

static Str request_text(Arena *arena, const ChoiceMerge *merge) {
    json_t *request CLEANUP(json_drop) = json_object();
    json_t *changes = json_object(), *change = json_object();
    json_object_set_new(change, "from", json_stringn(merge->from.data, merge->from.size));
    json_object_set_new(change, "to", json_stringn(merge->into.data, merge->into.size));
    json_object_setn_new(changes, merge->list.field->name.data, merge->list.field->name.size,
                         change);
    json_object_set_new(request, "changes", changes);
    return json_compact(arena, request);
}

Status choice_merge_begin(const Exchange *exchange, const ChoiceMerge *merge, Arena *arena,
                          Problem *problem, Id *id) {
    MergeCounts none = {0};
    BatchRecord record = {.id = id_new(clock_now(&exchange->clock)),
                          .kind = STR(BATCH_MERGE),
                          .object = merge->list.object->name,
                          .mode = BATCH_REAL,
                          .request = request_text(arena, merge),
                          .counts = counts_text(arena, &none),
                          .created_by = exchange->actor->user};
    Status status = batch_begin(exchange, &record, arena, problem);
    if (status == STATUS_OK) *id = record.id;
    return status;
}

/* The last word on the batch, written in a transaction of its own. */
typedef struct FinishJob {
    Merge *merge;
    Arena *arena;
    const char *status;
} FinishJob;

static Status finish_job(Transaction *transaction, void *data) {
    FinishJob *job = data;
    Merge *merge = job->merge;
    Context context = exchange_context(&merge->exchange, job->arena, transaction, merge->problem);
    return batch_finish(&context, merge->id, job->status, counts_text(job->arena, &merge->counts),
                        STR("{\"refused\":[],\"examples\":[],\"follows\":[]}"));
}

static void merge_drop(Merge *merge) {
    arena_free(merge->group_arena);
    free(merge->records);
}

Status choice_merge_run(const Exchange *exchange, const ChoiceMerge *request, Id id, Arena *arena,
                        Problem *problem) {
    Merge merge CLEANUP(merge_drop) = {.exchange = *exchange,
                                       .actor = *exchange->actor,
                                       .request = request,
                                       .id = id,
                                       .group_arena = arena_new(),
                                       .problem = problem};
    merge.actor.everything = true;
    merge.exchange.actor = &merge.actor;
    merge.exchange.hooks = NULL;
    Status status = merge_fields(&merge, arena);
    FinishJob job = {&merge, arena, status == STATUS_OK ? BATCH_DONE : BATCH_STOPPED};
    Status finished = store_write(exchange->store, finish_job, &job);
    return status == STATUS_OK ? finished : status;
}
