/* Cells of CSV files as we write them (RFC 4180), and what protects spreadsheets from formulas. */
#ifndef ONDO_EXCHANGE_CSV_TEXT_H
#define ONDO_EXCHANGE_CSV_TEXT_H

#include "buffer.h"

/** Marks a file as UTF-8 for spreadsheet programs. */
#define CSV_TEXT_MARK STR("\xEF\xBB\xBF")

/** Appends a cell, quoted where it must be. */
void csv_text_add(Buffer *out, Str cell, char delimiter);

/**
 * As csv_text_add, with an apostrophe in front of what a spreadsheet would take for a formula: text
 * that begins with = + - @, a tab or a line end, or an apostrophe before one of these.
 */
void csv_text_add_armed(Buffer *out, Str cell, char delimiter);

/** Takes that apostrophe off again. */
Str csv_text_disarmed(Str cell);

#endif
