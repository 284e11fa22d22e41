/*
 * Rehearsing and importing. Both read, save and count through the same functions, so that a
 * rehearsal foretells the import; they differ in how many groups share a transaction and in what
 * becomes of it. State that a group's job changes is computed anew in it, because the store may run
 * it twice (ADR 3).
 */
#include "importer.h"

#include <stdlib.h>
#include <unistd.h>

#include "rejected.h"
#include "staged.h"

/* A group ends early when its cells are long, so that memory stays bounded. */
enum { GROUP_SIZE_LIMIT = 8 * 1024 * 1024 };

/* Up to here a rehearsal keeps SQLite's one writer for well under a second. */
enum { REHEARSE_IN_PLACE = 256 * 1024 };

/* An import or its rehearsal under way. */
typedef struct Run {
    const Exchange *exchange;
    const ImportRequest *request;
    const ImportPlan *plan;
    Problem *problem;
    Arena *arena; /* of what outlives a group */
    Id id;        /* none in a rehearsal */
    Sheet *sheet;
    SeenKeys *seen;
    Rejected rejected;
    ImportResult result;
    bool heading; /* still to be passed over */
    ImportReader reader;
    Arena *group_arena;
    ImportGroup group;
    Status outcome; /* of a rehearsal's rows; its job always asks to be rolled back */
} Run;

/* Everything that a run gathers starts empty: the job of a rehearsal may be run again by the store.
 */
static void run_start(Run *run) {
    const ImportPlan *plan = run->plan;
    if (run->sheet) sheet_close(run->sheet);
    run->sheet = sheet_open(run->request->bytes, &plan->form);
    run->heading = plan->form.header;
    run->result = (ImportResult){.example_count = 0};
    seen_keys_forget(run->seen);
    rejected_clear(&run->rejected);
    if (run->request->failing) failing_start(run->request->failing);
    run->reader = (ImportReader){.exchange = run->exchange,
                                 .map = &plan->map,
                                 .sheet = run->sheet,
                                 .encoding = plan->form.encoding,
                                 .width = plan->first.count,
                                 .seen = run->seen};
    run->group = (ImportGroup){.exchange = run->exchange,
                               .map = &plan->map,
                               .arena = run->group_arena,
                               .batch = run->id,
                               .reason = run->request->reason};
}

/* run_start fills in the rest, each time the file is read from its beginning. */
static Run run_new(const Exchange *exchange, const ImportRequest *request, const ImportPlan *plan,
                   Arena *arena, Problem *problem) {
    return (Run){.exchange = exchange,
                 .request = request,
                 .plan = plan,
                 .arena = arena,
                 .problem = problem,
                 .seen = seen_keys_new(),
                 .group_arena = arena_new(),
                 .rejected = {.exchange = exchange,
                              .map = &plan->map,
                              .delimiter = plan->form.delimiter,
                              .width = plan->first.count,
                              .headings = plan->form.header ? plan->first.cells : NULL}};
}

/* The arena of the result is the caller's and stays. */
static void run_free(Run *run) {
    if (run->sheet) sheet_close(run->sheet);
    seen_keys_free(run->seen);
    arena_free(run->group_arena);
    buffer_free(&run->rejected.text);
}

/* The journal says of each save that an import made it. */
static Exchange as_importer(const Exchange *exchange, Actor *actor) {
    Exchange importing = *exchange;
    *actor = *exchange->actor;
    actor->via = STR("import");
    importing.actor = actor;
    return importing;
}

/* ---- One group ---- */

/* As the file has it, or as the person wants it; the row then counts like any other. */
static void take_row(Run *run, SheetRow *row) {
    const Corrections *corrections = run->request->corrections;
    ImportRow *out = &run->group.rows[run->group.count++];
    if (corrections && corrections_skip(corrections, row->line)) {
        import_row_leave_out(run->group_arena, row, out);
        return;
    }
    if (corrections) corrections_apply(corrections, run->group_arena, row);
    import_row_read(&run->reader, run->group_arena, row, out);
}

/* Reads the next rows; an empty group is the end of the file. */
static void read_group(Run *run) {
    SheetRow row;
    ImportGroup *group = &run->group;
    arena_reset(run->group_arena);
    group->rows = ARENA_ARRAY(run->group_arena, IMPORT_GROUP_ROWS, ImportRow);
    group->count = 0;
    while (group->count < IMPORT_GROUP_ROWS && arena_used(run->group_arena) < GROUP_SIZE_LIMIT &&
           sheet_next(run->sheet, &row) == STATUS_OK) {
        if (sheet_row_blank(&row)) continue;
        if (run->heading) {
            run->heading = false;
            continue;
        }
        take_row(run, &row);
    }
}

