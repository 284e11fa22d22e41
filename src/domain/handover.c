/*
 * Two ways lead here. A manager makes a plan and names its doctors, perhaps weeks before the day;
 * or somebody changes the representative of one doctor, a list, a whole file, and the plan is
 * opened by that. Either way each doctor has one handover, and rules make the tasks of both people.
 */
#include "handover.h"

#include "access.h"
#include "clock.h"
#include "field.h"
#include "handover_promises.h"
#include "system_actor.h"
#include "zone.h"

enum { MEMO_DAYS = 14 }; /* for the memos, where the plan names no day */

/* What must be known of a doctor before leaving, as kinds of memos. */
static const char *const NEEDED_MEMOS[] = {"resonated", "taboo", "moment"};
enum { NEEDED_MEMO_COUNT = sizeof NEEDED_MEMOS / sizeof *NEEDED_MEMOS };

static void set_value(Record *record, Str field, Value value) {
    record->values[object_field(record->object, field)->index] = value;
}

static Id id_of(const Record *record, const char *field) {
    const Value *value = record_value(record, str_of(field));
    return value->kind == VALUE_ID ? value->id : (Id){0};
}

static bool is_true(const Record *record, const char *field) {
    const Value *value = record_value(record, str_of(field));
    return value->kind == VALUE_BOOLEAN && value->boolean;
}

static bool is_open(const Record *plan) {
    const Value *state = record_value(plan, STR("state"));
    return state->kind == VALUE_TEXT && str_is(state->text, "open");
}

static Str today_of(const Context *context) {
    return date_text(context->arena, zone_date(context->actor->zone, context->now));
}

/* ---- What is missing ---- */

/* Bits of the needed kinds that somebody has written about the doctor. */
static Status read_kinds(Context *context, Id hcp, unsigned *out) {
    Rows *rows CLEANUP(store_drop) = NULL;
    unsigned found = 0;
    Status status = store_ask(context->transaction, &rows,
                              "SELECT DISTINCT \"kind\" FROM \"memo\" WHERE \"hcp\" = $1 AND "
                              "\"deleted_at\" IS NULL",
                              value_id(hcp));
    while (status == STATUS_OK && (status = store_next(rows)) == STATUS_OK) {
        Str kind = store_column(rows, 0, VALUE_TEXT).text;
        for (int i = 0; i < NEEDED_MEMO_COUNT; i++) {
            if (str_is(kind, NEEDED_MEMOS[i])) found |= 1U << i;
        }
    }
    *out = found;
    return status == STATUS_END ? STATUS_OK : status;
}

/* As several choices are kept: a list of codes, or nothing. */
static Status find_missing(Context *context, Id hcp, Value *out) {
    unsigned found;
    Status status = read_kinds(context, hcp, &found);
    if (status != STATUS_OK) return status;
    Str list = {0};
    for (int i = 0; i < NEEDED_MEMO_COUNT; i++) {
        if (found & (1U << i)) continue;
        list = str_format(context->arena, "%.*s%s\"%s\"", STR_ARGS(list),
                          str_empty(list) ? "" : ",", NEEDED_MEMOS[i]);
    }
    *out = str_empty(list) ? value_null()
                           : value_text(str_format(context->arena, "[%.*s]", STR_ARGS(list)));
    return STATUS_OK;
}

/* ---- Beginning ---- */

static Status next_position(Context *context, Id plan, Value *out) {
    Rows *rows CLEANUP(store_drop) = NULL;
    Status status =
        store_ask_first(context->transaction, &rows,
                        "SELECT COALESCE(MAX(\"position\"), 0) + 1 FROM \"handover\" WHERE "
                        "\"plan\" = $1",
                        value_id(plan));
    if (status == STATUS_OK) *out = store_column(rows, 0, VALUE_INTEGER);
    return status;
}

/* Only who looks after a doctor can hand over; the successor, when the change came first. */
static Status check_people(Context *context, const Record *handover, const Record *doctor) {
    Id from = id_of(handover, "from_user"), to = id_of(handover, "to_user");
    Id owner = id_of(doctor, "owner");
    if (id_equal(from, to)) {
        problem_add(context->problem, STR("/to_user"), "handover_same_person");
    } else if (!id_equal(owner, from) && !id_equal(owner, to)) {
        problem_add(context->problem, STR("/hcp"), "handover_not_responsible",
                    record_title(context, doctor));
    }
    return context->problem->count ? STATUS_INVALID : STATUS_OK;
}

