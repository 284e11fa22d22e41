#include "tables.h"
#include <pthread.h>

#include "../store/store_fixture.h"
#include "clock.h"
#include "collation.h"
#include "model_fixture.h"
#include "search_tokens.h"
#include "sql.h"

static Status update(Store *store, const Model *model, Problem *problem, bool *changed) {
    Status status = tables_update(model, store, problem, changed);
    if (status != STATUS_OK) fixture_print(problem);
    return status;
}

static void make(Store *store, const Model *model) {
    Arena *arena CLEANUP(arena_drop) = arena_new();
    Problem problem = problem_new(arena);
    bool changed = false;
    assert_int_equal(update(store, model, &problem, &changed), STATUS_OK);
    assert_true(changed);
}

/* ---- Small jobs ---- */

typedef struct Person {
    Id id;
    const char *family, *kana, *npi;
    int64_t deleted_at;
} Person;

static Status insert_person(Transaction *transaction, void *data) {
    const Person *person = data;
    return store_run(transaction,
                     "INSERT INTO \"hcp\" (\"id\", \"version\", \"created_at\", \"updated_at\", "
                     "\"deleted_at\", \"family_name\", \"family_kana\", \"npi\") "
                     "VALUES ($1, 1, 0, 0, $2, $3, $4, $5)",
                     value_id(person->id),
                     person->deleted_at ? value_integer(person->deleted_at) : value_null(),
                     value_text(str_of(person->family)),
                     person->kana ? value_text(str_of(person->kana)) : value_null(),
                     person->npi ? value_text(str_of(person->npi)) : value_null());
}

typedef struct Answer {
    Str sql;
    Value value;
    ValueKind kind;
    Arena *arena;
} Answer;

static Status ask_one(Transaction *transaction, void *data) {
    Answer *answer = data;
    Rows *rows CLEANUP(store_drop) = NULL;
    Status status = store_query(transaction, answer->sql, NULL, 0, &rows);
    if (status == STATUS_OK) status = store_next(rows);
    if (status != STATUS_OK) return status;
    Value value = store_column(rows, 0, answer->kind);
    answer->value = value_copy(answer->arena, &value);
    return STATUS_OK;
}

static Value ask(Arena *arena, Store *store, const char *sql, ValueKind kind) {
    Answer answer = {.sql = str_of(sql), .kind = kind, .arena = arena};
    assert_int_equal(store_read(store, ask_one, &answer), STATUS_OK);
    return answer.value;
}

static Status run_ddl(Transaction *transaction, void *data) {
    return store_ddl(transaction, str_of(data));
}

/* How many indexes of the model there are whose names begin so. */
static int64_t count_indexes(Arena *arena, Store *store, const char *beginning) {
    bool sqlite = store_kind(store) == STORE_SQLITE;
    Str sql = str_format(arena, "SELECT COUNT(*) FROM %s WHERE %s LIKE '%s%%'",
                         sqlite ? "sqlite_master" : "pg_indexes", sqlite ? "name" : "indexname",
                         beginning);
    return ask(arena, store, sql.data, VALUE_INTEGER).integer;
}

/* ---- Tests ---- */

static void every_field_becomes_a_column(void **state) {
    Fixture *fixture = *state;
    Arena *arena CLEANUP(arena_drop) = arena_new();
    Model *model = fixture_load(arena, fixture_sources());
    make(fixture->store, model);
    assert_int_equal(ask(arena, fixture->store,
                         "SELECT COUNT(*) FROM (SELECT \"id\", \"version\", \"created_at\", "
                         "\"created_by\", \"updated_at\", \"updated_by\", \"deleted_at\", "
                         "\"family_name\", \"family_name_sort_en\", \"family_name_sort_ja\", "
                         "\"family_name_sort_zh\", \"kind\", \"owner\", \"strength\", "
                         "\"visit_count\", \"last_visit_at\" FROM \"hcp\") AS x",
                         VALUE_INTEGER)
                         .integer,
                     0);
    assert_int_equal(count_indexes(arena, fixture->store, "unique_hcp_npi_"), 1);
    assert_int_equal(count_indexes(arena, fixture->store, "unique_hcp_owner_npi_"), 1);
    assert_int_equal(count_indexes(arena, fixture->store, "index_hcp_family_name_"), 4);
    assert_int_equal(count_indexes(arena, fixture->store, "index_hcp_owner_"), 2);
    assert_int_equal(count_indexes(arena, fixture->store, "index_visit_hcp_"), 1);
    assert_int_equal(count_indexes(arena, fixture->store, "index_hcp_empty_strength_"), 1);
    model_free(model);
}

