#include "sql.h"

#include "store_fixture.h"

static const char TABLE[] =
    "CREATE TABLE person ({row_key} \"id\" {id_key}, name {text} NOT NULL, born {text},"
    " tags {json}, a {integer}, b {integer}, work {instant});";

typedef struct Person {
    const char *name, *born, *tags, *tokens;
    int64_t a; /* -1: NULL */
    Id id;
} Person;

static Person PEOPLE[] = {
    {.name = "tanaka",
     .born = "1970-01-02",
     .tags = "[\"x\",\"y z\"]",
     .tokens = "田中 中一 一 tanaka",
     .a = 5},
    {.name = "tani", .born = "1969-12-31", .tags = "[\"x y\"]", .tokens = "田谷 谷 tani", .a = -1},
    {.name = "wang", .born = "2024-02-29", .tags = "[]", .tokens = "王伟 伟 wang wei", .a = 9},
};
enum { PEOPLE_COUNT = sizeof PEOPLE / sizeof PEOPLE[0] };

static Status fill(Transaction *transaction, void *data) {
    (void)data;
    TRY(store_ddl(transaction, str_of(TABLE)));
    TRY(store_search_make(transaction, STR("person")));
    TRY(store_search_make(transaction, STR("person")));
    for (int i = 0; i < PEOPLE_COUNT; i++) {
        Person *person = &PEOPLE[i];
        person->id = id_new(1);
        TRY(store_run(
            transaction,
            "INSERT INTO person (id, name, born, tags, a, b) VALUES ($1, $2, $3, $4, $5, 7)",
            value_id(person->id), value_text(str_of(person->name)),
            value_text(str_of(person->born)), value_text(str_of(person->tags)),
            person->a < 0 ? value_null() : value_integer(person->a)));
        TRY(store_search_put(transaction, STR("person"), person->id, str_of(person->tokens)));
    }
    return STATUS_OK;
}

static void setup_people(Fixture *fixture) {
    assert_int_equal(store_write(fixture->store, fill, NULL), STATUS_OK);
}

/* What a test adds behind "SELECT … FROM person"; `names` gets the first column, spaced. */
typedef struct Ask {
    const char *select;
    void (*add)(Sql *sql, const struct Ask *ask);
    Str text;
    char names[200];
} Ask;

static Status ask_job(Transaction *transaction, void *data) {
    Ask *ask = data;
    Arena *arena CLEANUP(arena_drop) = arena_new();
    Sql sql CLEANUP(sql_free) = sql_new(arena, transaction_kind(transaction));
    Rows *rows CLEANUP(store_drop) = NULL;
    Status status;
    sql_add(&sql, ask->select);
    ask->add(&sql, ask);
    sql_add(&sql, " ORDER BY ");
    sql_add_column(&sql, STR("p"), STR("name"));
    TRY(sql_query(&sql, transaction, &rows));
    ask->names[0] = '\0';
    while ((status = store_next(rows)) == STATUS_OK) {
        Value name = store_column(rows, 0, VALUE_TEXT);
        if (ask->names[0]) strcat(ask->names, " ");
        strncat(ask->names, value_is_null(&name) ? "-" : name.text.data,
                value_is_null(&name) ? 1 : name.text.size);
    }
    return status == STATUS_END ? STATUS_OK : status;
}

static const char NAMES[] = "SELECT p.name FROM person AS p WHERE ";

static void check(Fixture *fixture, Ask ask, const char *expected) {
    assert_int_equal(store_read(fixture->store, ask_job, &ask), STATUS_OK);
    assert_string_equal(ask.names, expected);
}

static void add_search(Sql *sql, const Ask *ask) {
    sql_add_search(sql, STR("person"), STR("p"), ask->text);
}

static void check_search(Fixture *fixture, Str tokens, const char *expected) {
    check(fixture, (Ask){.select = NAMES, .add = add_search, .text = tokens}, expected);
}

static void search_finds_words_and_prefixes(void **state) {
    setup_people(*state);
    check_search(*state, STR("tan*"), "tanaka tani");
    check_search(*state, STR("tan"), "");
    check_search(*state, STR("田中"), "tanaka");
    check_search(*state, STR("田*"), "tanaka tani");
    check_search(*state, STR("中*"), "tanaka");
    check_search(*state, STR("王伟 we*"), "wang");
    check_search(*state, STR("wang tani"), "");
    check_search(*state, STR(""), "tanaka tani wang");
}

/* Tokens come from what people type: none of it may reach the index's own language. */
static void search_takes_any_bytes(void **state) {
    setup_people(*state);
    check_search(*state, STR("wang\" OR \"tani"), "");
    check_search(*state, STR("wang' | 'tani"), "");
    check_search(*state, STR("' \" : & | ! ( ) \\ ^ NEAR"), "");
    check_search(*state, STR("* -tani:* wang\\"), "");
    check_search(*state, STR("\"tani\\'*"), "tani");
}

static Status change_tokens(Transaction *transaction, void *data) {
    (void)data;
    TRY(store_search_put(transaction, STR("person"), PEOPLE[0].id, STR("suzuki")));
    TRY(store_search_put(transaction, STR("person"), PEOPLE[1].id, STR("")));
    TRY(store_search_put(transaction, STR("person"), id_new(1), STR("nobody")));
    return store_run(transaction, "DELETE FROM person WHERE id = $1", value_id(PEOPLE[2].id));
}

static Status insert_successor(Transaction *transaction, void *data) {
    (void)data;
    return store_run(transaction, "INSERT INTO person (id, name) VALUES ($1, $2)",
                     value_id(id_new(1)), value_text(STR("zhao")));
}

