/*
 * What is said of time has a handful of forms, the same for all three languages, since the words
 * are data: each form is tried where the last one left off.
 */
#include "note_phrase.h"

enum { WEEK = 7, HALF_MONTH = 15, MONTHS = 12 };

/* ---- Reading tokens ---- */

/* The next token that is no space or filler; NULL at the end. */
static const NoteToken *peek(NotePhrase *phrase) {
    while (phrase->at < phrase->end) {
        const NoteToken *token = &phrase->tokens->at[phrase->at];
        bool skipped =
            token->kind == NOTE_TOKEN_SPACE || note_token_is_time(token, NOTE_TIME_FILLER);
        if (!skipped) return token;
        phrase->at++;
    }
    return NULL;
}

bool note_phrase_take(NotePhrase *phrase, NoteTime time, int64_t *value) {
    size_t before = phrase->at;
    const NoteToken *token = peek(phrase);
    if (!token || !note_token_is_time(token, time)) {
        phrase->at = before;
        return false;
    }
    if (value) *value = token->value;
    phrase->at++;
    return true;
}

/* A word is taken if the next token follows at once or behind fillers; otherwise nothing moves. */
bool note_phrase_word(NotePhrase *phrase, NoteTime time) {
    return note_phrase_take(phrase, time, NULL);
}

/* 二, 十二, 二十, 二十四; of 两三 the larger. */
static bool take_number_words(NotePhrase *phrase, int64_t *out) {
    enum { TEN = 10, NUMBER_WORDS_MOST = 4 };
    int64_t value = 0, digit;
    bool found = false;
    for (int i = 0; i < NUMBER_WORDS_MOST && note_phrase_take(phrase, NOTE_TIME_NUMBER, &digit);
         i++) {
        if (digit == TEN)
            value = value ? value * TEN : TEN;
        else if (value >= TEN && value % TEN == 0)
            value += digit;
        else
            value = digit;
        found = true;
    }
    *out = value;
    return found;
}

bool note_phrase_number(NotePhrase *phrase, int64_t *out) {
    const NoteToken *token = peek(phrase);
    if (!token) return false;
    if (token->kind != NOTE_TOKEN_NUMBER) return take_number_words(phrase, out);
    if (token->value < 0 || token->value > NOTE_NUMBER_MOST) return false;
    *out = token->value;
    phrase->at++;
    return true;
}

/* ---- Forms ---- */

typedef bool Form(NotePhrase *phrase);

/* Tries a form; the phrase stays where it was when that is not what stands there. */
static bool try_form(NotePhrase *phrase, Form *form) {
    NotePhrase before = *phrase;
    if (form(phrase)) return true;
    *phrase = before;
    return false;
}

/* Today, tomorrow, tonight, the end of tomorrow. */
static bool form_day(NotePhrase *phrase) {
    int64_t days;
    note_phrase_word(phrase, NOTE_TIME_END);
    if (note_phrase_take(phrase, NOTE_TIME_NIGHT, &days)) {
        phrase->minutes = NOTE_EVENING;
        phrase->has_minutes = phrase->late = true;
    } else if (!note_phrase_take(phrase, NOTE_TIME_DAY, &days)) {
        return false;
    }
    phrase->day = phrase->calendar->today + days;
    phrase->running = days == 0 && !phrase->has_minutes;
    return true;
}

static bool take_week(NotePhrase *phrase, int64_t *week) {
    *week = 0;
    if (note_phrase_take(phrase, NOTE_TIME_WEEK, week)) return true;
    if (note_phrase_word(phrase, NOTE_TIME_THIS)) return true;
    if (!note_phrase_word(phrase, NOTE_TIME_NEXT)) return false;
    *week = 1;
    return true;
}

/* That weekday of the week named; one of this week that has passed is meant to come again. */
static int64_t weekday_of_week(const NoteCalendar *calendar, int64_t week, int weekday) {
    int64_t day = note_calendar_weekday(calendar, week, weekday);
    return day < calendar->today ? note_calendar_coming(calendar, weekday) : day;
}

/* In Chinese a figure behind the week is its day: 下周一, 本周日. */
static bool take_weekday_figure(NotePhrase *phrase, int64_t *weekday) {
    enum { SUNDAY = 7 };
    if (note_phrase_take(phrase, NOTE_TIME_NUMBER, weekday)) return *weekday < SUNDAY;
    *weekday = SUNDAY;
    return note_phrase_word(phrase, NOTE_TIME_DATE_DAY) || note_phrase_word(phrase, NOTE_TIME_DAYS);
}

