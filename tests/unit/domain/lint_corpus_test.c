/*
 * V20: the labelled sentences of tests/data/lint. Of the first file each category must reach the
 * floors below; of the second, which is never tuned to, the figures are told.
 */
#include "lint_corpus.h"

#include "../base/base_fixture.h"

enum { SENTENCES_LEAST = 300, OTHERS_LEAST = 60, CATEGORY_COUNT = 7 };
static const double PRECISION_LEAST = 0.95, RECALL_LEAST = 0.95;

static void labelled_sentences_are_judged_as_labelled(void **state) {
    LintShelf shelf = lint_shelf_new();
    LintCorpus *corpus = lint_corpus_read(&shelf, "sentences.txt");
    (void)state;
    lint_corpus_print(corpus);
    assert_true(corpus->sentences >= SENTENCES_LEAST);
    assert_true(corpus->harmless * 2 >= corpus->sentences - SENTENCES_LEAST / 10);
    assert_int_equal(corpus->category_count, CATEGORY_COUNT);
    for (size_t i = 0; i < corpus->category_count; i++) {
        assert_true(lint_precision(&corpus->tallies[i]) >= PRECISION_LEAST);
        assert_true(lint_recall(&corpus->tallies[i]) >= RECALL_LEAST);
    }
    lint_shelf_free(&shelf);
}

static void other_wording_is_measured(void **state) {
    LintShelf shelf = lint_shelf_new();
    LintCorpus *corpus = lint_corpus_read(&shelf, "other_wording.txt");
    (void)state;
    lint_corpus_print(corpus);
    assert_true(corpus->sentences >= OTHERS_LEAST);
    lint_shelf_free(&shelf);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(labelled_sentences_are_judged_as_labelled),
        cmocka_unit_test(other_wording_is_measured),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
