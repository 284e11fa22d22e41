/*
 * Answers are made on the worker's thread, so that the loops are free of formatting and
 * compressing; only refusals are made by a loop.
 */
#include "answer.h"

#include <assert.h>
#include <event2/util.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "message.h"
#include "stream.h"

enum { COMPRESS_FROM = 1024 };

static const struct {
    int status;
    const char *reason;
} REASONS[] = {
    {200, "OK"},
    {201, "Created"},
    {202, "Accepted"},
    {204, "No Content"},
    {206, "Partial Content"},
    {207, "Multi-Status"},
    {301, "Moved Permanently"},
    {302, "Found"},
    {303, "See Other"},
    {304, "Not Modified"},
    {307, "Temporary Redirect"},
    {308, "Permanent Redirect"},
    {400, "Bad Request"},
    {401, "Unauthorized"},
    {403, "Forbidden"},
    {404, "Not Found"},
    {405, "Method Not Allowed"},
    {406, "Not Acceptable"},
    {408, "Request Timeout"},
    {409, "Conflict"},
    {410, "Gone"},
    {411, "Length Required"},
    {412, "Precondition Failed"},
    {413, "Content Too Large"},
    {414, "URI Too Long"},
    {415, "Unsupported Media Type"},
    {416, "Range Not Satisfiable"},
    {417, "Expectation Failed"},
    {422, "Unprocessable Content"},
    {423, "Locked"},
    {428, "Precondition Required"},
    {429, "Too Many Requests"},
    {431, "Request Header Fields Too Large"},
    {500, "Internal Server Error"},
    {501, "Not Implemented"},
    {502, "Bad Gateway"},
    {503, "Service Unavailable"},
    {504, "Gateway Timeout"},
    {507, "Insufficient Storage"},
};

const char *answer_reason(int status) {
    for (size_t i = 0; i < sizeof REASONS / sizeof *REASONS; i++) {
        if (REASONS[i].status == status) return REASONS[i].reason;
    }
    return "Unknown";
}

/* What describes the message on its way is written here and by nobody else. */
static bool server_owns(Str name) {
    static const Str OWNED[] = {
        STR_INIT("Content-Length"), STR_INIT("Transfer-Encoding"), STR_INIT("Connection"),
        STR_INIT("Date"),           STR_INIT("X-Request-Id"),
    };
    for (size_t i = 0; i < sizeof OWNED / sizeof *OWNED; i++) {
        if (str_equal_ascii_case(name, OWNED[i])) return true;
    }
    return false;
}

static Str cut_unsafe(Str value) {
    size_t size = 0;
    while (size < value.size && value.data[size] != '\r' && value.data[size] != '\n' &&
           value.data[size] != '\0') {
        size++;
    }
    return str_part(value, 0, size);
}

static void add_header(Buffer *headers, Str name, Str value) {
    buffer_add(headers, name);
    buffer_add(headers, STR(": "));
    buffer_add(headers, value);
    buffer_add(headers, STR("\r\n"));
}

void http_response_header(HttpResponse *response, const char *name, Str value) {
    assert(http_token_valid(str_of(name)) && !server_owns(str_of(name)));
    add_header(&response->headers, str_of(name), cut_unsafe(value));
}

/* Where the value of a header stands in the lines of http_response_header; data NULL if absent. */
static Str find_header(const Buffer *headers, Str name) {
    Str rest = buffer_str(headers);
    while (rest.size) {
        Str line = str_cut(&rest, '\n');
        Str value = line;
        if (str_equal_ascii_case(str_cut(&value, ':'), name)) return str_trim(value);
    }
    return (Str){0};
}

/* It changes once a second; writing it for each answer would be most of the work on a head. */
static Str date_now(AnswerMaker *maker) {
    time_t now = time(NULL);
    if (now != maker->second) {
        struct tm parts;
        gmtime_r(&now, &parts);
        evutil_date_rfc1123(maker->date, sizeof maker->date, &parts);
        maker->second = now;
    }
    return str_of(maker->date);
}

/* What is text inside. Images, archives and spreadsheets are compressed already. An event stream is
 * no whole body; it never comes here. */
static bool type_compressible(Str type) {
    Str essence = str_trim(str_cut(&type, ';'));
    if (str_starts(essence, STR("text/"))) return !str_is(essence, "text/event-stream");
    if (str_ends(essence, STR("+json")) || str_ends(essence, STR("+xml"))) return true;
    return str_is(essence, "application/json") || str_is(essence, "application/x-ndjson") ||
           str_is(essence, "application/javascript") || str_is(essence, "application/xml");
}

