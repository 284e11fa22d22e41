#include "encoding.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <unicode/ucnv.h>

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

static const char *const converters[ENCODING_COUNT] = {
    [ENCODING_UTF8] = "UTF-8",        [ENCODING_UTF16_LE] = "UTF-16LE",
    [ENCODING_UTF16_BE] = "UTF-16BE", [ENCODING_SHIFT_JIS] = "windows-31j",
    [ENCODING_EUC_JP] = "EUC-JP",     [ENCODING_GB18030] = "gb18030",
    [ENCODING_BIG5] = "windows-950",  [ENCODING_WINDOWS_1252] = "windows-1252"};

/* The text in another encoding, made by ICU. */
static Str encode(Encoding encoding, const char *text) {
    UErrorCode error = U_ZERO_ERROR;
    size_t size = strlen(text), room = size * 4 + 16;
    char *out = arena_take(arena, room);
    UConverter *converter = ucnv_open(converters[encoding], &error);
    int32_t written =
        ucnv_fromAlgorithmic(converter, UCNV_UTF8, out, (int32_t)room, text, (int32_t)size, &error);
    ucnv_close(converter);
    assert_true(U_SUCCESS(error));
    return (Str){.data = out, .size = (size_t)written};
}

static void assert_detected(Encoding encoding, const char *text) {
    EncodingGuess guess = encoding_detect(encode(encoding, text));
    if (guess.encoding != encoding) {
        fail_msg("%s in %s taken for %s (%d)", text, encoding_name(encoding).data,
                 encoding_name(guess.encoding).data, guess.confidence);
    }
}

static void byte_order_marks_decide(void **state) {
    (void)state;
    EncodingGuess guess =
        encoding_detect(STR("\xEF\xBB\xBF"
                            "abc"));
    assert_int_equal(guess.encoding, ENCODING_UTF8);
    assert_int_equal(guess.mark_size, 3);
    assert_int_equal(guess.confidence, 100);
    guess =
        encoding_detect(STR("\xFF\xFE"
                            "a\0"));
    assert_int_equal(guess.encoding, ENCODING_UTF16_LE);
    guess = encoding_detect(STR("\xFE\xFF\0a"));
    assert_int_equal(guess.encoding, ENCODING_UTF16_BE);
    assert_int_equal(guess.mark_size, 2);
}

static void utf8_and_ascii_are_seen(void **state) {
    (void)state;
    assert_int_equal(encoding_detect(STR("")).encoding, ENCODING_UTF8);
    assert_int_equal(encoding_detect(STR("name,phone\r\n")).confidence, 100);
    assert_detected(ENCODING_UTF8, "氏名,電話\r\n田中,03\r\n");
    assert_detected(ENCODING_UTF8, "Müller");
    /* A sample may end within a character. */
    assert_int_equal(encoding_detect(STR("田中\xE5\xA4")).encoding, ENCODING_UTF8);
}

static void short_japanese_files_are_told_apart(void **state) {
    (void)state;
    static const char *const texts[] = {
        "氏名,電話\r\n田中太郎,03-1234-5678\r\n",
        "田中太郎",
        "渡辺 花子",
        "高橋,東京都立病院",
        "ﾀﾅｶ ﾀﾛｳ",
        "名前,ﾌﾘｶﾞﾅ\r\n佐藤,ｻﾄｳ\r\n",
        "医師番号,医師名,施設名,診療科\r\n",
        "訪問日,面談者,内容",
        "アムロジピン錠５ｍｇ「トーワ」",
        "こんにちは、世界。",
        "〒100-0001 東京都千代田区千代田１－１",
        "①株式会社②",
    };
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        assert_detected(ENCODING_SHIFT_JIS, texts[i]);
        assert_detected(ENCODING_EUC_JP, texts[i]);
    }
}

static void short_simplified_files_are_told_apart(void **state) {
    (void)state;
    static const char *const texts[] = {
        "姓名,电话\r\n王伟,138\r\n",
        "张伟",
        "北京协和医院",
        "客户名称,医院,科室\r\n",
        "李娜,女,主任医师,心内科\r\n",
        "省,市,医院名称,级别",
        "重庆医科大学附属第一医院",
        "阿司匹林肠溶片",
        "您好，世界。",
    };
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        assert_detected(ENCODING_GB18030, texts[i]);
    }
}

