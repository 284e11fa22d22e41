#include <pthread.h>

#include "store_fixture.h"

static const char TABLES[] =
    "CREATE TABLE thing ({row_key} \"id\" {id_key}, name {text} UNIQUE, size {integer},"
    " weight {decimal}, good {boolean}, seen {instant}, content {bytes}, tags {json});\n"
    "CREATE TABLE part ({row_key} \"id\" {id_key}, thing {id} NOT NULL REFERENCES thing(\"id\"),"
    " number {integer} NOT NULL CHECK (number < 100));";

static Status insert_named(Transaction *transaction, Id id, Str name) {
    return store_run(transaction, "INSERT INTO thing (id, name) VALUES ($1, $2)", value_id(id),
                     value_text(name));
}

/* ---- Values ---- */

typedef struct Values {
    Value in[7], out[7];
    Arena *arena;
} Values;

static const ValueKind KINDS[] = {VALUE_TEXT,    VALUE_INTEGER, VALUE_DECIMAL, VALUE_BOOLEAN,
                                  VALUE_INTEGER, VALUE_BYTES,   VALUE_TEXT};

static Status write_values(Transaction *transaction, void *data) {
    Values *values = data;
    Value parameters[8] = {value_id(id_new(1))};
    memcpy(parameters + 1, values->in, sizeof values->in);
    return store_execute(transaction,
                         STR("INSERT INTO thing (id, name, size, weight, good, seen, content, tags)"
                             " VALUES ($1, $2, $3, $4, $5, $6, $7, $8)"),
                         parameters, 8, NULL);
}

static Status read_values(Transaction *transaction, void *data) {
    Values *values = data;
    Rows *rows CLEANUP(store_drop) = NULL;
    TRY(store_ask(transaction, &rows,
                  "SELECT name, size, weight, good, seen, content, tags FROM thing"));
    TRY(store_next(rows));
    for (int i = 0; i < 7; i++) {
        Value value = store_column(rows, i, KINDS[i]);
        values->out[i] = value_copy(values->arena, &value);
    }
    return store_next(rows) == STATUS_END ? STATUS_OK : STATUS_FAILED;
}

static Status read_plainly(Transaction *transaction, void *data) {
    Arena *arena = data;
    Rows *rows CLEANUP(store_drop) = NULL;
    TRY(store_ask(transaction, &rows, "SELECT name, size, id, tags, seen FROM thing"));
    TRY(store_next(rows));
    Str name = store_copy_text(rows, 0, arena);
    assert_true(str_is(name, "x"));
    assert_ptr_not_equal(name.data, store_column_text(rows, 0).data);
    assert_int_equal(store_column_integer(rows, 1), -1);
    assert_false(id_none(store_column_id(rows, 2)));
    assert_true(str_empty(store_column_text(rows, 3)));
    assert_true(str_empty(store_copy_text(rows, 3, arena)));
    assert_int_equal(store_column_integer(rows, 4), 0);
    return STATUS_OK;
}

static Status read_no_id(Transaction *transaction, void *data) {
    Rows *rows CLEANUP(store_drop) = NULL;
    (void)data;
    TRY(store_ask(transaction, &rows, "SELECT id FROM thing WHERE FALSE UNION ALL SELECT NULL"));
    TRY(store_next(rows));
    assert_true(id_none(store_column_id(rows, 0)));
    return STATUS_OK;
}

static void a_null_reads_as_nothing(void **state) {
    Fixture *fixture = *state;
    Arena *arena CLEANUP(arena_drop) = arena_new();
    Values values = {.in = {value_text(STR("x")), value_integer(-1)}, .arena = arena};
    fixture_ddl(fixture, TABLES);
    assert_int_equal(store_write(fixture->store, write_values, &values), STATUS_OK);
    assert_int_equal(store_read(fixture->store, read_plainly, arena), STATUS_OK);
    assert_int_equal(store_read(fixture->store, read_no_id, NULL), STATUS_OK);
}

/* ---- Questions with one answer ---- */

