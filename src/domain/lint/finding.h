/*
 * Findings: what the lint found in a saved record, as records of the object "finding", for those
 * who review it and for whoever wrote it.
 */
#ifndef ONDO_DOMAIN_LINT_FINDING_H
#define ONDO_DOMAIN_LINT_FINDING_H

#include "hooks.h"
#include "lint.h"

/** The text that was looked at, and where it stands. */
typedef struct FindingPlace {
    const Record *record;
    const Field *field;
    Str text;   /* all of the field, which the span of a finding lies in */
    Str market; /* that was asked for; may be empty */
} FindingPlace;

/** What a look at records came to, for those who review it. */
typedef struct FindingCount {
    int64_t found; /* that others have to look at */
    int64_t kept;  /* of them new */
} FindingCount;

/**
 * Keeps what is more serious than information, each once however often it is looked at: the same
 * words under the same rule in the same field of a record are one finding. As the system; the
 * author is the record's owner, or else who wrote it last. What identifies patients is blacked out.
 * Adds to `count`.
 */
MUST_USE Status findings_keep(Context *context, const FindingPlace *place,
                              const LintReading *reading, FindingCount *count);

/** The same for one of them, by its number. */
MUST_USE Status finding_keep(Context *context, const FindingPlace *place,
                             const LintReading *reading, size_t index, FindingCount *count);

/**
 * What is open and no longer stands in the text, which has just been changed, is marked so. It is
 * kept: the version of the record that it was found in still says it. Where the words come back, so
 * does the finding.
 */
MUST_USE Status findings_supersede(Context *context, const FindingPlace *place,
                                   const LintReading *reading);

/**
 * Before a finding is saved: authors acknowledge, others decide with a reason; who and when is kept
 * by itself.
 */
MUST_USE Status finding_before_save(Context *context, Change *change);

#endif
