/*
 * Appending and reading the journal. An entry is appended in the transaction of its change and
 * sealed in a later one (journal_seal.c).
 */
#include "journal.h"

#include "access.h"
#include "clock.h"
#include "cursor.h"
#include "field.h"
#include "journal_chain.h"

static const char *const ACTION_NAMES[] = {
    [CHANGE_CREATE] = "create",
    [CHANGE_UPDATE] = "update",
    [CHANGE_DELETE] = "delete",
    [CHANGE_RESTORE] = "restore",
};

/* ---- Appending ---- */

static void write_field_change(JsonWriter *json, const Field *field, const Value *from,
                               const Value *to) {
    json_key(json, field->name);
    json_open_object(json);
    json_key(json, STR("from"));
    field_write_json(json, field, from);
    json_key(json, STR("to"));
    field_write_json(json, field, to);
    json_close_object(json);
}

/* {"temperature":{"from":"neutral","to":"skeptical"}}: only what differs; a creation from null. */
static Str changes_of(Arena *arena, const Change *change) {
    static const Value NOTHING = {.kind = VALUE_NULL};
    Buffer text CLEANUP(buffer_free) = {0};
    JsonWriter json = json_writer(&text);
    const Object *object = change->after->object;
    json_open_object(&json);
    for (size_t i = 0; i < object->field_count; i++) {
        const Value *from = change->before ? &change->before->values[i] : &NOTHING;
        const Value *to = &change->after->values[i];
        if (object->fields[i].rollup || value_equal(from, to)) continue;
        write_field_change(&json, &object->fields[i], from, to);
    }
    json_close_object(&json);
    return str_copy(arena, buffer_str(&text));
}

/* What differs between a change and an act; everything else comes from the context. */
typedef struct Line {
    Str object, action, changes;
    Id record;
    int64_t version;
} Line;

/*
 * The one statement that writes entries. Nothing updates one but the sealer, and nothing deletes
 * one.
 */
static Status append(Context *context, const Line *line) {
    const Actor *actor = context->actor;
    return store_run(
        context->transaction,
        "INSERT INTO \"journal\" (\"id\", \"at\", \"actor\", \"via\", \"object\", \"record\", "
        "\"version\", \"action\", \"changes\", \"reason\", \"batch\", \"cause\", \"session\") "
        "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)",
        value_id(id_new(context->now)), value_integer(context->now), value_id_or_null(actor->user),
        value_text(actor->via), value_text(line->object), value_id_or_null(line->record),
        value_integer(line->version), value_text(line->action), value_text(line->changes),
        str_empty(context->reason) ? value_null() : value_text(context->reason),
        value_id_or_null(context->batch), value_id_or_null(context->cause_visit),
        value_id_or_null(actor->session));
}

Status journal_append(Context *context, const Change *change) {
    Line line = {.object = change->after->object->name,
                 .action = str_of(ACTION_NAMES[change->action]),
                 .changes = changes_of(context->arena, change),
                 .record = change->after->id,
                 .version = change->after->version};
    return append(context, &line);
}

Status journal_append_act(Context *context, const char *action, Str object, Id record, Str facts) {
    Line line = {.object = object, .action = str_of(action), .changes = facts, .record = record};
    return append(context, &line);
}

/* ---- Reading ---- */

/* Fields that the model no longer has are shown as they were written: history is not rewritten. */
void journal_write_changes(Context *context, const Object *object, Str changes, JsonWriter *json) {
    json_t *fields CLEANUP(json_drop) = NULL;
    json_open_object(json);
    if (json_read(changes, NULL, &fields) == STATUS_OK) {
        const char *name;
        json_t *node;
        json_object_foreach(fields, name, node) {
            const Field *field = object ? object_field(object, str_of(name)) : NULL;
            if (field && !access_may_read_field(context->actor, object, field)) continue;
            json_key(json, str_of(name));
            json_write_raw(json, json_compact(context->arena, node));
        }
    }
    json_close_object(json);
}

static void write_history_line(Context *context, const Object *object, const Rows *rows,
                               JsonWriter *json) {
    json_open_object(json);
    json_member_instant(json, "at", store_column_integer(rows, 1));
    json_member_id_or_null(json, "by", store_column_id(rows, 2));
    json_member_text_or_null(json, "by_name", store_column_text(rows, 8));
    json_member_text_or_null(json, "via", store_column_text(rows, 3));
    json_member_integer(json, "version", store_column(rows, 4, VALUE_INTEGER).integer);
    json_member_text_or_null(json, "action", store_column_text(rows, 5));
    json_key(json, STR("changes"));
    journal_write_changes(context, object, store_column(rows, 6, VALUE_TEXT).text, json);
    json_member_text_or_null(json, "reason", store_column_text(rows, 7));
    json_close_object(json);
}

