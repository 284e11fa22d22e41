/* Files that are made to be downloaded: their form, where they are written, how they are sent. */
#ifndef ONDO_API_TRANSFER_H
#define ONDO_API_TRANSFER_H

#include "call.h"
#include "export.h"

/** The form that ?format= names, CSV without one; STATUS_INVALID with the error for any other. */
MUST_USE Status transfer_form(Call *call, ExportForm *out);

/** A new empty file under the folder for temporary files; empty when none can be made. */
Str transfer_path(Arena *arena);

/** Answers with the file at `path`, named `name`.csv or .xlsx, which is removed once it is sent. */
void transfer_send(Call *call, ExportForm form, Str name, Str path);

#endif
