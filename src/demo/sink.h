/*
 * Where generated rows go: collected in batches by the thread that makes them, written as large
 * transactions by another, so that both cores of a small machine have work.
 */
#ifndef ONDO_DEMO_SINK_H
#define ONDO_DEMO_SINK_H

#include "columns.h"
#include "demo.h"

typedef struct Sink Sink;

/** A row under construction; every field starts with its default from the model. */
typedef struct SinkRow {
    Sink *sink;
    TableKind kind;
    Value *values;
} SinkRow;

/** What every record has beside its fields. */
typedef struct SinkHead {
    Id id;
    Id by; /* who made it */
    int64_t at;
    int64_t updated_at; /* 0: never since */
} SinkHead;

/**
 * Finds every field of columns.h in the model and starts the writing thread. STATUS_INVALID with
 * the error "demo_field" (object, field) in `options->problem` when one is missing.
 */
MUST_USE Status sink_open(Store *store, const Model *model, const DemoOptions *options, Sink **out);
/** Stops the thread and gives everything back; rows not finished are lost. Fits CLEANUP. */
void sink_drop(Sink **sink);

/** Memory for the texts of rows, until the next sink_breathe. */
Arena *sink_arena(Sink *sink);
/**
 * Hands the batch over when it is large enough. To be called between things that belong together,
 * for what was taken from sink_arena before is gone afterwards.
 */
void sink_breathe(Sink *sink);

/** Begins a row; set its fields, then end it. */
SinkRow sink_begin(Sink *sink, TableKind kind, const SinkHead *head);
/** `column` is one of the constants of columns.h for the row's table. */
void sink_set(SinkRow *row, int column, Value value);
/** Short for text; an empty one leaves the field empty. */
void sink_set_text(SinkRow *row, int column, Str text);
/** Adds sort keys and search tokens. Failures stay with the sink, see sink_finish. */
void sink_end(SinkRow *row);

/** True once a batch could not be written: there is no point in going on. */
bool sink_failed(Sink *sink);
/** Waits until all is written; the first failure of all that went before. */
MUST_USE Status sink_finish(Sink *sink);
/** Fills the counts of the report. */
void sink_count(const Sink *sink, DemoReport *report);

#endif
