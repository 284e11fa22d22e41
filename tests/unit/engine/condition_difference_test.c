/*
 * What a condition says of a record in memory, it says of its row: random conditions on random
 * records, on SQLite and, when ONDO_TEST_POSTGRESQL is set, on PostgreSQL.
 */
#include "condition_fixture.h"

#include "../store/store_fixture.h"
#include "condition_random.h"
#include "row.h"
#include "tables.h"

enum {
    PLACES = 12,
    ITEMS = 300,
    NOTES = 500,
    LINKS = 40,
    READINGS = 700,
    HANDINGS = 300,
    CONDITIONS = 2400
};

typedef struct World {
    Arena *arena;
    Model *model;
    Actor actor;
    const char *const *texts; /* conditions */
    Record *items;
} World;

static Id numbered_id(int kind, int number) {
    Id id = {.bytes = {0x01, 0x89, 0x0a, 0x5d, 0xac, 0x96, 0x77, 0x4b, 0xbc, 0xce}};
    id.bytes[12] = (unsigned char)kind;
    id.bytes[14] = (unsigned char)(number >> 8);
    id.bytes[15] = (unsigned char)number;
    return id;
}

/* A text of condition_random.h as the character data that it stands for in JSON. */
static Str plain_text(Arena *arena, const char *escaped) {
    json_t *json CLEANUP(json_drop) = NULL;
    Str quoted = str_format(arena, "\"%s\"", escaped);
    assert_int_equal(json_read(quoted, NULL, &json), STATUS_OK);
    return str_copy(arena, json_text(json));
}

static Str random_json_list(Arena *arena, const char *const *items, int count) {
    Buffer text CLEANUP(buffer_free) = {0};
    random_list_of(&text, items, count, true);
    json_t *list CLEANUP(json_drop) = NULL;
    assert_int_equal(json_read(buffer_str(&text), NULL, &list), STATUS_OK);
    for (size_t i = json_array_size(list); i-- > 0;) {
        if (json_is_null(json_array_get(list, i))) json_array_remove(list, i);
    }
    return json_compact(arena, list);
}

static double random_decimal(void) {
    static const double NUMBERS[] = {0,    0.5,  -2.5,   1,    3,     0.125,
                                     1e15, 2e15, -1e300, 1e-9, 1e-20, 7.75};
    return PICK(NUMBERS);
}

static int64_t random_integer(void) {
    static const int64_t NUMBERS[] = {
        0, 1, -1, 2, 3, 7, 100, -30, 9007199254740993, INT64_MAX, INT64_MIN, 9007199254740992};
    return PICK(NUMBERS);
}

static int64_t random_moment(void) {
    int64_t instant = 0;
    if (random_below(2)) return INT64_C(1795250000000) + (random_below(400) - 200) * CLOCK_HOUR;
    Str text = str_of(RANDOM_INSTANTS[random_below(5)]);
    assert_true(instant_parse(text, &instant));
    return instant + random_below(3) - 1;
}

static Value random_reference(const Field *field) {
    if (str_is(field->reference, "user")) return value_id(numbered_id(0, 1 + random_below(3)));
    if (str_is(field->reference, "place"))
        return value_id(numbered_id(1, random_below(PLACES + 2)));
    return value_id(numbered_id(2, random_below(ITEMS)));
}

static Value random_value(Arena *arena, const Field *field) {
    if (random_below(4) == 0) return value_null();
    switch (field->type) {
        case FIELD_INTEGER: return value_integer(random_integer());
        case FIELD_DECIMAL: return value_decimal(random_decimal());
        case FIELD_BOOLEAN: return value_boolean(random_below(2));
        case FIELD_DATE: return value_text(str_of(PICK(RANDOM_DATES)));
        case FIELD_INSTANT: return value_integer(random_moment());
        case FIELD_CHOICE: return value_text(str_of(PICK(RANDOM_CODES)));
        case FIELD_CHOICES: return value_text(random_json_list(arena, RANDOM_CODES, 3));
        case FIELD_TAGS: return value_text(random_json_list(arena, RANDOM_TEXTS, 16));
        case FIELD_REFERENCE: return random_reference(field);
        case FIELD_JSON: return value_text(STR("{\"a\":[0]}"));
        default: return value_text(plain_text(arena, PICK(RANDOM_TEXTS)));
    }
}

/* ---- Making the world ---- */

