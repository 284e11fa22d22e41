/*
 * Needs no database: tools/build asks a program that was just built for its description, and
 * generates the page's types from it. Keys are sorted, so that the same API gives the same text.
 */
#include <stdio.h>
#include <stdlib.h>

#include "commands.h"
#include "openapi.h"
#include "system.h"

static ExitCode run(const CommandLine *line) {
    System system CLEANUP(system_stop) = {0};
    ExitCode code = system_start(line, SYSTEM_BUSINESS, &system);
    if (code != EXIT_DONE) return code;
    json_t *document CLEANUP(json_drop) = openapi_describe(system.business);
    char *text = json_dumps(document, JSON_INDENT(1) | JSON_SORT_KEYS);
    if (!text) return EXIT_FAILED;
    puts(text);
    free(text);
    return EXIT_DONE;
}

const Command COMMAND_OPENAPI = {
    .name = "openapi",
    .arguments = "",
    .summary = "Print the OpenAPI description of the API",
    .details = "The same document as /api/openapi.json.",
    .run = run,
};
