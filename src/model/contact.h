/* E-mail addresses, telephone numbers and web addresses, as people write them. */
#ifndef ONDO_MODEL_CONTACT_H
#define ONDO_MODEL_CONTACT_H

#include "str.h"

/**
 * An address that mail can be sent to: dot-atom before the @ (RFC 5322, and RFC 6531 beyond ASCII),
 * a domain name with at least two labels behind it. No quoted parts, comments, names or address
 * literals, which valid syntax allows and people only produce by mistake. The domain becomes lower
 * case.
 */
MUST_USE bool contact_email(Arena *arena, Str text, Str *out);

/**
 * 3 to 15 digits (ITU-T E.164) in any grouping, a leading + for the country, an extension after
 * "ext", "x", "内線" or "分机". The grouping is kept; full-width forms and dashes become ASCII.
 */
MUST_USE bool contact_phone(Arena *arena, Str text, Str *out);

/**
 * http or https with a host, no user name, none of the characters that RFC 3986 excludes. Other
 * schemes are refused, since a page shows the value as a link. The scheme becomes lower case.
 */
MUST_USE bool contact_url(Arena *arena, Str text, Str *out);

#endif