static void a_second_update_changes_nothing_and_is_quick(void **state) {
    Fixture *fixture = *state;
    Arena *arena CLEANUP(arena_drop) = arena_new();
    Problem problem = problem_new(arena);
    Model *model = fixture_load(arena, fixture_sources());
    make(fixture->store, model);
    bool changed = true;
    int64_t start = clock_steady();
    assert_int_equal(update(fixture->store, model, &problem, &changed), STATUS_OK);
    assert_false(changed);
    assert_true(clock_steady() - start < 500);
    model_free(model);
}

static void unique_fields_hold_among_the_living(void **state) {
    Fixture *fixture = *state;
    Arena *arena CLEANUP(arena_drop) = arena_new();
    Model *model = fixture_load(arena, fixture_sources());
    make(fixture->store, model);
    Person first = {.id = id_new(1), .family = "佐藤", .npi = "1234567893"};
    Person gone = {.id = id_new(1), .family = "鈴木", .npi = "1993999998", .deleted_at = 5};
    Person again = {.id = id_new(1), .family = "鈴木", .npi = "1993999998"};
    Person same = {.id = id_new(1), .family = "田中", .npi = "1234567893"};
    Person none = {.id = id_new(1), .family = "高橋"},
           neither = {.id = id_new(1), .family = "伊藤"};
    assert_int_equal(store_write(fixture->store, insert_person, &first), STATUS_OK);
    assert_int_equal(store_write(fixture->store, insert_person, &gone), STATUS_OK);
    assert_int_equal(store_write(fixture->store, insert_person, &again), STATUS_OK);
    assert_int_equal(store_write(fixture->store, insert_person, &none), STATUS_OK);
    assert_int_equal(store_write(fixture->store, insert_person, &neither), STATUS_OK);
    assert_int_equal(store_write(fixture->store, insert_person, &same), STATUS_CONFLICT);
    model_free(model);
}

static void a_field_can_be_added_to_a_table_with_rows(void **state) {
    Fixture *fixture = *state;
    Arena *arena CLEANUP(arena_drop) = arena_new();
    Model *model = fixture_load(arena, fixture_sources());
    make(fixture->store, model);
    Person person = {.id = id_new(1), .family = "佐藤"};
    assert_int_equal(store_write(fixture->store, insert_person, &person), STATUS_OK);
    model_free(model);
    ModelSource sources[FIXTURE_OBJECTS];
    fixture_changed_sources(arena, "hcp", "/fields/-",
                            "{\"name\": \"nickname\", \"type\": \"text\", \"indexed\": true, "
                            "\"default\": \"x\", " LABELS "}",
                            sources);
    model = fixture_load(arena, sources);
    make(fixture->store, model);
    assert_int_equal(ask(arena, fixture->store,
                         "SELECT COUNT(*) FROM \"hcp\" WHERE \"family_name\" = '佐藤' AND "
                         "\"nickname\" IS NULL AND \"nickname_sort_ja\" IS NULL",
                         VALUE_INTEGER)
                         .integer,
                     1);
    assert_int_equal(count_indexes(arena, fixture->store, "index_hcp_nickname_"), 4);
    model_free(model);
}

static void a_required_field_added_later_takes_its_default(void **state) {
    Fixture *fixture = *state;
    Arena *arena CLEANUP(arena_drop) = arena_new();
    Model *model = fixture_load(arena, fixture_sources());
    make(fixture->store, model);
    Person person = {.id = id_new(1), .family = "佐藤"};
    assert_int_equal(store_write(fixture->store, insert_person, &person), STATUS_OK);
    model_free(model);
    ModelSource sources[FIXTURE_OBJECTS];
    fixture_changed_sources(arena, "hcp", "/fields/-",
                            "{\"name\": \"order\", \"type\": \"text\", \"indexed\": true, "
                            "\"required\": true, \"default\": \"x\", " LABELS "}",
                            sources);
    model = fixture_load(arena, sources);
    make(fixture->store, model);
    assert_int_equal(ask(arena, fixture->store,
                         "SELECT COUNT(*) FROM \"hcp\" WHERE \"order\" = 'x' AND "
                         "\"order_sort_en\" IS NOT NULL",
                         VALUE_INTEGER)
                         .integer,
                     1);
    model_free(model);
}

