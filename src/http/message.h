/*
 * Reading the head of an HTTP/1.1 request (RFC 9112), strictly: what two readers could understand
 * differently is refused, because a proxy in front of us may be the other reader.
 */
#ifndef ONDO_HTTP_MESSAGE_H
#define ONDO_HTTP_MESSAGE_H

#include "server.h"

enum { HTTP_HEADERS_LIMIT = 64 };

/** A parsed head. The strings borrow the bytes that were parsed. */
typedef struct HttpHead {
    Str method, target, path, query;
    HttpHeader headers[HTTP_HEADERS_LIMIT];
    size_t header_count;
    size_t content_length; /* 0 when there is none */
    int minor;             /* 1 for HTTP/1.1, 0 for HTTP/1.0 */
    bool chunked;          /* the body comes in pieces, without a length */
    bool keep_alive;       /* the client wishes to go on after the answer */
    bool expects_continue; /* it waits for "100 Continue" before it sends the body */
} HttpHead;

/**
 * Looks for the empty line that ends a head. `*scanned` says how far earlier calls came on the same
 * bytes (0 at first), so that a head arriving byte by byte is not searched from its start each
 * time. The size of the head with its empty line; 0 while it is not complete.
 */
size_t http_head_end(Str bytes, size_t *scanned);

/**
 * Parses a whole head, with its empty line. Returns 0 and sets `*out`, or the status with which to
 * refuse it: 400 malformed or ambiguous, 417 an unknown expectation, 431 too many fields.
 */
MUST_USE int http_head_parse(Str bytes, HttpHead *out);

/** The first header of that name, any case; data is NULL when there is none. */
Str http_headers_find(const HttpHeader *headers, size_t count, Str name);
/** True if a comma-separated field value holds the token, any case, ignoring parameters. */
bool http_list_has(Str list, Str token);
/** True if all bytes are token characters (RFC 9110, 5.6.2) and there is at least one. */
bool http_token_valid(Str text);

#endif
