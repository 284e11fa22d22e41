/*
 * From cookie or bearer token to an actor. It runs inside the handler's own transaction, so that a
 * right withdrawn before it is withdrawn in it. A bearer token counts before a cookie: whoever
 * sends one means it.
 */
#include "authenticate.h"

#include "request_check.h"
#include "session.h"
#include "token.h"

/* A browser's header is what the person chose there; "*" and nothing are no choice. */
Lang authenticate_language(const Call *call, Lang otherwise) {
    Str header = http_request_header(call->request, "Accept-Language");
    if (str_empty(header) || str_is(str_trim(header), "*")) return otherwise;
    return lang_from_accept(header);
}

/* The scheme's name has no case (RFC 9110, 11.1). */
static Str bearer_token(const Call *call) {
    Str header = http_request_header(call->request, "Authorization");
    if (header.size < 7 || !str_equal_ascii_case(str_part(header, 0, 7), STR("Bearer "))) {
        return (Str){0};
    }
    return str_trim(str_part(header, 7, header.size));
}

/*
 * A write by cookie must carry the session's own token, or come from our own page as the browser
 * itself testifies; what is no browser (neither header) can have borrowed nobody's cookie. The
 * cookie is SameSite=Strict besides, and bodies must be JSON.
 */
static bool is_intended(const Call *call, Str session_csrf) {
    RequestSource source = {.method = call->request->method,
                            .fetch_site = http_request_header(call->request, "Sec-Fetch-Site"),
                            .origin = http_request_header(call->request, "Origin"),
                            .host = http_request_header(call->request, "Host"),
                            .csrf = http_request_header(call->request, "X-CSRF-Token")};
    if (source.csrf.data) return request_is_intended(&source, session_csrf);
    return request_is_safe(source.method) || request_is_same_origin(&source);
}

/* A role that the definitions no longer have gives NULL, which may do nothing (record/access.h). */
void authenticate_as(Call *call, const Identity *identity) {
    const Business *business = call->business;
    call->actor = (Actor){
        .user = identity->user,
        .team = identity->team,
        .role = roles_find(business->roles, identity->role),
        .lang = authenticate_language(call, identity->lang),
        .zone = identity->zone,
        .name_order = name_order_from_code(identity->name_order),
        .via = call->by_cookie ? STR("web") : STR("api"),
        .session = identity->session,
    };
    call->csrf = identity->csrf;
    call->token = identity->token;
    call->touch_due = identity->touch_due;
    call->must_change_password = identity->must_change_password;
}

/*
 * The intent of a write is asked last, when it is known that a cookie signed it in: tokens need no
 * such proof, since no browser sends them by itself (ADR 4).
 */
Status authenticate(Call *call, Transaction *transaction) {
    Str bearer = bearer_token(call);
    Str cookie = http_request_cookie(call->request, AUTHENTICATE_COOKIE);
    int64_t now = clock_now(&call->api->clock);
    Identity identity;
    Status status = STATUS_UNAUTHENTICATED;
    call->by_cookie = !bearer.data && cookie.data;
    if (bearer.data) {
        status = token_find(transaction, call->arena, bearer, now, &identity);
    } else if (cookie.data) {
        status = session_find(transaction, call->arena, cookie, now, &identity);
    }
    if (status != STATUS_OK) return status;
    authenticate_as(call, &identity);
    if (!call->actor.role) { /* the definitions no longer have it: nothing is granted */
        return call_refuse(call, STATUS_DENIED, "", "denied");
    }
    if (call->by_cookie && !is_intended(call, identity.csrf)) {
        return call_refuse(call, STATUS_DENIED, "", "csrf");
    }
    return STATUS_OK;
}

/* A write of its own, so that reading requests stay reading ones. */
static Status touch(Transaction *transaction, void *data) {
    Call *call = data;
    int64_t now = clock_now(&call->api->clock);
    if (call->by_cookie) return session_touch(transaction, call->actor.session, now);
    return token_touch(transaction, call->token, now);
}

void authenticate_touch(Call *call) {
    if (!call->touch_due) return;
    Status status = store_write(call->api->store, touch, call);
    (void)status; /* only a statistic: the next request tries again */
}
