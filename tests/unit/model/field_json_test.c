#include "check.h"
#include "field_fixture.h"

static const FieldCase CASES[] = {
    {FIELD_TEXT, "\"Sato\"", "\"Sato\""},
    {FIELD_TEXT, "\"  Sato\\u3000\"", "\"Sato\""},
    {FIELD_TEXT, "\"e\\u0301\"", "\"é\""},
    {FIELD_TEXT, "\"\"", "null"},
    {FIELD_TEXT, "\" \\t\\n \"", "null"},
    {FIELD_TEXT, "null", "null"},
    {FIELD_TEXT, "\"一二三四五六七八九十\"", "\"一二三四五六七八九十\""},
    {FIELD_TEXT, "\"一二三四五六七八九十一\"", "!too_long"},
    {FIELD_TEXT, "\"a\\nb\"", "!one_line"},
    {FIELD_TEXT, "\"a\\tb\"", "!one_line"},
    {FIELD_TEXT, "\"a\\u0007b\"", "!control_character"},
    {FIELD_TEXT, "\"a\\u007fb\"", "!control_character"},
    {FIELD_TEXT, "\"a\\u009bb\"", "!control_character"},
    {FIELD_TEXT, "\"a\\u001b[31mb\"", "!control_character"},
    {FIELD_TEXT, "5", "!not_text"},
    {FIELD_TEXT, "true", "!not_text"},
    {FIELD_TEXT, "[\"a\"]", "!not_text"},
    {FIELD_TEXT, "{}", "!not_text"},
    {FIELD_LONG_TEXT, "\"one\\r\\ntwo\\rthree\\n\\tfour\"", "\"one\\ntwo\\nthree\\n\\tfour\""},
    {FIELD_LONG_TEXT, "\"a\\u0001b\"", "!control_character"},
    {FIELD_LONG_TEXT, "\"0123456789012345678901234567890\"", "!too_long"},
    {FIELD_INTEGER, "42", "42"},
    {FIELD_INTEGER, "-7", "-7"},
    {FIELD_INTEGER, "5.0", "5"},
    {FIELD_INTEGER, "5.5", "!not_integer"},
    {FIELD_INTEGER, "\"5\"", "!not_integer"},
    {FIELD_INTEGER, "true", "!not_integer"},
    {FIELD_INTEGER, "9007199254740992", "9007199254740992"},
    {FIELD_INTEGER, "-9007199254740992", "-9007199254740992"},
    {FIELD_INTEGER, "9007199254740993", "!number_out_of_range"},
    {FIELD_INTEGER, "-9007199254740993", "!number_out_of_range"},
    {FIELD_INTEGER, "1e300", "!number_out_of_range"},
    {FIELD_DECIMAL, "0.5", "0.5"},
    {FIELD_DECIMAL, "1.005", "1.01"},
    {FIELD_DECIMAL, "-1.005", "-1.01"},
    {FIELD_DECIMAL, "2.675", "2.68"},
    {FIELD_DECIMAL, "0.125", "0.13"},
    {FIELD_DECIMAL, "0.1249", "0.12"},
    {FIELD_DECIMAL, "-0.001", "0"},
    {FIELD_DECIMAL, "3", "3"},
    {FIELD_DECIMAL, "1e15", "!number_out_of_range"},
    {FIELD_DECIMAL, "\"0.5\"", "!not_number"},
    {FIELD_BOOLEAN, "true", "true"},
    {FIELD_BOOLEAN, "false", "false"},
    {FIELD_BOOLEAN, "1", "!not_boolean"},
    {FIELD_BOOLEAN, "\"true\"", "!not_boolean"},
    {FIELD_DATE, "\"2026-11-21\"", "\"2026-11-21\""},
    {FIELD_DATE, "\"2024-02-29\"", "\"2024-02-29\""},
    {FIELD_DATE, "\"2026-02-29\"", "!not_date"},
    {FIELD_DATE, "\"2026/11/21\"", "!not_date"},
    {FIELD_DATE, "\"2026-11-21T00:00:00Z\"", "!not_date"},
    {FIELD_DATE, "20261121", "!not_date"},
    {FIELD_INSTANT, "\"2026-11-21T17:30:00+09:00\"", "\"2026-11-21T08:30:00.000Z\""},
    {FIELD_INSTANT, "\"2026-11-21T08:30:00.123Z\"", "\"2026-11-21T08:30:00.123Z\""},
    {FIELD_INSTANT, "\"2026-11-21T17:30:00\"", "!not_instant"},
    {FIELD_INSTANT, "\"2026-11-21\"", "!not_instant"},
    {FIELD_INSTANT, "1763713800000", "!not_instant"},
    {FIELD_CHOICE, "\"doctor\"", "\"doctor\""},
    {FIELD_CHOICE, "\"Doctor\"", "!choice_unknown"},
    {FIELD_CHOICE, "\"医師\"", "!choice_unknown"},
    {FIELD_CHOICE, "\"\"", "!choice_unknown"},
    {FIELD_CHOICE, "\"old\"", "!choice_retired"},
    {FIELD_CHOICE, "3", "!not_text"},
    {FIELD_CHOICES, "[\"nurse\", \"doctor\"]", "[\"doctor\",\"nurse\"]"},
    {FIELD_CHOICES, "[]", "null"},
    {FIELD_CHOICES, "[\"nurse\", \"nurse\"]", "!choice_repeated/x/1"},
    {FIELD_CHOICES, "[\"nurse\", \"dr\"]", "!choice_unknown/x/1"},
    {FIELD_CHOICES, "[\"doctor\", \"nurse\", \"head\", \"lead\"]", "!too_many_items"},
    {FIELD_CHOICES, "[7]", "!not_text/x/0"},
    {FIELD_CHOICES, "\"nurse\"", "!not_list"},
    {FIELD_REFERENCE, "\"0192A000-0000-7000-8000-00000000000a\"",
     "\"0192a000-0000-7000-8000-00000000000a\""},
    {FIELD_REFERENCE, "\"00000000-0000-0000-0000-000000000000\"", "!not_id"},
    {FIELD_REFERENCE, "\"佐藤\"", "!not_id"},
    {FIELD_REFERENCE, "12", "!not_id"},
    {FIELD_FILE, "\"0192a000-0000-7000-8000-00000000000a\"",
     "\"0192a000-0000-7000-8000-00000000000a\""},
    {FIELD_FILE, "\"a.pdf\"", "!not_id"},
    {FIELD_EMAIL, "\"Sato.Hanako@Example.CO.JP\"", "\"Sato.Hanako@example.co.jp\""},
    {FIELD_EMAIL, "\"sato@example\"", "!email"},
    {FIELD_EMAIL, "\"sato\"", "!email"},
    {FIELD_PHONE, "\"+81 3-1234-5678\"", "\"+81 3-1234-5678\""},
    {FIELD_PHONE, "\"０３ー１２３４ー５６７８\"", "\"03-1234-5678\""},
    {FIELD_PHONE, "\"(010) 6552 9988 分机 12\"", "\"(010) 6552 9988 分机 12\""},
    {FIELD_PHONE, "\"555-0123 ext. 4\"", "\"555-0123 ext. 4\""},
    {FIELD_PHONE, "\"call me\"", "!phone"},
    {FIELD_PHONE, "\"12\"", "!phone"},
    {FIELD_PHONE, "\"1234567890123456\"", "!phone"},
    {FIELD_PHONE, "\"03-1234-\"", "!phone"},
    {FIELD_PHONE, "\"(03 1234\"", "!phone"},
    {FIELD_PHONE, "\"1+2345\"", "!phone"},
    {FIELD_PHONE, "\"0312345678 ext\"", "!phone"},
    {FIELD_URL, "\"HTTPS://www.example.com/a?b=c#d\"", "\"https://www.example.com/a?b=c#d\""},
    {FIELD_URL, "\"http://192.168.0.1:8080/\"", "\"http://192.168.0.1:8080/\""},
    {FIELD_URL, "\"https://[2001:db8::1]/\"", "\"https://[2001:db8::1]/\""},
    {FIELD_URL, "\"https://例え.jp/研究\"", "\"https://例え.jp/研究\""},
    {FIELD_URL, "\"javascript:alert(1)\"", "!url"},
    {FIELD_URL, "\"javascript://example.com/%0aalert(1)\"", "!url"},
    {FIELD_URL, "\"data:text/html,x\"", "!url"},
    {FIELD_URL, "\"https://user@evil.example/\"", "!url"},
    {FIELD_URL, "\"https://\"", "!url"},
    {FIELD_URL, "\"https://a b/\"", "!url"},
    {FIELD_URL, "\"https://example.com/\\\"onclick=\"", "!url"},
    {FIELD_URL, "\"https://999.1.1.1/\"", "!url"},
    {FIELD_URL, "\"https://example.com:http/\"", "!url"},
    {FIELD_URL, "\"www.example.com\"", "!url"},
    {FIELD_TAGS, "[\" b \", \"a\", \"b\"]", "[\"b\",\"a\"]"},
    {FIELD_TAGS, "[\"が\", \"か\\u3099\"]", "[\"が\"]"},
    {FIELD_TAGS, "[\"a\", \"\"]", "!tag_empty/x/1"},
    {FIELD_TAGS, "[\"a;b\"]", "!tag_separator/x/0"},
    {FIELD_TAGS, "[1]", "!not_text/x/0"},
    {FIELD_TAGS, "\"a\"", "!not_list"},
    {FIELD_TAGS, "[\"a\", \"b\", \"c\", \"d\", \"e\"]", "!too_many_items"},
    {FIELD_JSON, "{\"b\": [1, 0.1, null, \"é\"], \"a\": {}}",
     "{\"b\":[1,0.1,null,\"é\"],\"a\":{}}"},
    {FIELD_JSON, "\"text\"", "\"text\""},
    {FIELD_JSON, "\"0123456789012345678901234567890123456789012345678\"", "!json_too_large"},
};

