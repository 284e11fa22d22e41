/*
 * Safety reports: adverse events, product complaints and special situations on their way to those
 * who assess them. What holds at every door: a report is never deleted; once sent, what it says
 * stays as it was sent, and what is learned later is a report that follows it; its clock starts
 * when anybody of the company first knew.
 */
#ifndef ONDO_DOMAIN_SAFETY_H
#define ONDO_DOMAIN_SAFETY_H

#include "hooks.h"

/**
 * Fills in what is known from the visit or the earlier report, keeps the order of states, and says
 * which of the minimum criteria are missing. STATUS_INVALID with the reason for what may not be.
 */
MUST_USE Status safety_before_save(Context *context, Change *change);

/**
 * Whether the change opens a report from words of a record: they were looked at in the record, and
 * what may not be kept of them is blacked out, so that nothing of them can refuse that record.
 */
bool safety_is_from_record(const Change *change);

#endif
