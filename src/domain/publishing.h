/*
 * Publishing a definition while Ondo runs: checked against the whole business and the data that is
 * there, then kept, with the tables that it needs, in one writing job. Whatever does not fit is
 * refused with every error, and nothing changes.
 */
#ifndef ONDO_DOMAIN_PUBLISHING_H
#define ONDO_DOMAIN_PUBLISHING_H

#include "business.h"
#include "published.h"

enum { PUBLISHING_NOTE_MOST = 500 }; /* code points */

/** What shall be in force. */
typedef struct Publication {
    const Definitions *shipped;
    Str kind, name;
    Str body;           /* JSON; empty: as shipped */
    Str note;           /* why; may be empty */
    int64_t if_version; /* the version that was seen, 0: none yet; -1: whatever */
} Publication;

/**
 * Builds the business as it would be and checks it: that its parts fit each other and what code
 * guarantees, that the records there are fit it (unique values, choices in use, roles in use), and
 * that somebody can still configure and manage users. STATUS_INVALID with every error in
 * context->problem, pointers "/body…" where the definition itself is wrong. Reads only.
 */
MUST_USE Status publishing_check(Context *context, const Publication *publication);

/**
 * Checks and publishes in the caller's writing job; `*version` gets the new version. STATUS_STALE
 * when `if_version` is no longer the newest; STATUS_INVALID as above.
 */
MUST_USE Status publishing_publish(Context *context, const Publication *publication,
                                   int64_t *version);

/**
 * As publishing_publish; but where the business in force cannot be loaded at all (a new program no
 * longer understands what was published), it publishes unchecked: a step out of that. What is still
 * wrong is in context->problem even then.
 */
MUST_USE Status publishing_repair(Context *context, const Publication *publication,
                                  int64_t *version);

/**
 * Loads a business of these definitions, as every program that runs it does: with what the domain
 * needs. business_free gives it back.
 */
MUST_USE Status publishing_load(const Definitions *definitions, Problem *problem, Business **out);

#endif
