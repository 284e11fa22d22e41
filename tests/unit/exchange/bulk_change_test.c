/* Bulk changes: what a preview leaves, what one that was stopped leaves, and what comes back. */
#include "exchange_fixture.h"

#include "bulk_change.h"

enum { PEOPLE = 600 /* more than two groups */ };

typedef struct People {
    Company *company;
    Id ids[PEOPLE];
} People;

static Status people_job(Transaction *transaction, void *data) {
    People *people = data;
    Company *company = people->company;
    Context context =
        exchange_context(&company->exchange, company->arena, transaction, &company->problem);
    for (int i = 0; i < PEOPLE; i++) {
        json_t *body CLEANUP(json_drop) =
            json_pack("{s:s,s:s}", "family_name", "Sato", "position", i % 2 ? "head" : "intern");
        Record record;
        TRY(record_create(&context, model_object(context.model, STR("hcp")), body, &record));
        people->ids[i] = record.id;
    }
    return STATUS_OK;
}

static void make_people(Company *company, People *people) {
    people->company = company;
    assert_int_equal(store_write(company->store, people_job, people), STATUS_OK);
}

static int64_t count_heads(Company *company) {
    return fixture_count(company->store,
                         "SELECT count(*) FROM \"hcp\" WHERE \"position\" = 'head'");
}

static int64_t count_entries(Company *company) {
    return fixture_count(company->store, "SELECT count(*) FROM \"journal\"");
}

typedef struct ReadJob {
    Company *company;
    Id id;
    BatchRecord record;
    Status status; /* of beginning an undo */
} ReadJob;

static Status read_job(Transaction *transaction, void *data) {
    ReadJob *job = data;
    Company *company = job->company;
    Context context =
        exchange_context(&company->exchange, company->arena, transaction, &company->problem);
    return batch_read(&context, job->id, &job->record);
}

static Status begin_undo_job(Transaction *transaction, void *data) {
    ReadJob *job = data;
    Company *company = job->company;
    Context context =
        exchange_context(&company->exchange, company->arena, transaction, &company->problem);
    TRY(batch_read(&context, job->id, &job->record));
    job->status = batch_undo_begin(&context, &job->record);
    return job->status;
}

static BatchRecord read_batch(Company *company, Id id) {
    ReadJob job = {.company = company, .id = id};
    assert_int_equal(store_read(company->store, read_job, &job), STATUS_OK);
    return job.record;
}

static int64_t count_of(Str document, const char *name) {
    json_t *counts CLEANUP(json_drop) = NULL;
    assert_int_equal(json_read(document, NULL, &counts), STATUS_OK);
    return json_integer_value(json_object_get(counts, name));
}

static Id run(Company *company, BulkChange change, Status expected) {
    Id id;
    json_t *changes CLEANUP(json_drop) = company_json("{\"position\": \"head\"}");
    change.object = model_object(company->business->model, STR("hcp"));
    change.changes = changes;
    assert_int_equal(
        bulk_change_check(&company->exchange, &change, company->arena, &company->problem),
        STATUS_OK);
    assert_int_equal(
        bulk_change_begin(&company->exchange, &change, company->arena, &company->problem, &id),
        STATUS_OK);
    assert_int_equal(
        bulk_change_run(&company->exchange, &change, id, company->arena, &company->problem),
        expected);
    return id;
}

static void test_a_preview_counts_every_group_and_leaves_nothing(void **state) {
    Company *company CLEANUP(company_close) = company_open(*state);
    People *people = ARENA_NEW(company->arena, People);
    make_people(company, people);
    int64_t entries = count_entries(company);
    Id id = run(company, (BulkChange){.ids = people->ids, .count = PEOPLE, .mode = BATCH_PREVIEW},
                STATUS_OK);
    BatchRecord batch = read_batch(company, id);
    assert_true(str_is(batch.status, BATCH_DONE));
    assert_int_equal(count_of(batch.counts, "changed"), PEOPLE / 2);
    assert_int_equal(count_of(batch.counts, "unchanged"), PEOPLE / 2);
    assert_int_equal(count_heads(company), PEOPLE / 2);
    assert_int_equal(count_entries(company), entries);
    json_t *report CLEANUP(json_drop) = company_json(str_terminated(company->arena, batch.report));
    assert_int_equal(json_array_size(json_object_get(report, "examples")), BULK_CHANGE_EXAMPLES);
}

typedef struct Waiting {
    Company *company;
    Id id; /* of the preview, which is asked after before each group */
    int asked;
    Status status; /* of cancelling */
} Waiting;

static Status cancel_job(Transaction *transaction, void *data) {
    Waiting *waiting = data;
    Company *company = waiting->company;
    BatchRecord record;
    Context context =
        exchange_context(&company->exchange, company->arena, transaction, &company->problem);
    TRY(batch_read(&context, waiting->id, &record));
    waiting->status = batch_cancel(&context, &record);
    return waiting->status;
}

/* Goes away while the second group is about to be looked at. */
static bool go_away(void *data) {
    Waiting *waiting = data;
    if (waiting->asked++ == 1) {
        assert_int_equal(store_write(waiting->company->store, cancel_job, waiting), STATUS_OK);
    }
    return true;
}

