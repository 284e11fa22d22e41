/* Exports: what the reader may see, as they read it, harmless in a spreadsheet, and noted. */
#include "exchange_fixture.h"

#include <zlib.h>

#include "export.h"

static const char PEOPLE[] =
    "facility_code,name,city,kind,next_committee_on,parent\n"
    "A1,=1+1,Osaka,clinic,2026-12-24,\n"
    "A2,\"Two, \"\"quoted\"\"\",Kobe,,,A1\n";

typedef struct Exported {
    Company *company;
    const Actor *actor;
    ExportForm form;
    const char *object;
    const char *fields[6];
    Str bytes;
    int64_t count;
    Status status;
    Problem problem;
} Exported;

static void run_export(Exported *job) {
    char path[] = "/tmp/ondo-export-test-XXXXXX";
    close(mkstemp(path));
    Exchange exchange = job->company->exchange;
    exchange.actor = job->actor;
    const Object *object = model_object(exchange.business->model, str_of(job->object));
    const Field *fields[6];
    ListQuery query = {.object = object, .fields = fields};
    for (; job->fields[query.field_count]; query.field_count++) {
        fields[query.field_count] = object_field(object, str_of(job->fields[query.field_count]));
    }
    query.sorts[0] = (ListSort){.descending = false};
    ExportRequest request = {.query = &query, .form = job->form, .filter = STR("city=Osaka")};
    job->problem = problem_new(job->company->arena);
    job->status = export_write(&exchange, &request, path, &job->problem, &job->count);
    job->bytes = company_file(job->company->arena, path);
    unlink(path);
}

static void test_csv_shows_what_people_read(void **state) {
    Company *company CLEANUP(company_close) = company_open(*state);
    Id id;
    company_import(company, "hco", STR(PEOPLE), NULL, &id);
    company->admin.lang = LANG_JA;
    Exported job = {.company = company,
                    .actor = &company->admin,
                    .object = "hco",
                    .fields = {"facility_code", "name", "kind", "next_committee_on", "parent"}};
    run_export(&job);
    assert_int_equal(job.status, STATUS_OK);
    assert_int_equal(job.count, 2);
    /* Newest first, as lists are without a sort. */
    const char *expected =
        "\xEF\xBB\xBF"
        "医療機関コード,医療機関名,種別,医薬品採用委員会の次回開催予定,上位組織\r\n"
        "A2,\"Two, \"\"quoted\"\"\",その他,,'=1+1\r\n"
        "A1,'=1+1,クリニック,";
    if (!str_starts(job.bytes, str_of(expected))) fail_msg("%.*s", STR_ARGS(job.bytes));
    assert_int_equal(fixture_count(company->store,
                                   "SELECT count(*) FROM \"journal\" WHERE \"action\" = 'export' "
                                   "AND \"object\" = 'hco' AND \"changes\" LIKE '%\"count\":2%' "
                                   "AND \"changes\" LIKE '%city=Osaka%'"),
                     1);
}

static void test_what_was_exported_can_be_imported_unchanged(void **state) {
    Company *company CLEANUP(company_close) = company_open(*state);
    Id id;
    company_import(company, "hco", STR(PEOPLE), NULL, &id);
    Exported job = {.company = company,
                    .actor = &company->admin,
                    .object = "hco",
                    .fields = {"facility_code", "name", "city", "kind", "next_committee_on"}};
    run_export(&job);
    ImportResult result = company_import(company, "hco", job.bytes, NULL, &id);
    assert_int_equal(result.counts.unchanged, 2);
    assert_int_equal(result.counts.rows, 2);
}

static void test_hidden_fields_stay_hidden(void **state) {
    Company *company CLEANUP(company_close) = company_open(*state);
    Exported job = {.company = company, .actor = &company->mr, .object = "user"};
    run_export(&job);
    assert_int_equal(job.status, STATUS_DENIED); /* an MR reads users and exports none */
    assert_true(str_is(job.problem.first->code, "access_verb"));
    assert_true(str_empty(job.bytes));
    job.actor = &company->admin;
    run_export(&job);
    assert_true(str_find_str(job.bytes, STR("mr1")) < job.bytes.size);
}

