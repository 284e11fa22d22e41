/*
 * Playbooks of one record over HTTP: what is under way and was, with all steps; what could be
 * started, with its dates before anybody decides; starting and stopping. Texts are filled for the
 * reader, by the definition that the run began with.
 */
#include "playbooks.h"

#include "playbook.h"
#include "playbook_move.h"

#include "access.h"
#include "field.h"
#include "list.h"
#include "resources.h"
#include "titles.h"

enum { RUNS_MOST = 100, STEPS_MOST = 400, REASON_MOST = 1000 };

/* ---- Reading ---- */

/* Records of an object that refer to one by a field. */
typedef struct Referring {
    const char *object;
    Str field;
    Id id;
    bool newest; /* first, instead of last */
    int64_t most;
} Referring;

static Status read_referring(Call *call, const Referring *asked, ListRecords *out) {
    const Object *of = model_object(call->business->model, str_of(asked->object));
    Value value = value_id(asked->id);
    ListFilter filter = {.field = object_field(of, asked->field), .values = &value, .count = 1};
    ListQuery query = {.object = of,
                       .filters = &filter,
                       .filter_count = 1,
                       .sorts = {{.field = NULL, .descending = asked->newest}},
                       .sort_count = 1,
                       .limit = asked->most};
    return list_read(&call->context, &query, out);
}

/* ---- Writing ---- */

static Str text_of(const Record *record, const char *field) {
    const Value *value = record_value(record, str_of(field));
    return value->kind == VALUE_TEXT ? value->text : (Str){0};
}

static void member_field(Call *call, const Record *record, const char *name) {
    const Field *field = object_field(record->object, str_of(name));
    json_key(&call->json, str_of(name));
    field_write_json(&call->json, field, &record->values[field->index]);
}

static void member_reference(Call *call, const char *key, const Record *record, const char *field,
                             const Titles *titles) {
    const Value *value = record_value(record, str_of(field));
    json_key(&call->json, str_of(key));
    if (value->kind != VALUE_ID) {
        json_write_null(&call->json);
        return;
    }
    json_open_object(&call->json);
    json_member_id(&call->json, "id", value->id);
    json_member_text(&call->json, "title", titles_find(titles, value->id));
    json_close_object(&call->json);
}

static const char *from_word(StepFrom from) {
    switch (from) {
        case STEP_FROM_START: return "start";
        case STEP_FROM_PREVIOUS: return "previous";
        case STEP_WITH_CONTACT: return "contact";
    }
    return "start";
}

static void member_offset(Call *call, const char *key, Offset offset) {
    static const char *const UNITS[] = {
        [OFFSET_HOURS] = "hours", [OFFSET_DAYS] = "days", [OFFSET_MONTHS] = "months"};
    json_key(&call->json, str_of(key));
    if (offset.unit == OFFSET_NONE) {
        json_write_null(&call->json);
        return;
    }
    json_open_object(&call->json);
    json_member_integer(&call->json, UNITS[offset.unit], offset.count);
    json_close_object(&call->json);
}

/* What the definition says of a step, in the reader's language. */
static Status write_plan_members(Call *call, const PlaybookStep *plan, const Record *run) {
    Str label, guidance;
    Status status = playbook_step_text(&call->context, &plan->label, run, &label);
    if (status == STATUS_OK) {
        status = playbook_step_text(&call->context, &plan->guidance, run, &guidance);
    }
    if (status != STATUS_OK) return status;
    json_member_text(&call->json, "label", label);
    json_member_text(&call->json, "guidance", guidance);
    json_member_text(&call->json, "from", str_of(from_word(plan->from)));
    member_offset(call, "after", plan->after);
    member_offset(call, "every", plan->every);
    json_member_text_or_null(&call->json, "layer", plan->layer);
    json_member_text_or_null(&call->json, "role", plan->role);
    json_member_boolean(&call->json, "settled_by_contact", plan->settled_by_contact);
    return STATUS_OK;
}

