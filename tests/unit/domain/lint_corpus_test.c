/*
 * V20: the labelled sentences of tests/data/lint. Of ours and of those by others that the lexicons
 * were widened with, each category must reach the floors below; of the two files that nothing is
 * tuned to, the figures are told.
 */
#include "lint_corpus.h"

#include "../base/base_fixture.h"

enum { SENTENCES_LEAST = 300, MORE_LEAST = 280, OTHERS_LEAST = 60, CATEGORY_COUNT = 7 };
static const double OURS_LEAST = 0.95, THEIRS_LEAST = 0.90;

/* Every category reaches the floor, in precision and in recall. */
static void assert_reaches(const LintCorpus *corpus, size_t sentences, double least) {
    lint_corpus_print(corpus);
    assert_true(corpus->sentences >= sentences);
    assert_true(corpus->harmless * 2 >= corpus->sentences - sentences / 10);
    assert_int_equal(corpus->category_count, CATEGORY_COUNT);
    for (size_t i = 0; i < corpus->category_count; i++) {
        assert_true(lint_precision(&corpus->tallies[i]) >= least);
        assert_true(lint_recall(&corpus->tallies[i]) >= least);
    }
}

static void labelled_sentences_are_judged_as_labelled(void **state) {
    LintShelf shelf = lint_shelf_new();
    (void)state;
    assert_reaches(lint_corpus_read(&shelf, "sentences.txt"), SENTENCES_LEAST, OURS_LEAST);
    lint_shelf_free(&shelf);
}

static void sentences_of_others_are_judged_as_labelled(void **state) {
    LintShelf shelf = lint_shelf_new();
    (void)state;
    assert_reaches(lint_corpus_read(&shelf, "more_sentences.txt"), MORE_LEAST, THEIRS_LEAST);
    lint_shelf_free(&shelf);
}

/* Nobody who widens the lexicons is to read what is in these files: only the figures are told. */
static void wording_nothing_is_tuned_to_is_measured(void **state) {
    static const char *const FILES[] = {"other_wording.txt", "more_other_wording.txt"};
    LintShelf shelf = lint_shelf_new();
    (void)state;
    for (size_t i = 0; i < sizeof FILES / sizeof *FILES; i++) {
        LintCorpus *corpus = lint_corpus_figures(&shelf, FILES[i]);
        lint_corpus_print(corpus);
        assert_true(corpus->sentences >= OTHERS_LEAST);
    }
    lint_shelf_free(&shelf);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(labelled_sentences_are_judged_as_labelled),
        cmocka_unit_test(sentences_of_others_are_judged_as_labelled),
        cmocka_unit_test(wording_nothing_is_tuned_to_is_measured),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
