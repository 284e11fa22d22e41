/* When something is due, as notes say it: "本周内", "来週火曜まで", "within 72 h", "by Nov 28". */
#ifndef ONDO_DOMAIN_NOTE_NOTE_DUE_H
#define ONDO_DOMAIN_NOTE_NOTE_DUE_H

#include "note_calendar.h"
#include "note_lex.h"

/** A time that a note names, and where it stands. */
typedef struct NoteDue {
    size_t first, end; /* tokens */
    int64_t at;
    bool whole_day; /* a day was said, and no time */
    bool loose;     /* a length alone at the end ("48h"), which only a marked promise means so */
    bool running;   /* today, this month, this year: as often told of what has been */
    bool bounded;   /* with a word such as "by" or "以内", which a date in passing has not */
} NoteDue;

/**
 * Finds what the tokens of a clause say of when: the first that is bounded, otherwise the last.
 * False when they say nothing of the kind. Linear in the number of tokens.
 */
MUST_USE bool note_due_find(const NoteTokens *tokens, size_t first, size_t end,
                            const NoteCalendar *calendar, NoteDue *out);

#endif
