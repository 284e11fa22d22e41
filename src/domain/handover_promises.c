/*
 * Promises pass one by one through the ordinary door: each has its own entry in the journal, with
 * the plan as its reason, and the rules see the change of hands.
 */
#include "handover_promises.h"

#include "system_actor.h"
#include "titles.h"

enum { PROMISES_AT_ONCE = 500 };

static bool is_choice(const Record *record, const char *field, const char *code) {
    const Value *value = record_value(record, str_of(field));
    return value->kind == VALUE_TEXT && str_is(value->text, code);
}

/* "Handover plan: Sato → Suzuki", in the language of the person whose change this follows from. */
static Status add_reason(Context *context, const Record *plan) {
    Titles people = {0};
    Id ids[] = {record_value(plan, STR("from_user"))->id, record_value(plan, STR("to_user"))->id};
    const Object *users = model_object(context->model, STR("user"));
    Status status = titles_read(context, users, ids, 2, TITLES_OF_ALL, &people);
    if (status != STATUS_OK) return status;
    context->reason =
        str_format(context->arena, "%.*s: %.*s → %.*s",
                   STR_ARGS(label_in(&plan->object->label, context->actor->lang)),
                   STR_ARGS(titles_find(&people, ids[0])), STR_ARGS(titles_find(&people, ids[1])));
    return STATUS_OK;
}

/* Read to the end before anything changes, for one connection answers one query at a time. */
static Status read_open(Context *context, const Record *plan, Id hcp, Id *out, size_t *count) {
    Rows *rows CLEANUP(store_drop) = NULL;
    bool one = !id_none(hcp);
    *count = 0;
    Status status =
        one ? store_ask(context->transaction, &rows,
                        "SELECT \"id\" FROM \"promise\" WHERE \"hcp\" = $2 AND \"owner\" = $1 AND "
                        "\"state\" = 'open' AND \"deleted_at\" IS NULL ORDER BY \"id\" LIMIT 500",
                        *record_value(plan, STR("from_user")), value_id(hcp))
            : store_ask(context->transaction, &rows,
                        "SELECT p.\"id\" FROM \"promise\" AS p JOIN \"handover\" AS h ON "
                        "h.\"hcp\" = p.\"hcp\" WHERE h.\"plan\" = $2 AND h.\"deleted_at\" IS NULL "
                        "AND p.\"owner\" = $1 AND p.\"state\" = 'open' AND p.\"deleted_at\" IS "
                        "NULL ORDER BY p.\"id\" LIMIT 500",
                        *record_value(plan, STR("from_user")), value_id(plan->id));
    while (status == STATUS_OK && (status = store_next(rows)) == STATUS_OK) {
        out[(*count)++] = store_column(rows, 0, VALUE_ID).id;
    }
    return status == STATUS_END ? STATUS_OK : status;
}

/* Those that have passed are no longer the predecessor's, so each reading finds the next ones. */
static Status pass(Context *context, const Record *plan, Id hcp) {
    const Object *object = model_object(context->model, STR("promise"));
    FieldValue owner = {object_field(object, STR("owner")), *record_value(plan, STR("to_user"))};
    Id *promises = ARENA_ARRAY(context->arena, PROMISES_AT_ONCE, Id);
    Context named = *context;
    size_t count;
    Status status = str_empty(named.reason) ? add_reason(&named, plan) : STATUS_OK;
    do {
        if (status == STATUS_OK) status = read_open(&named, plan, hcp, promises, &count);
        for (size_t i = 0; i < count && status == STATUS_OK; i++) {
            Record changed;
            status = record_change(&named, object, promises[i], &owner, 1, &changed);
        }
        if (status != STATUS_OK) return status;
    } while (count == PROMISES_AT_ONCE);
    return STATUS_OK;
}

Status handover_promises_at_once(Context *context, const Record *plan, Id hcp) {
    return is_choice(plan, "promises", "at_once") ? pass(context, plan, hcp) : STATUS_OK;
}

Status handover_promises_after_plan(Context *context, const Change *change) {
    bool completed = is_choice(change->after, "state", "completed");
    bool was_open = change->before && is_choice(change->before, "state", "open");
    if (!completed || !was_open || is_choice(change->after, "promises", "stay")) return STATUS_OK;
    SystemActor storage;
    return pass(system_actor(context, &storage), change->after, (Id){0});
}
