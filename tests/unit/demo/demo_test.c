#include "demo.h"

#include <dirent.h>
#include <setjmp.h>
#include <sodium.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include <cmocka.h>

#include "business.h"
#include "clock.h"
#include "columns.h"
#include "migration.h"
#include "tables.h"

enum { HCPS = 600, VISITS = 6000, FILES_LIMIT = 128, DIGEST_SIZE = 32 };

static const int64_t NOW = INT64_C(1795249800000); /* 2026-11-21T08:30Z */

/* One database with the company in it, and what it was made from. */
typedef struct Fixture {
    Arena *arena;
    Problem problem;
    Business *business;
    Model *model;
    ModelSource files[FILES_LIMIT];
    size_t file_count;
    Store *store;
    char path[64];
} Fixture;

/* ---- Files and databases ---- */

static Str read_whole(Arena *arena, const char *path) {
    Buffer text CLEANUP(buffer_free) = {0};
    FILE *file = fopen(path, "rb");
    assert_non_null(file);
    size_t got;
    do {
        char *room = buffer_room(&text, 65536);
        got = fread(room, 1, 65536, file);
        text.size += got;
    } while (got > 0);
    (void)fclose(file);
    return str_copy(arena, buffer_str(&text));
}

static size_t read_folder(Arena *arena, const char *folder, ModelSource *out) {
    Str path = str_format(arena, "%s/pharma/%s", ONDO_SOURCE_DIR, folder);
    DIR *directory = opendir(path.data);
    assert_non_null(directory);
    size_t count = 0;
    for (struct dirent *entry; (entry = readdir(directory)) != NULL;) {
        if (!str_ends(str_of(entry->d_name), STR(".json"))) continue;
        assert_true(count < FILES_LIMIT);
        Str file = str_format(arena, "%s/%s", path.data, entry->d_name);
        out[count].name = str_format(arena, "%s/%s", folder, entry->d_name);
        out[count++].text = read_whole(arena, file.data);
    }
    (void)closedir(directory);
    return count;
}

static void open_company(Fixture *fixture) {
    ModelSource objects[FILES_LIMIT];
    *fixture = (Fixture){.arena = arena_new()};
    fixture->problem = problem_new(fixture->arena);
    static const char *const FOLDERS[] = {"objects",  "roles",     "scores",
                                          "rankings", "playbooks", "texts"};
    size_t count = 0;
    for (size_t i = 0; i < sizeof FOLDERS / sizeof *FOLDERS; i++) {
        count += read_folder(fixture->arena, FOLDERS[i], objects + count);
    }
    assert_int_equal(business_load(objects, count, &fixture->problem, &fixture->business),
                     STATUS_OK);
    fixture->model = fixture->business->model;
    fixture->file_count = read_folder(fixture->arena, "demo", fixture->files);
    (void)snprintf(fixture->path, sizeof fixture->path, "/tmp/ondo_demo_test_XXXXXX");
    int file = mkstemp(fixture->path);
    assert_true(file >= 0);
    (void)close(file);
    StoreOptions options = {.database = str_of(fixture->path), .create = true};
    bool changed;
    assert_int_equal(store_open(&options, &fixture->store), STATUS_OK);
    assert_int_equal(migration_run(fixture->store), STATUS_OK);
    assert_int_equal(tables_update(fixture->model, fixture->store, &fixture->problem, &changed),
                     STATUS_OK);
}

static void close_company(Fixture *fixture) {
    char side[80];
    store_close(fixture->store);
    business_free(fixture->business);
    (void)unlink(fixture->path);
    (void)snprintf(side, sizeof side, "%s-wal", fixture->path);
    (void)unlink(side);
    (void)snprintf(side, sizeof side, "%s-shm", fixture->path);
    (void)unlink(side);
    arena_free(fixture->arena);
}

static DemoOptions options_for(Fixture *fixture, uint64_t seed) {
    return (DemoOptions){.hcps = HCPS,
                         .visits = VISITS,
                         .seed = seed,
                         .now = NOW,
                         .password_hash = STR("$argon2id$of-the-test"),
                         .files = fixture->files,
                         .file_count = fixture->file_count,
                         .problem = &fixture->problem};
}

