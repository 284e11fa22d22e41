/*
 * Lexicons: words of the business in every language, each with a code that says what it stands for.
 * Data in pharma/lexicons/, immutable once loaded. The words of those with a "check" are patterns,
 * which are looked for all together (lint_rule.h).
 */
#ifndef ONDO_ENGINE_LEXICON_H
#define ONDO_ENGINE_LEXICON_H

#include "lint_rule.h"
#include "model.h"

/** When the words of a code mean something: in so many records, within so many days. */
typedef struct LexiconRepeat {
    int64_t times, days;
} LexiconRepeat;

typedef struct Lexicon {
    Str name;
    Label label;
    const Str *codes;
    size_t code_count;
    const LexiconRepeat *repeat; /* one for each code; once within a year where nothing is said */
    const Trie *words; /* a word's value is the index of its code; empty for those with a check */
} Lexicon;

/** All of them, in the order of their files, with what the checks among them mean. */
typedef struct Lexicons {
    const Lexicon *items;
    size_t count;
    const LintRules *checks; /* NULL: nothing was loaded */
} Lexicons;

/**
 * Reads and checks lexicons. A word stands for one code only; where a lexicon names a field
 * ("topic.subjects"), its codes are choices of that field. STATUS_INVALID with every error in
 * `problem`. `model` NULL: fields are not looked at.
 */
MUST_USE Status lexicons_load(Arena *arena, const Model *model, const ModelSource *sources,
                              size_t count, Problem *problem, Lexicons *out);

/** NULL when there is none. */
const Lexicon *lexicons_find(const Lexicons *lexicons, Str name);

#endif
