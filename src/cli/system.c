/*
 * What every command needs, in the order in which it is needed: clock, definitions, database.
 * Errors are said here, on standard error, in the language of the terminal; commands only hand on
 * the exit code.
 */
#include "system.h"

#include <fts.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>

#include "consequences.h"
#include "embedded.h"
#include "files.h"
#include "migration.h"
#include "publishing.h"
#include "tables.h"

static const Str BUSINESS_PREFIX = STR_INIT("pharma/");
static const Str DATABASE_DEFAULT = STR_INIT("var/ondo.db");
static const Str ZONE_DEFAULT = STR_INIT("Asia/Tokyo");

static Str environment(const char *name) {
    return str_of(getenv(name));
}

/* In the order of POSIX: the first variable that names one of our languages. */
static Lang terminal_language(void) {
    static const char *const NAMES[] = {"LC_ALL", "LC_MESSAGES", "LANG"};
    for (size_t i = 0; i < sizeof NAMES / sizeof *NAMES; i++) {
        Str value = environment(NAMES[i]);
        Lang lang;
        if (value.size >= 2 && lang_from_tag(str_part(value, 0, 2), &lang)) return lang;
    }
    return LANG_EN;
}

/* ---- Definitions: built in, replaced by files of the administrator's, and by those published ----
 */

/* What else lies in the folder (notes, backups of an editor) is passed over. */
static bool is_definition(Str path) {
    return str_ends(path, STR(".json"));
}

/*
 * A file of the same name replaces the built-in one as a whole; others are added. So an
 * administrator who changes one rule keeps all the rest as it comes.
 */
static ExitCode add_folder(System *system, const char *folder, ModelSource *sources, size_t *count,
                           size_t capacity) {
    char *const paths[] = {(char *)folder, NULL};
    FTS *tree = fts_open(paths, FTS_LOGICAL | FTS_NOCHDIR, NULL);
    ExitCode code = EXIT_DONE;
    for (FTSENT *entry; code == EXIT_DONE && tree && (entry = fts_read(tree));) {
        Str path = str_of(entry->fts_path + strlen(folder));
        if (entry->fts_info == FTS_NS || entry->fts_info == FTS_ERR) code = EXIT_MISSING;
        if (entry->fts_info != FTS_F || !is_definition(path)) continue;
        if (str_starts(path, STR("/"))) path = str_part(path, 1, path.size);
        ModelSource source = {.name = str_copy(system->arena, path)};
        if (files_read(system->arena, entry->fts_path, &source.text) != STATUS_OK) {
            code = EXIT_MISSING;
            continue;
        }
        size_t at = 0;
        while (at < *count && !str_equal(sources[at].name, source.name)) at++;
        if (at == capacity) continue;
        sources[at] = source;
        if (at == *count) ++*count;
    }
    if (tree) fts_close(tree);
    if (code != EXIT_DONE) fprintf(stderr, "ondo: cannot read the folder %s.\n", folder);
    return code;
}

enum { ADDED_DEFINITIONS_MOST = 1000 };

/*
 * The built-in files stand first, so that those of --business find their counterparts among them.
 */
static ExitCode collect_sources(System *system, const char *folder) {
    size_t capacity = embedded_count + ADDED_DEFINITIONS_MOST, count = 0;
    ModelSource *sources = ARENA_ARRAY(system->arena, capacity, ModelSource);
    for (size_t i = 0; i < embedded_count; i++) {
        Str path = embedded_files[i].path;
        if (!str_starts(path, BUSINESS_PREFIX) || !is_definition(path)) continue;
        sources[count++] = (ModelSource){.name = str_part(path, BUSINESS_PREFIX.size, path.size),
                                         .text = embedded_files[i].content};
    }
    ExitCode code = folder ? add_folder(system, folder, sources, &count, capacity) : EXIT_DONE;
    system->shipped = (Definitions){.sources = sources, .count = count};
    system->definitions = system->shipped;
    return code;
}

/* ---- Errors ---- */

