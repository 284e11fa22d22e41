#include "fold.h"

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

static void assert_text(Str actual, const char *expected) {
    char *text = str_terminated(arena, actual);
    assert_string_equal(text, expected);
}

static void assert_same(const char *a, const char *b) {
    Str first = text_fold(arena, str_of(a)), second = text_fold(arena, str_of(b));
    if (!str_equal(first, second)) fail_msg("%s is not %s", a, b);
}

static void assert_differ(const char *a, const char *b) {
    Str first = text_fold(arena, str_of(a)), second = text_fold(arena, str_of(b));
    if (str_equal(first, second)) fail_msg("%s is %s", a, b);
}

static void case_and_width_do_not_matter(void **state) {
    (void)state;
    assert_text(text_fold(arena, STR("ABC Straße")), "abc strasse");
    assert_same("Ａｂｃ　１２３", "abc 123");
    assert_same("ΛΌΓΟΣ", "λογος");
    assert_same("ﬁne", "FINE");
    assert_same("㍿", "株式会社");
}

static void kana_are_one(void **state) {
    (void)state;
    assert_same("タナカ", "たなか");
    assert_same("ﾀﾅｶ", "たなか");
    assert_same("ｶﾞｷﾞﾊﾟ", "がぎぱ");
    assert_same("か\u3099ん", "がん");
    assert_same("ヴァイオリン", "ゔぁいおりん");
    assert_same("霞ヶ関", "霞ケ関");
    assert_same("コーヒー", "こーひー");
}

static void voicing_matters(void **state) {
    (void)state;
    assert_differ("がん", "かん");
    assert_differ("ぱ", "ば");
    assert_differ("びょういん", "ひよういん");
}

static void marks_go_from_latin_greek_and_cyrillic_only(void **state) {
    (void)state;
    assert_text(text_fold(arena, STR("Ünïcödé Øre Łódź")), "unicode ore lodz");
    assert_same("Ёлка", "елка");
    assert_same("e\u0301", "é");
    assert_differ("กำ", "ก");
    assert_differ("か\u3099", "か");
}

static void variants_are_one(void **state) {
    (void)state;
    static const char *const pairs[][2] = {
        {"髙橋", "高橋"},         {"宮﨑", "宮崎"}, {"渡邉", "渡辺"}, {"渡邊", "渡辺"},
        {"斎藤", "齋藤"},         {"斉藤", "齊藤"}, {"沢田", "澤田"}, {"中国", "中國"},
        {"広島", "廣嶋"},         {"广州", "廣州"}, {"横浜", "横濱"}, {"桜井", "櫻井"},
        {"円山", "圓山"},         {"圆", "円"},     {"𠮷田", "吉田"}, {"医院", "醫院"},
        {"北京医院", "北京醫院"}, {"張偉", "张伟"}, {"葉", "叶"},     {"眞鍋", "真鍋"},
    };
    for (size_t i = 0; i < sizeof pairs / sizeof pairs[0]; i++)
        assert_same(pairs[i][0], pairs[i][1]);
    assert_differ("大阪", "大坂");
    assert_differ("花子", "華子");
    assert_differ("埼玉", "崎玉");
}

static void invisible_characters_go(void **state) {
    (void)state;
    assert_same("葛\U000E0100城", "葛城");
    assert_same("so\u00ADft", "soft");
    assert_same("zero\u200Bwidth", "zerowidth");
    assert_same("03\u20101234\u22125678", "03-1234-5678");
}

static void malformed_text_is_repaired(void **state) {
    (void)state;
    assert_text(text_fold(arena, STR("a\xFF"
                                     "b")),
                "a\uFFFDb");
    assert_text(text_fold(arena, STR("田\xE4\xB8")), "田\uFFFD");
    assert_text(text_fold(arena, STR("")), "");
    Str nul = text_fold(arena, STR("A\0B"));
    assert_int_equal(nul.size, 3);
    assert_memory_equal(nul.data, "a\0b", 3);
}

/* Folding what is folded changes nothing, for every character there is. */
static void folding_twice_is_folding_once(void **state) {
    (void)state;
    for (uint32_t point = 1; point <= 0x10FFFF; point++) {
        if (point >= 0xD800 && point <= 0xDFFF) continue;
        char bytes[5] = {0};
        size_t size = 0;
        if (point < 0x80) {
            bytes[size++] = (char)point;
        } else if (point < 0x800) {
            bytes[size++] = (char)(0xC0 | (point >> 6));
        } else if (point < 0x10000) {
            bytes[size++] = (char)(0xE0 | (point >> 12));
            bytes[size++] = (char)(0x80 | ((point >> 6) & 0x3F));
        } else {
            bytes[size++] = (char)(0xF0 | (point >> 18));
            bytes[size++] = (char)(0x80 | ((point >> 12) & 0x3F));
            bytes[size++] = (char)(0x80 | ((point >> 6) & 0x3F));
        }
        if (point >= 0x80) bytes[size++] = (char)(0x80 | (point & 0x3F));
        ArenaMark mark = arena_mark(arena);
        Str once = text_fold(arena, (Str){.data = bytes, .size = size});
        Str twice = text_fold(arena, once);
        if (!str_equal(once, twice)) fail_msg("U+%04X", point);
        arena_rewind(arena, mark);
    }
}