static Value key_of(Arena *arena, Store *store, const char *column) {
    Str sql = str_format(arena, "SELECT \"%s\" FROM \"hcp\"", column);
    return ask(arena, store, sql.data, VALUE_BYTES);
}

static void sort_keys_of_old_records_are_made_when_the_rule_changes(void **state) {
    Fixture *fixture = *state;
    Arena *arena CLEANUP(arena_drop) = arena_new();
    ModelSource sources[FIXTURE_OBJECTS];
    fixture_changed_sources(arena, "hcp", "/fields/0/sort_by", "{}", sources);
    Model *model = fixture_load(arena, sources);
    make(fixture->store, model);
    Person person = {.id = id_new(1), .family = "東海林", .kana = "しょうじ"};
    assert_int_equal(store_write(fixture->store, insert_person, &person), STATUS_OK);
    model_free(model);
    model = fixture_load(arena, fixture_sources());
    make(fixture->store, model);
    Value ja = key_of(arena, fixture->store, "family_name_sort_ja");
    Value en = key_of(arena, fixture->store, "family_name_sort_en");
    Value expected_ja = value_bytes(collation_key(arena, LANG_JA, STR("しょうじ")));
    Value expected_en = value_bytes(collation_key(arena, LANG_EN, STR("東海林")));
    assert_true(value_equal(&ja, &expected_ja));
    assert_true(value_equal(&en, &expected_en)); /* family_latin is empty: the name itself */
    bool changed = true;
    Problem problem = problem_new(arena);
    assert_int_equal(update(fixture->store, model, &problem, &changed), STATUS_OK);
    assert_false(changed);
    model_free(model);
}

static Status insert_visit(Transaction *transaction, void *data) {
    const Id *hcp = data;
    return store_run(transaction,
                     "INSERT INTO \"visit\" (\"id\", \"version\", \"created_at\", "
                     "\"updated_at\", \"hcp\", \"held_at\", \"state\") "
                     "VALUES ($1, 1, 0, 0, $2, $3, $4)",
                     value_id(id_new(2)), value_id(*hcp), value_integer(1700000000000),
                     value_text(STR("completed")));
}

/* The roll-up counts visits of one state; then the definition says that it counts another. */
static void a_rollup_of_old_records_is_measured_when_its_definition_changes(void **state) {
    Fixture *fixture = *state;
    Arena *arena CLEANUP(arena_drop) = arena_new();
    ModelSource sources[FIXTURE_OBJECTS];
    fixture_changed_sources(arena, "hcp", "/fields/8/rollup/where", "{\"state\": [\"signed\"]}",
                            sources);
    Model *model = fixture_load(arena, sources);
    make(fixture->store, model);
    Person person = {.id = id_new(1), .family = "佐藤"};
    assert_int_equal(store_write(fixture->store, insert_person, &person), STATUS_OK);
    assert_int_equal(store_write(fixture->store, insert_visit, &person.id), STATUS_OK);
    assert_int_equal(store_write(fixture->store, insert_visit, &person.id), STATUS_OK);
    model_free(model);
    const char *const count = "SELECT \"visit_count\" FROM \"hcp\"";
    model = fixture_load(arena, fixture_sources());
    make(fixture->store, model);
    assert_int_equal(ask(arena, fixture->store, count, VALUE_INTEGER).integer, 2);
    model_free(model);
    model = fixture_load(arena, sources);
    make(fixture->store, model);
    assert_int_equal(ask(arena, fixture->store, count, VALUE_INTEGER).integer, 0);
    model_free(model);
}

