/* V4: what notes say, case by case. The corpora are read in note_corpus_test. */
#include "../base/base_fixture.h"

#include "note/note_calendar.h"
#include "note_shelf.h"

static NoteShelf shelf;

/* Wednesday, 18 November 2026, half past ten by the writer's clock. */
static int64_t morning(Str zone) {
    int64_t instant = 0;
    assert_true(instant_parse(STR("2026-11-18T10:30:00Z"), &instant));
    return instant - zone_offset(zone, instant);
}

static NoteReading read_in(Arena *arena, const char *text, Lang lang, Str zone) {
    NoteWriter writer = note_writer(lang, zone, &shelf.holidays);
    NoteReader reader = {
        .vocabulary = &shelf.vocabulary, .catalogue = &shelf.catalogue, .writer = &writer};
    NoteReading reading;
    note_read(arena, str_of(text), morning(zone), &reader, &reading);
    return reading;
}

static NoteReading read_zh(Arena *arena, const char *text) {
    return read_in(arena, text, LANG_ZH, STR("Asia/Shanghai"));
}
static NoteReading read_ja(Arena *arena, const char *text) {
    return read_in(arena, text, LANG_JA, STR("Asia/Tokyo"));
}
static NoteReading read_en(Arena *arena, const char *text) {
    return read_in(arena, text, LANG_EN, STR("America/New_York"));
}

/* "question a | interest b | commitment c 11-20 18:00" */
static Str told(Arena *arena, const NoteReading *reading, Str zone) {
    Str out = STR("");
    for (size_t i = 0; i < reading->piece_count; i++) {
        const NotePiece *piece = &reading->pieces[i];
        Str due = STR("");
        if (piece->has_due) {
            Str local = instant_text(arena, piece->due_at + zone_offset(zone, piece->due_at));
            due = str_format(arena, " %.5s %.5s", local.data + 5, local.data + 11);
        }
        out = str_format(arena, "%.*s%s%s %.*s%.*s", STR_ARGS(out), i ? " | " : "",
                         note_kind_code(piece->kind).data, STR_ARGS(piece->text), STR_ARGS(due));
    }
    return out;
}

#define assert_zh(text, expected)                                            \
    do {                                                                     \
        NoteReading reading_ = read_zh(*state, text);                        \
        assert_str(told(*state, &reading_, STR("Asia/Shanghai")), expected); \
    } while (0)
#define assert_ja(text, expected)                                         \
    do {                                                                  \
        NoteReading reading_ = read_ja(*state, text);                     \
        assert_str(told(*state, &reading_, STR("Asia/Tokyo")), expected); \
    } while (0)
#define assert_en(text, expected)                                               \
    do {                                                                        \
        NoteReading reading_ = read_en(*state, text);                           \
        assert_str(told(*state, &reading_, STR("America/New_York")), expected); \
    } while (0)

static void the_example_of_the_document_is_three_pieces(void **state) {
    const char *const expected =
        "question 客户询问XX药物的肝腎毒性 | interest 希望获取同成分不同剂型的对比数据 | "
        "commitment 同成分不同剂型的对比数据 11-20 18:00";
    assert_zh("客户询问XX药物的肝腎毒性(?),并希望获取同成分不同剂型的对比数据(↑),需本周内提供(!)",
              expected);
    assert_zh(
        "客户询问XX药物的肝腎毒性（？），并希望获取同成分不同剂型的对比数据（↑），需本周内提供（！"
        "）",
        expected);
}

