#include "request_check.h"

#include "secret.h"

bool request_is_safe(Str method) {
    return str_is(method, "GET") || str_is(method, "HEAD") || str_is(method, "OPTIONS");
}

/* "https://crm.example:8443" names the host "crm.example:8443"; "null" names none. */
static bool origin_is_host(Str origin, Str host) {
    Str scheme = STR("://");
    size_t at = str_find_str(origin, scheme);
    if (at == origin.size || str_empty(host)) return false;
    return str_equal_ascii_case(str_part(origin, at + scheme.size, origin.size), host);
}

/* Sec-Fetch-Site cannot be set by a page, so that it outweighs Origin where both came. */
bool request_is_same_origin(const RequestSource *source) {
    if (!str_empty(source->fetch_site)) {
        return str_is(source->fetch_site, "same-origin") || str_is(source->fetch_site, "none");
    }
    if (!str_empty(source->origin)) return origin_is_host(source->origin, source->host);
    return true;
}

bool request_is_intended(const RequestSource *source, Str session_csrf) {
    if (request_is_safe(source->method)) return true;
    if (!request_is_same_origin(source) || str_empty(session_csrf)) return false;
    return secret_equal(source->csrf, session_csrf);
}
