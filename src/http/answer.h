/*
 * From a handler's response to what goes out: status line, headers, compression, and the body in
 * whichever form it came, not copied.
 */
#ifndef ONDO_HTTP_ANSWER_H
#define ONDO_HTTP_ANSWER_H

#include <sys/types.h>
#include <time.h>
#include <zlib.h>

#include "server.h"

/** What a thread keeps from one answer to the next. Not shared between threads. */
typedef struct AnswerMaker {
    z_stream deflater;
    bool deflater_ready;
    time_t second; /* that `date` is about */
    char date[32];
} AnswerMaker;

/** The facts of a request that its answer depends on. */
typedef struct AnswerFacts {
    Str request_id;
    int minor;         /* HTTP/1.minor */
    bool head_only;    /* HEAD: everything but the body */
    bool gzip;         /* the client takes gzip */
    bool close;        /* the connection ends with this answer */
    bool tag_suffixed; /* If-None-Match named a gzip representation; see ANSWER_TAG_SUFFIX */
} AnswerFacts;

/** An answer ready to go out. At most one of body, static_body, file and stream counts. */
typedef struct Answer {
    int status;
    Buffer head;
    Buffer body;
    Str static_body;
    int file; /* a descriptor, or -1 */
    off_t file_size;
    HttpStream *stream; /* one reference */
    bool close;
} Answer;

/** Takes body, file and stream out of the response and makes the answer. */
void answer_build(AnswerMaker *maker, const AnswerFacts *facts, HttpResponse *response,
                  Answer *out);
/** A refusal by the server itself, as problem+json. `retry_after` in seconds; 0 leaves it out. */
void answer_refuse(AnswerMaker *maker, const AnswerFacts *facts, int status, int retry_after,
                   Answer *out);
/** Bytes of content that the answer carries; 0 for a stream. */
size_t answer_size(const Answer *answer);
/** Gives everything back but the head's memory, which the next answer uses. */
void answer_clear(Answer *answer);
/** Gives the buffers back; the answer may not have been made whole. */
void answer_free(Answer *answer);
/** Gives back what is kept between answers, such as the state of zlib. */
void answer_maker_free(AnswerMaker *maker);

/** True if the value of Accept-Encoding takes gzip (RFC 9110, 12.5.3). */
bool answer_accepts_gzip(Str accept_encoding);
/** The registered reason phrase, or "Unknown". Never NULL. */
const char *answer_reason(int status);

/**
 * An entity tag of a gzip answer ends in this inside its quotes. RFC 9110, 8.8.3.3: a coded
 * representation needs a strong tag of its own. Weakening it instead would make If-Match, which
 * compares strongly, fail for every client that takes gzip; so the server adds the suffix on the
 * way out and takes it off If-Match and If-None-Match on the way in.
 */
#define ANSWER_TAG_SUFFIX "-gzip"
/** The value of If-Match or If-None-Match without the suffixes; the same Str when there are none.
 */
Str answer_plain_tags(Arena *arena, Str tags);

#endif