/* Its other sentences, with their marks and without. */
static void the_sentences_of_the_document_are_read_without_marks(void **state) {
    assert_zh("客户询问XX药物的肝腎毒性,并希望获取同成分不同剂型的对比数据,需本周内提供",
              "question 客户询问XX药物的肝腎毒性 | interest 希望获取同成分不同剂型的对比数据 | "
              "commitment 同成分不同剂型的对比数据 11-20 18:00");
    assert_zh("XX适应症的临床数据是否包含亚裔人群？",
              "question XX适应症的临床数据是否包含亚裔人群");
    assert_zh("XX适应症的临床数据是否包含亚裔人群", "question XX适应症的临床数据是否包含亚裔人群");
    assert_zh("某竞品的注射频率更低，你们有优化空间吗？", "question 你们有优化空间吗");
    assert_zh("某竞品的注射频率更低，你们有优化空间吗", "question 你们有优化空间吗");
    assert_zh("需要最新的国际指南解读资料用于科室培训↑",
              "interest 需要最新的国际指南解读资料用于科室培训");
    assert_zh("需要最新的国际指南解读资料用于科室培训",
              "interest 需要最新的国际指南解读资料用于科室培训");
    assert_zh("客户要求一周内提供某病例的长期随访数据",
              "commitment 提供某病例的长期随访数据 11-25 18:00");
    assert_zh("72小时内整理数据并同步，3天后确认是否收到",
              "commitment 整理数据并同步 11-21 10:30 | commitment 确认是否收到 11-21 18:00");
    assert_zh("48小时内整理该药物的脑转移II期临床数据(含亚组分析)",
              "commitment 整理该药物的脑转移II期临床数据(含亚组分析) 11-20 10:30");
    assert_zh("15天后邀请参与线上研讨会，分享专家观点",
              "commitment 邀请参与线上研讨会 12-03 18:00");
    assert_zh("24小时内提供基药目录申报材料模板",
              "commitment 提供基药目录申报材料模板 11-19 10:30");
    assert_zh("拜访了XX客户，介绍了产品", "");
    assert_zh("后续跟进产品资料", "");
}

static void what_is_over_or_others_do_is_no_promise(void **state) {
    assert_zh("文献已经发了", "");
    assert_zh("主任答应下周把病例发给我", "");
    assert_ja("資料は先週お渡し済み。", "");
    assert_ja("先生より来週ご連絡いただけるとのこと。", "");
    assert_en("Sent the reprint last week.", "");
    assert_en("Dr Lee will send me the list by Friday.", "");
    assert_en("Will send the list by Friday.", "commitment send the list 11-20 18:00");
    assert_ja("添付文書をお送りします。", "commitment 添付文書をお送りします");
}

static void clauses_are_parted_where_no_comma_is(void **state) {
    assert_en("Asked about renal dosing and wants the leaflet",
              "question Asked about renal dosing | interest wants the leaflet");
    assert_en("Asked about renal dosing and hepatic dosing",
              "question Asked about renal dosing and hepatic dosing");
    assert_ja("用量について聞かれたので金曜までに論文を送付",
              "question 用量について聞かれた | commitment 論文を送付 11-20 18:00");
    assert_zh("询问肾毒性并希望获取对比数据", "question 询问肾毒性 | interest 希望获取对比数据");
    assert_ja("アエロバンタのカウンターが30のまま動かない", "");
}

static void brackets_behind_a_mark_say_more_of_it(void **state) {
    assert_zh("长期数据↑（他主动问的），剂量？（老年人），资料！（周五前）",
              "interest 长期数据 | question 剂量 | commitment 资料 11-20 18:00");
    assert_zh("？→剂量；↑→长期数据；！→周五发资料",
              "question 剂量 | interest 长期数据 | commitment 发资料 11-20 18:00");
    assert_ja("宿題：相互作用の文献（来週水曜）", "commitment 相互作用の文献 11-25 18:00");
}

static void small_talk_is_no_piece(void **state) {
    assert_en("He asked how my holidays were", "");
    assert_zh("下周三再来看看", "");
    assert_ja("来月から予約制になるらしい", "");
    assert_en("Could we support a journal club? Dr Wu asked",
              "question Could we support a journal club");
}

