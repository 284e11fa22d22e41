/*
 * Idempotency-Key: the first answer to a write is kept for 24 hours in the transaction of the write
 * itself, and given again to every repetition.
 */
#ifndef ONDO_API_IDEMPOTENCY_H
#define ONDO_API_IDEMPOTENCY_H

#include "call.h"

/**
 * Looks for an earlier answer. call->replayed tells whether it was written to the response. Nothing
 * happens without the header. STATUS_INVALID for an unusable key; STATUS_CONFLICT when the key was
 * used for another request.
 */
MUST_USE Status idempotency_replay(Call *call);

/** Keeps the answer now in the response. */
MUST_USE Status idempotency_keep(Call *call);

/** Forgets answers older than a day. */
MUST_USE Status idempotency_purge(Transaction *transaction, int64_t now);

#endif