static bool tag_strong(Str tag) {
    return tag.size > 2 && tag.data[0] == '"' && tag.data[tag.size - 1] == '"';
}

/* Only a strong tag promises equal bytes; a weak one is true of the coded representation as well.
 */
static void suffix_tag(Buffer *headers, Coding coding) {
    Str tag = find_header(headers, STR("ETag"));
    if (!tag_strong(tag)) return;
    Str name = coding_name(coding);
    size_t at = (size_t)(tag.data - headers->data) + tag.size - 1;
    size_t added = name.size + 1;
    buffer_room(headers, added);
    memmove(headers->data + at + added, headers->data + at, headers->size - at);
    headers->data[at] = '-';
    memcpy(headers->data + at + 1, name.data, name.size);
    headers->size += added;
}

/* The coding whose suffix stands at the front, with the quote that ends its tag. */
static Coding suffix_at(Str rest) {
    for (Coding coding = CODING_PLAIN + 1; coding < CODING_COUNT; coding++) {
        Str name = coding_name(coding);
        if (rest.size > name.size + 1 && rest.data[0] == '-' && rest.data[name.size + 1] == '"' &&
            str_starts(str_part(rest, 1, rest.size), name)) {
            return coding;
        }
    }
    return CODING_PLAIN;
}

Str answer_plain_tags(Arena *arena, Str tags, Coding *had) {
    char *plain = arena_take(arena, tags.size + 1);
    size_t size = 0;
    *had = CODING_PLAIN;
    for (size_t i = 0; i < tags.size; i++) {
        Coding coding = suffix_at(str_part(tags, i, tags.size));
        if (coding != CODING_PLAIN) {
            *had = coding;
            i += coding_name(coding).size + 1;
        }
        plain[size++] = tags.data[i];
    }
    plain[size] = '\0';
    return (Str){.data = plain, .size = size};
}

/* RFC 9110, 6.4.1. */
static bool status_bodiless(int status) {
    return status == 204 || status == 304 || status < 200;
}

static void vary_by_encoding(Buffer *headers) {
    if (http_list_has(find_header(headers, STR("Vary")), STR("Accept-Encoding"))) return;
    add_header(headers, STR("Vary"), STR("Accept-Encoding"));
}

/* Vary is told also to those who get the plain form: a cache in between has to know of both. */
static void compress_content(AnswerMaker *maker, const AnswerFacts *facts, HttpResponse *response) {
    Str content = response->body.size ? buffer_str(&response->body) : response->static_body;
    if (response->compressed || content.size <= COMPRESS_FROM) return;
    if (!type_compressible(find_header(&response->headers, STR("Content-Type")))) return;
    vary_by_encoding(&response->headers);
    Buffer packed = {0};
    if (!coding_compress(&maker->compressor, facts->coding, content, &packed)) return;
    buffer_free(&response->body);
    response->body = packed;
    response->static_body = (Str){0};
    add_header(&response->headers, STR("Content-Encoding"), coding_name(facts->coding));
    suffix_tag(&response->headers, facts->coding);
}

