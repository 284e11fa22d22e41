/*
 * Delimited text files from elsewhere (CSV, TSV): what they are, and their rows one by one.
 * Whatever the bytes, memory stays within the limits below.
 */
#ifndef ONDO_EXCHANGE_SHEET_H
#define ONDO_EXCHANGE_SHEET_H

#include "encoding.h"
#include "problem.h"

enum {
    SHEET_ROW_LIMIT = 4 * 1024 * 1024,   /* bytes of UTF-8 in one row */
    SHEET_CELL_LIMIT = 32 * 1024 * 1024, /* bytes that an unbalanced quote may swallow */
    SHEET_COLUMN_LIMIT = 2000,
};

typedef enum SheetHeader { SHEET_HEADER_DETECT, SHEET_HEADER_YES, SHEET_HEADER_NO } SheetHeader;

/** What the person knows about the file; empty texts and DETECT leave it to us. */
typedef struct SheetHints {
    Str encoding;  /* a name that encoding_from_name knows */
    Str delimiter; /* one of , ; | or a tab, which "tab" names too */
    SheetHeader header;
} SheetHints;

/** What a file turned out to be. */
typedef struct SheetForm {
    Encoding encoding;
    int confidence;   /* of the encoding, 0 to 100 */
    size_t mark_size; /* bytes of the byte order mark */
    char delimiter;
    bool header; /* the first row names the columns */
} SheetForm;

/**
 * Finds out what the file is. STATUS_INVALID with "import_no_rows" for nothing but blanks,
 * "import_not_text" for a spreadsheet or another document, "import_encoding_unknown" and
 * "import_delimiter_unknown" for a hint that says nothing.
 */
MUST_USE Status sheet_detect(Arena *arena, Str bytes, const SheetHints *hints, Problem *problem,
                             SheetForm *out);

typedef enum SheetFault {
    SHEET_FAULT_NONE,
    SHEET_FAULT_LONG,  /* over SHEET_ROW_LIMIT or SHEET_COLUMN_LIMIT; its cells are cut */
    SHEET_FAULT_QUOTE, /* a quote was opened and never closed; the row swallows the rest */
} SheetFault;

/** One row that has at least one cell. */
typedef struct SheetRow {
    int64_t line; /* of the file, from 1, where the row begins */
    Str *cells;   /* valid until the next row is read */
    size_t count;
    SheetFault fault; /* why the bytes are no proper row, if they are none */
} SheetRow;

typedef struct Sheet Sheet;

/** `bytes` must live as long as the sheet. */
Sheet *sheet_open(Str bytes, const SheetForm *form);
/** The next row, the heading included: STATUS_OK, or STATUS_END. Valid until the next call. */
MUST_USE Status sheet_next(Sheet *sheet, SheetRow *out);
/** Bytes of the file that were read for the rows so far: how far it is, block by block. */
size_t sheet_position(const Sheet *sheet);
/** Malformed characters met so far. */
size_t sheet_fault_count(const Sheet *sheet);
/** Gives everything back; rows given out are no longer valid. */
void sheet_close(Sheet *sheet);
/** For CLEANUP. */
static inline void sheet_drop(Sheet **sheet) {
    if (*sheet) sheet_close(*sheet);
}

/** True when every cell is blank. */
bool sheet_row_blank(const SheetRow *row);

/** ",", ";", "|" or "tab", as people are shown it. */
Str sheet_delimiter_name(char delimiter);

#endif
