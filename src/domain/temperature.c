/*
 * The temperature of people and institutions. Every change of a person's temperature makes a
 * reading, by whatever door it comes, because the hook and not the caller writes it (E1a). What an
 * institution's temperature is made of stands in its definition (a roll-up); here only who said
 * otherwise, and why.
 */
#include "temperature.h"

#include "clock.h"
#include "system_actor.h"

/* On creation everything that is set counts as changed. */
static bool value_differs(const Change *change, Str field) {
    if (!change->before) return !value_is_null(record_value(change->after, field));
    return !value_equal(record_value(change->before, field), record_value(change->after, field));
}

static void set_value(Record *record, Str field, Value value) {
    const Field *found = object_field(record->object, field);
    if (found) record->values[found->index] = value;
}

Status temperature_before_save(Context *context, Change *change) {
    static const Str CHANGED_AT = STR_INIT("temperature_changed_at");
    if (!value_differs(change, STR("temperature"))) return STATUS_OK;
    if (change->before) {
        set_value(change->after, STR("temperature_previous"),
                  *record_value(change->before, STR("temperature")));
    }
    /* A visit says when it saw this, be it the same moment as what it corrects. */
    if (!value_differs(change, CHANGED_AT) && id_none(context->cause_visit)) {
        set_value(change->after, CHANGED_AT, value_integer(context->now));
    }
    return STATUS_OK;
}

static Value text_or_null(Str text) {
    return str_empty(text) ? value_null() : value_text(text);
}

/* As the system: readings are written by the engine only, whoever may change the person. */
static Status insert_reading(Context *context, const TemperatureSeen *seen, Value previous) {
    const Object *reading = model_object(context->model, STR("temperature_reading"));
    Str reason = str_empty(seen->reason) ? context->reason : seen->reason;
    Record made;
    FieldValue values[] = {
        {object_field(reading, STR("hcp")), value_id(seen->hcp)},
        {object_field(reading, STR("value")), value_text(seen->value)},
        {object_field(reading, STR("previous")), previous},
        {object_field(reading, STR("at")), value_integer(seen->at)},
        {object_field(reading, STR("by")), value_id_or_null(seen->by)},
        {object_field(reading, STR("visit")), value_id_or_null(seen->visit)},
        {object_field(reading, STR("product")), value_id_or_null(seen->product)},
        {object_field(reading, STR("reason")), text_or_null(reason)},
    };
    SystemActor storage;
    return record_insert(system_actor(context, &storage), reading, values,
                         sizeof values / sizeof *values, &made);
}

/* ---- Institutions ---- */

/* Who said so, and when. */
static void sign_override(Context *context, Change *change) {
    set_value(change->after, STR("temperature_override_by"),
              value_id_or_null(context->actor->user));
    set_value(change->after, STR("temperature_override_at"), value_integer(context->now));
}

/* What explained an override goes with it. */
static void take_back(Change *change) {
    static const Str BESIDE[] = {
        STR_INIT("temperature_reason"), STR_INIT("temperature_override_until"),
        STR_INIT("temperature_override_by"), STR_INIT("temperature_override_at")};
    for (size_t i = 0; i < sizeof BESIDE / sizeof *BESIDE; i++) {
        set_value(change->after, BESIDE[i], value_null());
    }
}

/* A reason or a last day of nothing would explain nothing: it is refused, and not forgotten. */
static Status refuse_alone(Context *context, const Change *change) {
    static const char *const BESIDE[] = {"temperature_reason", "temperature_override_until"};
    size_t errors = context->problem->count;
    for (size_t i = 0; i < sizeof BESIDE / sizeof *BESIDE; i++) {
        Str name = str_of(BESIDE[i]);
        if (value_is_null(record_value(change->after, name)) || !value_differs(change, name)) {
            continue;
        }
        problem_add(context->problem, problem_pointer(context->arena, STR(""), name),
                    "override_missing");
    }
    return context->problem->count == errors ? STATUS_OK : STATUS_INVALID;
}

/* The temperature itself follows from the definition of its roll-up, with the override before it.
 */
Status temperature_before_institution_save(Context *context, Change *change) {
    bool overridden = !value_is_null(record_value(change->after, STR("temperature_override")));
    bool reasoned = !value_is_null(record_value(change->after, STR("temperature_reason")));
    bool changed = value_differs(change, STR("temperature_override"));
    if (overridden && !reasoned) {
        problem_add(context->problem, STR("/temperature_reason"), "reason_missing");
        return STATUS_INVALID;
    }
    if (!overridden && !changed) return refuse_alone(context, change);
    if (!overridden) {
        take_back(change);
    } else if (changed || value_differs(change, STR("temperature_reason"))) {
        sign_override(context, change);
    }
    return STATUS_OK;
}

