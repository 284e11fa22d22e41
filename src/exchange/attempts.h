/*
 * Many small pieces of work in one transaction, each of which may be refused without harming the
 * others. A savepoint for each would cost more than the work (SQLite copies every page that a
 * savepoint touches), so many share one; when one of them is refused, the savepoint is undone and
 * those before it are done again.
 */
#ifndef ONDO_EXCHANGE_ATTEMPTS_H
#define ONDO_EXCHANGE_ATTEMPTS_H

#include "store.h"

/** Does piece `index`; may be called again for the same one after its work was undone. */
typedef Status AttemptPiece(Transaction *transaction, void *data, size_t index);
/** Told once for each piece that is refused for good; its work has been undone. */
typedef void AttemptRefused(void *data, size_t index, Status status);

/** Work of many pieces, of which each is tried and taken back by itself. */
typedef struct Attempts {
    size_t count; /* pieces */
    AttemptPiece *piece;
    AttemptRefused *refused; /* NULL: nobody asks */
    void *data;              /* handed to both */
} Attempts;

/** All pieces in order. Any status of a piece but STATUS_FAILED, STATUS_BUSY is a refusal. */
MUST_USE Status attempts_run(Transaction *transaction, const Attempts *attempts);

#endif