static Status ask_of_one(Transaction *transaction, void *data) {
    Id id, *written = data;
    int64_t size = -1;
    bool there = false;
    Rows *rows CLEANUP(store_drop) = NULL;
    TRY(store_ask_first(transaction, &rows, "SELECT size FROM thing WHERE size > 0"));
    assert_int_equal(store_column_integer(rows, 0), 7);
    TRY(store_ask_id(transaction, &id, "SELECT id FROM thing WHERE name = $1",
                     value_text(STR("a"))));
    assert_true(id_equal(id, *written));
    TRY(store_ask_integer(transaction, &size, "SELECT size FROM thing WHERE id = $1",
                          value_id(*written)));
    assert_int_equal(size, 7);
    TRY(store_ask_integer(transaction, &size, "SELECT count(*) FROM thing"));
    assert_int_equal(size, 2);
    return store_ask_any(transaction, &there, "SELECT 1 FROM thing WHERE size > $1",
                         value_integer(5)) == STATUS_OK &&
                   there
               ? STATUS_OK
               : STATUS_FAILED;
}

static Status ask_of_none(Transaction *transaction, void *data) {
    Id id = *(Id *)data;
    int64_t size = -1;
    bool there = true;
    Rows *rows CLEANUP(store_drop) = NULL;
    assert_int_equal(store_ask_first(transaction, &rows, "SELECT id FROM thing WHERE FALSE"),
                     STATUS_END);
    TRY(store_ask_id(transaction, &id, "SELECT id FROM thing WHERE FALSE"));
    assert_true(id_none(id));
    TRY(store_ask_integer(transaction, &size, "SELECT size FROM thing WHERE FALSE"));
    assert_int_equal(size, 0);
    size = -1;
    TRY(store_ask_integer(transaction, &size, "SELECT size FROM thing WHERE name = $1",
                          value_text(STR("b"))));
    assert_int_equal(size, 0);
    TRY(store_ask_any(transaction, &there, "SELECT 1 FROM thing WHERE FALSE"));
    assert_false(there);
    return STATUS_OK;
}

/* What failed is told, and what the caller had stays. */
static Status ask_wrongly(Transaction *transaction, void *data) {
    Id *id = data, before = *id;
    int64_t size = -1;
    bool there = true;
    Rows *rows CLEANUP(store_drop) = NULL;
    assert_int_equal(store_ask_id(transaction, id, "SELECT id FROM nothing"), STATUS_FAILED);
    assert_true(id_equal(*id, before));
    assert_int_equal(store_ask_integer(transaction, &size, "SELECT 1"), STATUS_FAILED);
    assert_int_equal(size, -1);
    assert_int_equal(store_ask_any(transaction, &there, "SELECT 1"), STATUS_FAILED);
    assert_true(there);
    return store_ask_first(transaction, &rows, "SELECT 1");
}

static Status write_two(Transaction *transaction, void *data) {
    Id *id = data;
    TRY(store_run(transaction, "INSERT INTO thing (id, name, size) VALUES ($1, $2, $3)",
                  value_id(*id), value_text(STR("a")), value_integer(7)));
    return store_run(transaction, "INSERT INTO thing (id, name, size) VALUES ($1, $2, NULL)",
                     value_id(id_new(2)), value_text(STR("b")));
}

static void one_value_is_asked_for_at_once(void **state) {
    Fixture *fixture = *state;
    Id id = id_new(1);
    fixture_ddl(fixture, TABLES);
    assert_int_equal(store_write(fixture->store, write_two, &id), STATUS_OK);
    assert_int_equal(store_read(fixture->store, ask_of_one, &id), STATUS_OK);
    assert_int_equal(store_read(fixture->store, ask_of_none, &id), STATUS_OK);
    assert_int_equal(store_read(fixture->store, ask_wrongly, &id), STATUS_FAILED);
}

static void check_round_trip(Fixture *fixture, const Value in[7]) {
    Arena *arena CLEANUP(arena_drop) = arena_new();
    Values values = {.arena = arena};
    memcpy(values.in, in, sizeof values.in);
    fixture_ddl(fixture, "DELETE FROM thing");
    assert_int_equal(store_write(fixture->store, write_values, &values), STATUS_OK);
    assert_int_equal(store_read(fixture->store, read_values, &values), STATUS_OK);
    for (int i = 0; i < 7; i++) assert_true(value_equal(&values.in[i], &values.out[i]));
}

