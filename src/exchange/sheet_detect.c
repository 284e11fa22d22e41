/*
 * What a file is, from its first part. People do not know encodings and delimiters, and programs do
 * not say; so both are guessed, shown with samples, and can be overruled. A guess that is wrong
 * must be visible rather than clever.
 */
#include "fold.h"
#include "sheet.h"

/* What is looked at: enough for a few dozen rows, and for the encoding. */
enum { HEAD_SIZE = 64 * 1024, ROWS_MOST = 50 };

/* Of two that fit equally well the first counts: tabs hardly ever stand inside a cell. */
static const char DELIMITERS[] = {'\t', ',', ';', '|'};
enum { DELIMITER_COUNT = sizeof DELIMITERS };

Str sheet_delimiter_name(char delimiter) {
    switch (delimiter) {
        case '\t': return STR("tab");
        case ';': return STR(";");
        case '|': return STR("|");
        default: return STR(",");
    }
}

static bool delimiter_from_name(Str name, char *out) {
    for (int i = 0; i < DELIMITER_COUNT; i++) {
        bool plain = name.size == 1 && name.data[0] == DELIMITERS[i];
        if (!plain && !str_equal(name, sheet_delimiter_name(DELIMITERS[i]))) continue;
        *out = DELIMITERS[i];
        return true;
    }
    return false;
}

/* Documents that people take for tables: XLSX and the like, XLS, PDF. */
static bool is_document(Str bytes) {
    return str_starts(bytes, STR("PK\x03\x04")) || str_starts(bytes, STR("\xD0\xCF\x11\xE0")) ||
           str_starts(bytes, STR("%PDF-"));
}

/* A file may begin with thousands of lines of ASCII; what tells the encoding comes later. */
static Str telling_part(Str bytes) {
    size_t at = 0;
    while (at < bytes.size && (unsigned char)bytes.data[at] < 0x80 && bytes.data[at]) at++;
    if (at < HEAD_SIZE || at == bytes.size) return str_part(bytes, 0, HEAD_SIZE);
    while (at && bytes.data[at - 1] != '\n') at--;
    return str_part(bytes, at, HEAD_SIZE);
}

/* How many bytes a character that begins like this has in UTF-8; 0 when none does. */
static size_t utf8_length(unsigned char first) {
    if (first >= 0xC2 && first <= 0xDF) return 2;
    if (first >= 0xE0 && first <= 0xEF) return 3;
    return first >= 0xF0 && first <= 0xF4 ? 4 : 0;
}

/*
 * A single broken character must not make UTF-8 pass for something else: text of another encoding
 * hardly ever has twenty characters that are well-formed UTF-8 for one that is not.
 */
static bool mostly_utf8(Str text) {
    size_t good = 0, bad = 0;
    for (size_t at = 0; at < text.size;) {
        unsigned char first = (unsigned char)text.data[at];
        size_t size = first < 0x80 ? 1 : utf8_length(first);
        bool well = size && str_valid_utf8(str_part(text, at, size));
        if (first >= 0x80) *(well ? &good : &bad) += 1;
        at += well ? size : 1;
    }
    return good > 0 && bad * 20 <= good;
}

/* The first rows as one delimiter cuts them. */
typedef struct Sample {
    SheetRow rows[ROWS_MOST];
    size_t count;
} Sample;

static void copy_row(Arena *arena, const SheetRow *row, SheetRow *out) {
    *out = *row;
    out->cells = ARENA_ARRAY(arena, row->count, Str);
    for (size_t i = 0; i < row->count; i++) out->cells[i] = str_copy(arena, row->cells[i]);
}

/* The last row may have been cut in two by the end of the head; it counts only when alone. */
static void take_sample(Arena *arena, Str head, bool cut, SheetForm form, Sample *out) {
    Sheet *sheet CLEANUP(sheet_drop) = sheet_open(head, &form);
    SheetRow row;
    out->count = 0;
    while (out->count < ROWS_MOST && sheet_next(sheet, &row) == STATUS_OK) {
        if (!sheet_row_blank(&row)) copy_row(arena, &row, &out->rows[out->count++]);
    }
    if (cut && out->count > 1 && out->count < ROWS_MOST) out->count--;
}

