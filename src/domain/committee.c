/*
 * An institution tells only the next date of its committee. The meetings are kept as records beside
 * it, so that each keeps its outcome and review. They are written as the system: whoever may change
 * the date need not have a right to meetings.
 */
#include "committee.h"

#include "clock.h"
#include "system_actor.h"
#include "zone.h"

static const Str NEXT = STR_INIT("next_committee_on");

static bool differs(const Change *change, Str field) {
    if (!change->before) return !value_is_null(record_value(change->after, field));
    return !value_equal(record_value(change->before, field), record_value(change->after, field));
}

/* Dates are kept as text that orders as the days do. */
static bool lies_ahead(const Context *context, Str date) {
    Str today = date_text(context->arena, zone_date(context->actor->zone, context->now));
    return str_compare(date, today) > 0;
}

/* The meeting of a day. */
typedef struct Meeting {
    Id id; /* none: there is none */
    bool cancelled;
} Meeting;

static Status find_meeting(Context *context, Id hco, Value date, Meeting *out) {
    Rows *rows CLEANUP(store_drop) = NULL;
    *out = (Meeting){0};
    if (date.kind != VALUE_TEXT) return STATUS_OK;
    Status status =
        store_ask_first(context->transaction, &rows,
                        "SELECT \"id\", \"state\" FROM \"committee\" WHERE \"hco\" = $1 AND "
                        "\"held_on\" = $2 AND \"deleted_at\" IS NULL",
                        value_id(hco), date);
    if (status == STATUS_OK) {
        Str state = store_column(rows, 1, VALUE_TEXT).text;
        *out = (Meeting){.id = store_column(rows, 0, VALUE_ID).id,
                         .cancelled = str_is(state, "cancelled")};
    }
    return status == STATUS_END ? STATUS_OK : status;
}

static Status change_meeting(Context *context, Id meeting, const char *field, Value value) {
    const Object *object = model_object(context->model, STR("committee"));
    FieldValue values[] = {{object_field(object, str_of(field)), value}};
    Record changed;
    return record_change(context, object, meeting, values, 1, &changed);
}

static Status plan_meeting(Context *context, Id hco, Value date) {
    const Object *object = model_object(context->model, STR("committee"));
    FieldValue values[] = {{object_field(object, STR("hco")), value_id(hco)},
                           {object_field(object, STR("held_on")), date},
                           {object_field(object, STR("state")), value_text(STR("planned"))}};
    Record made;
    return record_insert(context, object, values, 3, &made);
}

/* What was planned for the old date: moved or cancelled if it is still ahead, else left as it was.
 */
static Status move_meeting(Context *context, Id old, Value date, bool *moved) {
    *moved = true;
    if (date.kind != VALUE_TEXT) {
        return change_meeting(context, old, "state", value_text(STR("cancelled")));
    }
    return change_meeting(context, old, "held_on", date);
}

/* A meeting that was cancelled takes place after all when its day is named again. */
static Status keep_meeting(Context *context, const Meeting *meeting) {
    if (!meeting->cancelled) return STATUS_OK;
    return change_meeting(context, meeting->id, "state", value_text(STR("planned")));
}

Status committee_after_institution_save(Context *context, const Change *change) {
    if (!differs(change, NEXT)) return STATUS_OK;
    SystemActor storage;
    Context *system = system_actor(context, &storage);
    Id hco = change->after->id;
    Meeting old, there;
    Value before = change->before ? *record_value(change->before, NEXT) : value_null();
    Value after = *record_value(change->after, NEXT);
    bool moved = false;
    Status status = find_meeting(system, hco, before, &old);
    if (status == STATUS_OK) status = find_meeting(system, hco, after, &there);
    if (status != STATUS_OK) return status;
    if (!id_none(there.id)) return keep_meeting(system, &there);
    if (!id_none(old.id) && !old.cancelled && lies_ahead(context, before.text)) {
        status = move_meeting(system, old.id, after, &moved);
    }
    if (status != STATUS_OK || moved || after.kind != VALUE_TEXT) return status;
    return plan_meeting(system, hco, after);
}

static void set_value(Record *record, const char *field, Value value) {
    record->values[object_field(record->object, str_of(field))->index] = value;
}

Status committee_before_save(Context *context, Change *change) {
    const Value *outcome = record_value(change->after, STR("outcome"));
    const Value *date = record_value(change->after, STR("held_on"));
    bool recorded = differs(change, STR("outcome")) || differs(change, STR("review"));
    if (!value_is_null(outcome) && date->kind == VALUE_TEXT && lies_ahead(context, date->text)) {
        problem_add(context->problem, STR("/outcome"), "outcome_early", date->text);
        return STATUS_INVALID;
    }
    if (!value_is_null(outcome)) set_value(change->after, "state", value_text(STR("held")));
    if (!recorded) return STATUS_OK;
    set_value(change->after, "reviewed_by", value_id_or_null(context->actor->user));
    set_value(change->after, "reviewed_at", value_integer(context->now));
    return STATUS_OK;
}