static void a_piece_carries_its_place(void **state) {
    const char *text = "询问𠮷肝毒性(?)";
    NoteReading reading = read_zh(*state, text);
    assert_int_equal(reading.piece_count, 1);
    const NotePiece *piece = &reading.pieces[0];
    assert_int_equal(piece->span.byte_start, 0);
    assert_int_equal(piece->span.byte_end, strlen("询问𠮷肝毒性"));
    assert_int_equal(piece->span.unit_end, 7); /* 𠮷 takes two */
    assert_int_equal(piece->mark.unit_start, 7);
    assert_int_equal(piece->mark.unit_end, 10);
    assert_int_equal(reading.mention_count, 1);
    assert_int_equal(reading.mentions[0].span.unit_start, 4);
    assert_str(reading.mentions[0].subject, "liver_kidney");
}

static void marks_stand_before_behind_doubled_and_in_brackets(void **state) {
    assert_ja("用量の件？ 剤形の比較↑ 比較表を持参！",
              "question 用量の件 | interest 剤形の比較 | commitment 比較表を持参");
    assert_ja("？用量の件 ↑剤形の比較 ！比較表を持参",
              "question 用量の件 | interest 剤形の比較 | commitment 比較表を持参");
    assert_ja("【?】用量の件、【↑】剤形の比較、【!】比較表を持参",
              "question 用量の件 | interest 剤形の比較 | commitment 比較表を持参");
    assert_zh("肝毒性??；剂型↑↑；补资料!!", "question 肝毒性 | interest 剂型 | commitment 补资料");
    assert_en("renal dosing ❓\nhead-to-head data ⬆️\nsend reprint ❗",
              "question renal dosing | interest head-to-head data | commitment send reprint");
    NoteReading reading = read_zh(*state, "肝毒性??");
    assert_int_equal(reading.pieces[0].strength, 2);
}

static void two_marks_on_one_clause_are_two_pieces(void **state) {
    assert_zh("肝毒性机制(?!)", "question 肝毒性机制 | commitment 肝毒性机制");
    assert_zh("肝毒性机制⁉", "question 肝毒性机制 | commitment 肝毒性机制");
}

static void a_value_that_rises_is_no_interest(void **state) {
    assert_ja("ALT↑のため減量について質問あり", "question ALT↑のため減量について質問あり");
    assert_ja("カリウム 5.8↑の例で休薬?", "question カリウム 5.8↑の例で休薬");
    assert_zh("血压↑的患者怎么换药？", "question 血压↑的患者怎么换药");
    assert_zh("血压(↑)", "interest 血压");
}

static void thanks_promise_nothing(void **state) {
    assert_en("Great meeting, thank you!", "");
    assert_ja("ありがとうございました！", "");
    assert_zh("非常感谢！", "");
}

static void words_alone_say_it_too(void **state) {
    assert_zh("主任询问肾功能不全患者的剂量。3天后提供亚组数据。",
              "question 主任询问肾功能不全患者的剂量 | commitment 提供亚组数据 11-21 18:00");
    assert_ja("副作用の頻度について質問あり。来週火曜までに論文を送付。",
              "question 副作用の頻度について質問あり | commitment 論文を送付 11-24 18:00");
    assert_en("Asked about renal dosing. Will send the reprint by Friday.",
              "question Asked about renal dosing | commitment send the reprint 11-20 18:00");
    assert_ja("特に質問なし。", "");
}

