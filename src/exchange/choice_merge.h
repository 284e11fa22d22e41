/*
 * One choice becomes another in all records that hold it: in every field that shares the list, as
 * the system, whoever owns the records and whether or not people may change them. It says the same
 * in other words, so nothing follows from it: no rule wakes, no reading is taken. The journal has
 * each change, the batch takes it back.
 */
#ifndef ONDO_EXCHANGE_CHOICE_MERGE_H
#define ONDO_EXCHANGE_CHOICE_MERGE_H

#include "batch.h"
#include "choices.h"

/** Borrowed parts; all must outlive the work. */
typedef struct ChoiceMerge {
    ChoiceField list;          /* one of the fields that have the list */
    Str from, into;            /* codes of it */
    Str reason;                /* for the journal; may be empty */
    bool (*go_on)(void *data); /* asked between two groups: false stops there. NULL: never */
    void *data;
} ChoiceMerge;

/** Notes the merge as running; the id is the batch of its journal entries. */
MUST_USE Status choice_merge_begin(const Exchange *exchange, const ChoiceMerge *merge, Arena *arena,
                                   Problem *problem, Id *id);

/**
 * Moves the records, group by group; the outcome stands in the batch's record. Deleted records keep
 * the old choice, as do those that refuse (they lack a required value, say), which are counted.
 */
MUST_USE Status choice_merge_run(const Exchange *exchange, const ChoiceMerge *merge, Id id,
                                 Arena *arena, Problem *problem);

#endif
