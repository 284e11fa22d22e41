/*
 * V4: when things are due, as people say it in three languages, and what becomes of it where clocks
 * change and where the day is another one. Notes are read as a whole, since a due time alone is
 * nothing.
 */
#include "../base/base_fixture.h"

#include "note_shelf.h"

static NoteShelf shelf;

/* What a note says of when, and when that is by the writer's clock; "": nothing. */
typedef struct DueCase {
    const char *text, *due;
} DueCase;

/* Who writes, where, and when by the clock of that place. */
typedef struct Scene {
    Lang lang;
    const char *zone, *written;
} Scene;

static int64_t instant_of(Arena *arena, const Scene *scene) {
    int64_t instant = 0;
    Str zone = str_of(scene->zone);
    assert_true(instant_parse(str_format(arena, "%s:00Z", scene->written), &instant));
    return instant - zone_offset(zone, instant);
}

/* "2026-11-20 18:00" of the first promise; "": it has no such time. */
static Str due_of(Arena *arena, const Scene *scene, const char *text) {
    Str zone = str_of(scene->zone);
    NoteWriter writer = note_writer(scene->lang, zone, &shelf.holidays);
    NoteReader reader = {
        .vocabulary = &shelf.vocabulary, .catalogue = &shelf.catalogue, .writer = &writer};
    NoteReading reading;
    note_read(arena, str_of(text), instant_of(arena, scene), &reader, &reading);
    for (size_t i = 0; i < reading.piece_count; i++) {
        const NotePiece *piece = &reading.pieces[i];
        if (piece->kind != NOTE_COMMITMENT || !piece->has_due) continue;
        assert_true(piece->due.byte_end > piece->due.byte_start);
        Str local = instant_text(arena, piece->due_at + zone_offset(zone, piece->due_at));
        return str_format(arena, "%.10s %.5s", local.data, local.data + 11);
    }
    return STR("");
}

static void check(Arena *arena, const Scene *scene, const DueCase *cases, size_t count) {
    size_t wrong = 0;
    for (size_t i = 0; i < count; i++) {
        Str got = due_of(arena, scene, cases[i].text);
        if (str_is(got, cases[i].due)) continue;
        print_message("  %s: %.*s, not %s\n", cases[i].text, STR_ARGS(got), cases[i].due);
        wrong++;
    }
    assert_int_equal(wrong, 0);
}

#define CHECK(scene, ...)                                             \
    do {                                                              \
        static const DueCase CASES[] = {__VA_ARGS__};                 \
        check(*state, &(scene), CASES, sizeof CASES / sizeof *CASES); \
    } while (0)

static const Scene SHANGHAI = {LANG_ZH, "Asia/Shanghai", "2026-11-18T10:30"};
static const Scene TOKYO = {LANG_JA, "Asia/Tokyo", "2026-11-18T10:30"};
static const Scene NEW_YORK = {LANG_EN, "America/New_York", "2026-11-18T10:30"};
static const Scene LONDON = {LANG_EN, "Europe/London", "2026-11-18T10:30"};

static void chinese_says_when(void **state) {
    CHECK(SHANGHAI, {"本周内送资料!", "2026-11-20 18:00"}, {"这周五送资料!", "2026-11-20 18:00"},
          {"下周一上午送资料!", "2026-11-23 12:00"}, {"下周一上午10点送资料!", "2026-11-23 10:00"},
          {"3天后送资料!", "2026-11-21 18:00"}, {"三天之内送资料!", "2026-11-21 18:00"},
          {"两三天内送资料!", "2026-11-21 18:00"}, {"2-3天内送资料!", "2026-11-21 18:00"},
          {"48小时内送资料!", "2026-11-20 10:30"}, {"72个小时内送资料!", "2026-11-21 10:30"},
          {"两周内送资料!", "2026-12-02 18:00"}, {"半个月内送资料!", "2026-12-03 18:00"},
          {"月底前送资料!", "2026-11-30 18:00"}, {"下月初送资料!", "2026-12-10 18:00"},
          {"下个月中旬送资料!", "2026-12-20 18:00"}, {"12月上旬送资料!", "2026-12-10 18:00"},
          {"下周初送资料!", "2026-11-24 18:00"}, {"明后天送资料!", "2026-11-20 18:00"},
          {"后天中午12点前送资料!", "2026-11-20 12:00"}, {"今天下班前送资料!", "2026-11-18 18:00"},
          {"下班前送资料!", "2026-11-18 18:00"}, {"周五下班前送资料!", "2026-11-20 18:00"},
          {"今晚8点前送资料!", "2026-11-18 20:00"}, {"明天一早送资料!", "2026-11-19 12:00"},
          {"25号前送资料!", "2026-11-25 18:00"}, {"本月25日前送资料!", "2026-11-25 18:00"},
          {"12月1日前送资料!", "2026-12-01 18:00"}, {"年内送资料!", "2026-12-31 18:00"},
          {"年底前送资料!", "2026-12-31 18:00"}, {"五个工作日内送资料!", "2026-11-25 18:00"},
          {"最晚周四送资料!", "2026-11-19 18:00"}, {"下下周一送资料!", "2026-11-30 18:00"},
          {"以后送资料!", ""}, {"每周五送资料!", ""}, {"每3天送资料!", ""});
}