static Status insert_record(Transaction *transaction, World *world, const Object *object, Id id,
                            bool deleted) {
    Sql sql CLEANUP(sql_free) = sql_new(world->arena, transaction_kind(transaction));
    sql_add(&sql, "INSERT INTO ");
    sql_add_name(&sql, object->name);
    sql_add(
        &sql,
        " (\"id\", \"version\", \"created_at\", \"created_by\", \"updated_at\", \"updated_by\", "
        "\"deleted_at\"");
    for (size_t i = 0; i < object->field_count; i++) {
        sql_add(&sql, ", ");
        sql_add_name(&sql, object->fields[i].name);
    }
    Value person = value_id(numbered_id(0, 1 + random_below(3)));
    const Value head[] = {value_id(id),
                          value_integer(1 + random_below(5)),
                          value_integer(random_moment()),
                          random_below(3) ? person : value_null(),
                          value_integer(random_moment()),
                          person,
                          deleted ? value_integer(1) : value_null()};
    sql_add(&sql, ") VALUES (");
    for (size_t i = 0; i < sizeof head / sizeof head[0]; i++) {
        if (i) sql_add(&sql, ", ");
        sql_bind(&sql, head[i]);
    }
    for (size_t i = 0; i < object->field_count; i++) {
        sql_add(&sql, ", ");
        sql_bind(&sql, random_value(world->arena, &object->fields[i]));
    }
    sql_add(&sql, ")");
    return sql_execute(&sql, transaction, NULL);
}

static Status fill(Transaction *transaction, void *data) {
    static const struct {
        const char *object;
        int kind, count;
    } TABLES[] = {{"user", 0, 4},          {"place", 1, PLACES}, {"item", 2, ITEMS},
                  {"note", 3, NOTES},      {"link", 4, LINKS},   {"reading", 5, READINGS},
                  {"handing", 6, HANDINGS}};
    World *world = data;
    random_state = 20261121;
    for (size_t i = 0; i < sizeof TABLES / sizeof TABLES[0]; i++) {
        const Object *object = model_object(world->model, str_of(TABLES[i].object));
        for (int number = 0; number < TABLES[i].count; number++) {
            Id id = numbered_id(TABLES[i].kind, number);
            bool deleted = TABLES[i].kind != 2 && number % 7 == 6;
            TRY(insert_record(transaction, world, object, id, deleted));
        }
    }
    return STATUS_OK;
}

static Status load_items(Transaction *transaction, World *world) {
    const Object *item = model_object(world->model, STR("item"));
    Sql sql CLEANUP(sql_free) = sql_new(world->arena, transaction_kind(transaction));
    sql_add(&sql, "SELECT ");
    row_add_columns(&sql, item);
    sql_add(&sql, " FROM \"item\" AS \"r\" ORDER BY \"r\".\"id\"");
    Rows *rows CLEANUP(store_drop) = NULL;
    TRY(sql_query(&sql, transaction, &rows));
    world->items = ARENA_ARRAY(world->arena, ITEMS, Record);
    for (int i = 0; i < ITEMS; i++) {
        TRY(store_next(rows));
        row_read(world->arena, rows, 0, item, &world->items[i]);
    }
    return STATUS_OK;
}

/* ---- Comparing ---- */

/* 1, 0, or 2 where the SQL is neither true nor false, for each item. */
static Status ask_database(Context *context, const Condition *condition, unsigned char *out) {
    Sql sql CLEANUP(sql_free) = sql_new(context->arena, transaction_kind(context->transaction));
    sql_add(&sql, "SELECT CAST(CASE WHEN ");
    TRY(condition_add_sql(context, condition, &sql, STR("r")));
    sql_add(&sql, " THEN 1 WHEN NOT ");
    TRY(condition_add_sql(context, condition, &sql, STR("r")));
    sql_add(&sql, " THEN 0 ELSE 2 END AS BIGINT) FROM \"item\" AS \"r\" ORDER BY \"r\".\"id\"");
    Rows *rows CLEANUP(store_drop) = NULL;
    Status status = sql_query(&sql, context->transaction, &rows);
    for (int i = 0; i < ITEMS && status == STATUS_OK; i++) {
        status = store_next(rows);
        if (status == STATUS_OK)
            out[i] = (unsigned char)store_column(rows, 0, VALUE_INTEGER).integer;
    }
    if (status != STATUS_OK) print_error("%.*s\n", STR_ARGS(buffer_str(&sql.text)));
    return status;
}

