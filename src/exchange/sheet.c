/*
 * Rows of delimited files, read block by block: bytes to UTF-8 by ICU, UTF-8 to cells by libcsv.
 * Only the rows of one block are in memory. What libcsv leaves open is closed here: which line a
 * row begins on, rows and cells without bound, and a quote that is never closed.
 */
#include "sheet.h"

#include <csv.h>
#include <stdlib.h>

enum { BLOCK_SIZE = 64 * 1024 };

/* libcsv's state inside a cell; it names its states only within. */
enum { INSIDE_CELL = 2 };

/* A cell of the rows in memory: where its text stands in `text`. */
typedef struct Cell {
    size_t start, size;
} Cell;

/* Where a row's cells begin in the list of all cells. */
typedef struct Row {
    size_t first, count; /* cells */
    int64_t line;
    SheetFault fault;
} Row;

/*
 * libcsv calls back for each cell, so the rows of a block wait here until they are asked for. The
 * row under construction is the last one; `row_count` counts those that are complete.
 */
struct Sheet {
    struct csv_parser parser;
    EncodingStream *stream;
    Str rest;    /* bytes not read yet */
    size_t size; /* of the whole file */
    Buffer utf8, text, cells, rows, shown;
    size_t row_count, next;
    int64_t line;
    bool after_return; /* the last line ended with CR; a LF behind it belongs to it */
    bool ended;
};

/* Buffers hold the arrays; their memory comes from malloc and is aligned for any type. */
static Row *row_at(Sheet *sheet, size_t index) {
    return &((Row *)(void *)sheet->rows.data)[index];
}

/* There is always one row under construction, also before the first byte. */
static void begin_row(Sheet *sheet) {
    Row row = {.first = sheet->cells.size / sizeof(Cell), .line = sheet->line};
    buffer_add(&sheet->rows, (Str){.data = (const char *)&row, .size = sizeof row});
}

/* What an unbalanced quote swallows must not take all memory: libcsv then stops. */
static void *grow_cell(void *memory, size_t size) {
    return size > SHEET_CELL_LIMIT ? NULL : realloc(memory, size);
}

/* The mark is skipped here by its size; encodings that have none begin at the first byte. */
Sheet *sheet_open(Str bytes, const SheetForm *form) {
    Sheet *sheet = calloc(1, sizeof *sheet);
    if (!sheet || csv_init(&sheet->parser, CSV_REPALL_NL) != 0) abort();
    csv_set_delim(&sheet->parser, (unsigned char)form->delimiter);
    csv_set_realloc_func(&sheet->parser, grow_cell);
    csv_set_blk_size(&sheet->parser, 4096);
    sheet->stream = encoding_stream_open(form->encoding);
    sheet->rest = str_part(bytes, form->mark_size, bytes.size);
    sheet->size = bytes.size;
    sheet->line = 1;
    begin_row(sheet);
    return sheet;
}

void sheet_close(Sheet *sheet) {
    csv_free(&sheet->parser);
    encoding_stream_close(sheet->stream);
    buffer_free(&sheet->utf8);
    buffer_free(&sheet->text);
    buffer_free(&sheet->cells);
    buffer_free(&sheet->rows);
    buffer_free(&sheet->shown);
    free(sheet);
}

size_t sheet_position(const Sheet *sheet) {
    return sheet->size - sheet->rest.size;
}

size_t sheet_fault_count(const Sheet *sheet) {
    return encoding_stream_faults(sheet->stream).count;
}

/* Line ends inside a quoted cell count, so that later rows name their lines rightly. */
static int64_t count_lines(const char *text, size_t size) {
    int64_t lines = 0;
    for (size_t i = 0; i < size; i++) {
        bool lone_return = text[i] == '\r' && (i + 1 == size || text[i + 1] != '\n');
        lines += text[i] == '\n' || lone_return;
    }
    return lines;
}

/* Text of a row lies together, from its first cell to the end of what was read. */
static size_t row_size(Sheet *sheet, const Row *row) {
    if (!row->count) return 0;
    const Cell *first = &((Cell *)(void *)sheet->cells.data)[row->first];
    return sheet->text.size - first->start;
}

/* libcsv calls this at the end of each cell. */
static void take_cell(void *text, size_t size, void *data) {
    Sheet *sheet = data;
    Row *row = row_at(sheet, sheet->row_count);
    sheet->line += count_lines(text, size);
    sheet->after_return = false;
    if (row->count == SHEET_COLUMN_LIMIT || row_size(sheet, row) + size > SHEET_ROW_LIMIT) {
        row->fault = SHEET_FAULT_LONG;
        return;
    }
    Cell cell = {.start = sheet->text.size, .size = size};
    if (size) buffer_add(&sheet->text, (Str){.data = text, .size = size});
    buffer_add(&sheet->cells, (Str){.data = (const char *)&cell, .size = sizeof cell});
    row->count++;
}