static void dates_in_words_count_from_the_visit(void **state) {
    assert_ja("今週中に資料送付!", "commitment 資料送付 11-20 18:00");
    assert_en("send data within 72 h!", "commitment send data 11-21 10:30");
    assert_ja("来週火曜に資料送付!", "commitment 資料送付 11-24 18:00");
    assert_zh("3天后送资料!", "commitment 送资料 11-21 18:00");
    assert_en("by Friday send data!", "commitment send data 11-20 18:00");
    assert_zh("48小时内送资料!", "commitment 送资料 11-20 10:30");
    assert_ja("月末までに資料送付!", "commitment 資料送付 11-30 18:00");
    assert_ja("11/28(土)までに資料送付!", "commitment 資料送付 11-28 18:00");
    assert_zh("11月28日前送资料!", "commitment 送资料 11-28 18:00");
    assert_en("send data by Nov 28!", "commitment send data 11-28 18:00");
    assert_en("send data tomorrow by 3:30pm!", "commitment send data 11-19 15:30");
    assert_zh("三个工作日内送资料!", "commitment 送资料 11-23 18:00");
    assert_zh("明天下午3点前送资料!", "commitment 送资料 11-19 15:00");
    assert_ja("10営業日以内に資料送付!", "commitment 資料送付 12-03 18:00");
    assert_zh("下下周一送资料!", "commitment 送资料 11-30 18:00");
    assert_ja("1月15日までに資料送付!", "commitment 資料送付 01-15 18:00");
}

/* 23 November, 26 November and 1 January: each where it is a holiday, and nowhere else. */
static void working_days_leave_out_the_holidays_of_the_writers_country(void **state) {
    assert_ja("3営業日以内に資料送付!", "commitment 資料送付 11-24 18:00");
    assert_zh("3个工作日内送资料!", "commitment 送资料 11-23 18:00");
    assert_en("send data within 6 business days!", "commitment send data 11-27 18:00");
    assert_zh("6个工作日内送资料!", "commitment 送资料 11-26 18:00");
    assert_zh("32个工作日内送资料!", "commitment 送资料 01-04 18:00");
}

/* Folding makes one of both kana, but データ does not begin with the particle で. */
static void words_in_katakana_are_whole(void **state) {
    assert_ja("48時間以内にデータを送付!", "commitment データを送付 11-20 10:30");
    assert_ja("来週火曜データ送付!", "commitment データ送付 11-24 18:00");
    assert_ja("今週中にニーズ整理資料を送付!", "commitment ニーズ整理資料を送付 11-20 18:00");
    assert_ja("今週中にﾆｰｽﾞ整理資料を送付!", "commitment ﾆｰｽﾞ整理資料を送付 11-20 18:00");
    assert_ja("アスピリン併用の資料を送付!", "commitment アスピリン併用の資料を送付");
    assert_ja("明日までにハーセプチン資料を送付!", "commitment ハーセプチン資料を送付 11-19 18:00");
    assert_ja("カラム資料を今週中に送付!", "commitment カラム資料を今週中に送付 11-20 18:00");
    assert_ja("あすまでに資料送付!", "commitment 資料送付 11-19 18:00");
}

static int64_t week_end_from(const char *instant, const HolidayCalendars *holidays) {
    int64_t at = 0;
    assert_true(instant_parse(str_of(instant), &at));
    NoteWriter writer = note_writer(LANG_ZH, STR("Asia/Shanghai"), holidays);
    NoteCalendar calendar = note_calendar(&writer, at);
    return note_calendar_week_end(&calendar, 0) - calendar.today;
}

/* 1 October 2027 is a Friday. */
static void a_week_ends_before_the_holidays_at_its_end(void **state) {
    (void)state;
    assert_int_equal(week_end_from("2027-09-28T02:00:00Z", &shelf.holidays), 2);
    assert_int_equal(week_end_from("2027-09-28T02:00:00Z", NULL), 3);
    assert_int_equal(week_end_from("2027-09-30T11:00:00Z", &shelf.holidays), 1);
}

static void when_alone_belongs_to_what_is_promised(void **state) {
    assert_zh("补充亚组数据(!)，本周内", "commitment 补充亚组数据 11-20 18:00");
    assert_zh("本周内，补充亚组数据(!)", "commitment 补充亚组数据 11-20 18:00");
    assert_en("Comparison table, by Monday (!)", "commitment Comparison table 11-23 18:00");
}

