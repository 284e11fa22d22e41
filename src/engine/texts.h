/* Sentences in every language, by code: what a Problem's errors say to people. */
#ifndef ONDO_ENGINE_TEXTS_H
#define ONDO_ENGINE_TEXTS_H

#include "model.h"

typedef struct Texts Texts;

/** Reads files of sentences (pharma/texts/); a code may stand in one file only. */
MUST_USE Status texts_load(Arena *arena, const ModelSource *sources, size_t count, Problem *problem,
                           Texts **out);

/** Gives back what the arena does not hold. */
void texts_free(Texts *texts);

/** The sentence of a code with {0} {1} {2} filled in; the code itself when there is none. */
Str texts_sentence(const Texts *texts, Arena *arena, Lang lang, Str code,
                   const Str arguments[PROBLEM_ARGUMENTS]);

#endif
