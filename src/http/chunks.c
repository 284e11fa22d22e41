/*
 * A machine of one state a byte for the lines, and whole pieces for the data. A client that sends
 * one-byte chunks costs us a few steps a byte; its body's deadline and limit bound that.
 */
#include "chunks.h"

enum {
    SIZE_DIGITS_LIMIT = 15, /* 60 bits: room to compare without overflow */
    SIZE_LINE_LIMIT = 256,
    TRAILER_LIMIT = 4096
};

enum {
    STATE_SIZE,
    STATE_EXTENSION,
    STATE_SIZE_END, /* the CR of the size line was there */
    STATE_DATA,
    STATE_DATA_END, /* all data was there */
    STATE_DATA_LINE_END,
    STATE_TRAILER,
    STATE_TRAILER_LINE_END
};

static int hex_value(char c) {
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    if (c >= 'A' && c <= 'F') return c - 'A' + 10;
    return -1;
}

static bool control_byte(char c) {
    return ((unsigned char)c < ' ' && c != '\t') || c == 0x7F;
}

static HttpChunksResult go(HttpChunks *chunks, int state) {
    chunks->state = state;
    return HTTP_CHUNKS_MORE;
}

/* Hexadecimal digits only: no sign, no "0x", no white space, and too few to overflow. */
static HttpChunksResult read_size(HttpChunks *chunks, char c) {
    int value = hex_value(c);
    if (value >= 0) {
        if (++chunks->digits > SIZE_DIGITS_LIMIT) return HTTP_CHUNKS_MALFORMED;
        chunks->left = chunks->left * 16 + (size_t)value;
        return HTTP_CHUNKS_MORE;
    }
    if (!chunks->digits) return HTTP_CHUNKS_MALFORMED;
    if (c == '\r') return go(chunks, STATE_SIZE_END);
    return c == ';' ? go(chunks, STATE_EXTENSION) : HTTP_CHUNKS_MALFORMED;
}

/* Extensions say nothing that we need; they are skipped, but not without bound. */
static HttpChunksResult read_extension(HttpChunks *chunks, char c) {
    if (c == '\r') return go(chunks, STATE_SIZE_END);
    if (control_byte(c) || ++chunks->line > SIZE_LINE_LIMIT) return HTTP_CHUNKS_MALFORMED;
    return HTTP_CHUNKS_MORE;
}

static HttpChunksResult read_size_end(HttpChunks *chunks, char c) {
    if (c != '\n') return HTTP_CHUNKS_MALFORMED;
    chunks->line = 0;
    chunks->digits = 0;
    return go(chunks, chunks->left ? STATE_DATA : STATE_TRAILER);
}

static HttpChunksResult read_trailer(HttpChunks *chunks, char c) {
    if (c == '\r') return go(chunks, STATE_TRAILER_LINE_END);
    if (control_byte(c) || ++chunks->line > TRAILER_LIMIT) return HTTP_CHUNKS_MALFORMED;
    /* A trailer that starts with white space or a colon is no field. */
    if (chunks->column == 0 && (c == ' ' || c == '\t' || c == ':')) return HTTP_CHUNKS_MALFORMED;
    chunks->column++;
    return HTTP_CHUNKS_MORE;
}

static HttpChunksResult read_trailer_line_end(HttpChunks *chunks, char c) {
    if (c != '\n') return HTTP_CHUNKS_MALFORMED;
    if (chunks->column == 0) return HTTP_CHUNKS_DONE;
    chunks->column = 0;
    return go(chunks, STATE_TRAILER);
}

static HttpChunksResult read_byte(HttpChunks *chunks, char c) {
    switch (chunks->state) {
        case STATE_SIZE: return read_size(chunks, c);
        case STATE_EXTENSION: return read_extension(chunks, c);
        case STATE_SIZE_END: return read_size_end(chunks, c);
        case STATE_DATA_END:
            return c == '\r' ? go(chunks, STATE_DATA_LINE_END) : HTTP_CHUNKS_MALFORMED;
        case STATE_DATA_LINE_END: return c == '\n' ? go(chunks, STATE_SIZE) : HTTP_CHUNKS_MALFORMED;
        case STATE_TRAILER: return read_trailer(chunks, c);
        default: return read_trailer_line_end(chunks, c);
    }
}

static size_t take_data(HttpChunks *chunks, Str bytes, Buffer *body) {
    Str data = str_part(bytes, 0, chunks->left);
    buffer_add(body, data);
    chunks->left -= data.size;
    if (!chunks->left) chunks->state = STATE_DATA_END;
    return data.size;
}

/* Judged by its size line alone, before a byte of the chunk's data is there. */
static bool too_large(const HttpChunks *chunks, size_t limit, const Buffer *body) {
    return chunks->state == STATE_DATA && chunks->left > limit - body->size;
}

HttpChunksResult http_chunks_feed(HttpChunks *chunks, Str bytes, size_t limit, Buffer *body,
                                  size_t *used) {
    HttpChunksResult result = HTTP_CHUNKS_MORE;
    size_t at = 0;
    while (result == HTTP_CHUNKS_MORE && at < bytes.size) {
        if (chunks->state == STATE_DATA) {
            at += take_data(chunks, str_part(bytes, at, bytes.size), body);
        } else {
            result = read_byte(chunks, bytes.data[at++]);
            if (too_large(chunks, limit, body)) result = HTTP_CHUNKS_TOO_LARGE;
        }
    }
    *used = at;
    return result;
}