static void short_traditional_files_are_told_apart(void **state) {
    (void)state;
    static const char *const texts[] = {
        "姓名,電話\r\n陳志明,02\r\n", "臺北市中山區", "臺大醫院,內科,主任\r\n", "陳怡君",
        "客戶名稱,地址,電話\r\n",     "您好，世界。", "林志玲 高雄市",
    };
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        assert_detected(ENCODING_BIG5, texts[i]);
    }
}

static void utf16_without_mark_is_seen(void **state) {
    (void)state;
    static const char *const texts[] = {"name,phone\r\n", "氏名,電話\r\n田中太郎,03\r\n",
                                        "姓名,电话\r\n王伟,138\r\n"};
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        assert_detected(ENCODING_UTF16_LE, texts[i]);
        assert_detected(ENCODING_UTF16_BE, texts[i]);
    }
}

static void western_text_is_seen(void **state) {
    (void)state;
    assert_detected(ENCODING_WINDOWS_1252, "Name;Straße\r\nMüller;Hauptstraße 1\r\n");
    assert_detected(ENCODING_WINDOWS_1252, "José García, Café");
}

static void convert_whole(Encoding encoding, Str bytes, Buffer *out, EncodingFaults *faults) {
    CLEANUP(encoding_stream_drop) EncodingStream *stream = encoding_stream_open(encoding);
    encoding_stream_feed(stream, bytes, out);
    encoding_stream_finish(stream, out);
    *faults = encoding_stream_faults(stream);
}

static void assert_converted(Encoding encoding, Str bytes, const char *expected, size_t faults,
                             size_t offset) {
    CLEANUP(buffer_free) Buffer out = {0};
    EncodingFaults found;
    convert_whole(encoding, bytes, &out, &found);
    assert_string_equal(str_terminated(arena, buffer_str(&out)), expected);
    assert_int_equal(found.count, faults);
    if (faults) assert_int_equal(found.first_offset, offset);
}

static void windows_characters_convert_as_on_windows(void **state) {
    (void)state;
    assert_converted(ENCODING_SHIFT_JIS, STR("\x81\x60\x81\x61\x81\x7C\x87\x40\xFB\xFC\\~"),
                     "～∥－①髙\\~", 0, 0);
    assert_converted(ENCODING_SHIFT_JIS, STR("\xED\x95\xFA\xB1"), "﨑﨑", 0, 0);
    assert_converted(ENCODING_EUC_JP, STR("\xA1\xC1\xA1\xDD\xAD\xA1\x8E\xB1"), "～－①ｱ", 0, 0);
    assert_converted(ENCODING_GB18030, STR("\xD6\xD0\x82\x35\x8F\x33"), "中龦", 0, 0);
    assert_converted(ENCODING_BIG5, STR("\xA4\xA4\xF9\xD6"), "中碁", 0, 0);
}

static void every_encoding_round_trips(void **state) {
    (void)state;
    static const char *const texts[ENCODING_COUNT] = {
        [ENCODING_UTF8] = "田中 é 😀",     [ENCODING_UTF16_LE] = "田中 é 😀",
        [ENCODING_UTF16_BE] = "田中 é 😀", [ENCODING_SHIFT_JIS] = "田中ﾀﾅｶ髙﨑",
        [ENCODING_EUC_JP] = "田中ﾀﾅｶ",    [ENCODING_GB18030] = "王伟 é 😀",
        [ENCODING_BIG5] = "臺北市",       [ENCODING_WINDOWS_1252] = "Müller €"};
    for (Encoding encoding = ENCODING_UTF8; encoding < ENCODING_COUNT; encoding++) {
        assert_converted(encoding, encode(encoding, texts[encoding]), texts[encoding], 0, 0);
        Encoding named;
        assert_true(encoding_from_name(encoding_name(encoding), &named));
        assert_int_equal(named, encoding);
    }
}

static void names_and_aliases_are_known(void **state) {
    (void)state;
    Encoding named;
    assert_true(encoding_from_name(STR("cp932"), &named));
    assert_int_equal(named, ENCODING_SHIFT_JIS);
    assert_true(encoding_from_name(STR("GBK"), &named));
    assert_int_equal(named, ENCODING_GB18030);
    assert_false(encoding_from_name(STR("KOI8-R"), &named));
    assert_false(encoding_from_name(STR(""), &named));
}

