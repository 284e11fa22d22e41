/* V3, V4: the holidays that are shipped fall where they were announced, and a company's own count.
 */
#include "holiday.h"

#include "../base/base_fixture.h"
#include "clock.h"
#include "files.h"

#define assert_ok(expression) assert_string_equal(status_name(expression), "ok")

typedef struct Kept {
    Arena *arena;
    Problem problem;
    HolidayCalendars calendars;
} Kept;

static Status load(Kept *kept, const char *name, Str text) {
    ModelSource source = {.name = str_of(name), .text = text};
    kept->arena = arena_new();
    kept->problem = problem_new(kept->arena);
    return holidays_load(kept->arena, &source, 1, &kept->problem, &kept->calendars);
}

static Kept shipped(const char *country) {
    Arena *arena CLEANUP(arena_drop) = arena_new();
    Kept kept;
    Str text;
    Str path = str_format(arena, "%s/pharma/holidays/%s.json", ONDO_SOURCE_DIR, country);
    assert_ok(files_read(arena, path.data, &text));
    assert_ok(load(&kept, "holidays/x.json", text));
    return kept;
}

/* A definition written with ' for ". */
static Kept made(const char *rules) {
    Arena *arena CLEANUP(arena_drop) = arena_new();
    Kept kept;
    Str text = str_format(arena,
                          "{'holidays':'jp','labels':{'en':'a','ja':'a','zh':'a'},"
                          "'source':'x','weekend':['saturday','sunday'],%s}",
                          rules);
    char *quoted = str_terminated(arena, text);
    for (char *c = quoted; *c; c++) *c = *c == '\'' ? '"' : *c;
    Status status = load(&kept, "holidays/x.json", str_of(quoted));
    assert_int_equal(status == STATUS_OK, !kept.problem.count);
    return kept;
}

/* The days off of one year: "01-01 01-12 …". */
static Str days_of(const Kept *kept, int year) {
    const HolidayCalendar *calendar = &kept->calendars.items[0];
    Str out = STR("");
    for (size_t i = 0; i < calendar->count; i++) {
        Date date = date_from_days(calendar->days[i].day);
        if (date.year != year || calendar->days[i].worked) continue;
        out = str_format(kept->arena, "%.*s%s%02d-%02d", STR_ARGS(out), out.size ? " " : "",
                         date.month, date.day);
    }
    return out;
}

typedef struct Year {
    int year;
    const char *days;
} Year;

static void assert_years(const char *country, const Year *years, size_t count) {
    Kept kept = shipped(country);
    for (size_t i = 0; i < count; i++) assert_str(days_of(&kept, years[i].year), years[i].days);
    arena_free(kept.arena);
}
#define ASSERT_YEARS(country, years) assert_years(country, years, sizeof(years) / sizeof *(years))

/* As announced by the Cabinet Office: Sundays are made good, 22 September 2026 lies between two. */
static void japan(void **state) {
    (void)state;
    static const Year YEARS[] = {
        {2024,
         "01-01 01-08 02-11 02-12 02-23 03-20 04-29 05-03 05-04 05-05 05-06 07-15 08-11 "
         "08-12 09-16 09-22 09-23 10-14 11-03 11-04 11-23"},
        {2025,
         "01-01 01-13 02-11 02-23 02-24 03-20 04-29 05-03 05-04 05-05 05-06 07-21 08-11 "
         "09-15 09-23 10-13 11-03 11-23 11-24"},
        {2026,
         "01-01 01-12 02-11 02-23 03-20 04-29 05-03 05-04 05-05 05-06 07-20 08-11 09-21 "
         "09-22 09-23 10-12 11-03 11-23"},
        {2027,
         "01-01 01-11 02-11 02-23 03-21 03-22 04-29 05-03 05-04 05-05 07-19 08-11 09-20 "
         "09-23 10-11 11-03 11-23"},
    };
    ASSERT_YEARS("jp", YEARS);
}

/* The eve of the Spring Festival and 2 May since 2025; the new moon of 6 February 2027 is four
 * minutes before midnight. */
static void china(void **state) {
    (void)state;
    static const Year YEARS[] = {
        {2024, "01-01 02-10 02-11 02-12 04-04 05-01 06-10 09-17 10-01 10-02 10-03"},
        {2025, "01-01 01-28 01-29 01-30 01-31 04-04 05-01 05-02 05-31 10-01 10-02 10-03 10-06"},
        {2026, "01-01 02-16 02-17 02-18 02-19 04-05 05-01 05-02 06-19 09-25 10-01 10-02 10-03"},
        {2027, "01-01 02-05 02-06 02-07 02-08 04-05 05-01 05-02 06-09 09-15 10-01 10-02 10-03"},
    };
    ASSERT_YEARS("cn", YEARS);
}