static void japanese_says_when(void **state) {
    CHECK(
        TOKYO, {"今週中に資料送付!", "2026-11-20 18:00"},
        {"今週いっぱいで資料送付!", "2026-11-20 18:00"},
        {"来週火曜に資料送付!", "2026-11-24 18:00"}, {"来週早々に資料送付!", "2026-11-24 18:00"},
        {"来週半ばに資料送付!", "2026-11-25 18:00"}, {"来週後半に資料送付!", "2026-11-27 18:00"},
        {"週明けに資料送付!", "2026-11-23 18:00"}, {"明後日までに資料送付!", "2026-11-20 18:00"},
        {"一両日中に資料送付!", "2026-11-20 18:00"}, {"月末までに資料送付!", "2026-11-30 18:00"},
        {"来月初旬に資料送付!", "2026-12-10 18:00"},
        {"来月中旬までに資料送付!", "2026-12-20 18:00"},
        {"来月末までに資料送付!", "2026-12-31 18:00"}, {"12月上旬に資料送付!", "2026-12-10 18:00"},
        {"25日までに資料送付!", "2026-11-25 18:00"}, {"年内に資料送付!", "2026-12-31 18:00"},
        {"年度末までに資料送付!", "2027-03-31 18:00"},
        {"2～3日以内に資料送付!", "2026-11-21 18:00"},
        {"2、3日以内に資料送付!", "2026-11-21 18:00"},
        {"3営業日以内に資料送付!", "2026-11-24 18:00"}, {"２週間後に資料送付!", "2026-12-02 18:00"},
        {"48時間以内に資料送付!", "2026-11-20 10:30"},
        {"本日17時までに資料送付!", "2026-11-18 17:00"}, {"本日中に資料送付!", "2026-11-18 18:00"},
        {"明日の朝一で資料送付!", "2026-11-19 12:00"}, {"明日午後に資料送付!", "2026-11-19 18:00"},
        {"今夜メール!", "2026-11-18 21:00"}, {"木曜の午前中に資料送付!", "2026-11-19 12:00"},
        {"金曜15時に資料送付!", "2026-11-20 15:00"},
        {"11/27(金)17時までに資料送付!", "2026-11-27 17:00"},
        {"27日(金)までに資料送付!", "2026-11-27 18:00"},
        {"お昼までに資料送付!", "2026-11-18 12:00"}, {"終業までに資料送付!", "2026-11-18 18:00"},
        {"後日資料送付!", ""}, {"毎週金曜に資料送付!", ""});
}

