/*
 * What a visit lacks is filled in before the checks, so that a phone may send the shortest form;
 * what it tells about the person is passed on once, when it is completed.
 */
#include "visit.h"

#include "clock.h"
#include "system_actor.h"
#include "temperature.h"

/* Clocks of phones differ; a visit may be dated this far ahead of the server. */
static const int64_t CLOCK_TOLERANCE = 5 * CLOCK_MINUTE;

static bool state_is(const Record *visit, const char *state) {
    const Value *value = record_value(visit, STR("state"));
    return value->kind == VALUE_TEXT && str_is(value->text, state);
}

/* Planned, draft and cancelled visits did not take place, or not yet for certain. */
static bool is_held(const Record *visit) {
    return state_is(visit, "completed") || state_is(visit, "signed");
}

static Value *value_of(Record *visit, Str name) {
    const Field *field = object_field(visit->object, name);
    return field ? &visit->values[field->index] : NULL;
}

/* Read as the system: the representative may visit somebody whose record is not theirs to read. */
static Status default_institution(Context *context, Record *visit) {
    Value *hco = value_of(visit, STR("hco"));
    const Value *hcp = record_value(visit, STR("hcp"));
    if (!hco || !value_is_null(hco) || hcp->kind != VALUE_ID) return STATUS_OK;
    SystemActor storage;
    Record person;
    Status status = record_read(system_actor(context, &storage),
                                model_object(context->model, STR("hcp")), hcp->id, &person);
    if (status == STATUS_OK) *hco = *record_value(&person, STR("primary_hco"));
    return status == STATUS_NOT_FOUND ? STATUS_OK : status;
}

/*
 * States go forward only as far as signing: what was signed is a document, and its correction
 * another one.
 */
Status visit_before_save(Context *context, Change *change) {
    Record *visit = change->after;
    Value *held_at = value_of(visit, STR("held_at"));
    if (change->action == CHANGE_DELETE || change->action == CHANGE_RESTORE) return STATUS_OK;
    if (change->before && state_is(change->before, "signed") && !state_is(visit, "signed")) {
        problem_add(context->problem, STR("/state"), "state_order");
        return STATUS_INVALID;
    }
    if (state_is(visit, "planned") && value_is_null(record_value(visit, STR("planned_at")))) {
        problem_add(context->problem, STR("/planned_at"), "plan_without_time");
        return STATUS_INVALID;
    }
    if (value_is_null(held_at) && (is_held(visit) || state_is(visit, "draft"))) {
        *held_at = value_integer(context->now);
    }
    if (is_held(visit) && held_at->integer > context->now + CLOCK_TOLERANCE) {
        problem_add(context->problem, STR("/held_at"), "visit_in_future");
        return STATUS_INVALID;
    }
    if (is_held(visit)) *value_of(visit, STR("draft")) = value_null();
    return default_institution(context, visit);
}

/*
 * Saving a completed visit again must not make a second reading; correcting its temperature must.
 */
static bool newly_seen(const Change *change) {
    if (!is_held(change->after)) return false;
    if (!change->before || !is_held(change->before)) return true;
    return !value_equal(record_value(change->before, STR("temperature")),
                        record_value(change->after, STR("temperature")));
}

static Id id_of(const Record *visit, Str name) {
    const Value *value = record_value(visit, name);
    return value->kind == VALUE_ID ? value->id : (Id){0};
}

static Str text_of(const Record *visit, Str name) {
    const Value *value = record_value(visit, name);
    return value->kind == VALUE_TEXT ? value->text : (Str){0};
}

/* Deleting a visit takes nothing back of what was seen: the reading is a record of its own. */
Status visit_after_save(Context *context, const Change *change) {
    const Record *visit = change->after;
    const Value *temperature = record_value(visit, STR("temperature"));
    const Value *hcp = record_value(visit, STR("hcp"));
    const Value *owner = record_value(visit, STR("owner"));
    if (change->action == CHANGE_DELETE || change->action == CHANGE_RESTORE) return STATUS_OK;
    if (temperature->kind != VALUE_TEXT || hcp->kind != VALUE_ID || !newly_seen(change)) {
        return STATUS_OK;
    }
    TemperatureSeen seen = {.hcp = hcp->id,
                            .visit = visit->id,
                            .by = owner->kind == VALUE_ID ? owner->id : context->actor->user,
                            .value = temperature->text,
                            .at = record_value(visit, STR("held_at"))->integer,
                            .product = id_of(visit, STR("temperature_product")),
                            .reason = text_of(visit, STR("temperature_reason"))};
    return temperature_seen(context, &seen);
}
