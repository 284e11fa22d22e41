#include "search_tokens.h"

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

/* Whether one token of a query is found among stored tokens, as both databases do it. */
static bool token_found(Str tokens, Str asked) {
    bool prefix = str_ends(asked, STR("*"));
    if (prefix) asked.size--;
    Str rest = tokens;
    while (rest.data) {
        Str token = str_cut(&rest, ' ');
        if (prefix ? str_starts(token, asked) : str_equal(token, asked)) return true;
    }
    return false;
}

static bool found(const char *stored, const char *query) {
    Str tokens = search_tokens(arena, str_of(stored));
    Str rest = search_query(arena, str_of(query));
    if (str_empty(rest)) return false;
    while (rest.data) {
        if (!token_found(tokens, str_cut(&rest, ' '))) return false;
    }
    return true;
}

static void assert_found(const char *stored, const char *query) {
    if (!found(stored, query)) {
        Str tokens = search_tokens(arena, str_of(stored));
        fail_msg("%s not found in %s (%.*s)", query, stored, STR_ARGS(tokens));
    }
}

static void assert_not_found(const char *stored, const char *query) {
    if (found(stored, query)) fail_msg("%s found in %s", query, stored);
}

static void words_are_found_by_their_beginning(void **state) {
    (void)state;
    assert_found("John Smith", "smi");
    assert_found("John Smith", "SMITH john");
    assert_found("Straße Müller", "strasse muller");
    assert_not_found("John Smith", "mith");
    assert_not_found("John Smith", "john brown");
}

static void one_character_finds_by_prefix_and_two_anywhere(void **state) {
    (void)state;
    assert_found("東京都立大塚病院", "大");
    assert_found("東京都立大塚病院", "院");
    assert_found("東京都立大塚病院", "大塚");
    assert_found("東京都立大塚病院", "大塚病院");
    assert_found("東京都立大塚病院", "東京 病院");
    assert_not_found("東京都立大塚病院", "京立");
    assert_not_found("東京都立大塚病院", "中央");
}

static void variants_find_each_other(void **state) {
    (void)state;
    assert_found("髙橋", "高橋");
    assert_found("渡辺", "渡邉");
    assert_found("廣州醫院", "广州医院");
    assert_found("ﾀﾅｶ ﾀﾛｳ", "たなか");
    assert_found("たなか", "タナ");
    assert_not_found("がん", "かん");
}

static void kana_are_found_by_romaji(void **state) {
    (void)state;
    assert_found("たなか", "tanaka");
    assert_found("タナカ タロウ", "taro tanaka");
    assert_found("ﾀﾅｶ", "tana");
    assert_found("さとう", "sato");
    assert_found("さとう", "satou");
    assert_found("おおた ゆうき", "ota yuki");
    assert_found("おおた", "Ōta");
    assert_found("ほんま しんばし", "homma shimbashi");
    assert_found("ほんま しんばし", "honma shinbashi");
    assert_not_found("たなか", "naka");
}

static void han_are_found_by_pinyin(void **state) {
    (void)state;
    assert_found("王", "wang");
    assert_found("王伟", "wang");
    assert_found("王伟", "wangwei");
    assert_found("王伟", "wang wei");
    assert_found("王伟", "wei");
    assert_found("王伟", "ww");
    assert_found("北京协和医院", "xiehe");
    assert_found("北京协和医院", "bjxh");
    assert_found("首都医科大学附属北京天坛医院", "tiantan");
    assert_found("重庆", "chongqing");
    assert_found("单田芳", "shan");
    assert_found("单田芳", "dan");
    assert_found("吕布", "lvbu");
    assert_found("吕布", "lubu");
    assert_found("張偉", "zhangwei");
    assert_found("齐白石", "qi");
    assert_not_found("王伟", "li");
    assert_not_found("王伟", "ang");
}

static void kana_beside_han_are_both_found(void **state) {
    (void)state;
    assert_found("佐々木 ささき", "sasaki");
    assert_found("王伟 オウ イ", "wang");
    assert_found("つくば市", "tsukuba");
    assert_found("iPS細胞の研究", "ips 細胞");
    assert_found("第3内科", "3内科");
}

static void joined_words_are_found_both_ways(void **state) {
    (void)state;
    assert_found("03-1234-5678", "0312345678");
    assert_found("03-1234-5678", "1234");
    assert_found("０３－１２３４－５６７８", "03-1234");
    assert_found("O'Brien", "obrien");
    assert_found("O'Brien", "brien");
    assert_found("O’Brien", "o'brien");
    assert_found("tanaka@example.co.jp", "tanaka@example");
}