static void make_company(Fixture *fixture, uint64_t seed, DemoReport *report) {
    open_company(fixture);
    DemoOptions options = options_for(fixture, seed);
    assert_int_equal(demo_generate(fixture->store, fixture->model, &options, report), STATUS_OK);
}

/* ---- Asking ---- */

typedef struct Question {
    Str sql;
    int64_t answer;
} Question;

static Status ask(Transaction *transaction, void *data) {
    Question *question = data;
    Rows *rows CLEANUP(store_drop) = NULL;
    Status status = store_query(transaction, question->sql, NULL, 0, &rows);
    if (status != STATUS_OK) return status;
    status = store_next(rows);
    if (status != STATUS_OK) return status;
    question->answer = store_column(rows, 0, VALUE_INTEGER).integer;
    return STATUS_OK;
}

/* The number that a query with one row gives. */
static int64_t number(Fixture *fixture, const char *sql) {
    Question question = {.sql = str_of(sql)};
    assert_int_equal(store_read(fixture->store, ask, &question), STATUS_OK);
    return question.answer;
}

static void assert_none(Fixture *fixture, const char *sql) {
    int64_t found = number(fixture, sql);
    if (found) print_error("%s\n", sql);
    assert_int_equal(found, 0);
}

static void assert_some(Fixture *fixture, const char *sql) {
    int64_t found = number(fixture, sql);
    if (!found) print_error("%s\n", sql);
    assert_true(found > 0);
}

/* ---- The digest of everything ---- */

typedef struct Digest {
    const Object *object;
    crypto_generichash_state *hash;
} Digest;

static void add_value(crypto_generichash_state *hash, Value value) {
    unsigned char kind = (unsigned char)value.kind;
    crypto_generichash_update(hash, &kind, 1);
    if (value.kind == VALUE_BYTES) {
        crypto_generichash_update(hash, (const unsigned char *)value.text.data, value.text.size);
    }
}

static Status add_rows(Transaction *transaction, void *data) {
    Digest *digest = data;
    Arena *arena CLEANUP(arena_drop) = arena_new();
    Str sql = str_format(arena, "SELECT * FROM \"%.*s\" ORDER BY \"seq\"",
                         STR_ARGS(digest->object->name));
    Rows *rows CLEANUP(store_drop) = NULL;
    Status status = store_query(transaction, sql, NULL, 0, &rows);
    if (status != STATUS_OK) return status;
    int columns = 8 + (int)digest->object->field_count;
    while ((status = store_next(rows)) == STATUS_OK) {
        for (int i = 0; i < columns; i++) {
            add_value(digest->hash, store_column(rows, i, VALUE_BYTES));
        }
    }
    return status == STATUS_END ? STATUS_OK : status;
}

static void take_digest(Fixture *fixture, unsigned char out[DIGEST_SIZE]) {
    crypto_generichash_state hash;
    crypto_generichash_init(&hash, NULL, 0, DIGEST_SIZE);
    for (size_t i = 0; i < model_object_count(fixture->model); i++) {
        Digest digest = {.object = model_object_at(fixture->model, i), .hash = &hash};
        assert_int_equal(store_read(fixture->store, add_rows, &digest), STATUS_OK);
    }
    crypto_generichash_final(&hash, out, DIGEST_SIZE);
}

static void same_seed_makes_the_same_bytes(void **state) {
    (void)state;
    unsigned char digests[3][DIGEST_SIZE];
    const uint64_t seeds[3] = {5, 5, 6};
    for (int i = 0; i < 3; i++) {
        Fixture fixture;
        DemoReport report;
        make_company(&fixture, seeds[i], &report);
        take_digest(&fixture, digests[i]);
        close_company(&fixture);
    }
    assert_memory_equal(digests[0], digests[1], DIGEST_SIZE);
    assert_memory_not_equal(digests[0], digests[2], DIGEST_SIZE);
}

/* ---- One company, looked at from all sides ---- */

static Fixture company;
static DemoReport company_report;

static int set_up(void **state) {
    (void)state;
    make_company(&company, 1, &company_report);
    return 0;
}

static int tear_down(void **state) {
    (void)state;
    close_company(&company);
    return 0;
}

