/*
 * Runs that go by an earlier version of their playbook: which there are, what the version in force
 * would change of one, and moving one or, in rounds, all of a version. Each sees and moves those of
 * their own scope only.
 */
#include "access.h"
#include "field.h"
#include "list.h"
#include "playbook_move.h"
#include "playbooks.h"
#include "resources.h"
#include "system_actor.h"
#include "titles.h"

enum { RUNS_MOST = 1000, SHOWN_MOST = 20, ROUND_MOST = 50, PLANS_MOST = 200 };

static Str text_of(const Record *record, const char *field) {
    const Value *value = record_value(record, str_of(field));
    return value->kind == VALUE_TEXT ? value->text : (Str){0};
}

/* ---- One run ---- */

static const char *move_word(StepMove move) {
    switch (move) {
        case STEP_STAYS: return "stays";
        case STEP_REDATED: return "redated";
        case STEP_ADDED: return "added";
        case STEP_DROPPED: return "dropped";
    }
    return "stays";
}

static Status write_moved(Call *call, const MovedStep *moved, const Record *run) {
    Str label = moved->name;
    Status status = STATUS_OK;
    if (moved->plan) {
        status = playbook_step_text(&call->context, &moved->plan->label, run, &label);
    }
    if (status != STATUS_OK) return status;
    json_open_object(&call->json);
    json_member_text(&call->json, "step", moved->name);
    json_member_text(&call->json, "label", label);
    json_member_text(&call->json, "move", str_of(move_word(moved->move)));
    json_member_text_or_null(&call->json, "state", moved->state);
    json_member_integer(&call->json, "round", moved->round);
    json_member_instant_or_null(&call->json, "due_before", moved->due_before);
    json_member_instant_or_null(&call->json, "due_after", moved->due_after);
    json_close_object(&call->json);
    return STATUS_OK;
}

static Status write_move(Call *call, const Record *run, const PlaybookMove *move) {
    Status status = STATUS_OK;
    json_open_object(&call->json);
    json_member_id(&call->json, "id", run->id);
    json_member_text(&call->json, "playbook", move->to->name);
    json_member_text(&call->json, "label", label_in(&move->to->label, call->actor.lang));
    json_key(&call->json, STR("steps"));
    json_open_array(&call->json);
    for (size_t i = 0; i < move->count && status == STATUS_OK; i++) {
        status = write_moved(call, &move->steps[i], run);
    }
    json_close_array(&call->json);
    json_close_object(&call->json);
    return status;
}

Status playbooks_move(Call *call) {
    Record run;
    PlaybookMove move;
    const Playbooks *playbooks = &call->business->playbooks;
    const Object *runs = model_object(call->business->model, STR("playbook_run"));
    Status status = runs ? record_read(&call->context, runs, call->id, &run) : STATUS_NOT_FOUND;
    if (status == STATUS_OK) status = playbooks_may_move_on(call, &run);
    if (status == STATUS_OK) {
        status = playbook_move_foretell(playbooks, &call->context, &run, &move);
    }
    if (status != STATUS_OK) return status;
    if (!json_is_true(json_object_get(call->body, "preview"))) {
        status = playbook_move(playbooks, &call->context, &run);
    }
    return status == STATUS_OK ? write_move(call, &run, &move) : status;
}

/* ---- All of a version ---- */

/* Those under way by one plan that the actor may see, the first ones first. */
static Status read_runs(Call *call, Id plan, ListRecords *out) {
    const Object *runs = model_object(call->business->model, STR("playbook_run"));
    Value values[] = {value_id(plan), value_text(STR("running"))};
    ListFilter filters[] = {
        {.field = object_field(runs, STR("plan")), .values = &values[0], .count = 1},
        {.field = object_field(runs, STR("state")), .values = &values[1], .count = 1},
    };
    ListQuery query = {.object = runs,
                       .filters = filters,
                       .filter_count = 2,
                       .sorts = {{.field = NULL}},
                       .sort_count = 1,
                       .limit = RUNS_MOST};
    return list_read(&call->context, &query, out);
}

/* NULL: nobody may go by another one, because this is the one in force, or none is any more. */
static Status newer_than(Call *call, Id plan, const Playbook **out) {
    const Playbook *kept = NULL;
    Record record;
    SystemActor storage;
    *out = NULL;
    Status status =
        record_read(system_actor(&call->context, &storage),
                    model_object(call->business->model, STR("playbook_plan")), plan, &record);
    if (status != STATUS_OK) return status;
    const Playbooks *playbooks = &call->business->playbooks;
    status = playbook_of_plan(playbooks, &call->context, plan, &kept);
    const Playbook *current = playbooks_find(playbooks, text_of(&record, "playbook"));
    if (kept != current) *out = current;
    return status;
}

