/* The hour, or the part of the day by whose end something is due. */
#include "note_phrase.h"

enum { HOURS_OF_DAY = 24, NOON_HOUR = 12, HOUR = 60 };

static bool set_time(NotePhrase *phrase, int64_t hours, int64_t minutes) {
    if (hours > HOURS_OF_DAY || minutes >= HOUR) return false;
    int64_t whole = hours * HOUR + minutes;
    phrase->minutes = whole < NOTE_DAY_END ? (int)whole : NOTE_DAY_END;
    phrase->has_minutes = true;
    return true;
}

/* A part of the day by its word, and the minute of the day that it is over at. */
typedef struct Part {
    NoteTime word;
    int minutes;
} Part;

/* 午前中, noon, this evening: by its end. */
static bool take_part(NotePhrase *phrase) {
    static const Part PARTS[] = {
        {NOTE_TIME_AM, NOTE_MORNING},      {NOTE_TIME_MORNING, NOTE_MORNING},
        {NOTE_TIME_NOON, NOTE_MORNING},    {NOTE_TIME_PM, NOTE_WORK_END},
        {NOTE_TIME_EVENING, NOTE_EVENING},
    };
    for (size_t i = 0; i < sizeof PARTS / sizeof *PARTS; i++) {
        if (!note_phrase_word(phrase, PARTS[i].word)) continue;
        phrase->minutes = PARTS[i].minutes;
        phrase->has_minutes = true;
        return true;
    }
    return false;
}

/* Minutes behind the hour: 15:30, 3点半, 3点30; none of them is the full hour. */
static bool take_minutes(NotePhrase *phrase, int64_t *minutes) {
    enum { HALF_HOUR = 30 };
    const NoteToken *token = phrase->at < phrase->end ? &phrase->tokens->at[phrase->at] : NULL;
    *minutes = 0;
    if (token && token->kind == NOTE_TOKEN_COLON) {
        phrase->at++;
        return note_phrase_number(phrase, minutes);
    }
    if (!note_phrase_word(phrase, NOTE_TIME_CLOCK)) return false;
    if (note_phrase_word(phrase, NOTE_TIME_HALF)) *minutes = HALF_HOUR;
    return true;
}

/* 下午3点, 5pm, 15時, 15:30. */
static bool take_hour(NotePhrase *phrase) {
    int64_t hours, minutes = 0;
    bool later =
        note_phrase_word(phrase, NOTE_TIME_PM) || note_phrase_word(phrase, NOTE_TIME_EVENING);
    if (!later && !note_phrase_word(phrase, NOTE_TIME_AM)) {
        if (!note_phrase_word(phrase, NOTE_TIME_MORNING)) note_phrase_word(phrase, NOTE_TIME_NOON);
    }
    if (!note_phrase_number(phrase, &hours)) return false;
    bool clock = take_minutes(phrase, &minutes);
    bool behind = note_phrase_word(phrase, NOTE_TIME_PM);
    if (!clock && !behind && !note_phrase_word(phrase, NOTE_TIME_AM)) return false;
    if ((later || behind || phrase->late) && hours < NOON_HOUR) hours += NOON_HOUR;
    return set_time(phrase, hours, minutes);
}

/* EOD, 下班前: the end of work is when anything is due that has no time. */
static bool take_work_end(NotePhrase *phrase) {
    if (!note_phrase_word(phrase, NOTE_TIME_WORK_END)) return false;
    phrase->bounded = true;
    return true;
}

bool note_phrase_clock(NotePhrase *phrase) {
    NotePhrase before = *phrase;
    if (take_work_end(phrase)) return true;
    if (take_hour(phrase)) return true;
    *phrase = before;
    return take_part(phrase);
}
