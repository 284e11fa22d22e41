/* Days, instants and RFC 3339. */
#include "clock.h"

#include "base_fixture.h"

static bool leap(int year) {
    return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
}

/* Walks through every day of the calendar, counting by hand. */
static void every_day_of_ten_thousand_years_is_counted(void **state) {
    static const int LENGTHS[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    int64_t days = date_to_days((Date){1, 1, 1});
    int weekday = 0; /* 0001-01-01 was a Monday */
    (void)state;
    assert_int_equal(days, -719162);
    for (int year = 1; year <= 9999; year++) {
        for (int month = 1; month <= 12; month++) {
            int length = LENGTHS[month - 1] + (month == 2 && leap(year));
            assert_int_equal(date_month_end((Date){year, month, 3}).day, length);
            for (int day = 1; day <= length; day++, days++, weekday = (weekday + 1) % 7) {
                Date date = date_from_days(days);
                assert_true(date.year == year && date.month == month && date.day == day);
                assert_true(date_to_days(date) == days && date_weekday(date) == weekday);
            }
        }
    }
}

static void far_days_come_back(void **state) {
    (void)state;
    for (int64_t days = -3000000; days < 30000000; days += 9973) {
        assert_true(date_to_days(date_from_days(days)) == days);
    }
    assert_int_equal(date_weekday((Date){1970, 1, 1}), 3);
    assert_int_equal(date_weekday((Date){2026, 11, 21}), 5);
}

static void only_days_that_exist_are_dates(void **state) {
    static const char *const GOOD[] = {"0001-01-01", "2024-02-29", "2000-02-29", "9999-12-31"};
    static const char *const BAD[] = {"",           "0000-01-01", "2026-02-29",  "1900-02-29",
                                      "2026-04-31", "2026-13-01", "2026-00-10",  "2026-01-00",
                                      "2026-1-01",  "2026/01/01", "2026-01-01 ", "+026-01-01",
                                      "2026-0a-01", "２026-01-0", "20260101",    "10000-01-01"};
    (void)state;
    for (size_t i = 0; i < sizeof GOOD / sizeof *GOOD; i++) {
        Date date;
        assert_true(date_parse(str_of(GOOD[i]), &date));
        Arena *arena CLEANUP(arena_drop) = arena_new();
        assert_str(date_text(arena, date), GOOD[i]);
    }
    for (size_t i = 0; i < sizeof BAD / sizeof *BAD; i++) {
        Date date = {7, 7, 7};
        if (date_parse(str_of(BAD[i]), &date)) fail_msg("accepted: %s", BAD[i]);
        assert_int_equal(date.year, 7);
    }
}

static void instants_are_read_as_rfc_3339_has_them(void **state) {
    static const struct {
        const char *text, *utc;
    } CASES[] = {
        {"2026-11-21T08:30:00Z", "2026-11-21T08:30:00.000Z"},
        {"2026-11-21t08:30:00z", "2026-11-21T08:30:00.000Z"},
        {"2026-11-21 08:30:00Z", "2026-11-21T08:30:00.000Z"},
        {"2026-11-21T08:30Z", "2026-11-21T08:30:00.000Z"},
        {"2026-11-21T17:30+09:00", "2026-11-21T08:30:00.000Z"},
        {"2026-11-21T17:30:15.5+09:00", "2026-11-21T08:30:15.500Z"},
        {"2026-11-21T08:30:15.123456789Z", "2026-11-21T08:30:15.123Z"},
        {"2026-11-21T08:30:15.9999Z", "2026-11-21T08:30:15.999Z"},
        {"2026-01-01T00:10:00+05:45", "2025-12-31T18:25:00.000Z"},
        {"2025-12-31T23:10:00-03:30", "2026-01-01T02:40:00.000Z"},
        {"2016-12-31T23:59:60Z", "2016-12-31T23:59:59.000Z"},
        {"1969-12-31T23:59:59.999Z", "1969-12-31T23:59:59.999Z"},
        {"0001-01-01T00:00:00Z", "0001-01-01T00:00:00.000Z"},
        {"9999-12-31T23:59:59.999Z", "9999-12-31T23:59:59.999Z"},
        {"2024-02-29T12:00:00-00:00", "2024-02-29T12:00:00.000Z"},
    };
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        int64_t instant;
        if (!instant_parse(str_of(CASES[i].text), &instant)) fail_msg("%s", CASES[i].text);
        assert_str(instant_text(*state, instant), CASES[i].utc);
    }
}

static void what_is_no_instant_is_refused(void **state) {
    static const char *const BAD[] = {
        "",
        "2026-11-21",
        "2026-11-21T08:30:00",
        "2026-11-21T08Z",
        "2026-11-21T24:00:00Z",
        "2026-11-21T08:60:00Z",
        "2026-11-21T08:30:61Z",
        "2026-11-21T08:30:5Z",
        "2026-11-21T08:30:00.Z",
        "2026-11-21T08:30:00,5Z",
        "2026-11-21T08:30.5Z",
        "2026-11-21T08:30:00+9:00",
        "2026-11-21T08:30:00+0900",
        "2026-11-21T08:30:00+24:00",
        "2026-11-21T08:30:00+09:60",
        "2026-11-21T08:30:00 +09:00",
        "2026-11-21T08:30:00ZZ",
        "2026-02-29T08:30:00Z",
        "2026-11-21_08:30:00Z",
        "2026-11-21T08-30-00Z",
        "2026-11-21T08:30:00.00000000000000000000000Z",
        "0000-01-01T00:00:00Z",
    };
    (void)state;
    for (size_t i = 0; i < sizeof BAD / sizeof *BAD; i++) {
        int64_t instant = 7;
        if (instant_parse(str_of(BAD[i]), &instant)) fail_msg("accepted: %s", BAD[i]);
        assert_int_equal(instant, 7);
    }
}

static void instants_far_away_are_clipped_and_not_broken(void **state) {
    assert_str(str_part(instant_text(*state, INT64_MAX / 2), 0, 4), "9999");
    assert_str(str_part(instant_text(*state, INT64_MIN / 2), 0, 4), "0001");
}

static void the_process_may_live_at_another_time(void **state) {
    Clock clock, kept = {.offset = 5};
    int64_t start;
    (void)state;
    assert_true(instant_parse(STR("2031-05-05T00:00:00Z"), &start));
    assert_true(clock_from(STR("2031-05-05T09:00:00+09:00"), &clock));
    int64_t now = clock_now(&clock);
    assert_true(now >= start && now < start + CLOCK_MINUTE);
    assert_true(clock_from((Str){0}, &clock));
    assert_int_equal(clock.offset, 0);
    assert_false(clock_from(STR("tomorrow"), &kept));
    assert_int_equal(kept.offset, 5);
    int64_t steady = clock_steady();
    assert_true(clock_steady() >= steady);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_day_of_ten_thousand_years_is_counted),
        cmocka_unit_test(far_days_come_back),
        cmocka_unit_test(only_days_that_exist_are_dates),
        ARENA_TEST(instants_are_read_as_rfc_3339_has_them),
        cmocka_unit_test(what_is_no_instant_is_refused),
        ARENA_TEST(instants_far_away_are_clipped_and_not_broken),
        cmocka_unit_test(the_process_may_live_at_another_time),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
