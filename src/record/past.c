/*
 * Entries are read to their end before the records are, since on PostgreSQL a connection answers
 * one query at a time; then record by record, each walked back from what it is now.
 */
#include "past.h"

#include <stdlib.h>

#include "clock.h"
#include "field.h"
#include "row.h"

/* ---- The entries ---- */

/* One entry of the journal, as far as it concerns the past of a record. */
typedef struct Entry {
    Id record, id;
    int64_t at;
    ChangeAction action;
    Str changes;
} Entry;

/* Those of some records, newest first: the past is walked backwards. */
typedef struct Entries {
    Entry *items;
    size_t count;
} Entries;

Id past_first_id(int64_t instant) {
    Id id = {{0}};
    for (int i = 0; i < 6; i++) id.bytes[i] = (unsigned char)((uint64_t)instant >> (40 - 8 * i));
    return id;
}

static const char *const ACTIONS[] = {[CHANGE_CREATE] = "create",
                                      [CHANGE_UPDATE] = "update",
                                      [CHANGE_DELETE] = "delete",
                                      [CHANGE_RESTORE] = "restore"};
enum { ACTION_COUNT = sizeof ACTIONS / sizeof *ACTIONS };

/* What is no change of the record (an export, a handing out) is passed over. */
static bool read_action(Str name, ChangeAction *out) {
    for (int i = 0; i < ACTION_COUNT; i++) {
        if (!str_is(name, ACTIONS[i])) continue;
        *out = (ChangeAction)i;
        return true;
    }
    return false;
}

static void read_entry(Arena *arena, const Rows *rows, Entries *entries) {
    Entry *entry = &entries->items[entries->count];
    Value changes = store_column(rows, 4, VALUE_TEXT);
    if (!read_action(store_column(rows, 3, VALUE_TEXT).text, &entry->action)) return;
    entry->record = store_column(rows, 0, VALUE_ID).id;
    entry->id = store_column(rows, 1, VALUE_ID).id;
    entry->at = store_column(rows, 2, VALUE_INTEGER).integer;
    entry->changes = changes.kind == VALUE_TEXT ? str_copy(arena, changes.text) : (Str){0};
    entries->count++;
}

/*
 * The newest, as many as fit: where there are more, the period begins later. Ids never go back,
 * even where a clock does, so they narrow what is read; the instants decide.
 */
static Status read_entries(Context *context, const PastQuery *query, Entries *out, int64_t *since) {
    Rows *rows CLEANUP(store_drop) = NULL;
    size_t read = 0;
    out->items = calloc(PAST_CHANGES_MOST, sizeof(Entry));
    if (!out->items) abort();
    Status status =
        store_ask(context->transaction, &rows,
                  "SELECT \"record\", \"id\", \"at\", \"action\", \"changes\" FROM \"journal\" "
                  "WHERE \"id\" >= $1 AND \"object\" = $2 AND \"record\" IS NOT NULL "
                  "AND \"at\" >= $3 ORDER BY \"id\" DESC LIMIT $4",
                  value_id(past_first_id(query->since)), value_text(query->object->name),
                  value_integer(query->since), value_integer(PAST_CHANGES_MOST));
    while (status == STATUS_OK && (status = store_next(rows)) == STATUS_OK) {
        read_entry(context->arena, rows, out);
        read++;
        *since = store_column(rows, 2, VALUE_INTEGER).integer;
    }
    if (read < PAST_CHANGES_MOST) *since = query->since;
    return status == STATUS_END ? STATUS_OK : status;
}

static int compare_ids(const void *a, const void *b) {
    return memcmp(a, b, sizeof(Id));
}

/* By record, and each record's newest first. */
static int compare_entries(const void *a, const void *b) {
    const Entry *one = a, *other = b;
    int order = compare_ids(&one->record, &other->record);
    return order ? order : compare_ids(&other->id, &one->id);
}

/* ---- One record ---- */

static Status read_row(Context *context, const Object *object, Id id, Record *out) {
    Sql sql CLEANUP(sql_free) = sql_new(context->arena, transaction_kind(context->transaction));
    Rows *rows CLEANUP(store_drop) = NULL;
    sql_add(&sql, "SELECT ");
    row_add_columns(&sql, object);
    sql_add(&sql, " FROM ");
    sql_add_name(&sql, object->name);
    sql_add(&sql, " AS \"r\" WHERE \"r\".\"id\" = ");
    sql_bind(&sql, value_id(id));
    Status status = sql_query(&sql, context->transaction, &rows);
    if (status == STATUS_OK) status = store_next(rows);
    if (status == STATUS_OK) row_read(context->arena, rows, 0, object, out);
    return status == STATUS_END ? STATUS_NOT_FOUND : status;
}

