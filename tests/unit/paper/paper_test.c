/* What is on the paper is read back by poppler's tools, as any reader would. */
#include "paper.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>
/* after what it needs */
#include <cmocka.h>

#include "arena.h"

#ifdef __SANITIZE_ADDRESS__
/* Cairo 1.16 does not give back the tables of a CFF font that it subsets (768 bytes each), and
 * fontconfig keeps its configuration. Nothing of ours is allocated inside them. */
const char *__lsan_default_suppressions(void);
const char *__lsan_default_suppressions(void) {
    return "leak:libcairo.so\nleak:libfontconfig.so\n";
}
#endif

enum { OUTPUT_MOST = 1 << 20 };

/* The output of a command that is given a file of these bytes. */
static Str output_of(Arena *arena, const char *command, const char *to_output, const Buffer *pdf) {
    char path[] = "/tmp/ondo_paper_XXXXXX", line[256];
    char *text = arena_take(arena, OUTPUT_MOST);
    int file = mkstemp(path);
    assert_true(file >= 0);
    assert_int_equal(write(file, pdf->data, pdf->size), (ssize_t)pdf->size);
    close(file);
    snprintf(line, sizeof line, "%s %s%s", command, path, to_output);
    FILE *pipe = popen(line, "r");
    assert_non_null(pipe);
    size_t size = fread(text, 1, OUTPUT_MOST, pipe);
    assert_int_equal(pclose(pipe), 0);
    unlink(path);
    return (Str){.data = text, .size = size};
}

static Str text_of(Arena *arena, const Buffer *pdf) {
    return output_of(arena, "pdftotext -raw", " -", pdf);
}

static bool has(Str text, const char *part) {
    return str_find_str(text, str_of(part)) < text.size;
}

static PaperOptions options(Lang type, int pages) {
    return (PaperOptions){.type = type,
                          .title = STR("資料"),
                          .footer = STR("Ondo"),
                          .more = STR("他{0}件"),
                          .pages = pages};
}

static PaperResult written(Paper *paper, Buffer *pdf) {
    PaperResult result;
    assert_int_equal(paper_write(paper, pdf, &result), STATUS_OK);
    assert_memory_equal(pdf->data, "%PDF-", 5);
    return result;
}

static void test_three_languages(void **state) {
    (void)state;
    static const char *const TEXTS[LANG_COUNT] = {
        [LANG_EN] = "Reacted strongly to the comparison of side effects",
        [LANG_JA] = "副作用プロファイルの比較に強く反応した",
        [LANG_ZH] = "对不良反应特征的比较反应强烈"};
    static const char *const FONTS[LANG_COUNT] = {
        [LANG_EN] = "NotoSerifCJKjp", [LANG_JA] = "NotoSerifCJKjp", [LANG_ZH] = "NotoSerifCJKsc"};
    Arena *arena CLEANUP(arena_drop) = arena_new();
    for (int lang = 0; lang < LANG_COUNT; lang++) {
        Buffer pdf CLEANUP(buffer_free) = {0};
        Paper *paper CLEANUP(paper_drop) = paper_new(options((Lang)lang, 1));
        paper_text(paper, PAPER_TITLE, STR("山田 花子・王伟・Ann Lee"));
        paper_section(paper, (PaperSection){.title = STR("直骨令")});
        paper_item(paper, str_of(TEXTS[lang]), STR("2026-11-22"));
        PaperResult result = written(paper, &pdf);
        assert_int_equal(result.pages, 1);
        assert_int_equal(result.unknown_glyphs, 0);
        Str text = text_of(arena, &pdf);
        assert_true(has(text, TEXTS[lang]));
        assert_true(has(text, "山田 花子・王伟・Ann Lee"));
        assert_true(has(output_of(arena, "pdffonts", "", &pdf), FONTS[lang]));
    }
}

static void test_what_has_no_type_is_told(void **state) {
    (void)state;
    Buffer pdf CLEANUP(buffer_free) = {0};
    Paper *paper CLEANUP(paper_drop) = paper_new(options(LANG_EN, 1));
    paper_text(paper, PAPER_TEXT, STR("\xf4\x8f\xbf\xbd")); /* U+10FFFD: for private use */
    assert_int_equal(written(paper, &pdf).unknown_glyphs, 1);
}

static void add_items(Paper *paper, Arena *arena, const char *name, int count) {
    for (int i = 1; i <= count; i++) {
        paper_item(paper, str_format(arena, "%s-%d.", name, i), STR(""));
    }
}

static void test_as_many_pages_as_it_takes(void **state) {
    (void)state;
    Arena *arena CLEANUP(arena_drop) = arena_new();
    Buffer pdf CLEANUP(buffer_free) = {0};
    Paper *paper CLEANUP(paper_drop) = paper_new(options(LANG_EN, 0));
    paper_section(paper, (PaperSection){.title = STR("Long"), .spare = 1});
    add_items(paper, arena, "line", 150);
    PaperResult result = written(paper, &pdf);
    assert_true(result.pages > 1);
    assert_int_equal(result.left_out, 0);
    Str text = text_of(arena, &pdf), info = output_of(arena, "pdfinfo", "", &pdf);
    for (int i = 1; i <= 150; i++) assert_true(has(text, str_format(arena, "line-%d.", i).data));
    assert_true(has(info, str_format(arena, "Pages:           %d", result.pages).data));
    assert_true(has(info, "(A4)"));
    assert_true(has(info, "資料"));
}

