#include "notice.h"

#include "system_actor.h"

enum { NOTICE_FIELDS = 10 };

static void add(const Object *object, const char *field, Value value, FieldValue *values,
                size_t *count) {
    const Field *found = object_field(object, str_of(field));
    if (found) values[(*count)++] = (FieldValue){.field = found, .value = value};
}

static Value text_or_null(Str text) {
    return str_empty(text) ? value_null() : value_text(text);
}

/* What belongs together bears the same word; empty: it stands alone. */
static Str gathering(const Context *context, const Notice *notice) {
    return id_none(context->batch) ? notice->gathered : id_text(context->arena, context->batch);
}

/* The sender's own values come first, so that they cannot replace what every notice has. */
static void fill(const Context *context, const Object *object, const Notice *notice,
                 FieldValue *values, size_t *count) {
    for (size_t i = 0; i < notice->count; i++) values[(*count)++] = notice->values[i];
    bool leads = !str_empty(notice->about_object);
    add(object, "owner", value_id(notice->to), values, count);
    add(object, "kind", value_text(notice->kind), values, count);
    add(object, "subject", value_text(notice->subject), values, count);
    add(object, "body", text_or_null(notice->body), values, count);
    add(object, "about_object", text_or_null(notice->about_object), values, count);
    add(object, "about_id",
        leads ? value_text(id_text(context->arena, notice->about)) : value_null(), values, count);
    add(object, "by", value_id_or_null(context->actor->user), values, count);
    add(object, "at", value_integer(context->now), values, count);
    add(object, "source", text_or_null(notice->source), values, count);
    add(object, "batch", text_or_null(gathering(context, notice)), values, count);
}

/* What was read is not told again. Counted in place, without a version and a journal entry each, as
 * marks are. */
static Status count_one_more(Context *context, const Notice *notice, int64_t *counted) {
    Str together = gathering(context, notice);
    *counted = 0;
    if (str_empty(together)) return STATUS_OK;
    const Value parameters[] = {value_id(notice->to), value_text(together),
                                value_text(notice->source)};
    return store_execute(context->transaction,
                         STR("UPDATE \"notification\" SET \"count\" = \"count\" + 1 WHERE"
                             " \"owner\" = $1 AND \"batch\" = $2 AND \"source\" = $3 AND"
                             " \"read_at\" IS NULL AND \"deleted_at\" IS NULL"),
                         parameters, 3, counted);
}

Status notice_send(Context *context, const Receiver *receiver, const Notice *notice) {
    const Object *object = model_object(context->model, STR("notification"));
    if (!object || !receiver_wants(receiver, notice->kind)) return STATUS_OK;
    int64_t counted;
    Status status = count_one_more(context, notice, &counted);
    if (status != STATUS_OK || counted) return status;
    FieldValue *values = ARENA_ARRAY(context->arena, notice->count + NOTICE_FIELDS, FieldValue);
    size_t count = 0;
    SystemActor storage;
    Record made;
    fill(context, object, notice, values, &count);
    return record_insert(system_actor(context, &storage), object, values, count, &made);
}
