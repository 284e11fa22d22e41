/*
 * XLSX by libxlsxwriter in its constant-memory mode: a row is written to disk as soon as the next
 * one begins, so that a million rows need no more memory than one. Numbers and dates are true ones;
 * nothing is ever written as a formula.
 */
#include <stdlib.h>
#include <xlsxwriter.h>

#include "clock.h"
#include "export_table.h"
#include "zone.h"

enum { CELL_POINTS_MOST = 32767 /* characters that Excel keeps in a cell */ };

/* A workbook being written. */
typedef struct XlsxTable {
    ExportTable table;
    lxw_workbook *book;
    lxw_worksheet *sheet;
    lxw_format *bold, *date, *instant;
    lxw_row_t row;
    Arena *arena; /* of one row */
    char zone[64];
} XlsxTable;

/* At most what Excel keeps; counted in UTF-16 units as Excel does. */
static Str bounded(Str text) {
    size_t units = 0, size = 0;
    while (size < text.size) {
        unsigned char first = (unsigned char)text.data[size];
        size_t length = first < 0x80 ? 1 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4;
        units += length == 4 ? 2 : 1;
        if (units > CELL_POINTS_MOST || size + length > text.size) break;
        size += length;
    }
    return str_part(text, 0, size);
}

static lxw_error add_text(XlsxTable *xlsx, lxw_col_t column, Str text, lxw_format *format) {
    if (str_empty(text)) return LXW_NO_ERROR;
    return worksheet_write_string(xlsx->sheet, xlsx->row, column,
                                  str_terminated(xlsx->arena, bounded(text)), format);
}

/* Days since 1899-12-30, which is how Excel counts from March 1900 on. */
static bool excel_days(Date date, double *out) {
    static const int64_t EPOCH = 25569;
    int64_t days = date_to_days(date) + EPOCH;
    *out = (double)days;
    return days > 60;
}

/* True dates where Excel has them, so that they sort and filter; text before 1900. */
static lxw_error add_date(XlsxTable *xlsx, lxw_col_t column, const ExportCell *cell) {
    Date date;
    double days;
    if (cell->value->kind != VALUE_TEXT || !date_parse(cell->value->text, &date) ||
        !excel_days(date, &days)) {
        return add_text(xlsx, column, cell->text, NULL);
    }
    return worksheet_write_number(xlsx->sheet, xlsx->row, column, days, xlsx->date);
}

/* Excel knows no zones: the reader's local time. */
static lxw_error add_instant(XlsxTable *xlsx, lxw_col_t column, const ExportCell *cell) {
    static const double EPOCH = 25569;
    int64_t local = cell->value->integer + zone_offset(str_of(xlsx->zone), cell->value->integer);
    double days = (double)local / (double)CLOCK_DAY + EPOCH;
    if (days <= 61) return add_text(xlsx, column, cell->text, NULL);
    return worksheet_write_number(xlsx->sheet, xlsx->row, column, days, xlsx->instant);
}

/* Everything that is no number or date is written as text, so that nothing of it is calculated. */
static lxw_error add_cell(XlsxTable *xlsx, lxw_col_t column, const ExportCell *cell) {
    if (!cell->field) return add_text(xlsx, column, cell->text, xlsx->bold);
    if (value_is_null(cell->value)) return LXW_NO_ERROR;
    switch (cell->field->type) {
        case FIELD_INTEGER:
            return worksheet_write_number(xlsx->sheet, xlsx->row, column,
                                          (double)cell->value->integer, NULL);
        case FIELD_DECIMAL:
            return worksheet_write_number(xlsx->sheet, xlsx->row, column, cell->value->decimal,
                                          NULL);
        case FIELD_DATE: return add_date(xlsx, column, cell);
        case FIELD_INSTANT: return add_instant(xlsx, column, cell);
        default: return add_text(xlsx, column, cell->text, NULL);
    }
}

/* A sheet that begins with a title alone is one of words and what they mean. */
static void set_widths(XlsxTable *xlsx, size_t count) {
    enum { WIDTH = 18, WORDS_WIDTH = 42, MEANING_WIDTH = 100 };
    if (count > 1) {
        worksheet_set_column(xlsx->sheet, 0, (lxw_col_t)(count - 1), WIDTH, NULL);
        return;
    }
    worksheet_set_column(xlsx->sheet, 0, 0, WORDS_WIDTH, NULL);
    worksheet_set_column(xlsx->sheet, 1, 1, MEANING_WIDTH, NULL);
}

