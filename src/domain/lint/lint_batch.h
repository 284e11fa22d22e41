/*
 * The lint over all records that there are: for what was written before, and after a lexicon has
 * changed (V20).
 */
#ifndef ONDO_DOMAIN_LINT_LINT_BATCH_H
#define ONDO_DOMAIN_LINT_LINT_BATCH_H

#include "business.h"
#include "finding.h"

enum { LINT_BATCH_CATEGORIES = 32 };

/** How often a category was found. */
typedef struct LintBatchCount {
    Str category;
    int64_t found, kept;
} LintBatchCount;

/** The lint over all records: what it needs to know, and what it has found so far. */
typedef struct LintBatch {
    Store *store;
    const Business *business;
    const Hooks *hooks;
    int64_t now;
    Str zone; /* the company's */
    /* What came out: */
    int64_t texts; /* looked at */
    LintBatchCount counts[LINT_BATCH_CATEGORIES];
    size_t count;
} LintBatch;

/**
 * Looks at every text of every record that is not deleted and keeps findings, each once: running it
 * again keeps nothing new. Refuses nothing. A few hundred records at a time, so that others go on
 * working. `problem` gets what stopped it.
 */
MUST_USE Status lint_batch_run(LintBatch *batch, Problem *problem);

#endif
