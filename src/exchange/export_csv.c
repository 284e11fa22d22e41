/*
 * CSV as RFC 4180 has it, with a byte order mark, because Excel takes a file without one for the
 * local encoding and shows Japanese and Chinese as rubbish. Written in blocks through a buffer.
 */
#include <stdio.h>
#include <stdlib.h>

#include "csv_text.h"
#include "export_table.h"

enum { FLUSH_SIZE = 64 * 1024 };

/* Written line by line: no list is held in memory as a whole. */
typedef struct CsvTable {
    ExportTable table;
    FILE *file;
    Buffer text;
    bool broken;
} CsvTable;

/* A failure is remembered and told by the next row or by the end. */
static void flush(CsvTable *csv) {
    size_t size = csv->text.size;
    if (size && fwrite(csv->text.data, 1, size, csv->file) != size) csv->broken = true;
    buffer_clear(&csv->text);
}

/* What holds people's text could be taken for a formula; numbers and dates never are. */
static bool is_text(const Field *field) {
    if (!field) return true;
    switch (field->type) {
        case FIELD_INTEGER:
        case FIELD_DECIMAL:
        case FIELD_BOOLEAN:
        case FIELD_DATE:
        case FIELD_INSTANT: return false;
        default: return true;
    }
}

static Status add_row(ExportTable *table, const ExportCell *cells, size_t count) {
    CsvTable *csv = (CsvTable *)table;
    for (size_t i = 0; i < count; i++) {
        if (i) buffer_add_byte(&csv->text, ',');
        if (is_text(cells[i].field)) {
            csv_text_add_armed(&csv->text, cells[i].text, ',');
        } else {
            csv_text_add(&csv->text, cells[i].text, ',');
        }
    }
    buffer_add(&csv->text, STR("\r\n"));
    if (csv->text.size > FLUSH_SIZE) flush(csv);
    return csv->broken ? STATUS_FAILED : STATUS_OK;
}

/* The writer of the rows says the title, where it wants one. */
static Status begin_part(ExportTable *table, Str title) {
    CsvTable *csv = (CsvTable *)table;
    (void)title;
    buffer_add(&csv->text, STR("\r\n"));
    return STATUS_OK;
}

static Status close_table(ExportTable *table) {
    CsvTable *csv = (CsvTable *)table;
    flush(csv);
    bool broken = csv->broken;
    if (fclose(csv->file) != 0) broken = true;
    buffer_free(&csv->text);
    free(csv);
    return broken ? STATUS_FAILED : STATUS_OK;
}

static void abandon(ExportTable *table) {
    CsvTable *csv = (CsvTable *)table;
    fclose(csv->file);
    buffer_free(&csv->text);
    free(csv);
}

static const ExportWriter WRITER = {
    .add_row = add_row, .begin_part = begin_part, .close = close_table, .abandon = abandon};

Status export_csv_open(const char *path, ExportTable **out) {
    FILE *file = fopen(path, "wb");
    if (!file) return STATUS_FAILED;
    CsvTable *csv = calloc(1, sizeof *csv);
    if (!csv) abort();
    csv->table.writer = &WRITER;
    csv->file = file;
    buffer_add(&csv->text, CSV_TEXT_MARK);
    *out = &csv->table;
    return STATUS_OK;
}
