/* A zone says more of the country than English does; for Japanese and Chinese the language says it.
 */
#include "note_writer.h"

#include <unicode/ucal.h>

/* How people of a locale write dates: whether 3/4 is in March or in April. */
typedef struct Habit {
    const char *locale;
    bool day_first;
} Habit;

static Habit habit_of(Lang lang, Str zone) {
    if (lang == LANG_JA) return (Habit){.locale = "ja_JP"};
    if (lang == LANG_ZH) return (Habit){.locale = "zh_CN"};
    if (str_starts(zone, STR("America/"))) return (Habit){.locale = "en_US"};
    return (Habit){.locale = "en_GB", .day_first = true};
}

/* ICU counts from Sunday, which is 1; where it has no answer the week begins on Monday (ISO 8601).
 */
static int first_weekday(const char *locale) {
    enum { DAYS = 7 };
    UErrorCode error = U_ZERO_ERROR;
    UCalendar *calendar = ucal_open(NULL, 0, locale, UCAL_GREGORIAN, &error);
    if (U_FAILURE(error)) return 0;
    int32_t first = ucal_getAttribute(calendar, UCAL_FIRST_DAY_OF_WEEK);
    ucal_close(calendar);
    return (first - UCAL_MONDAY + DAYS) % DAYS;
}

NoteWriter note_writer(Lang lang, Str zone, const HolidayCalendars *holidays) {
    Habit habit = habit_of(lang, zone);
    return (NoteWriter){.zone = zone,
                        .first_weekday = first_weekday(habit.locale),
                        .day_first = habit.day_first,
                        .holidays = holidays_of_zone(holidays, zone)};
}
