/* Taking questions together: by likeness, the same groups in any order, what leads and what only
 * follows. */
#include "review/review_group.h"

#include "../base/base_fixture.h"

static TermSet set_of(const uint32_t *terms, size_t count) {
    return (TermSet){.terms = terms, .count = count};
}

static const uint32_t KIDNEY_DOSE[] = {1, 2}, KIDNEY_DOSE_OLD[] = {1, 2, 3}, STORAGE[] = {4, 5};

static void likeness_is_the_share_of_common_terms(void **state) {
    (void)state;
    TermSet a = set_of(KIDNEY_DOSE, 2), b = set_of(KIDNEY_DOSE_OLD, 3), none = {0};
    assert_int_equal((int)(review_likeness(&a, &a) + 0.5), 100);
    assert_int_equal((int)(review_likeness(&a, &b) + 0.5), 82);
    assert_int_equal((int)review_likeness(&a, &none), 0);
}

/* Three alike of which two are one wording, one other; numbers by their place. */
static void fill(GroupItem *items, const size_t *order) {
    const GroupItem all[] = {
        {.set = set_of(KIDNEY_DOSE, 2), .leads = true, .text = STR("dose in renal impairment")},
        {.set = set_of(KIDNEY_DOSE, 2), .leads = true, .text = STR("renal impairment: dose")},
        {.set = set_of(KIDNEY_DOSE_OLD, 3), .leads = true, .text = STR("renal dose, elderly")},
        {.set = set_of(STORAGE, 2), .leads = true, .text = STR("room temperature")},
    };
    for (size_t i = 0; i < 4; i++) items[order[i]] = all[i];
}

static void the_same_questions_give_the_same_groups_in_any_order(void **state) {
    (void)state;
    static const size_t ORDERS[][4] = {{0, 1, 2, 3}, {3, 2, 1, 0}, {2, 0, 3, 1}};
    for (size_t i = 0; i < 3; i++) {
        Arena *arena CLEANUP(arena_drop) = arena_new();
        GroupItem items[4];
        size_t *leaders;
        fill(items, ORDERS[i]);
        assert_int_equal(review_group(arena, items, 4, 6, 60, &leaders), 2);
        assert_int_equal(items[ORDERS[i][0]].group, items[ORDERS[i][2]].group);
        assert_int_not_equal(items[ORDERS[i][0]].group, items[ORDERS[i][3]].group);
        assert_str(items[leaders[items[ORDERS[i][0]].group]].text, "dose in renal impairment");
    }
}

static void other_products_are_other_questions(void **state) {
    (void)state;
    Arena *arena CLEANUP(arena_drop) = arena_new();
    GroupItem items[2] = {{.set = set_of(STORAGE, 2), .leads = true, .text = STR("a")},
                          {.set = set_of(STORAGE, 2), .leads = true, .text = STR("b")}};
    size_t *leaders;
    items[1].product.bytes[0] = 1;
    assert_int_equal(review_group(arena, items, 2, 6, 60, &leaders), 2);
}

static void what_does_not_lead_joins_or_stays_out(void **state) {
    (void)state;
    Arena *arena CLEANUP(arena_drop) = arena_new();
    GroupItem items[3] = {{.set = set_of(KIDNEY_DOSE, 2), .leads = true, .text = STR("now")},
                          {.set = set_of(KIDNEY_DOSE_OLD, 3), .text = STR("before")},
                          {.set = set_of(STORAGE, 2), .text = STR("long ago")}};
    size_t *leaders;
    assert_int_equal(review_group(arena, items, 3, 6, 60, &leaders), 1);
    assert_int_equal(items[1].group, 0);
    assert_true(items[2].group == GROUP_NONE);
}

static void a_threshold_of_all_takes_only_the_same(void **state) {
    (void)state;
    Arena *arena CLEANUP(arena_drop) = arena_new();
    GroupItem items[4];
    size_t *leaders;
    fill(items, (size_t[]){0, 1, 2, 3});
    assert_int_equal(review_group(arena, items, 4, 6, 100, &leaders), 3);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(likeness_is_the_share_of_common_terms),
        cmocka_unit_test(the_same_questions_give_the_same_groups_in_any_order),
        cmocka_unit_test(other_products_are_other_questions),
        cmocka_unit_test(what_does_not_lead_joins_or_stays_out),
        cmocka_unit_test(a_threshold_of_all_takes_only_the_same),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
