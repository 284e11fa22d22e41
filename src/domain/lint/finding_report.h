/*
 * What a finding of an adverse event or a product complaint does besides being one: the clock of a
 * safety report starts in the same save (rules P01, P02, P13). Nobody has to remember it, and no
 * save is held up by it.
 */
#ifndef ONDO_DOMAIN_LINT_FINDING_REPORT_H
#define ONDO_DOMAIN_LINT_FINDING_REPORT_H

#include "finding.h"

/** What the report is opened with. */
typedef struct ReportStart {
    const FindingPlace *place;
    const LintFinding *finding;
    Str words; /* the sentence with them, patients blacked out */
    Id author; /* may be none */
} ReportStart;

/**
 * The report that the finding belongs to. Of one visit (else of one record) and one kind of cause
 * there is one report: a draft is joined, and what comes after it was sent is a draft that adds to
 * it. Otherwise a draft is opened, as the system, with what is known: who told it, whose words, the
 * product if the words name a single one. `*out` is none where the rule opens none, or where there
 * is nobody whose report it could be.
 */
MUST_USE Status finding_report(Context *context, const ReportStart *start, Id *out);

#endif