static Status read_plans(Call *call, Id *plans, size_t *count) {
    Rows *rows CLEANUP(store_drop) = NULL;
    Status status = store_ask(call->context.transaction, &rows,
                              "SELECT DISTINCT \"plan\" FROM \"playbook_run\" WHERE \"state\" = "
                              "$1 AND \"plan\" IS NOT NULL ORDER BY \"plan\"",
                              value_text(STR("running")));
    while (status == STATUS_OK && *count < PLANS_MOST && (status = store_next(rows)) == STATUS_OK) {
        plans[(*count)++] = store_column_id(rows, 0);
    }
    return status == STATUS_END ? STATUS_OK : status;
}

static Status read_whom(Call *call, const Playbook *playbook, const ListRecords *runs,
                        Titles *out) {
    Id ids[SHOWN_MOST];
    size_t count = 0;
    for (size_t i = 0; i < runs->count && count < SHOWN_MOST; i++) {
        const Value *about = &runs->items[i].values[playbook->about->index];
        if (about->kind == VALUE_ID) ids[count++] = about->id;
    }
    return titles_read(&call->context, playbook->object, ids, count, TITLES_OF_ALL, out);
}

static void write_run(Call *call, const Playbook *playbook, const Record *run, const Titles *whom) {
    const Value *about = &run->values[playbook->about->index];
    json_open_object(&call->json);
    json_member_id(&call->json, "id", run->id);
    json_member_id(&call->json, "record", about->id);
    json_member_text(&call->json, "title", titles_find(whom, about->id));
    json_close_object(&call->json);
}

static Status write_version(Call *call, const Playbook *current, Id plan, const ListRecords *runs) {
    int64_t version = 1;
    Titles whom;
    Status status = playbook_version(&call->context, plan, &version);
    if (status == STATUS_OK) status = read_whom(call, current, runs, &whom);
    if (status != STATUS_OK) return status;
    json_open_object(&call->json);
    json_member_id(&call->json, "plan", plan);
    json_member_text(&call->json, "playbook", current->name);
    json_member_text(&call->json, "label", label_in(&current->label, call->actor.lang));
    json_member_text(&call->json, "object", current->object->name);
    json_member_integer(&call->json, "version", version);
    json_member_integer(&call->json, "count", (int64_t)runs->count);
    json_key(&call->json, STR("runs"));
    json_open_array(&call->json);
    for (size_t i = 0; i < runs->count && i < SHOWN_MOST; i++) {
        write_run(call, current, &runs->items[i], &whom);
    }
    json_close_array(&call->json);
    json_close_object(&call->json);
    return STATUS_OK;
}

Status playbook_versions_show(Call *call) {
    Id plans[PLANS_MOST];
    size_t count = 0;
    Status status = read_plans(call, plans, &count);
    json_open_object(&call->json);
    json_key(&call->json, STR("items"));
    json_open_array(&call->json);
    for (size_t i = 0; i < count && status == STATUS_OK; i++) {
        const Playbook *current;
        ListRecords runs = {0};
        status = newer_than(call, plans[i], &current);
        if (status == STATUS_OK && current) status = read_runs(call, plans[i], &runs);
        if (status == STATUS_OK && runs.count) {
            status = write_version(call, current, plans[i], &runs);
        }
    }
    json_close_array(&call->json);
    json_close_object(&call->json);
    return status;
}

/* What one may only see stays as it is, and is counted; `left` says to ask again. */
static Status move_some(Call *call, const ListRecords *runs, int64_t *moved, int64_t *kept) {
    Status status = STATUS_OK;
    for (size_t i = 0; i < runs->count && status == STATUS_OK && *moved < ROUND_MOST; i++) {
        size_t errors = call->problem.count;
        status = playbooks_may_move_on(call, &runs->items[i]);
        if (status == STATUS_DENIED || status == STATUS_NOT_FOUND) {
            call->problem.count = errors;
            ++*kept;
            status = STATUS_OK;
            continue;
        }
        if (status == STATUS_OK) {
            status = playbook_move(&call->business->playbooks, &call->context, &runs->items[i]);
            ++*moved;
        }
    }
    return status;
}

Status playbook_versions_move(Call *call) {
    ListRecords runs = {0};
    const Playbook *current = NULL;
    int64_t moved = 0, kept = 0;
    Id plan;
    if (!id_parse(json_get_text(call->body, "plan"), &plan)) {
        return call_refuse(call, STATUS_INVALID, "/plan", "id");
    }
    Status status = newer_than(call, plan, &current);
    if (status == STATUS_OK && !current) {
        return call_refuse(call, STATUS_CONFLICT, "", "playbook_current");
    }
    if (status == STATUS_OK) status = read_runs(call, plan, &runs);
    if (status == STATUS_OK) status = move_some(call, &runs, &moved, &kept);
    if (status != STATUS_OK) return status;
    json_open_object(&call->json);
    json_member_integer(&call->json, "moved", moved);
    json_member_integer(&call->json, "kept", kept);
    json_member_integer(&call->json, "left", (int64_t)runs.count - moved - kept);
    json_close_object(&call->json);
    return STATUS_OK;
}
