/*
 * Whether a request that changes something was meant by the person whose cookie came with it
 * (cross-site request forgery). Programs with a bearer token need none of this.
 */
#ifndef ONDO_AUTH_REQUEST_CHECK_H
#define ONDO_AUTH_REQUEST_CHECK_H

#include "str.h"

/** Headers of a request as they came; empty when missing. */
typedef struct RequestSource {
    Str method;
    Str fetch_site; /* Sec-Fetch-Site */
    Str origin;     /* Origin */
    Str host;       /* Host */
    Str csrf;       /* X-CSRF-Token */
} RequestSource;

/** True for methods that change nothing (RFC 9110, 9.2.1). */
bool request_is_safe(Str method);

/**
 * False when a browser says that a page of another site sent the request: Sec-Fetch-Site other than
 * same-origin and none, or, from browsers without it, an Origin that is not our Host. True without
 * either header: no browser, so nobody's cookie was borrowed. For signing in, which has no session.
 */
bool request_is_same_origin(const RequestSource *source);

/** True if a request with a session's cookie may be served: safe, or same-origin with its token. */
bool request_is_intended(const RequestSource *source, Str session_csrf);

#endif
