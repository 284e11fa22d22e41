/* Imports: what a rehearsal promises, what an import does, what comes back, what an undo takes. */
#include "exchange_fixture.h"

/* Line 2 and 3 are fine; 4 repeats a key; 5 names no such kind; 6 has a false NPI; 7 takes line 2's
 * NPI; 8 is part of line 3, 9 of nothing; 10 has no key; 11 is too wide. */
static const char MIXED[] =
    "code,name,kind,npi,part of\n"
    "A1,North Clinic,clinic,1234567893,\n"
    "A2,South Hospital,一般病院,,\n"
    "A1,North Clinic again,,,\n"
    "A3,East,spaceship,,\n"
    "A4,West,,1234567890,\n"
    "A5,Twin,,1234567893,\n"
    "A6,Ward,,,A2\n"
    "A7,Orphan,,,A99\n"
    ",Nameless,,,\n"
    "A8,Wide,,,,surplus\n";

static const char MIXED_MAP[] =
    "{\"key\":[\"facility_code\"],\"columns\":[{\"from\":\"code\",\"to\":\"facility_code\"},"
    "{\"from\":\"name\",\"to\":\"name\"},{\"from\":\"kind\",\"to\":\"kind\"},"
    "{\"from\":\"npi\",\"to\":\"npi\"},{\"from\":\"part of\",\"to\":\"parent.facility_code\"}]}";

static int64_t alive(Company *company) {
    return fixture_count(company->store,
                         "SELECT count(*) FROM \"hco\" WHERE \"deleted_at\" IS NULL");
}

static const ImportExample *example(const ImportResult *result, int64_t line) {
    for (size_t i = 0; i < result->example_count; i++) {
        if (result->examples[i].line == line) return &result->examples[i];
    }
    fail_msg("line %lld was taken", (long long)line);
    return NULL;
}

static void assert_reason(const ImportResult *result, int64_t line, const char *part) {
    Str reasons = example(result, line)->reasons;
    if (str_find_str(reasons, str_of(part)) == reasons.size) {
        fail_msg("line %lld: %.*s", (long long)line, STR_ARGS(reasons));
    }
}

static void assert_mixed(const ImportResult *result) {
    assert_int_equal(result->counts.rows, 10);
    assert_int_equal(result->counts.created, 3);
    assert_int_equal(result->counts.skipped, 1);
    assert_int_equal(result->counts.failed, 6);
    assert_reason(result, 4, "line 2");
    assert_reason(result, 5, "kind: ");
    assert_reason(result, 5, "spaceship");
    assert_reason(result, 6, "npi: ");
    assert_reason(result, 7, "npi: ");
    assert_reason(result, 9, "A99");
    assert_reason(result, 10, "code: ");
    assert_reason(result, 11, "6 instead of 5");
}

static void test_rehearsal_promises_what_the_import_does(void **state) {
    Company *company CLEANUP(company_close) = company_open(*state);
    Id id;
    ImportResult rehearsal = company_rehearse(company, "hco", STR(MIXED), MIXED_MAP);
    assert_mixed(&rehearsal);
    assert_int_equal(alive(company), 0);
    assert_int_equal(fixture_count(company->store, "SELECT count(*) FROM \"import\""), 0);
    ImportResult real = company_import(company, "hco", STR(MIXED), MIXED_MAP, &id);
    assert_mixed(&real);
    assert_true(str_equal(rehearsal.rejected, real.rejected));
    assert_int_equal(alive(company), 3);
    assert_int_equal(
        fixture_count(company->store,
                      "SELECT count(*) FROM \"hco\" AS a JOIN \"hco\" AS b ON a.\"parent\" = "
                      "b.\"id\" WHERE a.\"name\" = 'Ward' AND b.\"kind\" = 'general_hospital'"),
        1);
    assert_int_equal(fixture_count(company->store,
                                   "SELECT count(*) FROM \"journal\" AS j JOIN \"import\" AS i ON "
                                   "j.\"batch\" = i.\"id\" WHERE j.\"via\" = 'import'"),
                     3);
}

