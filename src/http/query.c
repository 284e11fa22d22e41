/* What a handler asks of its request: parameters, cookies, headers. */
#include "message.h"

enum { PARAMETERS_LIMIT = 100 };

static int hex_value(char c) {
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    if (c >= 'A' && c <= 'F') return c - 'A' + 10;
    return -1;
}

/* The byte that the escape at the start of `text` stands for, or -1. */
static int escaped_byte(Str text) {
    if (text.size < 3) return -1;
    int high = hex_value(text.data[1]), low = hex_value(text.data[2]);
    return high < 0 || low < 0 ? -1 : high * 16 + low;
}

/* Decodes escapes; `space` is another character that stands for one (a query's "+"). */
static Status decode(Arena *arena, Str text, char space, Str *out) {
    char *bytes = arena_take(arena, text.size + 1);
    size_t size = 0;
    for (size_t i = 0; i < text.size; i++) {
        int byte = (unsigned char)text.data[i];
        if (byte == space) byte = ' ';
        if (text.data[i] == '%') {
            byte = escaped_byte(str_part(text, i, 3));
            i += 2;
        }
        /* A NUL would end the text early in whatever C library it reaches. */
        if (byte <= 0) return STATUS_MALFORMED;
        bytes[size++] = (char)byte;
    }
    bytes[size] = '\0';
    Str decoded = {.data = bytes, .size = size};
    if (!str_valid_utf8(decoded)) return STATUS_MALFORMED;
    *out = decoded;
    return STATUS_OK;
}

Status http_percent_decode(Arena *arena, Str text, Str *out) {
    return decode(arena, text, ' ', out);
}

static Status parse_parameter(Arena *arena, Str pair, HttpParameter *out) {
    Str value = pair;
    Str name = str_cut(&value, '=');
    HttpParameter parameter;
    Status status = decode(arena, name, '+', &parameter.name);
    if (!status) status = decode(arena, value, '+', &parameter.value);
    if (!status) *out = parameter;
    return status;
}

Status http_query_parse(Arena *arena, Str query, HttpParameter **out, size_t *count) {
    HttpParameter *parameters = NULL;
    size_t found = 0;
    while (query.size) {
        Str pair = str_cut(&query, '&');
        if (str_empty(pair)) continue;
        if (found == PARAMETERS_LIMIT) return STATUS_MALFORMED;
        if (!parameters) parameters = ARENA_ARRAY(arena, PARAMETERS_LIMIT, HttpParameter);
        Status status = parse_parameter(arena, pair, &parameters[found]);
        if (status) return status;
        found++;
    }
    *out = parameters;
    *count = found;
    return STATUS_OK;
}

Str http_request_header(const HttpRequest *request, const char *name) {
    return http_headers_find(request->headers, request->header_count, str_of(name));
}

/* The first of that name counts, as with headers. Names compare with case (RFC 6265, 4.2). */
static Str cookie_in(Str list, Str name) {
    while (list.data) {
        Str value = str_trim(str_cut(&list, ';'));
        if (str_equal(str_cut(&value, '='), name) && value.data) return value;
    }
    return (Str){0};
}

Str http_request_cookie(const HttpRequest *request, const char *name) {
    for (size_t i = 0; i < request->header_count; i++) {
        if (!str_equal_ascii_case(request->headers[i].name, STR("Cookie"))) continue;
        Str value = cookie_in(request->headers[i].value, str_of(name));
        if (value.data) return value;
    }
    return (Str){0};
}
