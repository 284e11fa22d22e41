#include "zone.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static Arena *arena;

static int set_up(void **state) {
    (void)state;
    arena = arena_new();
    return 0;
}

static int tear_down(void **state) {
    (void)state;
    arena_free(arena);
    return 0;
}

static int64_t at(const char *text) {
    int64_t instant = 0;
    assert_true(instant_parse(str_of(text), &instant));
    return instant;
}

static Date day(const char *text) {
    Date date = {0};
    assert_true(date_parse(str_of(text), &date));
    return date;
}

static void assert_start(const char *zone, const char *date, const char *expected) {
    int64_t start = zone_day_start(str_of(zone), day(date));
    assert_string_equal(str_terminated(arena, instant_text(arena, start)), expected);
    assert_int_equal(date_to_days(zone_date(str_of(zone), start)), date_to_days(day(date)));
    assert_true(date_to_days(zone_date(str_of(zone), start - 1)) < date_to_days(day(date)));
}

static void zones_are_known_or_not(void **state) {
    (void)state;
    assert_true(zone_known(STR("Asia/Tokyo")));
    assert_true(zone_known(STR("UTC")));
    assert_true(zone_known(STR("America/Argentina/Buenos_Aires")));
    assert_false(zone_known(STR("")));
    assert_false(zone_known(STR("Asia/Tokio")));
    assert_false(zone_known(STR("Etc/Unknown")));
    assert_false(zone_known(STR("東京")));
    assert_false(zone_known(STR("Asia/Tokyo\0x")));
    assert_false(
        zone_known(STR("a/very/long/name/that/no/zone/has/and/none/will/ever/have/in/any/world")));
}

static void assert_offset(const char *zone, const char *instant, int64_t minutes) {
    assert_int_equal(zone_offset(str_of(zone), at(instant)), minutes * CLOCK_MINUTE);
}

static void an_offset_is_that_of_the_zone_and_the_time_of_year(void **state) {
    (void)state;
    assert_offset("Asia/Tokyo", "2026-11-21T08:30:00Z", 9 * 60);
    assert_offset("Asia/Kolkata", "2026-11-21T20:00:00Z", 5 * 60 + 30);
    assert_offset("America/New_York", "2026-07-01T00:00:00Z", -4 * 60);
    assert_offset("America/New_York", "2026-12-01T00:00:00Z", -5 * 60);
    assert_offset("America/St_Johns", "2026-12-01T00:00:00Z", -3 * 60 - 30);
    assert_offset("No/Where", "2026-12-01T00:00:00Z", 0);
}

static void the_day_is_that_of_the_place(void **state) {
    (void)state;
    assert_int_equal(zone_date(STR("Asia/Tokyo"), at("2026-11-20T15:00:00Z")).day, 21);
    assert_int_equal(zone_date(STR("Asia/Tokyo"), at("2026-11-20T14:59:59.999Z")).day, 20);
    assert_int_equal(zone_date(STR("America/Los_Angeles"), at("2026-11-21T07:59:59Z")).day, 20);
    assert_int_equal(zone_date(STR("UTC"), at("1969-12-31T23:59:59Z")).year, 1969);
    assert_int_equal(zone_date(STR("nowhere"), at("2026-11-21T00:00:00Z")).day, 21);
}

static void days_begin_when_the_clock_says_so(void **state) {
    (void)state;
    assert_start("Asia/Tokyo", "2026-11-21", "2026-11-20T15:00:00.000Z");
    assert_start("UTC", "2026-11-21", "2026-11-21T00:00:00.000Z");
    assert_start("America/New_York", "2026-03-08", "2026-03-08T05:00:00.000Z");
    assert_start("America/New_York", "2026-03-09", "2026-03-09T04:00:00.000Z");
    assert_start("America/New_York", "2026-11-01", "2026-11-01T04:00:00.000Z");
    assert_start("America/New_York", "2026-11-02", "2026-11-02T05:00:00.000Z");
    /* No midnight: clocks went forward at 00:00. */
    assert_start("America/Sao_Paulo", "2018-11-04", "2018-11-04T03:00:00.000Z");
    /* Midnight twice: the first counts. */
    assert_start("America/Havana", "2026-11-01", "2026-11-01T04:00:00.000Z");
}

static void a_skipped_day_begins_with_the_next(void **state) {
    (void)state;
    int64_t start = zone_day_start(STR("Pacific/Apia"), day("2011-12-30"));
    assert_int_equal(start, zone_day_start(STR("Pacific/Apia"), day("2011-12-31")));
    assert_int_equal(start, at("2011-12-30T10:00:00Z"));
}

/* What is remembered for one zone or season never answers for another. */
static void many_zones_and_instants_do_not_mix(void **state) {
    (void)state;
    static const char *const zones[] = {
        "Asia/Tokyo",        "Asia/Shanghai", "Europe/Berlin", "America/New_York", "UTC",
        "America/Sao_Paulo", "Asia/Kolkata",  "Africa/Cairo",  "Asia/Tehran",      "Europe/London"};
    static const int winter[] = {540, 480, 60, -300, 0, -180, 330, 120, 210, 0};
    static const int summer[] = {540, 480, 120, -240, 0, -180, 330, 120, 210, 60};
    for (int round = 0; round < 50; round++) {
        for (size_t i = 0; i < 10; i++) {
            Str zone = str_of(zones[i]);
            int64_t january = at("2026-01-15T12:00:00Z") + round, july = at("2026-07-15T12:00:00Z");
            assert_int_equal(zone_offset(zone, january), winter[i] * CLOCK_MINUTE);
            if (i != 7) assert_int_equal(zone_offset(zone, july), summer[i] * CLOCK_MINUTE);
        }
    }
}

static void extreme_instants_do_no_harm(void **state) {
    (void)state;
    assert_int_equal(zone_offset(STR("Asia/Tokyo"), INT64_MAX / 2), 0);
    assert_int_equal(zone_offset(STR("Asia/Tokyo"), INT64_MIN / 2), 0);
    assert_int_equal(zone_date(STR("Asia/Tokyo"), at("9999-12-31T14:59:59Z")).year, 9999);
    assert_int_equal(zone_date(STR("Asia/Tokyo"), at("0001-01-02T00:00:00Z")).year, 1);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(zones_are_known_or_not),
        cmocka_unit_test(an_offset_is_that_of_the_zone_and_the_time_of_year),
        cmocka_unit_test(the_day_is_that_of_the_place),
        cmocka_unit_test(days_begin_when_the_clock_says_so),
        cmocka_unit_test(a_skipped_day_begins_with_the_next),
        cmocka_unit_test(many_zones_and_instants_do_not_mix),
        cmocka_unit_test(extreme_instants_do_no_harm),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
