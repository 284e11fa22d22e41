/*
 * What the Studio asks of definitions beside reading and publishing single ones: several at once,
 * as a file, and what they would do. What may be published is decided by domain/publishing.c.
 */
#include "access.h"
#include "authenticate.h"
#include "batch_task.h"
#include "choice_merge.h"
#include "choices.h"
#include "edition.h"
#include "journal.h"
#include "log.h"
#include "problem_answer.h"
#include "publishing.h"
#include "resources.h"
#include "rule_preview.h"
#include "score_preview.h"
#include "tables.h"

enum { SET_MOST = 1000 };

static Status require_configure(Call *call) {
    if (access_may(&call->actor, STR("configure"))) return STATUS_OK;
    return call_refuse(call, STATUS_DENIED, "", "denied");
}

/* ---- Reading a set ---- */

static Status refuse_at(Call *call, Str place, const char *member, const char *code, Str fact) {
    problem_add(&call->problem, str_join(call->arena, place, str_of(member)), code, fact);
    return STATUS_INVALID;
}

/* A body of null takes the definition back to what is shipped. */
static Status read_publication(Call *call, const json_t *node, Str place, Publication *out) {
    const json_t *body = json_object_get(node, "body"), *seen = json_object_get(node, "version");
    *out = (Publication){.shipped = &call->api->shipped,
                         .kind = json_get_text(node, "kind"),
                         .name = json_get_text(node, "name"),
                         .place = place,
                         .if_version = json_is_integer(seen) ? json_integer_value(seen) : -1};
    if (!published_kind_known(out->kind)) {
        return refuse_at(call, place, "/kind", "definition_kind", out->kind);
    }
    if (body && !json_is_null(body) && !json_is_object(body)) {
        return refuse_at(call, place, "/body", "object_expected", (Str){0});
    }
    if (json_is_object(body)) out->body = json_compact(call->arena, body);
    return STATUS_OK;
}

static Status read_set(Call *call, PublicationSet *out) {
    const json_t *list = json_object_get(call->body, "definitions");
    size_t count = json_array_size(list), i;
    json_t *node;
    Str note = json_get_text(call->body, "note");
    Status status = STATUS_OK;
    if (!json_is_array(list) || !count || count > SET_MOST) {
        return call_refuse(call, STATUS_INVALID, "/definitions", "array_expected");
    }
    Publication *items = ARENA_ARRAY(call->arena, count, Publication);
    json_array_foreach((json_t *)list, i, node) {
        Str place = str_format(call->arena, "/definitions/%zu", i);
        Status one = read_publication(call, node, place, &items[i]);
        items[i].note = str_empty(note) ? call->context.reason : note;
        if (one != STATUS_OK) status = one;
    }
    *out = (PublicationSet){items, count};
    return status;
}

static Status begin_set(Call *call, PublicationSet *set) {
    Status status = require_configure(call);
    return status == STATUS_OK ? read_set(call, set) : status;
}

/* ---- Checking and publishing several ---- */

Status definition_set_check(Call *call) {
    PublicationSet set;
    Status status = begin_set(call, &set);
    if (status != STATUS_OK) return status;
    return problem_answer_check(call, publishing_check_set(&call->context, &set));
}

/* Several definitions published in one transaction, all or none. */
typedef struct SetJob {
    Call *call;
    PublicationSet set;
} SetJob;

/* Of the objects that have tables; always in the set's order, which two publishers share or not:
 * where they do not, the database ends one of them, and its job runs again. */
static Status lock_tables(const SetJob *job, Transaction *transaction) {
    Status status = STATUS_OK;
    for (size_t i = 0; status == STATUS_OK && i < job->set.count; i++) {
        const Publication *publication = &job->set.items[i];
        const Object *object = model_object(job->call->business->model, publication->name);
        if (!str_is(publication->kind, "objects") || !object) continue;
        status = tables_lock(object, transaction);
    }
    return status;
}

static void write_versions(Call *call, const PublicationSet *set, const int64_t *versions) {
    json_open_object(&call->json);
    json_key(&call->json, STR("items"));
    json_open_array(&call->json);
    for (size_t i = 0; i < set->count; i++) {
        json_open_object(&call->json);
        json_member_text(&call->json, "kind", set->items[i].kind);
        json_member_text(&call->json, "name", set->items[i].name);
        json_member_integer(&call->json, "version", versions[i]);
        json_close_object(&call->json);
    }
    json_close_array(&call->json);
    json_close_object(&call->json);
}

