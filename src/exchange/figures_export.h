/*
 * A dashboard as a file: a sheet for each widget in XLSX, a section for each in CSV. It holds what
 * dashboard_tables lays out for the actor, and the export is noted in the journal.
 */
#ifndef ONDO_EXCHANGE_FIGURES_EXPORT_H
#define ONDO_EXCHANGE_FIGURES_EXPORT_H

#include "dashboard_table.h"
#include "export.h"

/** Which figures leave, narrowed as on the screen that they are taken from. */
typedef struct FiguresRequest {
    const Dashboard *dashboard;
    const DashboardArgument *arguments;
    size_t argument_count;
    Str widget; /* only this one, as one clean table; empty: all of them */
    ExportForm form;
    Str reason; /* for the journal; may be empty */
} FiguresRequest;

/**
 * Writes the dashboard to `path`, which is made or replaced, from one snapshot. STATUS_INVALID for
 * arguments that do not fit, STATUS_NOT_FOUND for a widget that is not there, STATUS_DENIED where
 * nothing in it is the actor's to take along. What was written of a failed export is removed.
 */
MUST_USE Status figures_export_write(const Exchange *exchange, const FiguresRequest *request,
                                     const char *path, Problem *problem);

/** Writes tables that were read already, without a note in the journal. */
MUST_USE Status figures_export_tables(const Exchange *exchange, DashboardTables *tables,
                                      ExportForm form, int64_t now, const char *path);

/**
 * Notes in the journal that the tables' records left, one entry for each object that they are of;
 * `form` is "csv", "xlsx" or "mail".
 */
MUST_USE Status figures_export_note(Context *context, const FiguresRequest *request,
                                    const DashboardTables *tables, Str form);

#endif
