/*
 * Exports as the system: whoever can open the database file can read it all. Who ran it is not
 * known, so the journal says "cli".
 */
#include <inttypes.h>
#include <stdio.h>

#include "commands.h"
#include "condition.h"
#include "export.h"
#include "journal.h"
#include "system.h"

static Status add_filter(void *data, Context *context, Sql *sql, Str alias) {
    return condition_add_sql(context, data, sql, alias);
}

/* The filter is JSON Logic, as the API takes it. */
static Status read_filter(const System *system, const CommandLine *line, Problem *problem,
                          ListQuery *query) {
    const char *filter = command_value(line, "filter");
    const Condition *condition;
    json_t *logic CLEANUP(json_drop) = NULL;
    if (!filter) return STATUS_OK;
    Status status = json_read(str_of(filter), problem, &logic);
    if (status == STATUS_OK) {
        status = condition_parse(system->arena, system->business->model, query->object, logic,
                                 STR("--filter"), problem, &condition);
    }
    if (status != STATUS_OK) return status;
    query->predicate = add_filter;
    query->predicate_data = (void *)condition;
    return STATUS_OK;
}

/* By --format, else by the file's ending. */
static bool find_form(const CommandLine *line, const char *path, ExportForm *out) {
    const char *format = command_value(line, "format");
    if (format) return export_form_from_name(str_of(format), out);
    *out = str_ends(str_of(path), STR(".xlsx")) ? EXPORT_XLSX : EXPORT_CSV;
    return true;
}

/* The filter goes into the journal as it was given: an export is an event of data protection. */
static Status perform(const System *system, const CommandLine *line, const char *path,
                      const ExportRequest *request, Problem *problem) {
    const char *filter = command_value(line, "filter");
    Actor actor = system_actor_of(system);
    Exchange exchange = {.store = system->store,
                         .business = system->business,
                         .hooks = &system->hooks,
                         .clock = system->clock,
                         .actor = &actor};
    ExportRequest noted = *request;
    int64_t count;
    noted.filter = str_of(filter);
    Status status = export_write(&exchange, &noted, path, problem, &count);
    if (status == STATUS_OK) status = journal_seal_all(system->store);
    if (status == STATUS_OK) printf("%" PRId64 " records are in %s\n", count, path);
    return status;
}

/* Names are looked up before anything is written, so that a mistyped object makes no file. */
static ExitCode run(const CommandLine *line) {
    const char *object = command_argument(line, 0), *path = command_argument(line, 1);
    ExportRequest request = {0};
    if (!object || !path) return command_misused(line, "name an object and a file.");
    if (!find_form(line, path, &request.form)) {
        return command_misused(line, "--format takes csv or xlsx.");
    }
    System system CLEANUP(system_stop) = {0};
    ExitCode code = system_start(line, SYSTEM_DATABASE, &system);
    if (code != EXIT_DONE) return code;
    Problem problem = problem_new(system.arena);
    ListQuery query = {.object = model_object(system.business->model, str_of(object))};
    if (!query.object) {
        fprintf(stderr, "ondo export: there is no object %s.\n", object);
        return EXIT_MISSING;
    }
    request.query = &query;
    Status status = read_filter(&system, line, &problem, &query);
    if (status == STATUS_OK) status = perform(&system, line, path, &request, &problem);
    return system_outcome(&system, &problem, status);
}

static const CommandOption OPTIONS[] = {
    {"filter", "JSON", "a condition, as the API's filter takes it"},
    {"format", "csv|xlsx", "otherwise by the file's ending"},
    {NULL, NULL, NULL},
};

const Command COMMAND_EXPORT = {
    .name = "export",
    .arguments = "OBJECT FILE",
    .summary = "Write all records of an object to a CSV or XLSX file",
    .details =
        "Choices, times and references are written as people read them. Each export is noted\n"
        "in the journal.",
    .options = OPTIONS,
    .run = run,
};
