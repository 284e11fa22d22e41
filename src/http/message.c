/*
 * RFC 9112 lets a server be lenient in places: lone LF as a line's end, white space around things,
 * several equal lengths. Each leniency is a way to have two readers disagree, so none is taken; the
 * clients that people use do not need them.
 */
#include "message.h"

#include <stdlib.h>

/* One bit a class, so that a byte is judged by a single look. */
enum { BYTE_TOKEN = 1, BYTE_TARGET = 2, BYTE_VALUE = 4, BYTE_HOST = 8 };

static unsigned char byte_classes(unsigned char byte) {
    bool alphanumeric = (byte >= '0' && byte <= '9') || (byte >= 'A' && byte <= 'Z') ||
                        (byte >= 'a' && byte <= 'z');
    unsigned char classes = 0;
    if (alphanumeric || (byte && strchr("!#$%&'*+-.^_`|~", byte))) classes |= BYTE_TOKEN;
    /* No fragment in a target; the rest of visible ASCII passes, the router decodes it. */
    if (byte > ' ' && byte < 0x7F && byte != '#') classes |= BYTE_TARGET;
    if ((byte >= ' ' && byte != 0x7F) || byte == '\t') classes |= BYTE_VALUE;
    if (alphanumeric || (byte && strchr("-._~!$&'()*+,;=:[]%", byte))) classes |= BYTE_HOST;
    return classes;
}

static bool all_bytes(Str text, unsigned char class) {
    for (size_t i = 0; i < text.size; i++) {
        if (!(byte_classes((unsigned char)text.data[i]) & class)) return false;
    }
    return true;
}

/* A field value is most of a head: visible ASCII passes without a look at the table. */
static bool value_valid(Str value) {
    for (size_t i = 0; i < value.size; i++) {
        unsigned char byte = (unsigned char)value.data[i];
        if ((byte < ' ' && byte != '\t') || byte == 0x7F) return false;
    }
    return true;
}