static void values_come_back_as_they_went(void **state) {
    Fixture *fixture = *state;
    fixture_ddl(fixture, TABLES);
    check_round_trip(
        fixture, (const Value[7]){value_text(STR("髙橋 がん 👩‍⚕️ é")),
                                  value_integer(INT64_MAX), value_decimal(0.1), value_boolean(true),
                                  value_integer(1795000000123), value_bytes(STR("\0\1\xff'\\x")),
                                  value_text(STR("[\"a\",\"b\"]"))});
    check_round_trip(fixture, (const Value[7]){value_text(STR("")), value_integer(INT64_MIN),
                                               value_decimal(-1.7976931348623157e308),
                                               value_boolean(false), value_integer(0),
                                               value_bytes(STR("")), value_text(STR("'\"\\;--"))});
    /* NULL everywhere, after the same statement had values, and values again after NULLs. */
    check_round_trip(fixture, (const Value[7]){{0}});
    check_round_trip(fixture, (const Value[7]){value_text(STR("x")), value_integer(-1),
                                               value_decimal(4.9406564584124654e-324),
                                               value_boolean(true), value_integer(-5),
                                               value_bytes(STR("\0")), value_text(STR("[]"))});
}

static Status compare_order(Transaction *transaction, void *data) {
    char *order = data;
    Rows *rows CLEANUP(store_drop) = NULL;
    Status status;
    static const char *const NAMES[] = {"b", "A", "é", "a", "B", "Z", "あ", "_"};
    for (size_t i = 0; i < 8; i++) TRY(insert_named(transaction, id_new(1), str_of(NAMES[i])));
    TRY(store_ask(transaction, &rows,
                  "SELECT name FROM thing WHERE name > $1 AND name LIKE $2 ORDER BY name",
                  value_text(STR("A")), value_text(STR("%"))));
    while ((status = store_next(rows)) == STATUS_OK) {
        Str name = store_column(rows, 0, VALUE_TEXT).text;
        strncat(order, name.data, name.size);
    }
    return status == STATUS_END ? STATUS_OK : status;
}

static void text_compares_bytewise(void **state) {
    char order[64] = "";
    fixture_ddl(*state, TABLES);
    assert_int_equal(store_write(((Fixture *)*state)->store, compare_order, order), STATUS_OK);
    assert_string_equal(order, "BZ_abéあ");
}

static Status ask_out_of_order(Transaction *transaction, void *data) {
    Rows *rows CLEANUP(store_drop) = NULL;
    int64_t *found = data;
    TRY(store_ask(transaction, &rows,
                  "SELECT CAST($2 AS bigint) * 100 + CAST($1 AS bigint) * 10 + "
                  "CAST($2 AS bigint) WHERE CAST($3 AS text) = 'three'",
                  value_integer(1), value_integer(2), value_text(STR("three"))));
    TRY(store_next(rows));
    *found = store_column(rows, 0, VALUE_INTEGER).integer;
    return STATUS_OK;
}

static void parameters_are_bound_by_their_number(void **state) {
    int64_t found = 0;
    assert_int_equal(store_read(((Fixture *)*state)->store, ask_out_of_order, &found), STATUS_OK);
    assert_int_equal(found, 212);
}

/* ---- What a job leaves ---- */

static Status write_then_fail(Transaction *transaction, void *data) {
    TRY(insert_named(transaction, id_new(1), STR("lost")));
    return *(Status *)data;
}

static void a_failing_job_leaves_nothing(void **state) {
    Fixture *fixture = *state;
    fixture_ddl(fixture, TABLES);
    Status wanted = STATUS_STALE;
    assert_int_equal(store_write(fixture->store, write_then_fail, &wanted), STATUS_STALE);
    assert_int_equal(fixture_count(fixture->store, "SELECT count(*) FROM thing"), 0);
    assert_int_equal(store_figures(fixture->store).rollbacks, 1);
    wanted = STATUS_OK;
    assert_int_equal(store_write(fixture->store, write_then_fail, &wanted), STATUS_OK);
    assert_int_equal(fixture_count(fixture->store, "SELECT count(*) FROM thing"), 1);
}

