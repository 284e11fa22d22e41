/*
 * Search in everything: a few hits of each object, by the same list as everywhere, so that access
 * and hidden fields are taken care of. A list with ?q= of one object shows the rest.
 */
#include "access.h"
#include "list.h"
#include "resources.h"

enum { HITS_PER_OBJECT = 8 };

static bool is_searchable(const Object *object) {
    for (size_t i = 0; i < object->field_count; i++) {
        if (object->fields[i].searchable) return true;
    }
    return false;
}

static Status write_hit(void *data, const Record *record) {
    Call *call = data;
    json_open_object(&call->json);
    json_member_text(&call->json, "object", record->object->name);
    json_key(&call->json, STR("record"));
    record_write(&call->context, &call->json, record);
    json_member_id(&call->json, "id", record->id);
    json_member_text(&call->json, "title", record_title(&call->context, record));
    json_close_object(&call->json);
    return STATUS_OK;
}

/* Objects come in the order of the model; within one the newest first, for tokens have no rank. */
Status search_all(Call *call) {
    Str query = str_trim(call_parameter(call, "q")), only = call_parameter(call, "object");
    if (str_empty(query)) return call_refuse(call, STATUS_INVALID, "/q", "search_empty");
    const Model *model = call->business->model;
    json_open_object(&call->json);
    json_key(&call->json, STR("items"));
    json_open_array(&call->json);
    for (size_t i = 0; i < model_object_count(model); i++) {
        const Object *object = model_object_at(model, i);
        Str next;
        if (!is_searchable(object) || (only.data && !str_equal(only, object->name))) continue;
        if (access_scope(&call->actor, object, VERB_READ) == SCOPE_NONE) continue;
        ListQuery asked = {.object = object, .search = query, .limit = HITS_PER_OBJECT};
        Status status = list_each(&call->context, &asked, write_hit, call, &next);
        if (status != STATUS_OK) return status;
    }
    json_close_array(&call->json);
    json_close_object(&call->json);
    return STATUS_OK;
}