static bool form_weekday_figure(NotePhrase *phrase) {
    int64_t week, weekday;
    if (!note_phrase_take(phrase, NOTE_TIME_WEEK, &week)) return false;
    if (!take_weekday_figure(phrase, &weekday)) return false;
    phrase->day = weekday_of_week(phrase->calendar, week, (int)weekday - 1);
    return true;
}

/* 来週火曜, next Friday, Tuesday next week; a weekday alone is the coming one. */
static bool form_weekday(NotePhrase *phrase) {
    int64_t week, weekday;
    bool named = take_week(phrase, &week);
    if (!note_phrase_take(phrase, NOTE_TIME_WEEKDAY, &weekday)) return false;
    if (!named) named = note_phrase_take(phrase, NOTE_TIME_WEEK, &week);
    int index = (int)weekday - 1;
    phrase->day = named ? weekday_of_week(phrase->calendar, week, index)
                        : note_calendar_coming(phrase->calendar, index);
    return true;
}

/* Early in a week is by its Tuesday, the middle by Wednesday, and the rest by its last day. */
static int64_t part_of_week(const NoteCalendar *calendar, int64_t week, int64_t part) {
    enum { EARLY = 10, MIDDLE = 20, TUESDAY = 1, WEDNESDAY = 2 };
    if (part > MIDDLE) return note_calendar_week_end(calendar, week);
    return note_calendar_weekday(calendar, week, part <= EARLY ? TUESDAY : WEDNESDAY);
}

/* Early next week, 来週前半, 下周初. */
static bool form_week_part(NotePhrase *phrase) {
    int64_t week = 0, part = 0;
    bool first = note_phrase_take(phrase, NOTE_TIME_PART, &part);
    if (!note_phrase_take(phrase, NOTE_TIME_WEEK, &week)) return false;
    if (!first && !note_phrase_take(phrase, NOTE_TIME_PART, &part)) return false;
    phrase->day = part_of_week(phrase->calendar, week, part);
    return true;
}

/* The day of a month that a part of it is over on; never behind its last. */
static int64_t part_of_month(int64_t last, int64_t part) {
    int64_t first = last - date_from_days(last).day + 1;
    return first + part - 1 < last ? first + part - 1 : last;
}

/* Early next month, 来月初旬, 下月初. */
static bool form_months_part(NotePhrase *phrase) {
    int64_t months = 0, part = 0;
    bool first = note_phrase_take(phrase, NOTE_TIME_PART, &part);
    if (!note_phrase_take(phrase, NOTE_TIME_MONTHS, &months)) return false;
    if (!first && !note_phrase_take(phrase, NOTE_TIME_PART, &part)) return false;
    phrase->day = part_of_month(note_calendar_month_end(phrase->calendar, months), part);
    return true;
}

/* 12月上旬, early December, mid-December. */
static bool form_date_part(NotePhrase *phrase) {
    NoteDate date = {0};
    int64_t part = 0, last = 0;
    bool first = note_phrase_take(phrase, NOTE_TIME_PART, &part);
    bool named = note_phrase_take(phrase, NOTE_TIME_MONTH, &date.month);
    if (!named && !(note_phrase_number(phrase, &date.month) && date.month &&
                    note_phrase_word(phrase, NOTE_TIME_DATE_MONTH))) {
        return false;
    }
    if (!first && !note_phrase_take(phrase, NOTE_TIME_PART, &part)) return false;
    if (!note_calendar_date(phrase->calendar, date, &last)) return false;
    phrase->day = part_of_month(last, part);
    return true;
}

/* This week, the end of next week, 周末前. */
static bool form_week(NotePhrase *phrase) {
    int64_t week = 0;
    note_phrase_word(phrase, NOTE_TIME_END);
    bool named = note_phrase_take(phrase, NOTE_TIME_WEEK, &week);
    bool ended = named && note_phrase_word(phrase, NOTE_TIME_END);
    if (!ended && !note_phrase_word(phrase, NOTE_TIME_WEEK_END) && !named) return false;
    phrase->day = note_calendar_week_end(phrase->calendar, week);
    phrase->bounded = phrase->bounded || ended;
    return true;
}

/* This month, 来月10日, the end of next month. */
static bool form_months(NotePhrase *phrase) {
    int64_t months, day;
    note_phrase_word(phrase, NOTE_TIME_END);
    if (!note_phrase_take(phrase, NOTE_TIME_MONTHS, &months)) return false;
    phrase->day = note_calendar_month_end(phrase->calendar, months);
    phrase->running = months == 0;
    size_t before = phrase->at;
    if (note_phrase_number(phrase, &day) && note_phrase_word(phrase, NOTE_TIME_DATE_DAY) &&
        day >= 1) {
        int64_t first = note_calendar_month_end(phrase->calendar, months - 1) + 1;
        if (first + day - 1 > phrase->day) return false;
        phrase->day = first + day - 1;
        phrase->running = false;
        return true;
    }
    phrase->at = before;
    if (!note_phrase_word(phrase, NOTE_TIME_END)) note_phrase_word(phrase, NOTE_TIME_MONTH_END);
    return true;
}

