/*
 * Savepoints for many pieces at once. Refusals are rare, so the work is planned for the case
 * without any: a refused piece costs its neighbours a second run, and then stands alone.
 */
#include "attempts.h"

enum { SHARED_MOST = 250 /* pieces that share a savepoint */ };

/* Pieces that share a savepoint. */
typedef struct Span {
    const Attempts *attempts;
    size_t first, end;
    size_t at; /* the piece under work; the refused one afterwards */
} Span;

/* Where it stopped is told by `at`: the pieces before it were done, and are undone with it. */
static Status do_span(Transaction *transaction, void *data) {
    Span *span = data;
    for (span->at = span->first; span->at < span->end; span->at++) {
        Status status = span->attempts->piece(transaction, span->attempts->data, span->at);
        if (status != STATUS_OK) return status;
    }
    return STATUS_OK;
}

/*
 * After a refusal the next span ends before the refused piece, so that it comes first in the one
 * behind and can be told alone.
 */
Status attempts_run(Transaction *transaction, const Attempts *attempts) {
    size_t end = 0;
    for (size_t first = 0; first < attempts->count;) {
        if (end <= first) {
            end = attempts->count - first < SHARED_MOST ? attempts->count : first + SHARED_MOST;
        }
        Span span = {.attempts = attempts, .first = first, .end = end};
        Status status = store_attempt(transaction, do_span, &span);
        if (status == STATUS_FAILED || status == STATUS_BUSY) return status;
        if (status == STATUS_OK) {
            first = end;
        } else if (span.at == first) {
            attempts->refused(attempts->data, first, status);
            first++;
        } else {
            end = span.at; /* those before it again; then it comes first, and alone */
        }
    }
    return STATUS_OK;
}