/*
 * By id rather than by instant: ids ascend with time and are unique, so a page ends at exactly one.
 */
Status journal_write_history(Context *context, const Object *object, Id id, int64_t limit,
                             Str cursor, JsonWriter *json) {
    static const Str LIST = STR_INIT("history");
    Cursor from = {0};
    if (!str_empty(cursor) && !cursor_read(context->arena, cursor, LIST, &from)) {
        problem_add(context->problem, STR("/cursor"), "cursor");
        return STATUS_INVALID;
    }
    if (id_none(from.id)) memset(from.id.bytes, 0xFF, sizeof from.id.bytes);
    Rows *rows CLEANUP(store_drop) = NULL;
    Status status = store_ask(
        context->transaction, &rows,
        "SELECT j.\"id\", j.\"at\", j.\"actor\", j.\"via\", j.\"version\", j.\"action\", "
        "j.\"changes\", j.\"reason\", u.\"name\" FROM \"journal\" AS j "
        "LEFT JOIN \"user\" AS u ON u.\"id\" = j.\"actor\" "
        "WHERE j.\"object\" = $1 AND j.\"record\" = $2 AND j.\"id\" < $3 "
        "ORDER BY j.\"id\" DESC LIMIT $4",
        value_text(object->name), value_id(id), value_id(from.id), value_integer(limit + 1));
    Id last = {0};
    int64_t count = 0;
    json_open_object(json);
    json_key(json, STR("items"));
    json_open_array(json);
    while (status == STATUS_OK && (status = store_next(rows)) == STATUS_OK) {
        if (++count > limit) break;
        last = store_column(rows, 0, VALUE_ID).id;
        write_history_line(context, object, rows, json);
    }
    json_close_array(json);
    Str next = {0};
    if (count > limit) next = cursor_write(context->arena, LIST, &(Cursor){.id = last});
    json_member_text_or_null(json, "next", next);
    json_close_object(json);
    return status == STATUS_END ? STATUS_OK : status;
}

/* Only sealed entries have a position, so a follower never sees one that could still be undone. */
Status journal_each(Transaction *transaction, int64_t position, int64_t limit,
                    JournalVisitor *visit, void *data) {
    Rows *rows CLEANUP(store_drop) = NULL;
    Status status = store_ask(transaction, &rows,
                              "SELECT " CHAIN_COLUMNS
                              " FROM \"journal\" WHERE \"position\" > $1 "
                              "ORDER BY \"position\" LIMIT $2",
                              value_integer(position), value_integer(limit));
    while (status == STATUS_OK && (status = store_next(rows)) == STATUS_OK) {
        ChainEntry whole = chain_read_entry(rows);
        status = visit(data, &whole.entry);
    }
    return status == STATUS_END ? STATUS_OK : status;
}

/* Definitions are no records: who may change them, or read everybody's history, may know. */
static bool is_publication(const JournalEntry *entry) {
    return str_is(entry->object, "definition");
}

/*
 * Asked as a reader of the record would ask; refusals are no errors of the feed, so they are
 * collected in a problem that nobody reads.
 */
Status journal_may_read(Context *context, const JournalEntry *entry, bool *out) {
    const Object *object = model_object(context->model, entry->object);
    Problem quiet = problem_new(context->arena);
    Context asking = *context;
    Record record;
    asking.problem = &quiet;
    *out = false;
    if (is_publication(entry)) {
        *out = access_may(context->actor, STR("configure")) ||
               access_may(context->actor, STR("journal"));
        return STATUS_OK;
    }
    if (!object || id_none(entry->record)) return STATUS_OK;
    if (access_scope(context->actor, object, VERB_READ) == SCOPE_NONE) return STATUS_OK;
    Status status = record_read(&asking, object, entry->record, &record);
    if (status == STATUS_NOT_FOUND) {
        status = record_read_deleted(&asking, object, entry->record, &record);
    }
    *out = status == STATUS_OK;
    return status == STATUS_NOT_FOUND ? STATUS_OK : status;
}

Status journal_position(Transaction *transaction, int64_t *out) {
    return store_ask_integer(transaction, out, "SELECT max(\"position\") FROM \"journal\"");
}
