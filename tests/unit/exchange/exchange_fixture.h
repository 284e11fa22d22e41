/* A company to import into: the real definitions on a fresh database, an administrator and an MR.
 */
#ifndef ONDO_TESTS_EXCHANGE_FIXTURE_H
#define ONDO_TESTS_EXCHANGE_FIXTURE_H

#include "../store/store_fixture.h"

#include <dirent.h>

#include "consequences.h"
#include "importer.h"
#include "migration.h"
#include "record.h"
#include "tables.h"

typedef struct Company {
    Arena *arena;
    Business *business;
    Hooks hooks;
    Store *store;
    Actor admin, mr;
    Exchange exchange; /* as the administrator */
    Problem problem;
} Company;

static inline Str company_file(Arena *arena, const char *path) {
    Buffer text CLEANUP(buffer_free) = {0};
    FILE *file = fopen(path, "rb");
    if (!file) return (Str){0};
    size_t got;
    do {
        got = fread(buffer_room(&text, 65536), 1, 65536, file);
        text.size += got;
    } while (got);
    fclose(file);
    return str_copy(arena, buffer_str(&text));
}

static inline size_t company_sources(Arena *arena, const char *folder, ModelSource *sources,
                                     size_t count) {
    char path[1024];
    snprintf(path, sizeof path, ONDO_SOURCE_DIR "/pharma/%s", folder);
    DIR *files = opendir(path);
    assert_non_null(files);
    for (struct dirent *entry; (entry = readdir(files));) {
        Str name = str_of(entry->d_name);
        if (!str_ends(name, STR(".json"))) continue;
        snprintf(path, sizeof path, ONDO_SOURCE_DIR "/pharma/%s/%s", folder, entry->d_name);
        sources[count++] = (ModelSource){.name = str_format(arena, "%s/%s", folder, entry->d_name),
                                         .text = company_file(arena, path)};
    }
    closedir(files);
    return count;
}

static inline void company_show_problem(Company *company) {
    for (const ProblemError *error = company->problem.first; error; error = error->next) {
        print_error("%.*s: %.*s (%.*s)\n", STR_ARGS(error->pointer), STR_ARGS(error->code),
                    STR_ARGS(error->arguments[0]));
    }
}

static inline Business *company_business(Company *company) {
    static const char *const FOLDERS[] = {"objects",   "roles",      "rules",
                                          "templates", "dashboards", "scores",
                                          "playbooks", "rankings",   "texts"};
    ModelSource *sources = ARENA_ARRAY(company->arena, 200, ModelSource);
    size_t count = 0;
    for (size_t i = 0; i < sizeof FOLDERS / sizeof *FOLDERS; i++) {
        count = company_sources(company->arena, FOLDERS[i], sources, count);
    }
    Business *business = NULL;
    if (business_load(sources, count, &company->problem, &business) != STATUS_OK) {
        company_show_problem(company);
        fail_msg("the business does not load");
    }
    return business;
}

static inline Status company_users_job(Transaction *transaction, void *data) {
    Company *company = data;
    Actor system = {.everything = true, .zone = STR("Asia/Tokyo"), .via = STR("cli")};
    Problem problem = problem_new(company->arena);
    Exchange exchange = company->exchange;
    exchange.actor = &system;
    Context context = exchange_context(&exchange, company->arena, transaction, &problem);
    const Object *user = model_object(context.model, STR("user"));
    Actor *actors[] = {&company->admin, &company->mr};
    for (int i = 0; i < 2; i++) {
        json_t *body CLEANUP(json_drop) =
            json_pack("{s:s,s:s,s:s}", "login", i ? "mr1" : "admin", "name", i ? "MR 1" : "Admin",
                      "role", i ? "mr" : "admin");
        Record record;
        TRY(record_create(&context, user, body, &record));
        actors[i]->user = record.id;
    }
    return STATUS_OK;
}

static inline Company *company_open(Fixture *fixture) {
    Company *company = calloc(1, sizeof *company);
    bool changed;
    company->arena = arena_new();
    company->problem = problem_new(company->arena);
    company->store = fixture->store;
    company->business = company_business(company);
    company->hooks = consequences_hooks(company->business);
    assert_int_equal(migration_run(fixture->store), STATUS_OK);
    assert_int_equal(
        tables_update(company->business->model, fixture->store, &company->problem, &changed),
        STATUS_OK);
    company->admin = (Actor){.role = roles_find(company->business->roles, STR("admin")),
                             .zone = STR("Asia/Tokyo"),
                             .via = STR("cli")};
    company->mr = company->admin;
    company->mr.role = roles_find(company->business->roles, STR("mr"));
    company->exchange = (Exchange){.store = fixture->store,
                                   .business = company->business,
                                   .hooks = &company->hooks,
                                   .actor = &company->admin};
    assert_int_equal(store_write(fixture->store, company_users_job, company), STATUS_OK);
    return company;
}

static inline void company_close(Company **company) {
    business_free((*company)->business);
    arena_free((*company)->arena);
    free(*company);
}

static inline json_t *company_json(const char *text) {
    json_t *json = NULL;
    if (text) assert_int_equal(json_read(str_of(text), NULL, &json), STATUS_OK);
    return json;
}

static inline ImportRequest company_request(Company *company, const char *object, Str bytes,
                                            const json_t *map) {
    return (ImportRequest){.object = model_object(company->business->model, str_of(object)),
                           .file_name = STR("file.csv"),
                           .bytes = bytes,
                           .map = map};
}

/** Imports and returns the result; fails the test when the import as a whole is refused. */
static inline ImportResult company_import(Company *company, const char *object, Str bytes,
                                          const char *map, Id *id) {
    json_t *node CLEANUP(json_drop) = company_json(map);
    ImportRequest request = company_request(company, object, bytes, node);
    ImportPlan plan;
    ImportResult result;
    Status status =
        importer_plan(&company->exchange, &request, company->arena, &company->problem, &plan);
    if (status == STATUS_OK) {
        status = importer_begin(&company->exchange, &request, &plan, company->arena,
                                &company->problem, id);
    }
    if (status == STATUS_OK) {
        status = importer_run(&company->exchange, &request, &plan, *id, company->arena,
                              &company->problem, &result);
    }
    company_show_problem(company);
    assert_int_equal(status, STATUS_OK);
    return result;
}

static inline ImportResult company_rehearse(Company *company, const char *object, Str bytes,
                                            const char *map) {
    json_t *node CLEANUP(json_drop) = company_json(map);
    ImportRequest request = company_request(company, object, bytes, node);
    ImportPlan plan;
    ImportResult result;
    Status status =
        importer_plan(&company->exchange, &request, company->arena, &company->problem, &plan);
    if (status == STATUS_OK) {
        status = importer_rehearse(&company->exchange, &request, &plan, company->arena,
                                   &company->problem, &result);
    }
    company_show_problem(company);
    assert_int_equal(status, STATUS_OK);
    return result;
}

static inline UndoCounts company_undo(Company *company, Id id) {
    UndoCounts counts;
    assert_int_equal(importer_undo_begin(&company->exchange, id, company->arena, &company->problem),
                     STATUS_OK);
    assert_int_equal(importer_undo(&company->exchange, id, STR("wrong file"), company->arena,
                                   &company->problem, &counts),
                     STATUS_OK);
    return counts;
}

/** A file of real data; empty without the folder of such files. */
static inline Str company_shared(Company *company, const char *path) {
    const char *shared = getenv("ONDO_SHARED");
    char full[1024];
    if (!shared) return (Str){0};
    snprintf(full, sizeof full, "%s/data/%s", shared, path);
    return company_file(company->arena, full);
}

#endif