typedef struct Outcome {
    Status first, later;
    int64_t changed;
} Outcome;

static Status break_unique(Transaction *transaction, void *data) {
    Outcome *outcome = data;
    TRY(insert_named(transaction, id_new(1), STR("same")));
    outcome->first = insert_named(transaction, id_new(1), STR("same"));
    outcome->later = insert_named(transaction, id_new(1), STR("other"));
    return STATUS_OK;
}

static Status break_reference(Transaction *transaction, void *data) {
    Outcome *outcome = data;
    outcome->first =
        store_run(transaction, "INSERT INTO part (id, thing, number) VALUES ($1, $2, 1)",
                  value_id(id_new(1)), value_id(id_new(1)));
    return outcome->first;
}

static Status break_check(Transaction *transaction, void *data) {
    Id thing = id_new(1);
    (void)data;
    TRY(insert_named(transaction, thing, STR("whole")));
    return store_run(transaction, "INSERT INTO part (id, thing, number) VALUES ($1, $2, $3)",
                     value_id(id_new(1)), value_id(thing), value_integer(100));
}

static void violations_are_conflicts_and_spoil_the_job(void **state) {
    Fixture *fixture = *state;
    Outcome outcome = {0};
    fixture_ddl(fixture, TABLES);
    assert_int_equal(store_write(fixture->store, break_unique, &outcome), STATUS_CONFLICT);
    assert_int_equal(outcome.first, STATUS_CONFLICT);
    assert_int_equal(outcome.later, STATUS_CONFLICT);
    assert_int_equal(store_write(fixture->store, break_reference, &outcome), STATUS_CONFLICT);
    assert_int_equal(store_write(fixture->store, break_check, NULL), STATUS_INVALID);
    assert_int_equal(fixture_count(fixture->store, "SELECT count(*) FROM thing"), 0);
}

static Status insert_same(Transaction *transaction, void *data) {
    (void)data;
    TRY(insert_named(transaction, id_new(1), STR("inner")));
    return insert_named(transaction, id_new(1), STR("same"));
}

static Status go_on_after_conflict(Transaction *transaction, void *data) {
    Outcome *outcome = data;
    TRY(insert_named(transaction, id_new(1), STR("same")));
    outcome->first = store_attempt(transaction, insert_same, NULL);
    TRY(store_savepoint_open(transaction));
    TRY(store_savepoint_open(transaction));
    outcome->later = insert_named(transaction, id_new(1), STR("same"));
    TRY(store_savepoint_undo(transaction));
    TRY(insert_named(transaction, id_new(1), STR("kept")));
    TRY(store_savepoint_keep(transaction));
    TRY(store_savepoint_open(transaction));
    TRY(insert_named(transaction, id_new(1), STR("regretted")));
    return store_savepoint_undo(transaction);
}

static void savepoints_heal_a_job(void **state) {
    Fixture *fixture = *state;
    Outcome outcome = {0};
    fixture_ddl(fixture, TABLES);
    assert_int_equal(store_write(fixture->store, go_on_after_conflict, &outcome), STATUS_OK);
    assert_int_equal(outcome.first, STATUS_CONFLICT);
    assert_int_equal(outcome.later, STATUS_CONFLICT);
    assert_int_equal(fixture_count(fixture->store, "SELECT count(*) FROM thing"), 2);
    assert_int_equal(
        fixture_count(fixture->store,
                      "SELECT count(*) FROM thing WHERE name IN ('inner', 'regretted')"),
        0);
}

static Status count_changed(Transaction *transaction, void *data) {
    int64_t *changed = data;
    static const char *const NAMES[] = {"a", "b", "c"};
    for (size_t i = 0; i < 3; i++) TRY(insert_named(transaction, id_new(1), str_of(NAMES[i])));
    TRY(store_execute(transaction, STR("UPDATE thing SET size = 1 WHERE name > 'a'"), NULL, 0,
                      &changed[0]));
    TRY(store_execute(transaction, STR("UPDATE thing SET size = 1 WHERE name > 'x'"), NULL, 0,
                      &changed[1]));
    return store_execute(transaction, STR("CREATE INDEX thing_size ON thing (size)"), NULL, 0,
                         &changed[2]);
}

