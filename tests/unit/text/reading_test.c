#include "reading.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

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

static void assert_romaji(const char *kana, const char *expected) {
    assert_string_equal(str_terminated(arena, reading_romaji(arena, str_of(kana))), expected);
}

static void assert_pinyin(const char *han, const char *expected) {
    assert_string_equal(str_terminated(arena, reading_pinyin(arena, str_of(han))), expected);
}

static void kana_become_romaji(void **state) {
    (void)state;
    assert_romaji("たなか", "tanaka");
    assert_romaji("タナカ", "tanaka");
    assert_romaji("ﾜﾀﾅﾍﾞ", "watanabe");
    assert_romaji("しんいち", "shinichi");
    assert_romaji("さとう けいいち", "satou keiichi");
    assert_romaji("きょうと しゃちょう じゅん", "kyouto shachou jun");
    assert_romaji("いっぽん まっちゃ ざっし", "ippon matcha zasshi");
    assert_romaji("コーヒー", "kohi");
    assert_romaji("ファイザー フェリックス ヴィクトル", "faiza ferikkusu vikutoru");
    assert_romaji("ティッシュ ジェット チェック ツァイス", "tisshu jetto chekku tsaisu");
    assert_romaji("デュピクセント フュージョン", "dyupikusento fyujon");
    assert_romaji("ウィーン トゥール クォーツ", "win turu kwotsu");
    assert_romaji("いすゞ こゝろ", "isuzu kokoro");
    assert_romaji("を", "o");
}

static void other_text_is_left(void **state) {
    (void)state;
    assert_romaji("田中さん Ａ1é", "田中san Ａ1é");
    assert_romaji("", "");
    assert_romaji("っ", "");
    assert_pinyin("Tanaka たなか 1", "Tanaka たなか 1");
    assert_pinyin("", "");
}

static void han_become_pinyin(void **state) {
    (void)state;
    assert_pinyin("王伟", "wang wei");
    assert_pinyin("張偉", "zhang wei");
    assert_pinyin("北京协和医院", "bei jing xie he yi yuan");
    assert_pinyin("吕布", "lü bu");
    assert_pinyin("王伟abc李", "wang wei abc li");
    assert_pinyin("王、李", "wang、li");
    assert_pinyin("佐々木", "zuo zuo mu");
}

static void words_and_surnames_have_readings_of_their_own(void **state) {
    (void)state;
    assert_pinyin("重庆市", "chong qing shi");
    assert_pinyin("重慶", "chong qing");
    assert_pinyin("成都银行", "cheng du yin hang");
    assert_pinyin("单田芳", "shan tian fang");
    assert_pinyin("单位", "dan wei");
    assert_pinyin("曾志伟", "zeng zhi wei");
    assert_pinyin("尉迟恭", "yu chi gong");
    assert_pinyin("长孙无忌", "zhang sun wu ji");
    assert_pinyin("曾经沧海难为水", "ceng jing cang hai nan wei shui");
}

static void long_and_malformed_text_is_read(void **state) {
    (void)state;
    CLEANUP(buffer_free) Buffer text = {0};
    for (int i = 0; i < 100000; i++) buffer_add(&text, STR("っキャ王"));
    assert_true(str_starts(reading_romaji(arena, buffer_str(&text)), STR("kkya王kkya王")));
    assert_true(
        str_starts(reading_pinyin(arena, buffer_str(&text)), STR("っキャ wang っキャ wang")));
    buffer_clear(&text);
    for (int i = 0; i < 1000; i++) buffer_add(&text, STR("カ王"));
    for (int i = 0; i < 1000; i++) buffer_add(&text, STR("王"));
    assert_true(str_valid_utf8(reading_pinyin(arena, buffer_str(&text))));
    assert_true(str_ends(reading_pinyin(arena, buffer_str(&text)), STR(" wang wang")));
    assert_true(str_ends(reading_romaji(arena, STR("か\xE3\x81")), STR("\xE3\x81")));
}

/* Surnames with their bearers and readings: romaji as people write it. */
static void real_names_are_read_as_their_bearers_do(void **state) {
    (void)state;
    CLEANUP(buffer_free) Buffer file = {0};
    if (!read_data("jp-names/last_name_org.csv", &file)) skip();
    size_t names = 0, right = 0;
    Str rest = buffer_str(&file);
    while (rest.data) {
        Str line = str_trim(str_cut(&rest, '\n'));
        str_cut(&line, ',');
        str_cut(&line, ',');
        Str kana = str_cut(&line, ','), romaji = line;
        if (!romaji.data || str_empty(kana)) continue;
        ArenaMark mark = arena_mark(arena);
        names++;
        right += str_equal(reading_romaji(arena, kana), romaji);
        arena_rewind(arena, mark);
    }
    print_message("%zu of %zu surnames as given\n", right, names);
    assert_true(names > 1000);
    assert_true(right * 100 >= names * 95);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(kana_become_romaji),
        cmocka_unit_test(other_text_is_left),
        cmocka_unit_test(han_become_pinyin),
        cmocka_unit_test(words_and_surnames_have_readings_of_their_own),
        cmocka_unit_test(long_and_malformed_text_is_read),
        cmocka_unit_test(real_names_are_read_as_their_bearers_do),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
