/*
 * Dates and times of people. Read piece by piece from the left with the separators that belong
 * together, so that 2026-11/21 is refused while 2026年11月21日 and 2026/11/21 are the same day.
 */
#include "loose_time.h"

#include "fold.h"
#include "zone.h"

/* Takes the literal off the front, or leaves everything as it is. */
static bool take(Str *rest, Str literal) {
    if (!str_starts(*rest, literal)) return false;
    *rest = str_part(*rest, literal.size, rest->size);
    return true;
}

static size_t digits_ahead(Str rest) {
    size_t count = 0;
    while (count < rest.size && rest.data[count] >= '0' && rest.data[count] <= '9') count++;
    return count;
}

/* Takes a run of at least `fewest` and at most `most` digits. */
static bool take_number(Str *rest, size_t fewest, size_t most, int *out) {
    size_t count = digits_ahead(*rest);
    int64_t number;
    if (count < fewest || count > most) return false;
    if (!str_to_integer(str_part(*rest, 0, count), &number)) return false;
    *rest = str_part(*rest, count, rest->size);
    *out = (int)number;
    return true;
}

/* Japanese eras in use on documents; the first year of each is 元年. */
static bool take_era_year(Str *rest, int *out) {
    static const struct {
        Str name;
        int before; /* the year before its first */
    } ERAS[] = {{STR_INIT("令和"), 2018}, {STR_INIT("平成"), 1988}, {STR_INIT("昭和"), 1925}};
    for (size_t i = 0; i < sizeof ERAS / sizeof *ERAS; i++) {
        if (!take(rest, ERAS[i].name)) continue;
        int year = 1;
        if (!take(rest, STR("元")) && !take_number(rest, 1, 2, &year)) return false;
        *out = ERAS[i].before + year;
        return true;
    }
    return false;
}

static bool date_exists(Date date) {
    if (date.year < 1 || date.year > 9999 || date.month < 1 || date.month > 12) return false;
    return date.day >= 1 && date.day <= date_month_end(date).day;
}

/* Eight digits and no more: a longer run is a number of something else. */
static bool take_compact_date(Str *rest, Date *out) {
    int number;
    if (digits_ahead(*rest) != 8 || !take_number(rest, 8, 8, &number)) return false;
    *out = (Date){.year = number / 10000, .month = number / 100 % 100, .day = number % 100};
    return date_exists(*out);
}

/* 号 is what people say for 日 in Chinese. Without either, 年 and 月 were cut off from their day.
 */
static bool take_date(Str *rest, Date *out) {
    static const Str AFTER_YEAR[] = {STR_INIT("年"), STR_INIT("-"), STR_INIT("/"), STR_INIT(".")};
    static const Str AFTER_MONTH[] = {STR_INIT("月"), STR_INIT("-"), STR_INIT("/"), STR_INIT(".")};
    if (take_compact_date(rest, out)) return true;
    Date date = {0};
    if (!take_era_year(rest, &date.year) && !take_number(rest, 4, 4, &date.year)) return false;
    size_t form = 0;
    while (form < 4 && !take(rest, AFTER_YEAR[form])) form++;
    if (form == 4 || !take_number(rest, 1, 2, &date.month)) return false;
    if (!take(rest, AFTER_MONTH[form]) || !take_number(rest, 1, 2, &date.day)) return false;
    if (form == 0 && !take(rest, STR("日")) && !take(rest, STR("号"))) return false;
    if (!date_exists(date)) return false;
    *out = date;
    return true;
}

/* ".5" or ".123456": milliseconds, the rest cut off. */
static bool take_fraction(Str *rest, int *milliseconds) {
    if (!take(rest, STR("."))) return true;
    size_t count = digits_ahead(*rest);
    int scale = 100;
    if (count == 0 || count > 9) return false;
    for (size_t i = 0; i < count; i++, scale /= 10) {
        *milliseconds += (rest->data[i] - '0') * scale;
    }
    *rest = str_part(*rest, count, rest->size);
    return true;
}

/* Milliseconds since the day's start; 0 when nothing is left. */
static bool take_time(Str *rest, int64_t *out) {
    int hour, minute = 0, second = 0, milliseconds = 0;
    *rest = str_trim(*rest);
    *out = 0;
    if (str_empty(*rest)) return true;
    if (take(rest, STR("T"))) *rest = str_trim(*rest);
    if (!take_number(rest, 1, 2, &hour)) return false;
    if (take(rest, STR("時")) || take(rest, STR("时")) || take(rest, STR("点"))) {
        if (rest->size && !take_number(rest, 1, 2, &minute)) return false;
        if (rest->size && !take(rest, STR("分"))) return false;
        if (rest->size && (!take_number(rest, 1, 2, &second) || !take(rest, STR("秒")))) {
            return false;
        }
    } else {
        if (!take(rest, STR(":")) || !take_number(rest, 2, 2, &minute)) return false;
        if (take(rest, STR(":")) && !take_number(rest, 2, 2, &second)) return false;
        if (!take_fraction(rest, &milliseconds)) return false;
    }
    *out = hour * CLOCK_HOUR + minute * CLOCK_MINUTE + second * CLOCK_SECOND + milliseconds;
    return hour < 24 && minute < 60 && second < 60 && str_empty(*rest);
}

/*
 * Midnight may follow, since spreadsheets write dates so; any other time says that an instant was
 * meant.
 */
bool loose_date(Arena *arena, Str text, Date *out) {
    Str rest = str_trim(text_usual_width(arena, text));
    Date date;
    int64_t time;
    if (!take_date(&rest, &date) || !take_time(&rest, &time) || time != 0) return false;
    *out = date;
    return true;
}

static bool shows(Str zone, int64_t instant, int64_t local) {
    return instant + zone_offset(zone, instant) == local;
}

/* Near a change of clocks the offset depends on the side; of two tries, the one that shows the
 * local time counts. Neither does within the skipped hour, of which the later one stands behind. */
static int64_t local_to_instant(Str zone, int64_t local) {
    int64_t first = local - zone_offset(zone, local);
    int64_t second = local - zone_offset(zone, first);
    if (shows(zone, second, local)) return second;
    if (shows(zone, first, local)) return first;
    return first > second ? first : second;
}

bool loose_instant(Arena *arena, Str text, Str zone, int64_t *out) {
    Str rest = str_trim(text_usual_width(arena, text));
    Date date;
    int64_t time;
    if (instant_parse(rest, out)) return true;
    if (!take_date(&rest, &date) || !take_time(&rest, &time)) return false;
    *out = local_to_instant(zone, date_to_days(date) * CLOCK_DAY + time);
    return true;
}
