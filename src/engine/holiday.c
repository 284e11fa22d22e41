/*
 * A calendar is worked out in three steps, in the order of the laws: the days that are named; those
 * given instead of what falls on a weekend, and between two holidays; and at last the company's
 * own, which override both. What is kept is a plain list of days, so that asking costs a search.
 */
#include "holiday.h"

#include "definition_parts.h"
#include "holiday_rule.h"
#include "zone.h"

enum { WEEK = 7, SATURDAY = 5, SUNDAY = 6, RULES_MOST = 60, RUN_MOST = 14, SHIFT_MOST = 60 };

/* What is given for a holiday that falls on a day off. */
typedef enum Substitute {
    SUBSTITUTE_NONE,
    SUBSTITUTE_SUNDAY_NEXT,  /* of a Sunday the next day that is no holiday: Japan */
    SUBSTITUTE_WEEKEND_NEXT, /* of a weekend the next day that is worked on: United Kingdom */
    SUBSTITUTE_NEAREST,      /* of a Saturday the Friday, of a Sunday the Monday: United States */
} Substitute;
static const char *const SUBSTITUTES[] = {"none", "sunday_next", "weekend_next", "nearest", NULL};

/* Room for all is made beforehand. */
typedef struct Days {
    int64_t *at;
    size_t count;
} Days;

/* One rule as the file has it. */
typedef struct Named {
    HolidayRule rule;
    int64_t from, until; /* years */
    int64_t length;      /* days running */
    Days instead;        /* what counts in those years, where the rule names another day */
} Named;

typedef struct Reader {
    Arena *arena;
    const Named *named;
    size_t named_count;
    Substitute substitute;
    bool bridge;         /* a day between two holidays is one */
    Days added, working; /* the company's own */
} Reader;

/* ---- Working it out ---- */

static int compare_days(const void *a, const void *b) {
    int64_t one = *(const int64_t *)a, other = *(const int64_t *)b;
    return one < other ? -1 : one > other;
}

static bool holds(const Days *days, int64_t day) {
    for (size_t i = 0; i < days->count; i++) {
        if (days->at[i] == day) return true;
    }
    return false;
}

static void add(Days *days, int64_t day) {
    days->at[days->count++] = day;
}

static int64_t take_instead(const Named *named, int year, int64_t day) {
    for (size_t i = 0; i < named->instead.count; i++) {
        int64_t other = named->instead.at[i];
        if (date_from_days(other).year == year) return other + named->rule.shift;
    }
    return day;
}

static void add_named(const Named *named, int year, Days *days) {
    int64_t day;
    if (year < named->from || year > named->until) return;
    if (!holiday_rule_day(&named->rule, year, &day)) return;
    day = take_instead(named, year, day);
    for (int64_t i = 0; i < named->length; i++) add(days, day + i);
}

static int weekday_of(int64_t day) {
    return date_weekday(date_from_days(day));
}

static void add_next(const HolidayCalendar *calendar, const Days *legal, Days *given, int64_t day,
                     bool past_weekends) {
    do {
        day++;
    } while (holds(legal, day) || holds(given, day) ||
             (past_weekends && calendar->weekend[weekday_of(day)]));
    add(given, day);
}

/* `legal` ascends, so that of two neighbours the earlier takes the earlier day. */
static void add_substitutes(const Reader *reader, const HolidayCalendar *calendar,
                            const Days *legal, Days *given) {
    for (size_t i = 0; i < legal->count; i++) {
        int64_t day = legal->at[i];
        int weekday = weekday_of(day);
        bool sunday = weekday == SUNDAY, off = calendar->weekend[weekday];
        if (reader->substitute == SUBSTITUTE_SUNDAY_NEXT && sunday) {
            add_next(calendar, legal, given, day, false);
        } else if (reader->substitute == SUBSTITUTE_WEEKEND_NEXT && off) {
            add_next(calendar, legal, given, day, true);
        } else if (reader->substitute == SUBSTITUTE_NEAREST && (sunday || weekday == SATURDAY)) {
            add(given, sunday ? day + 1 : day - 1);
        }
        if (reader->bridge && holds(legal, day + 2) && !holds(legal, day + 1)) add(given, day + 1);
    }
}

/* Ascending and each once; what the company works on is no holiday. */
static void keep(const Reader *reader, const Days *all, HolidayCalendar *calendar) {
    Holiday *days = ARENA_ARRAY(reader->arena, all->count, Holiday);
    qsort(all->at, all->count, sizeof *all->at, compare_days);
    for (size_t i = 0; i < all->count; i++) {
        int64_t day = all->at[i];
        if (calendar->count && days[calendar->count - 1].day == day) continue;
        days[calendar->count++] = (Holiday){.day = day, .worked = holds(&reader->working, day)};
    }
    calendar->days = days;
}

