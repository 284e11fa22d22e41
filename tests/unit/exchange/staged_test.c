/* Staged imports: corrections, failing rows, cancelling, what is kept for how long (X13). */
#include "exchange_fixture.h"

#include "staged.h"

static const char ROWS[] =
    "code,name,kind\nA1,North,clinic\n\nA2,\"two\nlines\",castle\nA3,,clinic\nA1,Again,clinic\n";
static const char MAP[] =
    "{\"columns\":[{\"from\":\"code\",\"to\":\"facility_code\"},{\"from\":\"name\",\"to\":\"name\"}"
    ",{\"from\":\"kind\",\"to\":\"kind\"}]}";

/* ---- Corrections ---- */

static Status read_corrections(Company *company, const char *body, Corrections *out) {
    json_t *node CLEANUP(json_drop) = company_json(body);
    company->problem = problem_new(company->arena);
    return corrections_read(company->arena, node, &company->problem, out);
}

static void test_corrections_are_read_strictly(void **state) {
    static const char *const WRONG[] = {
        "{\"corrections\":[]}",
        "{\"corrections\":{\"0\":{}}}",
        "{\"corrections\":{\"+3\":{}}}",
        "{\"corrections\":{\"3\":[]}}",
        "{\"corrections\":{\"3\":{\"2001\":\"x\"}}}",
        "{\"corrections\":{\"3\":{\"1\":null}}}",
        "{\"corrections\":{\"99999999999999999999\":{}}}",
        "{\"skip_lines\":{}}",
        "{\"skip_lines\":[-1]}",
        "{\"skip_lines\":[1.5]}",
    };
    Company *company CLEANUP(company_close) = company_open(*state);
    Corrections read;
    for (size_t i = 0; i < sizeof WRONG / sizeof *WRONG; i++) {
        assert_int_equal(read_corrections(company, WRONG[i], &read), STATUS_INVALID);
        assert_true(str_is(company->problem.first->code, "import_corrections"));
    }
    assert_int_equal(read_corrections(company, "{}", &read), STATUS_OK);
    assert_int_equal(read.count + read.skipped_count, 0);
}

static void test_corrections_change_their_cells_alone(void **state) {
    Company *company CLEANUP(company_close) = company_open(*state);
    Corrections read;
    Str cells[] = {STR("a"), STR("b")};
    SheetRow row = {.line = 3, .cells = cells, .count = 2};
    assert_int_equal(
        read_corrections(company,
                         "{\"corrections\":{\"10\":{\"1\":\"no\"},\"3\":{\"4\":\"d\",\"1\":\"A\"}},"
                         "\"skip_lines\":[9,7]}",
                         &read),
        STATUS_OK);
    corrections_apply(&read, company->arena, &row);
    assert_int_equal(row.count, 4);
    assert_true(str_is(row.cells[0], "A") && str_is(row.cells[1], "b"));
    assert_true(str_empty(row.cells[2]) && str_is(row.cells[3], "d"));
    assert_true(corrections_skip(&read, 7) && corrections_skip(&read, 9));
    assert_false(corrections_skip(&read, 3));
}

static void test_corrections_fit_rows_of_data_only(void **state) {
    Company *company CLEANUP(company_close) = company_open(*state);
    Corrections read;
    SheetForm form = {.delimiter = ',', .header = true};
    assert_int_equal(read_corrections(company, "{\"skip_lines\":[2,4,6,7]}", &read), STATUS_OK);
    assert_int_equal(corrections_fit(&read, STR(ROWS), &form, company->arena, &company->problem),
                     STATUS_OK);
    /* The heading, a blank line, the inside of a cell, and what lies behind the end. */
    assert_int_equal(
        read_corrections(company, "{\"skip_lines\":[1,3,5],\"corrections\":{\"8\":{\"1\":\"\"}}}",
                         &read),
        STATUS_OK);
    assert_int_equal(corrections_fit(&read, STR(ROWS), &form, company->arena, &company->problem),
                     STATUS_INVALID);
    assert_int_equal(company->problem.count, 4);
}

/* ---- From the file to the records ---- */

typedef struct StageJob {
    Company *company;
    Str content;
    int64_t now;
    ImportRecord record;
} StageJob;

