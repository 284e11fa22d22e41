/* Headers that nothing can be smuggled into, times of plans, and pauses between attempts. */
#include "../base/base_fixture.h"

#include "clock.h"
#include "mail_message.h"
#include "mail_numbers.h"
#include "mail_plan.h"
#include "mail_text.h"
#include "mail_token.h"
#include "outbox.h"

static void test_addresses_are_one_plain_mailbox(void **state) {
    (void)state;
    static const char *const SAFE[] = {"a@b.example", "taro.yamada+x@mail.co.jp"};
    static const char *const UNSAFE[] = {"",         "a",           "@b.example", "a@",
                                         "a b@c.de", "a@b@c.de",    "<a@b.de>",   "a@b.de,c@d.de",
                                         "-o@b.de",  "a@b.de\r\nx", "\"a\"@b.de", "山@b.de"};
    for (size_t i = 0; i < sizeof SAFE / sizeof *SAFE; i++) {
        assert_true(mail_address_is_safe(str_of(SAFE[i])));
    }
    for (size_t i = 0; i < sizeof UNSAFE / sizeof *UNSAFE; i++) {
        assert_false(mail_address_is_safe(str_of(UNSAFE[i])));
    }
}

static void test_headers_hold_any_text(void **state) {
    (void)state;
    Arena *arena CLEANUP(arena_drop) = arena_new();
    assert_str(mail_header_text(arena, STR("Weekly figures")), "Weekly figures");
    assert_str(mail_header_text(arena, STR("a\r\nBcc: x@y.de")), "a  Bcc: x@y.de");
    assert_str(mail_header_text(arena, STR("温度")), "=?UTF-8?B?5rip5bqm?=");
    assert_str(mail_header_text(arena, STR("=?x?=")), "=?UTF-8?B?PT94Pz0=?=");
    assert_str(mail_header_mailbox(arena, STR("T. \"X\" <y>"), STR("a@b.de")),
               "\"T. 'X' <y>\" <a@b.de>");
    assert_str(mail_header_mailbox(arena, STR(""), STR("a@b.de")), "a@b.de");
}

/* Every line is short, and every word ends between characters. */
static void test_long_headers_are_folded_between_characters(void **state) {
    (void)state;
    Arena *arena CLEANUP(arena_drop) = arena_new();
    Str text = {0};
    for (int i = 0; i < 40; i++) text = str_join(arena, text, STR("温度x"));
    Str rest = mail_header_text(arena, text);
    while (rest.size) {
        Str line = str_cut(&rest, '\n');
        assert_true(line.size <= 78);
        assert_true(str_find_str(line, STR("=?UTF-8?B?")) < line.size);
    }
}

static void test_senders_and_dates(void **state) {
    (void)state;
    Arena *arena CLEANUP(arena_drop) = arena_new();
    Str name, address;
    int64_t instant;
    assert_true(mail_mailbox_parse(STR(" \"Ondo\" <ondo@b.de> "), &name, &address));
    assert_str(name, "Ondo");
    assert_str(address, "ondo@b.de");
    assert_true(mail_mailbox_parse(STR("ondo@b.de"), &name, &address));
    assert_true(str_empty(name));
    assert_false(mail_mailbox_parse(STR("Ondo <ondo@b.de> x"), &name, &address));
    assert_false(mail_mailbox_parse(STR(""), &name, &address));
    assert_true(instant_parse(STR("2026-11-23T08:05:09+09:00"), &instant));
    assert_str(mail_header_date(arena, instant), "Sun, 22 Nov 2026 23:05:09 +0000");
}

static void assert_next(const char *zone, int64_t weekday, int64_t hour, const char *now,
                        const char *expected) {
    int64_t from, until;
    assert_true(instant_parse(str_of(now), &from));
    assert_true(instant_parse(str_of(expected), &until));
    assert_int_equal(mail_next_time(str_of(zone), weekday, hour, from), until);
}

static void test_plans_keep_the_hour_of_their_zone(void **state) {
    (void)state;
    assert_next("Asia/Tokyo", 1, 8, "2026-11-23T07:59:59+09:00", "2026-11-23T08:00:00+09:00");
    assert_next("Asia/Tokyo", 1, 8, "2026-11-23T08:00:00+09:00", "2026-11-30T08:00:00+09:00");
    assert_next("Asia/Tokyo", 7, 0, "2026-11-23T08:00:00+09:00", "2026-11-29T00:00:00+09:00");
    assert_next("Asia/Tokyo", MAIL_EVERY_DAY, 7, "2026-11-23T08:00:00+09:00",
                "2026-11-24T07:00:00+09:00");
    /* Over a change of clocks, in both directions. */
    assert_next("Europe/Berlin", 1, 8, "2026-10-24T12:00:00+02:00", "2026-10-26T08:00:00+01:00");
    assert_next("Europe/Berlin", MAIL_EVERY_DAY, 8, "2026-10-25T00:30:00+02:00",
                "2026-10-25T08:00:00+01:00");
    assert_next("Europe/Berlin", MAIL_EVERY_DAY, 8, "2026-03-28T20:00:00+01:00",
                "2026-03-29T08:00:00+02:00");
}

static void test_pauses_grow_to_half_a_day(void **state) {
    (void)state;
    int64_t before = 0;
    for (int64_t attempts = 1; attempts <= 10; attempts++) {
        assert_true(outbox_pause(attempts) > before);
        before = outbox_pause(attempts);
    }
    assert_int_equal(before, 12 * CLOCK_HOUR);
    assert_int_equal(outbox_pause(99), before);
}