static void test_a_cancelled_preview_stops_and_leaves_nothing(void **state) {
    Company *company CLEANUP(company_close) = company_open(*state);
    People *people = ARENA_NEW(company->arena, People);
    make_people(company, people);
    int64_t entries = count_entries(company);
    Waiting waiting = {.company = company};
    json_t *changes CLEANUP(json_drop) = company_json("{\"position\": \"head\"}");
    BulkChange change = {.object = model_object(company->business->model, STR("hcp")),
                         .changes = changes,
                         .ids = people->ids,
                         .count = PEOPLE,
                         .mode = BATCH_PREVIEW,
                         .go_on = go_away,
                         .data = &waiting};
    assert_int_equal(
        bulk_change_check(&company->exchange, &change, company->arena, &company->problem),
        STATUS_OK);
    assert_int_equal(bulk_change_begin(&company->exchange, &change, company->arena,
                                       &company->problem, &waiting.id),
                     STATUS_OK);
    assert_int_equal(
        bulk_change_run(&company->exchange, &change, waiting.id, company->arena, &company->problem),
        STATUS_STALE);
    assert_int_equal(waiting.asked, 2);
    BatchRecord batch = read_batch(company, waiting.id);
    assert_true(str_is(batch.status, BATCH_CANCELLED));
    assert_false(batch_at_work(&batch, batch.seen_at));
    assert_int_equal(count_heads(company), PEOPLE / 2);
    assert_int_equal(count_entries(company), entries);
    assert_int_equal(store_write(company->store, cancel_job, &waiting), STATUS_CONFLICT);
}

/* Stops before the second group. */
static bool once(void *data) {
    int *asked = data;
    return (*asked)++ == 0;
}

static void test_what_was_stopped_stays_and_can_be_taken_back(void **state) {
    Company *company CLEANUP(company_close) = company_open(*state);
    People *people = ARENA_NEW(company->arena, People);
    int asked = 0;
    make_people(company, people);
    Id id = run(company,
                (BulkChange){.ids = people->ids, .count = PEOPLE, .go_on = once, .data = &asked},
                STATUS_BUSY);
    BatchRecord batch = read_batch(company, id);
    assert_true(str_is(batch.status, BATCH_STOPPED));
    int64_t changed = count_of(batch.counts, "changed");
    assert_in_range(changed, 1, PEOPLE / 2 - 1);
    assert_int_equal(count_heads(company), PEOPLE / 2 + changed);
    ReadJob undo = {.company = company, .id = id};
    assert_int_equal(store_write(company->store, begin_undo_job, &undo), STATUS_OK);
    assert_int_equal(batch_undo(&company->exchange, id, STR("too far"), NULL, NULL, company->arena,
                                &company->problem),
                     STATUS_OK);
    assert_int_equal(count_heads(company), PEOPLE / 2);
    batch = read_batch(company, id);
    assert_true(str_is(batch.status, BATCH_UNDONE));
    assert_int_equal(count_of(batch.undo, "reverted"), changed);
    assert_int_equal(store_write(company->store, begin_undo_job, &undo), STATUS_CONFLICT);
}

static Status select_job(Transaction *transaction, void *data) {
    People *people = data;
    Company *company = people->company;
    Context context =
        exchange_context(&company->exchange, company->arena, transaction, &company->problem);
    ListQuery query = {.object = model_object(context.model, STR("hcp")), .limit = 1};
    Id *ids;
    size_t count;
    TRY(bulk_change_select(&context, &query, people->ids, 10, &ids, &count));
    assert_int_equal(count, PEOPLE - 10);
    for (size_t i = 0; i < count; i++) {
        assert_true(memcmp(ids[i].bytes, people->ids[9].bytes, sizeof(Id)) > 0);
    }
    return STATUS_OK;
}

static void test_all_but_some_are_selected(void **state) {
    Company *company CLEANUP(company_close) = company_open(*state);
    People *people = ARENA_NEW(company->arena, People);
    make_people(company, people);
    assert_int_equal(store_read(company->store, select_job, people), STATUS_OK);
}

static Status sweep_job(Transaction *transaction, void *data) {
    int64_t *now = data;
    return batch_sweep(transaction, *now);
}

static void test_old_previews_are_swept_and_changes_stay(void **state) {
    Company *company CLEANUP(company_close) = company_open(*state);
    People *people = ARENA_NEW(company->arena, People);
    make_people(company, people);
    run(company, (BulkChange){.ids = people->ids, .count = 2, .mode = BATCH_PREVIEW}, STATUS_OK);
    run(company, (BulkChange){.ids = people->ids, .count = 2}, STATUS_OK);
    int64_t now = clock_now(&company->exchange.clock);
    assert_int_equal(store_write(company->store, sweep_job, &now), STATUS_OK);
    assert_int_equal(fixture_count(company->store, "SELECT count(*) FROM \"batch\""), 2);
    now += 2 * CLOCK_DAY;
    assert_int_equal(store_write(company->store, sweep_job, &now), STATUS_OK);
    assert_int_equal(fixture_count(company->store, "SELECT count(*) FROM \"batch\""), 1);
}

int main(void) {
    struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_preview_counts_every_group_and_leaves_nothing),
        cmocka_unit_test(test_a_cancelled_preview_stops_and_leaves_nothing),
        cmocka_unit_test(test_what_was_stopped_stays_and_can_be_taken_back),
        cmocka_unit_test(test_all_but_some_are_selected),
        cmocka_unit_test(test_old_previews_are_swept_and_changes_stay),
    };
    return fixture_run_both("bulk_change", tests, sizeof tests / sizeof *tests);
}
