/*
 * The demo company's records, told apart from people's own, and taken away.
 *
 * `ondo demo` writes into an empty database and past the journal's single changes; everything else
 * that makes a record is in the journal. So a record is sample data when the journal tells of a
 * demo and not of the making of the record. Nothing has to be kept for it.
 */
#ifndef ONDO_EXCHANGE_SAMPLE_H
#define ONDO_EXCHANGE_SAMPLE_H

#include "batch.h"
#include "sql.h"

#define BATCH_SAMPLE "sample"

enum { SAMPLE_OBJECTS_MOST = 200 };

/** How many records of an object. */
typedef struct SampleCount {
    const Object *object;
    int64_t sample;  /* of the demo company */
    int64_t hanging; /* people's own that go with them */
} SampleCount;

/** Whether there is sample data, and how much of it. */
typedef struct SampleState {
    bool present;    /* there is sample data beside users */
    int64_t made_at; /* 0: there never was any */
    SampleCount counts[SAMPLE_OBJECTS_MOST];
    size_t count;
    int64_t rows;  /* sample records that would be removed */
    int64_t users; /* of the demo company who may sign in, the actor not counted */
    Id running;    /* the batch that removes them now; none */
} SampleState;

/** What there is. People's own records go with a sample record when they belong to it (its visits,
 * tasks, memos), or could not be without it. */
MUST_USE Status sample_read(Context *context, SampleState *out);

/**
 * Whether the company began as a demo and its data have not been removed since: what everybody is
 * told, without counting anything.
 */
MUST_USE Status sample_stands(Context *context, bool *out);

/**
 * Notes the removal as running; the id is the batch of its journal entries. STATUS_CONFLICT without
 * sample data, or while a removal is at work.
 */
MUST_USE Status sample_remove_begin(Context *context, Id *id);

/**
 * Removes the sample records, deletes what hangs on them (which stays in the journal), empties the
 * references of other records to them, and disables the demo company's users but the actor. One
 * that was cut off may be begun again. The outcome stands in the batch's record.
 */
MUST_USE Status sample_remove(const Exchange *exchange, Id id, Str reason, bool (*go_on)(void *),
                              void *data, Problem *problem);

/** Adds "alias.id belongs to people's own records" as a condition. For the files of samples alone.
 */
void sample_add_own(Sql *sql, Str object, Str alias);
/** Whether records of the object are removed: users stay, as the journal names them. */
bool sample_takes(const Object *object);
/** Whether a record goes with what this field of it refers to. */
bool sample_hangs_by(const Model *model, const Object *object, const Field *field);
/** Adds "this reference leads to a sample record" as a condition. */
void sample_add_refers(Sql *sql, const Model *model, Str alias, const Field *field);

#endif
