/* A note cut into tokens: words that mean something, numbers, marks, signs, and the text between.
 */
#ifndef ONDO_DOMAIN_NOTE_NOTE_LEX_H
#define ONDO_DOMAIN_NOTE_NOTE_LEX_H

#include "note_vocabulary.h"

typedef enum NoteTokenKind {
    NOTE_TOKEN_TEXT,   /* letters and figures that no lexicon knows */
    NOTE_TOKEN_WORD,   /* `what` is a NoteWord */
    NOTE_TOKEN_TIME,   /* `what` is a NoteTime, `value` its number */
    NOTE_TOKEN_NUMBER, /* `value`, or -1 for one that is not whole or too large */
    NOTE_TOKEN_MARK, /* `what` is a set of marks, `value` how many; brackets around belong to it */
    NOTE_TOKEN_SPACE,
    NOTE_TOKEN_SIGN, /* any other sign */
    NOTE_TOKEN_OPEN,
    NOTE_TOKEN_CLOSE,
    NOTE_TOKEN_COLON,
    NOTE_TOKEN_PAUSE, /* a comma that may part clauses or items: 、 and the Latin comma */
    NOTE_TOKEN_COMMA, /* a comma that parts clauses: ， */
    NOTE_TOKEN_STOP,  /* the end of a sentence */
    NOTE_TOKEN_LINE,  /* the end of a line */
} NoteTokenKind;

/** A word, number or sign of a note, and what it can mean by itself. */
typedef struct NoteToken {
    NoteTokenKind kind;
    uint8_t what;
    int64_t value;
    uint32_t point;      /* the first */
    uint32_t start, end; /* in points of the folded text */
} NoteToken;

/** All tokens of a note, in the order of its text, none overlapping. */
typedef struct NoteTokens {
    const NoteToken *at;
    size_t count;
} NoteTokens;

/** Cuts the text; the tokens cover it without gaps. In the arena, no more tokens than points. */
NoteTokens note_lex(Arena *arena, const FoldedText *text, const NoteVocabulary *vocabulary);

/** Whether the token stands for something said: no space, sign or mark. */
bool note_token_says(const NoteToken *token);

static inline bool note_token_is_word(const NoteToken *token, NoteWord word) {
    return token->kind == NOTE_TOKEN_WORD && token->what == word;
}
/** Whether it is a word of one of `words`, a set of 1 << NOTE_WORD_…. */
static inline bool note_token_is_of(const NoteToken *token, unsigned words) {
    return token->kind == NOTE_TOKEN_WORD && (words & (1U << token->what));
}
static inline bool note_token_is_time(const NoteToken *token, NoteTime time) {
    return token->kind == NOTE_TOKEN_TIME && token->what == time;
}

#endif