static Status forget_version(Transaction *transaction, void *data) {
    (void)data;
    Status status = store_run(transaction, "UPDATE \"hcp\" SET \"family_name_sort_en\" = NULL");
    if (status != STATUS_OK) return status;
    return store_run(transaction,
                     "UPDATE \"model_column\" SET \"note\" = '{text} 47-1.2.3.4' WHERE "
                     "\"object\" = 'hcp' AND \"field\" = 'family_name'");
}

static void sort_keys_are_made_again_for_another_version_of_icu(void **state) {
    Fixture *fixture = *state;
    Arena *arena CLEANUP(arena_drop) = arena_new();
    Model *model = fixture_load(arena, fixture_sources());
    make(fixture->store, model);
    Person person = {.id = id_new(1), .family = "東海林", .kana = "しょうじ"};
    assert_int_equal(store_write(fixture->store, insert_person, &person), STATUS_OK);
    assert_int_equal(store_write(fixture->store, forget_version, NULL), STATUS_OK);
    make(fixture->store, model);
    Value key = key_of(arena, fixture->store, "family_name_sort_en");
    Value expected = value_bytes(collation_key(arena, LANG_EN, STR("東海林")));
    assert_true(value_equal(&key, &expected));
    model_free(model);
}

static Status count_found(Transaction *transaction, void *data) {
    Answer *answer = data;
    Rows *rows CLEANUP(store_drop) = NULL;
    Sql sql CLEANUP(sql_free) = sql_new(answer->arena, transaction_kind(transaction));
    sql_add(&sql, "SELECT COUNT(*) FROM \"hcp\" AS h WHERE ");
    sql_add_search(&sql, STR("hcp"), STR("h"), search_query(answer->arena, answer->sql));
    Status status = sql_query(&sql, transaction, &rows);
    if (status == STATUS_OK) status = store_next(rows);
    if (status == STATUS_OK) answer->value = store_column(rows, 0, VALUE_INTEGER);
    return status;
}

static void old_records_are_found_by_a_field_that_becomes_searchable(void **state) {
    Fixture *fixture = *state;
    Arena *arena CLEANUP(arena_drop) = arena_new();
    Model *model = fixture_load(arena, fixture_sources());
    make(fixture->store, model);
    Person person = {.id = id_new(1), .family = "佐藤", .kana = "さとう"};
    assert_int_equal(store_write(fixture->store, insert_person, &person), STATUS_OK);
    model_free(model);
    ModelSource sources[FIXTURE_OBJECTS];
    fixture_changed_sources(arena, "hcp", "/fields/2/searchable", "true", sources);
    model = fixture_load(arena, sources);
    make(fixture->store, model);
    Answer answer = {.sql = STR("サトウ"), .arena = arena};
    assert_int_equal(store_read(fixture->store, count_found, &answer), STATUS_OK);
    assert_int_equal(answer.value.integer, 1);
    model_free(model);
}

static void many_old_records_are_filled_in_batches(void **state) {
    Fixture *fixture = *state;
    Arena *arena CLEANUP(arena_drop) = arena_new();
    ModelSource sources[FIXTURE_OBJECTS];
    fixture_changed_sources(arena, "hcp", "/fields/0/sort_by", "{}", sources);
    Model *model = fixture_load(arena, sources);
    make(fixture->store, model);
    for (int i = 0; i < 1001; i++) {
        Person person = {.id = id_new(1), .family = "東海林", .kana = "しょうじ"};
        assert_int_equal(store_write(fixture->store, insert_person, &person), STATUS_OK);
    }
    model_free(model);
    model = fixture_load(arena, fixture_sources());
    make(fixture->store, model);
    assert_int_equal(
        ask(arena, fixture->store,
            "SELECT COUNT(*) FROM \"hcp\" WHERE \"family_name_sort_ja\" IS NOT NULL", VALUE_INTEGER)
            .integer,
        1001);
    model_free(model);
}

