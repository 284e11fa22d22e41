/*
 * Two forms of one text. Styles stand at each element, since mail programs throw style sheets away;
 * colours are left to the reader's program but for lines and quiet words.
 */
#include "mail_text.h"

#define FONT                                                                                     \
    "font-family:-apple-system,'Segoe UI','Hiragino Sans','Noto Sans CJK JP','Microsoft YaHei'," \
    "sans-serif"

static void add_escaped(Buffer *out, Str text) {
    for (size_t i = 0; i < text.size; i++) {
        switch (text.data[i]) {
            case '&': buffer_add(out, STR("&amp;")); break;
            case '<': buffer_add(out, STR("&lt;")); break;
            case '>': buffer_add(out, STR("&gt;")); break;
            case '"': buffer_add(out, STR("&quot;")); break;
            case '\'': buffer_add(out, STR("&#39;")); break;
            case '\n': buffer_add(out, STR("<br>")); break;
            default: buffer_add_byte(out, text.data[i]); break;
        }
    }
}

/* An element of one style around somebody's words. */
static void add_element(Buffer *out, const char *open, Str words, const char *close) {
    buffer_add(out, str_of(open));
    add_escaped(out, words);
    buffer_add(out, str_of(close));
}

static void add_line(Buffer *plain, const char *before, Str words, const char *after) {
    buffer_add(plain, str_of(before));
    buffer_add(plain, words);
    buffer_add(plain, str_of(after));
}

void mail_text_begin(MailText *text, Lang lang, Str title) {
    buffer_format(&text->html,
                  "<!doctype html><html lang=\"%.*s\"><head><meta charset=\"utf-8\">"
                  "<meta name=\"viewport\" content=\"width=device-width\"></head>"
                  "<body style=\"margin:0;padding:20px;%s;font-size:15px;line-height:1.5\">",
                  STR_ARGS(lang_code(lang)), FONT);
    add_element(&text->html, "<h1 style=\"font-size:21px;margin:0 0 4px\">", title, "</h1>");
    add_line(&text->plain, "", title, "\n\n");
}

void mail_text_end(MailText *text, Str footer) {
    add_element(&text->html,
                "<p style=\"margin:28px 0 0;padding-top:10px;border-top:1px solid #c8c8c8;"
                "color:#6b6b6b;font-size:13px\">",
                footer, "</p></body></html>");
    add_line(&text->plain, "\n--\n", footer, "\n");
}

void mail_text_free(MailText *text) {
    buffer_free(&text->html);
    buffer_free(&text->plain);
}

void mail_text_heading(MailText *text, Str heading) {
    add_element(&text->html, "<h2 style=\"font-size:17px;margin:26px 0 6px\">", heading, "</h2>");
    add_line(&text->plain, "\n## ", heading, "\n\n");
}

void mail_text_paragraph(MailText *text, Str paragraph) {
    add_element(&text->html, "<p style=\"margin:6px 0\">", paragraph, "</p>");
    add_line(&text->plain, "", paragraph, "\n");
}

void mail_text_quiet(MailText *text, Str paragraph) {
    if (str_empty(paragraph)) return;
    add_element(&text->html, "<p style=\"margin:4px 0 8px;color:#6b6b6b;font-size:13px\">",
                paragraph, "</p>");
    add_line(&text->plain, "", paragraph, "\n");
}

void mail_text_item(MailText *text, Str what, Str detail) {
    add_element(&text->html,
                "<p style=\"margin:0 0 8px;padding-left:12px;"
                "border-left:3px solid #c8c8c8\"><strong>",
                what, "</strong>");
    add_line(&text->plain, "- ", what, "\n");
    if (!str_empty(detail)) {
        add_element(&text->html, "<br><span style=\"color:#6b6b6b\">", detail, "</span>");
        add_line(&text->plain, "  ", detail, "\n");
    }
    buffer_add(&text->html, STR("</p>"));
}

void mail_text_link(MailText *text, Str words, Str address) {
    if (str_empty(address)) return;
    add_element(&text->html, "<p style=\"margin:14px 0\"><a href=\"", address, "\">");
    add_element(&text->html, "", words, "</a></p>");
    add_line(&text->plain, "\n", words, ": ");
    add_line(&text->plain, "", address, "\n");
}

