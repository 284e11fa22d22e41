/*
 * Bytes that grow. A Buffer owns malloc'ed memory, so that it can outlive a request's arena (an
 * answer on its way out) and grow without leaving copies behind. Zero-initialise, then append.
 */
#ifndef ONDO_BASE_BUFFER_H
#define ONDO_BASE_BUFFER_H

#include "str.h"

/** Bytes that grow. Zero is an empty one; buffer_free gives back what it holds. */
typedef struct Buffer {
    char *data;
    size_t size;
    size_t capacity;
} Buffer;

/** Appends the decimal digits, with a minus sign where it is due. */
void buffer_add_integer(Buffer *buffer, int64_t value);
/** Appends as printf would write it, in the "C" locale. */
void buffer_format(Buffer *buffer, const char *format, ...) __attribute__((format(printf, 2, 3)));

/** As buffer_room, when the memory does not suffice. */
char *buffer_grow(Buffer *buffer, size_t size);

/* Every answer is written through these three, piece by piece: they are here to be inlined. */

/** Makes room for `size` more bytes and returns where they go; the caller adds to `buffer->size`.
 */
static inline char *buffer_room(Buffer *buffer, size_t size) {
    if (buffer->capacity - buffer->size < size || !buffer->data) return buffer_grow(buffer, size);
    return buffer->data + buffer->size;
}
/** Appends a copy of the bytes, which must not lie in this very buffer. */
static inline void buffer_add(Buffer *buffer, Str str) {
    if (!str.size) return;
    memcpy(buffer_room(buffer, str.size), str.data, str.size);
    buffer->size += str.size;
}
/** Appends one byte, a NUL as well. */
static inline void buffer_add_byte(Buffer *buffer, char byte) {
    *buffer_room(buffer, 1) = byte;
    buffer->size++;
}

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
