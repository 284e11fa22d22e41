/* Under which market's rules a record falls: that of the customer whom it is about. */
#ifndef ONDO_DOMAIN_LINT_LINT_MARKET_H
#define ONDO_DOMAIN_LINT_LINT_MARKET_H

#include "lint.h"
#include "record.h"

/** What a record, or a request, says of whom it is about. Ids may be none. */
typedef struct LintSubject {
    Id hcp, hco, visit;
    Str country; /* of the record itself; may be empty */
} LintSubject;

/** What the record's fields hcp, hco, primary_hco, visit and country say; it may itself be one. */
LintSubject lint_subject(const Record *record);

/**
 * The country of the customer, else of the customer's institution; where neither has one, that of
 * the actor's time zone as far as rules name it. Empty: not known. Read as the system, for the
 * customer may not be the actor's to read. In the arena of the context.
 */
MUST_USE Status lint_market(Context *context, const LintRules *rules, const LintSubject *subject,
                            Str *out);

#endif