/* Who asks is found out again behind the locks: the job may run twice, and rights may have gone. */
static Status publish_job(Transaction *transaction, void *data) {
    SetJob *job = data;
    Call *call = job->call;
    Status status = lock_tables(job, transaction);
    call_restart(call, transaction);
    if (status == STATUS_OK) status = authenticate(call, transaction);
    if (status == STATUS_OK) status = require_configure(call);
    if (status != STATUS_OK) return status;
    int64_t *versions = ARENA_ARRAY(call->arena, job->set.count, int64_t);
    status = publishing_publish_set(&call->context, &job->set, versions);
    if (status == STATUS_OK) write_versions(call, &job->set, versions);
    return status;
}

Status definition_set_publish(Call *call) {
    SetJob job = {.call = call};
    Status status = begin_set(call, &job.set);
    if (status == STATUS_OK) status = store_write(call->api->store, publish_job, &job);
    if (status != STATUS_OK) return status;
    if (editions_refresh(call->api) != STATUS_OK) {
        log_write(LOG_LEVEL_ERROR, "published definitions are not in force yet",
                  LOG_NUMBER("count", (int64_t)job.set.count));
    }
    return STATUS_OK;
}

/* ---- As a file ---- */

/* Which definitions leave: all, those of a kind, one, or those that were changed. */
typedef struct Export {
    Call *call;
    Str kind, name; /* empty: all */
    bool changed;   /* only what differs from what is shipped */
} Export;

static bool is_wanted(const Export *export, Str kind, Str name, Str text) {
    const ModelSource *shipped = definitions_find(&export->call->api->shipped, kind, name);
    if (!str_empty(export->kind) && !str_equal(export->kind, kind)) return false;
    if (!str_empty(export->name) && !str_equal(export->name, name)) return false;
    return !export->changed || !shipped || !str_equal(shipped->text, text);
}

static void write_definition(const Export *export, const ModelSource *source) {
    JsonWriter *json = &export->call->json;
    Str kind, name;
    if (!definitions_name(source->name, &kind, &name)) return;
    if (!is_wanted(export, kind, name, source->text)) return;
    json_open_object(json);
    json_member_text(json, "kind", kind);
    json_member_text(json, "name", name);
    json_key(json, STR("body"));
    json_write_raw(json, source->text);
    json_close_object(json);
}

static Str file_name(const Export *export) {
    Arena *arena = export->call->arena;
    if (!str_empty(export->name)) {
        return str_format(arena, "ondo-%.*s-%.*s.json", STR_ARGS(export->kind),
                          STR_ARGS(export->name));
    }
    if (!str_empty(export->kind)) {
        return str_format(arena, "ondo-%.*s.json", STR_ARGS(export->kind));
    }
    return STR("ondo-definitions.json");
}

/* The journal has it, as it has every export: "what left the house" is asked there. */
static Status note_export(const Export *export, size_t count) {
    Call *call = export->call;
    json_t *facts CLEANUP(json_drop) = json_object();
    json_object_set_new(facts, "definitions", json_integer((json_int_t)count));
    json_object_set_new(facts, "file", json_string(file_name(export).data));
    return journal_append_act(&call->context, "export", STR("definition"), (Id){{0}},
                              json_compact(call->arena, facts));
}

Status definition_set_export(Call *call) {
    Export export = {.call = call,
                     .kind = call_parameter(call, "kind"),
                     .name = call_parameter(call, "name"),
                     .changed = str_is(call_parameter(call, "changed"), "true")};
    Definitions definitions;
    char at[INSTANT_TEXT_SIZE];
    Status status = require_configure(call);
    if (status != STATUS_OK) return status;
    if (!str_empty(export.kind) && !published_kind_known(export.kind)) {
        return refuse_at(call, STR(""), "/kind", "definition_kind", export.kind);
    }
    status = published_lay_over(call->context.transaction, call->arena, &call->api->shipped,
                                &definitions);
    if (status != STATUS_OK) return status;
    instant_write(call->context.now, at);
    json_open_object(&call->json);
    json_member_text(&call->json, "ondo", STR("definitions"));
    json_member_text(&call->json, "exported_at", (Str){.data = at, .size = sizeof at});
    json_key(&call->json, STR("definitions"));
    json_open_array(&call->json);
    for (size_t i = 0; i < definitions.count; i++) {
        write_definition(&export, &definitions.sources[i]);
    }
    json_close_array(&call->json);
    json_close_object(&call->json);
    http_response_header(
        call->response, "Content-Disposition",
        str_format(call->arena, "attachment; filename=\"%s\"", file_name(&export).data));
    return note_export(&export, definitions.count);
}

/* ---- What it would do ---- */

static Status preview_days(Call *call, int64_t *out) {
    const json_t *days = json_object_get(call->body, "days");
    *out = RULE_PREVIEW_DAYS;
    if (!days) return STATUS_OK;
    *out = json_integer_value(days);
    if (json_is_integer(days) && *out >= 1 && *out <= RULE_PREVIEW_DAYS_MOST) return STATUS_OK;
    problem_add(&call->problem, STR("/days"), "limit_range", STR("1"),
                str_format(call->arena, "%d", RULE_PREVIEW_DAYS_MOST));
    return STATUS_INVALID;
}

