/* V20: what the lint makes of a text: severity, speaker, denial, places, markets. */
#include "lint_shelf.h"

#include "../base/base_fixture.h"

typedef struct Asked {
    const char *market;
    LintSpeaker speaker;
} Asked;

static LintReading look(Arena *arena, const char *text, Asked asked) {
    static LintShelf shelf;
    LintReading reading;
    if (!shelf.arena) shelf = lint_shelf_new();
    LintReader reader = lint_reader(&shelf.lexicons, str_of(asked.market), asked.speaker);
    lint_read(arena, str_of(text), &reader, &reading);
    return reading;
}

static const Asked NOBODY = {.market = ""};

/* The only finding has this rule and severity. */
static void assert_finds(Arena *arena, const char *text, Asked asked, const char *rule,
                         LintSeverity severity) {
    LintReading reading = look(arena, text, asked);
    if (reading.count != 1) fail_msg("%s: %zu findings", text, reading.count);
    assert_str(reading.findings[0].rule->code, rule);
    assert_int_equal(reading.findings[0].severity, severity);
}

static void a_place_is_told_in_bytes_and_in_units(void **state) {
    const char *text = "💊のあと、ＵＳＢでなくｷｯｸﾊﾞｯｸの話";
    LintReading reading = look(*state, text, NOBODY);
    assert_int_equal(reading.count, 1);
    const TextSpan *span = &reading.findings[0].span;
    Str word = str_part(str_of(text), span->byte_start, span->byte_end - span->byte_start);
    assert_str(word, "ｷｯｸﾊﾞｯｸ");
    assert_int_equal(span->unit_start, 12);
    assert_int_equal(span->unit_end, 19);
}

static void harmless_words_hide_their_own_lexicon_only(void **state) {
    assert_int_equal(look(*state, "传统方案、系统方面", NOBODY).count, 0);
    assert_int_equal(look(*state, "適応外のためお断りした", NOBODY).count, 0);
    assert_finds(*state, "適応外で発疹のためお断りした", NOBODY, "adverse_event.symptom",
                 LINT_ROUTE);
}

static void the_longest_word_counts(void **state) {
    assert_finds(*state, "副作用が多い薬", NOBODY, "disparagement.competitor", LINT_ROUTE);
    assert_finds(*state, "过敏性休克", NOBODY, "adverse_event.symptom", LINT_ROUTE);
}

static void a_doctors_question_is_not_a_promotion(void **state) {
    assert_finds(*state, "医生询问超说明书用法", NOBODY, "off_label.use", LINT_INFO);
    assert_finds(*state, "我介绍了超说明书用法", NOBODY, "off_label.use", LINT_ROUTE);
    assert_finds(*state, "off-label dosing", (Asked){"", LINT_CUSTOMER}, "off_label.use",
                 LINT_INFO);
    assert_finds(*state, "off-label dosing", (Asked){"", LINT_SELF}, "off_label.use", LINT_ROUTE);
    assert_finds(*state, "I explained off-label dosing", (Asked){"", LINT_CUSTOMER},
                 "off_label.use", LINT_ROUTE);
}

static void both_in_one_sentence_are_told_apart(void **state) {
    LintReading reading =
        look(*state, "先生より適応外について質問があり、海外では承認済みと説明した", NOBODY);
    assert_int_equal(reading.count, 2);
    assert_int_equal(reading.findings[0].speaker, LINT_CUSTOMER);
    assert_int_equal(reading.findings[0].severity, LINT_INFO);
    assert_int_equal(reading.findings[1].speaker, LINT_SELF);
    assert_int_equal(reading.findings[1].severity, LINT_ROUTE);
}

static void denial_lowers_some_and_never_an_adverse_event(void **state) {
    assert_finds(*state, "没有给回扣", NOBODY, "inducement.exchange", LINT_INFO);
    assert_finds(*state, "商品券は渡していない", NOBODY, "inducement.money", LINT_INFO);
    assert_finds(*state, "no kickback was offered", NOBODY, "inducement.exchange", LINT_INFO);
    assert_finds(*state, "没问题，回扣照给", NOBODY, "inducement.exchange", LINT_ROUTE);
    assert_finds(*state, "发疹はない", NOBODY, "adverse_event.symptom", LINT_ROUTE);
    assert_finds(*state, "no rash so far", NOBODY, "adverse_event.symptom", LINT_ROUTE);
    assert_finds(*state, "没有皮疹", NOBODY, "adverse_event.symptom", LINT_ROUTE);
}

static void a_market_may_be_stricter(void **state) {
    static const char *const COUNT = "主任每月开80盒";
    assert_finds(*state, COUNT, NOBODY, "prescription_counting.individual", LINT_ROUTE);
    assert_finds(*state, COUNT, (Asked){"CN", LINT_ANYONE}, "prescription_counting.individual",
                 LINT_BLOCK);
    assert_finds(*state, COUNT, (Asked){"JP", LINT_ANYONE}, "prescription_counting.individual",
                 LINT_ROUTE);
}

