/* Heads and chunked bodies: what is accepted has one meaning, however it is cut into pieces. */
#include <stdlib.h>

#include "chunks.h"
#include "message.h"

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size);

enum { BODY_LIMIT = 1000 };

static void check(bool holds) {
    if (!holds) abort();
}

static void check_head(const HttpHead *head) {
    check(http_token_valid(head->method));
    check(head->path.size > 0 && str_find(head->target, ' ') == head->target.size);
    check(!(head->chunked && head->content_length));
    for (size_t i = 0; i < head->header_count; i++) {
        check(http_token_valid(head->headers[i].name));
        Str value = head->headers[i].value;
        check(str_find(value, '\r') == value.size && str_find(value, '\n') == value.size);
        check(str_find(value, '\0') == value.size);
    }
}

/* Decodes in pieces of `step` bytes; the result and the body must not depend on it. */
static HttpChunksResult decode(Str bytes, size_t step, Buffer *body, size_t *used) {
    HttpChunks chunks = {0};
    HttpChunksResult result = HTTP_CHUNKS_MORE;
    *used = 0;
    while (result == HTTP_CHUNKS_MORE && *used < bytes.size) {
        size_t taken = 0;
        result = http_chunks_feed(&chunks, str_part(bytes, *used, step), BODY_LIMIT, body, &taken);
        check(body->size <= BODY_LIMIT);
        *used += taken;
    }
    return result;
}

static void check_chunks(Str bytes) {
    Buffer whole CLEANUP(buffer_free) = {0}, pieces CLEANUP(buffer_free) = {0};
    size_t used_whole, used_pieces;
    HttpChunksResult result = decode(bytes, bytes.size, &whole, &used_whole);
    check(result == decode(bytes, 1, &pieces, &used_pieces));
    check(used_whole == used_pieces && str_equal(buffer_str(&whole), buffer_str(&pieces)));
}

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size) {
    Str input = {.data = (const char *)data, .size = size};
    size_t scanned = 0;
    size_t end = http_head_end(input, &scanned);
    if (!end) return 0;
    HttpHead head;
    int refused = http_head_parse(str_part(input, 0, end), &head);
    check(refused == 0 || (refused >= 400 && refused < 500));
    if (!refused) check_head(&head);
    check_chunks(str_part(input, end, size));
    return 0;
}