/* A rehearsal of a large file runs aside; it must see the same, duplicates far apart included. */
static void test_large_rehearsal_is_equal_too(void **state) {
    Company *company CLEANUP(company_close) = company_open(*state);
    Buffer text CLEANUP(buffer_free) = {0};
    Id id;
    buffer_add(&text, STR("facility_code,name,npi\n"));
    for (int i = 0; i < 12000; i++) {
        buffer_format(&text, "K%d,Institution number %d,%s\n", i % 11990, i,
                      i == 3 || i == 9000 ? "1234567893"
                      : i == 7000         ? "bad"
                                          : "");
    }
    ImportResult rehearsal = company_rehearse(company, "hco", buffer_str(&text), NULL);
    assert_int_equal(alive(company), 0);
    ImportResult real = company_import(company, "hco", buffer_str(&text), NULL, &id);
    assert_int_equal(real.counts.created, 11988);
    assert_int_equal(real.counts.skipped, 10);
    assert_int_equal(real.counts.failed, 2);
    assert_memory_equal(&rehearsal.counts, &real.counts, sizeof real.counts);
    assert_int_equal(alive(company), 11988);
}

static void test_rejected_rows_come_back_with_reasons(void **state) {
    Company *company CLEANUP(company_close) = company_open(*state);
    company->admin.lang = LANG_JA;
    ImportResult result = company_rehearse(company, "hco", STR(MIXED), MIXED_MAP);
    Str file = result.rejected;
    assert_true(str_starts(
        file, STR("\xEF\xBB\xBF"
                  "code,name,kind,npi,part of,取り込めなかった理由\r\nA1,North Clinic again,,,,")));
    assert_true(str_find_str(file, STR("2行目")) < file.size);
    assert_true(str_find_str(file, STR("\r\nA3,East,spaceship,,,kind：")) < file.size);
    /* The words that can stand there, not their codes. */
    assert_true(str_find_str(file, STR("大学病院")) < file.size);
    assert_true(str_find_str(file, STR("university_hospital")) == file.size);
    /* Corrected, the very file can be imported: its last column leads nowhere. */
    ImportResult again = company_rehearse(company, "hco", file, MIXED_MAP);
    assert_int_equal(again.counts.rows, 7);
    assert_true(again.counts.created >= 1);
}

static void test_same_file_changes_nothing_and_new_values_update(void **state) {
    Company *company CLEANUP(company_close) = company_open(*state);
    Id id;
    Str first = STR("facility_code,name,city\nA1,North,Osaka\nA2,South,Kobe\n");
    company_import(company, "hco", first, NULL, &id);
    ImportResult same = company_import(company, "hco", first, NULL, &id);
    assert_int_equal(same.counts.unchanged, 2);
    ImportResult other = company_import(
        company, "hco", STR("facility_code,name,city\nA1,North,\nA2,South,Kyoto\nA3,New,\n"), NULL,
        &id);
    assert_int_equal(other.counts.unchanged, 1); /* an empty cell leaves Osaka alone */
    assert_int_equal(other.counts.updated, 1);
    assert_int_equal(other.counts.created, 1);
    ImportResult cleared = company_import(
        company, "hco", STR("facility_code,city\nA1,\n"),
        "{\"key\":[\"facility_code\"],\"columns\":[{\"from\":1,\"to\":\"facility_code\"},"
        "{\"from\":2,\"to\":\"city\",\"empty\":\"clear\"}]}",
        &id);
    assert_int_equal(cleared.counts.updated, 1);
    assert_int_equal(fixture_count(company->store,
                                   "SELECT count(*) FROM \"hco\" WHERE \"city\" IS NULL AND "
                                   "\"facility_code\" = 'A1'"),
                     1);
}

static Status change_city(Transaction *transaction, void *data) {
    Company *company = data;
    Context context =
        exchange_context(&company->exchange, company->arena, transaction, &company->problem);
    const Object *hco = model_object(context.model, STR("hco"));
    json_t *body CLEANUP(json_drop) = company_json("{\"facility_code\":\"A2\",\"city\":\"Nara\"}");
    Record record;
    UpsertOutcome outcome;
    return record_upsert(&context, hco, object_field(hco, STR("facility_code")), body, &record,
                         &outcome);
}

static int64_t with_city(Company *company, const char *code, const char *city) {
    char sql[300];
    snprintf(sql, sizeof sql,
             "SELECT count(*) FROM \"hco\" WHERE \"facility_code\" = '%s' AND \"city\" = '%s' AND "
             "\"deleted_at\" IS NULL",
             code, city);
    return fixture_count(company->store, sql);
}

