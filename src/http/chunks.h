/* Decoding a chunked body (RFC 9112, 7.1), a piece at a time, as strictly as heads are read. */
#ifndef ONDO_HTTP_CHUNKS_H
#define ONDO_HTTP_CHUNKS_H

#include "buffer.h"

/** Where the decoder stands; zero-initialise for a new body. */
typedef struct HttpChunks {
    int state;
    size_t left;   /* bytes of this chunk still to come */
    size_t line;   /* bytes of this size line, or of the trailer, so far */
    size_t column; /* bytes of this trailer line so far */
    int digits;
} HttpChunks;

typedef enum HttpChunksResult {
    HTTP_CHUNKS_MORE,
    HTTP_CHUNKS_DONE,
    HTTP_CHUNKS_MALFORMED,
    HTTP_CHUNKS_TOO_LARGE /* the body would grow past the limit; nothing of the excess is kept */
} HttpChunksResult;

/**
 * Decodes `bytes` onto `body`, which never grows past `limit`. `*used` is how many bytes belonged
 * to the body; what follows after HTTP_CHUNKS_DONE is the next request. Trailer fields are dropped.
 */
MUST_USE HttpChunksResult http_chunks_feed(HttpChunks *chunks, Str bytes, size_t limit,
                                           Buffer *body, size_t *used);

#endif