static void test_what_may_be_left_out_goes_first(void **state) {
    (void)state;
    Arena *arena CLEANUP(arena_drop) = arena_new();
    Buffer pdf CLEANUP(buffer_free) = {0};
    Paper *paper CLEANUP(paper_drop) = paper_new(options(LANG_JA, 1));
    paper_section(paper, (PaperSection){.title = STR("禁忌"), .tone = PAPER_WARNING});
    add_items(paper, arena, "never", 12);
    paper_section(paper, (PaperSection){.title = STR("物語"), .spare = 1});
    add_items(paper, arena, "story", 20);
    paper_section(paper, (PaperSection){.title = STR("面会"), .spare = 2});
    add_items(paper, arena, "visit", 100);
    PaperResult result = written(paper, &pdf);
    Str text = text_of(arena, &pdf);
    assert_int_equal(result.pages, 1);
    assert_true(result.left_out > 60);
    for (int i = 1; i <= 12; i++) assert_true(has(text, str_format(arena, "never-%d.", i).data));
    for (int i = 1; i <= 20; i++) assert_true(has(text, str_format(arena, "story-%d.", i).data));
    assert_true(has(text, "visit-1."));
    assert_false(has(text, "visit-100."));
    assert_true(has(text, str_format(arena, "他%d件", result.left_out).data));
}

/* How many pages three long items take, each of so many lines at most. */
static int pages_of_long_items(int lines) {
    Buffer pdf CLEANUP(buffer_free) = {0}, longest CLEANUP(buffer_free) = {0};
    Paper *paper CLEANUP(paper_drop) = paper_new(options(LANG_ZH, 0));
    for (int i = 0; i < 3000; i++) buffer_add(&longest, STR("话"));
    paper_section(paper, (PaperSection){.title = STR("故事"), .lines = lines});
    for (int i = 0; i < 3; i++) paper_item(paper, buffer_str(&longest), STR("note"));
    return written(paper, &pdf).pages;
}

static void test_long_items_are_cut(void **state) {
    (void)state;
    assert_int_equal(pages_of_long_items(3), 1);
    assert_true(pages_of_long_items(0) > 2);
}

static void test_texts_are_no_markup(void **state) {
    (void)state;
    Arena *arena CLEANUP(arena_drop) = arena_new();
    Buffer pdf CLEANUP(buffer_free) = {0};
    Paper *paper CLEANUP(paper_drop) = paper_new(options(LANG_EN, 1));
    paper_section(paper, (PaperSection){.title = STR("<i>A & B</i>")});
    paper_fact(paper, STR("p < 0.05"), STR("\"x\" > 'y' &amp;"));
    paper_item(paper,
               STR("a\x01"
                   "b\tc"),
               STR("<b>"));
    written(paper, &pdf);
    Str text = text_of(arena, &pdf);
    assert_true(has(text, "<i>A & B</i>"));
    assert_true(has(text, "p < 0.05"));
    assert_true(has(text, "&amp;"));
    assert_true(has(text, "a b c"));
    assert_true(has(text, "<b>"));
}

static void test_curve(void **state) {
    (void)state;
    Arena *arena CLEANUP(arena_drop) = arena_new();
    const Str rows[] = {STR("好意的"), STR("中立"), STR("懐疑的")};
    const PaperPoint points[] = {{.at = 100, .row = 0, .colour = 0x8f5200},
                                 {.at = 400, .row = 2, .colour = 0x1f6478}};
    for (int count = 0; count <= 2; count++) {
        Buffer pdf CLEANUP(buffer_free) = {0};
        Paper *paper CLEANUP(paper_drop) = paper_new(options(LANG_JA, 1));
        paper_curve(paper, &(PaperCurve){.rows = rows,
                                         .row_count = 3,
                                         .points = points,
                                         .point_count = count,
                                         .until = count == 1 ? 100 : 900,
                                         .from_text = STR("2025年1月30日"),
                                         .until_text = STR("現在")});
        assert_int_equal(written(paper, &pdf).pages, 1);
        Str text = text_of(arena, &pdf);
        assert_int_equal(has(text, "懐疑的"), count > 0);
        assert_int_equal(has(text, "2025年1月30日"), count > 0);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_three_languages),
        cmocka_unit_test(test_what_has_no_type_is_told),
        cmocka_unit_test(test_as_many_pages_as_it_takes),
        cmocka_unit_test(test_what_may_be_left_out_goes_first),
        cmocka_unit_test(test_long_items_are_cut),
        cmocka_unit_test(test_texts_are_no_markup),
        cmocka_unit_test(test_curve),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
