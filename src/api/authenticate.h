/* Who is asking: a browser by its cookie, a program by its bearer token. */
#ifndef ONDO_API_AUTHENTICATE_H
#define ONDO_API_AUTHENTICATE_H

#include "call.h"
#include "identity.h"

/** The cookie that holds a browser's session. */
#define AUTHENTICATE_COOKIE "ondo_session"

/**
 * Fills call->actor from the request's cookie or Authorization header, within `transaction`.
 * STATUS_UNAUTHENTICATED without a valid one; STATUS_DENIED ("csrf") for a write that a foreign
 * page may have caused.
 */
MUST_USE Status authenticate(Call *call, Transaction *transaction);

/** Makes the call that person's; call->by_cookie tells whether their page or program acts. */
void authenticate_as(Call *call, const Identity *identity);

/** Notes that the session or token was used, every few minutes; outside any transaction. */
void authenticate_touch(Call *call);

/** The language of the answer before anyone is known: the request's Accept-Language. */
Lang authenticate_language(const Call *call, Lang otherwise);

#endif