static Days room_for(const Reader *reader, size_t count) {
    return (Days){.at = ARENA_ARRAY(reader->arena, count + 1, int64_t)};
}

/* A year more at both ends, because the first of January may be given in December. */
static void work_out(const Reader *reader, HolidayCalendar *calendar) {
    enum { YEARS = HOLIDAY_YEAR_LAST - HOLIDAY_YEAR_FIRST + 3 };
    size_t most = 0;
    for (size_t i = 0; i < reader->named_count; i++) {
        most += YEARS * (size_t)reader->named[i].length;
    }
    Days legal = room_for(reader, most), given = room_for(reader, 2 * most);
    for (int year = HOLIDAY_YEAR_FIRST - 1; year <= HOLIDAY_YEAR_LAST + 1; year++) {
        for (size_t i = 0; i < reader->named_count; i++) {
            add_named(&reader->named[i], year, &legal);
        }
    }
    qsort(legal.at, legal.count, sizeof *legal.at, compare_days);
    add_substitutes(reader, calendar, &legal, &given);
    Days all =
        room_for(reader, legal.count + given.count + reader->added.count + reader->working.count);
    const Days *parts[] = {&legal, &given, &reader->added, &reader->working};
    for (size_t part = 0; part < sizeof parts / sizeof *parts; part++) {
        for (size_t i = 0; i < parts[part]->count; i++) add(&all, parts[part]->at[i]);
    }
    keep(reader, &all, calendar);
}

/* ---- Reading a file ---- */

static const char *const WEEKDAYS[] = {"monday", "tuesday",  "wednesday", "thursday",
                                       "friday", "saturday", "sunday",    NULL};
static const char *const TERMS[] = {[HOLIDAY_SPRING_EQUINOX] = "spring_equinox",
                                    [HOLIDAY_QINGMING] = "qingming",
                                    [HOLIDAY_AUTUMN_EQUINOX] = "autumn_equinox",
                                    NULL};

/* The place of a word in a NULL-ended list; the first where it is reported. */
static int find_word(const Place *place, const char *const *words, Str word) {
    for (int i = 0; words[i]; i++) {
        if (str_is(word, words[i])) return i;
    }
    place_error(place, "definition_word", word);
    return 0;
}

static Days read_days(Arena *arena, const Place *above, const char *member) {
    size_t count;
    const Str *texts = place_texts(above, member, &count);
    Days days = {.at = ARENA_ARRAY(arena, count + 1, int64_t)};
    for (size_t i = 0; i < count; i++) {
        Date date;
        if (date_parse(texts[i], &date)) {
            add(&days, date_to_days(date));
        } else {
            Place list = place_member(above, member), item = place_item(&list, i);
            place_error(&item, "not_date", texts[i]);
        }
    }
    return days;
}

static bool has(const Place *item, const char *member) {
    Place place = place_member(item, member);
    return !place_absent(&place);
}

static int read_number(const Place *item, const char *member, int64_t least, int64_t most) {
    return (int)place_integer(item, member, (PlaceBounds){least, most, least});
}

static HolidayRule read_month(const Place *item) {
    HolidayRule rule = {.month = read_number(item, "month", 1, 12)};
    if (!has(item, "weekday")) {
        rule.day = read_number(item, "day", 1, 31);
        return rule;
    }
    rule.kind = HOLIDAY_WEEKDAY;
    rule.weekday = find_word(item, WEEKDAYS, place_text(item, "weekday"));
    rule.which = read_number(item, "which", -1, 5);
    if (!rule.which) rule.which = 1;
    return rule;
}

/* Exactly one of the forms is given. */
static HolidayRule read_rule(const Place *item) {
    int forms =
        has(item, "month") + has(item, "lunar_month") + has(item, "sun") + has(item, "easter");
    if (forms != 1) place_error(item, "definition_holiday_form");
    if (has(item, "month")) return read_month(item);
    if (has(item, "lunar_month")) {
        return (HolidayRule){.kind = HOLIDAY_LUNAR,
                             .month = read_number(item, "lunar_month", 1, 12),
                             .day = read_number(item, "lunar_day", 1, 30)};
    }
    if (has(item, "easter")) {
        static const PlaceBounds BOUNDS = {-100, 100, 0};
        return (HolidayRule){.kind = HOLIDAY_EASTER,
                             .shift = (int)place_integer(item, "easter", BOUNDS)};
    }
    Str term = place_text(item, "sun");
    return (HolidayRule){.kind = HOLIDAY_SUN, .term = (HolidayTerm)find_word(item, TERMS, term)};
}