static void huge_text_folds(void **state) {
    (void)state;
    CLEANUP(buffer_free) Buffer text = {0};
    for (int i = 0; i < 200000; i++) buffer_add(&text, STR("Ａé田"));
    Str folded = text_fold(arena, buffer_str(&text));
    assert_int_equal(folded.size, 200000 * 5);
    assert_true(str_starts(folded, STR("ae田ae田")));
    /* The longest thing that one character becomes. */
    CLEANUP(buffer_free) Buffer ligatures = {0};
    for (int i = 0; i < 1000; i++) buffer_add(&ligatures, STR("\uFDFA"));
    assert_true(str_valid_utf8(text_fold(arena, buffer_str(&ligatures))));
}

static void stored_text_is_normal_and_trimmed(void **state) {
    (void)state;
    assert_text(text_normalize(arena, STR(" \t\n田中\u3000\u00A0\r\n")), "田中");
    assert_text(text_normalize(arena, STR("\uFEFF a b \u2003")), "a b");
    assert_text(text_normalize(arena, STR("か\u3099e\u0301")), "がé");
    assert_text(text_normalize(arena, STR("\u3000 ")), "");
    assert_text(text_normalize(arena, STR("")), "");
    assert_text(text_normalize(arena, STR("Ａ")), "Ａ");
    assert_text(text_normalize(arena, STR("a\xC0\x80")), "a\uFFFD\uFFFD");
    assert_text(text_normalize(arena, STR("a\0b")), "a\uFFFDb");
    assert_text(text_normalize(arena, STR("한국")), "한국");
}

static void usual_width(void **state) {
    (void)state;
    assert_text(text_usual_width(arena, STR("１２３－")), "123-");
    assert_text(text_usual_width(arena, STR("ｱｲ")), "アイ");
    assert_text(text_usual_width(arena, STR("ｶﾞｷﾞｸﾞﾊﾟﾋﾟｳﾞ")), "ガギグパピヴ");
    assert_text(text_usual_width(arena, STR("ﾄﾞﾃﾞﾂﾞﾁﾞｼﾞ")), "ドデヅヂジ");
    assert_text(text_usual_width(arena, STR("ｱﾞ ﾅﾟ")), "ア゛ ナ゜");
    assert_text(text_usual_width(arena, STR("Ａ　￥｡｢｣")), "A ¥。「」");
    assert_text(text_usual_width(arena, STR("田中é")), "田中é");
    assert_text(text_usual_width(arena, STR("ｶ")), "カ");
    assert_text(text_usual_width(arena, STR("\xFF")), "\uFFFD");
}

static void characters_are_what_people_count(void **state) {
    (void)state;
    assert_int_equal(text_count_characters(STR("")), 0);
    assert_int_equal(text_count_characters(STR("abc")), 3);
    assert_int_equal(text_count_characters(STR("田中たなか")), 5);
    assert_int_equal(text_count_characters(STR("か\u3099")), 1);
    assert_int_equal(text_count_characters(STR("e\u0301")), 1);
    assert_int_equal(text_count_characters(STR("👨‍👩‍👧‍👦")), 1);
    assert_int_equal(text_count_characters(STR("🇯🇵🇨🇳")), 2);
    assert_int_equal(text_count_characters(STR("a\r\nb")), 3);
    assert_int_equal(text_count_characters(STR("葛\U000E0100")), 1);
    assert_int_equal(text_count_characters(STR("田\xFF")), 2);
}

static void all_of(Str text) {
    Str rest = text;
    while (rest.data) {
        Str line = str_cut(&rest, '\n');
        ArenaMark mark = arena_mark(arena);
        Str once = text_fold(arena, line);
        assert_true(str_valid_utf8(once));
        assert_true(str_equal(once, text_fold(arena, once)));
        Str normal = text_normalize(arena, line);
        assert_true(str_valid_utf8(normal));
        assert_true(str_equal(normal, text_normalize(arena, normal)));
        assert_true(str_valid_utf8(text_usual_width(arena, line)));
        assert_true(text_count_characters(line) <= line.size);
        arena_rewind(arena, mark);
    }
}

static void naughty_strings_do_no_harm(void **state) {
    (void)state;
    static const char *const names[] = {"naughty-strings/blns.txt",
                                        "attack-strings/unicode/corrupted.txt",
                                        "attack-strings/unicode/emoji.txt",
                                        "attack-strings/unicode/naughty-unicode.txt",
                                        "attack-strings/unicode/right-to-left.txt",
                                        "attack-strings/unicode/specialchars.txt",
                                        "attack-strings/unicode/two-byte-chars.txt",
                                        "attack-strings/unicode/upsidedown.txt",
                                        "attack-strings/unicode/japanese-emoticon.txt",
                                        "attack-strings/control-chars/HexValsAllBytes.txt"};
    bool any = false;
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        CLEANUP(buffer_free) Buffer file = {0};
        if (!read_data(names[i], &file)) continue;
        any = true;
        all_of(buffer_str(&file));
    }
    if (!any) skip();
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(case_and_width_do_not_matter),
        cmocka_unit_test(kana_are_one),
        cmocka_unit_test(voicing_matters),
        cmocka_unit_test(marks_go_from_latin_greek_and_cyrillic_only),
        cmocka_unit_test(variants_are_one),
        cmocka_unit_test(invisible_characters_go),
        cmocka_unit_test(malformed_text_is_repaired),
        cmocka_unit_test(folding_twice_is_folding_once),
        cmocka_unit_test(huge_text_folds),
        cmocka_unit_test(stored_text_is_normal_and_trimmed),
        cmocka_unit_test(usual_width),
        cmocka_unit_test(characters_are_what_people_count),
        cmocka_unit_test(naughty_strings_do_no_harm),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