/* Two columns: whom, and how many. */
static DashboardTable numbers(Arena *arena, Str heading, Str label, const char *const *names,
                              size_t count) {
    static const Field INTEGER = {.type = FIELD_INTEGER};
    DashboardTable table = {.label = label,
                            .columns = ARENA_ARRAY(arena, 2, DashboardColumn),
                            .column_count = 2,
                            .cells = ARENA_ARRAY(arena, 2 * count, DashboardCell),
                            .row_count = count,
                            .total = (int64_t)count};
    table.columns[0].heading = heading;
    table.columns[1] = (DashboardColumn){.heading = STR("Number"), .number = true};
    for (size_t i = 0; i < count; i++) {
        table.cells[2 * i].text = str_of(names[i]);
        table.cells[2 * i + 1] = (DashboardCell){.field = &INTEGER,
                                                 .value = value_integer((int64_t)i),
                                                 .text = str_format(arena, "%zu", i)};
    }
    return table;
}

static void test_numbers_of_the_same_people_stand_side_by_side(void **state) {
    (void)state;
    Arena *arena CLEANUP(arena_drop) = arena_new();
    static const char *const FIRST[] = {"A", "B"}, *const SECOND[] = {"B", "C"};
    DashboardTable items[] = {numbers(arena, STR("MR"), STR("Visits"), FIRST, 2),
                              numbers(arena, STR("MR"), STR("Tasks"), SECOND, 2),
                              numbers(arena, STR("Product"), STR("Uses"), FIRST, 2)};
    DashboardTables tables = {.label = STR("Work"), .items = items, .count = 3};
    DashboardTable joined;
    assert_int_equal(mail_numbers_join(arena, &tables, 0, &joined), 2);
    assert_int_equal(joined.column_count, 3);
    assert_int_equal(joined.row_count, 3);
    assert_str(dashboard_cell(&joined, 1, 1)->text, "1");
    assert_str(dashboard_cell(&joined, 1, 2)->text, "0");
    assert_str(dashboard_cell(&joined, 2, 1)->text, "");
    assert_int_equal(mail_numbers_join(arena, &tables, 2, &joined), 1);
}

static void test_words_of_records_stay_words(void **state) {
    (void)state;
    Arena *arena CLEANUP(arena_drop) = arena_new();
    static const char *const NAMES[] = {"<script>", "a & \"b\""};
    DashboardTable table = numbers(arena, STR("<b>"), STR("x"), NAMES, 2);
    MailText text CLEANUP(mail_text_free) = {0};
    mail_text_begin(&text, LANG_JA, STR("<i>"));
    mail_text_item(&text, STR("<u>"), STR("'x'"));
    mail_text_table(&text, &table, (MailTablePart){.columns = 9, .rows = 9});
    mail_text_link(&text, STR("<a>"), STR("https://x.example/?a=1&b=\"2\""));
    mail_text_end(&text, STR("</body>"));
    Str html = buffer_str(&text.html), plain = buffer_str(&text.plain);
    static const char *const NEVER[] = {"<script>", "<i>", "<u>", "<b>", "\"2\"", "'x'"};
    for (size_t i = 0; i < sizeof NEVER / sizeof *NEVER; i++) {
        assert_true(str_find_str(html, str_of(NEVER[i])) == html.size);
    }
    assert_true(str_find_str(html, STR("&lt;script&gt;")) < html.size);
    assert_true(str_find_str(html, STR("a=1&amp;b=&quot;2&quot;")) < html.size);
    assert_true(str_find_str(plain, STR("- a & \"b\": Number 1\n")) < plain.size);
}

/* Every character of a token counts: whichever is changed, it is worth nothing. */
static void test_words_that_end_mails_are_signed(void **state) {
    (void)state;
    Arena *arena CLEANUP(arena_drop) = arena_new();
    unsigned char server[64] = {7}, key[MAIL_TOKEN_KEY_SIZE], other[MAIL_TOKEN_KEY_SIZE];
    MailToken made = {.ends = MAIL_ENDS_SUBSCRIPTION, .user = id_new(1), .about = id_new(2)}, read;
    mail_token_key(server, key);
    server[0]++;
    mail_token_key(server, other);
    Str text = mail_token_make(arena, key, &made);
    assert_true(mail_token_read(key, text, &read));
    assert_int_equal(read.ends, made.ends);
    assert_true(id_equal(read.user, made.user) && id_equal(read.about, made.about));
    assert_false(mail_token_read(other, text, &read));
    assert_false(mail_token_read(key, (Str){0}, &read));
    for (size_t i = 0; i < text.size; i++) {
        Str wrong = str_copy(arena, text);
        ((char *)wrong.data)[i] = wrong.data[i] == 'Q' ? 'g' : 'Q';
        assert_false(mail_token_read(key, wrong, &read));
        assert_false(mail_token_read(key, str_part(text, 0, i), &read));
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_addresses_are_one_plain_mailbox),
        cmocka_unit_test(test_headers_hold_any_text),
        cmocka_unit_test(test_long_headers_are_folded_between_characters),
        cmocka_unit_test(test_senders_and_dates),
        cmocka_unit_test(test_plans_keep_the_hour_of_their_zone),
        cmocka_unit_test(test_pauses_grow_to_half_a_day),
        cmocka_unit_test(test_numbers_of_the_same_people_stand_side_by_side),
        cmocka_unit_test(test_words_of_records_stay_words),
        cmocka_unit_test(test_words_that_end_mails_are_signed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