static Status begin(Context *context, Record *handover) {
    SystemActor storage;
    Record doctor;
    Context *system = system_actor(context, &storage);
    const Object *hcp = model_object(context->model, STR("hcp"));
    Status status = record_read(system, hcp, id_of(handover, "hcp"), &doctor);
    if (status == STATUS_OK) status = check_people(system, handover, &doctor);
    Value missing, position = value_null();
    if (status == STATUS_OK) status = find_missing(context, doctor.id, &missing);
    Id plan = id_of(handover, "plan");
    if (status == STATUS_OK && !id_none(plan)) status = next_position(context, plan, &position);
    if (status != STATUS_OK) return status;
    set_value(handover, STR("doctor"), value_text(record_title(system, &doctor)));
    set_value(handover, STR("position"), position);
    set_value(handover, STR("missing"), missing);
    if (value_is_null(&missing)) set_value(handover, STR("memo_complete"), value_boolean(true));
    return STATUS_OK;
}

Status handover_before_save(Context *context, Change *change) {
    Record *after = change->after;
    if (change->action == CHANGE_CREATE) {
        Status status = begin(context, after);
        if (status != STATUS_OK) return status;
    }
    bool complete = is_true(after, "memo_complete");
    bool was_complete = change->before && is_true(change->before, "memo_complete");
    if (complete == was_complete) return STATUS_OK;
    set_value(after, STR("memo_completed_at"),
              complete ? value_integer(context->now) : value_null());
    return STATUS_OK;
}

/* ---- Changing hands ---- */

/* The rules, the journal and the temperature of the time follow from the change itself. */
static Status change_hands(Context *context, Id hcp, Id to) {
    SystemActor storage;
    Record changed;
    const Object *object = model_object(context->model, STR("hcp"));
    FieldValue owner = {object_field(object, STR("owner")), value_id(to)};
    return record_change(system_actor(context, &storage), object, hcp, &owner, 1, &changed);
}

static bool is_due(const Context *context, const Record *plan) {
    const Value *day = record_value(plan, STR("effective_on"));
    return day->kind != VALUE_TEXT || str_compare(day->text, today_of(context)) <= 0;
}

/* All memos written and all read: nobody has to close the plan by hand. */
static Status complete_plan(Context *context, const Record *plan) {
    const Value *doctors = record_value(plan, STR("doctors"));
    Record changed;
    if (!is_open(plan) || !value_equal(doctors, record_value(plan, STR("memos_complete"))) ||
        !value_equal(doctors, record_value(plan, STR("doctors_read")))) {
        return STATUS_OK;
    }
    FieldValue state = {object_field(plan->object, STR("state")), value_text(STR("completed"))};
    return record_change(context, plan->object, plan->id, &state, 1, &changed);
}

Status handover_after_save(Context *context, const Change *change) {
    Id plan_id = id_of(change->after, "plan");
    if (id_none(plan_id)) return STATUS_OK;
    SystemActor storage;
    Record plan;
    Context *system = system_actor(context, &storage);
    const Object *object = model_object(context->model, STR("handover_plan"));
    Status status = record_read(system, object, plan_id, &plan);
    if (status != STATUS_OK) return status;
    if (change->action == CHANGE_UPDATE) return complete_plan(system, &plan);
    if (change->action != CHANGE_CREATE || !is_open(&plan) || !is_due(context, &plan)) {
        return STATUS_OK;
    }
    return change_hands(context, id_of(change->after, "hcp"), id_of(change->after, "to_user"));
}

/* ---- Plans ---- */

Status handover_tier_a_missing(Context *context, Id plan, int64_t *out) {
    return store_ask_integer(context->transaction, out,
                             "SELECT COUNT(*) FROM \"handover\" AS h JOIN \"hcp\" AS d ON "
                             "d.\"id\" = h.\"hcp\" WHERE h.\"plan\" = $1 AND d.\"tier\" = 'A' AND "
                             "h.\"memo_completed_at\" IS NULL AND h.\"deleted_at\" IS NULL",
                             value_id(plan));
}

/* A departure is not complete until what is known of the most important doctors is written down. */
static Status check_completion(Context *context, const Change *change) {
    const Value *state = record_value(change->after, STR("state"));
    bool completes = state->kind == VALUE_TEXT && str_is(state->text, "completed");
    if (!completes || !change->before || !is_open(change->before)) return STATUS_OK;
    int64_t missing = 0;
    Status status = handover_tier_a_missing(context, change->after->id, &missing);
    if (status != STATUS_OK || !missing) return status;
    problem_add(context->problem, STR("/state"), "handover_tier_a",
                str_format(context->arena, "%lld", (long long)missing));
    return STATUS_INVALID;
}

