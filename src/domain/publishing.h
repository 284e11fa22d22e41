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
    Str place; /* pointer to it in the request, "/definitions/3"; empty: the request is it */
} Publication;

/** Several that are published together: what one of them needs may be in another. */
typedef struct PublicationSet {
    const Publication *items; /* all of the same `shipped` */
    size_t count;
} PublicationSet;

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

/** As publishing_check for all of them together, pointers below the `place` of each. */
MUST_USE Status publishing_check_set(Context *context, const PublicationSet *set);
/** As publishing_publish, all or none; `versions` has room for one a publication. */
MUST_USE Status publishing_publish_set(Context *context, const PublicationSet *set,
                                       int64_t *versions);

/**
 * Builds the business as it would be with these, checked by itself but not against the data: for
 * looking at what it would do. publishing_drop gives it back. STATUS_INVALID with every error.
 */
MUST_USE Status publishing_build(Context *context, const PublicationSet *set, Business **out);
/** For CLEANUP. */
void publishing_drop(Business **business);

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
