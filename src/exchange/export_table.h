/* Where an export's cells go. Only for this layer's own modules. */
#ifndef ONDO_EXCHANGE_EXPORT_TABLE_H
#define ONDO_EXCHANGE_EXPORT_TABLE_H

#include "context.h"

typedef struct ExportTable ExportTable;

/** A cell: its text as people read it, and its value where the form can keep more than text. */
typedef struct ExportCell {
    const Field *field; /* NULL: a heading */
    const Value *value;
    Str text;
} ExportCell;

/** What each form does. A table is made by the form's own open function. */
typedef struct ExportWriter {
    Status (*add_row)(ExportTable *table, const ExportCell *cells, size_t count);
    /** What follows is another table: a sheet of this title, or lines behind an empty one. */
    Status (*begin_part)(ExportTable *table, Str title);
    /** Finishes the file and frees the table. */
    Status (*close)(ExportTable *table);
    /** Frees the table and leaves the file unfinished. */
    void (*abandon)(ExportTable *table);
} ExportWriter;

/** Begins each form's own table. */
struct ExportTable {
    const ExportWriter *writer;
};

/** Makes or replaces the file; STATUS_FAILED when that cannot be done. */
MUST_USE Status export_csv_open(const char *path, ExportTable **out);
/** Instants become local times of `zone` in true date cells. */
MUST_USE Status export_xlsx_open(const char *path, Str title, Str zone, ExportTable **out);

#endif