static void a_field_cannot_become_unique_over_repeated_values(void **state) {
    Fixture *fixture = *state;
    Arena *arena CLEANUP(arena_drop) = arena_new();
    Problem problem = problem_new(arena);
    ModelSource sources[FIXTURE_OBJECTS];
    Model *model = fixture_load(arena, fixture_sources());
    make(fixture->store, model);
    Person one = {.id = id_new(1), .family = "佐藤"}, two = {.id = id_new(1), .family = "佐藤"};
    assert_int_equal(store_write(fixture->store, insert_person, &one), STATUS_OK);
    assert_int_equal(store_write(fixture->store, insert_person, &two), STATUS_OK);
    model_free(model);
    fixture_changed_sources(arena, "hcp", "/fields/0/unique", "true", sources);
    model = fixture_load(arena, sources);
    bool changed = false;
    assert_int_equal(tables_update(model, fixture->store, &problem, &changed), STATUS_CONFLICT);
    assert_int_equal(problem.count, 1);
    assert_str(problem.first->code, "unique_on_data");
    assert_str(problem.first->arguments[0], "hcp");
    assert_str(problem.first->arguments[1], "family_name");
    assert_int_equal(count_indexes(arena, fixture->store, "unique_hcp_family_name_"), 0);
    model_free(model);
}

static void uniqueness_can_be_lifted(void **state) {
    Fixture *fixture = *state;
    Arena *arena CLEANUP(arena_drop) = arena_new();
    ModelSource sources[FIXTURE_OBJECTS];
    Model *model = fixture_load(arena, fixture_sources());
    make(fixture->store, model);
    model_free(model);
    fixture_changed_sources(arena, "hcp", "/fields/4/unique", NULL, sources);
    model = fixture_load(arena, sources);
    make(fixture->store, model);
    Person one = {.id = id_new(1), .family = "佐藤", .npi = "1234567893"};
    Person two = {.id = id_new(1), .family = "鈴木", .npi = "1234567893"};
    assert_int_equal(store_write(fixture->store, insert_person, &one), STATUS_OK);
    assert_int_equal(store_write(fixture->store, insert_person, &two), STATUS_OK);
    model_free(model);
}

static void a_stored_type_cannot_change(void **state) {
    Fixture *fixture = *state;
    Arena *arena CLEANUP(arena_drop) = arena_new();
    Problem problem = problem_new(arena);
    ModelSource sources[FIXTURE_OBJECTS];
    Model *model = fixture_load(arena, fixture_sources());
    make(fixture->store, model);
    model_free(model);
    fixture_changed_sources(arena, "hcp", "/fields/1/type", "\"integer\"", sources);
    model = fixture_load(arena, sources);
    bool changed = false;
    assert_int_equal(tables_update(model, fixture->store, &problem, &changed), STATUS_CONFLICT);
    assert_str(problem.first->code, "field_type_changed");
    assert_str(problem.first->arguments[1], "given_name");
    model_free(model);
    /* Another type that is stored alike is fine. */
    fixture_changed_sources(arena, "hcp", "/fields/1/type", "\"long_text\"", sources);
    model = fixture_load(arena, sources);
    assert_int_equal(update(fixture->store, model, &problem, &changed), STATUS_OK);
    model_free(model);
}

static void indexes_can_make_way_for_loading(void **state) {
    Fixture *fixture = *state;
    Arena *arena CLEANUP(arena_drop) = arena_new();
    Model *model = fixture_load(arena, fixture_sources());
    make(fixture->store, model);
    int64_t before = count_indexes(arena, fixture->store, "index_");
    assert_int_equal(before, 9);
    assert_int_equal(tables_drop_indexes(model, fixture->store), STATUS_OK);
    assert_int_equal(count_indexes(arena, fixture->store, "index_"), 0);
    assert_int_equal(count_indexes(arena, fixture->store, "unique_hcp_"), 2);
    assert_int_equal(tables_make_indexes(model, fixture->store), STATUS_OK);
    assert_int_equal(count_indexes(arena, fixture->store, "index_"), before);
    model_free(model);
}

static void indexes_of_others_are_left_alone(void **state) {
    Fixture *fixture = *state;
    Arena *arena CLEANUP(arena_drop) = arena_new();
    Problem problem = problem_new(arena);
    Model *model = fixture_load(arena, fixture_sources());
    bool changed = true;
    make(fixture->store, model);
    assert_int_equal(
        store_write(fixture->store, run_ddl,
                    (char *)"CREATE INDEX \"administrators_own\" ON \"hcp\" (\"kind\")"),
        STATUS_OK);
    assert_int_equal(update(fixture->store, model, &problem, &changed), STATUS_OK);
    assert_false(changed);
    assert_int_equal(count_indexes(arena, fixture->store, "administrators_own"), 1);
    model_free(model);
}

