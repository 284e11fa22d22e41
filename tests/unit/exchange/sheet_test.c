/* Delimited files: what they are, and their rows, however they are broken. */
#include "../store/store_fixture.h"

#include <dirent.h>

#include "csv_text.h"
#include "json.h"
#include "sheet.h"
#include "transform.h"

/* The fuzzer itself, for replaying its corpus. */
#include "../../fuzz/csv_fuzz.c"

static Str read_path(Arena *arena, const char *path) {
    Buffer text CLEANUP(buffer_free) = {0};
    FILE *file = fopen(path, "rb");
    assert_non_null(file);
    size_t got;
    do {
        got = fread(buffer_room(&text, 65536), 1, 65536, file);
        text.size += got;
    } while (got);
    fclose(file);
    return str_copy(arena, buffer_str(&text));
}

static SheetForm detect(Arena *arena, Str bytes) {
    Problem problem = problem_new(arena);
    SheetForm form;
    SheetHints hints = {.header = SHEET_HEADER_DETECT};
    assert_int_equal(sheet_detect(arena, bytes, &hints, &problem, &form), STATUS_OK);
    return form;
}

static void assert_refused(Str bytes, const SheetHints *hints, const char *code) {
    Arena *arena CLEANUP(arena_drop) = arena_new();
    Problem problem = problem_new(arena);
    SheetForm form;
    if (sheet_detect(arena, bytes, hints, &problem, &form) != STATUS_INVALID) {
        fail_msg("%s: nothing found wrong", code);
    }
    assert_true(str_is(problem.first->code, code));
}

/* "1:a|b 3:c" — lines and cells; "!" behind a row with a fault. */
static void assert_rows(Str bytes, const char *expected) {
    Arena *arena CLEANUP(arena_drop) = arena_new();
    Buffer shown CLEANUP(buffer_free) = {0};
    SheetForm form = detect(arena, bytes);
    Sheet *sheet CLEANUP(sheet_drop) = sheet_open(bytes, &form);
    for (SheetRow row; sheet_next(sheet, &row) == STATUS_OK;) {
        if (shown.size) buffer_add_byte(&shown, ' ');
        buffer_format(&shown, "%lld:", (long long)row.line);
        for (size_t i = 0; i < row.count; i++) {
            if (i) buffer_add_byte(&shown, '|');
            buffer_add(&shown, row.cells[i]);
        }
        if (row.fault) buffer_add_byte(&shown, '!');
    }
    buffer_add_byte(&shown, '\0');
    assert_string_equal(shown.data, expected);
}

static void test_rows_know_their_lines(void **state) {
    (void)state;
    assert_rows(STR("a,b\r\n\"x\r\ny\",1\r\n\r\nz,2\r\n"), "1:a|b 2:x\r\ny|1 5:z|2");
    assert_rows(STR("a,b\rc,d\r\re,f"), "1:a|b 2:c|d 4:e|f");
    assert_rows(STR("\n\na,b\nc,d\n"), "3:a|b 4:c|d");
}

static void test_broken_rows_do_not_end_the_file(void **state) {
    (void)state;
    assert_rows(STR("a,b\n1\n2,3,4\nx\"y,5\n"), "1:a|b 2:1 3:2|3|4 4:x\"y|5");
    assert_rows(STR("a,b\n1,2\n3,\"open\n4,5\n"), "1:a|b 2:1|2 3:3!");
    assert_rows((Str){.data = "a,b\nx\0y,1\n", .size = 10}, "1:a|b 2:x");
}

static void test_delimiters_are_found(void **state) {
    (void)state;
    Arena *arena CLEANUP(arena_drop) = arena_new();
    assert_int_equal(detect(arena, STR("a;b\n\"1,5\";2\n\"2,5\";3\n")).delimiter, ';');
    assert_int_equal(detect(arena, STR("a\tb, c\n1\t2, 3\n")).delimiter, '\t');
    assert_int_equal(detect(arena, STR("a|b|c\n1|2|3\n")).delimiter, '|');
    assert_int_equal(detect(arena, STR("only\none\ncolumn\n")).delimiter, ',');
}

static void test_headings_are_told_from_values(void **state) {
    (void)state;
    Arena *arena CLEANUP(arena_drop) = arena_new();
    assert_true(detect(arena, STR("name,code\nA,1\n")).header);
    assert_true(detect(arena, STR("医療機関名,郵便番号\n中央病院,1000001\n")).header);
    assert_false(detect(arena, STR("中央病院,１０００００１\n北病院,1000002\n")).header);
    assert_false(detect(arena, STR("a,a\nb,c\n")).header);
    assert_false(detect(arena, STR("x,someone@example.org\n")).header);
    assert_true(detect(arena, STR("name,code\n")).header);
}

