/*
 * What a field held at an instant, as SQL over the journal: the question that record/past.h answers
 * in memory, for whoever asks it of many records at once. Every type of field comes back in the
 * form in which its column keeps it, so that a condition sees no difference.
 */
#ifndef ONDO_RECORD_PAST_VALUE_H
#define ONDO_RECORD_PAST_VALUE_H

#include "model.h"
#include "sql.h"

/** Which value of which record is asked for. */
typedef struct PastValue {
    const Object *object;
    const Field *field; /* neither a roll-up nor one that the journal does not tell of */
    Str alias;          /* the table in the query whose row is the record, as it is now */
    int64_t instant;    /* whose value is wanted */
    /* Where the journal is silent (a demo company, an import): an instant of the same record at
     * which it took its present value, and the code that it had before. NULL: not known. */
    const Field *taken_at;
    Str before;
} PastValue;

/**
 * Adds a scalar expression: what the first change after the instant changed the field from; as it
 * is now, where nothing did since. NULL where it was empty.
 */
void past_value_add(Sql *sql, const PastValue *asked);

#endif