static const char *const NAMED_MEMBERS[] = {"labels",      "month",     "day",   "weekday", "which",
                                            "lunar_month", "lunar_day", "sun",   "easter",  "shift",
                                            "days",        "from",      "until", "instead", NULL};

static void read_named(Arena *arena, const Place *item, Named *named) {
    static const PlaceBounds SHIFT = {-SHIFT_MOST, SHIFT_MOST, 0}, RUN = {1, RUN_MOST, 1},
                             FROM = {1, 9999, 1}, UNTIL = {1, 9999, 9999};
    if (!place_is_object(item, NAMED_MEMBERS)) return;
    (void)part_label_needed(item, "labels"); /* says to people which day it is */
    named->rule = read_rule(item);
    named->rule.shift += (int)place_integer(item, "shift", SHIFT);
    named->length = place_integer(item, "days", RUN);
    named->from = place_integer(item, "from", FROM);
    named->until = place_integer(item, "until", UNTIL);
    named->instead = read_days(arena, item, "instead");
}

static const Named *read_all_named(Arena *arena, const Place *file, size_t *count) {
    Place list = place_member(file, "days");
    *count = place_count(&list);
    if (*count > RULES_MOST) *count = RULES_MOST;
    Named *named = ARENA_ARRAY(arena, *count, Named);
    for (size_t i = 0; i < *count; i++) {
        Place item = place_item(&list, i);
        read_named(arena, &item, &named[i]);
    }
    return named;
}

static void read_weekend(const Place *file, HolidayCalendar *calendar) {
    size_t count;
    const Str *days = place_texts(file, "weekend", &count);
    for (size_t i = 0; i < count; i++) calendar->weekend[find_word(file, WEEKDAYS, days[i])] = true;
    if (count >= WEEK) place_error(file, "definition_holiday_weekend");
}

static const char *const CALENDAR_MEMBERS[] = {"holidays",   "labels", "source", "weekend", "days",
                                               "substitute", "bridge", "added",  "working", NULL};

static void read_calendar(Arena *arena, const Place *file, HolidayCalendar *calendar) {
    if (!place_is_object(file, CALENDAR_MEMBERS)) return;
    calendar->name = part_name(file, "holidays");
    (void)part_label_needed(file, "labels");
    (void)part_text_needed(file, "source"); /* the law, for whoever checks the file */
    calendar->zones = zones_of_country(arena, calendar->name, &calendar->zone_count);
    if (!calendar->zone_count) place_error(file, "definition_holiday_country", calendar->name);
    read_weekend(file, calendar);
    Reader reader = {.arena = arena, .bridge = place_flag(file, "bridge")};
    Str substitute = part_text(file, "substitute");
    if (!str_empty(substitute)) {
        reader.substitute = (Substitute)find_word(file, SUBSTITUTES, substitute);
    }
    reader.named = read_all_named(arena, file, &reader.named_count);
    reader.added = read_days(arena, file, "added");
    reader.working = read_days(arena, file, "working");
    if (!file->problem->count) work_out(&reader, calendar);
}

Status holidays_load(Arena *arena, const ModelSource *sources, size_t count, Problem *problem,
                     HolidayCalendars *out) {
    HolidayCalendar *calendars = ARENA_ARRAY(arena, count, HolidayCalendar);
    HolidayCalendars loaded = {.items = calendars};
    DefinitionFiles files CLEANUP(definition_files_close) =
        definition_files(arena, sources, count, problem);
    while (definition_files_next(&files)) {
        read_calendar(arena, &files.place, &calendars[loaded.count++]);
    }
    if (definition_files_status(&files) != STATUS_OK) return STATUS_INVALID;
    *out = loaded;
    return STATUS_OK;
}

/* ---- Asking ---- */

const HolidayCalendar *holidays_of_zone(const HolidayCalendars *calendars, Str zone) {
    for (size_t i = 0; calendars && i < calendars->count; i++) {
        const HolidayCalendar *calendar = &calendars->items[i];
        for (size_t j = 0; j < calendar->zone_count; j++) {
            if (str_equal(calendar->zones[j], zone)) return calendar;
        }
    }
    return NULL;
}

static int compare_holidays(const void *a, const void *b) {
    int64_t one = ((const Holiday *)a)->day, other = ((const Holiday *)b)->day;
    return one < other ? -1 : one > other;
}

bool holiday_is_working_day(const HolidayCalendar *calendar, int64_t day) {
    int weekday = weekday_of(day);
    if (!calendar) return weekday < SATURDAY;
    Holiday key = {.day = day};
    const Holiday *found = calendar->count ? bsearch(&key, calendar->days, calendar->count,
                                                     sizeof key, compare_holidays)
                                           : NULL;
    return found ? found->worked : !calendar->weekend[weekday];
}
