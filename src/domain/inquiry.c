/*
 * Who asked is taken from the visit and never from the request: the answer must reach the person
 * who was there.
 */
#include "inquiry.h"

#include "list.h"
#include "system_actor.h"

static bool is(const Record *record, const char *field, const char *word) {
    const Value *value = record_value(record, str_of(field));
    return value->kind == VALUE_TEXT && str_is(value->text, word);
}

static Value *value_of(Record *record, const char *field) {
    return &record->values[object_field(record->object, str_of(field))->index];
}

static Status refuse(Context *context, const char *pointer, const char *code) {
    problem_add(context->problem, str_of(pointer), code);
    return STATUS_INVALID;
}

/* ---- The inquiry ---- */

static Status check_answer(Context *context, const Change *change) {
    const Record *after = change->after;
    const Value *answer = record_value(after, STR("answer"));
    if (change->before && is(change->before, "state", "answered")) {
        bool same = is(after, "state", "answered") &&
                    value_equal(answer, record_value(change->before, STR("answer")));
        return same ? STATUS_OK : refuse(context, "/answer", "inquiry_answered");
    }
    if (!is(after, "state", "answered")) return STATUS_OK;
    bool given = answer->kind == VALUE_TEXT && !str_empty(str_trim(answer->text));
    return given ? STATUS_OK : refuse(context, "/answer", "inquiry_answer_missing");
}

Status inquiry_before_save(Context *context, Change *change) {
    Record *inquiry = change->after;
    if (change->action == CHANGE_DELETE || change->action == CHANGE_RESTORE) return STATUS_OK;
    const Value *unprompted = record_value(inquiry, STR("unprompted"));
    if (!change->before && is(inquiry, "kind", "direct") &&
        !(unprompted->kind == VALUE_BOOLEAN && unprompted->boolean)) {
        return refuse(context, "/unprompted", "inquiry_unprompted");
    }
    Status status = check_answer(context, change);
    Value *at = value_of(inquiry, "answered_at");
    if (status != STATUS_OK || !is(inquiry, "state", "answered") || !value_is_null(at)) {
        return status;
    }
    *at = value_integer(context->now);
    *value_of(inquiry, "answered_by") = value_id_or_null(context->actor->user);
    return STATUS_OK;
}

/* What an inquiry rests on: the topics in which somebody asked. */
typedef struct Sources {
    Context *context; /* the system's */
    Id *ids, *topics;
    size_t count;
} Sources;

static Status collect(void *data, const Record *source) {
    Sources *sources = data;
    const Value *topic = record_value(source, STR("topic"));
    sources->ids[sources->count] = source->id;
    sources->topics[sources->count++] = topic->kind == VALUE_ID ? topic->id : (Id){0};
    return STATUS_OK;
}

/* One change each: the rule that makes the task wakes on it, and the journal tells it. */
static Status mark_source(const Sources *sources, size_t i) {
    Context *context = sources->context;
    const Object *source = model_object(context->model, STR("inquiry_source"));
    const Object *topic = model_object(context->model, STR("topic"));
    FieldValue answered = {.field = object_field(source, STR("answered_at")),
                           .value = value_integer(context->now)};
    FieldValue state = {.field = object_field(topic, STR("state")),
                        .value = value_text(STR("answered"))};
    Record changed;
    Status status = record_change(context, source, sources->ids[i], &answered, 1, &changed);
    if (status != STATUS_OK || id_none(sources->topics[i])) return status;
    status = record_change(context, topic, sources->topics[i], &state, 1, &changed);
    return status == STATUS_NOT_FOUND ? STATUS_OK : status; /* deleted meanwhile */
}

static Status mark_page(Sources *sources, ListQuery *query) {
    Str next = {0};
    sources->count = 0;
    Status status = list_each(sources->context, query, collect, sources, &next);
    for (size_t i = 0; status == STATUS_OK && i < sources->count; i++) {
        status = mark_source(sources, i);
    }
    query->cursor = next;
    return status;
}

Status inquiry_after_save(Context *context, const Change *change) {
    bool answered = is(change->after, "state", "answered") &&
                    (!change->before || !is(change->before, "state", "answered"));
    if (!answered || change->action == CHANGE_DELETE) return STATUS_OK;
    SystemActor storage;
    Sources sources = {.context = system_actor(context, &storage),
                       .ids = ARENA_ARRAY(context->arena, LIST_LIMIT_MOST, Id),
                       .topics = ARENA_ARRAY(context->arena, LIST_LIMIT_MOST, Id)};
    const Object *object = model_object(context->model, STR("inquiry_source"));
    Value id = value_id(change->after->id);
    ListFilter filter = {.field = object_field(object, STR("inquiry")), .values = &id, .count = 1};
    ListQuery query = {
        .object = object, .filters = &filter, .filter_count = 1, .limit = LIST_LIMIT_MOST};
    Status status;
    do {
        status = mark_page(&sources, &query);
    } while (status == STATUS_OK && !str_empty(query.cursor));
    return status;
}

/* ---- Its sources ---- */

/* Another source of the same inquiry brings the same person the same answer already. */
static Status is_first(Context *context, const Record *source, bool *out) {
    bool earlier = false;
    Status status = store_ask_any(
        context->transaction, &earlier,
        "SELECT 1 FROM \"inquiry_source\" WHERE \"inquiry\" = $1 AND \"asker\" = $2 AND "
        "\"hcp\" = $3 AND \"first\" AND \"deleted_at\" IS NULL LIMIT 1",
        *record_value(source, STR("inquiry")), *record_value(source, STR("asker")),
        *record_value(source, STR("hcp")));
    *out = !earlier;
    return status;
}

static Status read_visit(Context *context, const Record *source, Record *out) {
    const Value *topic = record_value(source, STR("topic"));
    SystemActor storage;
    Context *system = system_actor(context, &storage);
    Record found;
    if (topic->kind != VALUE_ID) return STATUS_NOT_FOUND;
    Status status =
        record_read(system, model_object(context->model, STR("topic")), topic->id, &found);
    if (status != STATUS_OK) return status;
    const Value *visit = record_value(&found, STR("visit"));
    if (visit->kind != VALUE_ID) return STATUS_NOT_FOUND;
    return record_read(system, model_object(context->model, STR("visit")), visit->id, out);
}

Status inquiry_source_before_save(Context *context, Change *change) {
    Record *source = change->after, visit;
    bool first;
    if (change->before) return STATUS_OK;
    Status status = read_visit(context, source, &visit);
    if (status == STATUS_NOT_FOUND) return refuse(context, "/topic", "inquiry_topic_unknown");
    if (status != STATUS_OK) return status;
    *value_of(source, "visit") = value_id(visit.id);
    *value_of(source, "hcp") = *record_value(&visit, STR("hcp"));
    *value_of(source, "asker") = *record_value(&visit, STR("owner"));
    status = is_first(context, source, &first);
    if (status == STATUS_OK) *value_of(source, "first") = value_boolean(first);
    return status;
}