static void count_row(ImportCounts *counts, const ImportRow *row) {
    counts->rows++;
    if (row->state == IMPORT_ROW_SKIPPED) {
        counts->skipped++;
    } else if (row->state == IMPORT_ROW_LEFT_OUT) {
        counts->left_out++;
    } else if (row->state != IMPORT_ROW_READY) {
        counts->failed++;
    } else if (row->outcome == UPSERT_CREATED) {
        counts->created++;
    } else if (row->outcome == UPSERT_UPDATED) {
        counts->updated++;
    } else {
        counts->unchanged++;
    }
}

/* Computed, not added up in place, because the job that stores it may be run twice. */
static ImportCounts counts_with_group(const Run *run) {
    ImportCounts counts = run->result.counts;
    for (size_t i = 0; i < run->group.count; i++) count_row(&counts, &run->group.rows[i]);
    counts.bytes = (int64_t)sheet_position(run->sheet);
    return counts;
}

/* The first ones only: they are for the eye, the file has them all. */
static void take_examples(Run *run, const ImportRow *row) {
    if (run->result.example_count == IMPORT_EXAMPLES || row->state == IMPORT_ROW_LEFT_OUT) return;
    run->result.examples[run->result.example_count++] = (ImportExample){
        .line = row->line,
        .reasons = str_copy(run->arena, rejected_reasons(&run->rejected, run->group_arena, row))};
}

/* Only after the group's job has succeeded: until then it may be run again. */
static void account_group(Run *run) {
    run->result.counts = counts_with_group(run);
    for (size_t i = 0; i < run->group.count; i++) {
        const ImportRow *row = &run->group.rows[i];
        if (row->state == IMPORT_ROW_READY) continue;
        take_examples(run, row);
        rejected_add(&run->rejected, run->group_arena, row);
        if (run->request->failing) {
            failing_add(run->request->failing, &run->rejected, run->group_arena, row);
        }
    }
}

/* Between two groups everything that was counted is saved, so this is where to stop. */
static Status go_on(Run *run) {
    const ImportRequest *request = run->request;
    if (run->result.counts.rows > IMPORT_ROWS_MOST) {
        problem_add(run->problem, STR(""), "import_too_many_rows",
                    str_format(run->arena, "%d", IMPORT_ROWS_MOST));
        return STATUS_INVALID;
    }
    if (!request->progress || request->progress(request->progress_data, &run->result.counts)) {
        return STATUS_OK;
    }
    problem_add(run->problem, STR(""),
                id_none(run->id) ? "import_rehearsal_stopped" : "import_stopped");
    return STATUS_BUSY;
}

static Status require_columns(const ImportPlan *plan, Problem *problem) {
    if (plan->map.count) return STATUS_OK;
    problem_add(problem, STR("/map/columns"), "import_no_columns");
    return STATUS_INVALID;
}

/* ---- Rehearsing ---- */

/* Every group in the one transaction that will be rolled back. */
static Status rehearse_groups(Transaction *transaction, Run *run) {
    run_start(run);
    for (;;) {
        Status status = go_on(run);
        if (status != STATUS_OK) return status;
        read_group(run);
        if (!run->group.count) return STATUS_OK;
        status = import_group_write(transaction, &run->group);
        if (status != STATUS_OK) return status;
        account_group(run);
    }
}

/* A job that does not return STATUS_OK leaves no trace: a rehearsal never does. */
static Status rehearse_job(Transaction *transaction, void *data) {
    Run *run = data;
    run->outcome = rehearse_groups(transaction, run);
    return run->outcome == STATUS_OK ? STATUS_STALE : run->outcome;
}

/* STATUS_STALE is what the job asks to be rolled back with; anything else is true trouble. */
static Status rehearse_on(Store *store, Run *run) {
    run->outcome = STATUS_FAILED;
    Status status = store_write(store, rehearse_job, run);
    return status == STATUS_STALE && run->outcome == STATUS_OK ? STATUS_OK : status;
}

/* SQLite may leave its companions beside the copy. */
static void remove_copy(const char *path) {
    static const char *const ENDINGS[] = {"", "-wal", "-shm", "-journal"};
    char name[512];
    for (size_t i = 0; i < sizeof ENDINGS / sizeof *ENDINGS; i++) {
        snprintf(name, sizeof name, "%s%s", path, ENDINGS[i]);
        unlink(name);
    }
}

static bool copy_goes_on(void *data) {
    return go_on(data) == STATUS_OK;
}

/* The copy is a database of its own, so the rehearsal may take its time. */
static Status rehearse_on_copy(Run *run, const char *path) {
    Store *copy = NULL;
    Status status = store_backup_while(run->exchange->store, str_of(path), copy_goes_on, run);
    if (status != STATUS_OK) return status;
    StoreOptions options = {.database = str_of(path), .readers = 1};
    status = store_open(&options, &copy);
    if (status != STATUS_OK) return status;
    status = rehearse_on(copy, run);
    store_close(copy);
    return status;
}