static Context staged_context(Company *company, Transaction *transaction, int64_t now) {
    Context context =
        exchange_context(&company->exchange, company->arena, transaction, &company->problem);
    if (now) context.now = now;
    return context;
}

static Status stage_job(Transaction *transaction, void *data) {
    StageJob *job = data;
    Context context = staged_context(job->company, transaction, job->now);
    job->record = (ImportRecord){.object = STR("hco"), .file_name = STR("rows.csv")};
    return staged_insert(&context, job->content, &job->record);
}

static ImportRecord stage(Company *company, Str content, int64_t now) {
    StageJob job = {.company = company, .content = content, .now = now};
    assert_int_equal(store_write(company->store, stage_job, &job), STATUS_OK);
    return job.record;
}

static Status read_job(Transaction *transaction, void *data) {
    StageJob *job = data;
    Context context = staged_context(job->company, transaction, 0);
    return import_record_read(&context, job->record.id, &job->record);
}

static Status find(Company *company, Id id, ImportRecord *out) {
    StageJob job = {.company = company, .record = {.id = id}};
    Status status = store_read(company->store, read_job, &job);
    *out = job.record;
    return status;
}

/* A request for the staged file with what a person settled. */
typedef struct Settled {
    json_t *map;
    Corrections corrections;
    ImportRequest request;
    ImportPlan plan;
} Settled;

static void settled_drop(Settled *settled) {
    json_decref(settled->map);
}

static void settle(Company *company, Str bytes, const char *corrections, Settled *out) {
    out->map = company_json(MAP);
    assert_int_equal(read_corrections(company, corrections, &out->corrections), STATUS_OK);
    out->request = company_request(company, "hco", bytes, out->map);
    out->request.corrections = &out->corrections;
    assert_int_equal(importer_plan(&company->exchange, &out->request, company->arena,
                                   &company->problem, &out->plan),
                     STATUS_OK);
}

static void failing_drop(FailingRows *failing) {
    buffer_free(&failing->text);
}

static void test_failing_rows_name_cells_and_come_in_parts(void **state) {
    Company *company CLEANUP(company_close) = company_open(*state);
    Settled settled CLEANUP(settled_drop) = {.map = NULL};
    FailingRows failing CLEANUP(failing_drop) = {.offset = 1, .limit = 1};
    Buffer text CLEANUP(buffer_free) = {0};
    JsonWriter json = json_writer(&text);
    ImportResult result;
    settle(company, STR(ROWS), "{\"skip_lines\":[7]}", &settled);
    settled.request.failing = &failing;
    assert_int_equal(importer_rehearse(&company->exchange, &settled.request, &settled.plan,
                                       company->arena, &company->problem, &result),
                     STATUS_OK);
    assert_int_equal(result.counts.failed, 2);
    assert_int_equal(result.counts.left_out, 1);
    failing_write(&failing, &json);
    json_t *shown CLEANUP(json_drop) =
        company_json(str_terminated(company->arena, buffer_str(&text)));
    assert_int_equal(json_integer_value(json_object_get(shown, "total")), 3);
    const json_t *items = json_object_get(shown, "items");
    assert_int_equal(json_array_size(items), 1);
    const json_t *row = json_array_get(items, 0);
    assert_int_equal(json_integer_value(json_object_get(row, "line")), 6);
    const json_t *error = json_array_get(json_object_get(row, "errors"), 0);
    assert_int_equal(json_integer_value(json_object_get(error, "column")), 2);
    assert_true(str_is(json_get_text(error, "code"), "required"));
}

