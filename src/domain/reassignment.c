/*
 * A change of the responsible representative (E1, E9, E14). The former owner and the temperature
 * are kept on the person in the same save, because afterwards only the journal would know them; the
 * handover record then waits for the successor to read it.
 */
#include "reassignment.h"

#include "system_actor.h"

/* The first owner of a person takes over from nobody, so that is no reassignment. */
static bool reassigned(const Change *change) {
    if (change->action != CHANGE_UPDATE) return false;
    const Value *before = record_value(change->before, STR("owner"));
    const Value *after = record_value(change->after, STR("owner"));
    return before->kind == VALUE_ID && !value_equal(before, after);
}

static void set_value(Record *record, Str field, Value value) {
    const Field *found = object_field(record->object, field);
    if (found) record->values[found->index] = value;
}

Status reassignment_before_save(Context *context, Change *change) {
    if (!reassigned(change)) return STATUS_OK;
    set_value(change->after, STR("former_owner"), *record_value(change->before, STR("owner")));
    set_value(change->after, STR("owner_changed_at"), value_integer(context->now));
    set_value(change->after, STR("temperature_at_reassignment"),
              *record_value(change->before, STR("temperature")));
    return STATUS_OK;
}

/* As the system: the one who reassigns need not have the right to make handovers by hand. */
Status reassignment_after_save(Context *context, const Change *change) {
    const Value *to = record_value(change->after, STR("owner"));
    if (!reassigned(change) || to->kind != VALUE_ID) return STATUS_OK;
    const Object *handover = model_object(context->model, STR("handover"));
    Record made;
    FieldValue values[] = {
        {object_field(handover, STR("hcp")), value_id(change->after->id)},
        {object_field(handover, STR("from_user")), *record_value(change->before, STR("owner"))},
        {object_field(handover, STR("to_user")), *to},
        {object_field(handover, STR("at")), value_integer(context->now)},
    };
    SystemActor storage;
    return record_insert(system_actor(context, &storage), handover, values,
                         sizeof values / sizeof *values, &made);
}
