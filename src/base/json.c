/*
 * The writer knows one thing about where it stands: whether a comma is due. So it cannot refuse a
 * document that is put together wrongly; in return an answer is written once, into its own buffer.
 * The reader checks before jansson sees the text what jansson would let pass: depth and NUL bytes.
 */
#include "json.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "clock.h"

static void before_element(JsonWriter *json) {
    if (json->comma) buffer_add_byte(json->out, ',');
    json->comma = true;
}

static void open_with(JsonWriter *json, char bracket) {
    before_element(json);
    buffer_add_byte(json->out, bracket);
    json->comma = false;
}

static void close_with(JsonWriter *json, char bracket) {
    buffer_add_byte(json->out, bracket);
    json->comma = true;
}

void json_open_object(JsonWriter *json) {
    open_with(json, '{');
}
void json_close_object(JsonWriter *json) {
    close_with(json, '}');
}
void json_open_array(JsonWriter *json) {
    open_with(json, '[');
}
void json_close_array(JsonWriter *json) {
    close_with(json, ']');
}

static void add_escape(Buffer *out, unsigned char c) {
    static const char HEX[] = "0123456789abcdef";
    char name = c == '"'    ? '"'
                : c == '\\' ? '\\'
                : c == '\n' ? 'n'
                : c == '\r' ? 'r'
                : c == '\t' ? 't'
                            : 0;
    buffer_add_byte(out, '\\');
    if (name) {
        buffer_add_byte(out, name);
        return;
    }
    buffer_add(out, STR("u00"));
    buffer_add_byte(out, HEX[c >> 4]);
    buffer_add_byte(out, HEX[c & 0x0F]);
}

/* What must not stand in a string as it is: control characters, quotes and backslashes. */
static const bool ESCAPED[256] = {
    [0 ... 0x1F] = true,
    ['"'] = true,
    ['\\'] = true,
};

/* Eight bytes at once: the usual tests for a byte below a limit and for one equal to another. */
static bool eight_plain(const char *bytes) {
    const uint64_t ones = 0x0101010101010101u, highs = ones * 0x80;
    uint64_t word;
    memcpy(&word, bytes, sizeof word);
    uint64_t quotes = word ^ (ones * '"'), backslashes = word ^ (ones * '\\');
    uint64_t control = (word - ones * 0x20) & ~word;
    uint64_t quote = (quotes - ones) & ~quotes, backslash = (backslashes - ones) & ~backslashes;
    return !((control | quote | backslash) & highs);
}

/* How much of the text's start needs no escape. */
static size_t plain_length(Str text) {
    size_t size = 0;
    while (text.size - size >= 8 && eight_plain(text.data + size)) size += 8;
    while (size < text.size && !ESCAPED[(unsigned char)text.data[size]]) size++;
    return size;
}

/* Copies runs between escapes as a whole; most texts have none, so this is one copy. */
static void add_quoted(Buffer *out, Str text) {
    size_t plain = 0; /* start of the run that needs no escape */
    size_t first = plain_length(text);
    buffer_room(out, text.size + 2);
    buffer_add_byte(out, '"');
    for (size_t i = first; i < text.size; i++) {
        unsigned char c = (unsigned char)text.data[i];
        if (!ESCAPED[c]) continue;
        buffer_add(out, str_part(text, plain, i - plain));
        add_escape(out, c);
        plain = i + 1;
    }
    buffer_add(out, str_part(text, plain, text.size));
    buffer_add_byte(out, '"');
}

/* Replaces every byte that is not part of well-formed UTF-8. Rare, so it may be slow. */
static void add_quoted_repaired(Buffer *out, Str text) {
    Buffer repaired CLEANUP(buffer_free) = {0};
    for (size_t i = 0; i < text.size;) {
        size_t length = text.size - i < 4 ? text.size - i : 4;
        while (length && !str_valid_utf8(str_part(text, i, length))) length--;
        buffer_add(&repaired, length ? str_part(text, i, length) : STR("\xEF\xBF\xBD"));
        i += length ? length : 1;
    }
    add_quoted(out, buffer_str(&repaired));
}

void json_write_text(JsonWriter *json, Str text) {
    before_element(json);
    if (str_valid_utf8(text)) {
        add_quoted(json->out, text);
    } else {
        add_quoted_repaired(json->out, text);
    }
}

void json_key(JsonWriter *json, Str key) {
    before_element(json);
    add_quoted(json->out, key);
    buffer_add_byte(json->out, ':');
    json->comma = false;
}

void json_write_raw(JsonWriter *json, Str document) {
    before_element(json);
    buffer_add(json->out, document);
}

void json_write_null(JsonWriter *json) {
    json_write_raw(json, STR("null"));
}

void json_write_boolean(JsonWriter *json, bool boolean) {
    json_write_raw(json, boolean ? STR("true") : STR("false"));
}

void json_write_integer(JsonWriter *json, int64_t integer) {
    before_element(json);
    buffer_add_integer(json->out, integer);
}

/*
 * Integers without ".0", as JSON is mostly read by people and by JavaScript; 15 digits suffice for
 * most numbers, 17 for every double.
 */