static void test_what_is_no_table_is_refused(void **state) {
    (void)state;
    const SheetHints none = {.header = SHEET_HEADER_DETECT};
    assert_refused(STR(""), &none, "import_no_rows");
    assert_refused(STR("\n \n,,\n"), &none, "import_no_rows");
    assert_refused(STR("PK\x03\x04 and the rest"), &none, "import_not_text");
    assert_refused(STR("a,b\n"), &(SheetHints){.encoding = STR("klingon")},
                   "import_encoding_unknown");
    assert_refused(STR("a,b\n"), &(SheetHints){.delimiter = STR("#")}, "import_delimiter_unknown");
}

static void test_huge_cells_stay_bounded(void **state) {
    (void)state;
    Arena *arena CLEANUP(arena_drop) = arena_new();
    Buffer text CLEANUP(buffer_free) = {0};
    buffer_add(&text, STR("a,b\n1,"));
    memset(buffer_room(&text, 1 << 20), 'x', 1 << 20);
    text.size += 1 << 20;
    buffer_add(&text, STR("\n2,"));
    memset(buffer_room(&text, 8 << 20), 'y', 8 << 20);
    text.size += 8 << 20;
    buffer_add(&text, STR("\n3,4\n"));
    SheetForm form = detect(arena, buffer_str(&text));
    Sheet *sheet CLEANUP(sheet_drop) = sheet_open(buffer_str(&text), &form);
    SheetRow row;
    assert_int_equal(sheet_next(sheet, &row), STATUS_OK);
    assert_int_equal(sheet_next(sheet, &row), STATUS_OK);
    assert_int_equal(row.cells[1].size, 1 << 20);
    assert_int_equal(sheet_next(sheet, &row), STATUS_OK);
    assert_int_equal(row.fault, SHEET_FAULT_LONG);
    assert_int_equal(sheet_next(sheet, &row), STATUS_OK);
    assert_true(str_is(row.cells[1], "4"));
}

static void test_text_late_in_the_file_tells_the_encoding(void **state) {
    (void)state;
    Arena *arena CLEANUP(arena_drop) = arena_new();
    Buffer text CLEANUP(buffer_free) = {0};
    buffer_add(&text, STR("name,code\n"));
    for (int i = 0; i < 8000; i++) buffer_format(&text, "plain text,%d\n", i);
    for (int i = 0; i < 50; i++) {
        buffer_format(&text, "\x92\x86\x89\x9b\x95\x61\x89\x40\x93\x8c\x8b\x9e\x93\x73,%d\n", i);
    }
    assert_int_equal(detect(arena, buffer_str(&text)).encoding, ENCODING_SHIFT_JIS);
}

static void assert_form(Arena *arena, const char *name, const char *encoding, char delimiter) {
    char path[1024];
    snprintf(path, sizeof path, "%s/data/derived-encodings/%s", getenv("ONDO_SHARED"), name);
    SheetForm form = detect(arena, read_path(arena, path));
    assert_true(str_is(encoding_name(form.encoding), encoding));
    assert_int_equal(form.delimiter, delimiter);
}

static void test_real_files_are_recognised(void **state) {
    (void)state;
    if (!getenv("ONDO_SHARED")) skip();
    Arena *arena CLEANUP(arena_drop) = arena_new();
    assert_form(arena, "jp_institutions_500_cp932_crlf.csv", "Shift_JIS", ',');
    assert_form(arena, "cn_hospitals_600_gb18030_crlf.csv", "GB18030", ',');
    assert_form(arena, "jp_drugs_500_utf8bom_crlf.csv", "UTF-8", ',');
    assert_form(arena, "us_physicians_500_utf16le_bom_tab.txt", "UTF-16LE", '\t');
}

/* One file of the set has lost its CRs on the way, while what is expected of it has them. */
static Str without_returns(Arena *arena, Str text) {
    char *out = str_terminated(arena, text);
    size_t size = 0;
    for (size_t i = 0; i < text.size; i++) {
        if (text.data[i] != '\r') out[size++] = text.data[i];
    }
    return (Str){.data = out, .size = size};
}

/* csv-spectrum: the first row names the members of the others. */
static void assert_spectrum(Arena *arena, const char *name) {
    char path[1024];
    snprintf(path, sizeof path, "%s/data/csv-spectrum/csvs/%s.csv", getenv("ONDO_SHARED"), name);
    Str bytes = read_path(arena, path);
    snprintf(path, sizeof path, "%s/data/csv-spectrum/json/%s.json", getenv("ONDO_SHARED"), name);
    json_t *expected CLEANUP(json_drop) = NULL;
    assert_int_equal(json_read(read_path(arena, path), NULL, &expected), STATUS_OK);
    SheetForm form = detect(arena, bytes);
    Sheet *sheet CLEANUP(sheet_drop) = sheet_open(bytes, &form);
    SheetRow row;
    assert_int_equal(sheet_next(sheet, &row), STATUS_OK);
    size_t columns = row.count, index = 0;
    Str *names = ARENA_ARRAY(arena, columns, Str);
    for (size_t i = 0; i < columns; i++) names[i] = str_copy(arena, row.cells[i]);
    for (; sheet_next(sheet, &row) == STATUS_OK; index++) {
        const json_t *object = json_array_get(expected, index);
        assert_int_equal(row.count, columns);
        for (size_t i = 0; i < columns; i++) {
            Str cell = json_get_text(object, names[i].data);
            if (!str_equal(without_returns(arena, cell), without_returns(arena, row.cells[i]))) {
                fail_msg("%s: row %zu, column %zu", name, index, i);
            }
        }
    }
    assert_int_equal(index, json_array_size(expected));
}

