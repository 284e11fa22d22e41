/*
 * Serves the page from the binary: no folder to install, nothing that can be out of step with the
 * program. Compression happened when it was built, where the slowest level costs nobody a wait.
 */
#include "assets.h"

#include "coding.h"

/* By the ending of a file's name; anything else is sent as bytes to be saved. */
typedef struct MediaType {
    const char *ending, *type;
} MediaType;

static const MediaType MEDIA_TYPES[] = {
    {".html", "text/html; charset=utf-8"},
    {".js", "text/javascript; charset=utf-8"},
    {".css", "text/css; charset=utf-8"},
    {".json", "application/json"},
    {".webmanifest", "application/manifest+json"},
    {".svg", "image/svg+xml"},
    {".png", "image/png"},
    {".ico", "image/x-icon"},
    {".woff2", "font/woff2"},
    {".txt", "text/plain; charset=utf-8"},
};

/* Scripts, styles and data come from here alone, and nothing of them stands in the page itself. */
static const char POLICY[] =
    "default-src 'self'; script-src 'self'; style-src 'self'; "
    "img-src 'self' data: blob:; object-src 'none'; base-uri 'none'; form-action 'self'; "
    "frame-ancestors 'none'";

/* The table is sorted by the build, so that thousands of files cost a dozen comparisons. */
static const AssetFile *find_file(const Assets *assets, Str path) {
    size_t low = 0, high = assets->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        int order = str_compare(path, assets->files[middle].path);
        if (order == 0) return &assets->files[middle];
        if (order < 0) {
            high = middle;
        } else {
            low = middle + 1;
        }
    }
    return NULL;
}

/* By the name without the coding: "index.js.br" is a script all the same. */
static Str media_type(Str path) {
    for (size_t i = 0; i < sizeof MEDIA_TYPES / sizeof *MEDIA_TYPES; i++) {
        if (str_ends(path, str_of(MEDIA_TYPES[i].ending))) return str_of(MEDIA_TYPES[i].type);
    }
    return STR("application/octet-stream");
}

/* The file in the best coding that the browser takes and the build has made. */
static const AssetFile *find_coded(const Assets *assets, const HttpRequest *request, Str path,
                                   Coding *coding) {
    static const char *const ENDINGS[] = {[CODING_BROTLI] = ".br", [CODING_GZIP] = ".gz"};
    Str accepted = http_request_header(request, "Accept-Encoding");
    for (*coding = CODING_PLAIN + 1; *coding < CODING_COUNT; (*coding)++) {
        if (!coding_accepted(*coding, accepted)) continue;
        Str coded = str_join(request->arena, path, str_of(ENDINGS[*coding]));
        const AssetFile *file = find_file(assets, coded);
        if (file) return file;
    }
    *coding = CODING_PLAIN;
    return find_file(assets, path);
}

/* Also on answers of the API: a browser that opens one as a page must find nothing to run. */
void assets_protect(HttpResponse *response) {
    http_response_header(response, "Content-Security-Policy", str_of(POLICY));
    http_response_header(response, "X-Content-Type-Options", STR("nosniff"));
    http_response_header(response, "Referrer-Policy", STR("same-origin"));
    http_response_header(response, "Cross-Origin-Opener-Policy", STR("same-origin"));
    http_response_header(response, "Cross-Origin-Resource-Policy", STR("same-origin"));
    http_response_header(response, "Permissions-Policy",
                         STR("camera=(), geolocation=(), microphone=(), payment=()"));
}

/* Written as one text: this stands in the way of every request of a program. */
void assets_protect_data(HttpResponse *response) {
    buffer_add(&response->headers,
               STR("Content-Security-Policy: default-src 'none'; frame-ancestors 'none'\r\n"
                   "X-Content-Type-Options: nosniff\r\n"
                   "Referrer-Policy: no-referrer\r\n"
                   "Cross-Origin-Resource-Policy: same-origin\r\n"
                   "Cache-Control: no-store\r\n"));
}

/* What looks like a file and is none must not get the application with a 200. */
static Str page_path(const Assets *assets, const HttpRequest *request) {
    Str path = str_part(request->path, 1, request->path.size);
    if (find_file(assets, path)) return path;
    size_t last = 0;
    for (size_t i = 0; i < path.size; i++) {
        if (path.data[i] == '/') last = i + 1;
    }
    Str name = str_part(path, last, path.size);
    return str_find(name, '.') == name.size ? STR("index.html") : path;
}

/*
 * A name with a hash may be kept for ever; the page itself is asked for again each time, since it
 * is what names the hashed ones.
 */
void assets_serve(const Assets *assets, const HttpRequest *request, HttpResponse *response) {
    Coding coding;
    if (!str_is(request->method, "GET") && !str_is(request->method, "HEAD")) {
        response->status = 405;
        http_response_header(response, "Allow", STR("GET, HEAD"));
        return;
    }
    Str path = page_path(assets, request);
    const AssetFile *file = find_coded(assets, request, path, &coding);
    if (!file) {
        response->status = 404;
        return;
    }
    response->static_body = file->content;
    http_response_header(response, "Content-Type", media_type(path));
    http_response_header(response, "Vary", STR("Accept-Encoding"));
    if (coding != CODING_PLAIN) {
        response->compressed = true;
        http_response_header(response, "Content-Encoding", coding_name(coding));
    }
    bool hashed = str_starts(path, STR("assets/"));
    http_response_header(response, "Cache-Control",
                         hashed ? STR("public, max-age=31536000, immutable") : STR("no-cache"));
}