void json_write_number(JsonWriter *json, double number) {
    if (!isfinite(number)) {
        json_write_null(json);
        return;
    }
    if (number == floor(number) && fabs(number) < 1e15) {
        json_write_integer(json, (int64_t)number);
        return;
    }
    char text[32];
    for (int digits = 15; digits <= 17; digits++) {
        snprintf(text, sizeof text, "%.*g", digits, number);
        if (strtod(text, NULL) == number) break;
    }
    json_write_raw(json, str_of(text));
}

void json_write_id(JsonWriter *json, Id id) {
    before_element(json);
    char *at = buffer_room(json->out, ID_TEXT_SIZE + 2);
    at[0] = '"';
    id_write(id, at + 1);
    at[ID_TEXT_SIZE + 1] = '"';
    json->out->size += ID_TEXT_SIZE + 2;
}

void json_write_instant(JsonWriter *json, int64_t instant) {
    char text[INSTANT_TEXT_SIZE];
    instant_write(instant, text);
    json_write_text(json, (Str){.data = text, .size = sizeof text});
}

void json_member_text(JsonWriter *json, const char *key, Str text) {
    json_key(json, str_of(key));
    json_write_text(json, text);
}

void json_member_integer(JsonWriter *json, const char *key, int64_t integer) {
    json_key(json, str_of(key));
    json_write_integer(json, integer);
}

void json_member_boolean(JsonWriter *json, const char *key, bool boolean) {
    json_key(json, str_of(key));
    json_write_boolean(json, boolean);
}

void json_member_id(JsonWriter *json, const char *key, Id id) {
    json_key(json, str_of(key));
    json_write_id(json, id);
}

void json_member_instant(JsonWriter *json, const char *key, int64_t instant) {
    json_key(json, str_of(key));
    json_write_instant(json, instant);
}

void json_member_text_or_null(JsonWriter *json, const char *key, Str text) {
    json_key(json, str_of(key));
    if (str_empty(text)) {
        json_write_null(json);
    } else {
        json_write_text(json, text);
    }
}

void json_member_id_or_null(JsonWriter *json, const char *key, Id id) {
    json_key(json, str_of(key));
    if (id_none(id)) {
        json_write_null(json);
    } else {
        json_write_id(json, id);
    }
}

void json_member_instant_or_null(JsonWriter *json, const char *key, int64_t instant) {
    json_key(json, str_of(key));
    if (instant) {
        json_write_instant(json, instant);
    } else {
        json_write_null(json);
    }
}

void json_member_raw_or_null(JsonWriter *json, const char *key, Str document) {
    json_key(json, str_of(key));
    if (str_empty(document)) {
        json_write_null(json);
    } else {
        json_write_raw(json, document);
    }
}

/* jansson recurses while parsing; its own limit is 2048 levels, ours is a choice of manners. */
static bool depth_within_limit(Str text) {
    int depth = 0;
    bool quoted = false;
    for (size_t i = 0; i < text.size; i++) {
        char c = text.data[i];
        if (quoted) {
            if (c == '\\') i++;
            if (c == '"') quoted = false;
        } else if (c == '"') {
            quoted = true;
        } else if (c == '[' || c == '{') {
            if (++depth > JSON_DEPTH_LIMIT) return false;
        } else if (c == ']' || c == '}') {
            depth--;
        }
    }
    return true;
}

/*
 * The error of the reader goes into the problem as line, column and its English words, since
 * programmers read it.
 */
Status json_read(Str text, Problem *problem, json_t **out) {
    json_error_t error = {.line = 1, .column = 1, .text = "nested too deeply"};
    json_t *document = NULL;
    if (str_find(text, '\0') < text.size) {
        /* jansson takes a NUL outside strings for the end, and would ignore what follows. */
        error = (json_error_t){.line = 1, .column = 1, .text = "NUL byte"};
    } else if (depth_within_limit(text)) {
        document = json_loadb(text.data ? text.data : "", text.size,
                              JSON_REJECT_DUPLICATES | JSON_DECODE_ANY, &error);
    }
    if (!document) {
        if (problem) {
            problem_add(problem, STR(""), "json", str_format(problem->arena, "%d", error.line),
                        str_format(problem->arena, "%d", error.column), str_of(error.text));
        }
        return STATUS_MALFORMED;
    }
    *out = document;
    return STATUS_OK;
}

Str json_text(const json_t *node) {
    if (!json_is_string(node)) return (Str){0};
    return (Str){.data = json_string_value(node), .size = json_string_length(node)};
}

Str json_get_text(const json_t *object, const char *key) {
    return json_text(json_object_get(object, key));
}

Label json_label(Arena *arena, const json_t *texts) {
    Label label = {0};
    for (int lang = 0; lang < LANG_COUNT; lang++) {
        label.in[lang] = str_copy(arena, json_get_text(texts, lang_code((Lang)lang).data));
    }
    return label;
}

Str json_compact(Arena *arena, const json_t *node) {
    char *text = json_dumps(node, JSON_COMPACT | JSON_ENCODE_ANY);
    Str copy = str_copy(arena, str_of(text ? text : "null"));
    free(text);
    return copy;
}