static void test_undo_restores_what_nobody_changed_since(void **state) {
    Company *company CLEANUP(company_close) = company_open(*state);
    Id first, second;
    company_import(company, "hco", STR("facility_code,name,city\nA1,North,Osaka\nA2,South,Kobe\n"),
                   NULL, &first);
    company_import(
        company, "hco",
        STR("facility_code,name,city\nA1,Norther,Kyoto\nA2,Souther,Kyoto\nA3,East,Tsu\n"), NULL,
        &second);
    assert_int_equal(store_write(company->store, change_city, company), STATUS_OK);
    UndoCounts counts = company_undo(company, second);
    assert_int_equal(counts.removed, 1);
    assert_int_equal(counts.reverted, 1);
    assert_int_equal(counts.changed_since, 1);
    assert_int_equal(with_city(company, "A1", "Osaka"), 1);
    assert_int_equal(with_city(company, "A2", "Nara"), 1);
    assert_int_equal(
        fixture_count(company->store, "SELECT count(*) FROM \"hco\" WHERE \"name\" = 'South'"),
        1); /* the name, which nobody touched, is the former one */
    assert_int_equal(with_city(company, "A3", "Tsu"), 0);
    assert_int_equal(fixture_count(company->store,
                                   "SELECT count(DISTINCT \"batch\") FROM "
                                   "\"journal\" WHERE \"reason\" = 'wrong file'"),
                     1);
    Problem problem = problem_new(company->arena);
    assert_int_equal(importer_undo_begin(&company->exchange, second, company->arena, &problem),
                     STATUS_CONFLICT);
    assert_true(str_is(problem.first->code, "import_already_undone"));
    /* A2 was changed after the first import, and stays. */
    counts = company_undo(company, first);
    assert_int_equal(counts.changed_since + counts.removed, 2);
    assert_int_equal(with_city(company, "A2", "Nara"), 1);
}

static ImportPlan plan_of(Company *company, Str bytes) {
    ImportRequest request = company_request(company, "hco", bytes, NULL);
    ImportPlan plan;
    assert_int_equal(
        importer_plan(&company->exchange, &request, company->arena, &company->problem, &plan),
        STATUS_OK);
    return plan;
}

static void test_columns_are_proposed_by_heading_in_any_language(void **state) {
    Company *company CLEANUP(company_close) = company_open(*state);
    ImportPlan plan = plan_of(
        company, STR("医療機関コード,Name,邮政编码,whatever,temperature,Part of\n1,A,2,x,,9\n"));
    assert_int_equal(plan.map.count, 4); /* temperature is kept by the system */
    assert_true(str_is(plan.map.columns[0].to, "facility_code"));
    assert_true(str_is(plan.map.columns[1].to, "name"));
    assert_true(str_is(plan.map.columns[2].to, "postal_code"));
    assert_true(str_is(plan.map.columns[3].to, "parent.facility_code"));
    assert_int_equal(plan.map.key_count, 1);
    assert_string_equal(plan.map_from, "headings");
}

static void test_a_map_is_remembered_for_files_alike(void **state) {
    Company *company CLEANUP(company_close) = company_open(*state);
    Id id;
    company_import(company, "hco", STR("col a,col b\nA1,North\n"),
                   "{\"key\":[\"facility_code\"],\"columns\":[{\"from\":\"col a\",\"to\":"
                   "\"facility_code\"},{\"from\":\"Col B\",\"to\":\"name\",\"transform\":"
                   "[\"upper\"]}]}",
                   &id);
    ImportPlan plan = plan_of(company, STR("COL A,col b\nA2,south\n"));
    assert_string_equal(plan.map_from, "earlier");
    assert_int_equal(plan.map.count, 2);
    assert_string_equal(plan.map.columns[1].transforms[0]->name, "upper");
    ImportResult result = company_import(company, "hco", STR("col a,col b\nA2,south\n"), NULL, &id);
    assert_int_equal(result.counts.created, 1);
    assert_int_equal(
        fixture_count(company->store, "SELECT count(*) FROM \"hco\" WHERE \"name\" = 'SOUTH'"), 1);
}