static bool name_valid(Str name) {
    for (size_t i = 0; i < name.size; i++) {
        unsigned char byte = (unsigned char)name.data[i];
        bool common = (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') || byte == '-';
        if (!common && !(byte_classes(byte) & BYTE_TOKEN)) return false;
    }
    return name.size > 0;
}

bool http_token_valid(Str text) {
    return name_valid(text);
}

size_t http_head_end(Str bytes, size_t *scanned) {
    /* The four bytes may lie across the border of what was searched before. */
    size_t from = *scanned > 3 ? *scanned - 3 : 0;
    Str rest = str_part(bytes, from, bytes.size);
    size_t at = str_find_str(rest, STR("\r\n\r\n"));
    *scanned = bytes.size;
    return at == rest.size ? 0 : from + at + 4;
}

Str http_headers_find(const HttpHeader *headers, size_t count, Str name) {
    for (size_t i = 0; i < count; i++) {
        if (str_equal_ascii_case(headers[i].name, name)) return headers[i].value;
    }
    return (Str){0};
}

bool http_list_has(Str list, Str token) {
    while (list.data) {
        Str item = str_cut(&list, ',');
        if (str_equal_ascii_case(str_trim(str_cut(&item, ';')), token)) return true;
    }
    return false;
}

/* Only CRLF ends a line; a lone CR or LF stays inside and fails the check of its part. */
static Str cut_line(Str *rest) {
    size_t at = str_find_str(*rest, STR("\r\n"));
    Str line = str_part(*rest, 0, at);
    *rest = str_part(*rest, at + 2, rest->size);
    return line;
}

/* "http://host/path?query" as sent to proxies means "/path?query" here (RFC 9112, 3.2.2). */
static Str origin_form(Str target) {
    size_t scheme = str_find_str(target, STR("://"));
    if (target.data[0] == '/' || scheme == target.size) return target;
    Str protocol = str_part(target, 0, scheme);
    if (!str_equal_ascii_case(protocol, STR("http")) &&
        !str_equal_ascii_case(protocol, STR("https"))) {
        return target;
    }
    Str rest = str_part(target, scheme + 3, target.size);
    size_t slash = str_find(rest, '/');
    return slash == rest.size ? STR("/") : str_part(rest, slash, rest.size);
}

static bool parse_target(HttpHead *head) {
    if (str_empty(head->target) || !all_bytes(head->target, BYTE_TARGET)) return false;
    Str origin = origin_form(head->target);
    bool whole_server = str_is(origin, "*") && str_is(head->method, "OPTIONS");
    if (origin.data[0] != '/' && !whole_server) return false;
    head->query = origin;
    head->path = str_cut(&head->query, '?');
    if (!head->query.data) head->query = STR("");
    return true;
}

/* "METHOD SP target SP HTTP/1.x", single spaces. A version we do not speak is malformed to us. */
static bool parse_request_line(Str line, HttpHead *head) {
    head->method = str_cut(&line, ' ');
    head->target = str_cut(&line, ' ');
    if (!line.data || head->method.size > 32 || !http_token_valid(head->method)) return false;
    if (!str_is(line, "HTTP/1.1") && !str_is(line, "HTTP/1.0")) return false;
    head->minor = line.data[line.size - 1] - '0';
    return parse_target(head);
}

static bool parse_header(Str line, HttpHeader *out) {
    size_t colon = str_find(line, ':');
    if (colon == line.size) return false;
    /* White space at the start is a folded line, before the colon a smuggler's: no name has it. */
    Str name = str_part(line, 0, colon);
    Str value = str_part(line, colon + 1, line.size);
    if (!name_valid(name) || !value_valid(value)) return false;
    *out = (HttpHeader){.name = name, .value = str_trim(value)};
    return true;
}

/* An empty line before the end of the bytes cannot be: http_head_end found the first one. */
static int parse_headers(Str rest, HttpHead *head) {
    for (;;) {
        Str line = cut_line(&rest);
        if (str_empty(line)) return rest.size ? 400 : 0;
        if (head->header_count == HTTP_HEADERS_LIMIT) return 431;
        if (!parse_header(line, &head->headers[head->header_count])) return 400;
        head->header_count++;
    }
}

/* Digits only, and few enough to fit: a sign, a list or an overflow is somebody's trick. */
static bool parse_length(Str text, size_t *out) {
    if (str_empty(text) || text.size > 18) return false;
    size_t value = 0;
    for (size_t i = 0; i < text.size; i++) {
        if (text.data[i] < '0' || text.data[i] > '9') return false;
        value = value * 10 + (size_t)(text.data[i] - '0');
    }
    *out = value;
    return true;
}

/* Headers that may stand once only, since two of them are how requests are smuggled. */
typedef struct Seen {
    int hosts, lengths, encodings;
} Seen;

static bool note_host(HttpHead *head, Str value, Seen *seen) {
    (void)head;
    return ++seen->hosts == 1 && all_bytes(value, BYTE_HOST);
}

static bool note_length(HttpHead *head, Str value, Seen *seen) {
    return ++seen->lengths == 1 && parse_length(value, &head->content_length);
}

/* Codings other than chunked alone would have to be undone here; nobody sends them. */
static bool note_encoding(HttpHead *head, Str value, Seen *seen) {
    head->chunked = str_equal_ascii_case(value, STR("chunked"));
    return ++seen->encodings == 1 && head->chunked;
}

/* "close" wins over "keep-alive" within a field; both are only a wish about what follows. */
static bool note_connection(HttpHead *head, Str value, Seen *seen) {
    (void)seen;
    if (http_list_has(value, STR("close"))) {
        head->keep_alive = false;
    } else if (http_list_has(value, STR("keep-alive"))) {
        head->keep_alive = true;
    }
    return true;
}

/* The fields that decide where the message ends and what becomes of its connection. */
static const struct {
    Str name;
    bool (*note)(HttpHead *head, Str value, Seen *seen);
} FRAMING_FIELDS[] = {
    {.name = STR_INIT("Host"), .note = note_host},
    {.name = STR_INIT("Content-Length"), .note = note_length},
    {.name = STR_INIT("Transfer-Encoding"), .note = note_encoding},
    {.name = STR_INIT("Connection"), .note = note_connection},
};

static bool note_field(HttpHead *head, const HttpHeader *field, Seen *seen) {
    for (size_t i = 0; i < sizeof FRAMING_FIELDS / sizeof *FRAMING_FIELDS; i++) {
        if (!str_equal_ascii_case(field->name, FRAMING_FIELDS[i].name)) continue;
        return FRAMING_FIELDS[i].note(head, field->value, seen);
    }
    return true;
}

static int judge_framing(HttpHead *head) {
    Seen seen = {0};
    head->keep_alive = head->minor == 1;
    for (size_t i = 0; i < head->header_count; i++) {
        if (!note_field(head, &head->headers[i], &seen)) return 400;
    }
    if (seen.lengths && seen.encodings) return 400;
    if (head->minor == 1 && !seen.hosts) return 400;
    /* HTTP/1.0 knows no chunks: a proxy of that version would see another end of the message. */
    return head->minor == 0 && seen.encodings ? 400 : 0;
}

static int judge_expectation(HttpHead *head) {
    Str expect = http_headers_find(head->headers, head->header_count, STR("Expect"));
    if (!expect.data || head->minor == 0) return 0;
    if (!str_equal_ascii_case(expect, STR("100-continue"))) return 417;
    head->expects_continue = true;
    return 0;
}

int http_head_parse(Str bytes, HttpHead *out) {
    out->header_count = 0;
    out->content_length = 0;
    out->chunked = false;
    out->expects_continue = false;
    if (!parse_request_line(cut_line(&bytes), out)) return 400;
    int refused = parse_headers(bytes, out);
    if (!refused) refused = judge_framing(out);
    if (!refused) refused = judge_expectation(out);
    return refused;
}
