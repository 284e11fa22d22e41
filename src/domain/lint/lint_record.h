/*
 * Compliance of records on saving, by whatever door: what must not be written refuses the save,
 * what others have to look at is kept as a finding (V20).
 */
#ifndef ONDO_DOMAIN_LINT_LINT_RECORD_H
#define ONDO_DOMAIN_LINT_LINT_RECORD_H

#include "hooks.h"
#include "lint_market.h"

/**
 * Looks at a text as the record's, in the market of whom it is about. `*market` gets that market
 * where a rule asked for it, and is empty otherwise.
 */
MUST_USE Status lint_read_for(Context *context, const Lexicons *lexicons, Str text,
                              LintSpeaker speaker, const LintSubject *subject, LintReading *reading,
                              Str *market);

/** STATUS_INVALID, with an error at each field, where a changed text holds what is not saved. */
MUST_USE Status lint_before_save(const Lexicons *lexicons, Context *context, const Change *change);

/**
 * Keeps a finding for each place in a changed text that others have to look at, and marks those
 * whose words are gone.
 */
MUST_USE Status lint_after_save(const Lexicons *lexicons, Context *context, const Change *change);

/**
 * Whether findings are kept of the object's texts. Not of safety reports: their words are where
 * findings would send them already.
 */
bool lint_keeps(const Object *object);

#endif
