/*
 * The handover of one doctor over HTTP: what its two people do, and the pack that both read. The
 * predecessor reads it when the doctor is somebody else's already, and the successor before the
 * doctor is theirs: so it is read as the system, for those who may read the handover, and shows
 * only objects and fields that the reader's role may see.
 */
#include "handover.h"

#include "access.h"
#include "field.h"
#include "list.h"
#include "resources.h"
#include "system_actor.h"

enum { PACK_FIELDS_MOST = 24 };

/* A part of the pack: records of an object that refer to the doctor, the newest or nearest first.
 */
typedef struct PackPart {
    const char *name, *object;
    const char *fields[PACK_FIELDS_MOST];
    const char *sort;
    const char *only_field, *only_code; /* NULL: all */
    int64_t limit;
    bool ascending;
} PackPart;

static const PackPart PACK_PARTS[] = {
    {.name = "readings",
     .object = "temperature_reading",
     .fields = {"value", "previous", "at", "reason"},
     .sort = "at",
     .limit = 48},
    {.name = "memos",
     .object = "memo",
     .fields = {"kind", "text", "at", "by", "effect", "corrects", "corrections", "pins"},
     .sort = "at",
     .limit = 100},
    {.name = "promises",
     .object = "promise",
     .fields = {"deliverable", "due_at", "confirm_at", "owner"},
     .sort = "due_at",
     .only_field = "state",
     .only_code = "open",
     .limit = 50,
     .ascending = true},
    {.name = "signs",
     .object = "sign",
     .fields = {"kind", "seen_at", "cleared_at"},
     .sort = "seen_at",
     .limit = 20},
    {.name = "visits",
     .object = "visit",
     .fields = {"held_at", "channel", "temperature", "tendency", "discussion", "quick_note"},
     .sort = "held_at",
     .only_field = "state",
     .only_code = "completed",
     .limit = 5},
};

static const char *const DOCTOR_FIELDS[] = {"kind",
                                            "country",
                                            "family_name",
                                            "given_name",
                                            "family_kana",
                                            "given_kana",
                                            "family_latin",
                                            "given_latin",
                                            "department",
                                            "position",
                                            "primary_hco",
                                            "owner",
                                            "temperature",
                                            "temperature_changed_at",
                                            "prescribing",
                                            "tier",
                                            "visit_preference",
                                            "information_form",
                                            "specialty",
                                            "academic_interests",
                                            "interest_areas",
                                            "resonating_phrases",
                                            "next_action",
                                            "next_action_due",
                                            "last_visit_at",
                                            "visit_count"};

/* Those of the names that the model has and the reader may see. */
static const Field *const *readable(const Call *call, const Object *object,
                                    const char *const *names, size_t most, size_t *count) {
    const Field **fields = ARENA_ARRAY(call->arena, most, const Field *);
    *count = 0;
    for (size_t i = 0; i < most && names[i]; i++) {
        const Field *field = object_field(object, str_of(names[i]));
        if (!field || !access_may_read_field(&call->actor, object, field)) continue;
        fields[(*count)++] = field;
    }
    return fields;
}

/* References show their titles, so that neither person needs a right to what they lead to. */
static void expand_references(const Call *call, ListQuery *query) {
    const Field **expand = ARENA_ARRAY(call->arena, query->field_count, const Field *);
    ListPart *parts = ARENA_ARRAY(call->arena, query->field_count, ListPart);
    for (size_t i = 0; i < query->field_count; i++) {
        if (query->fields[i]->type != FIELD_REFERENCE) continue;
        parts[query->part_count++] = (ListPart){.reference = query->fields[i]};
        expand[query->expand_count++] = query->fields[i];
    }
    query->expand = expand;
    query->parts = parts;
}

static Status write_list(Call *call, Context *system, const char *name, ListQuery *query) {
    expand_references(call, query);
    json_key(&call->json, str_of(name));
    return list_write(system, query, &call->json);
}

static Status write_part(Call *call, Context *system, const PackPart *part, Value hcp) {
    const Object *object = model_object(call->business->model, str_of(part->object));
    if (!object || access_scope(&call->actor, object, VERB_READ) == SCOPE_NONE) return STATUS_OK;
    Value code = value_text(str_of(part->only_code));
    ListFilter filters[] = {
        {.field = object_field(object, STR("hcp")), .values = &hcp, .count = 1},
        {.field = object_field(object, str_of(part->only_field)), .values = &code, .count = 1},
    };
    ListQuery query = {.object = object,
                       .filters = filters,
                       .filter_count = part->only_field ? 2 : 1,
                       .sorts = {{.field = object_field(object, str_of(part->sort)),
                                  .descending = !part->ascending}},
                       .sort_count = 1,
                       .limit = part->limit};
    query.fields = readable(call, object, part->fields, PACK_FIELDS_MOST, &query.field_count);
    return write_list(call, system, part->name, &query);
}

