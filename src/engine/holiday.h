/*
 * Public holidays: which days are not worked on in a country, as rules that can be computed, and
 * what a company adds to or takes from them. Data in pharma/holidays/. "Within 3 working days" is
 * counted by them (domain/note).
 */
#ifndef ONDO_ENGINE_HOLIDAY_H
#define ONDO_ENGINE_HOLIDAY_H

#include "definition_files.h"

/**
 * The years that rules are worked out for, once, when definitions are loaded. Before and behind
 * them only weekends are known. The first is the first of the product's use, the last lies well
 * inside the years that the rules' formulas hold for (1980–2099).
 */
enum { HOLIDAY_YEAR_FIRST = 2024, HOLIDAY_YEAR_LAST = 2060 };

/** A day that is not worked on, or, `worked`, one that is though it looks like none. */
typedef struct Holiday {
    int64_t day; /* since 1970-01-01 */
    bool worked;
} Holiday;

/** The days of one country. */
typedef struct HolidayCalendar {
    Str name;         /* the country, as in "jp" */
    const Str *zones; /* of the country: whoever lives in one of them goes by this calendar */
    size_t zone_count;
    bool weekend[7];     /* Monday first */
    const Holiday *days; /* ascending, each day once; the company's own word is the last */
    size_t count;
} HolidayCalendar;

/** In the order of their files. */
typedef struct HolidayCalendars {
    const HolidayCalendar *items;
    size_t count;
} HolidayCalendars;

/** Reads pharma/holidays/. STATUS_INVALID with every error. */
MUST_USE Status holidays_load(Arena *arena, const ModelSource *sources, size_t count,
                              Problem *problem, HolidayCalendars *out);

/** The calendar of those who live in a zone; NULL where there is none. */
const HolidayCalendar *holidays_of_zone(const HolidayCalendars *calendars, Str zone);

/** Whether a day (since 1970-01-01) is worked on; without a calendar Monday to Friday are. */
bool holiday_is_working_day(const HolidayCalendar *calendar, int64_t day);

#endif
