/* The clauses of a note, each with the marks that belong to it. */
#ifndef ONDO_DOMAIN_NOTE_NOTE_CLAUSE_H
#define ONDO_DOMAIN_NOTE_NOTE_CLAUSE_H

#include "note_lex.h"

/** A part of a note that says one thing. */
typedef struct NoteClause {
    size_t first, end; /* tokens, without the marks */
    uint8_t marks;     /* a set */
    int strength;      /* how many marks there are */
    size_t mark;       /* the token of the marks; of several the first */
    size_t line;       /* counted from 0 */
    bool aside;        /* in brackets behind a mark: says more of what is marked */
} NoteClause;

/** All clauses of a note, in the order of its text. */
typedef struct NoteClauses {
    const NoteClause *at;
    size_t count;
} NoteClauses;

/**
 * Cuts the tokens into clauses, which are in order, not empty, and do not overlap. A mark belongs
 * to the clause before it, unless it stands at the beginning of one.
 */
NoteClauses note_clauses(Arena *arena, const NoteTokens *tokens);

#endif
