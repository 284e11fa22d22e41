/* A question counts as answered by somebody's word only, so that word keeps its name and day. */
#include "topic.h"

#include "record.h"

static bool text_is(const Record *topic, const char *field, const char *code) {
    const Value *value = record_value(topic, str_of(field));
    return value->kind == VALUE_TEXT && str_is(value->text, code);
}

static void set(Record *topic, const char *field, Value value) {
    topic->values[object_field(topic->object, str_of(field))->index] = value;
}

/* What was brought from elsewhere as answered keeps its emptiness: nobody knows who, nor when. */
static void sign_answer(Context *context, Change *change) {
    Record *topic = change->after;
    bool answered = text_is(topic, "state", "answered");
    bool was_answered = change->before && text_is(change->before, "state", "answered");
    if (answered == was_answered) return;
    bool now = answered && change->before;
    set(topic, "answered_at", now ? value_integer(context->now) : value_null());
    set(topic, "answered_by", now ? value_id_or_null(context->actor->user) : value_null());
}

Status topic_before_save(Context *context, Change *change) {
    Record *topic = change->after;
    if (change->action == CHANGE_DELETE || change->action == CHANGE_RESTORE) return STATUS_OK;
    bool directed = !value_is_null(record_value(topic, STR("direction")));
    if (directed && !text_is(topic, "kind", "competitor")) {
        problem_add(context->problem, STR("/direction"), "topic_direction");
        return STATUS_INVALID;
    }
    sign_answer(context, change);
    return STATUS_OK;
}