/* A step that the definition no longer tells of is known by its name alone. */
static Status write_known(Call *call, const Playbook *playbook, const Record *step,
                          const Record *run) {
    const PlaybookStep *plan = playbook ? playbook_step(playbook, text_of(step, "step")) : NULL;
    if (plan) return write_plan_members(call, plan, run);
    json_member_text(&call->json, "label", text_of(step, "name"));
    json_member_text(&call->json, "guidance", STR(""));
    json_member_text(&call->json, "from", STR("start"));
    json_member_raw_or_null(&call->json, "after", STR(""));
    json_member_raw_or_null(&call->json, "every", STR(""));
    json_member_text_or_null(&call->json, "layer", STR(""));
    json_member_text_or_null(&call->json, "role", STR(""));
    json_member_boolean(&call->json, "settled_by_contact", false);
    return STATUS_OK;
}

static Status write_step(Call *call, const Playbook *playbook, const Record *step,
                         const Record *run, const Titles *people) {
    json_open_object(&call->json);
    json_member_id(&call->json, "id", step->id);
    Status status = write_known(call, playbook, step, run);
    member_field(call, step, "step");
    member_field(call, step, "round");
    member_field(call, step, "state");
    member_field(call, step, "due_at");
    member_field(call, step, "opens_at");
    member_field(call, step, "done_at");
    member_field(call, step, "visit");
    member_field(call, step, "task");
    member_reference(call, "owner", step, "owner", people);
    json_close_object(&call->json);
    return status;
}

static Status write_steps(Call *call, const Playbook *playbook, const Record *run,
                          const Titles *people) {
    ListRecords steps = {0};
    Referring of_run = {"playbook_step", STR("run"), run->id, false, STEPS_MOST};
    Status status = read_referring(call, &of_run, &steps);
    json_key(&call->json, STR("steps"));
    json_open_array(&call->json);
    for (size_t i = 0; i < steps.count && status == STATUS_OK; i++) {
        status = write_step(call, playbook, &steps.items[i], run, people);
    }
    json_close_array(&call->json);
    return status;
}

static void write_label_members(Call *call, Str name, const Label *label, const Label *help) {
    Lang lang = call->actor.lang;
    json_member_text(&call->json, "playbook", name);
    json_member_text(&call->json, "label", label_in(label, lang));
    json_member_text(&call->json, "help", help ? label_in(help, lang) : STR(""));
}

static const PlaybookStop *find_stop(const Playbook *playbook, Str name) {
    for (size_t i = 0; playbook && i < playbook->stop_count; i++) {
        if (str_equal(playbook->stops[i].name, name)) return &playbook->stops[i];
    }
    return NULL;
}

/* The reason in the reader's language where the definition has it, as it was written otherwise. */
static void write_stop(Call *call, const Playbook *playbook, const Record *run,
                       const Titles *people) {
    const PlaybookStop *stop = find_stop(playbook, text_of(run, "stop"));
    member_field(call, run, "stop");
    Str reason = stop ? label_in(&stop->label, call->actor.lang) : text_of(run, "stop_reason");
    json_member_text_or_null(&call->json, "stop_reason", reason);
    member_reference(call, "stopped_by", run, "stopped_by", people);
}

static Status read_titles(Call *call, const char *object, const Id *ids, size_t count,
                          Titles *out) {
    return titles_read(&call->context, model_object(call->business->model, str_of(object)), ids,
                       count, TITLES_OF_ALL, out);
}

/* Users are few: the titles of all who may appear are read once. */
static Status read_people(Call *call, Titles *out) {
    Rows *rows CLEANUP(store_drop) = NULL;
    Id ids[1000];
    size_t count = 0;
    Status status = store_ask(call->context.transaction, &rows,
                              "SELECT \"id\" FROM \"user\" WHERE $1 = $1 ORDER BY \"id\" DESC",
                              value_integer(1));
    while (status == STATUS_OK && count < sizeof ids / sizeof *ids &&
           (status = store_next(rows)) == STATUS_OK) {
        ids[count++] = store_column_id(rows, 0);
    }
    if (status != STATUS_OK && status != STATUS_END) return status;
    store_drop(&rows);
    rows = NULL;
    return read_titles(call, "user", ids, count, out);
}

static Status write_topic(Call *call, const Record *run) {
    const Value *topic = record_value(run, STR("topic"));
    Titles titles = {0};
    Status status = STATUS_OK;
    if (topic->kind == VALUE_ID) status = read_titles(call, "topic", &topic->id, 1, &titles);
    member_reference(call, "topic", run, "topic", &titles);
    return status;
}

