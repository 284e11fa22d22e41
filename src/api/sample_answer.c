/*
 * The demo company's data over HTTP: what there is, and taking it away. Its removal outlasts the
 * request, so the answer is a batch that can be watched.
 */
#include "sample.h"

#include "access.h"
#include "batch_task.h"
#include "resources.h"

/* The phrase that a person types to confirm, in the language of each. */
static Str phrase_in(Call *call, Lang lang) {
    static const Str NO_ARGUMENTS[PROBLEM_ARGUMENTS];
    return texts_sentence(call->business->texts, call->arena, lang, STR("sample_phrase"),
                          NO_ARGUMENTS);
}

static Status require_right(Call *call) {
    if (access_may(&call->actor, STR("configure"))) return STATUS_OK;
    return call_refuse(call, STATUS_DENIED, "", "denied");
}

static void write_counts(const SampleState *state, JsonWriter *json) {
    json_key(json, STR("objects"));
    json_open_array(json);
    for (size_t i = 0; i < state->count; i++) {
        json_open_object(json);
        json_member_text(json, "object", state->counts[i].object->name);
        json_member_integer(json, "sample", state->counts[i].sample);
        json_member_integer(json, "hanging", state->counts[i].hanging);
        json_close_object(json);
    }
    json_close_array(json);
}

Status sample_show(Call *call) {
    SampleState *state = ARENA_NEW(call->arena, SampleState);
    Status status = require_right(call);
    if (status == STATUS_OK) status = sample_read(&call->context, state);
    if (status != STATUS_OK) return status;
    json_open_object(&call->json);
    json_member_boolean(&call->json, "present", state->present);
    json_member_instant_or_null(&call->json, "made_at", state->made_at);
    write_counts(state, &call->json);
    json_member_integer(&call->json, "users", state->users);
    json_member_text(&call->json, "confirm", phrase_in(call, call->actor.lang));
    json_member_id_or_null(&call->json, "running", state->running);
    json_close_object(&call->json);
    return STATUS_OK;
}

/* Typed in any of our languages: whoever meant it, meant it. */
static Status check_confirmed(Call *call) {
    Str typed = str_trim(json_get_text(call->body, "confirm"));
    for (Lang lang = 0; lang < LANG_COUNT; lang++) {
        if (str_equal_ascii_case(typed, phrase_in(call, lang))) return STATUS_OK;
    }
    problem_add(&call->problem, STR("/confirm"), "sample_confirm",
                phrase_in(call, call->actor.lang));
    return STATUS_INVALID;
}

/* What is noted before the sample goes, in a transaction of its own. */
typedef struct BeginJob {
    Call *call;
    Id id;
} BeginJob;

static Status begin_job(Transaction *transaction, void *data) {
    BeginJob *job = data;
    Context context = job->call->context;
    context.transaction = transaction;
    return sample_remove_begin(&context, &job->id);
}

static void run_removal(void *data) {
    BatchTask *task = data;
    Status status = sample_remove(&task->head.exchange, task->head.id, task->head.reason,
                                  batch_task_go_on, task, &task->head.problem);
    batch_task_log("removal of sample data ended early", task, status);
    batch_task_free(task);
}

Status sample_delete(Call *call) {
    BeginJob job = {.call = call};
    Status status = require_right(call);
    if (status == STATUS_OK) status = check_confirmed(call);
    if (status == STATUS_OK) status = store_write(call->api->store, begin_job, &job);
    if (status != STATUS_OK) return status;
    BatchTask *task = batch_task_new(call);
    task->head.id = job.id;
    return batch_task_start(call, task, run_removal);
}