static void changed_rows_are_counted(void **state) {
    int64_t changed[3] = {-1, -1, -1};
    fixture_ddl(*state, TABLES);
    assert_int_equal(store_write(((Fixture *)*state)->store, count_changed, changed), STATUS_OK);
    assert_int_equal(changed[0], 2);
    assert_int_equal(changed[1], 0);
    assert_int_equal(changed[2], 0);
}

/* ---- Queries ---- */

static Status insert_numbers(Transaction *transaction, void *data) {
    Id thing = id_new(1);
    TRY(insert_named(transaction, thing, STR("whole")));
    for (int i = 0; i < *(int *)data; i++) {
        TRY(store_run(transaction, "INSERT INTO part (id, thing, number) VALUES ($1, $2, $3)",
                      value_id(id_new(1)), value_id(thing), value_integer(i)));
    }
    return STATUS_OK;
}

static const char NUMBERS[] = "SELECT number FROM part WHERE number >= $1 ORDER BY number";

/* The same text read at two levels, one inside the other, and queries that nobody finishes. */
static Status read_nested(Transaction *transaction, void *data) {
    int64_t *sum = data;
    Rows *outer CLEANUP(store_drop) = NULL, *forgotten;
    Status status;
    TRY(store_ask(transaction, &forgotten, NUMBERS, value_integer(0)));
    TRY(store_next(forgotten));
    TRY(store_ask(transaction, &outer, NUMBERS, value_integer(0)));
    while ((status = store_next(outer)) == STATUS_OK) {
        Rows *inner CLEANUP(store_drop) = NULL;
        int64_t number = store_column(outer, 0, VALUE_INTEGER).integer;
        TRY(store_ask(transaction, &inner, NUMBERS, value_integer(number)));
        while ((status = store_next(inner)) == STATUS_OK) {
            *sum += store_column(inner, 0, VALUE_INTEGER).integer;
        }
        if (status != STATUS_END || store_next(inner) != STATUS_END) return STATUS_FAILED;
    }
    return status == STATUS_END ? STATUS_OK : status;
}

static void queries_nest_and_are_finished_for_the_forgetful(void **state) {
    Fixture *fixture = *state;
    int count = 10;
    fixture_ddl(fixture, TABLES);
    assert_int_equal(store_write(fixture->store, insert_numbers, &count), STATUS_OK);
    for (int i = 0; i < 3; i++) {
        int64_t sum = 0;
        assert_int_equal(store_read(fixture->store, read_nested, &sum), STATUS_OK);
        assert_int_equal(sum, 330); /* each number n is seen n + 1 times */
    }
}

static Status ask_nonsense(Transaction *transaction, void *data) {
    Rows *rows CLEANUP(store_drop) = NULL;
    return store_query(transaction, str_of(data), NULL, 0, &rows);
}

static void wrong_statements_fail(void **state) {
    Fixture *fixture = *state;
    fixture_ddl(fixture, TABLES);
    static const char *const WRONG[] = {"SELEKT 1", "SELECT nothing FROM thing",
                                        "SELECT \"nothing\" FROM thing", "SELECT 1 FROM absent"};
    for (size_t i = 0; i < 4; i++) {
        char *sql = strdup(WRONG[i]);
        assert_int_equal(store_read(fixture->store, ask_nonsense, sql), STATUS_FAILED);
        free(sql);
    }
    assert_int_equal(fixture_count(fixture->store, "SELECT count(*) FROM thing"), 0);
}

static Status write_while_reading(Transaction *transaction, void *data) {
    (void)data;
    return insert_named(transaction, id_new(1), STR("x"));
}

static void reading_jobs_cannot_write(void **state) {
    Fixture *fixture = *state;
    fixture_ddl(fixture, TABLES);
    assert_int_equal(store_read(fixture->store, write_while_reading, NULL), STATUS_FAILED);
    assert_int_equal(fixture_count(fixture->store, "SELECT count(*) FROM thing"), 0);
}