/* And this at each line end, blank lines included (CSV_REPALL_NL), with the byte that ended it. */
static void take_line_end(int end, void *data) {
    Sheet *sheet = data;
    Row *row = row_at(sheet, sheet->row_count);
    bool second_half = end == '\n' && sheet->after_return && !row->count && !row->fault;
    if (!second_half) sheet->line++;
    sheet->after_return = end == '\r';
    if (row->count || row->fault) {
        sheet->row_count++;
        begin_row(sheet);
    } else {
        row->line = sheet->line; /* a blank line: the row has not begun yet */
    }
}

/* Moves the row under construction to the front of the memory of those given out. */
static void forget_given_rows(Sheet *sheet) {
    Row row = *row_at(sheet, sheet->row_count);
    Cell *cells = (Cell *)(void *)sheet->cells.data;
    size_t start = row.count ? cells[row.first].start : sheet->text.size;
    if (start) {
        memmove(sheet->text.data, sheet->text.data + start, sheet->text.size - start);
        sheet->text.size -= start;
    }
    for (size_t i = 0; i < row.count; i++) {
        Cell cell = cells[row.first + i];
        cells[i] = (Cell){.start = cell.start - start, .size = cell.size};
    }
    sheet->cells.size = row.count * sizeof(Cell);
    row.first = 0;
    buffer_clear(&sheet->rows);
    buffer_add(&sheet->rows, (Str){.data = (const char *)&row, .size = sizeof row});
    sheet->row_count = sheet->next = 0;
}

/* The row as far as it was read; what the quote swallowed is not worth keeping. */
static void end_with_fault(Sheet *sheet) {
    row_at(sheet, sheet->row_count)->fault = SHEET_FAULT_QUOTE;
    sheet->row_count++;
    begin_row(sheet);
    sheet->ended = true;
}

/* Outside its strict mode libcsv would close an open quote by itself and say nothing. */
static void finish(Sheet *sheet) {
    if (sheet->parser.pstate == INSIDE_CELL && sheet->parser.quoted) {
        end_with_fault(sheet);
        return;
    }
    (void)csv_fini(&sheet->parser, take_cell, take_line_end, sheet);
    sheet->ended = true;
}

/* An empty block is the end: then the decoder and the parser are told that nothing follows. */
static void read_block(Sheet *sheet) {
    Str block = str_part(sheet->rest, 0, BLOCK_SIZE);
    sheet->rest = str_part(sheet->rest, block.size, sheet->rest.size);
    buffer_clear(&sheet->utf8);
    if (block.size) {
        encoding_stream_feed(sheet->stream, block, &sheet->utf8);
    } else {
        encoding_stream_finish(sheet->stream, &sheet->utf8);
    }
    size_t size = sheet->utf8.size;
    size_t read =
        size ? csv_parse(&sheet->parser, sheet->utf8.data, size, take_cell, take_line_end, sheet)
             : 0;
    if (read < size) {
        end_with_fault(sheet);
    } else if (!block.size) {
        finish(sheet);
    }
}

/* Cells point into the text of the block, which moves with the next one; hence valid until then. */
Status sheet_next(Sheet *sheet, SheetRow *out) {
    while (sheet->next == sheet->row_count) {
        if (sheet->ended) return STATUS_END;
        forget_given_rows(sheet);
        read_block(sheet);
    }
    const Row *row = row_at(sheet, sheet->next++);
    /* A row of empty cells at the very start finds both buffers without memory yet. */
    const Cell *cells = (const Cell *)(const void *)sheet->cells.data;
    const char *text = sheet->text.data ? sheet->text.data : "";
    if (row->first) cells += row->first;
    buffer_clear(&sheet->shown);
    Str *shown = (Str *)(void *)buffer_room(&sheet->shown, (row->count + 1) * sizeof(Str));
    for (size_t i = 0; i < row->count; i++) {
        shown[i] = (Str){.data = text + cells[i].start, .size = cells[i].size};
    }
    *out = (SheetRow){.line = row->line, .cells = shown, .count = row->count, .fault = row->fault};
    return STATUS_OK;
}

bool sheet_row_blank(const SheetRow *row) {
    for (size_t i = 0; i < row->count; i++) {
        if (!str_empty(str_trim(row->cells[i]))) return false;
    }
    return !row->fault;
}