static void numbers_are_those_asked_for(void **state) {
    (void)state;
    assert_int_equal(number(&company, "SELECT count(*) FROM hcp"), HCPS);
    assert_int_equal(number(&company, "SELECT count(*) FROM visit"), VISITS);
    assert_int_equal(company_report.representatives, 3);
    assert_int_equal(company_report.managers, 3);
    for (size_t i = 0; i < company_report.count; i++) {
        Str sql = str_format(company.arena, "SELECT count(*) FROM \"%.*s\"",
                             STR_ARGS(company_report.counts[i].object));
        assert_int_equal(number(&company, sql.data), company_report.counts[i].count);
        assert_true(company_report.counts[i].count > 0);
    }
}

static void everybody_can_sign_in_but_those_who_left(void **state) {
    (void)state;
    assert_none(&company,
                "SELECT count(*) FROM \"user\" u LEFT JOIN credential c ON c.\"user\" = u.id"
                " WHERE u.active <> (c.password_hash IS NOT NULL)");
    assert_int_equal(number(&company,
                            "SELECT count(*) FROM \"user\" WHERE login IN ('mr1', 'mr2', 'mr3',"
                            " 'manager1', 'manager2', 'manager3', 'msl1', 'kam1', 'inside1',"
                            " 'marketing1', 'compliance1', 'admin')"),
                     12);
    assert_some(&company,
                "SELECT count(*) FROM \"user\" WHERE login = 'mr1' AND lang = 'ja'"
                " AND zone = 'Asia/Tokyo'");
    assert_some(&company, "SELECT count(*) FROM \"user\" WHERE login = 'mr2' AND lang = 'zh'");
    assert_some(&company, "SELECT count(*) FROM \"user\" WHERE login = 'mr3' AND lang = 'en'");
    assert_none(&company,
                "SELECT count(*) FROM \"user\" u JOIN team t ON t.id = u.team"
                " WHERE u.role = 'manager' AND t.manager <> u.id");
}

static void each_representative_has_a_share(void **state) {
    (void)state;
    assert_int_equal(number(&company,
                            "SELECT min(n) FROM (SELECT count(*) AS n FROM hcp"
                            " GROUP BY owner)"),
                     HCPS / 3);
    assert_none(&company,
                "SELECT count(*) FROM hcp h LEFT JOIN \"user\" u ON u.id = h.owner"
                " WHERE u.role IS NULL OR u.role <> 'mr' OR NOT u.active");
}

static void names_have_their_readings(void **state) {
    (void)state;
    assert_none(&company,
                "SELECT count(*) FROM hcp WHERE country = 'jp' AND (family_kana IS NULL"
                " OR given_kana IS NULL OR family_latin IS NULL)");
    assert_none(&company,
                "SELECT count(*) FROM hcp WHERE country = 'cn' AND (given_name IS NULL"
                " OR family_latin IS NULL OR given_latin IS NULL)");
    assert_some(&company, "SELECT count(*) FROM hcp WHERE country IN ('de','fr','gb','it','es')");
    assert_some(&company, "SELECT count(*) FROM hcp_search WHERE hcp_search MATCH 'sato'");
}

/* E1, L24: what is derived equals what it is derived from. */
static void derived_fields_are_those_of_the_visits(void **state) {
    (void)state;
    assert_none(&company,
                "SELECT count(*) FROM hcp h LEFT JOIN (SELECT hcp, count(*) AS n,"
                " max(held_at) AS last, min(held_at) AS first FROM visit"
                " WHERE state IN ('completed', 'signed') GROUP BY hcp) v ON v.hcp = h.id"
                " WHERE h.visit_count IS NOT coalesce(v.n, 0) OR h.last_visit_at IS NOT v.last"
                " OR h.first_contact_at IS NOT v.first");
}

/* E1a: the temperature is the newest reading's, and its history tells how it came to be. */
static void temperatures_are_those_of_the_newest_readings(void **state) {
    (void)state;
    assert_none(&company,
                "SELECT count(*) FROM hcp h WHERE h.temperature IS NOT (SELECT r.value FROM"
                " temperature_reading r WHERE r.hcp = h.id ORDER BY r.at DESC LIMIT 1)");
    assert_none(&company,
                "SELECT count(*) FROM (SELECT value, previous, lag(value) OVER (PARTITION BY hcp"
                " ORDER BY at) AS before FROM temperature_reading) WHERE previous IS NOT before");
    assert_none(&company,
                "SELECT count(*) FROM hcp h WHERE h.temperature_changed_at IS NOT (SELECT"
                " max(r.at) FROM temperature_reading r WHERE r.hcp = h.id AND"
                " r.value IS NOT r.previous)");
    assert_none(&company,
                "SELECT count(*) FROM temperature_reading WHERE previous IS NOT NULL AND"
                " (reason IS NULL OR reason = '')");
    assert_none(&company,
                "SELECT count(*) FROM temperature_reading r JOIN visit v ON v.id = r.visit"
                " WHERE v.temperature IS NOT r.value OR v.held_at <> r.at OR v.hcp <> r.hcp");
}

