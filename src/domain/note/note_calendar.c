/* All of it is arithmetic on day numbers; only the way to an instant asks the zone. */
#include "note_calendar.h"

enum { WEEK = 7, FRIDAY = 4, MONTHS = 12, YEARS_MOST = 9999 };

NoteCalendar note_calendar(const NoteWriter *writer, int64_t at) {
    return (NoteCalendar){
        .writer = writer, .at = at, .today = date_to_days(zone_date(writer->zone, at))};
}

/* Asked twice, because the first offset is that of another instant on days when clocks change. */
int64_t note_calendar_instant(const NoteCalendar *calendar, int64_t day, int minutes) {
    int64_t local = day * CLOCK_DAY + minutes * CLOCK_MINUTE;
    Str zone = calendar->writer->zone;
    int64_t near = local - zone_offset(zone, local);
    return local - zone_offset(zone, near);
}

static int weekday_of(int64_t day) {
    return date_weekday(date_from_days(day));
}

/* How many days of the writer's week lie before a weekday. */
static int place_in_week(const NoteCalendar *calendar, int weekday) {
    return (weekday - calendar->writer->first_weekday + WEEK) % WEEK;
}

static int64_t week_start(const NoteCalendar *calendar, int64_t week) {
    return calendar->today - place_in_week(calendar, weekday_of(calendar->today)) + week * WEEK;
}

int64_t note_calendar_weekday(const NoteCalendar *calendar, int64_t week, int weekday) {
    return week_start(calendar, week) + place_in_week(calendar, weekday);
}

int64_t note_calendar_coming(const NoteCalendar *calendar, int weekday) {
    int ahead = (weekday - weekday_of(calendar->today) + WEEK) % WEEK;
    return calendar->today + (ahead ? ahead : WEEK);
}

static bool is_past(const NoteCalendar *calendar, int64_t day) {
    return note_calendar_instant(calendar, day, NOTE_WORK_END) <= calendar->at;
}

static bool is_worked(const NoteCalendar *calendar, int64_t day) {
    return holiday_is_working_day(calendar->writer->holidays, day);
}

/* A Friday off is led back to the day before it; in a week without work it stays. */
static int64_t last_worked(const NoteCalendar *calendar, int64_t friday) {
    for (int64_t day = friday; day > friday - FRIDAY && !is_past(calendar, day); day--) {
        if (is_worked(calendar, day)) return day;
    }
    return friday;
}

int64_t note_calendar_week_end(const NoteCalendar *calendar, int64_t week) {
    int64_t friday = note_calendar_weekday(calendar, week, FRIDAY);
    if (!is_past(calendar, friday)) return last_worked(calendar, friday);
    int64_t last = week_start(calendar, week) + WEEK - 1;
    return is_past(calendar, last) ? calendar->today : last;
}

/* The first day of the month that lies so many months from today's. */
static Date month_on(const NoteCalendar *calendar, int64_t months) {
    Date date = date_from_days(calendar->today);
    int64_t month = date.year * (int64_t)MONTHS + date.month - 1 + months;
    return (Date){.year = (int)(month / MONTHS), .month = (int)(month % MONTHS) + 1, .day = 1};
}

int64_t note_calendar_month_end(const NoteCalendar *calendar, int64_t months) {
    return date_to_days(date_month_end(month_on(calendar, months)));
}

int64_t note_calendar_months_on(const NoteCalendar *calendar, int64_t months) {
    Date date = month_on(calendar, months), end = date_month_end(date);
    int day = date_from_days(calendar->today).day;
    date.day = day < end.day ? day : end.day;
    return date_to_days(date);
}

/* A calendar in which nothing is worked on is a mistake of its writer, which must hang nobody. */
int64_t note_calendar_workdays_on(const NoteCalendar *calendar, int64_t days) {
    enum { FUTILE = 60 };
    int64_t day = calendar->today;
    for (int idle = 0; days > 0 && idle < FUTILE; idle++) {
        day++;
        if (!is_worked(calendar, day)) continue;
        days--;
        idle = 0;
    }
    return day;
}

static bool exists(Date date) {
    if (date.year < 1 || date.year > YEARS_MOST || date.month < 1 || date.month > MONTHS) {
        return false;
    }
    return date.day >= 1 && date.day <= date_month_end((Date){date.year, date.month, 1}).day;
}

static Date with_parts(Date date, NoteDate parts) {
    if (parts.month) date.month = (int)parts.month;
    if (parts.year) date.year = (int)parts.year;
    date.day = (int)parts.day;
    if (!parts.day && date.month >= 1 && date.month <= MONTHS) {
        date.day = date_month_end((Date){date.year, date.month, 1}).day;
    }
    return date;
}

/* What is not given is this year and this month, or the next where that has passed. */
bool note_calendar_date(const NoteCalendar *calendar, NoteDate parts, int64_t *day) {
    if (parts.year > YEARS_MOST || parts.month > MONTHS || parts.day > 31) return false;
    Date date = with_parts(date_from_days(calendar->today), parts);
    bool ahead = exists(date) && date_to_days(date) >= calendar->today;
    if (!ahead && !parts.year && parts.month) date.year++;
    if (!ahead && !parts.year && !parts.month) {
        date = month_on(calendar, 1);
        date.day = (int)parts.day;
    }
    if (!exists(date)) return false;
    *day = date_to_days(date);
    return true;
}