static void assert_map_refused(Company *company, const char *map, const char *pointer,
                               const char *code) {
    json_t *node CLEANUP(json_drop) = company_json(map);
    ImportRequest request = company_request(company, "hco", STR("a,b\n1,2\n"), node);
    Problem problem = problem_new(company->arena);
    ImportPlan plan;
    assert_int_equal(importer_plan(&company->exchange, &request, company->arena, &problem, &plan),
                     STATUS_INVALID);
    if (!str_is(problem.first->code, code) || !str_is(problem.first->pointer, pointer)) {
        fail_msg("%.*s at %.*s", STR_ARGS(problem.first->code), STR_ARGS(problem.first->pointer));
    }
}

static void test_wrong_maps_say_where(void **state) {
    Company *company CLEANUP(company_close) = company_open(*state);
    assert_map_refused(company, "{}", "", "import_map");
    assert_map_refused(company, "{\"columns\":[]}", "/columns", "import_no_columns");
    assert_map_refused(company, "{\"columns\":[{\"from\":\"c\",\"to\":\"name\"}]}",
                       "/columns/0/from", "import_unknown_column");
    assert_map_refused(company, "{\"columns\":[{\"from\":3,\"to\":\"name\"}]}", "/columns/0/from",
                       "import_unknown_column");
    assert_map_refused(company, "{\"columns\":[{\"from\":1,\"to\":\"temperature\"}]}",
                       "/columns/0/to", "import_unknown_target");
    assert_map_refused(company, "{\"columns\":[{\"from\":1,\"to\":\"parent.name\"}]}",
                       "/columns/0/to", "import_unknown_target");
    assert_map_refused(company,
                       "{\"columns\":[{\"from\":1,\"to\":\"name\"},{\"from\":2,\"to\":\"name\"}]}",
                       "/columns/1/to", "import_repeated_target");
    assert_map_refused(company,
                       "{\"columns\":[{\"from\":1,\"to\":\"name\",\"transform\":[\"magic\"]}]}",
                       "/columns/0/transform", "import_unknown_transform");
    assert_map_refused(company, "{\"key\":[\"name\"],\"columns\":[{\"from\":1,\"to\":\"name\"}]}",
                       "/key", "import_key_unknown");
}

static void test_a_role_without_the_right_imports_nothing(void **state) {
    Company *company CLEANUP(company_close) = company_open(*state);
    Exchange exchange = company->exchange;
    exchange.actor = &company->mr;
    ImportRequest request = company_request(company, "hco", STR("name\nX\n"), NULL);
    Problem problem = problem_new(company->arena);
    ImportPlan plan;
    assert_int_equal(importer_plan(&exchange, &request, company->arena, &problem, &plan),
                     STATUS_DENIED);
    assert_true(str_is(problem.first->code, "access_verb"));
}

static void test_damaged_text_is_named_and_not_saved(void **state) {
    Company *company CLEANUP(company_close) = company_open(*state);
    Buffer text CLEANUP(buffer_free) = {0};
    Id id;
    buffer_add(&text, STR("facility_code,name\n"));
    for (int i = 2; i < 60; i++) {
        buffer_format(&text, "A%d,東京都立広尾病院%s\n", i, i == 7 ? "\xC3(" : "");
    }
    ImportResult result = company_import(company, "hco", buffer_str(&text), NULL, &id);
    assert_int_equal(result.counts.created, 57);
    assert_int_equal(result.counts.failed, 1);
    assert_reason(&result, 7, "UTF-8");
}

static void test_an_open_quote_costs_its_row_only(void **state) {
    Company *company CLEANUP(company_close) = company_open(*state);
    Id id;
    ImportResult result = company_import(
        company, "hco", STR("facility_code,name\nA1,fine\nA2,\"open\nA3,swallowed\n"), NULL, &id);
    assert_int_equal(result.counts.created, 1);
    assert_reason(&result, 3, "quotation mark");
}

static bool stop_at_once(void *data, const ImportCounts *counts) {
    (void)counts;
    return ++*(int *)data < 2;
}