/* Objects would need columns that are not there before they are published. */
static Status refuse_objects(Call *call, const PublicationSet *set) {
    for (size_t i = 0; i < set->count; i++) {
        if (!str_is(set->items[i].kind, "objects")) continue;
        return refuse_at(call, set->items[i].place, "/kind", "definition_preview", (Str){0});
    }
    return STATUS_OK;
}

static Status write_dashboard(Call *call, const Business *business, Str name) {
    const Dashboard *dashboard = dashboards_find(business->dashboards, name);
    if (!dashboard) return STATUS_NOT_FOUND;
    Context context = call->context;
    Actor actor = call->actor;
    actor.role = roles_find(business->roles, role_name(call->actor.role));
    if (!actor.role) return STATUS_DENIED;
    context.actor = &actor;
    context.model = business->model;
    return dashboard_write(dashboard, &context, NULL, 0, &call->json);
}

/* On the business as it would be with all that the request brings along. */
static Status preview(Call *call, Str kind, Str name) {
    Business *business CLEANUP(publishing_drop) = NULL;
    PublicationSet set;
    int64_t days;
    Status status = begin_set(call, &set);
    if (status == STATUS_OK) status = refuse_objects(call, &set);
    if (status == STATUS_OK) status = preview_days(call, &days);
    if (status == STATUS_OK) status = publishing_build(&call->context, &set, &business);
    if (status != STATUS_OK) return status;
    if (str_is(kind, "dashboards")) return write_dashboard(call, business, name);
    if (str_is(kind, "scores")) {
        return score_preview_write(&call->context, business, name, &call->json);
    }
    return rule_preview_write(&call->context, business, name, days, &call->json);
}

Status definition_preview_score(Call *call) {
    return preview(call, STR("scores"), call->path[0]);
}

Status definition_preview_rule(Call *call) {
    return preview(call, STR("rules"), call->path[0]);
}

Status definition_preview_dashboard(Call *call) {
    return preview(call, STR("dashboards"), call->path[0]);
}

/* ---- Choices in use ---- */

static Status find_choices(Call *call, Str name, ChoiceField *out) {
    out->object = model_object(call->business->model, call->path[0]);
    if (!out->object) return STATUS_NOT_FOUND;
    out->field = object_field(out->object, name);
    if (choices_held(out->field)) return STATUS_OK;
    return refuse_at(call, STR(""), "/field", "definition_no_choices", name);
}

static Status count_in_all(Call *call, const ChoiceField *fields, size_t count, Str code,
                           int64_t *out) {
    Status status = STATUS_OK;
    *out = 0;
    for (size_t i = 0; status == STATUS_OK && i < count; i++) {
        int64_t records = 0;
        status = choices_count(&call->context, &fields[i], code, &records);
        *out += records;
    }
    return status;
}

static void write_sharing(Call *call, const ChoiceField *fields, size_t count) {
    json_key(&call->json, STR("fields"));
    json_open_array(&call->json);
    for (size_t i = 0; i < count; i++) {
        json_open_object(&call->json);
        json_member_text(&call->json, "object", fields[i].object->name);
        json_member_text(&call->json, "field", fields[i].field->name);
        json_close_object(&call->json);
    }
    json_close_array(&call->json);
}

static Status write_usage(Call *call, const Field *field, const ChoiceField *fields, size_t count) {
    Status status = STATUS_OK;
    json_key(&call->json, STR("items"));
    json_open_array(&call->json);
    for (size_t i = 0; status == STATUS_OK && i < field->choice_count; i++) {
        int64_t records;
        status = count_in_all(call, fields, count, field->choices[i].code, &records);
        json_open_object(&call->json);
        json_member_text(&call->json, "code", field->choices[i].code);
        json_member_integer(&call->json, "count", records);
        json_close_object(&call->json);
    }
    json_close_array(&call->json);
    return status;
}

Status definition_choice_usage(Call *call) {
    ChoiceField list, *fields;
    Status status = require_configure(call);
    if (status == STATUS_OK) status = find_choices(call, call_parameter(call, "field"), &list);
    if (status != STATUS_OK) return status;
    size_t count = choices_sharing(call->arena, call->business->model, &list, &fields);
    json_open_object(&call->json);
    status = write_usage(call, list.field, fields, count);
    write_sharing(call, fields, count);
    json_close_object(&call->json);
    return status;
}

/* ---- One choice into another ---- */