/* A holiday on a Saturday is kept on the Friday, New Year's Day of 2028 in 2027. */
static void united_states(void **state) {
    (void)state;
    static const Year YEARS[] = {
        {2024, "01-01 01-15 02-19 05-27 06-19 07-04 09-02 10-14 11-11 11-28 12-25"},
        {2026, "01-01 01-19 02-16 05-25 06-19 07-03 07-04 09-07 10-12 11-11 11-26 12-25"},
        {2027,
         "01-01 01-18 02-15 05-31 06-18 06-19 07-04 07-05 09-06 10-11 11-11 11-25 12-24 "
         "12-25 12-31"},
    };
    ASSERT_YEARS("us", YEARS);
}

/* Easter moves; of Christmas on a Saturday both days are made good. */
static void united_kingdom(void **state) {
    (void)state;
    static const Year YEARS[] = {
        {2024, "01-01 03-29 04-01 05-06 05-27 08-26 12-25 12-26"},
        {2025, "01-01 04-18 04-21 05-05 05-26 08-25 12-25 12-26"},
        {2026, "01-01 04-03 04-06 05-04 05-25 08-31 12-25 12-26 12-28"},
        {2027, "01-01 03-26 03-29 05-03 05-31 08-30 12-25 12-26 12-27 12-28"},
    };
    ASSERT_YEARS("gb", YEARS);
}

static void germany_and_france(void **state) {
    (void)state;
    static const Year GERMANY[] = {{2026, "01-01 04-03 04-06 05-01 05-14 05-25 10-03 12-25 12-26"}};
    static const Year FRANCE[] = {
        {2026, "01-01 04-06 05-01 05-08 05-14 05-25 07-14 08-15 11-01 11-11 12-25"}};
    ASSERT_YEARS("de", GERMANY);
    ASSERT_YEARS("fr", FRANCE);
}

static int64_t on(int year, int month, int day) {
    return date_to_days((Date){.year = year, .month = month, .day = day});
}

/* What the company says of a day is the last word. */
static void the_companys_own_days_count(void **state) {
    (void)state;
    Kept kept = made(
        "'days':[{'labels':{'en':'a','ja':'a','zh':'a'},'month':11,'day':23}],"
        "'added':['2026-12-30'],'working':['2026-11-23','2026-11-28']");
    const HolidayCalendar *calendar = &kept.calendars.items[0];
    assert_true(holiday_is_working_day(calendar, on(2026, 11, 23)));
    assert_true(holiday_is_working_day(calendar, on(2026, 11, 28))); /* a Saturday */
    assert_false(holiday_is_working_day(calendar, on(2026, 11, 29)));
    assert_false(holiday_is_working_day(calendar, on(2026, 12, 30)));
    assert_false(holiday_is_working_day(calendar, on(2027, 11, 23)));
    assert_true(holiday_is_working_day(NULL, on(2027, 11, 23)));
    arena_free(kept.arena);
}

static void whoever_lives_in_the_country_goes_by_it(void **state) {
    (void)state;
    Kept kept = shipped("us");
    assert_non_null(holidays_of_zone(&kept.calendars, STR("America/New_York")));
    assert_non_null(holidays_of_zone(&kept.calendars, STR("US/Eastern")));
    assert_null(holidays_of_zone(&kept.calendars, STR("America/Toronto")));
    assert_null(holidays_of_zone(&kept.calendars, STR("UTC")));
    assert_null(holidays_of_zone(NULL, STR("UTC")));
    arena_free(kept.arena);
}

static void assert_mistaken(const char *rules, const char *code) {
    Kept kept = made(rules);
    assert_non_null(kept.problem.first);
    assert_str(kept.problem.first->code, code);
    arena_free(kept.arena);
}

static void mistakes_are_told(void **state) {
    (void)state;
#define NAMES "'labels':{'en':'a','ja':'a','zh':'a'}"
    assert_mistaken("'days':[{" NAMES "}]", "definition_holiday_form");
    assert_mistaken("'days':[{" NAMES ",'easter':1,'sun':'qingming'}]", "definition_holiday_form");
    assert_mistaken("'days':[{" NAMES ",'sun':'noon'}]", "definition_word");
    assert_mistaken("'days':[{" NAMES ",'month':13,'day':1}]", "definition_not_integer");
    assert_mistaken("'days':[],'added':['2026-02-30']", "not_date");
    assert_mistaken("'days':[],'substitute':'often'", "definition_word");
    Kept leap = made("'days':[{" NAMES ",'month':2,'day':29}]");
    assert_str(days_of(&leap, 2027), "");
    assert_str(days_of(&leap, 2028), "02-29");
    arena_free(leap.arena);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(japan),
        cmocka_unit_test(china),
        cmocka_unit_test(united_states),
        cmocka_unit_test(united_kingdom),
        cmocka_unit_test(germany_and_france),
        cmocka_unit_test(the_companys_own_days_count),
        cmocka_unit_test(whoever_lives_in_the_country_goes_by_it),
        cmocka_unit_test(mistakes_are_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