static void test_a_corrected_import_is_what_its_rehearsal_said(void **state) {
    static const char MENDED[] =
        "{\"corrections\":{\"4\":{\"3\":\"clinic\"},\"6\":{\"2\":\"South\"}},\"skip_lines\":[7]}";
    Company *company CLEANUP(company_close) = company_open(*state);
    Settled settled CLEANUP(settled_drop) = {.map = NULL};
    ImportResult told, done;
    ImportRecord staged = stage(company, STR(ROWS), 0), after;
    settle(company, STR(ROWS), MENDED, &settled);
    assert_int_equal(importer_rehearse(&company->exchange, &settled.request, &settled.plan,
                                       company->arena, &company->problem, &told),
                     STATUS_OK);
    assert_int_equal(importer_begin_staged(&company->exchange, &settled.request, &settled.plan,
                                           staged.id, company->arena, &company->problem),
                     STATUS_OK);
    assert_int_equal(importer_begin_staged(&company->exchange, &settled.request, &settled.plan,
                                           staged.id, company->arena, &company->problem),
                     STATUS_CONFLICT);
    assert_int_equal(importer_run(&company->exchange, &settled.request, &settled.plan, staged.id,
                                  company->arena, &company->problem, &done),
                     STATUS_OK);
    assert_memory_equal(&told.counts, &done.counts, sizeof told.counts);
    assert_int_equal(done.counts.created, 3);
    assert_int_equal(done.counts.left_out, 1);
    assert_true(str_equal(told.rejected, done.rejected));
    assert_int_equal(find(company, staged.id, &after), STATUS_OK);
    assert_true(str_is(after.status, IMPORT_DONE) && id_none(after.source));
    assert_true(str_is(after.run_by_name, "Admin"));
    assert_int_equal(fixture_count(company->store, "SELECT count(*) FROM \"file\""), 1);
}

/* Asked to stop by somebody else, between two groups. */
static bool ask_to_stop(void *data, const ImportCounts *counts) {
    StageJob *job = data;
    (void)counts;
    return importer_cancel(&job->company->exchange, job->record.id, job->company->arena,
                           &job->company->problem) == STATUS_OK;
}

static void test_a_cancelled_import_leaves_nothing(void **state) {
    Company *company CLEANUP(company_close) = company_open(*state);
    Settled settled CLEANUP(settled_drop) = {.map = NULL};
    Buffer text CLEANUP(buffer_free) = {0};
    ImportResult result;
    ImportRecord after;
    buffer_add(&text, STR("code,name,kind\n"));
    for (int i = 0; i < 2500; i++) buffer_format(&text, "B%d,House %d,clinic\n", i, i);
    StageJob job = {.company = company, .record = stage(company, buffer_str(&text), 0)};
    settle(company, buffer_str(&text), "{}", &settled);
    settled.request.progress = ask_to_stop;
    settled.request.progress_data = &job;
    assert_int_equal(importer_begin_staged(&company->exchange, &settled.request, &settled.plan,
                                           job.record.id, company->arena, &company->problem),
                     STATUS_OK);
    assert_int_equal(importer_run(&company->exchange, &settled.request, &settled.plan,
                                  job.record.id, company->arena, &company->problem, &result),
                     STATUS_STALE);
    assert_int_equal(find(company, job.record.id, &after), STATUS_OK);
    assert_true(str_is(after.status, IMPORT_CANCELLED));
    assert_false(id_none(after.source));
    assert_int_equal(
        fixture_count(company->store, "SELECT count(*) FROM \"hco\" WHERE \"deleted_at\" IS NULL"),
        0);
    assert_int_equal(
        importer_undo_begin(&company->exchange, job.record.id, company->arena, &company->problem),
        STATUS_CONFLICT);
}

/* ---- How long ---- */

static Status sweep_job(Transaction *transaction, void *data) {
    const StageJob *job = data;
    return staged_sweep(transaction, job->company->arena, job->now);
}

static void sweep(Company *company, int64_t now) {
    StageJob job = {.company = company, .now = now};
    assert_int_equal(store_write(company->store, sweep_job, &job), STATUS_OK);
}

typedef struct DraftJob {
    Company *company;
    ImportRecord record;
    int64_t expected, now;
    ImportDraft draft;
} DraftJob;

static Status draft_job(Transaction *transaction, void *data) {
    DraftJob *job = data;
    Context context = staged_context(job->company, transaction, job->now);
    Status status = staged_draft_save(&context, &job->record, job->expected, STR("{\"a\":1}"),
                                      &job->draft.version);
    return status == STATUS_OK ? staged_draft_read(&context, job->record.id, &job->draft) : status;
}

