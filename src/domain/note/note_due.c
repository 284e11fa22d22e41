/*
 * A phrase is [by] [time of day] [by] WHAT [(weekday)] [by] [time of day] [by], in the order of any
 * of the three languages.
 */
#include "note_due.h"

#include "note_phrase.h"

/* by, within, 以内, までに: any number of them. Behind a time alone "after" bounds nothing. */
static void take_bounds(NotePhrase *phrase) {
    while (note_phrase_word(phrase, NOTE_TIME_UNTIL) ||
           note_phrase_word(phrase, NOTE_TIME_BEFORE) ||
           note_phrase_word(phrase, NOTE_TIME_WITHIN) ||
           (!phrase->has_minutes && note_phrase_word(phrase, NOTE_TIME_AFTER))) {
        phrase->bounded = true;
    }
}

/* "11/28(金)": the weekday only says again which day it is. */
static void take_weekday_aside(NotePhrase *phrase) {
    size_t at = phrase->at;
    const NoteToken *tokens = phrase->tokens->at;
    if (note_phrase_word(phrase, NOTE_TIME_WEEKDAY)) return;
    bool aside = at + 2 < phrase->end && tokens[at].kind == NOTE_TOKEN_OPEN &&
                 note_token_is_time(&tokens[at + 1], NOTE_TIME_WEEKDAY) &&
                 tokens[at + 2].kind == NOTE_TOKEN_CLOSE;
    if (aside) phrase->at = at + 3;
}

/* A time without a day is today's, or tomorrow's where it has passed; in passing it means nothing.
 */
static void time_alone(NotePhrase *phrase) {
    phrase->day = phrase->calendar->today;
    phrase->passing = true;
    if (!phrase->has_minutes) return;
    if (note_calendar_instant(phrase->calendar, phrase->day, phrase->minutes) <=
        phrase->calendar->at) {
        phrase->day++;
    }
}

static bool read_phrase(NotePhrase *phrase) {
    take_bounds(phrase);
    bool early = note_phrase_clock(phrase);
    if (early) take_bounds(phrase);
    bool what = note_phrase_what(phrase);
    if (!early && !what) return false;
    if (what) take_weekday_aside(phrase);
    if (what) take_bounds(phrase);
    if (what && !early) note_phrase_clock(phrase);
    if (!what) time_alone(phrase);
    take_bounds(phrase);
    return phrase->bounded || !phrase->passing;
}

/* What is due today after work is due before midnight. False for what has passed. */
static bool settle(const NotePhrase *phrase, NoteDue *out) {
    const NoteCalendar *calendar = phrase->calendar;
    out->whole_day = !phrase->has_instant && !phrase->has_minutes;
    out->bounded = phrase->bounded;
    out->running = phrase->running && !phrase->has_minutes;
    if (phrase->has_instant) {
        out->at = phrase->instant;
        return true;
    }
    int minutes = phrase->has_minutes ? phrase->minutes : NOTE_WORK_END;
    out->at = note_calendar_instant(calendar, phrase->day, minutes);
    if (out->at <= calendar->at && out->whole_day) {
        out->at = note_calendar_instant(calendar, phrase->day, NOTE_DAY_END);
    }
    return out->at > calendar->at;
}

static bool may_begin(const NoteToken *token) {
    return token->kind == NOTE_TOKEN_NUMBER ||
           (token->kind == NOTE_TOKEN_TIME && token->what != NOTE_TIME_FILLER);
}

/* "MI response 48h": a length at the very end, which nothing such as "for" ties to a thing. */
static bool is_loose(const NoteTokens *tokens, size_t first, const NotePhrase *phrase) {
    if (!phrase->passing || !phrase->is_short) return false;
    while (first > 0 && tokens->at[first - 1].kind == NOTE_TOKEN_SPACE) first--;
    if (first > 0 && note_token_is_word(&tokens->at[first - 1], NOTE_WORD_PARTICLE)) return false;
    for (size_t i = phrase->at; i < phrase->end; i++) {
        if (note_token_says(&tokens->at[i])) return false;
    }
    return true;
}

/* 来週は, 来月から: a day that something is said of, which begins then, or is so. */
static bool is_topic(const NotePhrase *phrase) {
    enum { WA = 0x306F, KARA = 0x304B };
    if (phrase->at >= phrase->end || phrase->has_minutes) return false;
    const NoteToken *next = &phrase->tokens->at[phrase->at];
    return (note_token_is_word(next, NOTE_WORD_PARTICLE) && next->point == WA) ||
           (note_token_is_word(next, NOTE_WORD_LEAD) && next->point == KARA);
}

/* Reads the phrase at its beginning. False when it says nothing of when something is due. */
static bool read_due(NotePhrase *phrase, NoteDue *out) {
    size_t first = phrase->at;
    if (!may_begin(&phrase->tokens->at[first])) return false;
    bool said = read_phrase(phrase);
    out->loose = !said && is_loose(phrase->tokens, first, phrase);
    if ((!said && !out->loose) || !settle(phrase, out)) return false;
    out->first = first;
    out->end = phrase->at;
    out->running = out->running || is_topic(phrase);
    return true;
}

/* Behind "every", 毎 and 每: the next token that is no part of what comes again and again. */
static size_t skip_repeated(NotePhrase *phrase) {
    note_phrase_word(phrase, NOTE_TIME_EACH);
    size_t at = phrase->at;
    return read_phrase(phrase) && phrase->at > at ? phrase->at : at;
}

bool note_due_find(const NoteTokens *tokens, size_t first, size_t end, const NoteCalendar *calendar,
                   NoteDue *out) {
    bool found = false;
    for (size_t i = first; i < end;) {
        NotePhrase phrase = {.tokens = tokens, .calendar = calendar, .end = end, .at = i};
        NoteDue due = {0};
        if (note_token_is_time(&tokens->at[i], NOTE_TIME_EACH)) {
            i = skip_repeated(&phrase);
            continue;
        }
        if (!read_due(&phrase, &due)) {
            i++;
            continue;
        }
        *out = due;
        found = true;
        if (due.bounded) return true;
        i = phrase.at;
    }
    return found;
}
