/* When deadlines end: hours run on, days are those of the market, working days skip what is none.
 */
#include "deadline.h"

#include "../base/base_fixture.h"
#include "clock.h"

static int64_t at(const char *text) {
    int64_t instant;
    assert_true(instant_parse(str_of(text), &instant));
    return instant;
}

static void assert_ends(const Deadline *deadline, const DeadlineCalendar *calendar,
                        const char *start, const char *end) {
    char text[INSTANT_TEXT_SIZE + 1] = {0};
    instant_write(deadline_end(deadline, calendar, at(start)), text);
    assert_string_equal(text, end);
}

static const DeadlineCalendar TOKYO = {
    .code = STR_INIT("jp"), .zone = STR_INIT("Asia/Tokyo"), .weekend = {[5] = true, [6] = true}};

static void hours_run_through_weekends(void **state) {
    (void)state;
    Deadline day = {.unit = DEADLINE_HOURS, .count = 24}, now = {.unit = DEADLINE_HOURS};
    assert_ends(&day, &TOKYO, "2026-11-20T10:00:00Z", "2026-11-21T10:00:00.000Z");
    assert_ends(&now, NULL, "2026-11-20T10:00:00Z", "2026-11-20T10:00:00.000Z");
}

/* Day 0 is the day in the market, which may be tomorrow already. */
static void days_are_those_of_the_market(void **state) {
    (void)state;
    Deadline fifteen = {.unit = DEADLINE_DAYS, .count = 15};
    assert_ends(&fifteen, &TOKYO, "2026-11-20T14:59:00Z", "2026-12-05T14:59:00.000Z");
    assert_ends(&fifteen, &TOKYO, "2026-11-20T15:00:00Z", "2026-12-06T14:59:00.000Z");
    assert_ends(&fifteen, NULL, "2026-11-20T15:00:00Z", "2026-12-05T23:59:00.000Z");
}

static void days_end_in_the_last_minute_where_clocks_change(void **state) {
    (void)state;
    Deadline one = {.unit = DEADLINE_DAYS, .count = 1};
    DeadlineCalendar brussels = {.zone = STR("Europe/Brussels")};
    assert_ends(&one, &brussels, "2026-10-24T10:00:00Z", "2026-10-25T22:59:00.000Z");
}

static void working_days_skip_weekends_and_holidays(void **state) {
    (void)state;
    int64_t holiday = date_to_days((Date){2026, 11, 23});
    DeadlineCalendar calendar = TOKYO;
    calendar.holidays = &holiday;
    calendar.holiday_count = 1;
    Deadline three = {.unit = DEADLINE_WORKING_DAYS, .count = 3};
    assert_ends(&three, &TOKYO, "2026-11-20T10:00:00Z", "2026-11-25T14:59:00.000Z");
    assert_ends(&three, &calendar, "2026-11-20T10:00:00Z", "2026-11-26T14:59:00.000Z");
}

/* A mistake in the data ends somewhere, and not never. */
static void a_calendar_without_working_days_ends(void **state) {
    (void)state;
    Deadline three = {.unit = DEADLINE_WORKING_DAYS, .count = 3};
    DeadlineCalendar idle = {.zone = STR("UTC"), .weekend = {1, 1, 1, 1, 1, 1, 1}};
    assert_true(deadline_end(&three, &idle, at("2026-11-20T10:00:00Z")) >
                at("2026-11-20T10:00:00Z"));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(hours_run_through_weekends),
        cmocka_unit_test(days_are_those_of_the_market),
        cmocka_unit_test(days_end_in_the_last_minute_where_clocks_change),
        cmocka_unit_test(working_days_skip_weekends_and_holidays),
        cmocka_unit_test(a_calendar_without_working_days_ends),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