/* Refusals of any kind are one code: what they are about was said in words. */
ExitCode system_exit_code(Status status) {
    switch (status) {
        case STATUS_OK: return EXIT_DONE;
        case STATUS_NOT_FOUND: return EXIT_MISSING;
        case STATUS_MALFORMED:
        case STATUS_INVALID:
        case STATUS_DENIED:
        case STATUS_CONFLICT:
        case STATUS_STALE:
        case STATUS_TOO_LARGE:
        case STATUS_LIMITED: return EXIT_REFUSED;
        default: return EXIT_FAILED;
    }
}

/*
 * Where the sentences themselves cannot be loaded (NULL) there are only codes and facts, which
 * still say more than nothing.
 */
static void complain(const System *system, const Texts *texts, const Problem *problem,
                     Status status) {
    for (const ProblemError *error = problem->first; error; error = error->next) {
        Str sentence = error->code;
        if (texts) {
            sentence =
                texts_sentence(texts, system->arena, system->lang, error->code, error->arguments);
        }
        fprintf(stderr, "ondo: %.*s%s%.*s", STR_ARGS(error->pointer),
                str_empty(error->pointer) ? "" : ": ", STR_ARGS(sentence));
        for (int i = 0; !texts && i < PROBLEM_ARGUMENTS; i++) {
            if (error->arguments[i].size) fprintf(stderr, " %.*s", STR_ARGS(error->arguments[i]));
        }
        fputc('\n', stderr);
    }
    if (!problem->first) fprintf(stderr, "ondo: %s\n", status_name(status));
}

void system_complain(const System *system, const Problem *problem, Status status) {
    complain(system, system->business ? system->business->texts : NULL, problem, status);
}

ExitCode system_outcome(const System *system, const Problem *problem, Status status) {
    if (status != STATUS_OK) system_complain(system, problem, status);
    return system_exit_code(status);
}

/* Definitions that do not load leave no business, but their errors deserve whole sentences. */
static void complain_of_business(const System *system, const Problem *problem, Status status) {
    Problem quiet = problem_new(system->arena);
    Texts *texts = NULL;
    Status loaded = business_load_texts(system->arena, system->definitions.sources,
                                        system->definitions.count, &quiet, &texts);
    complain(system, loaded == STATUS_OK ? texts : NULL, problem, status);
    texts_free(texts);
}

/* ---- Starting ---- */

/*
 * A system whose definitions do not fit does not start: half of the rules would be worse than none.
 */
static ExitCode load_business(System *system) {
    Problem problem = problem_new(system->arena);
    Status status = publishing_load(&system->definitions, &problem, &system->business);
    if (status == STATUS_OK) {
        system->hooks = consequences_hooks(system->business);
        return EXIT_DONE;
    }
    fprintf(stderr, "ondo: the definitions of the business are not usable:\n");
    complain_of_business(system, &problem, status);
    return EXIT_REFUSED;
}

static bool is_file(Str database) {
    return !str_starts(database, STR("postgresql://")) && !str_starts(database, STR("postgres://"));
}

/* Without a slash the file lies in the folder where the command was started. */
Str system_folder(const System *system, Arena *arena) {
    if (!is_file(system->database)) return STR("var");
    size_t last = system->database.size;
    while (last && system->database.data[last - 1] != '/') last--;
    return last ? str_copy(arena, str_part(system->database, 0, last - 1)) : STR(".");
}

static Status read_published(Transaction *transaction, void *data) {
    System *system = data;
    Status status = published_generation(transaction, &system->generation);
    if (status != STATUS_OK) return status;
    return published_lay_over(transaction, system->arena, &system->shipped, &system->definitions);
}

/*
 * An existing database is asked what was published in it before anything is changed; a new one is
 * not made before it is known that the definitions are usable.
 */
