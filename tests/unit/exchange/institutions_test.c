/* The Japanese list of institutions: 91,181 rows, imported, imported again, taken back. */
#include "exchange_fixture.h"

#include <zlib.h>

static const char MAP[] =
    "{\"header\":false,\"key\":[\"facility_code\"],\"columns\":["
    "{\"from\":1,\"to\":\"facility_code\"},{\"from\":3,\"to\":\"name\"},"
    "{\"from\":4,\"to\":\"postal_code\",\"transform\":[\"width\"]},{\"from\":5,\"to\":\"address\"}]"
    "}";

enum { SECONDS_MOST = 30 };

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

/* The promise is for the embedded database; a machine that is busy with other things says so. */
static void print_time(Company *company, const char *what, int64_t started) {
    print_message("%s: %lld ms\n", what, (long long)(clock_steady() - started));
    if (store_kind(company->store) == STORE_SQLITE && !getenv("ONDO_SLOW_MACHINE")) {
        assert_true(clock_steady() - started < SECONDS_MOST * CLOCK_SECOND);
    }
}

static const char ALIVE[] = "SELECT count(*) FROM \"hco\" WHERE \"deleted_at\" IS NULL";

static void test_institutions_come_and_go(void **state) {
    if (!getenv("ONDO_SHARED")) skip();
    Company *company CLEANUP(company_close) = company_open(*state);
    Str bytes = unpacked(company, "jp-med-institutions-202409/202409_all_med_inst_cd.csv.gz");
    assert_false(str_empty(bytes));
    Id id, again;
    int64_t started = clock_steady();
    ImportResult rehearsal = company_rehearse(company, "hco", bytes, MAP);
    print_time(company, "rehearsed", started);
    assert_int_equal(fixture_count(company->store, ALIVE), 0);
    started = clock_steady();
    ImportResult real = company_import(company, "hco", bytes, MAP, &id);
    print_time(company, "imported", started);
    assert_int_equal(real.counts.rows, 91181);
    assert_int_equal(real.counts.created, 90646);
    assert_int_equal(real.counts.skipped, 535);
    assert_int_equal(real.counts.failed, 0);
    assert_memory_equal(&rehearsal.counts, &real.counts, sizeof real.counts);
    assert_int_equal(fixture_count(company->store, ALIVE), 90646);
    started = clock_steady();
    ImportResult second = company_import(company, "hco", bytes, MAP, &again);
    print_time(company, "imported again", started);
    assert_int_equal(second.counts.unchanged, 90646);
    assert_int_equal(second.counts.created + second.counts.updated + second.counts.failed, 0);
    started = clock_steady();
    UndoCounts undone = company_undo(company, id);
    print_time(company, "undone", started);
    assert_int_equal(undone.removed, 90646);
    assert_int_equal(undone.changed_since + undone.refused, 0);
    assert_int_equal(fixture_count(company->store, ALIVE), 0);
}

int main(void) {
    struct CMUnitTest tests[] = {cmocka_unit_test(test_institutions_come_and_go)};
    return fixture_run_both("institutions", tests, sizeof tests / sizeof *tests);
}