static Status read_codes(Call *call, const ChoiceField *list, ChoiceMerge *merge) {
    const Choice *from = field_choice(list->field, json_get_text(call->body, "from"));
    const Choice *into = field_choice(list->field, json_get_text(call->body, "into"));
    if (!from) {
        return refuse_at(call, STR(""), "/from", "definition_choice_missing",
                         json_get_text(call->body, "from"));
    }
    if (!into || into->retired || into == from) {
        return refuse_at(call, STR(""), "/into", "definition_merge_into",
                         json_get_text(call->body, "into"));
    }
    *merge = (ChoiceMerge){.list = *list, .from = from->code, .into = into->code};
    return STATUS_OK;
}

/* The list as it is, the choice marked: nobody can choose it while its records are moved. */
static Status retire_in(json_t *body, Str field_name, Str code) {
    size_t i, j;
    json_t *field, *choice;
    json_array_foreach(json_object_get(body, "fields"), i, field) {
        if (!str_equal(json_get_text(field, "name"), field_name)) continue;
        json_t *choices = json_object_get(field, "choices");
        if (!json_is_array(choices)) return STATUS_NOT_FOUND; /* another field's list */
        json_array_foreach(choices, j, choice) {
            if (!str_equal(json_get_text(choice, "code"), code)) continue;
            json_object_set_new(choice, "retired", json_true());
        }
        return STATUS_OK;
    }
    return STATUS_NOT_FOUND;
}

/* Made of the definition in force within the job, so that nothing published meanwhile is lost. */
static Status retire(Call *call, const ChoiceMerge *merge) {
    Definitions definitions;
    json_t *body CLEANUP(json_drop) = NULL;
    Context *context = &call->context;
    Str name = merge->list.object->name;
    int64_t version;
    Status status =
        published_lay_over(context->transaction, call->arena, &call->api->shipped, &definitions);
    const ModelSource *source =
        status == STATUS_OK ? definitions_find(&definitions, STR("objects"), name) : NULL;
    if (!source) return status == STATUS_OK ? STATUS_NOT_FOUND : status;
    status = json_read(source->text, &call->problem, &body);
    if (status != STATUS_OK) return status;
    if (retire_in(body, merge->list.field->name, merge->from) != STATUS_OK) {
        return refuse_at(call, STR(""), "/field", "definition_choices_elsewhere",
                         merge->list.field->name);
    }
    Publication publication = {.shipped = &call->api->shipped,
                               .kind = STR("objects"),
                               .name = name,
                               .body = json_compact(call->arena, body),
                               .note = json_get_text(call->body, "note"),
                               .if_version = -1};
    return publishing_publish(context, &publication, &version);
}

/* A choice taken out of use, with another one for those who had it. */
typedef struct RetireJob {
    Call *call;
    const ChoiceMerge *merge;
} RetireJob;

static Status retire_job(Transaction *transaction, void *data) {
    RetireJob *job = data;
    Call *call = job->call;
    Status status = tables_lock(job->merge->list.object, transaction);
    call->problem = problem_new(call->arena);
    call->context.transaction = transaction;
    if (status == STATUS_OK) status = authenticate(call, transaction);
    if (status == STATUS_OK) status = require_configure(call);
    return status == STATUS_OK ? retire(call, job->merge) : status;
}

static void run_merge(void *data) {
    BatchTask *task = data;
    Status status = choice_merge_run(&task->head.exchange, &task->merge, task->head.id,
                                     task->head.arena, &task->head.problem);
    batch_task_log("merge of a choice ended early", task, status);
    batch_task_free(task);
}

/* What the call lends only until its answer is copied to the task. */
static Status start_merge(Call *call, const ChoiceMerge *merge) {
    BatchTask *task = batch_task_new(call);
    task->merge = *merge;
    task->merge.reason = str_copy(task->head.arena, json_get_text(call->body, "note"));
    task->merge.go_on = batch_task_go_on;
    task->merge.data = task;
    Status status = choice_merge_begin(&task->head.exchange, &task->merge, task->head.arena,
                                       &call->problem, &task->head.id);
    if (status == STATUS_OK) return batch_task_start(call, task, run_merge);
    batch_task_free(task);
    return status;
}

Status definition_choice_merge(Call *call) {
    ChoiceField list;
    ChoiceMerge merge;
    Status status = require_configure(call);
    if (status == STATUS_OK) {
        status = find_choices(call, json_get_text(call->body, "field"), &list);
    }
    if (status == STATUS_OK) status = read_codes(call, &list, &merge);
    if (status != STATUS_OK) return status;
    RetireJob job = {call, &merge};
    status = store_write(call->api->store, retire_job, &job);
    if (status != STATUS_OK) return status;
    if (editions_refresh(call->api) != STATUS_OK) {
        log_write(LOG_LEVEL_ERROR, "a retired choice is not out of force yet",
                  LOG_TEXT("object", merge.list.object->name));
    }
    return start_merge(call, &merge);
}
