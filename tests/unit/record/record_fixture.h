/*
 * A small company for the tests of records and of the layers above: the definitions in
 * tests/data/business, two teams, and people with different rights. Everything that touches the
 * database is one transaction; what went wrong in the last one is in `problem`.
 */
#ifndef ONDO_TESTS_RECORD_FIXTURE_H
#define ONDO_TESTS_RECORD_FIXTURE_H

#include "../store/store_fixture.h"

#include <fts.h>
#include <sodium.h>

#include "access.h"
#include "clock.h"
#include "field.h"
#include "files.h"
#include "hooks.h"
#include "migration.h"
#include "record.h"
#include "tables.h"

#define BUSINESS_FOLDER ONDO_SOURCE_DIR "/tests/data/business"

enum { SOURCES_MOST = 200 };

typedef struct World {
    Fixture *fixture;
    Store *store;
    Arena *arena;
    Model *model;
    Roles *roles;
    const Hooks *hooks; /* NULL unless a test sets them */
    int64_t now;
    Id north, south; /* teams */
    Actor boss, ann, ben, cho, lead, guest, system;
    Problem problem;
} World;

#define assert_str(str, expected)                                     \
    do {                                                              \
        Str got_ = (str);                                             \
        char *text_ = strndup(got_.data ? got_.data : "", got_.size); \
        assert_string_equal(text_, (expected));                       \
        free(text_);                                                  \
    } while (0)

#define assert_ok(expression) assert_string_equal(status_name(expression), "ok")
#define assert_refused(expression, expected) \
    assert_string_equal(status_name(expression), (expected))

static inline int64_t at(const char *text) {
    int64_t instant = 0;
    assert_true(instant_parse(str_of(text), &instant));
    return instant;
}

/* ---- Definitions ---- */

/** The definitions in `folder` whose name begins with `kind` ("objects/"), in order of their names.
 */
static inline size_t world_sources(Arena *arena, const char *folder, const char *kind,
                                   ModelSource out[SOURCES_MOST]) {
    char *const paths[] = {(char *)folder, NULL};
    FTS *tree = fts_open(paths, FTS_LOGICAL | FTS_NOCHDIR, NULL);
    size_t count = 0;
    assert_non_null(tree);
    for (FTSENT *entry; (entry = fts_read(tree));) {
        if (entry->fts_info != FTS_F) continue;
        Str name = str_of(entry->fts_path + strlen(folder) + 1);
        if (!str_starts(name, str_of(kind)) || !str_ends(name, STR(".json"))) continue;
        assert_true(count < SOURCES_MOST);
        out[count].name = str_copy(arena, name);
        assert_int_equal(files_read(arena, entry->fts_path, &out[count++].text), STATUS_OK);
    }
    fts_close(tree);
    return count;
}

static inline void world_complain(const Problem *problem) {
    for (const ProblemError *error = problem->first; error; error = error->next) {
        print_error("%.*s %.*s %.*s\n", STR_ARGS(error->pointer), STR_ARGS(error->code),
                    STR_ARGS(error->arguments[0]));
    }
}

static inline void world_load(World *world) {
    ModelSource sources[SOURCES_MOST];
    Problem problem = problem_new(world->arena);
    size_t count = world_sources(world->arena, BUSINESS_FOLDER, "objects/", sources);
    Status status = model_load(world->arena, sources, count, &problem, &world->model);
    world_complain(&problem);
    assert_ok(status);
    count = world_sources(world->arena, BUSINESS_FOLDER, "roles/", sources);
    status = roles_load(world->arena, world->model, sources, count, &problem, &world->roles);
    world_complain(&problem);
    assert_ok(status);
}

static inline const Object *world_object(const World *world, const char *name) {
    const Object *object = model_object(world->model, str_of(name));
    assert_non_null(object);
    return object;
}

static inline const Field *world_field(const World *world, const char *object, const char *name) {
    const Field *field = object_field(world_object(world, object), str_of(name));
    assert_non_null(field);
    return field;
}

/* ---- Transactions ---- */

typedef Status WorldWork(Context *context, void *data);

typedef struct WorldDeed {
    World *world;
    const Actor *actor;
    WorldWork *work;
    void *data;
} WorldDeed;

static inline Status world_job(Transaction *transaction, void *data) {
    WorldDeed *deed = data;
    World *world = deed->world;
    world->problem = problem_new(world->arena);
    Context context = {.arena = world->arena,
                       .transaction = transaction,
                       .model = world->model,
                       .hooks = world->hooks,
                       .actor = deed->actor,
                       .now = world->now,
                       .problem = &world->problem};
    return deed->work(&context, deed->data);
}

/** Does something in a transaction of its own, undone unless it gives STATUS_OK. */
static inline Status world_do(World *world, const Actor *actor, WorldWork *work, void *data) {
    WorldDeed deed = {world, actor, work, data};
    return store_write(world->store, world_job, &deed);
}