/* As the journal writes values. A choice may have been retired since, and was what it was. */
static Value former_value(Context *context, const Field *field, const json_t *node) {
    Problem quiet = problem_new(context->arena);
    Value value = value_null();
    if (!node || json_is_null(node)) return value;
    if (field->type == FIELD_CHOICE) return value_text(str_copy(context->arena, json_text(node)));
    if (field_from_json(context->arena, field, node, STR(""), &quiet, &value) != STATUS_OK) {
        return value_null();
    }
    return value;
}

/* The record before a change, in values of its own. */
static Record step_back(Context *context, const Record *after, Str changes) {
    Record before = *after;
    size_t count = after->object->field_count;
    json_t *fields CLEANUP(json_drop) = NULL;
    const char *name;
    json_t *change;
    before.values = ARENA_ARRAY(context->arena, count, Value);
    memcpy(before.values, after->values, count * sizeof *before.values);
    if (str_empty(changes) || json_read(changes, NULL, &fields) != STATUS_OK) return before;
    json_object_foreach(fields, name, change) {
        const Field *field = object_field(after->object, str_of(name));
        if (!field || field->rollup) continue;
        before.values[field->index] = former_value(context, field, json_object_get(change, "from"));
    }
    return before;
}

/* `entries` are those of one record, newest first. */
static void walk_back(Context *context, const Entry *entries, size_t count, Past *past) {
    PastState *states = ARENA_ARRAY(context->arena, count + 1, PastState);
    past->existed = true;
    past->alive = past->before.deleted_at == 0;
    for (size_t i = 0; i < count; i++) {
        states[i] = (PastState){entries[i].at, entries[i].action, past->before};
        past->before = step_back(context, &past->before, entries[i].changes);
        past->existed = entries[i].action != CHANGE_CREATE;
        past->alive = entries[i].action == CHANGE_UPDATE || entries[i].action == CHANGE_DELETE;
    }
    past->states = states;
    past->count = count;
}

/* One walk through the past, and who is told of it. */
typedef struct Reading {
    Context *context;
    const PastQuery *query;
    PastVisitor *visit;
    void *data;
} Reading;

static Status visit_record(const Reading *reading, Id id, const Entry *entries, size_t count) {
    Context *context = reading->context;
    ArenaMark mark = arena_mark(context->arena);
    Past past = {.count = 0};
    Status status = read_row(context, reading->query->object, id, &past.before);
    if (status == STATUS_OK) {
        walk_back(context, entries, count, &past);
        status = reading->visit(reading->data, &past);
    } else if (status == STATUS_NOT_FOUND) {
        status = STATUS_OK; /* removed for good: sample data, say */
    }
    arena_rewind(context->arena, mark);
    return status;
}

static size_t count_of_record(const Entries *entries, size_t first) {
    size_t end = first + 1;
    while (end < entries->count &&
           id_equal(entries->items[end].record, entries->items[first].record)) {
        end++;
    }
    return end - first;
}

static Status visit_changed(const Reading *reading, const Entries *entries) {
    Status status = STATUS_OK;
    for (size_t i = 0; status == STATUS_OK && i < entries->count;) {
        size_t count = count_of_record(entries, i);
        status = visit_record(reading, entries->items[i].record, &entries->items[i], count);
        i += count;
    }
    return status;
}

static bool is_changed(const Entries *entries, Id record) {
    Entry wanted = {.record = record, .id = {{0}}};
    size_t low = 0, high = entries->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        int order = compare_ids(&entries->items[middle].record, &wanted.record);
        if (!order) return true;
        if (order < 0) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return false;
}

/* Those that nobody has changed themselves. */
static Status visit_others(const Reading *reading, const Entries *entries) {
    const PastQuery *query = reading->query;
    Status status = STATUS_OK;
    for (size_t i = 0; status == STATUS_OK && i < query->other_count; i++) {
        if (is_changed(entries, query->others[i])) continue;
        status = visit_record(reading, query->others[i], NULL, 0);
    }
    return status;
}

static void entries_drop(Entries *entries) {
    free(entries->items);
}

Status past_each(Context *context, const PastQuery *query, PastVisitor *visit, void *data,
                 int64_t *since) {
    Entries entries CLEANUP(entries_drop) = {.count = 0};
    Reading reading = {context, query, visit, data};
    Status status = read_entries(context, query, &entries, since);
    if (status != STATUS_OK) return status;
    if (entries.count) qsort(entries.items, entries.count, sizeof(Entry), compare_entries);
    status = visit_changed(&reading, &entries);
    return status == STATUS_OK ? visit_others(&reading, &entries) : status;
}