static Status many_texts(Transaction *transaction, void *data) {
    (void)data;
    for (int i = 0; i < 1000; i++) {
        Rows *rows CLEANUP(store_drop) = NULL;
        char sql[64];
        snprintf(sql, sizeof sql, "SELECT %d", i % 700);
        TRY(store_query(transaction, str_of(sql), NULL, 0, &rows));
        TRY(store_next(rows));
        if (store_column(rows, 0, VALUE_INTEGER).integer != i % 700) return STATUS_FAILED;
    }
    return STATUS_OK;
}

static void more_texts_than_are_kept_prepared(void **state) {
    Fixture *fixture = *state;
    assert_int_equal(store_read(fixture->store, many_texts, NULL), STATUS_OK);
    assert_int_equal(store_write(fixture->store, many_texts, NULL), STATUS_OK);
}

/* ---- Snapshots ---- */

static Status insert_one(Transaction *transaction, void *name) {
    return insert_named(transaction, id_new(1), str_of(name));
}

static Status count_things(Transaction *transaction, int64_t *out) {
    FixtureCount count = {.sql = "SELECT count(*) FROM thing"};
    TRY(fixture_count_job(transaction, &count));
    *out = count.value;
    return STATUS_OK;
}

typedef struct Snapshot {
    Store *store;
    int64_t before, after;
} Snapshot;

static Status read_around_a_write(Transaction *transaction, void *data) {
    Snapshot *snapshot = data;
    TRY(count_things(transaction, &snapshot->before));
    TRY(store_write(snapshot->store, insert_one, (char[]){"between"}));
    return count_things(transaction, &snapshot->after);
}

static void a_reading_job_sees_one_snapshot(void **state) {
    Fixture *fixture = *state;
    Snapshot snapshot = {.store = fixture->store, .before = -1, .after = -1};
    fixture_ddl(fixture, TABLES);
    assert_int_equal(store_read(fixture->store, read_around_a_write, &snapshot), STATUS_OK);
    assert_int_equal(snapshot.before, 0);
    assert_int_equal(snapshot.after, 0);
    assert_int_equal(fixture_count(fixture->store, "SELECT count(*) FROM thing"), 1);
}

/* ---- Schema ---- */

static Status look_for(Transaction *transaction, void *data) {
    bool *found = data;
    TRY(store_exists(transaction, STR("thing"), STR(""), &found[0]));
    TRY(store_exists(transaction, STR("thing"), STR("weight"), &found[1]));
    TRY(store_exists(transaction, STR("thing"), STR("colour"), &found[2]));
    TRY(store_exists(transaction, STR("absent"), STR(""), &found[3]));
    TRY(store_exists(transaction, STR("absent"), STR("weight"), &found[4]));
    return store_exists(transaction, STR("thing_names"), STR(""), &found[5]);
}

static void tables_and_columns_are_found(void **state) {
    Fixture *fixture = *state;
    bool found[6] = {0};
    fixture_ddl(fixture, TABLES);
    fixture_ddl(fixture, "CREATE VIEW thing_names AS SELECT name FROM thing;");
    assert_int_equal(store_read(fixture->store, look_for, found), STATUS_OK);
    assert_true(found[0] && found[1] && !found[2] && !found[3] && !found[4] && found[5]);
}

static Status read_all_columns(Transaction *transaction, void *data) {
    Rows *rows CLEANUP(store_drop) = NULL;
    TRY(store_ask(transaction, &rows, "SELECT * FROM changing"));
    TRY(store_next(rows));
    *(int64_t *)data = store_column(rows, 1, VALUE_INTEGER).integer;
    return STATUS_OK;
}

