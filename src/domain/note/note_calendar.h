/* Days as people name them, counted from the day on which a note was written. */
#ifndef ONDO_DOMAIN_NOTE_NOTE_CALENDAR_H
#define ONDO_DOMAIN_NOTE_NOTE_CALENDAR_H

#include "note_writer.h"

/** Minutes from midnight; what is due on a day is due at the end of work, as everywhere in Ondo. */
enum {
    NOTE_MORNING = 12 * 60,
    NOTE_WORK_END = 18 * 60,
    NOTE_EVENING = 21 * 60,
    NOTE_DAY_END = 23 * 60 + 59
};

/** Days are numbers, from 1970-01-01 on, in the writer's zone. */
typedef struct NoteCalendar {
    const NoteWriter *writer;
    int64_t at;    /* when the note was written */
    int64_t today; /* that day */
} NoteCalendar;

/** The calendar of a note. */
NoteCalendar note_calendar(const NoteWriter *writer, int64_t at);

/** The instant of a time of day on a day. */
int64_t note_calendar_instant(const NoteCalendar *calendar, int64_t day, int minutes);

/** That weekday (Monday is 0) in this week (0), the next (1) … */
int64_t note_calendar_weekday(const NoteCalendar *calendar, int64_t week, int weekday);
/** The next such weekday after today. */
int64_t note_calendar_coming(const NoteCalendar *calendar, int weekday);
/**
 * The last day of work in that week: Friday, or the day before holidays at its end; where that has
 * passed, or its work has ended, the last day of the week; and at last today.
 */
int64_t note_calendar_week_end(const NoteCalendar *calendar, int64_t week);
/** The last day of this month (0), the next (1) … */
int64_t note_calendar_month_end(const NoteCalendar *calendar, int64_t months);
/** So many months from today, or the last day of a shorter month. */
int64_t note_calendar_months_on(const NoteCalendar *calendar, int64_t months);
/** So many days from today without weekends and the holidays of the writer's country. */
int64_t note_calendar_workdays_on(const NoteCalendar *calendar, int64_t days);

/** A date as it was written: parts that were not given are 0. */
typedef struct NoteDate {
    int64_t year, month, day; /* `day` 0: the last of the month */
} NoteDate;
/** The day meant: without a year or a month the next such date from today on. False for none. */
bool note_calendar_date(const NoteCalendar *calendar, NoteDate date, int64_t *day);

#endif
