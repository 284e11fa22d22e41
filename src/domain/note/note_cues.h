/* What the words of a clause say it is: a question, an interest, a promise of ours, or a remark. */
#ifndef ONDO_DOMAIN_NOTE_NOTE_CUES_H
#define ONDO_DOMAIN_NOTE_NOTE_CUES_H

#include "note_clause.h"
#include "note_due.h"

/** What is found in a clause, before anything is made of it. */
typedef struct NoteCues {
    unsigned words;  /* a set of NoteWord */
    bool vowed;      /* what is done is promised, or has to be, by the word beside it */
    bool theirs;     /* others do it */
    bool answers;    /* the clause before asks or wishes for something */
    bool imperative; /* it begins with what is to be done */
    bool names;      /* it says of what */
    bool has_due;
    NoteDue due;
} NoteCues;

/**
 * Reads the words of a clause; `before` is the one in front of it, NULL at the beginning. Linear in
 * the number of their tokens.
 */
NoteCues note_cues(const NoteTokens *tokens, const NoteClause *clause, const NoteClause *before,
                   const NoteCalendar *calendar);

/** Whether anything is done: a thing is brought, or a call made. */
bool note_cues_done(const NoteCues *cues);

/**
 * What the clause is, as a set of marks: by its own marks where it has any, otherwise by its words,
 * which make it one thing at most.
 */
uint8_t note_kinds(const NoteClause *clause, const NoteCues *cues);

/** Whether the clause asks or wishes for something, which what is done behind it may be about. */
bool note_clause_heard(const NoteTokens *tokens, const NoteClause *clause);

#endif
