#include "field_fixture.h"

static const FieldCase CASES[] = {
    {FIELD_TEXT, " Sato ", "\"Sato\""},
    {FIELD_TEXT, "　", "null"},
    {FIELD_TEXT, "", "null"},
    {FIELD_TEXT, "a\r\nb", "\"a  b\""},
    {FIELD_TEXT, "＝ＳＵＭ", "\"＝ＳＵＭ\""}, /* people's text keeps its width */
    {FIELD_TEXT, "\xFF", "!not_utf8"},
    {FIELD_TEXT, "a\x01", "!control_character"},
    {FIELD_LONG_TEXT, "a\r\nb", "\"a\\nb\""},
    {FIELD_INTEGER, "１２３", "123"},
    {FIELD_INTEGER, "1,234,567", "1234567"},
    {FIELD_INTEGER, "１，２３４", "1234"},
    {FIELD_INTEGER, "−5", "-5"},
    {FIELD_INTEGER, "5.0", "5"},
    {FIELD_INTEGER, "1,23", "!not_integer"},
    {FIELD_INTEGER, "12,34,567", "!not_integer"},
    {FIELD_INTEGER, ",123", "!not_integer"},
    {FIELD_INTEGER, "1.5", "!not_integer"},
    {FIELD_INTEGER, "12 人", "!not_integer"},
    {FIELD_INTEGER, "99999999999999999999", "!number_out_of_range"},
    {FIELD_DECIMAL, "０．５", "0.5"},
    {FIELD_DECIMAL, "1,234.567", "1234.57"},
    {FIELD_DECIMAL, "1.234,5", "!not_number"},
    {FIELD_DECIMAL, "1,5", "!not_number"},
    {FIELD_DECIMAL, "1.2E+03", "1200"},
    {FIELD_DECIMAL, "nan", "!not_number"},
    {FIELD_DECIMAL, "half", "!not_number"},
    {FIELD_BOOLEAN, "Yes", "true"},
    {FIELD_BOOLEAN, "はい", "true"},
    {FIELD_BOOLEAN, "是", "true"},
    {FIELD_BOOLEAN, "ＴＲＵＥ", "true"},
    {FIELD_BOOLEAN, "○", "true"},
    {FIELD_BOOLEAN, "いいえ", "false"},
    {FIELD_BOOLEAN, "否", "false"},
    {FIELD_BOOLEAN, "無", "false"},
    {FIELD_BOOLEAN, "0", "false"},
    {FIELD_BOOLEAN, "perhaps", "!not_boolean"},
    {FIELD_DATE, "2026-11-21", "\"2026-11-21\""},
    {FIELD_DATE, "2026/11/21", "\"2026-11-21\""},
    {FIELD_DATE, "2026/1/2", "\"2026-01-02\""},
    {FIELD_DATE, "2026.11.21", "\"2026-11-21\""},
    {FIELD_DATE, "２０２６年１１月２１日", "\"2026-11-21\""},
    {FIELD_DATE, "2026年1月2号", "\"2026-01-02\""},
    {FIELD_DATE, "令和8年11月21日", "\"2026-11-21\""},
    {FIELD_DATE, "平成元年1月8日", "\"1989-01-08\""},
    {FIELD_DATE, "20261121", "\"2026-11-21\""},
    {FIELD_DATE, "2026/11/21 0:00", "\"2026-11-21\""},
    {FIELD_DATE, "2026/11/21 8:00", "!not_date"},
    {FIELD_DATE, "11/21/2026", "!not_date"},
    {FIELD_DATE, "2026-02-30", "!not_date"},
    {FIELD_DATE, "20261321", "!not_date"},
    {FIELD_DATE, "2026年11月21", "!not_date"},
    {FIELD_DATE, "2026-11/21", "!not_date"},
    {FIELD_DATE, "46000", "!not_date"},
    {FIELD_DATE, "tomorrow", "!not_date"},
    {FIELD_INSTANT, "2026-11-21T17:30:00+09:00", "\"2026-11-21T08:30:00.000Z\""},
    {FIELD_INSTANT, "2026-11-21 17:30", "\"2026-11-21T08:30:00.000Z\""},
    {FIELD_INSTANT, "2026/11/21 17:30:15.25", "\"2026-11-21T08:30:15.250Z\""},
    {FIELD_INSTANT, "2026年11月21日 17時30分", "\"2026-11-21T08:30:00.000Z\""},
    {FIELD_INSTANT, "2026年11月21日17时", "\"2026-11-21T08:00:00.000Z\""},
    {FIELD_INSTANT, "２０２６／１１／２１　９：０５", "\"2026-11-21T00:05:00.000Z\""},
    {FIELD_INSTANT, "2026-11-21", "\"2026-11-20T15:00:00.000Z\""},
    {FIELD_INSTANT, "2026-11-21 24:00", "!not_local_instant"},
    {FIELD_INSTANT, "2026-11-21 12:60", "!not_local_instant"},
    {FIELD_INSTANT, "12:30", "!not_local_instant"},
    {FIELD_INSTANT, "2026-11-21 12:30 maybe", "!not_local_instant"},
    {FIELD_CHOICE, "doctor", "\"doctor\""},
    {FIELD_CHOICE, "DOCTOR", "\"doctor\""},
    {FIELD_CHOICE, "Ｎｕｒｓｅ", "\"nurse\""},
    {FIELD_CHOICE, "医師", "\"doctor\""},
    {FIELD_CHOICE, "护士", "\"nurse\""},
    {FIELD_CHOICE, "長", "!choice_ambiguous"},
    {FIELD_CHOICE, "主任", "\"lead\""},
    {FIELD_CHOICE, "旧", "!choice_retired"},
    {FIELD_CHOICE, "dentist", "!choice_unknown"},
    {FIELD_CHOICES, "看護師; doctor", "[\"doctor\",\"nurse\"]"},
    {FIELD_CHOICES, "nurse；nurse;", "[\"nurse\"]"},
    {FIELD_CHOICES, "nurse;dentist", "!choice_unknown"},
    {FIELD_CHOICES, ";", "null"},
    {FIELD_TAGS, "小児；成人 ; 小児\n高齢", "[\"小児\",\"成人\",\"高齢\"]"},
    {FIELD_TAGS, "a;b;c;d", "!too_many_items"},
    {FIELD_EMAIL, "ｓａｔｏ＠ｅｘａｍｐｌｅ．ｃｏｍ", "\"sato@example.com\""},
    {FIELD_EMAIL, "“sato”@example.com", "!email"},
    {FIELD_PHONE, "03−1234−5678 内線12", "\"03-1234-5678 内線12\""},
    {FIELD_URL, "www.example.com/a", "\"https://www.example.com/a\""},
    {FIELD_REFERENCE, "0192a000-0000-7000-8000-00000000000a",
     "\"0192a000-0000-7000-8000-00000000000a\""},
    {FIELD_REFERENCE, "Dr Sato", "!not_id"},
    {FIELD_FILE, "x", "!not_id"},
    {FIELD_JSON, " {\"a\": 1} ", "{\"a\":1}"},
    {FIELD_JSON, "null", "null"},
    {FIELD_JSON, "{a: 1}", "!not_json"},
};

