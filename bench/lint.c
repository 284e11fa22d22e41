/*
 * How well the lint finds what the labelled sentences of tests/data/lint hold, and how many texts a
 * second one core looks at: the sentences, over and over; alone, and read as quick notes as well.
 * It states figures and judges none.
 *
 *     bench/lint
 */
#include <time.h>

#include "lint_corpus.h"
#include "note_shelf.h"

enum { ROUNDS = 5, PASSES = 100 };

static double seconds(void) {
    struct timespec now;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

/* Texts a second; `notes` NULL: without reading them as notes. `found` keeps the work in. */
static double look_at(const LintCorpus *corpus, const NoteReader *notes, size_t *found) {
    Arena *arena CLEANUP(arena_drop) = arena_new();
    LintReader reader = lint_reader(&corpus->shelf->lexicons, STR("JP"), LINT_ANYONE);
    double start = seconds();
    for (int pass = 0; pass < PASSES; pass++) {
        for (size_t i = 0; i < corpus->sentences; i++) {
            LintReading reading;
            NoteReading note = {0};
            lint_read(arena, corpus->texts[i], &reader, &reading);
            if (notes) note_read(arena, corpus->texts[i], INT64_C(1795000000000), notes, &note);
            *found += reading.count + note.piece_count;
            arena_reset(arena);
        }
    }
    return (double)(PASSES * corpus->sentences) / (seconds() - start);
}

static int by_size(const void *a, const void *b) {
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static void measure(const LintCorpus *corpus, const NoteReader *notes, const char *what) {
    double rates[ROUNDS];
    size_t found = 0;
    for (int i = 0; i < ROUNDS; i++) rates[i] = look_at(corpus, notes, &found);
    qsort(rates, ROUNDS, sizeof *rates, by_size);
    printf("  %-36s %10.0f %10.0f %10.0f  (%zu found)\n", what, rates[0], rates[ROUNDS / 2],
           rates[ROUNDS - 1], found);
}

int main(void) {
    LintShelf shelf = lint_shelf_new();
    NoteShelf notes = shelf_new();
    LintCorpus *corpus = lint_corpus_read(&shelf, "sentences.txt");
    lint_corpus_print(corpus);
    lint_corpus_print(lint_corpus_read(&shelf, "more_sentences.txt"));
    lint_corpus_print(lint_corpus_figures(&shelf, "other_wording.txt"));
    lint_corpus_print(lint_corpus_figures(&shelf, "more_other_wording.txt"));
    NoteWriter writer = note_writer(LANG_JA, STR("Asia/Tokyo"), NULL);
    NoteReader reader = {
        .vocabulary = &notes.vocabulary, .catalogue = &notes.catalogue, .writer = &writer};
    printf(
        "%zu texts of %zu bytes on average, one core, slowest, median and fastest of %d rounds\n",
        corpus->sentences, corpus->bytes / corpus->sentences, ROUNDS);
    measure(corpus, NULL, "texts looked at a second");
    measure(corpus, &reader, "looked at and read as notes");
    shelf_free(&notes);
    lint_shelf_free(&shelf);
    return 0;
}
