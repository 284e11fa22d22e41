/* How a whole answer is made smaller on its way (content codings, RFC 9110, 8.4.1). */
#ifndef ONDO_HTTP_CODING_H
#define ONDO_HTTP_CODING_H

#include <zlib.h>

#include "buffer.h"
#include "str.h"

/** The codings that we speak, the one that saves more first. */
typedef enum Coding { CODING_PLAIN, CODING_BROTLI, CODING_GZIP, CODING_COUNT } Coding;

/** What a thread keeps from one answer to the next. Not shared between threads; all zero at first.
 */
typedef struct Compressor {
    z_stream deflater;
    bool deflater_ready;
} Compressor;

/** As it stands in Content-Encoding (RFC 7932, RFC 1952). Not for CODING_PLAIN. */
Str coding_name(Coding coding);
/** True if the value of Accept-Encoding takes it (RFC 9110, 12.5.3); a weight of 0 refuses. */
bool coding_accepted(Coding coding, Str accept_encoding);
/** The first of our codings that is accepted, or CODING_PLAIN. */
Coding coding_choose(Str accept_encoding);

/** Compresses into the empty `*out`; false, leaving it empty, when that would save nothing. */
MUST_USE bool coding_compress(Compressor *compressor, Coding coding, Str content, Buffer *out);
void compressor_free(Compressor *compressor);

#endif