static Status add_people(Transaction *transaction, void *data) {
    Company *company = data;
    Context context =
        exchange_context(&company->exchange, company->arena, transaction, &company->problem);
    const Object *hcp = model_object(context.model, STR("hcp"));
    for (int i = 0; i < 2300; i++) {
        json_t *body CLEANUP(json_drop) =
            json_pack("{s:s,s:o,s:s}", "family_name", "Sato", "given_name",
                      json_sprintf("Given %d", i), "kind", "doctor");
        if (i % 2) {
            const Actor *mr = &company->mr;
            json_object_set_new(
                body, "owner",
                json_string(str_terminated(company->arena, id_text(company->arena, mr->user))));
        }
        Record record;
        TRY(record_create(&context, hcp, body, &record));
    }
    return STATUS_OK;
}

static size_t count_lines(Str text) {
    size_t lines = 0;
    for (size_t i = 0; i < text.size; i++) lines += text.data[i] == '\n';
    return lines;
}

static void test_pages_end_to_end_and_only_ones_own(void **state) {
    Company *company CLEANUP(company_close) = company_open(*state);
    assert_int_equal(store_write(company->store, add_people, company), STATUS_OK);
    Exported job = {.company = company,
                    .actor = &company->admin,
                    .object = "hcp",
                    .fields = {"given_name", "owner"}};
    run_export(&job);
    assert_int_equal(job.count, 2300);
    assert_int_equal(count_lines(job.bytes), 2301);
    assert_true(str_find_str(job.bytes, STR("Given 0,Admin\r\n")) < job.bytes.size);
    assert_true(str_find_str(job.bytes, STR("Given 2299,MR 1\r\n")) < job.bytes.size);
    job.actor = &company->mr;
    run_export(&job);
    assert_int_equal(job.count, 1150);
    assert_true(str_find_str(job.bytes, STR("Admin")) == job.bytes.size);
}

static uint32_t little(const char *bytes, int count) {
    uint32_t number = 0;
    while (count--) number = number << 8 | (unsigned char)bytes[count];
    return number;
}

/* The sheet inside the ZIP container: found by its entry in the directory, and inflated. */
static Str sheet_xml(Arena *arena, Str zip) {
    static const Str NAME = STR_INIT("xl/worksheets/sheet1.xml");
    for (size_t at = 0; at + 46 < zip.size; at++) {
        const char *entry = zip.data + at;
        if (little(entry, 4) != 0x02014b50) continue;
        if (!str_starts(str_part(zip, at + 46, zip.size), NAME)) continue;
        const char *local = zip.data + little(entry + 42, 4);
        z_stream stream = {
            .next_in = (Bytef *)(local + 30 + little(local + 26, 2) + little(local + 28, 2)),
            .avail_in = little(entry + 20, 4)};
        size_t size = little(entry + 24, 4);
        char *out = arena_take(arena, size + 1);
        stream.next_out = (Bytef *)out;
        stream.avail_out = (uInt)size;
        assert_int_equal(inflateInit2(&stream, -MAX_WBITS), Z_OK);
        assert_int_equal(inflate(&stream, Z_FINISH), Z_STREAM_END);
        inflateEnd(&stream);
        return (Str){.data = out, .size = size};
    }
    return (Str){0};
}

static bool contains(Str text, const char *part) {
    return str_find_str(text, str_of(part)) < text.size;
}

static void test_xlsx_keeps_text_as_text_and_dates_as_dates(void **state) {
    Company *company CLEANUP(company_close) = company_open(*state);
    Id id;
    company_import(company, "hco", STR(PEOPLE), NULL, &id);
    Exported job = {.company = company,
                    .actor = &company->admin,
                    .form = EXPORT_XLSX,
                    .object = "hco",
                    .fields = {"name", "next_committee_on"}};
    run_export(&job);
    assert_int_equal(job.status, STATUS_OK);
    Str xml = sheet_xml(company->arena, job.bytes);
    assert_false(contains(xml, "<f>"));
    assert_true(contains(xml, "<t>=1+1</t>"));
    assert_true(contains(xml, "<v>46380</v>")); /* 2026-12-24 */
    assert_true(contains(xml, "<t>Name</t>"));
}

int main(void) {
    struct CMUnitTest tests[] = {
        cmocka_unit_test(test_csv_shows_what_people_read),
        cmocka_unit_test(test_what_was_exported_can_be_imported_unchanged),
        cmocka_unit_test(test_hidden_fields_stay_hidden),
        cmocka_unit_test(test_pages_end_to_end_and_only_ones_own),
        cmocka_unit_test(test_xlsx_keeps_text_as_text_and_dates_as_dates),
    };
    return fixture_run_both("export", tests, sizeof tests / sizeof *tests);
}