static bool form_year_end(NotePhrase *phrase) {
    enum { DECEMBER = 12 };
    NoteDate date = {0};
    if (!note_phrase_take(phrase, NOTE_TIME_YEAR_END, &date.month)) return false;
    if (!date.month) date.month = DECEMBER;
    phrase->running = true;
    return note_calendar_date(phrase->calendar, date, &phrase->day);
}

/* 11月28日, 2026年11月28日, 11月末; 月末 alone is the end of this month. */
static bool form_date(NotePhrase *phrase) {
    NoteDate date = {0};
    int64_t number;
    if (note_phrase_word(phrase, NOTE_TIME_MONTH_END)) {
        phrase->day = note_calendar_month_end(phrase->calendar, 0);
        return true;
    }
    if (!note_phrase_number(phrase, &number)) return false;
    if (note_phrase_word(phrase, NOTE_TIME_DATE_YEAR)) {
        date.year = number;
        if (!note_phrase_number(phrase, &number)) return false;
    }
    date.month = number;
    if (note_phrase_word(phrase, NOTE_TIME_MONTH_END)) {
        return date.month && note_calendar_date(phrase->calendar, date, &phrase->day);
    }
    if (!note_phrase_word(phrase, NOTE_TIME_DATE_MONTH) || !date.month) return false;
    if (note_phrase_word(phrase, NOTE_TIME_END)) {
        return note_calendar_date(phrase->calendar, date, &phrase->day);
    }
    if (!note_phrase_number(phrase, &date.day) || !date.day) return false;
    note_phrase_word(phrase, NOTE_TIME_DATE_DAY);
    return note_calendar_date(phrase->calendar, date, &phrase->day);
}

/* Nov 28, November 28th, the end of November. */
static bool form_month_first(NotePhrase *phrase) {
    NoteDate date = {0};
    bool ended = note_phrase_word(phrase, NOTE_TIME_END);
    if (!note_phrase_take(phrase, NOTE_TIME_MONTH, &date.month)) return false;
    if (!ended && (!note_phrase_number(phrase, &date.day) || !date.day)) return false;
    note_phrase_word(phrase, NOTE_TIME_ORDINAL);
    return note_calendar_date(phrase->calendar, date, &phrase->day);
}

/* 28 Nov, 28th of November; "28日" and "the 28th" only with a word that bounds them. */
static bool form_day_first(NotePhrase *phrase) {
    NoteDate date = {0};
    if (!note_phrase_number(phrase, &date.day) || !date.day) return false;
    bool marked =
        note_phrase_word(phrase, NOTE_TIME_ORDINAL) || note_phrase_word(phrase, NOTE_TIME_DATE_DAY);
    if (!note_phrase_take(phrase, NOTE_TIME_MONTH, &date.month)) {
        if (!marked) return false;
        phrase->passing = true;
    }
    return note_calendar_date(phrase->calendar, date, &phrase->day);
}

/* The sign between the figures of a date. */
static bool take_date_sign(NotePhrase *phrase) {
    if (phrase->at >= phrase->end) return false;
    const NoteToken *token = &phrase->tokens->at[phrase->at];
    if (token->kind != NOTE_TOKEN_SIGN || (token->point != '/' && token->point != '-'))
        return false;
    phrase->at++;
    return true;
}

/* 11/28, 2026-11-28, 11.28: figures with the same kind of sign between. */
static bool form_figures(NotePhrase *phrase) {
    int64_t parts[3];
    size_t count = 0;
    do {
        const NoteToken *token = phrase->at < phrase->end ? &phrase->tokens->at[phrase->at] : NULL;
        if (!token || token->kind != NOTE_TOKEN_NUMBER || token->value <= 0) return false;
        parts[count++] = token->value;
        phrase->at++;
    } while (count < 3 && take_date_sign(phrase));
    if (count < 2) return false;
    NoteDate date = {.month = parts[0], .day = parts[1]};
    if (count == 3) date = (NoteDate){.year = parts[0], .month = parts[1], .day = parts[2]};
    bool swapped = count == 2 && (phrase->calendar->writer->day_first || date.month > MONTHS);
    if (swapped) date = (NoteDate){.month = parts[1], .day = parts[0]};
    return note_calendar_date(phrase->calendar, date, &phrase->day);
}

