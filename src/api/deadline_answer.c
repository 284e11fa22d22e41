/*
 * The clocks of one record told: what must be done by when, and on what that rests. The fields of
 * the record hold the due times; here stands why.
 */
#include "deadline.h"

#include "resources.h"

static void write_instant(Call *call, const char *member, int64_t instant) {
    json_member_text(&call->json, member, instant_text(call->arena, instant));
}

/* From and to the ends of time say nothing. */
static void write_day(Call *call, const char *member, int64_t day) {
    bool given = day != INT64_MIN && day != INT64_MAX;
    json_member_text_or_null(&call->json, member,
                             given ? date_text(call->arena, date_from_days(day)) : (Str){0});
}

static void write_due(Call *call, const DeadlineDue *due) {
    const Deadline *deadline = due->deadline;
    json_open_object(&call->json);
    json_member_text(&call->json, "deadline", deadline->name);
    json_member_text(&call->json, "label", label_in(&deadline->label, call->actor.lang));
    json_member_text(&call->json, "basis", label_in(&deadline->basis, call->actor.lang));
    json_member_text(&call->json, "standing", deadline->standing);
    write_day(call, "valid_from", deadline->valid_from);
    write_day(call, "valid_to", deadline->valid_to);
    write_day(call, "checked_on", deadline->checked_on);
    json_member_text(&call->json, "field", deadline->due->name);
    write_instant(call, "due_at", due->at);
    json_close_object(&call->json);
}

static Status write_all(Call *call, const DeadlineTable *table, const Record *record) {
    DeadlineDue *due = ARENA_ARRAY(call->arena, table->count, DeadlineDue);
    size_t count;
    Status status = deadlines_for(table, &call->context, record, due, &count);
    if (status != STATUS_OK) return status;
    json_open_object(&call->json);
    write_instant(call, "now", call->context.now);
    json_key(&call->json, STR("items"));
    json_open_array(&call->json);
    for (size_t i = 0; i < count; i++) {
        if (access_may_read_field(&call->actor, record->object, due[i].deadline->due)) {
            write_due(call, &due[i]);
        }
    }
    json_close_array(&call->json);
    json_close_object(&call->json);
    return STATUS_OK;
}

Status deadlines_answer(Call *call) {
    const DeadlineTable *table = deadlines_of(&call->business->deadlines, call->object);
    Record record;
    Status status = record_read(&call->context, call->object, call->id, &record);
    if (status != STATUS_OK) return status;
    return table ? write_all(call, table, &record) : STATUS_NOT_FOUND;
}