typedef struct Starter {
    pthread_t thread;
    const char *database;
    const Model *model;
    Status status;
} Starter;

static void *start_server(void *data) {
    Starter *starter = data;
    Arena *arena CLEANUP(arena_drop) = arena_new();
    Problem problem = problem_new(arena);
    Store *store = NULL;
    bool changed;
    starter->status = fixture_open(starter->database, &store);
    if (starter->status != STATUS_OK) return NULL;
    starter->status = tables_update(starter->model, store, &problem, &changed);
    store_close(store);
    return NULL;
}

static void servers_may_start_at_once(void **state) {
    enum { SERVERS = 4 };
    Fixture *fixture = *state;
    Arena *arena CLEANUP(arena_drop) = arena_new();
    Model *model = fixture_load(arena, fixture_sources());
    Starter starters[SERVERS];
    for (int i = 0; i < SERVERS; i++) {
        starters[i] = (Starter){.database = fixture->database, .model = model};
        assert_int_equal(pthread_create(&starters[i].thread, NULL, start_server, &starters[i]), 0);
    }
    for (int i = 0; i < SERVERS; i++) pthread_join(starters[i].thread, NULL);
    for (int i = 0; i < SERVERS; i++) assert_int_equal(starters[i].status, STATUS_OK);
    model_free(model);
}

static void a_sort_key_uses_the_field_that_sorts(void **state) {
    Arena *arena CLEANUP(arena_drop) = arena_new();
    Model *model = fixture_load(arena, fixture_sources());
    const Object *hcp = model_object(model, STR("hcp"));
    const Field *family = object_field(hcp, STR("family_name"));
    Value values[10] = {[0] = value_text(STR("東海林")), [2] = value_text(STR("しょうじ"))};
    Value expected = value_bytes(collation_key(arena, LANG_JA, STR("しょうじ")));
    Value key = tables_sort_key(arena, hcp, family, LANG_JA, values);
    (void)state;
    assert_true(value_equal(&key, &expected));
    assert_str(tables_sort_column(arena, family, LANG_ZH), "family_name_sort_zh");
    assert_false(tables_has_sort_keys(object_field(hcp, STR("npi"))));
    values[0] = values[2] = value_null();
    key = tables_sort_key(arena, hcp, family, LANG_JA, values);
    assert_true(value_is_null(&key));
    model_free(model);
}

/* clang-format off */
#define ON(database, test) \
    { #test " (" #database ")", test, fixture_setup_##database, fixture_teardown_##database, NULL }
#define ALL(database)                                                                \
    ON(database, every_field_becomes_a_column),                                      \
        ON(database, a_second_update_changes_nothing_and_is_quick),                  \
        ON(database, unique_fields_hold_among_the_living),                           \
        ON(database, a_field_can_be_added_to_a_table_with_rows),                     \
        ON(database, a_required_field_added_later_takes_its_default), \
        ON(database, sort_keys_of_old_records_are_made_when_the_rule_changes),       \
        ON(database, sort_keys_are_made_again_for_another_version_of_icu), \
        ON(database, a_rollup_of_old_records_is_measured_when_its_definition_changes), \
        ON(database, old_records_are_found_by_a_field_that_becomes_searchable),      \
        ON(database, many_old_records_are_filled_in_batches),                        \
        ON(database, a_field_cannot_become_unique_over_repeated_values),             \
        ON(database, uniqueness_can_be_lifted), ON(database, a_stored_type_cannot_change), \
        ON(database, indexes_can_make_way_for_loading),                              \
        ON(database, indexes_of_others_are_left_alone)
/* clang-format on */

int main(void) {
    const struct CMUnitTest everywhere[] = {cmocka_unit_test(a_sort_key_uses_the_field_that_sorts),
                                            ALL(sqlite)};
    const struct CMUnitTest postgresql[] = {ALL(postgresql),
                                            ON(postgresql, servers_may_start_at_once)};
    int failed = cmocka_run_group_tests(everywhere, NULL, NULL);
    if (getenv("ONDO_TEST_POSTGRESQL")) failed += cmocka_run_group_tests(postgresql, NULL, NULL);
    return failed;
}