/* A field added at run time: what is prepared must not stand in the way. */
static void prepared_statements_survive_a_change_of_tables(void **state) {
    Fixture *fixture = *state;
    int64_t second = 0;
    fixture_ddl(fixture,
                "CREATE TABLE changing (a {integer}, b {integer});\n"
                "INSERT INTO changing VALUES (1, 2);");
    assert_int_equal(store_read(fixture->store, read_all_columns, &second), STATUS_OK);
    assert_int_equal(second, 2);
    fixture_ddl(fixture,
                "ALTER TABLE changing DROP COLUMN b;\n"
                "ALTER TABLE changing ADD COLUMN c {integer} DEFAULT 3;");
    assert_int_equal(store_read(fixture->store, read_all_columns, &second), STATUS_OK);
    assert_int_equal(second, 3);
}

static Status make_then_fail(Transaction *transaction, void *data) {
    (void)data;
    TRY(store_ddl(transaction,
                  STR("CREATE TABLE half (a {integer});\nINSERT INTO half VALUES (1)")));
    return STATUS_INVALID;
}

static void ddl_is_part_of_the_transaction(void **state) {
    Fixture *fixture = *state;
    assert_int_equal(store_write(fixture->store, make_then_fail, NULL), STATUS_INVALID);
    fixture_ddl(fixture, "CREATE TABLE half (a {integer})");
}

/* ---- Many at once ---- */

enum { WRITERS = 16, WRITES = 200 };

typedef struct Writer {
    Store *store;
    pthread_t thread;
    int number, conflicts, wrong;
} Writer;

typedef struct Increment {
    int writer, turn;
} Increment;

/* Every tenth job fails on purpose after writing; the rest count up a row that all share. */
static Status increment(Transaction *transaction, void *data) {
    const Increment *turn = data;
    TRY(store_run(transaction, "UPDATE counter SET value = value + 1 WHERE name = 'all'"));
    TRY(store_run(transaction, "INSERT INTO step (writer, turn) VALUES ($1, $2)",
                  value_integer(turn->writer), value_integer(turn->turn)));
    return turn->turn % 10 == 9 ? STATUS_CONFLICT : STATUS_OK;
}

static void *write_many(void *data) {
    Writer *writer = data;
    for (int i = 0; i < WRITES; i++) {
        Increment turn = {.writer = writer->number, .turn = i};
        Status status = store_write(writer->store, increment, &turn);
        if (status == STATUS_CONFLICT) writer->conflicts++;
        if (status != (i % 10 == 9 ? STATUS_CONFLICT : STATUS_OK)) writer->wrong++;
    }
    return NULL;
}

static Status check_sum(Transaction *transaction, void *data) {
    FixtureCount value = {.sql = "SELECT value FROM counter WHERE name = 'all'"};
    FixtureCount steps = {.sql = "SELECT count(*) FROM step"};
    (void)data;
    TRY(fixture_count_job(transaction, &value));
    TRY(fixture_count_job(transaction, &steps));
    return value.value == steps.value ? STATUS_OK : STATUS_INVALID;
}

static void many_writers_lose_nothing(void **state) {
    Fixture *fixture = *state;
    Writer writers[WRITERS];
    fixture_ddl(fixture,
                "CREATE TABLE counter (name {text} NOT NULL PRIMARY KEY, value {integer});\n"
                "INSERT INTO counter VALUES ('all', 0);\n"
                "CREATE TABLE step (writer {integer}, turn {integer},"
                " PRIMARY KEY (writer, turn));");
    for (int i = 0; i < WRITERS; i++) {
        writers[i] = (Writer){.store = fixture->store, .number = i};
        assert_int_equal(pthread_create(&writers[i].thread, NULL, write_many, &writers[i]), 0);
    }
    for (int i = 0; i < 200; i++) {
        assert_int_equal(store_read(fixture->store, check_sum, NULL), STATUS_OK);
    }
    for (int i = 0; i < WRITERS; i++) {
        pthread_join(writers[i].thread, NULL);
        assert_int_equal(writers[i].wrong, 0);
        assert_int_equal(writers[i].conflicts, WRITES / 10);
    }
    assert_int_equal(fixture_count(fixture->store, "SELECT value FROM counter"),
                     WRITERS * WRITES * 9 / 10);
    assert_int_equal(store_read(fixture->store, check_sum, NULL), STATUS_OK);
    StoreFigures figures = store_figures(fixture->store);
    assert_int_equal(figures.writes, WRITERS * WRITES + 1);
    assert_true(figures.commits > 0 && figures.commits <= figures.writes);
    assert_int_equal(figures.rollbacks, WRITERS * WRITES / 10);
}