static inline Status world_see(World *world, const Actor *actor, WorldWork *work, void *data) {
    WorldDeed deed = {world, actor, work, data};
    return store_read(world->store, world_job, &deed);
}

/** "/pointer code" of the first error; "" when there is none. */
static inline const char *world_error(const World *world) {
    const ProblemError *error = world->problem.first;
    if (!error) return "";
    return str_format(world->arena, "%.*s %.*s", STR_ARGS(error->pointer), STR_ARGS(error->code))
        .data;
}

/* ---- Records ---- */

typedef struct RecordDeed {
    const Object *object;
    Id id;
    const json_t *body;
    int64_t if_version;
    Str reason;
    Record *out;
} RecordDeed;

static inline Status record_create_work(Context *context, void *data) {
    RecordDeed *deed = data;
    return record_create(context, deed->object, deed->body, deed->out);
}
static inline Status record_update_work(Context *context, void *data) {
    RecordDeed *deed = data;
    context->reason = deed->reason;
    return record_update(context, deed->object, deed->id, deed->body, deed->if_version, deed->out);
}
static inline Status record_delete_work(Context *context, void *data) {
    RecordDeed *deed = data;
    return record_delete(context, deed->object, deed->id, deed->if_version);
}
static inline Status record_restore_work(Context *context, void *data) {
    RecordDeed *deed = data;
    return record_restore(context, deed->object, deed->id, deed->out);
}
static inline Status record_read_work(Context *context, void *data) {
    RecordDeed *deed = data;
    return record_read(context, deed->object, deed->id, deed->out);
}

static inline json_t *world_json(const char *text) {
    json_t *body = NULL;
    if (json_read(str_of(text), NULL, &body) != STATUS_OK) fail_msg("no JSON: %s", text);
    return body;
}

static inline Status world_create(World *world, const Actor *actor, const char *object,
                                  const char *body, Record *out) {
    json_t *node CLEANUP(json_drop) = world_json(body);
    RecordDeed deed = {.object = world_object(world, object), .body = node, .out = out};
    return world_do(world, actor, record_create_work, &deed);
}

static inline Status world_update_if(World *world, const Actor *actor, const Record *record,
                                     int64_t if_version, const char *patch, Record *out) {
    json_t *node CLEANUP(json_drop) = world_json(patch);
    RecordDeed deed = {.object = record->object,
                       .id = record->id,
                       .body = node,
                       .if_version = if_version,
                       .out = out};
    return world_do(world, actor, record_update_work, &deed);
}

static inline Status world_update(World *world, const Actor *actor, const Record *record,
                                  const char *patch, Record *out) {
    return world_update_if(world, actor, record, 0, patch, out);
}

static inline Status world_delete(World *world, const Actor *actor, const Record *record) {
    RecordDeed deed = {.object = record->object, .id = record->id};
    return world_do(world, actor, record_delete_work, &deed);
}

static inline Status world_restore(World *world, const Actor *actor, const Record *record,
                                   Record *out) {
    RecordDeed deed = {.object = record->object, .id = record->id, .out = out};
    return world_do(world, actor, record_restore_work, &deed);
}

static inline Status world_read(World *world, const Actor *actor, const Record *record,
                                Record *out) {
    RecordDeed deed = {.object = record->object, .id = record->id, .out = out};
    return world_see(world, actor, record_read_work, &deed);
}

/** Creates what printf's words make, which must succeed. */
static inline Record world_made(World *world, const Actor *actor, const char *object,
                                const char *format, ...) __attribute__((format(printf, 4, 5)));
static inline Record world_made(World *world, const Actor *actor, const char *object,
                                const char *format, ...) {
    char body[4000];
    va_list arguments;
    Record record;
    va_start(arguments, format);
    vsnprintf(body, sizeof body, format, arguments);
    va_end(arguments);
    Status status = world_create(world, actor, object, body, &record);
    world_complain(&world->problem);
    assert_ok(status);
    return record;
}

/** Changes what printf's words say, which must succeed. */
static inline Record world_changed(World *world, const Actor *actor, const Record *record,
                                   const char *format, ...) __attribute__((format(printf, 4, 5)));
static inline Record world_changed(World *world, const Actor *actor, const Record *record,
                                   const char *format, ...) {
    char patch[4000];
    va_list arguments;
    Record changed;
    va_start(arguments, format);
    vsnprintf(patch, sizeof patch, format, arguments);
    va_end(arguments);
    Status status = world_update(world, actor, record, patch, &changed);
    world_complain(&world->problem);
    assert_ok(status);
    return changed;
}

/** The record as it is now. */
static inline Record world_now(World *world, const Record *record) {
    Record present;
    assert_ok(world_read(world, &world->system, record, &present));
    return present;
}

static inline const char *world_id(World *world, Id id) {
    return id_text(world->arena, id).data;
}

