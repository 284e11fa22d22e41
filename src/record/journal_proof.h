/* Proof that an entry of the journal is as it was written. */
#ifndef ONDO_RECORD_JOURNAL_PROOF_H
#define ONDO_RECORD_JOURNAL_PROOF_H

#include "context.h"

enum { JOURNAL_PROOF_SHOWN = 500 /* entries of the chain in one answer */ };

/**
 * Writes the entry at a position with all that is hashed of it, the entries behind it up to the
 * next signed checkpoint, the checkpoint, and whether all of it holds when computed anew. Of the
 * entries behind it, those after position `after` are shown, at most JOURNAL_PROOF_SHOWN; all are
 * checked. `public_key` is the server's own (NULL: unknown). What the actor may not read is
 * withheld, so that only the server can compute that entry's hash. STATUS_NOT_FOUND without such an
 * entry.
 */
MUST_USE Status journal_proof_write(Context *context, int64_t position, int64_t after,
                                    const unsigned char *public_key, JsonWriter *json);

#endif
