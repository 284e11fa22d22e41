/* Languages: tags, the Accept-Language header, labels. */
#include "lang.h"

#include "base_fixture.h"

static void tags_name_our_languages_or_none(void **state) {
    static const struct {
        const char *tag;
        Lang lang;
    } GOOD[] = {{"en", LANG_EN}, {"EN", LANG_EN},         {"en-GB", LANG_EN},
                {"ja", LANG_JA}, {"ja_JP", LANG_JA},      {"Ja-Latn-hepburn", LANG_JA},
                {"zh", LANG_ZH}, {"zh-Hans-CN", LANG_ZH}, {"zh-TW", LANG_ZH}};
    static const char *const BAD[] = {"", "e", "eng", "jav", "de", "zhx", "-en", "*"};
    (void)state;
    for (size_t i = 0; i < sizeof GOOD / sizeof *GOOD; i++) {
        Lang lang = LANG_COUNT;
        assert_true(lang_from_tag(str_of(GOOD[i].tag), &lang));
        assert_int_equal(lang, GOOD[i].lang);
    }
    for (size_t i = 0; i < sizeof BAD / sizeof *BAD; i++) {
        Lang lang = LANG_COUNT;
        if (lang_from_tag(str_of(BAD[i]), &lang)) fail_msg("accepted: %s", BAD[i]);
        assert_int_equal(lang, LANG_COUNT);
    }
}

static void the_header_chooses_by_weight_and_then_by_order(void **state) {
    static const struct {
        const char *header;
        Lang lang;
    } CASES[] = {
        {"ja", LANG_JA},
        {"ja,en", LANG_JA},
        {"de-DE,de;q=0.9,zh;q=0.8,en;q=0.5", LANG_ZH},
        {"en;q=0.2, ja;q=0.7", LANG_JA},
        {"en;q=0.7 , zh ; q=0.7", LANG_EN},
        {"ja;q=0", LANG_EN},
        {"fr,*", LANG_EN},
        {"", LANG_EN},
        {",,;q=1,ja", LANG_JA},
        {"zh-CN,zh;q=0.9,ja;q=0.95", LANG_ZH},
    };
    (void)state;
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        if (lang_from_accept(str_of(CASES[i].header)) != CASES[i].lang) {
            fail_msg("%s", CASES[i].header);
        }
    }
    assert_int_equal(lang_from_accept((Str){0}), LANG_EN);
}

static void a_missing_text_is_english(void **state) {
    Label label = {{STR("Visit"), STR("面会"), STR("")}};
    (void)state;
    assert_str(label_in(&label, LANG_JA), "面会");
    assert_str(label_in(&label, LANG_ZH), "Visit");
    assert_str(lang_code(LANG_ZH), "zh");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(tags_name_our_languages_or_none),
        cmocka_unit_test(the_header_chooses_by_weight_and_then_by_order),
        cmocka_unit_test(a_missing_text_is_english),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
