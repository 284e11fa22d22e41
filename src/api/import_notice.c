/* Telling a person that their long import has ended. */
#include "import_task.h"
#include "log.h"
#include "notice.h"

/* What is told of an import, gathered before the writing job, which may run twice. */
typedef struct Telling {
    ImportTask *task;
    Status outcome;
    const ImportCounts *counts;
} Telling;

static Str number(const ImportTask *task, int64_t count) {
    return str_format(task->head.arena, "%lld", (long long)count);
}

static Str sentence(const Telling *telling, Lang lang, const char *code) {
    const ImportTask *task = telling->task;
    const ImportCounts *counts = telling->counts;
    const Str facts[PROBLEM_ARGUMENTS] = {task->request.file_name,
                                          number(task, counts->rows - counts->failed),
                                          number(task, counts->failed)};
    return texts_sentence(task->head.edition->business->texts, task->head.arena, lang, str_of(code),
                          facts);
}

static Status send_notice(Transaction *transaction, void *data) {
    const Telling *telling = data;
    ImportTask *task = telling->task;
    Context context =
        exchange_context(&task->head.exchange, task->head.arena, transaction, &task->head.problem);
    bool done = telling->outcome == STATUS_OK;
    Receiver receiver;
    Status status = receiver_read(&context, task->head.actor.user, &receiver);
    if (status != STATUS_OK) return status;
    Lang lang = receiver.actor.lang;
    Notice notice = {
        .to = task->head.actor.user,
        .kind = STR("import"),
        .subject = sentence(telling, lang, done ? "notice_import_done" : "notice_import_stopped"),
        .body = sentence(telling, lang, "notice_import_counts"),
        .source = STR("import"),
        .about_object = STR("import"),
        .about = task->head.id};
    return notice_send(&context, &receiver, &notice);
}

/* STATUS_STALE: somebody has cancelled it, and so knows. */
void import_notice_send(ImportTask *task, Status outcome, const ImportCounts *counts) {
    Telling telling = {.task = task, .outcome = outcome, .counts = counts};
    if (outcome == STATUS_STALE) return;
    if (clock_steady() - task->begun_at < TASK_WAIT_MILLISECONDS) return;
    Status status = store_write(task->head.api->store, send_notice, &telling);
    if (status == STATUS_OK) return;
    log_write(LOG_LEVEL_WARNING, "the end of an import was not told",
              LOG_TEXT("import", id_text(task->head.arena, task->head.id)),
              LOG_TEXT("status", str_of(status_name(status))));
}