/* SQLite has one writer: a long rehearsal would hold everybody up, so it runs on a copy. */
static Status rehearse_aside(Run *run) {
    char folder[256], path[300];
    const char *base = getenv("TMPDIR");
    snprintf(folder, sizeof folder, "%.200s/ondo-rehearsal-XXXXXX", base ? base : P_tmpdir);
    if (!mkdtemp(folder)) return STATUS_FAILED;
    snprintf(path, sizeof path, "%s/copy", folder);
    Status status = rehearse_on_copy(run, path);
    remove_copy(path);
    rmdir(folder);
    return status;
}

/* What is small is rehearsed in place, where it sees the newest data and costs no copy. */
Status importer_rehearse(const Exchange *exchange, const ImportRequest *request,
                         const ImportPlan *plan, Arena *arena, Problem *problem,
                         ImportResult *out) {
    Status status = require_columns(plan, problem);
    if (status != STATUS_OK) return status;
    Actor actor;
    Exchange importing = as_importer(exchange, &actor);
    Run run CLEANUP(run_free) = run_new(&importing, request, plan, arena, problem);
    bool aside =
        store_kind(exchange->store) == STORE_SQLITE && request->bytes.size > REHEARSE_IN_PLACE;
    status = aside ? rehearse_aside(&run) : rehearse_on(exchange->store, &run);
    if (status != STATUS_OK) return status;
    *out = run.result;
    out->rejected = str_copy(arena, buffer_str(&run.rejected.text));
    return STATUS_OK;
}

/* ---- Importing ---- */

/* The import being noted before its first row. */
typedef struct BeginJob {
    const Exchange *exchange;
    Arena *arena;
    Problem *problem;
    ImportRecord record;
} BeginJob;

static Status begin_job(Transaction *transaction, void *data) {
    BeginJob *job = data;
    Context context = exchange_context(job->exchange, job->arena, transaction, job->problem);
    ImportCounts none = {0};
    Status status = import_record_insert(&context, &job->record);
    if (status != STATUS_OK) return status;
    return import_record_progress(&context, job->record.id, &none);
}

/* The header is written into the map, so that a later file of this kind needs no guess. */
static Str map_text(Arena *arena, const ImportPlan *plan) {
    Buffer text CLEANUP(buffer_free) = {0};
    JsonWriter json = json_writer(&text);
    ImportMap map = plan->map;
    map.header = plan->form.header ? SHEET_HEADER_YES : SHEET_HEADER_NO;
    import_map_write(&json, &map);
    return str_copy(arena, buffer_str(&text));
}

/* What was found out of the file, beside what became of it: an earlier map is found by it again. */
static Str report_text(Arena *arena, const ImportRequest *request, const ImportPlan *plan,
                       const ImportResult *result) {
    Buffer text CLEANUP(buffer_free) = {0};
    JsonWriter json = json_writer(&text);
    json_open_object(&json);
    json_member_text(&json, "encoding", encoding_name(plan->form.encoding));
    json_member_text(&json, "delimiter", sheet_delimiter_name(plan->form.delimiter));
    json_member_boolean(&json, "header", plan->form.header);
    json_member_integer(&json, "size", (int64_t)request->bytes.size);
    json_member_text(&json, "signature", plan->signature);
    if (result) importer_write_result(result, &json);
    json_close_object(&json);
    return str_copy(arena, buffer_str(&text));
}

Status importer_begin(const Exchange *exchange, const ImportRequest *request,
                      const ImportPlan *plan, Arena *arena, Problem *problem, Id *id) {
    Status status = require_columns(plan, problem);
    if (status != STATUS_OK) return status;
    int64_t now = clock_now(&exchange->clock);
    BeginJob job = {exchange, arena, problem,
                    .record = {.id = id_new(now),
                               .object = request->object->name,
                               .file_name = request->file_name,
                               .status = STR(IMPORT_RUNNING),
                               .map = map_text(arena, plan),
                               .report = report_text(arena, request, plan, NULL),
                               .created_by = exchange->actor->user,
                               .created_at = now,
                               .run_by = exchange->actor->user,
                               .run_at = now}};
    status = store_write(exchange->store, begin_job, &job);
    if (status == STATUS_OK) *id = job.record.id;
    return status;
}

/* The state is asked for where it is changed: of two people who start it at once one is told. */
static Status begin_staged_job(Transaction *transaction, void *data) {
    BeginJob *job = data;
    Context context = exchange_context(job->exchange, job->arena, transaction, job->problem);
    Status status = import_record_run(&context, &job->record);
    if (status != STATUS_STALE) return status;
    problem_add(job->problem, STR(""), "import_not_staged");
    return STATUS_CONFLICT;
}