static void malformed_bytes_are_reported_where_they_are(void **state) {
    (void)state;
    assert_converted(ENCODING_UTF8,
                     STR("ab\xFF"
                         "cd\xE4\xB8"),
                     "ab\uFFFDcd\uFFFD", 2, 2);
    assert_converted(ENCODING_SHIFT_JIS, STR("abc\x93\x63\xFF\xFF"), "abc田\uFFFD\uFFFD", 2, 5);
    assert_converted(ENCODING_UTF16_LE,
                     STR("a\0\x00\xD8"
                         "b\0"),
                     "a\uFFFDb", 1, 2);
    assert_converted(ENCODING_EUC_JP, STR("\xC5\xC4\xC5"), "田\uFFFD", 1, 2);
}

static void marks_are_left_out(void **state) {
    (void)state;
    assert_converted(ENCODING_UTF8,
                     STR("\xEF\xBB\xBF"
                         "a"),
                     "a", 0, 0);
    assert_converted(ENCODING_UTF16_LE,
                     STR("\xFF\xFE"
                         "a\0"),
                     "a", 0, 0);
    assert_converted(ENCODING_UTF16_BE, STR("\xFE\xFF\0a\xFE\xFF"), "a\uFEFF", 0, 0);
    assert_converted(ENCODING_UTF8, STR(""), "", 0, 0);
}

/* However a file is parted, its text is the same. */
static void streaming_gives_what_converting_gives(void **state) {
    (void)state;
    CLEANUP(buffer_free) Buffer source = {0};
    for (int i = 0; i < 3000; i++) buffer_add(&source, STR("田中😀a"));
    buffer_add_byte(&source, '\0');
    static const Encoding all[] = {ENCODING_UTF8, ENCODING_UTF16_LE, ENCODING_GB18030};
    for (size_t k = 0; k < 3; k++) {
        Str bytes = encode(all[k], source.data);
        for (size_t part = 1; part < 10000; part = part * 7 + 1) {
            CLEANUP(encoding_stream_drop) EncodingStream *stream = encoding_stream_open(all[k]);
            CLEANUP(buffer_free) Buffer out = {0};
            for (size_t i = 0; i < bytes.size; i += part) {
                encoding_stream_feed(stream, str_part(bytes, i, part), &out);
            }
            encoding_stream_finish(stream, &out);
            assert_int_equal(encoding_stream_faults(stream).count, 0);
            assert_true(str_equal(buffer_str(&out), str_of(source.data)));
        }
    }
}

static void faults_are_found_across_parts(void **state) {
    (void)state;
    CLEANUP(encoding_stream_drop) EncodingStream *stream = encoding_stream_open(ENCODING_UTF8);
    CLEANUP(buffer_free) Buffer out = {0};
    encoding_stream_feed(stream, STR("abcd\xE4"), &out);
    encoding_stream_feed(stream, STR("\xB8"), &out);
    encoding_stream_feed(stream, STR("x"), &out);
    encoding_stream_finish(stream, &out);
    assert_int_equal(encoding_stream_faults(stream).count, 1);
    assert_int_equal(encoding_stream_faults(stream).first_offset, 4);
    assert_true(str_is(buffer_str(&out), "abcd\uFFFDx"));
}

static void noise_does_no_harm(void **state) {
    (void)state;
    uint32_t seed = 7;
    for (int round = 0; round < 300; round++) {
        char bytes[257];
        size_t size = (size_t)round % sizeof bytes;
        for (size_t i = 0; i < size; i++) {
            seed = seed * 1664525U + 1013904223U;
            bytes[i] = (char)(seed >> 24);
        }
        Str noise = {.data = bytes, .size = size};
        EncodingGuess guess = encoding_detect(noise);
        assert_in_range(guess.confidence, 0, 100);
        for (Encoding encoding = ENCODING_UTF8; encoding < ENCODING_COUNT; encoding++) {
            CLEANUP(buffer_free) Buffer out = {0};
            EncodingFaults faults;
            convert_whole(encoding, noise, &out, &faults);
            assert_true(str_valid_utf8(buffer_str(&out)));
        }
    }
}

