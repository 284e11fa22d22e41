/*
 * Imports and undoes them, by the same importer as the API. Exit code 6 tells scripts that the work
 * was done but some rows wait to be mended; they are in the file that --rejected names.
 */
#include <inttypes.h>
#include <stdio.h>
#include <unistd.h>

#include "commands.h"
#include "files.h"
#include "importer.h"
#include "journal.h"
#include "system.h"

/* One run of the command; the exchange borrows the actor beside it. */
typedef struct ImportCommand {
    System system;
    const CommandLine *line;
    Actor actor;
    Exchange exchange;
    Problem problem;
} ImportCommand;

static void stop(ImportCommand *command) {
    system_stop(&command->system);
}

/* The actor lies in the command, since the exchange borrows it to the end. */
static ExitCode start(const CommandLine *line, ImportCommand *command) {
    command->line = line;
    ExitCode code = system_start(line, SYSTEM_DATABASE, &command->system);
    if (code != EXIT_DONE) return code;
    const System *system = &command->system;
    command->problem = problem_new(system->arena);
    command->actor = system_actor_of(system);
    command->exchange = (Exchange){.store = system->store,
                                   .business = system->business,
                                   .hooks = &system->hooks,
                                   .clock = system->clock,
                                   .actor = &command->actor};
    return EXIT_DONE;
}

static ExitCode refuse(ImportCommand *command, Status status) {
    return system_outcome(&command->system, &command->problem, status);
}

/* ---- What is told ---- */

/* Always goes on: a command is stopped by its signals. */
static bool show_progress(void *data, const ImportCounts *counts) {
    (void)data;
    if (isatty(STDERR_FILENO)) fprintf(stderr, "\r%10" PRId64 " rows ", counts->rows);
    return true;
}

/* Said before the import begins: who sees a wrong encoding here can still stop it. */
static void print_plan(const ImportPlan *plan) {
    printf("encoding %.*s (%d %%), delimiter %s, %s, map %s\n",
           STR_ARGS(encoding_name(plan->form.encoding)), plan->form.confidence,
           plan->form.delimiter == '\t' ? "tab" : (char[]){plan->form.delimiter, 0},
           plan->form.header ? "with headings" : "without headings", plan->map_from);
}

static void print_result(const ImportResult *result) {
    const ImportCounts *counts = &result->counts;
    printf("%" PRId64 " rows: %" PRId64 " created, %" PRId64 " updated, %" PRId64
           " unchanged, %" PRId64 " skipped (repeated key), %" PRId64 " rejected\n",
           counts->rows, counts->created, counts->updated, counts->unchanged, counts->skipped,
           counts->failed);
    for (size_t i = 0; i < result->example_count; i++) {
        printf("  line %" PRId64 ": %.*s\n", result->examples[i].line,
               STR_ARGS(result->examples[i].reasons));
    }
}

/* The rows hold people's data, so the file is its owner's alone and never replaces another. */
static ExitCode write_rejected(ImportCommand *command, const ImportResult *result) {
    const char *path = command_value(command->line, "rejected");
    if (!path || str_empty(result->rejected)) return EXIT_DONE;
    if (files_write_private(path, result->rejected) == STATUS_OK) {
        printf("the rows not taken are in %s\n", path);
        return EXIT_DONE;
    }
    fprintf(stderr, "ondo import: %s exists or cannot be written.\n", path);
    return EXIT_FAILED;
}

/* ---- Importing ---- */

/* Files are looked for before the work begins, and each failure names the one that is missing. */
static ExitCode read_request(ImportCommand *command, const char *object, const char *path,
                             ImportRequest *request) {
    const char *map = command_value(command->line, "map");
    const char *encoding = command_value(command->line, "encoding");
    const char *reason = command_value(command->line, "reason");
    Arena *arena = command->system.arena;
    Str map_text;
    json_t *map_node = NULL;
    *request =
        (ImportRequest){.object = model_object(command->system.business->model, str_of(object)),
                        .file_name = str_of(path),
                        .hints = {.encoding = str_of(encoding)},
                        .reason = str_of(reason),
                        .progress = show_progress};
    if (!request->object) {
        fprintf(stderr, "ondo import: there is no object %s.\n", object);
        return EXIT_MISSING;
    }
    if (files_read(arena, path, &request->bytes) != STATUS_OK) {
        fprintf(stderr, "ondo import: cannot read %s.\n", path);
        return EXIT_MISSING;
    }
    if (!map) return EXIT_DONE;
    if (files_read(arena, map, &map_text) != STATUS_OK) {
        fprintf(stderr, "ondo import: cannot read %s.\n", map);
        return EXIT_MISSING;
    }
    Status status = json_read(map_text, &command->problem, &map_node);
    if (status != STATUS_OK) return refuse(command, status);
    request->map = map_node;
    return EXIT_DONE;
}