static void cells_are_read_leniently(void **state) {
    (void)state;
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        Arena *arena CLEANUP(arena_drop) = arena_new();
        Str got = from_text(arena, &FIELDS[CASES[i].type], str_of(CASES[i].in));
        if (!str_is(got, CASES[i].out)) {
            fail_msg("%s: got %s, expected %s", CASES[i].in, got.data, CASES[i].out);
        }
    }
}

static Value read_in(Arena *arena, FieldType type, const char *text, const char *zone) {
    Problem problem = problem_new(arena);
    Value value = value_null();
    assert_int_equal(field_from_text(arena, &FIELDS[type], str_of(text), str_of(zone), STR(""),
                                     &problem, &value),
                     STATUS_OK);
    return value;
}

static void local_times_follow_the_zone_through_the_year(void **state) {
    Arena *arena CLEANUP(arena_drop) = arena_new();
    static const struct {
        const char *local, *utc;
    } TIMES[] = {{"2026-01-15 09:00", "2026-01-15T14:00:00.000Z"},
                 {"2026-07-15 09:00", "2026-07-15T13:00:00.000Z"},
                 {"2026-03-08 01:59", "2026-03-08T06:59:00.000Z"},
                 {"2026-03-08 02:30", "2026-03-08T07:30:00.000Z"}, /* skipped: becomes 03:30 */
                 {"2026-03-08 03:00", "2026-03-08T07:00:00.000Z"},
                 {"2026-11-01 03:00", "2026-11-01T08:00:00.000Z"}};
    (void)state;
    for (size_t i = 0; i < sizeof TIMES / sizeof *TIMES; i++) {
        Value value = read_in(arena, FIELD_INSTANT, TIMES[i].local, "America/New_York");
        Buffer text CLEANUP(buffer_free) = {0};
        JsonWriter json = json_writer(&text);
        field_write_json(&json, &FIELDS[FIELD_INSTANT], &value);
        assert_str(str_part(buffer_str(&text), 1, 24), TIMES[i].utc);
    }
}

