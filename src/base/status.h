/*
 * How a function that can fail says so.
 *
 * Expected outcomes (not found, conflict, denied, invalid) stand beside failures, so that a caller
 * can tell "the person asked for something impossible" from "the machine broke". The detail of an
 * expected outcome is collected in a Problem where it is noticed; a failure is logged at the edge.
 */
#ifndef ONDO_BASE_STATUS_H
#define ONDO_BASE_STATUS_H

#define MUST_USE __attribute__((warn_unused_result))
#define CLEANUP(function) __attribute__((cleanup(function)))

typedef enum Status {
    STATUS_OK = 0,
    STATUS_END,             /* an iteration has nothing more to give; never leaves a module */
    STATUS_MALFORMED,       /* the bytes are not what they claim to be (bad JSON, bad header) */
    STATUS_INVALID,         /* well formed, but a value breaks a rule */
    STATUS_UNAUTHENTICATED, /* nobody is signed in */
    STATUS_DENIED,          /* the person may not do this */
    STATUS_NOT_FOUND,
    STATUS_METHOD,   /* the resource exists but does not do this */
    STATUS_CONFLICT, /* a unique value is taken, or a reference stands in the way */
    STATUS_STALE,    /* somebody changed the record in the meantime (If-Match) */
    STATUS_TOO_LARGE,
    STATUS_LIMITED, /* too many attempts; try again later */
    STATUS_BUSY,    /* the system cannot serve this now (stopping, overloaded) */
    STATUS_FAILED,  /* the machine's fault: disk, database, memory of another process */
} Status;

/** The English name of a status, for logs ("not_found"). Never NULL. */
const char *status_name(Status status);

#endif
