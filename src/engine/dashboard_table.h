/*
 * A dashboard as plain tables: the same figures and lists that the page shows, laid out in rows and
 * columns for files and mails, in the reader's language.
 */
#ifndef ONDO_ENGINE_DASHBOARD_TABLE_H
#define ONDO_ENGINE_DASHBOARD_TABLE_H

#include "access.h"
#include "dashboard.h"
#include "texts.h"

/** Records of one list that are held at most; its table says how many there are in all. */
enum { DASHBOARD_TABLE_ROWS = 10000 };
/** Columns of any table. */
enum { DASHBOARD_COLUMNS_MOST = 64 };

/** Whether the records of lists are laid out at once, or left to dashboard_table_each. */
typedef enum DashboardLists { DASHBOARD_LISTS_HELD, DASHBOARD_LISTS_LEFT } DashboardLists;

/** What a cell holds. `text` is what people read; `field` tells of what type `value` is. */
typedef struct DashboardCell {
    const Field *field; /* NULL: only text */
    Value value;
    Str text;
} DashboardCell;

/** A column of figures as a file has it. */
typedef struct DashboardColumn {
    Str heading;
    bool number; /* for those who align */
} DashboardColumn;

/** One widget. Cells stand row by row, `column_count` of them in each. */
typedef struct DashboardTable {
    Str name, label, help;
    const Object *object; /* of which it tells */
    bool list;            /* records themselves, not figures about them */
    DashboardColumn *columns;
    size_t column_count;
    DashboardCell *cells; /* row by row */
    size_t row_count;
    int64_t total; /* rows that there are; more than `row_count` where a list is cut off */
    const struct Shown *source; /* of a list that is left to dashboard_table_each; else NULL */
} DashboardTable;

/** What a dashboard was narrowed by: "Team": "Tokyo". */
typedef struct DashboardNarrowing {
    Str label, value;
} DashboardNarrowing;

/** A whole dashboard as tables, for files and mails. */
typedef struct DashboardTables {
    Str label;
    DashboardNarrowing *narrowed;
    size_t narrowed_count;
    DashboardTable *items;
    size_t count;
} DashboardTables;

/** Which figures are wanted, and of which period, as the request says it. */
typedef struct DashboardTableOptions {
    const DashboardArgument *arguments;
    size_t count;
    const Texts *texts; /* headings of what is measured */
    Str widget;         /* only the one of this name; empty: all */
    DashboardLists lists;
} DashboardTableOptions;

/**
 * Reads the widgets that the context's actor may read, figures as they are shown and lists of what
 * the actor may also export: what lies in a file has left the house. Everything lies in the
 * context's arena. STATUS_INVALID as dashboard_write; STATUS_NOT_FOUND for a widget that is not
 * there or not for the actor.
 */
MUST_USE Status dashboard_tables(const Dashboard *dashboard, Context *context,
                                 const DashboardTableOptions *options, DashboardTables *out);

/** What dashboard_table_each calls with some hundred rows at a time, which are gone afterwards. */
typedef Status DashboardRows(void *data, const DashboardTable *rows);

/**
 * Reads all records of a list that was left, however many, and hands them on page by page; counts
 * them in `row_count` and `total`. Only while the transaction of dashboard_tables lasts. Any status
 * of `take` but STATUS_OK ends it and is returned.
 */
MUST_USE Status dashboard_table_each(DashboardTable *table, DashboardRows *take, void *data);

/** Cell of a table by row and column. */
static inline const DashboardCell *dashboard_cell(const DashboardTable *table, size_t row,
                                                  size_t column) {
    return &table->cells[row * table->column_count + column];
}

#endif
