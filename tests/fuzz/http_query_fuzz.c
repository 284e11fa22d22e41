/* Query strings and percent escapes: whatever is accepted is what handlers may rely on. */
#include <stdlib.h>

#include "server.h"

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size);

static void check(bool holds) {
    if (!holds) abort();
}

static void check_text(Str text) {
    check(str_valid_utf8(text));
    check(str_find(text, '\0') == text.size);
    check(text.data[text.size] == '\0');
}

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size) {
    Arena *arena CLEANUP(arena_drop) = arena_new();
    Str input = {.data = (const char *)data, .size = size};
    HttpParameter *parameters = NULL;
    size_t count = 0;
    if (!http_query_parse(arena, input, &parameters, &count)) {
        check(count <= 100);
        for (size_t i = 0; i < count; i++) {
            check_text(parameters[i].name);
            check_text(parameters[i].value);
        }
    }
    Str decoded;
    if (!http_percent_decode(arena, input, &decoded)) {
        check_text(decoded);
        check(decoded.size <= size);
    }
    HttpHeader cookies = {.name = STR_INIT("cookie"), .value = input};
    HttpRequest request = {.arena = arena, .headers = &cookies, .header_count = 1};
    Str cookie = http_request_cookie(&request, "session");
    check(cookie.size <= size && str_find(cookie, ';') == cookie.size);
    return 0;
}