/* What is written for people, in any language, reads back as the same value. */
static void what_people_see_reads_back(void **state) {
    static const FieldCase VALUES[] = {
        {FIELD_TEXT, "\"佐藤\"", NULL},
        {FIELD_LONG_TEXT, "\"a\\nb; c\"", NULL},
        {FIELD_INTEGER, "-1234567", NULL},
        {FIELD_DECIMAL, "-0.05", NULL},
        {FIELD_DECIMAL, "12345678901.25", NULL},
        {FIELD_BOOLEAN, "true", NULL},
        {FIELD_BOOLEAN, "false", NULL},
        {FIELD_DATE, "\"2026-11-21\"", NULL},
        {FIELD_INSTANT, "\"2026-11-21T08:30:00.000Z\"", NULL},
        {FIELD_INSTANT, "\"2026-11-21T08:30:07.000Z\"", NULL},
        {FIELD_INSTANT, "\"2026-11-21T08:30:00.123Z\"", NULL},
        {FIELD_CHOICE, "\"nurse\"", NULL},
        {FIELD_CHOICES, "[\"doctor\",\"nurse\"]", NULL},
        {FIELD_REFERENCE, "\"0192a000-0000-7000-8000-00000000000a\"", NULL},
        {FIELD_EMAIL, "\"a@example.com\"", NULL},
        {FIELD_PHONE, "\"+81 3 1234 5678\"", NULL},
        {FIELD_URL, "\"https://example.com/?a=b;c\"", NULL},
        {FIELD_TAGS, "[\"b\",\"a\"]", NULL},
        {FIELD_JSON, "{\"a\":[1,2.5]}", NULL},
        {FIELD_TEXT, "null", NULL},
    };
    (void)state;
    for (size_t i = 0; i < sizeof VALUES / sizeof *VALUES * LANG_COUNT; i++) {
        Arena *arena CLEANUP(arena_drop) = arena_new();
        const FieldCase *in = &VALUES[i / LANG_COUNT];
        const Field *field = &FIELDS[in->type];
        Problem problem = problem_new(arena);
        Value value;
        json_t *node CLEANUP(json_drop) = NULL;
        assert_int_equal(json_read(str_of(in->in), NULL, &node), STATUS_OK);
        assert_int_equal(field_from_json(arena, field, node, STR(""), &problem, &value), STATUS_OK);
        Str text = field_text(arena, field, &value, (Lang)(i % LANG_COUNT), STR("Asia/Tokyo"));
        assert_str(from_text(arena, field, text), in->in);
    }
}

static void people_see_labels_and_local_times(void **state) {
    Arena *arena CLEANUP(arena_drop) = arena_new();
    Value kind = value_text(STR("nurse")), kinds = value_text(STR("[\"doctor\",\"nurse\"]"));
    Value at = value_integer(INT64_C(1795249800000)), gone = value_text(STR("removed"));
    Value yes = value_boolean(true);
    (void)state;
    assert_str(field_text(arena, &FIELDS[FIELD_CHOICE], &kind, LANG_JA, STR("")), "看護師");
    assert_str(field_text(arena, &FIELDS[FIELD_CHOICE], &gone, LANG_JA, STR("")), "removed");
    assert_str(field_text(arena, &FIELDS[FIELD_CHOICES], &kinds, LANG_ZH, STR("")), "医生; 护士");
    assert_str(field_text(arena, &FIELDS[FIELD_BOOLEAN], &yes, LANG_ZH, STR("")), "是");
    assert_str(field_text(arena, &FIELDS[FIELD_INSTANT], &at, LANG_EN, STR("Asia/Tokyo")),
               "2026-11-21 17:30");
    assert_str(field_text(arena, &FIELDS[FIELD_INSTANT], &at, LANG_EN, STR("Europe/Paris")),
               "2026-11-21 09:30");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(cells_are_read_leniently),
        cmocka_unit_test(local_times_follow_the_zone_through_the_year),
        cmocka_unit_test(what_people_see_reads_back),
        cmocka_unit_test(people_see_labels_and_local_times),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
