/* Dates of steps: hours by the clock, days and months by the calendar of a place. */
#include "engine_fixture.h"

#include "playbook.h"

static void assert_moved(Offset offset, const char *zone, const char *from, const char *to) {
    assert_int_equal(offset_apply(offset, str_of(zone), at(from), 1), at(to));
}

/* V14: 48 hours are 48 hours, whatever the clocks on the wall do. */
static void test_hours(void **state) {
    (void)state;
    Offset offset = {OFFSET_HOURS, 48};
    assert_moved(offset, "Asia/Tokyo", "2026-11-17T15:20:00+09:00", "2026-11-19T15:20:00+09:00");
    assert_moved(offset, "Europe/Berlin", "2026-10-24T12:00:00+02:00", "2026-10-26T11:00:00+01:00");
}

/* V14, V16: days keep the time of day, over a change of clocks too. */
static void test_days(void **state) {
    (void)state;
    Offset week = {OFFSET_DAYS, 7};
    assert_moved(week, "Europe/Berlin", "2026-10-24T12:00:00+02:00", "2026-10-31T12:00:00+01:00");
    assert_moved(week, "Europe/Berlin", "2026-03-26T12:00:00+01:00", "2026-04-02T12:00:00+02:00");
    Offset none = {OFFSET_NONE, 0};
    assert_moved(none, "Asia/Tokyo", "2026-11-17T15:20:00Z", "2026-11-17T15:20:00Z");
}

/* V11: the 31st becomes the last day of a shorter month, and the year turns. */
static void test_months(void **state) {
    (void)state;
    assert_moved((Offset){OFFSET_MONTHS, 1}, "Asia/Tokyo", "2027-01-31T10:00:00+09:00",
                 "2027-02-28T10:00:00+09:00");
    assert_moved((Offset){OFFSET_MONTHS, 3}, "Asia/Tokyo", "2026-11-30T23:30:00+09:00",
                 "2027-02-28T23:30:00+09:00");
    assert_moved((Offset){OFFSET_MONTHS, 12}, "Asia/Tokyo", "2026-11-17T00:10:00+09:00",
                 "2027-11-17T00:10:00+09:00");
}

static void test_backwards(void **state) {
    (void)state;
    Str berlin = STR("Europe/Berlin");
    int64_t due = at("2026-10-31T12:00:00+01:00");
    assert_int_equal(offset_apply((Offset){OFFSET_DAYS, 7}, berlin, due, -1),
                     at("2026-10-24T12:00:00+02:00"));
    assert_int_equal(
        offset_apply((Offset){OFFSET_MONTHS, 2}, berlin, at("2027-01-31T12:00:00Z"), -1),
        at("2026-11-30T12:00:00Z"));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_hours),
        cmocka_unit_test(test_days),
        cmocka_unit_test(test_months),
        cmocka_unit_test(test_backwards),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