/** A field as text for assertions: "null", "42", "2026-…Z", "warm". */
static inline const char *world_value(World *world, const Record *record, const char *field) {
    Buffer text CLEANUP(buffer_free) = {0};
    JsonWriter json = json_writer(&text);
    const Field *found = object_field(record->object, str_of(field));
    assert_non_null(found);
    field_write_json(&json, found, &record->values[found->index]);
    Str value = buffer_str(&text);
    if (str_starts(value, STR("\""))) value = str_part(value, 1, value.size - 2);
    return str_copy(world->arena, value).data;
}

/** One number that an SQL text without parameters gives. */
static inline int64_t world_count(World *world, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
static inline int64_t world_count(World *world, const char *format, ...) {
    char sql[1000];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(sql, sizeof sql, format, arguments);
    va_end(arguments);
    return fixture_count(world->store, sql);
}

static inline Status world_sql_work(Context *context, void *sql) {
    return store_ddl(context->transaction, str_of(sql));
}
/** Runs SQL behind the back of everything above the store. */
static inline void world_run(World *world, const char *sql) {
    char *text = str_terminated(world->arena, str_of(sql));
    assert_ok(world_do(world, &world->system, world_sql_work, text));
}

/* ---- People ---- */

static inline Actor world_person(World *world, const char *name, const char *role, Id team) {
    Record user =
        world_made(world, &world->system, "user",
                   "{\"name\":\"%s\",\"team\":%s%s%s,\"lang\":\"en\",\"zone\":\"UTC\"}", name,
                   id_none(team) ? "" : "\"", id_none(team) ? "null" : world_id(world, team),
                   id_none(team) ? "" : "\"");
    return (Actor){.user = user.id,
                   .team = team,
                   .role = roles_find(world->roles, str_of(role)),
                   .zone = STR("UTC"),
                   .via = STR("api")};
}

static inline void world_hire(World *world) {
    world->system = (Actor){.everything = true, .zone = STR("UTC"), .via = STR("cli")};
    world->north = world_made(world, &world->system, "team", "{\"name\":\"North\"}").id;
    world->south = world_made(world, &world->system, "team", "{\"name\":\"South\"}").id;
    world->boss = world_person(world, "Boss", "boss", (Id){0});
    world->ann = world_person(world, "Ann", "seller", world->north);
    world->ben = world_person(world, "Ben", "seller", world->north);
    world->cho = world_person(world, "Cho", "seller", world->south);
    world->lead = world_person(world, "Lead", "leader", world->north);
    world->guest = world_person(world, "Guest", "guest", (Id){0});
}

/* ---- Setting up ---- */

static inline int world_build(void **state) {
    World *world = calloc(1, sizeof *world);
    Problem problem;
    bool changed;
    world->fixture = *state;
    world->store = world->fixture->store;
    world->arena = arena_new();
    world->now = at("2026-11-21T08:30:00Z");
    problem = problem_new(world->arena);
    assert_true(sodium_init() >= 0);
    world_load(world);
    assert_ok(migration_run(world->store));
    assert_ok(tables_update(world->model, world->store, &problem, &changed));
    world_hire(world);
    *state = world;
    return 0;
}

static inline int world_setup_sqlite(void **state) {
    return fixture_setup_sqlite(state) ? -1 : world_build(state);
}
static inline int world_setup_postgresql(void **state) {
    return fixture_setup_postgresql(state) ? -1 : world_build(state);
}

static inline Fixture *world_end(void **state) {
    World *world = *state;
    Fixture *fixture = world->fixture;
    model_free(world->model);
    arena_free(world->arena);
    free(world);
    return fixture;
}
static inline int world_teardown_sqlite(void **state) {
    *state = world_end(state);
    return fixture_teardown_sqlite(state);
}
static inline int world_teardown_postgresql(void **state) {
    *state = world_end(state);
    return fixture_teardown_postgresql(state);
}

/** Runs tests whose state is a World on SQLite, then on PostgreSQL if there is one. */
static inline int world_run_both(const char *name, struct CMUnitTest *tests, size_t count) {
    int failed = 0;
    for (int server = 0; server < (getenv("ONDO_TEST_POSTGRESQL") ? 2 : 1); server++) {
        for (size_t i = 0; i < count; i++) {
            tests[i].setup_func = server ? world_setup_postgresql : world_setup_sqlite;
            tests[i].teardown_func = server ? world_teardown_postgresql : world_teardown_sqlite;
        }
        printf("%s\n", server ? "on PostgreSQL" : "on SQLite");
        failed += _cmocka_run_group_tests(name, tests, count, NULL, NULL);
    }
    return failed;
}

#define WORLD_MAIN(...)                                                       \
    int main(void) {                                                          \
        struct CMUnitTest tests[] = {__VA_ARGS__};                            \
        return world_run_both(__FILE__, tests, sizeof tests / sizeof *tests); \
    }

#endif
