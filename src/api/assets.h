/*
 * The page: files embedded in the binary, compressed when it was built. Names that carry a hash of
 * their content may be kept forever; any path without a file is the application itself.
 */
#ifndef ONDO_API_ASSETS_H
#define ONDO_API_ASSETS_H

#include "server.h"

/** One embedded file; `path` as in the browser, "assets/index-3f9a.js" or "index.html.br". */
typedef struct AssetFile {
    Str path, content;
} AssetFile;

/** The files of the page, all in memory for the life of the program. */
typedef struct Assets {
    const AssetFile *files; /* sorted by path, bytewise */
    size_t count;
} Assets;

/** Answers a GET or HEAD for a path of the page; 404 where there is nothing, 405 otherwise. */
void assets_serve(const Assets *assets, const HttpRequest *request, HttpResponse *response);

/** The headers that protect a page in a browser. */
void assets_protect(HttpResponse *response);
/** The few that keep a browser from taking data for a page; on answers of the API. */
void assets_protect_data(HttpResponse *response);

#endif