/* Every choice is one of the model's, every required field is filled, every text fits. */
static void values_are_what_the_model_allows(void **state) {
    (void)state;
    for (size_t i = 0; i < model_object_count(company.model); i++) {
        const Object *object = model_object_at(company.model, i);
        for (size_t j = 0; j < object->field_count; j++) {
            const Field *field = &object->fields[j];
            Str base = str_format(company.arena, "SELECT count(*) FROM \"%.*s\" WHERE \"%.*s\"",
                                  STR_ARGS(object->name), STR_ARGS(field->name));
            Str sql = str_format(company.arena, "%.*s IS NULL", STR_ARGS(base));
            if (field->required) assert_none(&company, sql.data);
            if (field->max_length > 0 && field->type != FIELD_TAGS) {
                sql =
                    str_format(company.arena, "%.*s IS NOT NULL AND length(\"%.*s\") > %lld",
                               STR_ARGS(base), STR_ARGS(field->name), (long long)field->max_length);
                assert_none(&company, sql.data);
            }
            if (field->type != FIELD_CHOICE) continue;
            sql = str_format(company.arena, "%.*s NOT IN (''", STR_ARGS(base));
            for (size_t k = 0; k < field->choice_count; k++) {
                sql = str_format(company.arena, "%.*s, '%.*s'", STR_ARGS(sql),
                                 STR_ARGS(field->choices[k].code));
            }
            sql = str_format(company.arena, "%.*s)", STR_ARGS(sql));
            assert_none(&company, sql.data);
        }
    }
}

static void references_lead_to_records(void **state) {
    (void)state;
    for (size_t i = 0; i < model_object_count(company.model); i++) {
        const Object *object = model_object_at(company.model, i);
        for (size_t j = 0; j < object->field_count; j++) {
            const Field *field = &object->fields[j];
            if (field->type != FIELD_REFERENCE) continue;
            Str sql = str_format(company.arena,
                                 "SELECT count(*) FROM \"%.*s\" WHERE \"%.*s\" IS NOT NULL AND"
                                 " \"%.*s\" NOT IN (SELECT id FROM \"%.*s\")",
                                 STR_ARGS(object->name), STR_ARGS(field->name),
                                 STR_ARGS(field->name), STR_ARGS(field->reference));
            assert_none(&company, sql.data);
        }
    }
}

static void nothing_was_made_in_the_future(void **state) {
    (void)state;
    for (size_t i = 0; i < model_object_count(company.model); i++) {
        const Object *object = model_object_at(company.model, i);
        Str sql = str_format(company.arena,
                             "SELECT count(*) FROM \"%.*s\" WHERE created_at > %lld OR"
                             " updated_at < created_at OR created_by IS NULL",
                             STR_ARGS(object->name), (long long)NOW);
        assert_none(&company, sql.data);
    }
    assert_none(&company,
                "SELECT count(*) FROM visit WHERE state <> 'planned' AND"
                " coalesce(held_at, planned_at) > 1795249800000");
    assert_some(&company,
                "SELECT count(*) FROM visit WHERE state = 'planned' AND"
                " planned_at > 1795249800000 AND held_at IS NULL");
    assert_none(&company,
                "SELECT count(*) FROM sign WHERE cleared_at > 1795249800000"
                " OR cleared_at < seen_at");
}

