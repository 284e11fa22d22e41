/*
 * From a handler's response to what goes out: status line, headers, compression, and the body in
 * whichever form it came, not copied.
 */
#ifndef ONDO_HTTP_ANSWER_H
#define ONDO_HTTP_ANSWER_H

#include <sys/types.h>
#include <time.h>

#include "coding.h"
#include "server.h"

/** What a thread keeps from one answer to the next. Not shared between threads. */
typedef struct AnswerMaker {
    Compressor compressor;
    time_t second; /* that `date` is about */
    char date[32]; /* the header of this second, made once */
} AnswerMaker;

/** The facts of a request that its answer depends on. */
typedef struct AnswerFacts {
    Str request_id;
    int minor;      /* HTTP/1.minor */
    bool head_only; /* HEAD: everything but the body */
    bool close;     /* the connection ends with this answer */
    Coding coding;  /* that the client takes */
    Coding had;     /* of the representation that If-None-Match named; see answer_plain_tags */
} AnswerFacts;

/** An answer ready to go out. At most one of body, static_body, file and stream counts. */
typedef struct Answer {
    int status;
    Buffer head; /* status line and headers */
    Buffer body;
    Str static_body; /* sent without a copy, for it outlasts the answer */
    int file;        /* a descriptor, or -1 */
    off_t file_size;
    HttpStream *stream; /* one reference */
    bool close;         /* the connection ends with it */
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
/** Gives back what is kept between answers. */
void answer_maker_free(AnswerMaker *maker);

/** The registered reason phrase, or "Unknown". Never NULL. */
const char *answer_reason(int status);

/**
 * The value of If-Match or If-None-Match without the codings in its tags, and in `*had` the last of
 * them (CODING_PLAIN: none).
 *
 * An entity tag of a coded answer ends in "-" and the coding inside its quotes. RFC 9110, 8.8.3.3:
 * such a representation needs a strong tag of its own. Weakening it instead would make If-Match,
 * which compares strongly, fail for every client that takes a coding; so the server adds the suffix
 * on the way out and takes it off on the way in.
 */
Str answer_plain_tags(Arena *arena, Str tags, Coding *had);

#endif