static void test_csv_spectrum(void **state) {
    static const char *const NAMES[] = {
        "comma_in_quotes", "empty",  "empty_crlf",          "escaped_quotes", "json", "newlines",
        "newlines_crlf",   "simple", "quotes_and_newlines", "simple_crlf",    "utf8"};
    (void)state;
    if (!getenv("ONDO_SHARED")) skip();
    Arena *arena CLEANUP(arena_drop) = arena_new();
    for (size_t i = 0; i < sizeof NAMES / sizeof *NAMES; i++) assert_spectrum(arena, NAMES[i]);
}

static void test_corpus(void **state) {
    static const char FOLDER[] = ONDO_SOURCE_DIR "/tests/fuzz/corpus/csv";
    (void)state;
    Arena *arena CLEANUP(arena_drop) = arena_new();
    DIR *files = opendir(FOLDER);
    assert_non_null(files);
    int count = 0;
    for (struct dirent *entry; (entry = readdir(files));) {
        char path[1024];
        if (entry->d_name[0] == '.') continue;
        snprintf(path, sizeof path, "%s/%s", FOLDER, entry->d_name);
        Str bytes = read_path(arena, path);
        /* Cut at every place: half a file is a file too. */
        for (size_t size = 0; size <= bytes.size && size < 400; size++) {
            LLVMFuzzerTestOneInput((const uint8_t *)bytes.data, size);
        }
        LLVMFuzzerTestOneInput((const uint8_t *)bytes.data, bytes.size);
        count++;
    }
    closedir(files);
    assert_true(count >= 10);
}

static void assert_transform(const char *name, const char *from, const char *to) {
    Arena *arena CLEANUP(arena_drop) = arena_new();
    const Transform *transform = transform_named(str_of(name));
    assert_non_null(transform);
    Str result = transform->apply(arena, str_of(from));
    if (!str_is(result, to)) fail_msg("%s gave %.*s", name, STR_ARGS(result));
}

static void test_transforms(void **state) {
    (void)state;
    assert_transform("width", "０１０－ＡＢ ｱｲ", "010-AB アイ");
    assert_transform("trim", "\u3000 a b \u3000", "a b");
    assert_transform("upper", "straße é", "STRASSE É");
    assert_transform("lower", "ÄB", "äb");
    assert_transform("digits", "〒１００-0001 (x)", "1000001");
    assert_transform("spaces", " 山田\u3000\u3000太郎 \n", "山田 太郎");
    assert_transform("kana", "やまだ ﾀﾛｳ", "ヤマダ タロウ");
    assert_transform("hiragana", "ヤマダ ﾀﾛｳ", "やまだ たろう");
    assert_null(transform_named(STR("magic")));
}

static void assert_armed(const char *cell, const char *written) {
    Buffer out CLEANUP(buffer_free) = {0};
    csv_text_add_armed(&out, str_of(cell), ',');
    assert_true(str_is(buffer_str(&out), written));
    if (written[0] != '"') assert_true(str_is(csv_text_disarmed(buffer_str(&out)), cell));
}

static void test_formulas_are_disarmed_and_come_back(void **state) {
    (void)state;
    assert_armed("=1+1", "'=1+1");
    assert_armed("+81-3", "'+81-3");
    assert_armed("-x", "'-x");
    assert_armed("@SUM(A1)", "'@SUM(A1)");
    assert_armed("'=1", "''=1");
    assert_armed("'tis", "'tis");
    assert_armed("plain", "plain");
    assert_armed("=HYPERLINK(\"x\",\"y\")", "\"'=HYPERLINK(\"\"x\"\",\"\"y\"\")\"");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_rows_know_their_lines),
        cmocka_unit_test(test_broken_rows_do_not_end_the_file),
        cmocka_unit_test(test_delimiters_are_found),
        cmocka_unit_test(test_headings_are_told_from_values),
        cmocka_unit_test(test_what_is_no_table_is_refused),
        cmocka_unit_test(test_huge_cells_stay_bounded),
        cmocka_unit_test(test_text_late_in_the_file_tells_the_encoding),
        cmocka_unit_test(test_real_files_are_recognised),
        cmocka_unit_test(test_csv_spectrum),
        cmocka_unit_test(test_corpus),
        cmocka_unit_test(test_transforms),
        cmocka_unit_test(test_formulas_are_disarmed_and_come_back),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
