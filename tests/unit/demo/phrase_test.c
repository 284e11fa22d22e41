#include "phrase.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#define assert_text(text, literal) assert_true(str_is((text), (literal)))

static void slots_are_filled(void **state) {
    (void)state;
    Arena *arena CLEANUP(arena_drop) = arena_new();
    const PhraseSlot slots[] = {{"city", STR("仙台市")}, {"body", STR("青嶺会")}};
    assert_text(phrase_replace(arena, STR("{city}{body}病院"), slots, 2), "仙台市青嶺会病院");
    assert_text(phrase_replace(arena, STR("a {body}"), slots, 2), "a 青嶺会");
    assert_text(phrase_replace(arena, STR("as it is"), slots, 2), "as it is");
}

static void unknown_and_broken_slots_leave_nothing(void **state) {
    (void)state;
    Arena *arena CLEANUP(arena_drop) = arena_new();
    const PhraseSlot slots[] = {{"city", STR("Bern")}};
    assert_text(phrase_replace(arena, STR("in {town}."), slots, 1), "in .");
    assert_text(phrase_replace(arena, STR("in {city"), slots, 1), "in Bern");
    assert_text(phrase_replace(arena, STR("in {"), slots, 1), "in ");
    assert_text(phrase_replace(arena, STR(""), slots, 1), "");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(slots_are_filled),
        cmocka_unit_test(unknown_and_broken_slots_leave_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