static Status write_run(Call *call, const Record *run, const Titles *people) {
    const Playbook *playbook;
    const Playbooks *playbooks = &call->business->playbooks;
    Status status = playbook_of_run(playbooks, &call->context, run, &playbook);
    const Value *plan = record_value(run, STR("plan"));
    int64_t version = 1;
    if (status == STATUS_OK && plan->kind == VALUE_ID) {
        status = playbook_version(&call->context, plan->id, &version);
    }
    if (status != STATUS_OK) return status;
    const Playbook *current = playbooks_find(playbooks, text_of(run, "playbook"));
    static const Label NONE;
    const Playbook *named = playbook ? playbook : current;
    json_open_object(&call->json);
    json_member_id(&call->json, "id", run->id);
    write_label_members(call, text_of(run, "playbook"), named ? &named->label : &NONE,
                        named ? &named->help : NULL);
    member_field(call, run, "state");
    member_field(call, run, "started_at");
    member_field(call, run, "ended_at");
    member_field(call, run, "origin");
    member_reference(call, "started_by", run, "started_by", people);
    json_member_boolean(&call->json, "earlier_version", playbook != current);
    json_member_integer(&call->json, "version", version);
    write_stop(call, playbook, run, people);
    status = write_topic(call, run);
    if (status == STATUS_OK) status = write_steps(call, playbook, run, people);
    json_close_object(&call->json);
    return status;
}

static Status write_available(Call *call, const Record *record) {
    const Playbooks *playbooks = &call->business->playbooks;
    Status status = STATUS_OK;
    json_key(&call->json, STR("available"));
    json_open_array(&call->json);
    for (size_t i = 0; i < playbooks->count && status == STATUS_OK; i++) {
        const Playbook *playbook = &playbooks->items[i];
        bool suits = false, running = false;
        if (playbook->object != record->object || !playbook->by_hand || playbook->off) continue;
        status = playbook_suits(&call->context, playbook, record, &suits, &running);
        json_open_object(&call->json);
        write_label_members(call, playbook->name, &playbook->label, &playbook->help);
        json_member_boolean(&call->json, "suits", suits);
        json_member_boolean(&call->json, "running", running);
        json_close_object(&call->json);
    }
    json_close_array(&call->json);
    return status;
}

static bool has_runs(const Call *call) {
    const Object *run = model_object(call->business->model, STR("playbook_run"));
    return run && object_field(run, call->object->name) != NULL;
}

Status playbooks_show(Call *call) {
    Record record;
    Titles people;
    ListRecords runs = {0};
    Status status = record_read(&call->context, call->object, call->id, &record);
    if (status != STATUS_OK) return status;
    if (has_runs(call)) {
        Referring of_record = {"playbook_run", call->object->name, record.id, true, RUNS_MOST};
        status = read_referring(call, &of_record, &runs);
    }
    if (status == STATUS_OK) status = read_people(call, &people);
    if (status != STATUS_OK) return status;
    json_open_object(&call->json);
    json_key(&call->json, STR("runs"));
    json_open_array(&call->json);
    for (size_t i = 0; i < runs.count && status == STATUS_OK; i++) {
        status = write_run(call, &runs.items[i], &people);
    }
    json_close_array(&call->json);
    if (status == STATUS_OK) status = write_available(call, &record);
    json_close_object(&call->json);
    return status;
}

/* ---- Starting ---- */

static Status find_startable(Call *call, const Playbook **out) {
    Str name = json_get_text(call->body, "playbook");
    *out = playbooks_find(&call->business->playbooks, name);
    if (!*out || (*out)->object != call->object) {
        problem_add(&call->problem, STR("/playbook"), "definition_unknown_playbook", name);
        return STATUS_INVALID;
    }
    if ((*out)->by_hand && !(*out)->off) return STATUS_OK;
    problem_add(&call->problem, STR("/playbook"), "playbook_not_by_hand",
                label_in(&(*out)->label, call->actor.lang));
    return STATUS_INVALID;
}

/* What it is about, beside the record: a topic that its stop conditions may ask for. */
static Status read_topic(Call *call, FieldValue *value, size_t *count) {
    const json_t *node = json_object_get(call->body, "topic");
    const Object *run = model_object(call->business->model, STR("playbook_run"));
    const Field *field = object_field(run, STR("topic"));
    Record topic;
    Id id;
    if (!node || json_is_null(node) || !field) return STATUS_OK;
    if (!id_parse(json_text(node), &id)) return call_refuse(call, STATUS_INVALID, "/topic", "id");
    Status status =
        record_read(&call->context, field_target(call->business->model, field), id, &topic);
    if (status == STATUS_NOT_FOUND) {
        problem_add(&call->problem, STR("/topic"), "reference_missing",
                    label_in(&field->label, call->actor.lang));
        return STATUS_INVALID;
    }
    if (status == STATUS_OK) value[(*count)++] = (FieldValue){field, value_id(id)};
    return status;
}

