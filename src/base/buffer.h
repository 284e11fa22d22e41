/*
 * Bytes that grow. A Buffer owns malloc'ed memory, so that it can outlive a request's arena (an
 * answer on its way out) and grow without leaving copies behind. Zero-initialise, then append.
 */
#ifndef ONDO_BASE_BUFFER_H
#define ONDO_BASE_BUFFER_H

#include "str.h"

typedef struct Buffer {
    char *data;
    size_t size;
    size_t capacity;
} Buffer;

void buffer_add(Buffer *buffer, Str str);
void buffer_add_byte(Buffer *buffer, char byte);
void buffer_add_integer(Buffer *buffer, int64_t value);
void buffer_format(Buffer *buffer, const char *format, ...) __attribute__((format(printf, 2, 3)));

/** Makes room for `size` more bytes and returns where they go; the caller adds to `buffer->size`.
 */
char *buffer_room(Buffer *buffer, size_t size);

/** What is in the buffer; valid until the next change. */
static inline Str buffer_str(const Buffer *buffer) {
    return (Str){.data = buffer->data, .size = buffer->size};
}
/** Forgets the contents and keeps the memory. */
static inline void buffer_clear(Buffer *buffer) {
    buffer->size = 0;
}
/** Gives the memory back; the buffer is empty and usable afterwards. Fits CLEANUP. */
void buffer_free(Buffer *buffer);

#endif
