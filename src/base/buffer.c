/*
 * The parts of a Buffer that are too large to be inlined. The capacity doubles, so that appending n
 * bytes costs n on average however small the pieces are. Without memory the process ends, as with
 * an arena.
 */
#include "buffer.h"

#include <assert.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

enum { BUFFER_FIRST = 256 };

char *buffer_grow(Buffer *buffer, size_t size) {
    assert(size < SIZE_MAX / 4);
    size_t capacity = buffer->capacity ? buffer->capacity * 2 : BUFFER_FIRST;
    while (capacity - buffer->size < size) capacity *= 2;
    char *data = realloc(buffer->data, capacity);
    if (!data) abort();
    buffer->data = data;
    buffer->capacity = capacity;
    return data + buffer->size;
}

/* By hand rather than by printf: lists write several integers a record. */
void buffer_add_integer(Buffer *buffer, int64_t value) {
    char digits[24];
    char *end = digits + sizeof digits, *at = end;
    uint64_t rest = value < 0 ? 0 - (uint64_t)value : (uint64_t)value;
    do {
        *--at = (char)('0' + rest % 10);
        rest /= 10;
    } while (rest);
    if (value < 0) *--at = '-';
    buffer_add(buffer, (Str){.data = at, .size = (size_t)(end - at)});
}

/* Formatted twice: once to learn the size, once into its place. */
void buffer_format(Buffer *buffer, const char *format, ...) {
    va_list args, again;
    va_start(args, format);
    va_copy(again, args);
    int size = vsnprintf(NULL, 0, format, args);
    va_end(args);
    assert(size >= 0);
    vsnprintf(buffer_room(buffer, (size_t)size + 1), (size_t)size + 1, format, again);
    va_end(again);
    buffer->size += (size_t)size;
}

void buffer_free(Buffer *buffer) {
    free(buffer->data);
    *buffer = (Buffer){0};
}
