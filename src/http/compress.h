/* gzip (RFC 1952) of a whole answer. */
#ifndef ONDO_HTTP_COMPRESS_H
#define ONDO_HTTP_COMPRESS_H

#include "answer.h"

/** Compresses into the empty `*out`; false, leaving it empty, when that would save nothing. */
MUST_USE bool compress_gzip(AnswerMaker *maker, Str content, Buffer *out);

#endif