static void english_says_when(void **state) {
    CHECK(NEW_YORK, {"send data by Friday!", "2026-11-20 18:00"},
          {"send data by end of day!", "2026-11-18 18:00"}, {"send data EOD!", "2026-11-18 18:00"},
          {"send data EOD tomorrow!", "2026-11-19 18:00"},
          {"send data by COB Friday!", "2026-11-20 18:00"},
          {"send data by close of play Thursday!", "2026-11-19 18:00"},
          {"send data tomorrow noon!", "2026-11-19 12:00"},
          {"send data by noon!", "2026-11-18 12:00"},
          {"send data by the 25th!", "2026-11-25 18:00"}, {"send data 48h!", "2026-11-20 10:30"},
          {"send data within 72 h!", "2026-11-21 10:30"},
          {"send data in 24-48 hrs!", "2026-11-20 10:30"},
          {"send data in 2-3 days!", "2026-11-21 18:00"},
          {"send data in a week!", "2026-11-25 18:00"},
          {"send data in a fortnight!", "2026-12-02 18:00"},
          {"send data in two weeks!", "2026-12-02 18:00"},
          {"send data next Tuesday!", "2026-11-24 18:00"},
          {"send data Tuesday next week!", "2026-11-24 18:00"},
          {"send data early next week!", "2026-11-24 18:00"},
          {"send data by end of next week!", "2026-11-27 18:00"},
          {"send data by mid-December!", "2026-12-15 18:00"},
          {"send data early next month!", "2026-12-10 18:00"},
          {"send data by month end!", "2026-11-30 18:00"},
          {"send data by year end!", "2026-12-31 18:00"},
          {"send data by Dec 1st!", "2026-12-01 18:00"}, {"send data by 12/4!", "2026-12-04 18:00"},
          {"send data Fri 3pm!", "2026-11-20 15:00"},
          {"send data by tomorrow 10am!", "2026-11-19 10:00"},
          {"send data in 3 working days!", "2026-11-23 18:00"},
          {"send data by Monday morning!", "2026-11-23 12:00"},
          {"send data first thing Monday!", "2026-11-23 12:00"},
          {"send data by end of tomorrow!", "2026-11-19 18:00"}, {"send data of 12 weeks!", ""},
          {"send data for 48 h!", ""}, {"send data later!", ""});
    CHECK(LONDON, {"send data by 4/12!", "2026-12-04 18:00"},
          {"send data on Sunday next week!", "2026-11-29 18:00"});
}

/* Clocks go back on 1 November in New York: hours are counted, days are called by their names. */
static void clocks_may_change_before_it_is_due(void **state) {
    static const Scene AUTUMN = {LANG_EN, "America/New_York", "2026-10-30T10:30"};
    CHECK(AUTUMN, {"send data within 72 h!", "2026-11-02 09:30"},
          {"send data in 3 days!", "2026-11-02 18:00"},
          {"send data by Monday 9am!", "2026-11-02 09:00"});
    static const Scene SPRING = {LANG_EN, "America/New_York", "2027-03-13T10:30"};
    CHECK(SPRING, {"send data within 24 h!", "2027-03-14 11:30"},
          {"send data by tomorrow 9am!", "2027-03-14 09:00"},
          {"send data by tomorrow 2:30am!", "2027-03-14 01:30"}); /* that hour is not there */
}

/* The day is the writer's, whatever day it is elsewhere. */
static void the_day_is_the_writers(void **state) {
    static const Scene KIRITIMATI = {LANG_EN, "Pacific/Kiritimati", "2026-11-18T00:30"};
    CHECK(KIRITIMATI, {"send data today!", "2026-11-18 18:00"},
          {"send data tomorrow!", "2026-11-19 18:00"},
          {"send data by Friday!", "2026-11-20 18:00"});
    static const Scene HONOLULU = {LANG_EN, "Pacific/Honolulu", "2026-11-17T23:30"};
    CHECK(HONOLULU, {"send data today!", "2026-11-17 23:59"},
          {"send data tomorrow!", "2026-11-18 18:00"});
    static const Scene LATE = {LANG_JA, "Asia/Tokyo", "2026-12-31T19:00"};
    CHECK(LATE, {"本日中に資料送付!", "2026-12-31 23:59"}, {"明日資料送付!", "2027-01-01 18:00"},
          {"1月5日までに資料送付!", "2027-01-05 18:00"},
          {"月末までに資料送付!", "2026-12-31 23:59"});
    static const Scene LEAP = {LANG_ZH, "Asia/Shanghai", "2028-02-28T10:30"};
    CHECK(LEAP, {"明天送资料!", "2028-02-29 18:00"}, {"月底前送资料!", "2028-02-29 18:00"},
          {"一个月内送资料!", "2028-03-28 18:00"});
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
        ARENA_TEST(chinese_says_when),      ARENA_TEST(japanese_says_when),
        ARENA_TEST(english_says_when),      ARENA_TEST(clocks_may_change_before_it_is_due),
        ARENA_TEST(the_day_is_the_writers),
    };
    return cmocka_run_group_tests(tests, open_shelf, close_shelf);
}
