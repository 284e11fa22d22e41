/* The Japanese list of institutions: 91,181 rows, imported, imported again, taken back. */
#include "exchange_fixture.h"

#include <zlib.h>

static const char MAP[] =
    "{\"header\":false,\"key\":[\"facility_code\"],\"columns\":["
    "{\"from\":1,\"to\":\"facility_code\"},{\"from\":3,\"to\":\"name\"},"
    "{\"from\":4,\"to\":\"postal_code\",\"transform\":[\"width\"]},{\"from\":5,\"to\":\"address\"}]"
    "}";

/* How many rows a file has, and how many institutions they are. */
typedef struct InstitutionFile {
    const char *path;
    int64_t rows, institutions;
} InstitutionFile;

static const InstitutionFile WHOLE = {"jp-med-institutions-202409/202409_all_med_inst_cd.csv.gz",
                                      91181, 90646};
static const InstitutionFile PART = {"jp-med-institutions-202409/sample_tokyo_first3000.csv", 3000,
                                     3000};

#if defined(__SANITIZE_ADDRESS__)
enum { SANITIZED = 1 };
#else
enum { SANITIZED = 0 };
#endif

/* The whole list on the embedded database; a part where that would take minutes. */
static const InstitutionFile *file_for(const Company *company) {
    bool embedded = store_kind(company->store) == STORE_SQLITE;
    return embedded && !SANITIZED ? &WHOLE : &PART;
}

static Str unpacked(Company *company, const char *path) {
    Buffer text CLEANUP(buffer_free) = {0};
    char full[1024];
    snprintf(full, sizeof full, "%s/data/%s", getenv("ONDO_SHARED"), path);
    gzFile file = gzopen(full, "rb");
    if (!file) return (Str){0};
    for (int got; (got = gzread(file, buffer_room(&text, 65536), 65536)) > 0;) {
        text.size += (size_t)got;
    }
    gzclose(file);
    return str_copy(company->arena, buffer_str(&text));
}

static const char ALIVE[] = "SELECT count(*) FROM \"hco\" WHERE \"deleted_at\" IS NULL";

static void test_institutions_come_and_go(void **state) {
    if (!getenv("ONDO_SHARED")) skip();
    Company *company CLEANUP(company_close) = company_open(*state);
    const InstitutionFile *file = file_for(company);
    Str bytes = unpacked(company, file->path);
    assert_false(str_empty(bytes));
    Id id, again;
    ImportResult rehearsal = company_rehearse(company, "hco", bytes, MAP);
    assert_int_equal(fixture_count(company->store, ALIVE), 0);
    ImportResult real = company_import(company, "hco", bytes, MAP, &id);
    assert_int_equal(real.counts.rows, file->rows);
    assert_int_equal(real.counts.created, file->institutions);
    assert_int_equal(real.counts.skipped, file->rows - file->institutions);
    assert_int_equal(real.counts.failed, 0);
    assert_memory_equal(&rehearsal.counts, &real.counts, sizeof real.counts);
    assert_int_equal(fixture_count(company->store, ALIVE), file->institutions);
    ImportResult second = company_import(company, "hco", bytes, MAP, &again);
    assert_int_equal(second.counts.unchanged, file->institutions);
    assert_int_equal(second.counts.created + second.counts.updated + second.counts.failed, 0);
    UndoCounts undone = company_undo(company, id);
    assert_int_equal(undone.removed, file->institutions);
    assert_int_equal(undone.changed_since + undone.refused, 0);
    assert_int_equal(fixture_count(company->store, ALIVE), 0);
}

int main(void) {
    struct CMUnitTest tests[] = {cmocka_unit_test(test_institutions_come_and_go)};
    return fixture_run_both("institutions", tests, sizeof tests / sizeof *tests);
}
