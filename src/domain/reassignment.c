/*
 * A change of the responsible representative (E1, E9, E14). The former owner and the temperature
 * are kept on the person in the same save, because afterwards only the journal would know them.
 */
#include "reassignment.h"

#include "handover.h"

/*
 * Whose the doctor was until now: also after a time with nobody, so that the way over nobody is no
 * way around the handover. None for the first owner, who takes over from nobody.
 */
static Id predecessor(const Change *change) {
    if (change->action != CHANGE_UPDATE) return (Id){0};
    const Value *before = record_value(change->before, STR("owner"));
    if (before->kind != VALUE_ID) before = record_value(change->before, STR("former_owner"));
    return before->kind == VALUE_ID ? before->id : (Id){0};
}

/* Nobody's place may be taken by whoever had it before: that is no change of hands. */
static bool reassigned(const Change *change) {
    Id from = predecessor(change);
    const Value *before =
        record_value(change->before ? change->before : change->after, STR("owner"));
    const Value *after = record_value(change->after, STR("owner"));
    if (id_none(from) || value_equal(before, after)) return false;
    return after->kind != VALUE_ID || !id_equal(after->id, from);
}

static void set_value(Record *record, Str field, Value value) {
    const Field *found = object_field(record->object, field);
    if (found) record->values[found->index] = value;
}

Status reassignment_before_save(Context *context, Change *change) {
    if (!reassigned(change)) return STATUS_OK;
    set_value(change->after, STR("former_owner"), value_id(predecessor(change)));
    set_value(change->after, STR("owner_changed_at"), value_integer(context->now));
    set_value(change->after, STR("temperature_at_reassignment"),
              *record_value(change->before, STR("temperature")));
    return STATUS_OK;
}

Status reassignment_after_save(Context *context, const Change *change) {
    const Value *to = record_value(change->after, STR("owner"));
    if (!reassigned(change) || to->kind != VALUE_ID) return STATUS_OK;
    return handover_open(context, change->after->id, predecessor(change), to->id);
}