/* E11 to E13 for mr1, whose lists must have something to show. */
static void lists_of_mr1_are_not_empty(void **state) {
    (void)state;
    static const char *const LISTS[] = {
        "hcp t WHERE next_action_due < '2026-11-21'",
        "hcp t WHERE next_action_due BETWEEN '2026-11-21' AND '2026-11-27'",
        "hcp t WHERE temperature IN ('skeptical', 'prefers_competitor')"
        " AND temperature_changed_at > 1795249800000 - 30 * 86400000",
        "hcp t WHERE last_visit_at < 1795249800000 - 14 * 86400000 AND EXISTS"
        " (SELECT 1 FROM sign s WHERE s.hcp = t.id AND s.cleared_at IS NULL)",
        "hcp t WHERE temperature IN ('enthusiastic', 'favorable')"
        " AND last_visit_at < 1795249800000 - 30 * 86400000",
        "promise t WHERE state = 'open' AND due_at < 1795249800000",
        "promise t WHERE state = 'open' AND due_at > 1795249800000",
        "promise t WHERE state = 'delivered'",
        "promise t WHERE state = 'confirmed'",
        "promise t WHERE state = 'broken'",
        "task t WHERE state = 'open'",
        "visit t WHERE state = 'planned'",
        "visit t WHERE state = 'draft'",
    };
    for (size_t i = 0; i < sizeof LISTS / sizeof LISTS[0]; i++) {
        Str sql = str_format(company.arena,
                             "SELECT count(*) FROM %s AND t.owner ="
                             " (SELECT id FROM \"user\" WHERE login = 'mr1')",
                             LISTS[i]);
        assert_some(&company, sql.data);
    }
}

/* E14 for the manager of mr1's team. */
static void lists_of_manager1_are_not_empty(void **state) {
    (void)state;
    static const char *const LISTS[] = {
        "hcp t JOIN \"user\" u ON u.id = t.owner WHERE t.owner_changed_at >"
        " 1795249800000 - 30 * 86400000 AND t.temperature_at_reassignment IS NOT NULL",
        "hcp t JOIN \"user\" u ON u.id = t.former_owner JOIN handover o ON o.hcp = t.id AND"
        " o.from_user = u.id WHERE o.at = t.owner_changed_at AND 1 = 1",
        "hco t JOIN \"user\" u ON u.id = t.owner WHERE t.next_committee_on BETWEEN '2026-11-21'"
        " AND '2026-12-21'",
    };
    for (size_t i = 0; i < sizeof LISTS / sizeof LISTS[0]; i++) {
        const char *team =
            i == 1 ? "" : " AND u.team = (SELECT team FROM \"user\" WHERE login = 'manager1')";
        Str sql = str_format(company.arena, "SELECT count(*) FROM %s%s", LISTS[i], team);
        assert_some(&company, sql.data);
    }
    assert_int_equal(number(&company, "SELECT count(DISTINCT temperature) FROM hcp"), 6);
}

static void people_write_in_the_language_of_the_place(void **state) {
    (void)state;
    assert_none(&company,
                "SELECT count(*) FROM memo m JOIN hcp h ON h.id = m.hcp WHERE"
                " h.country NOT IN ('jp', 'cn') AND m.text GLOB '*[ぁ-ん一-龥]*'");
    assert_none(&company,
                "SELECT count(*) FROM memo m JOIN hcp h ON h.id = m.hcp WHERE"
                " h.country = 'jp' AND m.text NOT GLOB '*[ぁ-んァ-ヶ]*'");
    assert_none(&company,
                "SELECT count(*) FROM memo m JOIN hcp h ON h.id = m.hcp WHERE"
                " h.country = 'cn' AND (m.text GLOB '*[ぁ-ん]*'"
                " OR m.text NOT GLOB '*[一-龥]*')");
    assert_none(&company, "SELECT count(*) FROM memo WHERE text LIKE '%{%' OR text LIKE '%}%'");
    assert_none(&company, "SELECT count(*) FROM visit WHERE discussion LIKE '%{%'");
    assert_true(number(&company, "SELECT count(DISTINCT text) FROM memo") > 250);
    assert_int_equal(number(&company, "SELECT count(DISTINCT kind) FROM topic"), 6);
    assert_int_equal(number(&company, "SELECT count(DISTINCT kind) FROM memo"), 4);
    assert_int_equal(number(&company, "SELECT count(DISTINCT kind) FROM sign"), 4);
    assert_int_equal(number(&company, "SELECT count(DISTINCT kind) FROM hcp"), 5);
}

