/* Rehearsals are looked at and stopped by other threads than the one that works. */
#include "rehearsal.h"

#include "../base/base_fixture.h"

#include <pthread.h>
#include <sched.h>

static const Id IMPORT = {{1}}, OTHER_IMPORT = {{2}}, PERSON = {{3}}, OTHER_PERSON = {{4}};

static void one_is_seen_while_it_is_under_way(void **state) {
    (void)state;
    Rehearsals *list = rehearsals_new();
    Rehearsal rehearsal;
    RehearsalProgress seen = {-1, -1, -1};
    assert_false(rehearsals_look(list, IMPORT, PERSON, &seen));
    assert_false(rehearsals_cancel(list, IMPORT, PERSON, &seen));
    rehearsal_enter(&rehearsal, list, IMPORT, PERSON);
    assert_true(rehearsals_look(list, IMPORT, PERSON, &seen));
    assert_int_equal(seen.rows + seen.bytes + seen.size, 0);
    assert_true(rehearsal_advance(&rehearsal, (RehearsalProgress){1000, 40000, 90000}));
    assert_true(rehearsals_look(list, IMPORT, PERSON, &seen));
    assert_true(seen.rows == 1000 && seen.bytes == 40000 && seen.size == 90000);
    assert_false(rehearsals_look(list, OTHER_IMPORT, PERSON, &seen));
    assert_false(rehearsals_look(list, IMPORT, OTHER_PERSON, &seen));
    rehearsal_leave(&rehearsal);
    assert_false(rehearsals_look(list, IMPORT, PERSON, &seen));
    rehearsals_free(list);
}

static void a_word_to_stop_holds_for_one_rehearsal(void **state) {
    (void)state;
    Rehearsals *list = rehearsals_new();
    Rehearsal rehearsal;
    RehearsalProgress seen;
    rehearsal_enter(&rehearsal, list, IMPORT, PERSON);
    assert_false(rehearsals_cancel(list, IMPORT, OTHER_PERSON, &seen));
    assert_true(rehearsal_advance(&rehearsal, (RehearsalProgress){1, 2, 3}));
    assert_true(rehearsals_cancel(list, IMPORT, PERSON, &seen));
    assert_int_equal(seen.rows, 1);
    assert_true(rehearsal_stopped(&rehearsal));
    assert_false(rehearsal_advance(&rehearsal, (RehearsalProgress){2, 3, 3}));
    assert_true(rehearsals_cancel(list, IMPORT, PERSON, &seen)); /* it is still ending */
    rehearsal_leave(&rehearsal);
    rehearsal_enter(&rehearsal, list, IMPORT, PERSON);
    assert_false(rehearsal_stopped(&rehearsal));
    assert_true(rehearsal_advance(&rehearsal, (RehearsalProgress){1, 2, 3}));
    rehearsal_leave(&rehearsal);
    rehearsals_free(list);
}

static void a_newer_one_stops_the_older(void **state) {
    (void)state;
    Rehearsals *list = rehearsals_new();
    Rehearsal older, newer, theirs, beside;
    RehearsalProgress seen;
    rehearsal_enter(&theirs, list, IMPORT, OTHER_PERSON);
    rehearsal_enter(&beside, list, OTHER_IMPORT, PERSON);
    rehearsal_enter(&older, list, IMPORT, PERSON);
    rehearsal_enter(&newer, list, IMPORT, PERSON);
    assert_true(rehearsal_stopped(&older));
    assert_false(rehearsal_stopped(&newer) || rehearsal_stopped(&theirs) ||
                 rehearsal_stopped(&beside));
    assert_true(rehearsal_advance(&newer, (RehearsalProgress){7, 8, 9}));
    assert_false(rehearsal_advance(&older, (RehearsalProgress){1, 2, 3}));
    assert_true(rehearsals_look(list, IMPORT, PERSON, &seen));
    assert_int_equal(seen.rows, 7);
    rehearsal_leave(&older);
    assert_true(rehearsals_look(list, IMPORT, PERSON, &seen));
    rehearsal_leave(&newer);
    assert_false(rehearsals_look(list, IMPORT, PERSON, &seen));
    rehearsal_leave(&theirs);
    rehearsal_leave(&beside);
    rehearsals_free(list);
}

static void what_never_entered_may_leave(void **state) {
    (void)state;
    Rehearsal rehearsal CLEANUP(rehearsal_leave) = {.list = NULL};
    rehearsal_leave(&rehearsal);
    assert_null(rehearsal.list);
}

/* It works until it is told to stop. */
static void *work(void *data) {
    Rehearsals *list = data;
    Rehearsal rehearsal CLEANUP(rehearsal_leave);
    RehearsalProgress progress = {.size = 100};
    rehearsal_enter(&rehearsal, list, IMPORT, PERSON);
    while (rehearsal_advance(&rehearsal, progress)) {
        progress.rows++;
        progress.bytes = progress.rows * 2;
    }
    return NULL;
}

static void another_thread_stops_it(void **state) {
    (void)state;
    Rehearsals *list = rehearsals_new();
    pthread_t worker;
    RehearsalProgress seen = {0};
    assert_int_equal(pthread_create(&worker, NULL, work, list), 0);
    while (!rehearsals_look(list, IMPORT, PERSON, &seen) || seen.rows < 10) {
        assert_int_equal(seen.bytes, seen.rows * 2); /* never half of one and half of the next */
        sched_yield();
    }
    assert_true(rehearsals_cancel(list, IMPORT, PERSON, &seen));
    pthread_join(worker, NULL);
    assert_false(rehearsals_look(list, IMPORT, PERSON, &seen));
    rehearsals_free(list);
}

static void another_threads_newer_one_stops_it(void **state) {
    (void)state;
    Rehearsals *list = rehearsals_new();
    pthread_t worker;
    Rehearsal newer;
    RehearsalProgress seen;
    assert_int_equal(pthread_create(&worker, NULL, work, list), 0);
    while (!rehearsals_look(list, IMPORT, PERSON, &seen)) sched_yield();
    rehearsal_enter(&newer, list, IMPORT, PERSON);
    pthread_join(worker, NULL);
    assert_false(rehearsal_stopped(&newer));
    rehearsal_leave(&newer);
    rehearsals_free(list);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(one_is_seen_while_it_is_under_way),
        cmocka_unit_test(a_word_to_stop_holds_for_one_rehearsal),
        cmocka_unit_test(a_newer_one_stops_the_older),
        cmocka_unit_test(what_never_entered_may_leave),
        cmocka_unit_test(another_thread_stops_it),
        cmocka_unit_test(another_threads_newer_one_stops_it),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