static void describe_difference(Context *context, const char *text, const Record *record,
                                bool memory, int database) {
    Buffer shown CLEANUP(buffer_free) = {0};
    JsonWriter json = json_writer(&shown);
    json_open_object(&json);
    for (size_t i = 0; i < record->object->field_count; i++) {
        const Value *value = &record->values[i];
        json_key(&json, record->object->fields[i].name);
        if (value->kind == VALUE_TEXT)
            json_write_text(&json, value->text);
        else if (value->kind == VALUE_DECIMAL)
            json_write_number(&json, value->decimal);
        else if (value->kind == VALUE_ID)
            json_write_id(&json, value->id);
        else if (value->kind == VALUE_NULL)
            json_write_null(&json);
        else
            json_write_integer(&json,
                               value->kind == VALUE_INTEGER ? value->integer : value->boolean);
    }
    json_close_object(&json);
    (void)context;
    print_error("%s\non %.*s\nmemory %d, database %d\n", text, STR_ARGS(buffer_str(&shown)), memory,
                database);
}

static Status compare_one(Context *context, World *world, const char *text, size_t *held) {
    json_t *json CLEANUP(json_drop) = NULL;
    const Condition *condition;
    TRY(json_read(str_of(text), NULL, &json));
    const Object *item = model_object(world->model, STR("item"));
    Status status = condition_parse(context->arena, world->model, item, json, (Str){0},
                                    context->problem, &condition);
    if (status != STATUS_OK) return status;
    unsigned char database[ITEMS];
    status = ask_database(context, condition, database);
    for (int i = 0; i < ITEMS && status == STATUS_OK; i++) {
        bool memory = false;
        status = condition_holds(context, condition, &world->items[i], NULL, &memory);
        if (status == STATUS_OK && memory != database[i]) {
            describe_difference(context, text, &world->items[i], memory, database[i]);
            status = STATUS_FAILED;
        }
        *held += memory;
    }
    if (status == STATUS_OK) return STATUS_OK;
    print_error("%s\n", text);
    return STATUS_FAILED;
}

static Status compare_all(Transaction *transaction, void *data) {
    static const char *const ZONES[] = {"Asia/Tokyo", "America/New_York", "Asia/Shanghai"};
    World *world = data;
    TRY(load_items(transaction, world));
    Arena *arena CLEANUP(arena_drop) = arena_new();
    size_t compared = 0, held = 0;
    random_state = 7;
    for (int tries = 0; compared < CONDITIONS; tries++) {
        arena_reset(arena);
        Problem problem = problem_new(arena);
        world->actor.zone = str_of(ZONES[tries % 3]);
        Context context = {.arena = arena,
                           .transaction = transaction,
                           .model = world->model,
                           .actor = &world->actor,
                           .now = INT64_C(1795250000000),
                           .problem = &problem};
        Buffer text CLEANUP(buffer_free) = {0};
        random_truth(&text, ON_ITEM, 1 + tries % 4);
        buffer_add_byte(&text, '\0');
        Status status = compare_one(&context, world, text.data, &held);
        compared += status == STATUS_OK;
        if (status == STATUS_OK) continue;
        if (status != STATUS_INVALID) return status;
        /* Two constants may meet that do not fit (a text beside a date), or numbers run too far. */
        bool known = str_is(problem.first->code, "condition_type") ||
                     str_is(problem.first->code, "condition_numbers");
        if (!known) {
            print_error("%.*s: %s\n", STR_ARGS(problem.first->code), text.data);
            return STATUS_FAILED;
        }
    }
    /* Neither nearly never nor nearly always: the conditions tell records apart. */
    assert_in_range(held, compared * ITEMS / 5, compared * ITEMS * 4 / 5);
    return STATUS_OK;
}

static void test_memory_and_database_agree(void **state) {
    Fixture *fixture = *state;
    Arena *arena = arena_new();
    World world = {.arena = arena, .model = business_model(arena)};
    world.actor = (Actor){.user = numbered_id(0, 1),
                          .role = business_role(arena, world.model),
                          .zone = STR("Asia/Tokyo")};
    Problem problem = problem_new(arena);
    bool changed = false;
    assert_int_equal(tables_update(world.model, fixture->store, &problem, &changed), STATUS_OK);
    assert_int_equal(store_write(fixture->store, fill, &world), STATUS_OK);
    assert_int_equal(store_read(fixture->store, compare_all, &world), STATUS_OK);
    model_free(world.model);
    arena_free(arena);
}

int main(void) {
    struct CMUnitTest tests[] = {cmocka_unit_test(test_memory_and_database_agree)};
    return fixture_run_both("condition_difference", tests, 1);
}
