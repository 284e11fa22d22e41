/*
 * Starting a handover over HTTP. The doctors are chosen as a bulk change chooses its records: by
 * ids, or all of a list. The preview sorts them with the same code that the real thing uses.
 */
#include "handover_start.h"

#include "access.h"
#include "bulk_change.h"
#include "list_query.h"
#include "resources.h"
#include "selection.h"
#include "titles.h"

static const char *const MEMBERS[] = {"to_user", "effective_on", "due_on", "promises",
                                      "ids",     "all",          "except", NULL};

static Status select_all(Call *call, const Object *object, Id **out, size_t *count) {
    ListAsked asked;
    Id *except;
    size_t except_count;
    Status status = selection_refuse_paging(call);
    if (status == STATUS_OK) status = list_query_read(call, object, NULL, &asked);
    if (status == STATUS_OK) {
        status = selection_read_ids(call, "except", call->arena, &except, &except_count);
    }
    if (status != STATUS_OK) return status;
    return bulk_change_select(&call->context, &asked.query, except, except_count, out, count);
}

static Status select_doctors(Call *call, Id **out, size_t *count) {
    bool all = json_is_true(json_object_get(call->body, "all"));
    bool ids = json_object_get(call->body, "ids") != NULL;
    if (all == ids) return call_refuse(call, STATUS_INVALID, "", "bulk_change_which");
    if (ids) return selection_read_ids(call, "ids", call->arena, out, count);
    return select_all(call, model_object(call->business->model, STR("hcp")), out, count);
}

/* The successor is a person whom one may see; whether they can work is the plan's matter. */
static Status read_successor(Call *call, const Object *plans, Id *out) {
    const json_t *node = json_object_get(call->body, "to_user");
    const Field *field = object_field(plans, STR("to_user"));
    Record user;
    if (!id_parse(json_text(node), out)) {
        return call_refuse(call, STATUS_INVALID, "/to_user", node ? "id" : "required");
    }
    Status status =
        record_read(&call->context, field_target(call->business->model, field), *out, &user);
    if (status != STATUS_NOT_FOUND) return status;
    problem_add(&call->problem, STR("/to_user"), "reference_missing",
                label_in(&field->label, call->actor.lang));
    return STATUS_INVALID;
}

static Status sort_doctors(Call *call, HandoverStart *out) {
    const Object *plans = model_object(call->business->model, STR("handover_plan"));
    Id to, *doctors;
    size_t count;
    if (access_scope(&call->actor, plans, VERB_CREATE) == SCOPE_NONE) {
        problem_add(&call->problem, STR(""), "access_verb",
                    label_in(&plans->label, call->actor.lang));
        return STATUS_DENIED;
    }
    Status status = call_refuse_unknown(call, MEMBERS);
    if (status == STATUS_OK) status = read_successor(call, plans, &to);
    if (status == STATUS_OK) status = select_doctors(call, &doctors, &count);
    if (status != STATUS_OK) return status;
    return handover_start_sort(&call->context, doctors, count, to, out);
}

/* ---- The answer ---- */

static void write_group(Call *call, const HandoverGroup *group, const Titles *people) {
    JsonWriter *json = &call->json;
    json_open_object(json);
    json_key(json, STR("id"));
    if (id_none(group->plan)) {
        json_write_null(json);
    } else {
        json_write_id(json, group->plan);
    }
    json_member_id(json, "from_user", group->from);
    json_member_text(json, "from_name", titles_find(people, group->from));
    json_member_integer(json, "doctors", (int64_t)group->count);
    json_member_integer(json, "tier_a", group->tier_a);
    json_member_integer(json, "incomplete", group->incomplete);
    json_member_integer(json, "promises", group->promises);
    json_close_object(json);
}

static Status write_groups(Call *call, const HandoverStart *start) {
    Id *ids = ARENA_ARRAY(call->arena, start->group_count + 1, Id);
    Titles people;
    for (size_t i = 0; i < start->group_count; i++) ids[i] = start->groups[i].from;
    Status status = titles_read(&call->context, model_object(call->business->model, STR("user")),
                                ids, start->group_count, TITLES_OF_ALL, &people);
    if (status != STATUS_OK) return status;
    json_key(&call->json, STR("plans"));
    json_open_array(&call->json);
    for (size_t i = 0; i < start->group_count; i++) {
        write_group(call, &start->groups[i], &people);
    }
    json_close_array(&call->json);
    return STATUS_OK;
}

/* Those whom the reader may not see are counted and not named. */
static Status write_left(Call *call, const HandoverLeft *left) {
    JsonWriter *json = &call->json;
    Titles doctors;
    Status status = titles_read(&call->context, model_object(call->business->model, STR("hcp")),
                                left->named, left->named_count, TITLES_OF_ALIVE, &doctors);
    if (status != STATUS_OK) return status;
    json_open_object(json);
    json_member_text(json, "code", str_of(left->code));
    json_member_text(json, "message",
                     texts_sentence(call->business->texts, call->arena, call->actor.lang,
                                    str_of(left->code), (Str[PROBLEM_ARGUMENTS]){{0}}));
    json_member_integer(json, "count", (int64_t)left->count);
    json_key(json, STR("records"));
    json_open_array(json);
    for (size_t i = 0; i < left->named_count; i++) {
        if (str_empty(titles_find(&doctors, left->named[i]))) continue;
        json_open_object(json);
        json_member_id(json, "id", left->named[i]);
        json_member_text(json, "title", titles_find(&doctors, left->named[i]));
        json_close_object(json);
    }
    json_close_array(json);
    json_close_object(json);
    return STATUS_OK;
}

static Status write_start(Call *call, const HandoverStart *start) {
    json_open_object(&call->json);
    Status status = write_groups(call, start);
    json_key(&call->json, STR("left_out"));
    json_open_array(&call->json);
    for (size_t i = 0; i < start->left_count && status == STATUS_OK; i++) {
        status = write_left(call, &start->left[i]);
    }
    json_close_array(&call->json);
    json_close_object(&call->json);
    return status;
}

Status handover_foresee(Call *call) {
    HandoverStart start;
    Status status = sort_doctors(call, &start);
    return status == STATUS_OK ? write_start(call, &start) : status;
}

Status handover_begin(Call *call) {
    HandoverStart start;
    Status status = sort_doctors(call, &start);
    if (status == STATUS_OK) status = handover_start_make(&call->context, &start, call->body);
    if (status != STATUS_OK) return status;
    return write_start(call, &start);
}
