/*
 * Lists as files: CSV for any program, XLSX for Excel. The columns and records are exactly those
 * that the actor may see and may export; choices, times and references are written as people of
 * the actor's language and zone read them.
 */
#ifndef ONDO_EXCHANGE_EXPORT_H
#define ONDO_EXCHANGE_EXPORT_H

#include "exchange.h"
#include "list.h"

typedef enum ExportForm { EXPORT_CSV, EXPORT_XLSX } ExportForm;

enum { EXPORT_PAGE = 1000, EXPORT_SHEET_ROWS = 1048575 /* of an XLSX sheet, below the heading */ };

/** "csv" or "xlsx"; false for any other. */
MUST_USE bool export_form_from_name(Str name, ExportForm *out);
/** The media type, for HTTP. */
Str export_media_type(ExportForm form);

/** Which records leave, in which form, and why. */
typedef struct ExportRequest {
    const ListQuery *query; /* limit, cursor and expand do not count: everything is exported */
    ExportForm form;
    Str filter; /* the list as it was asked for, for the journal; may be empty */
    Str reason; /* likewise */
} ExportRequest;

/**
 * Writes the list to `path`, which is made or replaced, in pages from one snapshot, and notes it in
 * the journal ("export", with the number of records). STATUS_DENIED when the role may not export
 * the object; STATUS_TOO_LARGE for more rows than a sheet holds. What was written of a failed
 * export is removed.
 */
MUST_USE Status export_write(const Exchange *exchange, const ExportRequest *request,
                             const char *path, Problem *problem, int64_t *count);

#endif
