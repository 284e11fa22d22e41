/*
 * Strings by pointer and length. Nothing here asks the locale, so that the same bytes are read
 * alike on every machine; letters beyond ASCII are the text layer's matter.
 */
#include "str.h"

#include <assert.h>
#include <errno.h>
#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

bool str_starts(Str str, Str prefix) {
    return str.size >= prefix.size && str_equal(str_part(str, 0, prefix.size), prefix);
}

bool str_ends(Str str, Str suffix) {
    return str.size >= suffix.size &&
           str_equal(str_part(str, str.size - suffix.size, suffix.size), suffix);
}

static unsigned char ascii_lower(char c) {
    return (unsigned char)(c >= 'A' && c <= 'Z' ? c + ('a' - 'A') : c);
}

bool str_equal_ascii_case(Str a, Str b) {
    if (a.size != b.size) return false;
    for (size_t i = 0; i < a.size; i++) {
        if (ascii_lower(a.data[i]) != ascii_lower(b.data[i])) return false;
    }
    return true;
}

int str_compare(Str a, Str b) {
    size_t shorter = a.size < b.size ? a.size : b.size;
    int order = shorter ? memcmp(a.data, b.data, shorter) : 0;
    if (order) return order;
    return (a.size > b.size) - (a.size < b.size);
}

/* Not isspace: that one asks the locale, and takes bytes of UTF-8 for spaces in some. */
static bool ascii_space(char c) {
    return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f' || c == '\v';
}

Str str_trim(Str str) {
    while (str.size && ascii_space(str.data[0])) str = str_part(str, 1, str.size);
    while (str.size && ascii_space(str.data[str.size - 1])) str.size--;
    return str;
}

/* Never reads beyond the end: callers may ask for more than there is, so they need no checks. */
Str str_part(Str str, size_t start, size_t size) {
    if (start > str.size) start = str.size;
    if (size > str.size - start) size = str.size - start;
    return (Str){.data = str.data ? str.data + start : NULL, .size = size};
}

size_t str_find(Str str, char byte) {
    const char *found = str.size ? memchr(str.data, byte, str.size) : NULL;
    return found ? (size_t)(found - str.data) : str.size;
}

size_t str_find_str(Str str, Str needle) {
    if (!needle.size) return 0;
    const char *found = str.size ? memmem(str.data, str.size, needle.data, needle.size) : NULL;
    return found ? (size_t)(found - str.data) : str.size;
}

/* NULL data marks the end, so that "a,b," has a third, empty part and the loop still ends. */
Str str_cut(Str *rest, char separator) {
    size_t at = str_find(*rest, separator);
    Str head = str_part(*rest, 0, at);
    *rest = at == rest->size ? (Str){0} : str_part(*rest, at + 1, rest->size);
    return head;
}

char *str_terminated(Arena *arena, Str str) {
    char *copy = arena_take(arena, str.size + 1);
    if (str.size) memcpy(copy, str.data, str.size);
    copy[str.size] = '\0';
    return copy;
}

Str str_copy(Arena *arena, Str str) {
    return (Str){.data = str_terminated(arena, str), .size = str.size};
}

Str str_join(Arena *arena, Str a, Str b) {
    char *joined = arena_take(arena, a.size + b.size + 1);
    if (a.size) memcpy(joined, a.data, a.size);
    if (b.size) memcpy(joined + a.size, b.data, b.size);
    joined[a.size + b.size] = '\0';
    return (Str){.data = joined, .size = a.size + b.size};
}

Str str_format(Arena *arena, const char *format, ...) {
    va_list args, again;
    va_start(args, format);
    va_copy(again, args);
    int size = vsnprintf(NULL, 0, format, args);
    va_end(args);
    assert(size >= 0);
    char *text = arena_take(arena, (size_t)size + 1);
    vsnprintf(text, (size_t)size + 1, format, again);
    va_end(again);
    return (Str){.data = text, .size = (size_t)size};
}

bool str_to_integer(Str str, int64_t *out) {
    bool negative = str.size && str.data[0] == '-';
    size_t i = str.size && (str.data[0] == '-' || str.data[0] == '+');
    if (i == str.size) return false;
    int64_t value = 0; /* kept negative while parsing, so that INT64_MIN fits */
    for (; i < str.size; i++) {
        int digit = str.data[i] - '0';
        if (digit < 0 || digit > 9) return false;
        if (__builtin_mul_overflow(value, 10, &value)) return false;
        if (__builtin_sub_overflow(value, digit, &value)) return false;
    }
    if (!negative && __builtin_mul_overflow(value, -1, &value)) return false;
    *out = value;
    return true;
}

/*
 * strtod also takes "inf", "nan", hexadecimal and leading spaces; the characters are checked first.
 */
bool str_to_number(Str str, double *out) {
    char text[64];
    if (!str.size || str.size >= sizeof text) return false;
    for (size_t i = 0; i < str.size; i++) {
        char c = str.data[i];
        if (!(c >= '0' && c <= '9') && c != '.' && c != '-' && c != '+' && c != 'e' && c != 'E') {
            return false;
        }
    }
    memcpy(text, str.data, str.size);
    text[str.size] = '\0';
    char *end = NULL;
    double value = strtod(text, &end); /* the process keeps the "C" numeric locale */
    if (end != text + str.size || !isfinite(value)) return false;
    *out = value;
    return true;
}

/* Length of the well-formed sequence at `bytes`, or 0. Ranges: Unicode Standard, table 3-7. */
static size_t utf8_sequence(const unsigned char *bytes, size_t size) {
    unsigned char lead = bytes[0];
    if (lead < 0x80) return 1;
    size_t length = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
    if (lead < 0xC2 || lead > 0xF4 || size < length) return 0;
    unsigned char low = 0x80, high = 0xBF;
    if (lead == 0xE0) low = 0xA0;
    if (lead == 0xED) high = 0x9F;
    if (lead == 0xF0) low = 0x90;
    if (lead == 0xF4) high = 0x8F;
    if (bytes[1] < low || bytes[1] > high) return 0;
    for (size_t i = 2; i < length; i++) {
        if ((bytes[i] & 0xC0) != 0x80) return 0;
    }
    return length;
}

/* Eight bytes at once: most text of programs is ASCII. */
static bool all_ascii(const unsigned char *bytes) {
    uint64_t word;
    memcpy(&word, bytes, sizeof word);
    return !(word & UINT64_C(0x8080808080808080));
}

/* Runs over every text of a request, hence the step of eight bytes. */
bool str_valid_utf8(Str str) {
    const unsigned char *bytes = (const unsigned char *)str.data;
    for (size_t i = 0; i < str.size;) {
        if (str.size - i >= 8 && all_ascii(bytes + i)) {
            i += 8;
            continue;
        }
        size_t length = utf8_sequence(bytes + i, str.size - i);
        if (!length) return false;
        i += length;
    }
    return true;
}

size_t str_count_points(Str str) {
    size_t count = 0;
    for (size_t i = 0; i < str.size; i++) count += ((unsigned char)str.data[i] & 0xC0) != 0x80;
    return count;
}
