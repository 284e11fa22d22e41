/*
 * Time without the C library's calendar: localtime and strptime read the process's zone and locale,
 * and mktime knows no proleptic dates. Here everything is arithmetic on days since 1970, the same
 * on every machine and in every thread.
 */
#include "clock.h"

#include <time.h>

static int64_t machine_now(clockid_t which) {
    struct timespec now;
    clock_gettime(which, &now);
    return (int64_t)now.tv_sec * CLOCK_SECOND + now.tv_nsec / 1000000;
}

bool clock_from(Str start, Clock *out) {
    int64_t instant;
    if (str_empty(start)) {
        *out = (Clock){0};
        return true;
    }
    if (!instant_parse(start, &instant)) return false;
    *out = (Clock){.offset = instant - machine_now(CLOCK_REALTIME)};
    return true;
}

int64_t clock_now(const Clock *clock) {
    return machine_now(CLOCK_REALTIME) + clock->offset;
}

int64_t clock_steady(void) {
    return machine_now(CLOCK_MONOTONIC);
}

/* Rounds down, also before 1970, where C's division would round towards zero. */
static int64_t floor_divide(int64_t value, int64_t by) {
    return value / by - (value % by < 0);
}

/* Days and civil dates: eras of 400 years beginning on 1 March, so that leap days come last. */
int64_t date_to_days(Date date) {
    int64_t year = date.year - (date.month <= 2);
    int64_t era = floor_divide(year, 400);
    int64_t year_of_era = year - era * 400;
    int64_t day_of_year = (153 * (date.month + (date.month > 2 ? -3 : 9)) + 2) / 5 + date.day - 1;
    int64_t day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    return era * 146097 + day_of_era - 719468;
}