static void real_files_are_detected_whole_and_by_their_first_lines(void **state) {
    (void)state;
    static const struct {
        const char *name;
        Encoding encoding;
    } files[] = {
        {"derived-encodings/cn_hospitals_600_gb18030_crlf.csv", ENCODING_GB18030},
        {"derived-encodings/jp_drugs_500_utf8bom_crlf.csv", ENCODING_UTF8},
        {"derived-encodings/jp_institutions_500_cp932_crlf.csv", ENCODING_SHIFT_JIS},
        {"derived-encodings/us_physicians_500_utf16le_bom_tab.txt", ENCODING_UTF16_LE},
    };
    bool any = false;
    for (size_t i = 0; i < sizeof files / sizeof files[0]; i++) {
        CLEANUP(buffer_free) Buffer file = {0};
        CLEANUP(buffer_free) Buffer text = {0};
        EncodingFaults faults;
        if (!read_data(files[i].name, &file)) continue;
        any = true;
        assert_int_equal(encoding_detect(buffer_str(&file)).encoding, files[i].encoding);
        Str beginning = str_part(buffer_str(&file), 0, 200);
        assert_int_equal(encoding_detect(beginning).encoding, files[i].encoding);
        convert_whole(files[i].encoding, buffer_str(&file), &text, &faults);
        assert_int_equal(faults.count, 0);
        assert_true(str_valid_utf8(buffer_str(&text)));
    }
    if (!any) skip();
}

/* Each line of real files on its own, in other encodings too: short texts must mostly be right. */
static void real_lines_are_detected_alone(void **state) {
    (void)state;
    static const struct {
        const char *name;
        Encoding from;
        Encoding to[3];
    } sources[] = {
        {"derived-encodings/cn_hospitals_600_gb18030_crlf.csv",
         ENCODING_GB18030,
         {ENCODING_GB18030, ENCODING_GB18030, ENCODING_UTF16_LE}},
        {"derived-encodings/jp_institutions_500_cp932_crlf.csv",
         ENCODING_SHIFT_JIS,
         {ENCODING_SHIFT_JIS, ENCODING_EUC_JP, ENCODING_UTF16_BE}},
    };
    bool any = false;
    for (size_t i = 0; i < 2; i++) {
        CLEANUP(buffer_free) Buffer file = {0};
        CLEANUP(buffer_free) Buffer text = {0};
        EncodingFaults faults;
        size_t lines = 0, right = 0;
        if (!read_data(sources[i].name, &file)) continue;
        any = true;
        convert_whole(sources[i].from, buffer_str(&file), &text, &faults);
        Str rest = buffer_str(&text);
        while (rest.data) {
            char *line = str_terminated(arena, str_cut(&rest, '\n'));
            for (size_t k = 0; k < 3 && *line; k++) {
                lines++;
                Encoding to = sources[i].to[k];
                right += encoding_detect(encode(to, line)).encoding == to;
            }
        }
        print_message("%zu of %zu lines\n", right, lines);
        assert_true(right * 1000 >= lines * 995);
    }
    if (!any) skip();
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(byte_order_marks_decide),
        cmocka_unit_test(utf8_and_ascii_are_seen),
        cmocka_unit_test(short_japanese_files_are_told_apart),
        cmocka_unit_test(short_simplified_files_are_told_apart),
        cmocka_unit_test(short_traditional_files_are_told_apart),
        cmocka_unit_test(utf16_without_mark_is_seen),
        cmocka_unit_test(western_text_is_seen),
        cmocka_unit_test(windows_characters_convert_as_on_windows),
        cmocka_unit_test(every_encoding_round_trips),
        cmocka_unit_test(names_and_aliases_are_known),
        cmocka_unit_test(malformed_bytes_are_reported_where_they_are),
        cmocka_unit_test(marks_are_left_out),
        cmocka_unit_test(streaming_gives_what_converting_gives),
        cmocka_unit_test(faults_are_found_across_parts),
        cmocka_unit_test(noise_does_no_harm),
        cmocka_unit_test(real_files_are_detected_whole_and_by_their_first_lines),
        cmocka_unit_test(real_lines_are_detected_alone),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