/* Rows that have the first row's columns, per mille; more columns break a tie. One column: 0. */
static size_t sample_score(const Sample *sample) {
    if (!sample->count || sample->rows[0].count < 2) return 0;
    size_t alike = 0, columns = sample->rows[0].count;
    for (size_t i = 0; i < sample->count; i++) alike += sample->rows[i].count == columns;
    return alike * 1000 / sample->count * 1000 + (columns < 999 ? columns : 999);
}

/* A date, a number, a telephone number or an address: none of them names a column. */
static bool looks_like_value(Arena *arena, Str cell) {
    bool digit = false;
    Str plain = str_trim(text_usual_width(arena, cell));
    if (str_find(plain, '@') < plain.size) return true;
    for (size_t i = 0; i < plain.size; i++) {
        char byte = plain.data[i];
        bool is_digit = byte >= '0' && byte <= '9';
        if (!is_digit && !memchr(" .,-/:+%TZ", byte, 10)) return false;
        digit = digit || is_digit;
    }
    return digit;
}

/* A heading names each column by a word of its own; it holds no numbers, dates or addresses. */
static bool looks_like_header(Arena *arena, const SheetRow *row) {
    size_t named = 0;
    for (size_t i = 0; i < row->count; i++) {
        Str cell = str_trim(row->cells[i]);
        if (str_empty(cell)) continue;
        if (looks_like_value(arena, cell)) return false;
        for (size_t j = 0; j < i; j++) {
            if (str_equal(cell, str_trim(row->cells[j]))) return false;
        }
        named++;
    }
    return named * 2 > row->count;
}

/* Another encoding than the mark's means that the mark is not one. */
static Status read_hints(const SheetHints *hints, Problem *problem, SheetForm *form) {
    size_t errors = problem->count;
    if (!str_empty(hints->encoding)) {
        Encoding named;
        if (!encoding_from_name(hints->encoding, &named)) {
            problem_add(problem, STR("/encoding"), "import_encoding_unknown", hints->encoding);
        } else {
            if (named != form->encoding) form->mark_size = 0;
            form->encoding = named;
            form->confidence = 100;
        }
    }
    if (!str_empty(hints->delimiter) && !delimiter_from_name(hints->delimiter, &form->delimiter)) {
        problem_add(problem, STR("/delimiter"), "import_delimiter_unknown", hints->delimiter);
    }
    return problem->count == errors ? STATUS_OK : STATUS_INVALID;
}

static Status refuse(Problem *problem, const char *code) {
    problem_add(problem, STR(""), code);
    return STATUS_INVALID;
}

/* Each delimiter cuts the same rows; the one by which most rows have the same columns is it. */
Status sheet_detect(Arena *arena, Str bytes, const SheetHints *hints, Problem *problem,
                    SheetForm *out) {
    if (is_document(bytes)) return refuse(problem, "import_not_text");
    Str part = telling_part(bytes);
    EncodingGuess guess = encoding_detect(part);
    if (!guess.mark_size && guess.confidence < 100 && mostly_utf8(part)) {
        guess = (EncodingGuess){.encoding = ENCODING_UTF8, .confidence = 90};
    }
    SheetForm form = {.encoding = guess.encoding,
                      .confidence = guess.confidence,
                      .mark_size = guess.mark_size,
                      .delimiter = '\0'};
    Status status = read_hints(hints, problem, &form);
    if (status != STATUS_OK) return status;
    Str head = str_part(bytes, 0, HEAD_SIZE);
    Sample best = {.count = 0}, sample;
    size_t best_score = 0;
    char fixed = form.delimiter;
    for (int i = 0; i < DELIMITER_COUNT; i++) {
        if (fixed && fixed != DELIMITERS[i]) continue;
        SheetForm tried = form;
        tried.delimiter = DELIMITERS[i];
        take_sample(arena, head, head.size < bytes.size, tried, &sample);
        if (!sample.count) return refuse(problem, "import_no_rows"); /* nothing but delimiters */
        if (best.count && sample_score(&sample) <= best_score) continue;
        best = sample;
        best_score = sample_score(&sample);
        form.delimiter = DELIMITERS[i];
    }
    if (!best_score && !fixed) form.delimiter = ','; /* a single column */
    form.header = hints->header == SHEET_HEADER_DETECT ? looks_like_header(arena, &best.rows[0])
                                                       : hints->header == SHEET_HEADER_YES;
    *out = form;
    return STATUS_OK;
}
