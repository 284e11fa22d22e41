/*
 * Strings as pointer and length. A Str borrows its bytes: it never owns them, need not end with a
 * NUL, and may hold NULs. Text is UTF-8 everywhere inside.
 */
#ifndef ONDO_BASE_STR_H
#define ONDO_BASE_STR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "arena.h"

/**
 * Text by pointer and length. It borrows its bytes and need not end with a zero byte; NULL is "not
 * there" to those who tell it from empty.
 */
typedef struct Str {
    const char *data;
    size_t size;
} Str;

/** A Str over a string literal. */
#define STR(literal) ((Str){.data = (literal), .size = sizeof(literal) - 1})
/** The same, for initialisers of constants. */
#define STR_INIT(literal) \
    { .data = (literal), .size = sizeof(literal) - 1 }
/** For printf("%.*s"). */
#define STR_ARGS(str) (int)(str).size, (str).data

/** A Str over a NUL-terminated text; NULL gives an empty one. */
static inline Str str_of(const char *text) {
    return (Str){.data = text, .size = text ? strlen(text) : 0};
}
/** True for no bytes, whatever `data` is. */
static inline bool str_empty(Str str) {
    return str.size == 0;
}
/** The same bytes. Empty strings are equal also when one has NULL data. */
static inline bool str_equal(Str a, Str b) {
    return a.size == b.size && (a.size == 0 || memcmp(a.data, b.data, a.size) == 0);
}
/** As str_equal, with a NUL-terminated text. */
static inline bool str_is(Str a, const char *literal) {
    return str_equal(a, str_of(literal));
}

/** True for an empty prefix. */
bool str_starts(Str str, Str prefix);
/** True for an empty suffix. */
bool str_ends(Str str, Str suffix);
/** ASCII letters compare without case; for header names and the like, never for people's text. */
bool str_equal_ascii_case(Str a, Str b);
/** Bytewise order: negative, 0, positive. A prefix comes first. */
int str_compare(Str a, Str b);

/** Without ASCII white space at either end. */
Str str_trim(Str str);
/** The part from `start` of at most `size` bytes; clipped to what there is. */
Str str_part(Str str, size_t start, size_t size);
/** Index of the first `byte`, or `str.size` when there is none. */
size_t str_find(Str str, char byte);
/** Index of the first `needle`, or `str.size` when there is none. An empty needle is at 0. */
size_t str_find_str(Str str, Str needle);

/**
 * Cuts `*rest` at the first `separator`: returns what stands before it and leaves what stands after
 * it in `*rest`. Without a separator returns everything and leaves a Str whose data is NULL.
 */
Str str_cut(Str *rest, char separator);

/** A copy in the arena, always NUL-terminated behind its end. */
Str str_copy(Arena *arena, Str str);
/** A NUL-terminated copy, for the edge of a library. */
char *str_terminated(Arena *arena, Str str);
/** Both behind each other in the arena, NUL-terminated. */
Str str_join(Arena *arena, Str a, Str b);
/** As printf writes it, in the arena, NUL-terminated. `format` is never a text of somebody's. */
Str str_format(Arena *arena, const char *format, ...) __attribute__((format(printf, 2, 3)));

/** Parses all of `str` as a decimal integer with optional sign; false if it is not one or
 * overflows. */
MUST_USE bool str_to_integer(Str str, int64_t *out);
/** Parses all of `str` as a finite decimal number in C notation, regardless of locale. */
MUST_USE bool str_to_number(Str str, double *out);

/** True if the bytes are well-formed UTF-8 (no overlong forms, surrogates or values over U+10FFFF).
 */
bool str_valid_utf8(Str str);
/** Number of code points of well-formed UTF-8. */
size_t str_count_points(Str str);

#endif