/* The institution by its name: the reader need not have a right to its record. */
static Status write_institution(Call *call, Context *system, const Record *doctor) {
    const Object *object = model_object(call->business->model, STR("hco"));
    const Value *id = record_value(doctor, STR("primary_hco"));
    Record institution;
    if (id->kind != VALUE_ID) return STATUS_OK;
    Status status = record_read(system, object, id->id, &institution);
    if (status == STATUS_NOT_FOUND) return STATUS_OK;
    if (status != STATUS_OK) return status;
    json_member_text(&call->json, "institution", record_title(system, &institution));
    return STATUS_OK;
}

static Status write_doctor(Call *call, Context *system, Value hcp) {
    const Object *object = model_object(call->business->model, STR("hcp"));
    Record doctor;
    Status status = record_read(system, object, hcp.id, &doctor);
    if (status != STATUS_OK) return status;
    size_t count;
    const Field *const *fields =
        readable(call, object, DOCTOR_FIELDS, sizeof DOCTOR_FIELDS / sizeof *DOCTOR_FIELDS, &count);
    json_key(&call->json, STR("hcp"));
    json_open_object(&call->json);
    record_write_head(system, &call->json, &doctor);
    for (size_t i = 0; i < count; i++) {
        json_key(&call->json, fields[i]->name);
        field_write_json(&call->json, fields[i], &doctor.values[fields[i]->index]);
    }
    status = write_institution(call, system, &doctor);
    json_close_object(&call->json);
    return status;
}

static Status find_handover(Call *call, Record *out) {
    call->object = model_object(call->business->model, STR("handover"));
    return record_read(&call->context, call->object, call->id, out);
}

/* What the plan says of the open promises: a choice of its field "promises". */
static Status write_passing(Call *call, Context *system, const Record *handover) {
    const Value *id = record_value(handover, STR("plan"));
    Record plan;
    if (id->kind != VALUE_ID) return STATUS_OK;
    Status status = record_read(system, model_object(call->business->model, STR("handover_plan")),
                                id->id, &plan);
    if (status == STATUS_NOT_FOUND) return STATUS_OK;
    if (status != STATUS_OK) return status;
    const Value *choice = record_value(&plan, STR("promises"));
    bool chosen = choice->kind == VALUE_TEXT; /* plans from before the choice have none */
    json_member_text(&call->json, "promises_pass", chosen ? choice->text : STR("when_complete"));
    return STATUS_OK;
}

Status handover_pack(Call *call) {
    Record handover;
    SystemActor storage;
    Status status = find_handover(call, &handover);
    if (status != STATUS_OK) return status;
    Context *system = system_actor(&call->context, &storage);
    Value hcp = *record_value(&handover, STR("hcp"));
    json_open_object(&call->json);
    json_key(&call->json, STR("handover"));
    record_write(&call->context, &call->json, &handover);
    status = write_passing(call, system, &handover);
    if (status == STATUS_OK) status = write_doctor(call, system, hcp);
    for (size_t i = 0; i < sizeof PACK_PARTS / sizeof *PACK_PARTS && status == STATUS_OK; i++) {
        status = write_part(call, system, &PACK_PARTS[i], hcp);
    }
    json_close_object(&call->json);
    return status;
}

Status handover_read_answer(Call *call) {
    Record handover;
    Status status = find_handover(call, &handover);
    if (status == STATUS_OK) status = handover_mark_read(&call->context, call->id, &handover);
    return status == STATUS_OK ? call_answer_record(call, &handover, 200) : status;
}

/* Answered with the handover: what is still missing is what the writer wants to know. */
Status handover_memo_answer(Call *call) {
    Record memo, handover;
    Status status = find_handover(call, &handover);
    if (status == STATUS_OK) {
        status = handover_add_memo(&call->context, call->id, call->body, &memo);
    }
    if (status == STATUS_OK) status = find_handover(call, &handover);
    return status == STATUS_OK ? call_answer_record(call, &handover, 201) : status;
}