/* How many columns there are is known with the first row, so their width is set there. */
static Status add_row(ExportTable *table, const ExportCell *cells, size_t count) {
    XlsxTable *xlsx = (XlsxTable *)table;
    arena_reset(xlsx->arena);
    for (size_t i = 0; i < count; i++) {
        if (add_cell(xlsx, (lxw_col_t)i, &cells[i]) != LXW_NO_ERROR) return STATUS_FAILED;
    }
    if (!xlsx->row) set_widths(xlsx, count);
    xlsx->row++;
    return STATUS_OK;
}

/* Excel takes 31 characters and none of []:*?/\ in the name of a sheet. */
static void name_sheet(Arena *arena, Str title, char out[static 96]) {
    Str name = str_copy(arena, title);
    size_t size = 0, points = 0;
    for (size_t i = 0; i < name.size && size < 90; i++) {
        bool starts = ((unsigned char)name.data[i] & 0xC0) != 0x80;
        points += starts;
        if (points > 31) break;
        out[size++] = memchr("[]:*?/\\'", name.data[i], 8) ? ' ' : name.data[i];
    }
    while (size && ((unsigned char)out[size - 1] & 0x80) && size >= 90) size--;
    out[size] = '\0';
}

/* Two sheets of one name are refused; a number tells them apart. The heading stays in view. */
static Status add_sheet(XlsxTable *xlsx, Str title) {
    char name[96];
    Str wanted = str_empty(title) ? STR("1") : title;
    name_sheet(xlsx->arena, wanted, name);
    for (int i = 2; i < 100 && workbook_get_worksheet_by_name(xlsx->book, name); i++) {
        Str numbered = str_format(xlsx->arena, "%d %.*s", i, STR_ARGS(wanted));
        name_sheet(xlsx->arena, numbered, name);
    }
    xlsx->sheet = workbook_add_worksheet(xlsx->book, name);
    if (!xlsx->sheet) return STATUS_FAILED;
    xlsx->row = 0;
    worksheet_freeze_panes(xlsx->sheet, 1, 0);
    return STATUS_OK;
}

static Status begin_part(ExportTable *table, Str title) {
    return add_sheet((XlsxTable *)table, title);
}

static Status close_table(ExportTable *table) {
    XlsxTable *xlsx = (XlsxTable *)table;
    lxw_error error = workbook_close(xlsx->book);
    arena_free(xlsx->arena);
    free(xlsx);
    return error == LXW_NO_ERROR ? STATUS_OK : STATUS_FAILED;
}

/* libxlsxwriter frees a workbook only by closing it; the caller removes what that writes. */
static void abandon(ExportTable *table) {
    (void)close_table(table);
}

static const ExportWriter WRITER = {
    .add_row = add_row, .begin_part = begin_part, .close = close_table, .abandon = abandon};

/*
 * Formats belong to the workbook and are freed with it.
 */
Status export_xlsx_open(const char *path, Str title, Str zone, ExportTable **out) {
    lxw_workbook_options options = {.constant_memory = LXW_TRUE, .tmpdir = getenv("TMPDIR")};
    XlsxTable *xlsx = calloc(1, sizeof *xlsx);
    if (!xlsx) abort();
    xlsx->arena = arena_new();
    xlsx->table.writer = &WRITER;
    xlsx->book = workbook_new_opt(path, &options);
    if (!xlsx->book || add_sheet(xlsx, title) != STATUS_OK) {
        if (xlsx->book) (void)workbook_close(xlsx->book);
        arena_free(xlsx->arena);
        free(xlsx);
        return STATUS_FAILED;
    }
    xlsx->bold = workbook_add_format(xlsx->book);
    format_set_bold(xlsx->bold);
    xlsx->date = workbook_add_format(xlsx->book);
    format_set_num_format(xlsx->date, "yyyy-mm-dd");
    xlsx->instant = workbook_add_format(xlsx->book);
    format_set_num_format(xlsx->instant, "yyyy-mm-dd hh:mm");
    snprintf(xlsx->zone, sizeof xlsx->zone, "%.*s", STR_ARGS(zone));
    *out = &xlsx->table;
    return STATUS_OK;
}