static void patients_are_kept_out(void **state) {
    static const char *const NAMED[] = {"患者の佐藤さん",    "Ａ．Ｋ．様",          "住院号123456",
                                        "12床患者",          "patient named Smith", "DOB 1/2/1960",
                                        "カルテ番号 987654", "pt A.B. did well"};
    for (size_t i = 0; i < sizeof NAMED / sizeof *NAMED; i++) {
        LintReading reading = look(*state, NAMED[i], NOBODY);
        if (reading.count != 1) fail_msg("%s: %zu findings", NAMED[i], reading.count);
        assert_int_equal(reading.findings[0].severity, LINT_BLOCK);
        assert_str(reading.findings[0].rule->category, "patient_identity");
    }
    assert_finds(*state, "72歳女性", NOBODY, "patient_identity.age", LINT_WARN);
}

static void a_finding_says_why_and_what_instead(void **state) {
    const LintRule *rule = look(*state, "回扣", NOBODY).findings[0].rule;
    for (int lang = 0; lang < LANG_COUNT; lang++) {
        assert_true(label_in(&rule->why, (Lang)lang).size > 10);
        assert_true(label_in(&rule->instead, (Lang)lang).size > 10);
    }
    assert_str(rule->lexicon, "compliance_inducement");
    assert_true(str_starts(rule->version, STR("3-")));
    assert_str(rule->route, "compliance");
}

static void words_near_each_other_mean_what_none_means_alone(void **state) {
    assert_int_equal(look(*state, "The doctor gave a talk", NOBODY).count, 0);
    assert_int_equal(look(*state, "His new watch keeps good time", NOBODY).count, 0);
    assert_finds(*state, "gave the doctor a watch", NOBODY, "inducement.gift", LINT_ROUTE);
    assert_finds(*state, "a watch for the doctor, which I gave", NOBODY, "inducement.gift",
                 LINT_ROUTE);
    assert_finds(*state, "ワインを先生に届けた", NOBODY, "inducement.gift", LINT_ROUTE);
    assert_finds(*state, "給主任送了兩瓶酒", NOBODY, "inducement.gift", LINT_ROUTE);
}

static void words_of_two_sentences_are_not_near(void **state) {
    assert_int_equal(look(*state, "I gave him ten minutes. The doctor wore a watch.", NOBODY).count,
                     0);
}

static void a_denial_between_words_near_each_other_counts(void **state) {
    assert_finds(*state, "the watch was not given to the doctor", NOBODY, "inducement.gift",
                 LINT_INFO);
}

static void a_refusal_counts_throughout_the_sentence(void **state) {
    LintReading reading = look(*state, "主任问能不能送他茅台，我说不行", NOBODY);
    for (size_t i = 0; i < reading.count; i++) {
        assert_int_equal(reading.findings[i].severity, LINT_INFO);
    }
    assert_true(reading.count > 0);
}

static void a_sentence_of_published_figures_is_left_alone(void **state) {
    assert_int_equal(look(*state, "Nausea 7% on active vs 4% on placebo", NOBODY).count, 0);
    assert_finds(*state, "Nausea since the second dose", NOBODY, "adverse_event.symptom",
                 LINT_ROUTE);
}

static void no_denial_and_no_refusal_clears_an_event(void **state) {
    assert_finds(*state, "皮疹，但主任说与药物无关", NOBODY, "adverse_event.symptom", LINT_ROUTE);
    assert_finds(*state, "発疹が出たが因果関係なしとお断りがあった", NOBODY,
                 "adverse_event.symptom", LINT_ROUTE);
    assert_finds(*state, "rash, not related, he declined to report", NOBODY,
                 "adverse_event.symptom", LINT_ROUTE);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        ARENA_TEST(a_place_is_told_in_bytes_and_in_units),
        ARENA_TEST(harmless_words_hide_their_own_lexicon_only),
        ARENA_TEST(the_longest_word_counts),
        ARENA_TEST(a_doctors_question_is_not_a_promotion),
        ARENA_TEST(both_in_one_sentence_are_told_apart),
        ARENA_TEST(denial_lowers_some_and_never_an_adverse_event),
        ARENA_TEST(a_market_may_be_stricter),
        ARENA_TEST(patients_are_kept_out),
        ARENA_TEST(a_finding_says_why_and_what_instead),
        ARENA_TEST(words_near_each_other_mean_what_none_means_alone),
        ARENA_TEST(words_of_two_sentences_are_not_near),
        ARENA_TEST(a_denial_between_words_near_each_other_counts),
        ARENA_TEST(a_refusal_counts_throughout_the_sentence),
        ARENA_TEST(a_sentence_of_published_figures_is_left_alone),
        ARENA_TEST(no_denial_and_no_refusal_clears_an_event),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