/* ---- People ---- */

/*
 * What the visit knows of it: the visitor, who need not be the one who writes the visit down (an
 * import, say), the product that it was about, and the reason.
 */
static Status complete_from_visit(Context *context, TemperatureSeen *seen) {
    Rows *rows CLEANUP(store_drop) = NULL;
    if (id_none(seen->visit)) return STATUS_OK;
    Status status =
        store_ask_first(context->transaction, &rows,
                        "SELECT \"owner\", \"temperature_product\", \"temperature_reason\" "
                        "FROM \"visit\" WHERE \"id\" = $1",
                        value_id(seen->visit));
    if (status != STATUS_OK) return status == STATUS_END ? STATUS_OK : status;
    Value owner = store_column(rows, 0, VALUE_ID), product = store_column(rows, 1, VALUE_ID);
    Value reason = store_column(rows, 2, VALUE_TEXT);
    if (owner.kind == VALUE_ID) seen->by = owner.id;
    if (product.kind == VALUE_ID) seen->product = product.id;
    if (reason.kind == VALUE_TEXT) seen->reason = str_copy(context->arena, reason.text);
    return STATUS_OK;
}

Status temperature_after_save(Context *context, const Change *change) {
    const Value *value = record_value(change->after, STR("temperature"));
    Status status = STATUS_OK;
    if (value_differs(change, STR("temperature")) && value->kind == VALUE_TEXT) {
        const Value *at = record_value(change->after, STR("temperature_changed_at"));
        TemperatureSeen seen = {.hcp = change->after->id,
                                .visit = context->cause_visit,
                                .by = context->actor->user,
                                .value = value->text,
                                .at = at->kind == VALUE_INTEGER ? at->integer : context->now};
        status = complete_from_visit(context, &seen);
        if (status != STATUS_OK) return status;
        Value previous =
            change->before ? *record_value(change->before, STR("temperature")) : value_null();
        status = insert_reading(context, &seen, previous);
    }
    return status;
}

/* ---- Visits ---- */

/* A visit written down late: what was known before it, not what is known today, came before. */
static Status insert_late_reading(Context *context, const TemperatureSeen *seen) {
    Value previous = value_null();
    Rows *rows CLEANUP(store_drop) = NULL;
    Status status = store_ask_first(
        context->transaction, &rows,
        "SELECT \"value\" FROM \"temperature_reading\" WHERE \"hcp\" = $1 AND \"at\" < $2 "
        "AND \"deleted_at\" IS NULL ORDER BY \"at\" DESC LIMIT 1",
        value_id(seen->hcp), value_integer(seen->at));
    if (status == STATUS_OK) {
        Value value = store_column(rows, 0, VALUE_TEXT);
        previous = value_copy(context->arena, &value);
    }
    if (status != STATUS_OK && status != STATUS_END) return status;
    return insert_reading(context, seen, previous);
}

/*
 * The person is changed as the system: a representative may record a visit to somebody whose record
 * is not theirs to edit, and what they saw there still counts.
 */
Status temperature_seen(Context *context, const TemperatureSeen *seen) {
    const Object *hcp = model_object(context->model, STR("hcp"));
    SystemActor storage;
    Context *system = system_actor(context, &storage);
    Record person, changed;
    system->cause_visit = seen->visit;
    Status status = record_read(system, hcp, seen->hcp, &person);
    if (status == STATUS_NOT_FOUND) return STATUS_OK;
    if (status != STATUS_OK) return status;
    const Value *present = record_value(&person, STR("temperature"));
    const Value *since = record_value(&person, STR("temperature_changed_at"));
    bool same = present->kind == VALUE_TEXT && str_equal(present->text, seen->value);
    /* Visits are told to the minute: what was noted within that minute came before. */
    bool newer =
        since->kind != VALUE_INTEGER || since->integer / CLOCK_MINUTE <= seen->at / CLOCK_MINUTE;
    if (!newer) return insert_late_reading(system, seen);
    if (same) return insert_reading(system, seen, *present);
    FieldValue values[] = {
        {object_field(hcp, STR("temperature")), value_text(seen->value)},
        {object_field(hcp, STR("temperature_changed_at")), value_integer(seen->at)},
    };
    return record_change(system, hcp, seen->hcp, values, 2, &changed);
}