/* ---- Tables ---- */

/* Nobody reads seconds in a mail: "2026-11-20 20:42". */
static Str cell_words(const DashboardTable *table, size_t row, size_t column) {
    enum { TO_THE_MINUTE = 16 };
    const DashboardCell *cell = dashboard_cell(table, row, column);
    bool instant = cell->field && cell->field->type == FIELD_INSTANT;
    return instant ? str_part(cell->text, 0, TO_THE_MINUTE) : cell->text;
}

/* A count of nothing; a mean or a change of 0 is a finding. */
static bool is_no_count(const DashboardTable *table, size_t row, size_t column) {
    const DashboardCell *cell = dashboard_cell(table, row, column);
    if (str_empty(cell->text)) return true;
    return !table->list && cell->field && cell->field->type == FIELD_INTEGER &&
           cell->value.integer == 0;
}

/* Empty columns of numbers only push the others off a phone's screen. */
static bool is_shown(const DashboardTable *table, size_t column, size_t rows) {
    if (!table->columns[column].number || table->list) return true;
    for (size_t row = 0; row < rows; row++) {
        if (!is_no_count(table, row, column)) return true;
    }
    return column + 1 == table->column_count;
}

#define CELL "padding:5px 10px 5px 0;border-bottom:1px solid #dcdcdc;vertical-align:top"
#define LEADING "<%s style=\"" CELL ";text-align:left\">"
#define NUMBER "<%s style=\"" CELL ";text-align:right;padding-left:6px\">"

static void add_cell(Buffer *html, const char *element, bool number, Str words) {
    buffer_format(html, number ? NUMBER : LEADING, element);
    add_escaped(html, words);
    buffer_format(html, "</%s>", element);
}

/* In plain text a row is a line of its first cell, with the others named behind it: columns of
 * blanks do not hold where letters are of two widths. */
static void add_plain_row(Buffer *plain, const DashboardTable *table, const bool *shown,
                          size_t columns, size_t row) {
    const char *before = ": ";
    add_line(plain, "- ", dashboard_cell(table, row, 0)->text, "");
    for (size_t i = 1; i < columns; i++) {
        Str cell = cell_words(table, row, i);
        if (!shown[i] || is_no_count(table, row, i)) continue;
        add_line(plain, before, table->columns[i].heading, " ");
        buffer_add(plain, cell);
        before = ", ";
    }
    buffer_add_byte(plain, '\n');
}

static void add_html_row(Buffer *html, const DashboardTable *table, const bool *shown,
                         size_t columns, size_t row) {
    buffer_add(html, STR("<tr>"));
    for (size_t i = 0; i < columns; i++) {
        if (!shown[i]) continue;
        add_cell(html, i ? "td" : "th", table->columns[i].number, cell_words(table, row, i));
    }
    buffer_add(html, STR("</tr>"));
}

void mail_text_table(MailText *text, const DashboardTable *table, MailTablePart part) {
    enum { COLUMNS_MOST = 64 };
    bool shown[COLUMNS_MOST];
    size_t columns = part.columns < table->column_count ? part.columns : table->column_count;
    size_t rows = part.rows < table->row_count ? part.rows : table->row_count;
    if (columns > COLUMNS_MOST) columns = COLUMNS_MOST;
    buffer_add(&text->html,
               STR("<div style=\"overflow-x:auto\"><table style=\"border-collapse:collapse;"
                   "font-size:14px\"><thead><tr>"));
    for (size_t i = 0; i < columns; i++) {
        shown[i] = is_shown(table, i, rows);
        if (!shown[i]) continue;
        add_cell(&text->html, "th", table->columns[i].number, table->columns[i].heading);
    }
    buffer_add(&text->html, STR("</tr></thead><tbody>"));
    for (size_t row = 0; row < rows; row++) {
        add_html_row(&text->html, table, shown, columns, row);
        add_plain_row(&text->plain, table, shown, columns, row);
    }
    buffer_add(&text->html, STR("</tbody></table></div>"));
}
