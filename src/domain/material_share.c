/*
 * Checked on saving and not only by what the page offers: a page that stood open over the day on
 * which material was withdrawn would go on offering it.
 */
#include "material_share.h"

#include "material.h"
#include "record.h"
#include "system_actor.h"
#include "zone.h"

static Status read_other(Context *context, const Record *share, const char *field, Record *out) {
    const Value *id = record_value(share, str_of(field));
    SystemActor storage;
    if (id->kind != VALUE_ID) return STATUS_NOT_FOUND; /* required: the record layer says so */
    const Object *object = model_object(context->model, str_of(field));
    return record_read(system_actor(context, &storage), object, id->id, out);
}

static Str day_of(const Context *context, const Record *share) {
    const Value *at = record_value(share, STR("at"));
    int64_t instant = at->kind == VALUE_INTEGER ? at->integer : context->now;
    return date_text(context->arena, zone_date(context->actor->zone, instant));
}

static Status refuse(Context *context, const char *code) {
    problem_add(context->problem, STR("/content"), code);
    return STATUS_INVALID;
}

static Status check_usable(Context *context, const Record *share, const Record *content,
                           const Record *hcp) {
    const Value *only = record_value(content, STR("market"));
    Str market;
    if (!material_usable_on(content, day_of(context, share))) {
        return refuse(context, "material_not_usable");
    }
    Status status = material_market(context, hcp, &market);
    if (status != STATUS_OK || only->kind != VALUE_TEXT) return status;
    return str_equal(only->text, market) ? STATUS_OK : refuse(context, "material_market");
}

Status material_share_before_save(Context *context, Change *change) {
    Record *share = change->after;
    Record visit, hcp, content;
    if (change->action != CHANGE_CREATE) return STATUS_OK;
    Status status = read_other(context, share, "visit", &visit);
    if (status == STATUS_OK) {
        share->values[object_field(share->object, STR("hcp"))->index] =
            *record_value(&visit, STR("hcp"));
        status = read_other(context, share, "hcp", &hcp);
    }
    if (status == STATUS_OK) status = read_other(context, share, "content", &content);
    if (status == STATUS_NOT_FOUND) return STATUS_OK;
    if (status != STATUS_OK || str_is(context->actor->via, "import")) return status;
    return check_usable(context, share, &content, &hcp);
}