Status importer_begin_staged(const Exchange *exchange, const ImportRequest *request,
                             const ImportPlan *plan, Id id, Arena *arena, Problem *problem) {
    Status status = require_columns(plan, problem);
    if (status != STATUS_OK) return status;
    BeginJob job = {exchange, arena, problem,
                    .record = {.id = id,
                               .map = map_text(arena, plan),
                               .report = report_text(arena, request, plan, NULL)}};
    return store_write(exchange->store, begin_staged_job, &job);
}

/*
 * The counts are part of the group's transaction: they never tell of rows that are not saved. Where
 * they are noted it shows whether somebody has asked to stop; the group then is not saved either.
 */
static Status group_job(Transaction *transaction, void *data) {
    Run *run = data;
    Status status = import_group_write(transaction, &run->group);
    if (status != STATUS_OK) return status;
    ImportCounts counts = counts_with_group(run);
    Context context = exchange_context(run->exchange, run->group_arena, transaction, run->problem);
    return import_record_progress(&context, run->id, &counts);
}

/* A group is a transaction: what is saved stays, whatever happens to the rest of the file. */
static Status import_groups(Run *run) {
    run_start(run);
    for (;;) {
        read_group(run);
        if (!run->group.count) return STATUS_OK;
        Status status = store_write(run->exchange->store, group_job, run);
        if (status != STATUS_OK) return status;
        account_group(run);
        status = go_on(run);
        if (status != STATUS_OK) return status;
    }
}

/* The last word on an import, written in a transaction of its own. */
typedef struct FinishJob {
    Run *run;
    const char *status;
} FinishJob;

/* "hospitals.csv" gives back "hospitals-rejected.csv". */
static Str rejected_name(Arena *arena, Str file_name) {
    size_t dot = file_name.size;
    while (dot && file_name.data[dot - 1] != '.') dot--;
    Str stem = dot > 1 ? str_part(file_name, 0, dot - 1) : file_name;
    return str_format(arena, "%.*s-rejected.csv", STR_ARGS(stem));
}

/*
 * Also of an import that stopped: what it rejected until then is worth having. One that was
 * cancelled keeps its file instead.
 */
static Status finish_job(Transaction *transaction, void *data) {
    FinishJob *job = data;
    Run *run = job->run;
    Id rejected = {0};
    Context context = exchange_context(run->exchange, run->arena, transaction, run->problem);
    Status status = STATUS_OK;
    bool cancelled = strcmp(job->status, IMPORT_CANCELLING) == 0;
    if (run->rejected.rows && !cancelled) {
        Str name = rejected_name(run->arena, run->request->file_name);
        status =
            import_file_insert(&context, name, buffer_str(&run->rejected.text), run->id, &rejected);
    }
    if (status != STATUS_OK) return status;
    status = import_record_finish(&context, run->id, job->status, &run->result.counts,
                                  report_text(run->arena, run->request, run->plan, &run->result),
                                  rejected);
    bool done = strcmp(job->status, IMPORT_DONE) == 0;
    return status == STATUS_OK && done ? staged_forget_source(&context, run->id) : status;
}

/* How it ends: well, cut off, or cancelled, also between its last row and its end. */
static Status finish(Run *run, Status outcome) {
    FinishJob job = {run, outcome == STATUS_OK      ? IMPORT_DONE
                          : outcome == STATUS_STALE ? IMPORT_CANCELLING
                                                    : IMPORT_STOPPED};
    Status status = store_write(run->exchange->store, finish_job, &job);
    if (status == STATUS_STALE) {
        job.status = IMPORT_CANCELLING;
        outcome = STATUS_STALE;
        status = store_write(run->exchange->store, finish_job, &job);
    }
    return outcome == STATUS_OK ? status : outcome;
}

/* The outcome is noted whether it went well or not; the first trouble is the one that is told. */
Status importer_run(const Exchange *exchange, const ImportRequest *request, const ImportPlan *plan,
                    Id id, Arena *arena, Problem *problem, ImportResult *out) {
    Actor actor;
    Exchange importing = as_importer(exchange, &actor);
    Run run CLEANUP(run_free) = run_new(&importing, request, plan, arena, problem);
    run.id = id;
    Status status = finish(&run, import_groups(&run));
    if (status == STATUS_STALE) {
        Status taken = importer_take_back(exchange, id, request->reason, arena, problem);
        if (taken != STATUS_OK) return taken;
        problem_add(problem, STR(""), "import_cancelled");
    }
    if (status != STATUS_OK) return status;
    *out = run.result;
    out->rejected = str_copy(arena, buffer_str(&run.rejected.text));
    return STATUS_OK;
}