static ExitCode find_definitions(System *system, SystemNeed need) {
    StoreOptions options = {.database = system->database};
    Status status = store_open(&options, &system->store);
    if (status == STATUS_NOT_FOUND && need == SYSTEM_CREATE) return EXIT_DONE;
    if (status == STATUS_NOT_FOUND) {
        fprintf(stderr, "ondo: there is no database at %.*s. Make one with \"ondo init\".\n",
                STR_ARGS(system->database));
    }
    if (status == STATUS_OK && need != SYSTEM_SHIPPED) {
        status = store_read(system->store, read_published, system);
    }
    return system_exit_code(status);
}

static ExitCode create_database(System *system) {
    StoreOptions options = {.database = system->database, .create = true};
    if (system->store) return EXIT_DONE;
    if (is_file(system->database)) {
        mkdir(system_folder(system, system->arena).data, 0700); /* it may well be there */
    }
    return system_exit_code(store_open(&options, &system->store));
}

/*
 * The system's own tables first, then the model's; with SYSTEM_AS_IS neither, so that looking
 * changes nothing.
 */
static ExitCode update_database(System *system) {
    Problem problem = problem_new(system->arena);
    bool changed;
    Status status = migration_run(system->store);
    if (status == STATUS_OK) {
        status = tables_update(system->business->model, system->store, &problem, &changed);
    }
    return system_outcome(system, &problem, status);
}

/* On failure `out` holds what was made so far; system_stop takes it down. */
ExitCode system_start(const CommandLine *line, SystemNeed need, System *out) {
    const char *database = command_value(line, "database");
    *out = (System){.arena = arena_new(), .lang = terminal_language(), .zone = ZONE_DEFAULT};
    out->database = database ? str_of(database) : environment("ONDO_DATABASE");
    if (str_empty(out->database)) out->database = DATABASE_DEFAULT;
    if (!str_empty(environment("ONDO_ZONE"))) out->zone = environment("ONDO_ZONE");
    if (sodium_init() < 0) return EXIT_FAILED;
    if (!clock_from(environment("ONDO_NOW"), &out->clock)) {
        return command_misused(line,
                               "ONDO_NOW is no instant; write it like 2026-12-01T08:00:00+09:00.");
    }
    ExitCode code = collect_sources(out, command_value(line, "business"));
    if (code == EXIT_DONE && need != SYSTEM_BUSINESS) code = find_definitions(out, need);
    if (code == EXIT_DONE) code = load_business(out);
    if (code == EXIT_DONE && need == SYSTEM_CREATE) code = create_database(out);
    bool update = need == SYSTEM_DATABASE || need == SYSTEM_CREATE;
    return code == EXIT_DONE && update ? update_database(out) : code;
}

void system_stop(System *system) {
    store_close(system->store);
    business_free(system->business);
    arena_free(system->arena);
    *system = (System){0};
}

Actor system_actor_of(const System *system) {
    return (Actor){
        .lang = system->lang, .zone = system->zone, .via = STR("cli"), .everything = true};
}

/* With the hooks of a running system: what a command writes has the same consequences. */
Context system_context(const System *system, Arena *arena, Transaction *transaction, Actor *actor,
                       Problem *problem) {
    *actor = system_actor_of(system);
    return (Context){.arena = arena,
                     .transaction = transaction,
                     .model = system->business->model,
                     .hooks = &system->hooks,
                     .actor = actor,
                     .now = clock_now(&system->clock),
                     .problem = problem};
}

/* What a command wants to read, wrapped for the store. */
typedef struct ReadingJob {
    const System *system;
    SystemReading *read;
    void *data;
    Problem problem;
} ReadingJob;

static Status reading_job(Transaction *transaction, void *data) {
    ReadingJob *job = data;
    Actor actor;
    Context context =
        system_context(job->system, job->system->arena, transaction, &actor, &job->problem);
    return job->read(&context, job->data);
}

ExitCode system_read(const System *system, SystemReading *read, void *data) {
    ReadingJob job = {system, read, data, problem_new(system->arena)};
    Status status = store_read(system->store, reading_job, &job);
    return system_outcome(system, &job.problem, status);
}