static void values_are_checked_and_normalised(void **state) {
    (void)state;
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        Arena *arena CLEANUP(arena_drop) = arena_new();

        Str got = from_json(arena, &FIELDS[CASES[i].type], CASES[i].in);
        if (!str_is(got, CASES[i].out)) {
            fail_msg("%s: got %s, expected %s", CASES[i].in, got.data, CASES[i].out);
        }
    }
}

static void nul_never_reaches_a_field(void **state) {
    json_t *node = NULL;
    (void)state;
    assert_int_equal(json_read(STR("\"a\\u0000b\""), NULL, &node), STATUS_MALFORMED);
}

static void bounds_are_kept(void **state) {
    Arena *arena CLEANUP(arena_drop) = arena_new();
    const Field age = {.type = FIELD_INTEGER, .minimum = 0, .maximum = 120};
    const Field share = {.type = FIELD_DECIMAL, .scale = 2, .minimum = 0, .maximum = 1};
    (void)state;
    assert_str(from_json(arena, &age, "0"), "0");
    assert_str(from_json(arena, &age, "120"), "120");
    assert_str(from_json(arena, &age, "-1"), "!below_minimum");
    assert_str(from_json(arena, &age, "121"), "!above_maximum");
    assert_str(from_json(arena, &share, "1.004"), "1"); /* after rounding */
    assert_str(from_json(arena, &share, "1.01"), "!above_maximum");
}