static void search_follows_changes(void **state) {
    Fixture *fixture = *state;
    setup_people(fixture);
    assert_int_equal(store_write(fixture->store, change_tokens, NULL), STATUS_OK);
    assert_int_equal(store_write(fixture->store, insert_successor, NULL), STATUS_OK);
    check_search(fixture, STR("tanaka"), "");
    check_search(fixture, STR("suz*"), "tanaka");
    check_search(fixture, STR("tani"), "");
    /* Neither the deleted record, nor one that took its row. */
    check_search(fixture, STR("wang"), "");
    assert_int_equal(fixture_count(fixture->store, "SELECT count(*) FROM person_search"), 1);
}

static Status put_long(Transaction *transaction, void *data) {
    Buffer tokens CLEANUP(buffer_free) = {0};
    (void)data;
    for (int i = 0; i < 5000; i++) buffer_add_byte(&tokens, 'x');
    for (int i = 0; i < 200000; i++) buffer_format(&tokens, " w%d", i);
    return store_search_put(transaction, STR("person"), PEOPLE[0].id, buffer_str(&tokens));
}

static void search_bounds_what_it_keeps(void **state) {
    Fixture *fixture = *state;
    setup_people(fixture);
    assert_int_equal(store_write(fixture->store, put_long, NULL), STATUS_OK);
    check_search(fixture, STR("w77"), "tanaka");
    check_search(fixture, STR("w199999"), "");
    check_search(fixture, STR("xx*"), "");
}

static void add_contains(Sql *sql, const Ask *ask) {
    sql_add_dialect(sql, DIALECT_JSON_CONTAINS, STR("p.tags"), STR("$1"));
    sql->parameters = ARENA_NEW(sql->arena, Value);
    sql->parameters[sql->count++] = value_text(ask->text);
}

static void json_lists_are_searched_for_whole_elements(void **state) {
    setup_people(*state);
    check(*state, (Ask){.select = NAMES, .add = add_contains, .text = STR("x")}, "tanaka");
    check(*state, (Ask){.select = NAMES, .add = add_contains, .text = STR("y z")}, "tanaka");
    check(*state, (Ask){.select = NAMES, .add = add_contains, .text = STR("x y")}, "tani");
    check(*state, (Ask){.select = NAMES, .add = add_contains, .text = STR("y")}, "");
}

static void add_expression(Sql *sql, DialectExpression expression, Str a, Str b) {
    sql_add_dialect(sql, expression, a, b);
    sql_add(sql, " AS text) FROM person AS p");
}
static void add_days(Sql *sql, const Ask *ask) {
    (void)ask;
    add_expression(sql, DIALECT_DAYS_OF_DATE, STR("p.born"), STR(""));
}
static void add_least(Sql *sql, const Ask *ask) {
    (void)ask;
    add_expression(sql, DIALECT_LEAST, STR("p.a"), STR("p.b"));
}
static void add_greatest(Sql *sql, const Ask *ask) {
    (void)ask;
    add_expression(sql, DIALECT_GREATEST, STR("p.b"), STR("p.a"));
}

static void expressions_agree_on_both_databases(void **state) {
    setup_people(*state);
    check(*state, (Ask){.select = "SELECT CAST(", .add = add_days}, "1 -1 19782");
    check(*state, (Ask){.select = "SELECT CAST(", .add = add_least}, "5 7 7");
    check(*state, (Ask){.select = "SELECT CAST(", .add = add_greatest}, "7 7 9");
}

static void add_list(Sql *sql, const Ask *ask) {
    sql_add_column(sql, STR("p"), STR("name"));
    sql_add(sql, " IN (");
    for (int i = 0; i < 3000; i++) {
        if (i) sql_add(sql, ", ");
        sql_bind(sql, i == 2718 ? value_text(ask->text) : value_text(STR("nobody")));
    }
    sql_add(sql, ")");
}

static void thousands_of_parameters_are_bound(void **state) {
    setup_people(*state);
    check(*state, (Ask){.select = NAMES, .add = add_list, .text = STR("wang")}, "wang");
    check(*state, (Ask){.select = NAMES, .add = add_list, .text = STR("' OR 1=1 --")}, "");
}

static Status claim(Transaction *transaction, void *data) {
    Arena *arena CLEANUP(arena_drop) = arena_new();
    Sql sql CLEANUP(sql_free) = sql_new(arena, transaction_kind(transaction));
    Rows *rows CLEANUP(store_drop) = NULL;
    sql_add(&sql, "SELECT name FROM person WHERE name = ");
    sql_bind(&sql, value_text(STR("tani")));
    sql_add_dialect(&sql, DIALECT_SKIP_LOCKED, STR(""), STR(""));
    TRY(sql_query(&sql, transaction, &rows));
    TRY(store_next(rows));
    *(bool *)data = store_next(rows) == STATUS_END;
    return STATUS_OK;
}

static void rows_can_be_claimed(void **state) {
    bool one = false;
    setup_people(*state);
    assert_int_equal(store_write(((Fixture *)*state)->store, claim, &one), STATUS_OK);
    assert_true(one);
}

int main(void) {
    struct CMUnitTest tests[] = {
        cmocka_unit_test(search_finds_words_and_prefixes),
        cmocka_unit_test(search_takes_any_bytes),
        cmocka_unit_test(search_follows_changes),
        cmocka_unit_test(search_bounds_what_it_keeps),
        cmocka_unit_test(json_lists_are_searched_for_whole_elements),
        cmocka_unit_test(expressions_agree_on_both_databases),
        cmocka_unit_test(thousands_of_parameters_are_bound),
        cmocka_unit_test(rows_can_be_claimed),
    };
    return fixture_run_both("sql", tests, sizeof tests / sizeof tests[0]);
}