/* A constant is the position of its field's name: the last one and some between tell a slip. */
static void columns_stand_in_the_order_of_their_constants(void **state) {
    (void)state;
    static const struct {
        TableKind table;
        int column;
        const char *name;
    } PLACES[] = {
        {TABLE_TEAM, TEAM_MANAGER, "manager"},
        {TABLE_USER, USER_ROLE, "role"},
        {TABLE_USER, USER_ACTIVE, "active"},
        {TABLE_PRODUCT, PRODUCT_NAME, "name"},
        {TABLE_MESSAGE, MESSAGE_TEXT, "text"},
        {TABLE_HCO, HCO_CITY, "city"},
        {TABLE_HCO, HCO_TAGS, "tags"},
        {TABLE_HCP, HCP_TEMPERATURE, "temperature"},
        {TABLE_HCP, HCP_NEXT_ACTION, "next_action"},
        {TABLE_HCP, HCP_VISIT_COUNT, "visit_count"},
        {TABLE_AFFILIATION, AFFILIATION_FROM, "from"},
        {TABLE_LICENCE, LICENCE_VERIFIED_AT, "verified_at"},
        {TABLE_ADOPTION, ADOPTION_SINCE, "since"},
        {TABLE_REFERRAL, REFERRAL_STRENGTH, "strength"},
        {TABLE_HANDOVER, HANDOVER_READ_AT, "read_at"},
        {TABLE_VISIT, VISIT_TEMPERATURE, "temperature"},
        {TABLE_DETAIL, DETAIL_REACTION, "reaction"},
        {TABLE_TOPIC, TOPIC_STATE, "state"},
        {TABLE_PROMISE, PROMISE_STATE, "state"},
        {TABLE_SIGN, SIGN_CLEARED_BY, "cleared_by"},
        {TABLE_READING, READING_REASON, "reason"},
        {TABLE_MEMO, MEMO_VISIT, "visit"},
        {TABLE_TASK, TASK_STATE, "state"},
    };
    for (size_t i = 0; i < sizeof PLACES / sizeof PLACES[0]; i++) {
        Str rest = str_of(columns_of(PLACES[i].table)->fields), name = STR("");
        for (int j = 0; j <= PLACES[i].column; j++) name = str_cut(&rest, ' ');
        assert_true(str_is(name, PLACES[i].name));
    }
}

static void a_second_company_is_refused(void **state) {
    (void)state;
    DemoOptions options = options_for(&company, 1);
    DemoReport report;
    assert_int_equal(demo_generate(company.store, company.model, &options, &report),
                     STATUS_CONFLICT);
    assert_int_equal(number(&company, "SELECT count(*) FROM hcp"), HCPS);
}

static void wrong_options_are_named(void **state) {
    (void)state;
    DemoReport report;
    Problem problem = problem_new(company.arena);
    DemoOptions options = options_for(&company, 1);
    options.problem = &problem;
    options.hcps = 3;
    assert_int_equal(demo_generate(company.store, company.model, &options, &report),
                     STATUS_INVALID);
    assert_true(str_is(problem.last->code, "demo_range"));
    options.hcps = HCPS;
    options.file_count = 0;
    assert_int_equal(demo_generate(company.store, company.model, &options, &report),
                     STATUS_INVALID);
    assert_true(str_is(problem.last->code, "demo_file"));
    assert_true(str_is(problem.last->arguments[0], "demo/institutions.json"));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(numbers_are_those_asked_for),
        cmocka_unit_test(everybody_can_sign_in_but_those_who_left),
        cmocka_unit_test(each_representative_has_a_share),
        cmocka_unit_test(names_have_their_readings),
        cmocka_unit_test(derived_fields_are_those_of_the_visits),
        cmocka_unit_test(temperatures_are_those_of_the_newest_readings),
        cmocka_unit_test(values_are_what_the_model_allows),
        cmocka_unit_test(references_lead_to_records),
        cmocka_unit_test(nothing_was_made_in_the_future),
        cmocka_unit_test(lists_of_mr1_are_not_empty),
        cmocka_unit_test(lists_of_manager1_are_not_empty),
        cmocka_unit_test(people_write_in_the_language_of_the_place),
        cmocka_unit_test(columns_stand_in_the_order_of_their_constants),
        cmocka_unit_test(a_second_company_is_refused),
        cmocka_unit_test(wrong_options_are_named),
        cmocka_unit_test(same_seed_makes_the_same_bytes),
    };
    if (sodium_init() < 0) return 1;
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
