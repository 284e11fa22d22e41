/* An outcome stands in the record of the work, where the page looks; the log gets what went wrong.
 */
#include "task.h"

#include "log.h"

void task_open(Task *task, Arena *arena, Call *call) {
    *task = (Task){.arena = arena,
                   .api = call->api,
                   .edition = edition_keep(call->edition),
                   .actor = call->actor,
                   .exchange = call_exchange(call),
                   .problem = problem_new(arena),
                   .reason = str_copy(arena, call->context.reason)};
    task->actor.zone = str_copy(arena, call->actor.zone);
    task->exchange.actor = &task->actor;
}

void task_close(Task *task) {
    json_decref(task->asked);
    edition_release(task->edition);
    arena_free(task->arena);
}

bool task_goes_on(const Task *task) {
    return !jobs_stopping(task->api->jobs);
}

void task_log(const Task *task, const char *message, const char *what, Status status) {
    if (status == STATUS_OK) return;
    log_write(LOG_LEVEL_WARNING, message, LOG_TEXT(what, id_text(task->arena, task->id)),
              LOG_TEXT("status", str_of(status_name(status))));
}

Status task_start(Call *call, JobWork *work, void *data) {
    bool ended;
    Status status = jobs_run(call->api->jobs, work, data, TASK_WAIT_MILLISECONDS, &ended);
    if (status == STATUS_OK) call->response->status = ended ? 200 : 202;
    return status;
}