/* In place, and on a copy where the database has one writer. */
static void test_a_stopped_rehearsal_leaves_nothing(void **state) {
    Company *company CLEANUP(company_close) = company_open(*state);
    static const int ROWS[] = {3500, 30000};
    for (size_t i = 0; i < sizeof ROWS / sizeof *ROWS; i++) {
        Buffer text CLEANUP(buffer_free) = {0};
        buffer_add(&text, STR("facility_code,name\n"));
        for (int row = 0; row < ROWS[i]; row++) buffer_format(&text, "S%d,Stopped\n", row);
        ImportRequest request = company_request(company, "hco", buffer_str(&text), NULL);
        int calls = 0;
        ImportPlan plan;
        ImportResult result;
        Problem problem = problem_new(company->arena);
        request.progress = stop_at_once;
        request.progress_data = &calls;
        assert_int_equal(
            importer_plan(&company->exchange, &request, company->arena, &problem, &plan),
            STATUS_OK);
        assert_int_equal(importer_rehearse(&company->exchange, &request, &plan, company->arena,
                                           &problem, &result),
                         STATUS_BUSY);
        assert_true(str_is(problem.first->code, "import_rehearsal_stopped"));
        assert_int_equal(calls, 2);
        assert_int_equal(alive(company), 0);
    }
}

static void test_a_stopped_import_can_be_undone(void **state) {
    Company *company CLEANUP(company_close) = company_open(*state);
    Buffer text CLEANUP(buffer_free) = {0};
    int calls = 0;
    buffer_add(&text, STR("facility_code,name\n"));
    for (int i = 0; i < 3500; i++) buffer_format(&text, "S%d,Stopped\n", i);
    ImportRequest request = company_request(company, "hco", buffer_str(&text), NULL);
    request.progress = stop_at_once;
    request.progress_data = &calls;
    ImportPlan plan;
    ImportResult result;
    Id id;
    assert_int_equal(
        importer_plan(&company->exchange, &request, company->arena, &company->problem, &plan),
        STATUS_OK);
    assert_int_equal(
        importer_begin(&company->exchange, &request, &plan, company->arena, &company->problem, &id),
        STATUS_OK);
    Problem problem = problem_new(company->arena);
    assert_int_equal(importer_undo_begin(&company->exchange, id, company->arena, &problem),
                     STATUS_CONFLICT); /* it is running */
    assert_int_equal(importer_run(&company->exchange, &request, &plan, id, company->arena,
                                  &company->problem, &result),
                     STATUS_BUSY);
    assert_int_equal(alive(company), 2000);
    assert_int_equal(fixture_count(company->store,
                                   "SELECT count(*) FROM \"import\" WHERE \"status\" = 'failed'"),
                     1);
    assert_int_equal(company_undo(company, id).removed, 2000);
    assert_int_equal(alive(company), 0);
}

static void test_naughty_strings_arrive_or_are_refused(void **state) {
    if (!getenv("ONDO_SHARED")) skip();
    Company *company CLEANUP(company_close) = company_open(*state);
    Str bytes = company_shared(company, "naughty-strings/blns.json");
    json_t *strings CLEANUP(json_drop) = json_loadb(bytes.data, bytes.size, JSON_ALLOW_NUL, NULL);
    assert_non_null(strings);
    Buffer text CLEANUP(buffer_free) = {0};
    size_t i;
    json_t *string;
    buffer_add(&text, STR("facility_code,name\r\n"));
    json_array_foreach(strings, i, string) {
        Str naughty = {.data = json_string_value(string), .size = json_string_length(string)};
        buffer_format(&text, "N%zu,\"", i);
        for (Str rest = naughty; rest.data;) {
            buffer_add(&text, str_cut(&rest, '"'));
            if (rest.data) buffer_add(&text, STR("\"\""));
        }
        buffer_add(&text, STR("\"\r\n"));
    }
    Id id;
    ImportResult result = company_import(company, "hco", buffer_str(&text), NULL, &id);
    assert_int_equal(result.counts.rows, json_array_size(strings));
    assert_true(result.counts.created > result.counts.rows * 8 / 10);
    ImportResult again = company_import(company, "hco", buffer_str(&text), NULL, &id);
    assert_int_equal(again.counts.unchanged, result.counts.created);
    assert_int_equal(again.counts.failed, result.counts.failed);
}

