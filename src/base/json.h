/*
 * JSON out: written straight into a buffer, no tree in between. JSON in: jansson, behind one door
 * that bounds depth and size and says what is wrong.
 */
#ifndef ONDO_BASE_JSON_H
#define ONDO_BASE_JSON_H

#include <jansson.h>

#include "buffer.h"
#include "lang.h"
#include "problem.h"
#include "value.h"

enum { JSON_DEPTH_LIMIT = 64 };

/** Writes one JSON document into a buffer; puts the commas. Zero-initialise with its buffer. */
typedef struct JsonWriter {
    Buffer *out;
    bool comma; /* the next element of the open array or object needs one */
} JsonWriter;

/** A writer at the start of a document that is appended to `out`. */
static inline JsonWriter json_writer(Buffer *out) {
    return (JsonWriter){.out = out};
}

/** Brackets; each must be closed by its counterpart, which the writer does not check. */
void json_open_object(JsonWriter *json);
/** Closes what json_open_object opened. */
void json_close_object(JsonWriter *json);
/** Elements follow without keys. */
void json_open_array(JsonWriter *json);
/** Closes what json_open_array opened. */
void json_close_array(JsonWriter *json);
/** The name of the next member; the value must follow. */
void json_key(JsonWriter *json, Str key);

/** An element of the open array, or the value of the key just written. */
void json_write_null(JsonWriter *json);
/** `true` or `false`. */
void json_write_boolean(JsonWriter *json, bool boolean);
/** All 64 bits, as decimal digits; JavaScript keeps 53 of them. */
void json_write_integer(JsonWriter *json, int64_t integer);
/** Shortest form that reads back to the same number; null for what JSON cannot say. */
void json_write_number(JsonWriter *json, double number);
/** Escaped as RFC 8259 asks; bytes that are not UTF-8 become U+FFFD. */
void json_write_text(JsonWriter *json, Str text);
/** The 36 characters in quotes. */
void json_write_id(JsonWriter *json, Id id);
/** RFC 3339 in UTC, in quotes. */
void json_write_instant(JsonWriter *json, int64_t instant);
/** Text that already is a JSON document. */
void json_write_raw(JsonWriter *json, Str document);

/** A key and a value in one call. */
void json_member_text(JsonWriter *json, const char *key, Str text);
/** As json_member_text, with an integer. */
void json_member_integer(JsonWriter *json, const char *key, int64_t integer);
/** As json_member_text, with a boolean. */
void json_member_boolean(JsonWriter *json, const char *key, bool boolean);
/** As json_member_text, with an id. */
void json_member_id(JsonWriter *json, const char *key, Id id);
/** As json_member_text, with an instant. */
void json_member_instant(JsonWriter *json, const char *key, int64_t instant);

/** As json_member_text; null for the empty text. */
void json_member_text_or_null(JsonWriter *json, const char *key, Str text);
/** As json_member_id; null for the id that stands for none. */
void json_member_id_or_null(JsonWriter *json, const char *key, Id id);
/** As json_member_instant; null for 0, which stands for "never". */
void json_member_instant_or_null(JsonWriter *json, const char *key, int64_t instant);
/** A key and a document as in json_write_raw; null for the empty text. */
void json_member_raw_or_null(JsonWriter *json, const char *key, Str document);

/**
 * Reads one JSON document. `*out` is the caller's reference: json_decref it, or hold it in a
 * `json_t *x CLEANUP(json_drop)`. STATUS_MALFORMED with code "json" in `problem` (line and column
 * as arguments; NULL allowed) for anything but one document of well-formed UTF-8, for repeated
 * keys, NUL in strings, and nesting over JSON_DEPTH_LIMIT.
 */
MUST_USE Status json_read(Str text, Problem *problem, json_t **out);
/** For CLEANUP(json_drop); NULL is allowed. */
static inline void json_drop(json_t **json) {
    json_decref(*json);
}

/** The string of a JSON string node, borrowed; empty with NULL data for any other node. */
Str json_text(const json_t *node);
/** The member's string; empty with NULL data when it is absent or no string. */
Str json_get_text(const json_t *object, const char *key);
/** The {"en": …, "ja": …, "zh": …} of a definition, copied; a language that is missing is empty. */
Label json_label(Arena *arena, const json_t *texts);
/** A node as compact JSON text in the arena, object keys in their order. */
Str json_compact(Arena *arena, const json_t *node);

#endif
