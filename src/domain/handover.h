/*
 * Handing doctors over from one representative to another (E9): what the predecessor must still
 * write down, what the successor has read, and when the doctors change hands. A plan holds the
 * handovers of one pair of people, one for each doctor.
 */
#ifndef ONDO_DOMAIN_HANDOVER_H
#define ONDO_DOMAIN_HANDOVER_H

#include "hooks.h"

/** Fills in the position, the name, what is missing; refuses who does not look after the doctor. */
MUST_USE Status handover_before_save(Context *context, Change *change);
/** The doctor changes hands, unless the plan names a later day; a plan that is done is completed.
 */
MUST_USE Status handover_after_save(Context *context, const Change *change);

/** Fills in when memos are due; refuses to complete a plan while memos on tier A are missing. */
MUST_USE Status handover_plan_before_save(Context *context, Change *change);

/** How many doctors of tier A the predecessor has not yet written everything about. */
MUST_USE Status handover_tier_a_missing(Context *context, Id plan, int64_t *out);

/** A memo may be what was missing. */
MUST_USE Status handover_memo_after_save(Context *context, const Change *change);

/**
 * Opens a handover for a doctor who has changed hands outside a plan, in the open plan of the two,
 * or in a new one; nothing when it is open already. Acts as the system.
 */
MUST_USE Status handover_open(Context *context, Id hcp, Id from, Id to);

/**
 * Notes that the successor has read about the doctor; a second time changes nothing. STATUS_DENIED
 * for everybody but the successor, STATUS_NOT_FOUND for whom the handover is hidden.
 */
MUST_USE Status handover_mark_read(Context *context, Id handover, Record *out);

/**
 * Writes a memo ({"kind","text"}) about the doctor of a handover, in the predecessor's name: they
 * may when the doctor is no longer theirs. Refused as handover_mark_read, for everybody but the
 * predecessor, and once the plan is no longer open.
 */
MUST_USE Status handover_add_memo(Context *context, Id handover, const json_t *memo, Record *out);

/**
 * The doctors of open plans whose day has come change hands; `*changed` counts them. `today` is a
 * date ("2026-12-01") in the company's zone.
 */
MUST_USE Status handover_daily(Context *context, Str today, int64_t *changed);

#endif