Status handover_plan_before_save(Context *context, Change *change) {
    Record *plan = change->after;
    if (id_equal(id_of(plan, "from_user"), id_of(plan, "to_user"))) {
        problem_add(context->problem, STR("/to_user"), "handover_same_person");
        return STATUS_INVALID;
    }
    if (change->action == CHANGE_CREATE && value_is_null(record_value(plan, STR("due_on")))) {
        Date today = zone_date(context->actor->zone, context->now);
        Date due = date_from_days(date_to_days(today) + MEMO_DAYS);
        set_value(plan, STR("due_on"), value_text(date_text(context->arena, due)));
    }
    return check_completion(context, change);
}

/* The plan of the two that is under way; `*out` is none when there is none. */
static Status find_plan(Context *context, Id from, Id to, Id *out) {
    return store_ask_id(context->transaction, out,
                        "SELECT \"id\" FROM \"handover_plan\" WHERE \"from_user\" = $1 AND "
                        "\"to_user\" = $2 AND \"state\" = 'open' AND \"deleted_at\" IS NULL "
                        "ORDER BY \"id\" DESC LIMIT 1",
                        value_id(from), value_id(to));
}

static Status make_plan(Context *context, Id from, Id to, Id *out) {
    const Object *object = model_object(context->model, STR("handover_plan"));
    Record plan;
    FieldValue values[] = {
        {object_field(object, STR("from_user")), value_id(from)},
        {object_field(object, STR("to_user")), value_id(to)},
    };
    Status status = record_insert(context, object, values, sizeof values / sizeof *values, &plan);
    if (status == STATUS_OK) *out = plan.id;
    return status;
}

/* STATUS_OK when the doctor is part of an open plan of the two already, STATUS_END when not. */
static Status find_handover(Context *context, Id hcp, Id plan) {
    Rows *rows CLEANUP(store_drop) = NULL;
    return store_ask_first(context->transaction, &rows,
                           "SELECT 1 FROM \"handover\" WHERE \"hcp\" = $1 AND \"plan\" = $2 AND "
                           "\"deleted_at\" IS NULL",
                           value_id(hcp), value_id(plan));
}

/* One for each doctor of a plan, however often the doctor goes to and fro. */
static Status make_handover(Context *context, Id hcp, const Record *plan) {
    Status status = find_handover(context, hcp, plan->id);
    if (status != STATUS_END) return status;
    const Object *object = model_object(context->model, STR("handover"));
    Record made;
    FieldValue values[] = {
        {object_field(object, STR("hcp")), value_id(hcp)},
        {object_field(object, STR("plan")), value_id(plan->id)},
        {object_field(object, STR("from_user")), *record_value(plan, STR("from_user"))},
        {object_field(object, STR("to_user")), *record_value(plan, STR("to_user"))},
        {object_field(object, STR("at")), value_integer(context->now)},
    };
    return record_insert(context, object, values, sizeof values / sizeof *values, &made);
}

Status handover_open(Context *context, Id hcp, Id from, Id to) {
    SystemActor storage;
    Context *system = system_actor(context, &storage);
    const Object *object = model_object(context->model, STR("handover_plan"));
    Id id;
    Record plan;
    Status status = find_plan(system, from, to, &id);
    if (status == STATUS_OK && id_none(id)) status = make_plan(system, from, to, &id);
    if (status == STATUS_OK) status = record_read(system, object, id, &plan);
    if (status == STATUS_OK) status = make_handover(system, hcp, &plan);
    return status == STATUS_OK ? handover_promises_at_once(system, &plan, hcp) : status;
}

/* ---- Working on it ---- */

/* A doctor's open handovers. */
typedef struct Handovers {
    Id ids[64]; /* of one doctor: there are never many open */
    size_t count;
} Handovers;

static Status find_incomplete(Context *context, Id hcp, Handovers *out) {
    Rows *rows CLEANUP(store_drop) = NULL;
    Status status = store_ask(context->transaction, &rows,
                              "SELECT \"id\" FROM \"handover\" WHERE \"hcp\" = $1 AND "
                              "\"memo_completed_at\" IS NULL AND \"plan\" IS NOT NULL AND "
                              "\"deleted_at\" IS NULL LIMIT 64",
                              value_id(hcp));
    while (status == STATUS_OK && (status = store_next(rows)) == STATUS_OK) {
        out->ids[out->count++] = store_column(rows, 0, VALUE_ID).id;
    }
    return status == STATUS_END ? STATUS_OK : status;
}

Status handover_memo_after_save(Context *context, const Change *change) {
    Id hcp = id_of(change->after, "hcp");
    Handovers found = {0};
    if (change->action != CHANGE_CREATE || id_none(hcp)) return STATUS_OK;
    Status status = find_incomplete(context, hcp, &found);
    Value missing = value_null();
    if (status == STATUS_OK && found.count) status = find_missing(context, hcp, &missing);
    SystemActor storage;
    Context *system = system_actor(context, &storage);
    const Object *object = model_object(context->model, STR("handover"));
    FieldValue values[] = {
        {object_field(object, STR("missing")), missing},
        {object_field(object, STR("memo_complete")), value_boolean(value_is_null(&missing))},
    };
    for (size_t i = 0; i < found.count && status == STATUS_OK; i++) {
        Record changed;
        status = record_change(system, object, found.ids[i], values, 2, &changed);
    }
    return status;
}

