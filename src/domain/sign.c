/* Whoever clears a sign answers for it, so it never loses its name on the way. */
#include "sign.h"

Status sign_before_save(Context *context, Change *change) {
    Record *sign = change->after;
    const Value *cleared = record_value(sign, STR("cleared_at"));
    Value *by = &sign->values[object_field(sign->object, STR("cleared_by"))->index];
    if (cleared->kind != VALUE_INTEGER) {
        *by = value_null();
        return STATUS_OK;
    }
    if (value_is_null(by)) *by = value_id_or_null(context->actor->user);
    return STATUS_OK;
}