static void tokens_are_once_each_and_safe(void **state) {
    (void)state;
    Str tokens = search_tokens(arena, STR("a'b\\c\"d:e*f(g) A'B & | ! <-> 'x':1A"));
    for (size_t i = 0; i < tokens.size; i++) {
        assert_null(strchr("'\"\\:*()&|!<>-", tokens.data[i]));
    }
    tokens = search_tokens(arena, STR("abc ABC ａｂｃ 田中田中"));
    assert_string_equal(str_terminated(arena, tokens),
                        "abc 田中 中田 中 tianzhongtianzhong zhongtianzhong tianzhong zhong tztz");
}

static void nothing_to_find_gives_nothing(void **state) {
    (void)state;
    assert_true(str_empty(search_query(arena, STR(""))));
    assert_true(str_empty(search_query(arena, STR(" -*\"'()、。 😀 \xFF"))));
    assert_true(str_empty(search_tokens(arena, STR("。、!?"))));
}

static void asked_tokens_say_what_is_prefix(void **state) {
    (void)state;
    assert_string_equal(str_terminated(arena, search_query(arena, STR("Tanaka 田 田中太"))),
                        "tanaka* 田* 田中 中太");
}

static void long_words_are_cut_alike(void **state) {
    (void)state;
    CLEANUP(buffer_free) Buffer word = {0};
    for (int i = 0; i < 500; i++) buffer_add(&word, STR("é\u0E01"));
    buffer_add_byte(&word, '\0');
    assert_found(word.data, word.data);
    Str rest = search_tokens(arena, buffer_str(&word));
    while (rest.data) assert_true(str_cut(&rest, ' ').size <= 64);
}

static void huge_text_stays_within_bounds(void **state) {
    (void)state;
    CLEANUP(buffer_free) Buffer text = {0};
    for (uint32_t i = 0; i < 300000; i++) buffer_format(&text, "w%u ", i);
    Str tokens = search_tokens(arena, buffer_str(&text));
    assert_true(tokens.size > 100000 && tokens.size <= 256 << 10);
    assert_true(has_word(tokens, "w20000"));
    buffer_clear(&text);
    for (int i = 0; i < 300000; i++) buffer_add(&text, STR("田"));
    assert_string_equal(str_terminated(arena, search_tokens(arena, buffer_str(&text))), "田田 田");
}

static void naughty_strings_find_themselves(void **state) {
    (void)state;
    CLEANUP(buffer_free) Buffer file = {0};
    if (!read_data("naughty-strings/blns.txt", &file)) skip();
    Str rest = buffer_str(&file);
    while (rest.data) {
        Str line = str_cut(&rest, '\n');
        if (line.size > 200) continue;
        ArenaMark mark = arena_mark(arena);
        char *text = str_terminated(arena, line);
        Str query = search_query(arena, line);
        assert_true(str_valid_utf8(query));
        if (query.size) assert_found(text, text);
        arena_rewind(arena, mark);
    }
}

static void real_surnames_are_found_by_kanji_kana_and_romaji(void **state) {
    (void)state;
    CLEANUP(buffer_free) Buffer file = {0};
    if (!read_data("jp-names/last_name_org.csv", &file)) skip();
    size_t names = 0, by_romaji = 0;
    Str rest = buffer_str(&file);
    while (rest.data && names < 3000) {
        Str line = str_trim(str_cut(&rest, '\n'));
        ArenaMark mark = arena_mark(arena);
        char *kanji = str_terminated(arena, str_cut(&line, ','));
        str_cut(&line, ',');
        char *kana = str_terminated(arena, str_cut(&line, ','));
        char *romaji = str_terminated(arena, line);
        if (line.size) {
            Str both = str_format(arena, "%s %s", kanji, kana);
            names++;
            assert_found(both.data, kanji);
            assert_found(both.data, kana);
            by_romaji += found(both.data, romaji);
        }
        arena_rewind(arena, mark);
    }
    assert_true(by_romaji * 100 >= names * 95);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(words_are_found_by_their_beginning),
        cmocka_unit_test(one_character_finds_by_prefix_and_two_anywhere),
        cmocka_unit_test(variants_find_each_other),
        cmocka_unit_test(kana_are_found_by_romaji),
        cmocka_unit_test(han_are_found_by_pinyin),
        cmocka_unit_test(kana_beside_han_are_both_found),
        cmocka_unit_test(joined_words_are_found_both_ways),
        cmocka_unit_test(tokens_are_once_each_and_safe),
        cmocka_unit_test(nothing_to_find_gives_nothing),
        cmocka_unit_test(asked_tokens_say_what_is_prefix),
        cmocka_unit_test(long_words_are_cut_alike),
        cmocka_unit_test(huge_text_stays_within_bounds),
        cmocka_unit_test(naughty_strings_find_themselves),
        cmocka_unit_test(real_surnames_are_found_by_kanji_kana_and_romaji),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
