/*
 * The reading half of the door, and how a record is written as JSON. Access is part of the query
 * that reads, so that a record out of reach is not found rather than found and refused.
 */
#include "record.h"

#include "access.h"
#include "clock.h"
#include "field.h"
#include "row.h"
#include "title.h"

const Value *record_value(const Record *record, Str field) {
    static const Value NOTHING = {.kind = VALUE_NULL};
    const Field *found = object_field(record->object, field);
    return found ? &record->values[found->index] : &NOTHING;
}

/* Finds one record on which the actor may do `verb`, dead or alive as asked. */
static Status find(Context *context, const Object *object, Id id, Verb verb, const char *alive,
                   Record *out) {
    Sql sql CLEANUP(sql_free) = sql_new(context->arena, transaction_kind(context->transaction));
    sql_add(&sql, "SELECT ");
    row_add_columns(&sql, object);
    sql_add(&sql, " FROM ");
    sql_add_name(&sql, object->name);
    sql_add(&sql, " AS \"r\" WHERE \"r\".\"id\" = ");
    sql_bind(&sql, value_id(id));
    sql_add(&sql, alive);
    access_add_predicate_of_one(context, &sql, object, STR("r"), verb);
    Rows *rows CLEANUP(store_drop) = NULL;
    Status status = sql_query(&sql, context->transaction, &rows);
    if (status == STATUS_OK) status = store_next(rows);
    if (status == STATUS_END) return STATUS_NOT_FOUND;
    if (status == STATUS_OK) row_read(context->arena, rows, 0, object, out);
    return status;
}

Status record_read(Context *context, const Object *object, Id id, Record *out) {
    if (access_scope(context->actor, object, VERB_READ) == SCOPE_NONE) {
        problem_add(context->problem, STR(""), "access_verb",
                    label_in(&object->plural, context->actor->lang));
        return STATUS_DENIED;
    }
    return find(context, object, id, VERB_READ, " AND \"r\".\"deleted_at\" IS NULL AND ", out);
}

Status record_read_deleted(Context *context, const Object *object, Id id, Record *out) {
    return find(context, object, id, VERB_DELETE, " AND \"r\".\"deleted_at\" IS NOT NULL AND ",
                out);
}

Str record_title(Context *context, const Record *record) {
    const Actor *actor = context->actor;
    TitleOptions options = {.lang = actor->lang, .zone = actor->zone, .order = actor->name_order};
    return title_write(context->arena, record->object, record->values, &options);
}

void record_write_head(Context *context, JsonWriter *json, const Record *record) {
    json_member_id(json, "id", record->id);
    json_member_integer(json, "version", record->version);
    json_member_text(json, "title", record_title(context, record));
}

/* In the order of the definition, so that answers can be compared as text. */
void record_write_members(Context *context, JsonWriter *json, const Record *record) {
    record_write_head(context, json, record);
    json_member_instant(json, "created_at", record->created_at);
    json_member_id_or_null(json, "created_by", record->created_by);
    json_member_instant(json, "updated_at", record->updated_at);
    json_member_id_or_null(json, "updated_by", record->updated_by);
    for (size_t i = 0; i < record->object->field_count; i++) {
        const Field *field = &record->object->fields[i];
        if (!access_may_read_field(context->actor, record->object, field)) continue;
        json_key(json, field->name);
        field_write_json(json, field, &record->values[i]);
    }
}

void record_write(Context *context, JsonWriter *json, const Record *record) {
    json_open_object(json);
    record_write_members(context, json, record);
    json_close_object(json);
}