static Status foretell(Call *call, const PlaybookStart *start) {
    StepDates *dates = ARENA_ARRAY(call->arena, start->playbook->step_count, StepDates);
    Record run;
    Status status = playbook_foretell(&call->context, start, &run, dates);
    if (status != STATUS_OK) return status;
    json_open_object(&call->json);
    write_label_members(call, start->playbook->name, &start->playbook->label,
                        &start->playbook->help);
    json_member_boolean(&call->json, "preview", true);
    json_key(&call->json, STR("steps"));
    json_open_array(&call->json);
    for (size_t i = 0; i < start->playbook->step_count && status == STATUS_OK; i++) {
        const PlaybookStep *plan = &start->playbook->steps[i];
        json_open_object(&call->json);
        json_member_text(&call->json, "step", plan->name);
        json_member_instant_or_null(&call->json, "due_at", dates[i].due);
        json_member_instant_or_null(&call->json, "opens_at", dates[i].opens);
        status = write_plan_members(call, plan, &run);
        json_close_object(&call->json);
    }
    json_close_array(&call->json);
    json_close_object(&call->json);
    return status;
}

/* Whoever may change the record may begin something for it. */
static Status check_may(Call *call, const Record *record) {
    AccessDecision decision;
    Status status = access_decide(&call->context, record, VERB_UPDATE, &decision);
    if (status != STATUS_OK || decision.allowed) return status;
    problem_add(&call->problem, STR(""), decision.code,
                label_in(&call->object->label, call->actor.lang));
    return STATUS_DENIED;
}

Status playbooks_start(Call *call) {
    Record record, run;
    FieldValue values[1];
    Titles people;
    PlaybookStart start = {
        .at = call->context.now, .origin = STR("hand"), .values = values, .record = &record};
    Status status = record_read(&call->context, call->object, call->id, &record);
    if (status == STATUS_OK) status = check_may(call, &record);
    if (status == STATUS_OK) status = find_startable(call, &start.playbook);
    if (status == STATUS_OK) status = read_topic(call, values, &start.count);
    if (status != STATUS_OK) return status;
    if (json_is_true(json_object_get(call->body, "preview"))) return foretell(call, &start);
    status = playbook_start(&call->context, &start, &run);
    if (status == STATUS_OK) status = read_people(call, &people);
    if (status != STATUS_OK) return status;
    call->response->status = 201;
    return write_run(call, &run, &people);
}

/* ---- Stopping ---- */

Status playbooks_may_move_on(Call *call, const Record *run) {
    const Playbook *playbook = playbooks_find(&call->business->playbooks, text_of(run, "playbook"));
    Record record;
    if (!playbook) return STATUS_NOT_FOUND;
    call->object = playbook->object;
    Status status = record_read(&call->context, playbook->object,
                                run->values[playbook->about->index].id, &record);
    return status == STATUS_OK ? check_may(call, &record) : status;
}

Status playbooks_stop(Call *call) {
    Record run;
    Titles people;
    const Object *runs = model_object(call->business->model, STR("playbook_run"));
    Str reason = str_trim(json_get_text(call->body, "reason"));
    Status status = runs ? record_read(&call->context, runs, call->id, &run) : STATUS_NOT_FOUND;
    if (status == STATUS_OK) status = playbooks_may_move_on(call, &run);
    if (status != STATUS_OK) return status;
    if (str_empty(reason) || reason.size > REASON_MOST) {
        problem_add(&call->problem, STR("/reason"), "required",
                    label_in(&object_field(runs, STR("stop_reason"))->label, call->actor.lang));
        return STATUS_INVALID;
    }
    if (!str_is(text_of(&run, "state"), "running")) {
        return call_refuse(call, STATUS_CONFLICT, "", "playbook_not_running");
    }
    status = playbook_stop(&call->context, &run, STR("hand"), reason);
    if (status == STATUS_OK) status = read_people(call, &people);
    return status == STATUS_OK ? write_run(call, &run, &people) : status;
}