static void import_shared(Company *company, const char *object, const char *path, const char *map,
                          int64_t rows, int64_t created_least) {
    Id id;
    ImportResult result = company_import(company, object, company_shared(company, path), map, &id);
    print_message("%s: %lld rows, %lld created, %lld updated, %lld skipped, %lld failed\n", path,
                  (long long)result.counts.rows, (long long)result.counts.created,
                  (long long)result.counts.updated, (long long)result.counts.skipped,
                  (long long)result.counts.failed);
    for (size_t i = 0; i < result.example_count && i < 2; i++) {
        print_message("  line %lld %.*s\n", (long long)result.examples[i].line,
                      STR_ARGS(result.examples[i].reasons));
    }
    assert_int_equal(result.counts.rows, rows);
    assert_true(result.counts.created >= created_least);
}

static void test_real_files_from_elsewhere(void **state) {
    if (!getenv("ONDO_SHARED")) skip();
    Company *company CLEANUP(company_close) = company_open(*state);
    import_shared(company, "hco", "derived-encodings/jp_institutions_500_cp932_crlf.csv",
                  "{\"header\":false,\"columns\":[{\"from\":1,\"to\":\"facility_code\"},"
                  "{\"from\":3,\"to\":\"name\"},{\"from\":5,\"to\":\"address\"}]}",
                  500, 490);
    assert_true(fixture_count(company->store,
                              "SELECT count(*) FROM \"hco\" WHERE \"name\" LIKE "
                              "'%病院%'") > 10);
    import_shared(company, "hco", "derived-encodings/cn_hospitals_600_gb18030_crlf.csv",
                  "{\"key\":[],\"columns\":[{\"from\":\"name\",\"to\":\"name\"},"
                  "{\"from\":\"city\",\"to\":\"city\"}]}",
                  600, 590);
    import_shared(company, "hco", "cn-hospitals-2020/hospitals.csv",
                  "{\"key\":[],\"columns\":[{\"from\":\"name\",\"to\":\"name\"},"
                  "{\"from\":\"province\",\"to\":\"prefecture\"},{\"from\":\"address\",\"to\":"
                  "\"address\"},{\"from\":\"tel\",\"to\":\"phone\"}]}",
                  2083, 2070);
    import_shared(company, "hco", "us-nppes/pl_pfile_20251103-20251109.csv",
                  "{\"key\":[\"npi\"],\"columns\":[{\"from\":\"NPI\",\"to\":\"npi\"},"
                  "{\"from\":2,\"to\":\"name\"},{\"from\":4,\"to\":\"city\"},"
                  "{\"from\":8,\"to\":\"phone\"}]}",
                  9528, 4743);
    import_shared(company, "hcp", "crm-atomic-contacts/contacts.csv",
                  "{\"key\":[],\"columns\":[{\"from\":\"last_name\",\"to\":\"family_name\"},"
                  "{\"from\":\"first_name\",\"to\":\"given_name\"},"
                  "{\"from\":\"title\",\"to\":\"position\"},"
                  "{\"from\":\"email_work\",\"to\":\"email\"}]}",
                  500, 500);
}

int main(void) {
    struct CMUnitTest tests[] = {
        cmocka_unit_test(test_rehearsal_promises_what_the_import_does),
        cmocka_unit_test(test_large_rehearsal_is_equal_too),
        cmocka_unit_test(test_rejected_rows_come_back_with_reasons),
        cmocka_unit_test(test_same_file_changes_nothing_and_new_values_update),
        cmocka_unit_test(test_undo_restores_what_nobody_changed_since),
        cmocka_unit_test(test_columns_are_proposed_by_heading_in_any_language),
        cmocka_unit_test(test_a_map_is_remembered_for_files_alike),
        cmocka_unit_test(test_wrong_maps_say_where),
        cmocka_unit_test(test_a_role_without_the_right_imports_nothing),
        cmocka_unit_test(test_damaged_text_is_named_and_not_saved),
        cmocka_unit_test(test_an_open_quote_costs_its_row_only),
        cmocka_unit_test(test_a_stopped_rehearsal_leaves_nothing),
        cmocka_unit_test(test_a_stopped_import_can_be_undone),
        cmocka_unit_test(test_naughty_strings_arrive_or_are_refused),
        cmocka_unit_test(test_real_files_from_elsewhere),
    };
    return fixture_run_both("import", tests, sizeof tests / sizeof *tests);
}