/*
 * Two jobs that each read what the other writes: on either database one sees the other's work.
 * Without that, "at least one stays on duty" breaks.
 */
static Status leave_duty(Transaction *transaction, void *data) {
    FixtureCount on_duty = {.sql = "SELECT count(*) FROM duty WHERE present = 1"};
    TRY(fixture_count_job(transaction, &on_duty));
    usleep(20000);
    if (on_duty.value < 2) return STATUS_INVALID;
    return store_run(transaction, "UPDATE duty SET present = 0 WHERE name = $1",
                     value_text(str_of(data)));
}

typedef struct Leaver {
    Store *store;
    const char *name;
    pthread_t thread;
} Leaver;

static void *leave(void *data) {
    Leaver *leaver = data;
    char *name = strdup(leaver->name);
    Status status = store_write(leaver->store, leave_duty, name);
    free(name);
    return status == STATUS_OK ? leaver : NULL;
}

static void jobs_are_serializable(void **state) {
    Fixture *fixture = *state;
    fixture_ddl(fixture,
                "CREATE TABLE duty (name {text} NOT NULL PRIMARY KEY, present {integer});\n"
                "INSERT INTO duty VALUES ('a', 1), ('b', 1);");
    Leaver leavers[2] = {{.store = fixture->store, .name = "a"},
                         {.store = fixture->store, .name = "b"}};
    int left = 0;
    for (int i = 0; i < 2; i++) {
        assert_int_equal(pthread_create(&leavers[i].thread, NULL, leave, &leavers[i]), 0);
    }
    for (int i = 0; i < 2; i++) {
        void *done;
        pthread_join(leavers[i].thread, &done);
        left += done != NULL;
    }
    assert_int_equal(left, 1);
    assert_int_equal(fixture_count(fixture->store, "SELECT sum(present) FROM duty"), 1);
}

/* ---- Opening ---- */

static void what_is_written_is_there_after_reopening(void **state) {
    Fixture *fixture = *state;
    fixture_ddl(fixture, TABLES);
    assert_int_equal(store_write(fixture->store, insert_one, (char[]){"stays"}), STATUS_OK);
    store_close(fixture->store);
    fixture->store = NULL;
    assert_int_equal(fixture_open(fixture->database, &fixture->store), STATUS_OK);
    assert_int_equal(fixture_count(fixture->store, "SELECT count(*) FROM thing"), 1);
}

int main(void) {
    struct CMUnitTest tests[] = {
        cmocka_unit_test(values_come_back_as_they_went),
        cmocka_unit_test(a_null_reads_as_nothing),
        cmocka_unit_test(one_value_is_asked_for_at_once),
        cmocka_unit_test(text_compares_bytewise),
        cmocka_unit_test(parameters_are_bound_by_their_number),
        cmocka_unit_test(a_failing_job_leaves_nothing),
        cmocka_unit_test(violations_are_conflicts_and_spoil_the_job),
        cmocka_unit_test(savepoints_heal_a_job),
        cmocka_unit_test(changed_rows_are_counted),
        cmocka_unit_test(queries_nest_and_are_finished_for_the_forgetful),
        cmocka_unit_test(wrong_statements_fail),
        cmocka_unit_test(reading_jobs_cannot_write),
        cmocka_unit_test(more_texts_than_are_kept_prepared),
        cmocka_unit_test(a_reading_job_sees_one_snapshot),
        cmocka_unit_test(tables_and_columns_are_found),
        cmocka_unit_test(prepared_statements_survive_a_change_of_tables),
        cmocka_unit_test(ddl_is_part_of_the_transaction),
        cmocka_unit_test(many_writers_lose_nothing),
        cmocka_unit_test(jobs_are_serializable),
        cmocka_unit_test(what_is_written_is_there_after_reopening),
    };
    return fixture_run_both("store", tests, sizeof tests / sizeof tests[0]);
}