Date date_from_days(int64_t days) {
    days += 719468;
    int64_t era = floor_divide(days, 146097);
    int64_t day_of_era = days - era * 146097;
    int64_t year_of_era =
        (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
    int64_t day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    int64_t shifted_month = (5 * day_of_year + 2) / 153;
    int month = (int)(shifted_month < 10 ? shifted_month + 3 : shifted_month - 9);
    return (Date){.year = (int)(year_of_era + era * 400) + (month <= 2),
                  .month = month,
                  .day = (int)(day_of_year - (153 * shifted_month + 2) / 5 + 1)};
}

/* The day before the first of the next month; so leap years need no rule of their own. */
Date date_month_end(Date date) {
    Date next = {.year = date.year + (date.month == 12),
                 .month = date.month == 12 ? 1 : date.month + 1,
                 .day = 1};
    return date_from_days(date_to_days(next) - 1);
}

int date_weekday(Date date) {
    int64_t days = date_to_days(date) + 3; /* 1970-01-01 was a Thursday */
    return (int)(days - floor_divide(days, 7) * 7);
}

/* Reads exactly `count` digits at `at`; -1 if there are none such. */
static int digits_at(Str text, size_t at, size_t count) {
    int value = 0;
    if (at + count > text.size) return -1;
    for (size_t i = at; i < at + count; i++) {
        if (text.data[i] < '0' || text.data[i] > '9') return -1;
        value = value * 10 + (text.data[i] - '0');
    }
    return value;
}

/* The day is checked last: the length of a month needs a month that exists. */
bool date_parse(Str text, Date *out) {
    if (text.size != 10 || text.data[4] != '-' || text.data[7] != '-') return false;
    Date date = {.year = digits_at(text, 0, 4),
                 .month = digits_at(text, 5, 2),
                 .day = digits_at(text, 8, 2)};
    if (date.year < 1 || date.month < 1 || date.month > 12 || date.day < 1) return false;
    if (date.day > date_month_end(date).day) return false;
    *out = date;
    return true;
}

static void put_digits(char *at, int value, int count) {
    while (count--) {
        at[count] = (char)('0' + value % 10);
        value /= 10;
    }
}

/* Clipped to four digits, since RFC 3339 has no more; an instant beyond is nobody's real one. */
static void date_write(Date date, char out[static 10]) {
    put_digits(out, date.year < 1 ? 1 : date.year > 9999 ? 9999 : date.year, 4);
    out[4] = out[7] = '-';
    put_digits(out + 5, date.month, 2);
    put_digits(out + 8, date.day, 2);
}

Str date_text(Arena *arena, Date date) {
    char *text = arena_take(arena, 11);
    date_write(date, text);
    text[10] = '\0';
    return (Str){.data = text, .size = 10};
}

/* Reads "Z", "+09:00" or "-03:30" at the end of an instant; minutes east of UTC. */
static bool parse_offset(Str text, int *minutes) {
    if (str_is(text, "Z") || str_is(text, "z")) {
        *minutes = 0;
        return true;
    }
    if (text.size != 6 || (text.data[0] != '+' && text.data[0] != '-') || text.data[3] != ':') {
        return false;
    }
    int hours = digits_at(text, 1, 2), rest = digits_at(text, 4, 2);
    if (hours < 0 || hours > 23 || rest < 0 || rest > 59) return false;
    *minutes = (hours * 60 + rest) * (text.data[0] == '-' ? -1 : 1);
    return true;
}

/* Reads ":ss" and ".fff…" if they are there; moves `*at` behind them. */
static bool parse_seconds(Str text, size_t *at, int64_t *milliseconds) {
    *milliseconds = 0;
    if (*at >= text.size || text.data[*at] != ':') return true;
    int seconds = digits_at(text, *at + 1, 2);
    if (seconds < 0 || seconds > 60) return false;
    *milliseconds = (seconds == 60 ? 59 : seconds) * CLOCK_SECOND;
    *at += 3;
    if (*at >= text.size || text.data[*at] != '.') return true;
    int64_t scale = 100;
    size_t first = ++*at;
    for (; digits_at(text, *at, 1) >= 0; ++*at, scale /= 10) {
        *milliseconds += digits_at(text, *at, 1) * scale;
    }
    return *at > first;
}

/* A space for the T is RFC 3339's own leniency, and what databases print. */
bool instant_parse(Str text, int64_t *out) {
    Date date;
    if (text.size < 17 || text.size > 40 || !date_parse(str_part(text, 0, 10), &date)) return false;
    if ((text.data[10] != 'T' && text.data[10] != 't' && text.data[10] != ' ') ||
        text.data[13] != ':') {
        return false;
    }
    int hours = digits_at(text, 11, 2), minutes = digits_at(text, 14, 2), offset;
    int64_t milliseconds;
    size_t at = 16;
    if (hours < 0 || hours > 23 || minutes < 0 || minutes > 59) return false;
    if (!parse_seconds(text, &at, &milliseconds)) return false;
    if (!parse_offset(str_part(text, at, text.size), &offset)) return false;
    *out = date_to_days(date) * CLOCK_DAY + hours * CLOCK_HOUR +
           (int64_t)(minutes - offset) * CLOCK_MINUTE + milliseconds;
    return true;
}

void instant_write(int64_t instant, char out[static INSTANT_TEXT_SIZE]) {
    int64_t days = floor_divide(instant, CLOCK_DAY);
    int rest = (int)(instant - days * CLOCK_DAY);
    date_write(date_from_days(days), out);
    out[10] = 'T';
    out[13] = out[16] = ':';
    out[19] = '.';
    out[23] = 'Z';
    put_digits(out + 11, rest / 3600000, 2);
    put_digits(out + 14, rest / 60000 % 60, 2);
    put_digits(out + 17, rest / 1000 % 60, 2);
    put_digits(out + 20, rest % 1000, 3);
}

Str instant_text(Arena *arena, int64_t instant) {
    char *text = arena_take(arena, INSTANT_TEXT_SIZE + 1);
    instant_write(instant, text);
    text[INSTANT_TEXT_SIZE] = '\0';
    return (Str){.data = text, .size = INSTANT_TEXT_SIZE};
}