/* Found by the fuzzer: 2345679 with nine decimals became 2345679.000000001. */
static void large_decimals_stay_what_they_are(void **state) {
    Arena *arena CLEANUP(arena_drop) = arena_new();
    const Field fine = {.type = FIELD_DECIMAL, .scale = 9, NO_BOUNDS};
    (void)state;
    assert_str(from_json(arena, &fine, "312345"), "312345");
    assert_str(from_json(arena, &fine, "999999.123456789"), "999999.123456789");
    assert_str(from_json(arena, &fine, "2345679"), "!number_out_of_range"); /* 16 digits */
    assert_str(from_json(arena, &FIELDS[FIELD_DECIMAL], "9999999999999.99"), "9999999999999.99");
}

static void errors_carry_their_facts(void **state) {
    Arena *arena CLEANUP(arena_drop) = arena_new();
    Problem problem = problem_new(arena);
    Value value;
    json_t *code CLEANUP(json_drop) = json_string("dr");
    json_t *name CLEANUP(json_drop) = json_string("一二三四五六七八九十一");
    (void)state;
    assert_int_equal(
        field_from_json(arena, &FIELDS[FIELD_CHOICE], code, STR("/kind"), &problem, &value),
        STATUS_INVALID);
    assert_str(problem.first->arguments[0], "dr");
    assert_str(problem.first->arguments[1], "doctor, nurse, head, lead"); /* without retired ones */
    assert_int_equal(
        field_from_json(arena, &FIELDS[FIELD_TEXT], name, STR("/name"), &problem, &value),
        STATUS_INVALID);
    assert_str(problem.last->arguments[0], "10");
    assert_str(problem.last->arguments[1], "11");
}

static void a_check_normalises_what_it_accepts(void **state) {
    Arena *arena CLEANUP(arena_drop) = arena_new();
    const Field npi = {.type = FIELD_TEXT, .max_length = 10, .check = STR("npi")};
    (void)state;
    assert_str(from_json(arena, &npi, "\"１２３４-５６７-８９３\""), "\"1234567893\"");
    assert_str(from_json(arena, &npi, "\"1234567890\""), "!check_npi");
    assert_str(from_json(arena, &npi, "\"\""), "null");
}