/* Only the person whose part it is; who may not see the handover does not learn of it. */
static Status read_as(Context *context, Id handover, const char *part, Record *out) {
    const Object *object = model_object(context->model, STR("handover"));
    Status status = record_read(context, object, handover, out);
    if (status != STATUS_OK) return status;
    if (id_equal(id_of(out, part), context->actor->user)) return STATUS_OK;
    problem_add(context->problem, STR(""), "handover_not_yours");
    return STATUS_DENIED;
}

Status handover_mark_read(Context *context, Id handover, Record *out) {
    Status status = read_as(context, handover, "to_user", out);
    if (status != STATUS_OK || !value_is_null(record_value(out, STR("read_at")))) return status;
    SystemActor storage;
    FieldValue read = {object_field(out->object, STR("read_at")), value_integer(context->now)};
    return record_change(system_actor(context, &storage), out->object, handover, &read, 1, out);
}

/* A plan that is over opens no door to doctors who are somebody else's by now. */
static Status check_open(Context *context, const Record *handover) {
    SystemActor storage;
    Record plan;
    const Object *object = model_object(context->model, STR("handover_plan"));
    Id id = id_of(handover, "plan");
    Status status = id_none(id) ? STATUS_NOT_FOUND
                                : record_read(system_actor(context, &storage), object, id, &plan);
    if (status == STATUS_OK && is_open(&plan)) return STATUS_OK;
    if (status != STATUS_OK && status != STATUS_NOT_FOUND) return status;
    problem_add(context->problem, STR(""), "handover_over");
    return STATUS_CONFLICT;
}

Status handover_add_memo(Context *context, Id handover, const json_t *memo, Record *out) {
    Record work;
    Status status = read_as(context, handover, "from_user", &work);
    if (status == STATUS_OK) status = check_open(context, &work);
    if (status != STATUS_OK) return status;
    SystemActor storage;
    char hcp[ID_TEXT_SIZE];
    id_write(id_of(&work, "hcp"), hcp);
    json_t *body CLEANUP(json_drop) =
        json_pack("{s:s#, s:O?, s:O?}", "hcp", hcp, ID_TEXT_SIZE, "kind",
                  json_object_get(memo, "kind"), "text", json_object_get(memo, "text"));
    return record_create(system_actor(context, &storage), model_object(context->model, STR("memo")),
                         body, out);
}

/* ---- The day ---- */

/* A doctor who changes hands, and to whom. */
typedef struct Pending {
    Id hcp, to;
} Pending;

enum { PENDING_BATCH = 500 };

/* Read to its end before anything changes, for one connection answers one query at a time. */
static Status read_pending(Context *context, Str today, Pending *out, size_t *count) {
    Rows *rows CLEANUP(store_drop) = NULL;
    *count = 0;
    Status status = store_ask(
        context->transaction, &rows,
        "SELECT h.\"hcp\", h.\"to_user\" FROM \"handover\" AS h JOIN \"handover_plan\" AS p ON "
        "p.\"id\" = h.\"plan\" JOIN \"hcp\" AS d ON d.\"id\" = h.\"hcp\" WHERE p.\"state\" = "
        "'open' AND p.\"effective_on\" <= $1 AND d.\"owner\" = h.\"from_user\" AND "
        "p.\"deleted_at\" IS NULL AND h.\"deleted_at\" IS NULL AND d.\"deleted_at\" IS NULL LIMIT "
        "500",
        value_text(today));
    while (status == STATUS_OK && (status = store_next(rows)) == STATUS_OK) {
        out[(*count)++] = (Pending){.hcp = store_column(rows, 0, VALUE_ID).id,
                                    .to = store_column(rows, 1, VALUE_ID).id};
    }
    return status == STATUS_END ? STATUS_OK : status;
}

Status handover_daily(Context *context, Str today, int64_t *changed) {
    Pending *pending = ARENA_ARRAY(context->arena, PENDING_BATCH, Pending);
    size_t count;
    *changed = 0;
    do {
        Status status = read_pending(context, today, pending, &count);
        for (size_t i = 0; i < count && status == STATUS_OK; i++) {
            status = change_hands(context, pending[i].hcp, pending[i].to);
        }
        if (status != STATUS_OK) return status;
        *changed += (int64_t)count;
    } while (count == PENDING_BATCH);
    return STATUS_OK;
}