/* A file that cannot be opened is our failure: the handler has just made or found it. */
static void open_file(HttpResponse *response, Answer *out) {
    struct stat facts;
    out->file = open(response->file_path.data, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
    if (out->file >= 0 && response->remove_file) unlink(response->file_path.data);
    if (out->file >= 0 && fstat(out->file, &facts) == 0 && S_ISREG(facts.st_mode)) {
        out->file_size = facts.st_size;
        return;
    }
    if (out->file >= 0) close(out->file);
    out->file = -1;
    response->status = 500;
    buffer_clear(&response->headers);
}

static void take_content(AnswerMaker *maker, const AnswerFacts *facts, HttpResponse *response,
                         Answer *out) {
    if (response->stream) {
        out->stream = response->stream;
        response->stream = NULL;
        return;
    }
    if (response->file_path.data) {
        open_file(response, out);
        return;
    }
    compress_content(maker, facts, response);
    out->body = response->body;
    response->body = (Buffer){0};
    if (!out->body.size) out->static_body = response->static_body;
}

/* How the client finds the end of the answer and whether another may follow. */
static void add_framing(const AnswerFacts *facts, Answer *out) {
    if (out->stream) {
        if (facts->minor == 1) buffer_add(&out->head, STR("Transfer-Encoding: chunked\r\n"));
    } else if (!status_bodiless(out->status)) {
        buffer_add(&out->head, STR("Content-Length: "));
        buffer_add_integer(&out->head, (int64_t)answer_size(out));
        buffer_add(&out->head, STR("\r\n"));
    }
    if (out->close) {
        buffer_add(&out->head, STR("Connection: close\r\n"));
    } else if (facts->minor == 0) {
        buffer_add(&out->head, STR("Connection: keep-alive\r\n"));
    }
}

static void build_head(AnswerMaker *maker, const AnswerFacts *facts, const Buffer *headers,
                       Answer *out) {
    Buffer *head = &out->head;
    buffer_room(head, 256 + headers->size);
    buffer_add(head, STR("HTTP/1.1 "));
    buffer_add_integer(head, out->status);
    buffer_add_byte(head, ' ');
    buffer_add(head, str_of(answer_reason(out->status)));
    buffer_add(head, STR("\r\nDate: "));
    buffer_add(head, date_now(maker));
    buffer_add(head, STR("\r\nX-Request-Id: "));
    buffer_add(head, facts->request_id);
    buffer_add(head, STR("\r\n"));
    buffer_add(head, buffer_str(headers));
    add_framing(facts, out);
    buffer_add(head, STR("\r\n"));
}

/* HEAD, 204 and 304: the head tells of a content that does not go out. */
static void drop_content(Answer *answer) {
    buffer_free(&answer->body);
    answer->static_body = (Str){0};
    if (answer->file >= 0) close(answer->file);
    answer->file = -1;
    answer->file_size = 0;
    if (answer->stream) stream_detach(answer->stream);
    answer->stream = NULL;
}

/* "Not modified" names the representation that the client has, which may be a coded one. */
static void mark_unmodified(const AnswerFacts *facts, HttpResponse *response) {
    if (response->status != 304 || facts->had == CODING_PLAIN) return;
    suffix_tag(&response->headers, facts->had);
    vary_by_encoding(&response->headers);
}

void answer_build(AnswerMaker *maker, const AnswerFacts *facts, HttpResponse *response,
                  Answer *out) {
    buffer_clear(&out->head);
    out->file = -1;
    out->file_size = 0;
    out->static_body = (Str){0};
    take_content(maker, facts, response, out);
    mark_unmodified(facts, response);
    out->status = response->status;
    /* A stream's connection is not used again: what its client sent meanwhile was thrown away. */
    out->close = facts->close || out->stream;
    build_head(maker, facts, &response->headers, out);
    if (facts->head_only || status_bodiless(out->status)) drop_content(out);
    buffer_free(&response->headers);
    buffer_free(&response->body);
}

void answer_refuse(AnswerMaker *maker, const AnswerFacts *facts, int status, int retry_after,
                   Answer *out) {
    HttpResponse response = {.status = status};
    http_response_header(&response, "Content-Type", STR("application/problem+json"));
    if (retry_after) {
        Buffer seconds CLEANUP(buffer_free) = {0};
        buffer_add_integer(&seconds, retry_after);
        http_response_header(&response, "Retry-After", buffer_str(&seconds));
    }
    /* The title is one of ours and the id was checked: nothing here needs escaping. */
    const char *title = answer_reason(status);
    buffer_format(&response.body,
                  "{\"type\":\"about:blank\",\"title\":\"%s\",\"status\":%d,\"detail\":\"%s\","
                  "\"request_id\":\"%.*s\",\"errors\":[]}",
                  title, status, title, STR_ARGS(facts->request_id));
    answer_build(maker, facts, &response, out);
}

size_t answer_size(const Answer *answer) {
    return answer->body.size + answer->static_body.size + (size_t)answer->file_size;
}

void answer_clear(Answer *answer) {
    enum { HEAD_KEPT = 4096 };
    drop_content(answer);
    buffer_clear(&answer->head);
    if (answer->head.capacity > HEAD_KEPT) buffer_free(&answer->head);
}

void answer_free(Answer *answer) {
    answer_clear(answer);
    buffer_free(&answer->head);
}

void answer_maker_free(AnswerMaker *maker) {
    compressor_free(&maker->compressor);
}