static void test_a_draft_is_not_overwritten_unseen(void **state) {
    Company *company CLEANUP(company_close) = company_open(*state);
    DraftJob job = {.company = company, .record = stage(company, STR(ROWS), 0)};
    assert_int_equal(store_write(company->store, draft_job, &job), STATUS_OK);
    assert_int_equal(job.draft.version, 1);
    assert_true(str_is(job.draft.document, "{\"a\":1}"));
    assert_int_equal(store_write(company->store, draft_job, &job), STATUS_STALE);
    job.expected = 1;
    assert_int_equal(store_write(company->store, draft_job, &job), STATUS_OK);
    job.expected = -1;
    assert_int_equal(store_write(company->store, draft_job, &job), STATUS_OK);
    assert_int_equal(job.draft.version, 3);
}

static void test_a_file_that_nobody_touches_goes_after_seven_days(void **state) {
    Company *company CLEANUP(company_close) = company_open(*state);
    int64_t now = clock_now(&company->exchange.clock);
    ImportRecord after;
    DraftJob job = {
        .company = company, .record = stage(company, STR(ROWS), now), .now = now + CLOCK_DAY};
    ImportRecord other = stage(company, STR(ROWS), now);
    assert_int_equal(store_write(company->store, draft_job, &job), STATUS_OK);
    sweep(company, now + 7 * CLOCK_DAY);
    assert_int_equal(find(company, other.id, &after), STATUS_OK);
    sweep(company, now + 7 * CLOCK_DAY + 1);
    assert_int_equal(find(company, other.id, &after), STATUS_NOT_FOUND);
    assert_int_equal(find(company, job.record.id, &after), STATUS_OK); /* worked on a day later */
    sweep(company, now + 8 * CLOCK_DAY + 1);
    assert_int_equal(find(company, job.record.id, &after), STATUS_NOT_FOUND);
    assert_int_equal(fixture_count(company->store, "SELECT count(*) FROM \"file\""), 0);
    assert_int_equal(fixture_count(company->store, "SELECT count(*) FROM \"import_draft\""), 0);
}

static void test_a_silent_import_has_failed_and_its_rows_go_after_a_month(void **state) {
    Company *company CLEANUP(company_close) = company_open(*state);
    Settled settled CLEANUP(settled_drop) = {.map = NULL};
    int64_t now = clock_now(&company->exchange.clock);
    ImportRecord staged = stage(company, STR(ROWS), 0), after;
    Id done;
    settle(company, STR(ROWS), "{}", &settled);
    assert_int_equal(importer_begin_staged(&company->exchange, &settled.request, &settled.plan,
                                           staged.id, company->arena, &company->problem),
                     STATUS_OK);
    sweep(company, now + CLOCK_MINUTE);
    assert_int_equal(find(company, staged.id, &after), STATUS_OK);
    assert_true(str_is(after.status, IMPORT_RUNNING));
    sweep(company, now + 10 * CLOCK_MINUTE);
    assert_int_equal(find(company, staged.id, &after), STATUS_OK);
    assert_true(str_is(after.status, IMPORT_STOPPED));
    company_import(company, "hco", STR(ROWS), MAP, &done);
    sweep(company, now + 29 * CLOCK_DAY);
    assert_int_equal(find(company, done, &after), STATUS_OK);
    assert_false(id_none(after.rejected));
    sweep(company, now + 31 * CLOCK_DAY);
    assert_int_equal(find(company, done, &after), STATUS_OK);
    assert_true(id_none(after.rejected));
    assert_int_equal(fixture_count(company->store, "SELECT count(*) FROM \"file\""), 0);
}

int main(void) {
    struct CMUnitTest tests[] = {
        cmocka_unit_test(test_corrections_are_read_strictly),
        cmocka_unit_test(test_corrections_change_their_cells_alone),
        cmocka_unit_test(test_corrections_fit_rows_of_data_only),
        cmocka_unit_test(test_failing_rows_name_cells_and_come_in_parts),
        cmocka_unit_test(test_a_corrected_import_is_what_its_rehearsal_said),
        cmocka_unit_test(test_a_cancelled_import_leaves_nothing),
        cmocka_unit_test(test_a_draft_is_not_overwritten_unseen),
        cmocka_unit_test(test_a_file_that_nobody_touches_goes_after_seven_days),
        cmocka_unit_test(test_a_silent_import_has_failed_and_its_rows_go_after_a_month),
    };
    return fixture_run_both("staged", tests, sizeof tests / sizeof *tests);
}
