/*
 * Labelled sentences of tests/data/lint and how well the lint finds what they hold, category by
 * category: for the test and the bench. In the files a line with the language and the sentence is
 * followed by a line for each thing that should be found, "! category words", or by "-".
 */
#ifndef ONDO_TESTS_LINT_CORPUS_H
#define ONDO_TESTS_LINT_CORPUS_H

#include "lint_shelf.h"

enum { LABELS_MOST = 16, CATEGORIES_MOST = 16, SENTENCES_MOST = 1000 };

typedef struct LintTally {
    Str category;
    size_t right, missed, wrong;
} LintTally;

typedef struct LintCorpus {
    LintShelf *shelf;
    Arena *arena;
    LintTally tallies[CATEGORIES_MOST];
    size_t category_count;
    size_t sentences, harmless; /* and how many of them should hold nothing */
    Str texts[SENTENCES_MOST];
    size_t bytes;
    const char *path;
    bool is_quiet; /* says figures only, and no sentence */
} LintCorpus;

static inline LintTally *lint_tally(LintCorpus *corpus, Str category) {
    for (size_t i = 0; i < corpus->category_count; i++) {
        if (str_equal(corpus->tallies[i].category, category)) return &corpus->tallies[i];
    }
    if (corpus->category_count == CATEGORIES_MOST) abort();
    LintTally *tally = &corpus->tallies[corpus->category_count++];
    tally->category = category;
    return tally;
}

/** A sentence with what should be found in it. */
typedef struct LintCase {
    Str text;
    Str categories[LABELS_MOST], words[LABELS_MOST];
    size_t count;
    bool met[LABELS_MOST];
} LintCase;

/* Whether the finding stands where the label says, for at least one character. */
static inline bool lint_meets(const LintCase *one, size_t label, const LintFinding *finding) {
    if (!str_equal(finding->rule->category, one->categories[label])) return false;
    size_t start = str_find_str(one->text, one->words[label]);
    size_t end = start + one->words[label].size;
    return finding->span.byte_start < end && start < finding->span.byte_end;
}

static inline void lint_say(const LintCorpus *corpus, const char *what, Str category, Str word,
                            Str text) {
    if (corpus->is_quiet) return;
    printf("  %s %.*s \"%.*s\": %.*s\n", what, STR_ARGS(category), STR_ARGS(word), STR_ARGS(text));
}

static inline void lint_judge(LintCorpus *corpus, LintCase *one, const LintFinding *finding) {
    bool met = false;
    for (size_t i = 0; i < one->count; i++) {
        if (!lint_meets(one, i, finding)) continue;
        one->met[i] = met = true;
    }
    if (met) return;
    lint_tally(corpus, finding->rule->category)->wrong++;
    const TextSpan *span = &finding->span;
    lint_say(corpus, "not there:", finding->rule->code,
             str_part(one->text, span->byte_start, span->byte_end - span->byte_start), one->text);
}

static inline void lint_close_case(LintCorpus *corpus, LintCase *one) {
    if (!one->text.data) return;
    LintReader reader = lint_reader(&corpus->shelf->lexicons, STR(""), LINT_ANYONE);
    LintReading reading;
    lint_read(corpus->arena, one->text, &reader, &reading);
    for (size_t i = 0; i < reading.count; i++) {
        if (reading.findings[i].severity != LINT_INFO)
            lint_judge(corpus, one, &reading.findings[i]);
    }
    for (size_t i = 0; i < one->count; i++) {
        LintTally *tally = lint_tally(corpus, one->categories[i]);
        tally->right += one->met[i];
        tally->missed += !one->met[i];
        if (!one->met[i]) lint_say(corpus, "missed:", one->categories[i], one->words[i], one->text);
    }
    corpus->harmless += one->count == 0;
    corpus->bytes += one->text.size;
    corpus->texts[corpus->sentences++] = one->text;
    *one = (LintCase){0};
}

static inline void lint_take_line(LintCorpus *corpus, LintCase *one, Str line) {
    if (str_empty(line) || str_starts(line, STR("#")) || str_is(line, "-")) {
        if (str_empty(line)) lint_close_case(corpus, one);
        return;
    }
    if (str_starts(line, STR("! "))) {
        Str rest = str_part(line, 2, line.size);
        if (one->count == LABELS_MOST) abort();
        one->categories[one->count] = str_cut(&rest, ' ');
        one->words[one->count] = rest;
        if (str_find_str(one->text, rest) == one->text.size) {
            fprintf(stderr, "%s: not in its sentence: %.*s\n", corpus->path, STR_ARGS(line));
            abort();
        }
        one->count++;
        return;
    }
    Str tag = str_cut(&line, ':');
    if (tag.size != 2 || !line.data || corpus->sentences == SENTENCES_MOST) abort();
    one->text = str_trim(line);
}

static inline LintCorpus *lint_corpus_look(LintShelf *shelf, LintCorpus *corpus) {
    LintCase one = {0};
    Str text;
    if (files_read(shelf->arena, corpus->path, &text) != STATUS_OK) abort();
    while (text.data) lint_take_line(corpus, &one, str_cut(&text, '\n'));
    lint_close_case(corpus, &one);
    return corpus;
}

static inline LintCorpus *lint_corpus_new(LintShelf *shelf, const char *name) {
    LintCorpus *corpus = ARENA_NEW(shelf->arena, LintCorpus);
    Str path = str_format(shelf->arena, "%s/tests/data/lint/%s", ONDO_SOURCE_DIR, name);
    *corpus = (LintCorpus){.shelf = shelf, .arena = shelf->arena, .path = path.data};
    printf("%s\n", name);
    return corpus;
}

/** Reads a file of tests/data/lint and looks at each sentence; says what differs. */
static inline LintCorpus *lint_corpus_read(LintShelf *shelf, const char *name) {
    return lint_corpus_look(shelf, lint_corpus_new(shelf, name));
}

/** The same without a word of what stands in the file: for those that nothing is tuned to. */
static inline LintCorpus *lint_corpus_figures(LintShelf *shelf, const char *name) {
    LintCorpus *corpus = lint_corpus_new(shelf, name);
    corpus->is_quiet = true;
    return lint_corpus_look(shelf, corpus);
}

/** Of what was found, how much should be; 1 when nothing was. */
static inline double lint_precision(const LintTally *tally) {
    size_t found = tally->right + tally->wrong;
    return found ? (double)tally->right / (double)found : 1;
}
/** Of what should be found, how much was; 1 when there was nothing. */
static inline double lint_recall(const LintTally *tally) {
    size_t there = tally->right + tally->missed;
    return there ? (double)tally->right / (double)there : 1;
}

static inline void lint_corpus_print(const LintCorpus *corpus) {
    printf("%zu sentences, %zu of them harmless\n", corpus->sentences, corpus->harmless);
    for (size_t i = 0; i < corpus->category_count; i++) {
        const LintTally *tally = &corpus->tallies[i];
        printf("  %-24.*s precision %.2f  recall %.2f  (%zu right, %zu wrong, %zu missed)\n",
               STR_ARGS(tally->category), lint_precision(tally), lint_recall(tally), tally->right,
               tally->wrong, tally->missed);
    }
}

#endif
