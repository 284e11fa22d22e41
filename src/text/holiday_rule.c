/*
 * Dates of the Chinese calendar come from ICU. Terms of the sun are those of the usual linear
 * formula, which gives the announced days of 1980–2099; Easter is that of the Gregorian calendar
 * after the anonymous algorithm of 1876 (Meeus, Astronomical Algorithms, chapter 8).
 */
#include "holiday_rule.h"

#include <math.h>
#include <unicode/ucal.h>

enum { WEEK = 7 };

/* ---- By the month ---- */

static bool by_date(const HolidayRule *rule, int year, int64_t *out) {
    Date first = {year, rule->month, 1};
    if (rule->day > date_month_end(first).day) return false;
    *out = date_to_days((Date){year, rule->month, rule->day});
    return true;
}

static bool by_weekday(const HolidayRule *rule, int year, int64_t *out) {
    Date first = {year, rule->month, 1}, last = date_month_end(first);
    int64_t begin = date_to_days(first), end = date_to_days(last);
    if (rule->which < 0) {
        *out = end - (date_weekday(last) - rule->weekday + WEEK) % WEEK + WEEK * (rule->which + 1);
    } else {
        *out =
            begin + (rule->weekday - date_weekday(first) + WEEK) % WEEK + WEEK * (rule->which - 1);
    }
    return *out >= begin && *out <= end;
}

/* ---- By the moon ---- */

/* Counted in UTC, so that an instant's day is the day meant, in whichever zone this runs. */
static bool by_moon(const HolidayRule *rule, int year, int64_t *out) {
    enum { CHINESE_EPOCH = 2637 /* before the Gregorian year that the Chinese year begins in */ };
    static const UChar UTC[] = {'E', 't', 'c', '/', 'G', 'M', 'T', 0};
    UErrorCode error = U_ZERO_ERROR;
    UCalendar *calendar = ucal_open(UTC, -1, "zh@calendar=chinese", UCAL_DEFAULT, &error);
    if (U_FAILURE(error)) return false;
    ucal_clear(calendar);
    ucal_set(calendar, UCAL_EXTENDED_YEAR, year + CHINESE_EPOCH);
    ucal_set(calendar, UCAL_MONTH, rule->month - 1);
    ucal_set(calendar, UCAL_IS_LEAP_MONTH, 0);
    ucal_set(calendar, UCAL_DATE, rule->day);
    double instant = ucal_getMillis(calendar, &error);
    ucal_close(calendar);
    *out = (int64_t)floor(instant / (double)CLOCK_DAY);
    return U_SUCCESS(error);
}

/* ---- By the sun ---- */

static int64_t by_sun(const HolidayRule *rule, int year) {
    enum { EPOCH = 1980, LEAP = 4 };
    static const double YEAR_BEYOND_365 = 0.242194;
    static const struct {
        int month;
        double day; /* of 1980, with the part of it that has passed */
    } TERMS[] = {
        [HOLIDAY_SPRING_EQUINOX] = {3, 20.8431},
        [HOLIDAY_QINGMING] = {4, 4.9661},
        [HOLIDAY_AUTUMN_EQUINOX] = {9, 23.2488},
    };
    int years = year - EPOCH;
    int day = (int)floor(TERMS[rule->term].day + YEAR_BEYOND_365 * years) - years / LEAP;
    return date_to_days((Date){year, TERMS[rule->term].month, day});
}

/* ---- By Easter ---- */

/* The letters are those of the algorithm; what they stand for is told by Meeus. */
static int64_t easter_sunday(int year) {
    int a = year % 19, b = year / 100, c = year % 100;
    int d = b / 4, e = b % 4, f = (b + 8) / 25, g = (b - f + 1) / 3;
    int h = (19 * a + b - d - g + 15) % 30, i = c / 4, k = c % 4;
    int l = (32 + 2 * e + 2 * i - h - k) % 7, m = (a + 11 * h + 22 * l) / 451;
    int n = h + l - 7 * m + 114;
    return date_to_days((Date){year, n / 31, n % 31 + 1});
}

bool holiday_rule_day(const HolidayRule *rule, int year, int64_t *out) {
    bool falls = true;
    switch (rule->kind) {
        case HOLIDAY_DATE: falls = by_date(rule, year, out); break;
        case HOLIDAY_WEEKDAY: falls = by_weekday(rule, year, out); break;
        case HOLIDAY_LUNAR: falls = by_moon(rule, year, out); break;
        case HOLIDAY_SUN: *out = by_sun(rule, year); break;
        case HOLIDAY_EASTER: *out = easter_sunday(year); break;
    }
    if (falls) *out += rule->shift;
    return falls;
}
