/*
 * Competitors in notes: a question or an interest is about one when the words before it in the same
 * sentence name one, and those words say in which direction ("theirs is injected less often, could
 * you do that too?").
 */
#ifndef ONDO_DOMAIN_NOTE_NOTE_COMPETITOR_H
#define ONDO_DOMAIN_NOTE_NOTE_COMPETITOR_H

#include "note.h"

/** Another company's product in a note, and which way the doctor leans. */
typedef struct NoteCompetitor {
    NoteSpan span; /* from where the sentence begins to the end of the piece */
    Str text;
    Str direction; /* a choice of topic.direction */
} NoteCompetitor;

/**
 * Whether the piece at `index` of a reading is about a competitor, by the lexicon
 * "note_competitors". A commitment never is. Linear in the length of the sentence.
 */
MUST_USE bool note_competitor_find(Arena *arena, const Lexicons *lexicons, Str note,
                                   const NoteReading *reading, size_t index, NoteCompetitor *out);

#endif
