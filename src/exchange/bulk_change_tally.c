/*
 * A change of a hundred thousand records may be refused a hundred thousand times for five reasons:
 * reasons are counted, and only some of the records are named.
 */
#include "bulk_change_tally.h"

/* What finds no place among the reasons told apart is counted with the last of them. */
static BulkReason *reason_of(BulkTally *tally, const BulkResult *result) {
    for (size_t i = 0; i < tally->reason_count; i++) {
        BulkReason *reason = &tally->reasons[i];
        if (str_equal(reason->code, result->code) && str_equal(reason->message, result->message)) {
            return reason;
        }
    }
    if (tally->reason_count == BULK_CHANGE_REASONS) return &tally->reasons[tally->reason_count - 1];
    BulkReason *reason = &tally->reasons[tally->reason_count++];
    *reason = (BulkReason){.code = result->code, .message = result->message};
    return reason;
}

static void tally_refused(BulkTally *tally, Id record, const BulkResult *result) {
    BulkReason *reason = reason_of(tally, result);
    tally->refused++;
    reason->count++;
    if (reason->record_count == BULK_CHANGE_REFUSED) return;
    reason->records[reason->record_count] = record;
    reason->titles[reason->record_count++] = result->title;
}

void bulk_tally_add(BulkTally *tally, Id record, const BulkResult *result) {
    switch (result->outcome) {
        case BULK_REFUSED: tally_refused(tally, record, result); break;
        case BULK_UNCHANGED: tally->unchanged++; break;
        case BULK_CHANGED: tally->changed++; break;
    }
    if (!str_empty(result->example)) tally->examples[tally->example_count++] = result->example;
}

static void add_follow(BulkTally *tally, BulkFollow follow) {
    for (size_t i = 0; i < tally->follow_count; i++) {
        BulkFollow *known = &tally->follows[i];
        if (str_equal(known->object, follow.object) && str_equal(known->action, follow.action)) {
            known->count += follow.count;
            return;
        }
    }
    if (tally->follow_count < BULK_FOLLOWS_MOST) tally->follows[tally->follow_count++] = follow;
}

/* From the journal, which has all that was done on the batch's account. */
Status bulk_tally_follows(BulkTally *tally, const BulkChange *change, Id batch, Arena *arena,
                          Transaction *transaction) {
    Rows *rows CLEANUP(store_drop) = NULL;
    Status status = store_ask(transaction, &rows,
                              "SELECT \"object\", \"action\", count(*) FROM \"journal\" "
                              "WHERE \"batch\" = $1 AND \"object\" <> $2 "
                              "GROUP BY \"object\", \"action\" ORDER BY \"object\", \"action\"",
                              value_id(batch), value_text(change->object->name));
    while (status == STATUS_OK && (status = store_next(rows)) == STATUS_OK) {
        add_follow(tally, (BulkFollow){str_copy(arena, store_column(rows, 0, VALUE_TEXT).text),
                                       str_copy(arena, store_column(rows, 1, VALUE_TEXT).text),
                                       store_column(rows, 2, VALUE_INTEGER).integer});
    }
    return status == STATUS_END ? STATUS_OK : status;
}

/* ---- As JSON ---- */

Str bulk_tally_counts(Arena *arena, const BulkChange *change, const BulkTally *tally) {
    Buffer text CLEANUP(buffer_free) = {0};
    JsonWriter json = json_writer(&text);
    json_open_object(&json);
    json_member_integer(&json, "matching", (int64_t)change->count);
    json_member_integer(&json, "changed", tally->changed);
    json_member_integer(&json, "unchanged", tally->unchanged);
    json_member_integer(&json, "refused", tally->refused);
    json_close_object(&json);
    return str_copy(arena, buffer_str(&text));
}

static void write_reason(JsonWriter *json, const BulkReason *reason) {
    json_open_object(json);
    json_member_text(json, "code", reason->code);
    json_member_text(json, "message", reason->message);
    json_member_integer(json, "count", reason->count);
    json_key(json, STR("records"));
    json_open_array(json);
    for (size_t i = 0; i < reason->record_count; i++) {
        json_open_object(json);
        json_member_id(json, "id", reason->records[i]);
        json_member_text(json, "title", reason->titles[i]);
        json_close_object(json);
    }
    json_close_array(json);
    json_close_object(json);
}

static void write_follow(JsonWriter *json, const BulkFollow *follow) {
    json_open_object(json);
    json_member_text(json, "object", follow->object);
    json_member_text(json, "action", follow->action);
    json_member_integer(json, "count", follow->count);
    json_close_object(json);
}

Str bulk_tally_report(Arena *arena, const BulkTally *tally) {
    Buffer text CLEANUP(buffer_free) = {0};
    JsonWriter json = json_writer(&text);
    json_open_object(&json);
    json_key(&json, STR("refused"));
    json_open_array(&json);
    for (size_t i = 0; i < tally->reason_count; i++) write_reason(&json, &tally->reasons[i]);
    json_close_array(&json);
    json_key(&json, STR("examples"));
    json_open_array(&json);
    for (size_t i = 0; i < tally->example_count; i++) json_write_raw(&json, tally->examples[i]);
    json_close_array(&json);
    json_key(&json, STR("follows"));
    json_open_array(&json);
    for (size_t i = 0; i < tally->follow_count; i++) write_follow(&json, &tally->follows[i]);
    json_close_array(&json);
    json_close_object(&json);
    return str_copy(arena, buffer_str(&text));
}
