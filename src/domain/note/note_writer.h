/*
 * Who wrote a note: in which zone the day is counted, with which day a week begins, and which days
 * are worked on.
 */
#ifndef ONDO_DOMAIN_NOTE_NOTE_WRITER_H
#define ONDO_DOMAIN_NOTE_NOTE_WRITER_H

#include "holiday.h"
#include "lang.h"
#include "zone.h"

/** How the writer counts days: "Tuesday" and "3/4" are read by it. */
typedef struct NoteWriter {
    Str zone;
    int first_weekday; /* Monday is 0 */
    bool day_first;    /* 4/12 is the fourth of December */
    const HolidayCalendar
        *holidays; /* of the zone's country; NULL: Monday to Friday are worked on */
} NoteWriter;

/**
 * The habits of a writer: those of CLDR for the language and the country that language and zone
 * suggest (Japan, China; for English the United States in American zones, else the United Kingdom).
 * Holidays are those of the country that the zone lies in; `holidays` may be NULL.
 */
NoteWriter note_writer(Lang lang, Str zone, const HolidayCalendars *holidays);

#endif
