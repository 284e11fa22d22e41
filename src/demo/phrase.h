/* Sentences with places left open, filled so that they fit the doctor they are about. */
#ifndef ONDO_DEMO_PHRASE_H
#define ONDO_DEMO_PHRASE_H

#include "corpus.h"

/** "{doctor}" in a phrase, and what stands there this time. */
typedef struct PhraseSlot {
    const char *name;
    Str value;
} PhraseSlot;

/** The pattern with each "{name}" replaced by the slot's value, or by nothing. In the arena. */
Str phrase_replace(Arena *arena, Str pattern, const PhraseSlot *slots, size_t count);

/** What a sentence is about. */
typedef struct PhraseSubject {
    const Corpus *corpus;
    const Brand *brand;
    Lang lang;
    Str colleague; /* "佐藤先生", the name of another doctor of the place */
} PhraseSubject;

/** A sentence of that kind about the subject, drawn and filled. In the arena. */
Str phrase_make(Arena *arena, const PhraseSubject *subject, TextKind kind, Random *random);

#endif
