/*
 * What was promised to a doctor does not leave with whoever promised it (E9): open promises of the
 * predecessor pass to the successor, at the time that the plan of the handover names.
 */
#ifndef ONDO_DOMAIN_HANDOVER_PROMISES_H
#define ONDO_DOMAIN_HANDOVER_PROMISES_H

#include "hooks.h"

/**
 * The doctor has changed hands: their promises pass where the plan says "at_once". Acts with the
 * rights of `context`, which is to be the system's; the journal names the plan as the reason.
 */
MUST_USE Status handover_promises_at_once(Context *context, const Record *plan, Id hcp);

/**
 * After a plan was saved: when it has just been completed, the promises to all its doctors pass,
 * unless it says "stay". Acts as the system.
 */
MUST_USE Status handover_promises_after_plan(Context *context, const Change *change);

#endif
