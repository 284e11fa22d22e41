#include "collation.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <pthread.h>

#include "text_data.h"

static Arena *arena;

static int set_up(void **state) {
    (void)state;
    arena = arena_new();
    return 0;
}

static int tear_down(void **state) {
    (void)state;
    arena_free(arena);
    return 0;
}

static void assert_order(Lang lang, const char *const *texts, size_t count) {
    for (size_t i = 0; i + 1 < count; i++) {
        Str a = collation_key(arena, lang, str_of(texts[i]));
        Str b = collation_key(arena, lang, str_of(texts[i + 1]));
        if (str_compare(a, b) >= 0) fail_msg("%s is not before %s", texts[i], texts[i + 1]);
    }
}

#define ASSERT_ORDER(lang, ...)                              \
    assert_order((lang), (const char *const[]){__VA_ARGS__}, \
                 sizeof((const char *const[]){__VA_ARGS__}) / sizeof(char *))

static void english_goes_by_alphabet_and_case_last(void **state) {
    (void)state;
    ASSERT_ORDER(LANG_EN, "", "10", "apple", "Apple", "äpple", "banana", "Zebra");
}

static void japanese_goes_by_kana_then_jis(void **state) {
    (void)state;
    ASSERT_ORDER(LANG_JA, "abc", "あい", "いぬ", "かき", "がき", "タナカ", "わ", "亜", "伊藤",
                 "田中");
    ASSERT_ORDER(LANG_JA, "かん", "がん", "き");
}

static void chinese_goes_by_pinyin(void **state) {
    (void)state;
    ASSERT_ORDER(LANG_ZH, "阿", "北京", "陈", "李", "王", "张", "赵");
}

static void keys_are_short(void **state) {
    (void)state;
    CLEANUP(buffer_free) Buffer text = {0};
    for (int i = 0; i < 100000; i++) buffer_add(&text, STR("漢字"));
    for (Lang lang = LANG_EN; lang < LANG_COUNT; lang++) {
        Str key = collation_key(arena, lang, buffer_str(&text));
        assert_true(key.size > 0 && key.size <= COLLATION_KEY_LIMIT);
        assert_int_equal(collation_key(arena, lang, STR("")).size, 0);
        assert_true(collation_key(arena, lang, STR("a\xFF\xE4\xB8")).size > 0);
    }
}

static void *make_keys(void *data) {
    Arena *own = arena_new();
    bool *right = data;
    Str first = collation_key(own, LANG_JA, STR("たなか"));
    *right = true;
    for (int i = 0; i < 2000; i++) {
        ArenaMark mark = arena_mark(own);
        if (!str_equal(first, collation_key(own, LANG_JA, STR("たなか")))) *right = false;
        arena_rewind(own, mark);
    }
    arena_free(own);
    return NULL;
}

static void threads_do_not_disturb_each_other(void **state) {
    (void)state;
    enum { THREADS = 8 };
    pthread_t threads[THREADS];
    bool right[THREADS];
    for (int i = 0; i < THREADS; i++) {
        assert_int_equal(pthread_create(&threads[i], NULL, make_keys, &right[i]), 0);
    }
    for (int i = 0; i < THREADS; i++) {
        pthread_join(threads[i], NULL);
        assert_true(right[i]);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(english_goes_by_alphabet_and_case_last),
        cmocka_unit_test(japanese_goes_by_kana_then_jis),
        cmocka_unit_test(chinese_goes_by_pinyin),
        cmocka_unit_test(keys_are_short),
        cmocka_unit_test(threads_do_not_disturb_each_other),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
