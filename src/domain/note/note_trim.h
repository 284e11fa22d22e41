/* What of a clause is said of the thing itself, without what only frames it. */
#ifndef ONDO_DOMAIN_NOTE_NOTE_TRIM_H
#define ONDO_DOMAIN_NOTE_NOTE_TRIM_H

#include "note_due.h"

/** Tokens from `first` up to before `end`. */
typedef struct NoteRange {
    size_t first, end;
} NoteRange;

/** Without signs and spaces at both ends, and what only joins it to the clause before. */
NoteRange note_trim(const NoteTokens *tokens, NoteRange range);

/** What the words of a deliverable name. */
typedef enum NoteNames {
    NOTE_NAMES_NOTHING, /* "提供": provide, but what? */
    NOTE_NAMES_ACT,     /* "reply", which is enough where nothing else is spoken of */
    NOTE_NAMES_THING,
} NoteNames;

/**
 * What is to be delivered: without who wants it, that it has to be, and until when, at both ends.
 * `due` NULL: nothing was said of when.
 */
NoteRange note_trim_deliverable(const NoteTokens *tokens, NoteRange range, const NoteDue *due,
                                NoteNames *names);

/** What a clause is about: also without who asks, and that it is asked or wished for. */
NoteRange note_trim_subject(const NoteTokens *tokens, NoteRange range);

#endif