/* A rehearsal prints the same figures as the import it foretells. */
static Status perform(ImportCommand *command, const ImportRequest *request, ImportResult *result) {
    ImportPlan plan;
    Id id;
    Arena *arena = command->system.arena;
    const Exchange *exchange = &command->exchange;
    Status status = importer_plan(exchange, request, arena, &command->problem, &plan);
    if (status != STATUS_OK) return status;
    print_plan(&plan);
    if (command_value(command->line, "dry-run")) {
        return importer_rehearse(exchange, request, &plan, arena, &command->problem, result);
    }
    status = importer_begin(exchange, request, &plan, arena, &command->problem, &id);
    if (status == STATUS_OK) {
        status = importer_run(exchange, request, &plan, id, arena, &command->problem, result);
    }
    if (status == STATUS_OK) status = journal_seal_all(command->system.store);
    if (status == STATUS_OK) printf("import %.*s\n", STR_ARGS(id_text(arena, id)));
    return status;
}

/* Progress ends with a line of its own, so that the summary does not stand behind it. */
static ExitCode import_file(ImportCommand *command, const char *object, const char *path) {
    ImportRequest request;
    ImportResult result = {0};
    ExitCode code = read_request(command, object, path, &request);
    if (code != EXIT_DONE) return code;
    Status status = perform(command, &request, &result);
    json_decref((json_t *)request.map);
    if (isatty(STDERR_FILENO)) fputc('\n', stderr);
    if (status != STATUS_OK) return refuse(command, status);
    print_result(&result);
    code = write_rejected(command, &result);
    return code == EXIT_DONE && result.counts.failed ? EXIT_PARTIAL : code;
}

/* ---- Undoing ---- */

/*
 * What was changed since, or refused, is no failure, but a person should look at it: exit code 6.
 */
static ExitCode undo(ImportCommand *command, const char *text) {
    Id id;
    UndoCounts counts;
    const char *reason = command_value(command->line, "reason");
    const Exchange *exchange = &command->exchange;
    Arena *arena = command->system.arena;
    if (!id_parse(str_of(text), &id)) {
        return command_misused(command->line, "--undo takes the id that the import printed.");
    }
    Status status = importer_undo_begin(exchange, id, arena, &command->problem);
    if (status == STATUS_OK) {
        status = importer_undo(exchange, id, str_of(reason), arena, &command->problem, &counts);
    }
    if (status == STATUS_OK) status = journal_seal_all(command->system.store);
    if (status != STATUS_OK) return refuse(command, status);
    printf("%" PRId64 " removed, %" PRId64 " reverted, %" PRId64 " changed since and left, %" PRId64
           " refused\n",
           counts.removed, counts.reverted, counts.changed_since, counts.refused);
    return counts.changed_since + counts.refused ? EXIT_PARTIAL : EXIT_DONE;
}

static ExitCode run(const CommandLine *line) {
    const char *object = command_argument(line, 0), *path = command_argument(line, 1);
    const char *undone = command_value(line, "undo");
    if (!undone && (!object || !path)) {
        return command_misused(line, "name an object and a file, or an import to --undo.");
    }
    ImportCommand command CLEANUP(stop) = {0};
    ExitCode code = start(line, &command);
    if (code != EXIT_DONE) return code;
    return undone ? undo(&command, undone) : import_file(&command, object, path);
}

static const CommandOption OPTIONS[] = {
    {"map", "FILE", "which column goes to which field; proposed from headings otherwise"},
    {"dry-run", NULL, "say what would happen, and change nothing"},
    {"rejected", "FILE", "write the rows not taken there, each with its reasons"},
    {"encoding", "NAME", "instead of detecting it: utf-8, cp932, euc-jp, gb18030, big5, utf-16le"},
    {"reason", "TEXT", "for the journal"},
    {"undo", "ID", "take an import back"},
    {NULL, NULL, NULL},
};

const Command COMMAND_IMPORT = {
    .name = "import",
    .arguments = "OBJECT FILE",
    .summary = "Import a CSV or TSV file, or take an import back",
    .details =
        "Encoding, delimiter and headings are detected and shown. A record is found by the\n"
        "key of the map and created or updated. Exit code 6: some rows were not taken.",
    .options = OPTIONS,
    .run = run,
};