static void many_hostile_items_stay_cheap(void **state) {
    Arena *arena CLEANUP(arena_drop) = arena_new();
    Buffer text CLEANUP(buffer_free) = {0};
    (void)state;
    buffer_add(&text, STR("[\"x\""));
    for (int i = 0; i < 20000; i++) buffer_format(&text, ",\"%d\"", i);
    buffer_add(&text, STR("]"));
    buffer_add_byte(&text, '\0');
    assert_str(from_json(arena, &FIELDS[FIELD_TAGS], text.data), "!too_many_items");
}

static void kinds_and_names_of_types(void **state) {
    (void)state;
    for (int type = 0; type < FIELD_TYPE_COUNT; type++) {
        FieldType again;
        assert_true(field_type_from_name(field_type_name((FieldType)type), &again));
        assert_int_equal(again, type);
    }
    FieldType none;
    assert_false(field_type_from_name(STR("string"), &none));
    assert_int_equal(field_kind(&FIELDS[FIELD_INSTANT]), VALUE_INTEGER);
    assert_int_equal(field_kind(&FIELDS[FIELD_DATE]), VALUE_TEXT);
    assert_int_equal(field_kind(&FIELDS[FIELD_FILE]), VALUE_ID);
}

/* Lines of a list of the shared data; false when the data is not there. */
static bool next_line(FILE *file, char *line, int size) {
    if (!file || !fgets(line, size, file)) return false;
    line[strcspn(line, "\r\n")] = '\0';
    return true;
}

static FILE *open_shared(const char *name) {
    char path[600];
    const char *folder = getenv("ONDO_SHARED");
    snprintf(path, sizeof path, "%s/data/attack-strings/%s", folder ? folder : "/nonexistent",
             name);
    return fopen(path, "r");
}

/* In the list of invalid addresses, yet each is a dot-atom before a domain name once it is trimmed.
 */
static bool is_atom_after_all(const char *line) {
    static const char *const LINES[] = {"うえあいお@address.com", "sql'or'1'='1'or'test@email.com",
                                        "notallowed@example.com ", " notallowed@example.com"};
    for (size_t i = 0; i < 4; i++) {
        if (strcmp(line, LINES[i]) == 0) return true;
    }
    return false;
}

/* In the list of valid addresses: quoted parts, address literals and hosts without a dot, which we
 * refuse, as people only produce them by mistake. */
static bool is_refused_form(const char *line) {
    return strchr(line, '"') || strchr(line, '[') || strchr(line, '\\') ||
           strcmp(line, "jacco@mailserver1") == 0 || strcmp(line, "name@129.129.129.129") == 0;
}

static void lists_of_addresses_are_told_apart(void **state) {
    Arena *arena CLEANUP(arena_drop) = arena_new();
    FILE *invalid = open_shared("email/invalid-email-addresses.txt");
    FILE *valid = open_shared("email/valid-email-addresses.txt");
    char line[600];
    (void)state;
    while (next_line(invalid, line, sizeof line)) {
        Str got = from_text(arena, &FIELDS[FIELD_EMAIL], str_of(line));
        if (str_is(got, "!email") == is_atom_after_all(line)) fail_msg("invalid: %s", line);
    }
    while (next_line(valid, line, sizeof line)) {
        Str got = from_text(arena, &FIELDS[FIELD_EMAIL], str_of(line));
        if (str_is(got, "!email") != is_refused_form(line))
            fail_msg("valid: %s %s", line, got.data);
    }
    if (invalid) fclose(invalid);
    if (valid) fclose(valid);
    if (!invalid) print_message("ONDO_SHARED has no lists of addresses: passed over\n");
}

static void no_script_passes_as_a_link(void **state) {
    Arena *arena CLEANUP(arena_drop) = arena_new();
    FILE *scripts = open_shared("xss/xss-uri.txt");
    char line[2000];
    (void)state;
    while (next_line(scripts, line, sizeof line)) {
        Str got = from_text(arena, &FIELDS[FIELD_URL], str_of(line));
        bool safe = got.data[0] == '!' || str_starts(got, STR("\"https://")) ||
                    str_starts(got, STR("\"http://")) || str_is(got, "null");
        if (!safe) fail_msg("%s", line);
    }
    if (scripts) fclose(scripts);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(values_are_checked_and_normalised),
        cmocka_unit_test(nul_never_reaches_a_field),
        cmocka_unit_test(bounds_are_kept),
        cmocka_unit_test(large_decimals_stay_what_they_are),
        cmocka_unit_test(errors_carry_their_facts),
        cmocka_unit_test(a_check_normalises_what_it_accepts),
        cmocka_unit_test(many_hostile_items_stay_cheap),
        cmocka_unit_test(kinds_and_names_of_types),
        cmocka_unit_test(lists_of_addresses_are_told_apart),
        cmocka_unit_test(no_script_passes_as_a_link),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