/* A unit of time, and the day that so many of them lead to. */
typedef struct Length {
    NoteTime unit;
    int64_t (*day)(const NoteCalendar *calendar, int64_t number);
} Length;

static int64_t days_on(const NoteCalendar *calendar, int64_t number) {
    return calendar->today + number;
}
static int64_t weeks_on(const NoteCalendar *calendar, int64_t number) {
    return calendar->today + WEEK * number;
}

/* 3日以内 and 3日後 are lengths, 3日まで is a date. */
static bool is_length(NotePhrase *phrase) {
    const NoteToken *next = peek(phrase);
    return next && (note_token_is_time(next, NOTE_TIME_WITHIN) ||
                    note_token_is_time(next, NOTE_TIME_AFTER));
}

/* 3天前, "a week before". */
static bool is_past_length(NotePhrase *phrase) {
    const NoteToken *next = peek(phrase);
    return next && note_token_is_time(next, NOTE_TIME_BEFORE);
}

/* 2-3日以内, 24–48 h: a range is over when its longer end is. */
static void take_range(NotePhrase *phrase, int64_t *number) {
    static const uint32_t SIGNS[] = {'-', '~', 0x301C, 0x2013, 0x3001};
    size_t at = phrase->at;
    if (at + 1 >= phrase->end || phrase->tokens->at[at + 1].kind != NOTE_TOKEN_NUMBER) return;
    for (size_t i = 0; i < sizeof SIGNS / sizeof *SIGNS; i++) {
        int64_t more = phrase->tokens->at[at + 1].value;
        if (phrase->tokens->at[at].point != SIGNS[i] || more < 0 || more > NOTE_NUMBER_MOST)
            continue;
        *number = more;
        phrase->at = at + 2;
        return;
    }
}

/* 3天后, within two weeks, 10 営業日以内; a length in passing ("for 12 weeks") is no date. */
static bool form_length(NotePhrase *phrase) {
    static const Length LENGTHS[] = {
        {NOTE_TIME_DAYS, days_on},
        {NOTE_TIME_DATE_DAY, days_on},
        {NOTE_TIME_WEEKS, weeks_on},
        {NOTE_TIME_MONTHS_LONG, note_calendar_months_on},
        {NOTE_TIME_WORKDAYS, note_calendar_workdays_on},
    };
    int64_t number;
    if (!note_phrase_number(phrase, &number)) return false;
    take_range(phrase, &number);
    phrase->passing = true;
    if (note_phrase_word(phrase, NOTE_TIME_HOURS)) {
        if (is_past_length(phrase)) return false;
        phrase->has_instant = phrase->is_short = true;
        phrase->instant = phrase->calendar->at + number * CLOCK_HOUR;
        return true;
    }
    for (size_t i = 0; i < sizeof LENGTHS / sizeof *LENGTHS; i++) {
        int64_t times = 0;
        if (!note_phrase_take(phrase, LENGTHS[i].unit, &times)) continue;
        if (times) number *= times;
        if (LENGTHS[i].unit == NOTE_TIME_DATE_DAY && !is_length(phrase)) return false;
        if (is_past_length(phrase)) return false;
        phrase->day = LENGTHS[i].day(phrase->calendar, number);
        phrase->is_short =
            LENGTHS[i].unit == NOTE_TIME_DAYS || LENGTHS[i].unit == NOTE_TIME_WORKDAYS;
        return true;
    }
    return false;
}

/* Before it is taken for the figures of a date. */
static bool form_range(NotePhrase *phrase) {
    size_t at = phrase->at;
    if (at + 2 >= phrase->end || phrase->tokens->at[at + 2].kind != NOTE_TOKEN_NUMBER) return false;
    return form_length(phrase);
}

static bool form_half_month(NotePhrase *phrase) {
    if (!note_phrase_word(phrase, NOTE_TIME_HALF_MONTH)) return false;
    phrase->day = phrase->calendar->today + HALF_MONTH;
    phrase->passing = true;
    return true;
}

/* Of two forms that fit, the longer one comes first. */
bool note_phrase_what(NotePhrase *phrase) {
    static Form *const FORMS[] = {
        form_weekday, form_weekday_figure, form_day,        form_week_part,
        form_week,    form_months_part,    form_months,     form_date_part,
        form_date,    form_month_first,    form_range,      form_figures,
        form_length,  form_day_first,      form_half_month, form_year_end};
    for (size_t i = 0; i < sizeof FORMS / sizeof *FORMS; i++) {
        if (!try_form(phrase, FORMS[i])) continue;
        phrase->has_day = !phrase->has_instant;
        return true;
    }
    return false;
}
