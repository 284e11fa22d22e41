/* A phrase of time while it is read, token by token, and what it has said so far. */
#ifndef ONDO_DOMAIN_NOTE_NOTE_PHRASE_H
#define ONDO_DOMAIN_NOTE_NOTE_PHRASE_H

#include "note_calendar.h"
#include "note_lex.h"

enum { NOTE_NUMBER_MOST = 9999 /* of what is counted in notes: hours, days, years */ };

/** A time in the making: what the words read so far say of day and hour. */
typedef struct NotePhrase {
    const NoteTokens *tokens;
    const NoteCalendar *calendar;
    size_t end; /* of the clause */
    size_t at;  /* the next token */
    bool has_day, has_minutes, has_instant;
    int64_t day;     /* days since 1970 */
    int minutes;     /* of the day */
    int64_t instant; /* said to the hour, whatever day that is */
    bool late;       /* said of an evening: its hours are those of the afternoon */
    bool bounded;    /* a word such as "by" bounds it */
    bool running;    /* names a day, month or year that has begun */
    bool is_short;   /* a length in hours or days */
    bool passing;    /* means something only when it is bounded */
} NotePhrase;

/**
 * Takes the next token if it is this word of time, stepping over spaces and fillers (の, 的, the);
 * otherwise nothing moves. `value`, unless NULL, gets its number.
 */
bool note_phrase_take(NotePhrase *phrase, NoteTime time, int64_t *value);
/** As note_phrase_take, for a word without a number. */
bool note_phrase_word(NotePhrase *phrase, NoteTime time);
/** Takes a number in figures or words, at most NOTE_NUMBER_MOST; otherwise nothing moves. */
bool note_phrase_number(NotePhrase *phrase, int64_t *out);

/** Takes what names a day or a length of time: 来週火曜, Nov 28, 3天, 月末. */
bool note_phrase_what(NotePhrase *phrase);
/** Takes a time of day: 5pm, 15:00, 下午3点半, noon (note_clock.c). */
bool note_phrase_clock(NotePhrase *phrase);

#endif
