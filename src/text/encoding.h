/*
 * Text files from elsewhere: which encoding they are in, and as UTF-8. The CJK encodings are those
 * of Windows (CP932 with the NEC and IBM characters, CP950) where they differ from the standards.
 */
#ifndef ONDO_TEXT_ENCODING_H
#define ONDO_TEXT_ENCODING_H

#include "buffer.h"
#include "status.h"

/** Those that real files of customers come in. */
typedef enum Encoding {
    ENCODING_UTF8,
    ENCODING_UTF16_LE,
    ENCODING_UTF16_BE,
    ENCODING_SHIFT_JIS,
    ENCODING_EUC_JP,
    ENCODING_GB18030,
    ENCODING_BIG5,
    ENCODING_WINDOWS_1252,
    ENCODING_COUNT
} Encoding;

/** The usual name, as people know it: "UTF-8", "UTF-16LE", "Shift_JIS", "EUC-JP", "GB18030", … */
Str encoding_name(Encoding encoding);
/** The encoding of a name or a common alias of it (CP932, GBK, …), any case; false for others. */
MUST_USE bool encoding_from_name(Str name, Encoding *out);

/** What the bytes look like, and how sure that is. */
typedef struct EncodingGuess {
    Encoding encoding;
    int confidence;   /* 0 to 100; 100 is certain (a byte order mark, or nothing but ASCII) */
    size_t mark_size; /* bytes of the byte order mark, 0 without */
} EncodingGuess;

/** The most plausible encoding of the bytes of a whole file or of its beginning (32 KiB suffice).
 */
EncodingGuess encoding_detect(Str bytes);

/** What was malformed in a text: it was replaced by U+FFFD. */
typedef struct EncodingFaults {
    size_t count;
    size_t first_offset; /* bytes from the start of the file; meaningless when count is 0 */
} EncodingFaults;

/**
 * Conversion of a file part by part, to UTF-8 without its byte order mark. Malformed bytes become
 * U+FFFD and are counted. Belongs to one thread at a time.
 */
typedef struct EncodingStream EncodingStream;

/** A converter at the start of a file. Never NULL; encoding_stream_close it. */
EncodingStream *encoding_stream_open(Encoding encoding);
/** Appends to `out` what the next bytes of the file complete. */
void encoding_stream_feed(EncodingStream *stream, Str bytes, Buffer *out);
/** Appends what an unfinished character at the end of the file becomes. Feed nothing afterwards. */
void encoding_stream_finish(EncodingStream *stream, Buffer *out);
/** What was malformed in the bytes fed so far. */
EncodingFaults encoding_stream_faults(const EncodingStream *stream);
/** Gives the converter back; what was not finished is lost. */
void encoding_stream_close(EncodingStream *stream);
/** For CLEANUP. */
static inline void encoding_stream_drop(EncodingStream **stream) {
    if (*stream) encoding_stream_close(*stream);
}

#endif