static void a_week_begins_where_the_writer_lives(void **state) {
    assert_ja("来週日曜に資料送付!", "commitment 資料送付 11-22 18:00");
    assert_zh("下周日送资料!", "commitment 送资料 11-29 18:00");
    assert_ja("今週日曜に資料送付!", "commitment 資料送付 11-22 18:00"); /* the 15th has passed */
    assert_int_equal(note_writer(LANG_EN, STR("America/New_York"), NULL).first_weekday, 6);
    assert_int_equal(note_writer(LANG_EN, STR("Europe/London"), NULL).first_weekday, 0);
}

static void products_are_found_in_every_script(void **state) {
    static const char *const TEXTS[] = {"カルベストラの用量?", "ｶﾙﾍﾞｽﾄﾗの用量?", "卡维舒的用量?",
                                        "KALVESTRA dosing?", "卡維舒的用量?"};
    for (size_t i = 0; i < sizeof TEXTS / sizeof *TEXTS; i++) {
        NoteReading reading = read_ja(*state, TEXTS[i]);
        assert_int_equal(reading.piece_count, 1);
        assert_true(id_equal(reading.pieces[0].product, shelf_product_id(0)));
    }
    NoteReading other = read_en(*state, "Kalvestralike dosing?");
    assert_true(id_none(other.pieces[0].product));
    NoteReading later = read_zh(*state, "询问卡维舒的肝毒性(?)，希望看不同剂型对比(↑)");
    assert_true(id_equal(later.pieces[1].product, shelf_product_id(0)));
}

static void anything_can_be_read(void **state) {
    static const char *const TEXTS[] = {"",
                                        "?",
                                        "!!!",
                                        "(((",
                                        "))))?",
                                        "↑↑?!",
                                        "\xff\xfe?",
                                        "。。。",
                                        "https://x.example/?a=1!",
                                        "12345678901234567890天内!"};
    for (size_t i = 0; i < sizeof TEXTS / sizeof *TEXTS; i++) {
        NoteReading reading = read_ja(*state, TEXTS[i]);
        assert_true(reading.piece_count <= 2);
    }
}

static int open_shelf(void **state) {
    (void)state;
    shelf = shelf_new();
    return 0;
}
static int close_shelf(void **state) {
    (void)state;
    shelf_free(&shelf);
    return 0;
}

int main(void) {
    const struct CMUnitTest tests[] = {
        ARENA_TEST(the_example_of_the_document_is_three_pieces),
        ARENA_TEST(the_sentences_of_the_document_are_read_without_marks),
        ARENA_TEST(what_is_over_or_others_do_is_no_promise),
        ARENA_TEST(clauses_are_parted_where_no_comma_is),
        ARENA_TEST(brackets_behind_a_mark_say_more_of_it),
        ARENA_TEST(small_talk_is_no_piece),
        ARENA_TEST(a_piece_carries_its_place),
        ARENA_TEST(marks_stand_before_behind_doubled_and_in_brackets),
        ARENA_TEST(two_marks_on_one_clause_are_two_pieces),
        ARENA_TEST(a_value_that_rises_is_no_interest),
        ARENA_TEST(thanks_promise_nothing),
        ARENA_TEST(words_alone_say_it_too),
        ARENA_TEST(dates_in_words_count_from_the_visit),
        ARENA_TEST(working_days_leave_out_the_holidays_of_the_writers_country),
        ARENA_TEST(words_in_katakana_are_whole),
        ARENA_TEST(a_week_ends_before_the_holidays_at_its_end),
        ARENA_TEST(when_alone_belongs_to_what_is_promised),
        ARENA_TEST(a_week_begins_where_the_writer_lives),
        ARENA_TEST(products_are_found_in_every_script),
        ARENA_TEST(anything_can_be_read),
    };
    return cmocka_run_group_tests(tests, open_shelf, close_shelf);
}
