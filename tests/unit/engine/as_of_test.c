/*
 * What a field held at an instant, told by its history, beside a reckoning of its own: the newest
 * that began until then, or the oldest that ended after it. On SQLite and, when
 * ONDO_TEST_POSTGRESQL is set, on PostgreSQL.
 */
#include "condition_fixture.h"

#include "../store/store_fixture.h"
#include "as_of.h"
#include "sql.h"
#include "tables.h"

enum { ITEMS = 3, EVENTS = 9 };

/* Events stand in the order of their ids. Two of one instant are told in that order; what was
 * deleted, and another item's, tell nothing. */
typedef struct Event {
    int item;
    int64_t at;
    const char *mood; /* of a reading: what began; NULL: nothing */
    int previous;     /* of a handing: whose it had been; 0: nobody's */
    bool deleted;
} Event;

static const Event EVENT_LIST[EVENTS] = {
    {0, 100, "warm", 1, false}, {0, 300, "cold", 2, false}, {0, 300, "new", 3, false},
    {0, 250, "warm", 3, true},  {1, 50, NULL, 0, false},    {1, 400, "cold", 2, false},
    {0, 500, NULL, 0, false},   {1, 500, "warm", 1, false}, {0, 200, "cold", 3, false},
};

static const int64_t INSTANTS[] = {0, 50, 99, 100, 101, 200, 299, 300, 301, 400, 499, 500, 900};
enum { INSTANT_COUNT = sizeof INSTANTS / sizeof *INSTANTS };

typedef struct World {
    Arena *arena;
    Model *model;
} World;

static Id numbered(int kind, int number) {
    Id id = {.bytes = {0x01, 0x89, 0x0a, 0x5d, 0xac, 0x96, 0x77, 0x4b, 0xbc, 0xce}};
    id.bytes[12] = (unsigned char)kind;
    id.bytes[15] = (unsigned char)number;
    return id;
}

static Value person(int number) {
    return number ? value_id(numbered(0, number)) : value_null();
}

static Status insert(Transaction *transaction, World *world, const char *object, Id id,
                     bool deleted, const char *columns, const Value *values, size_t count) {
    Sql sql CLEANUP(sql_free) = sql_new(world->arena, transaction_kind(transaction));
    sql_add(&sql, "INSERT INTO ");
    sql_add_name(&sql, str_of(object));
    sql_add(&sql, " (\"id\", \"version\", \"created_at\", \"updated_at\", \"deleted_at\", ");
    sql_add(&sql, columns);
    sql_add(&sql, ") VALUES (");
    sql_bind(&sql, value_id(id));
    for (int i = 0; i < 3; i++) {
        sql_add(&sql, ", ");
        sql_bind(&sql, value_integer(1));
    }
    sql_add(&sql, ", ");
    sql_bind(&sql, deleted ? value_integer(1) : value_null());
    for (size_t i = 0; i < count; i++) {
        sql_add(&sql, ", ");
        sql_bind(&sql, values[i]);
    }
    sql_add(&sql, ")");
    return sql_execute(&sql, transaction, NULL);
}

/* All items hold "new" and belong to person 1 now. */
static Status fill(Transaction *transaction, void *data) {
    World *world = data;
    for (int i = 0; i < ITEMS; i++) {
        const Value now[] = {value_text(STR("new")), person(1)};
        TRY(insert(transaction, world, "item", numbered(2, i), false, "\"mood\", \"owner\"", now,
                   2));
    }
    for (int i = 0; i < EVENTS; i++) {
        const Event *event = &EVENT_LIST[i];
        Value item = value_id(numbered(2, event->item)), at = value_integer(event->at);
        const Value reading[] = {item, at,
                                 event->mood ? value_text(str_of(event->mood)) : value_null()};
        const Value handing[] = {item, at, person(event->previous)};
        TRY(insert(transaction, world, "reading", numbered(3, i), event->deleted,
                   "\"item\", \"at\", \"mood\"", reading, 3));
        TRY(insert(transaction, world, "handing", numbered(4, i), event->deleted,
                   "\"item\", \"at\", \"previous\"", handing, 3));
    }
    return STATUS_OK;
}

/* ---- The reckoning ---- */

static Value mood_then(int item, int64_t instant) {
    const Event *last = NULL;
    for (int i = 0; i < EVENTS; i++) {
        const Event *event = &EVENT_LIST[i];
        if (event->item != item || event->deleted || event->at > instant) continue;
        if (!last || event->at >= last->at) last = event;
    }
    return last && last->mood ? value_text(str_of(last->mood)) : value_null();
}

/* Nobody's before is not known as nobody's: then it is as it is now. */
static Value owner_then(int item, int64_t instant) {
    const Event *next = NULL;
    for (int i = 0; i < EVENTS; i++) {
        const Event *event = &EVENT_LIST[i];
        if (event->item != item || event->deleted || event->at <= instant) continue;
        if (!next || event->at < next->at) next = event;
    }
    return person(next && next->previous ? next->previous : 1);
}

static Status ask(Transaction *transaction, World *world, const Field *field, int item,
                  int64_t instant, Value *out) {
    Sql sql CLEANUP(sql_free) = sql_new(world->arena, transaction_kind(transaction));
    Rows *rows CLEANUP(store_drop) = NULL;
    AsOf when = {.record = STR("\"r\".\"id\""),
                 .present = str_format(world->arena, "\"r\".\"%.*s\"", STR_ARGS(field->name)),
                 .instant = str_format(world->arena, "CAST(%lld AS BIGINT)", (long long)instant)};
    sql_add(&sql, "SELECT ");
    as_of_add_sql(&sql, field, &when);
    sql_add(&sql, " FROM \"item\" AS \"r\" WHERE \"r\".\"id\" = ");
    sql_bind(&sql, value_id(numbered(2, item)));
    TRY(sql_query(&sql, transaction, &rows));
    TRY(store_next(rows));
    ValueKind kind = field->type == FIELD_REFERENCE ? VALUE_ID : VALUE_TEXT;
    Value value = store_column(rows, 0, kind);
    *out = value_copy(world->arena, &value);
    return STATUS_OK;
}

static Status compare(Transaction *transaction, void *data) {
    World *world = data;
    const Object *object = model_object(world->model, STR("item"));
    const Field *mood = object_field(object, STR("mood"));
    const Field *owner = object_field(object, STR("owner"));
    for (int item = 0; item < ITEMS; item++) {
        for (int i = 0; i < INSTANT_COUNT; i++) {
            Value found, known = mood_then(item, INSTANTS[i]);
            TRY(ask(transaction, world, mood, item, INSTANTS[i], &found));
            if (!value_equal(&found, &known)) fail_msg("mood of %d at %d", item, (int)INSTANTS[i]);
            known = owner_then(item, INSTANTS[i]);
            TRY(ask(transaction, world, owner, item, INSTANTS[i], &found));
            if (!value_equal(&found, &known)) fail_msg("owner of %d at %d", item, (int)INSTANTS[i]);
        }
    }
    return STATUS_OK;
}

static void a_field_held_what_its_history_tells(void **state) {
    Fixture *fixture = *state;
    Arena *arena CLEANUP(arena_drop) = arena_new();
    World world = {.arena = arena, .model = business_model(arena)};
    Problem problem = problem_new(arena);
    bool changed = false;
    assert_int_equal(tables_update(world.model, fixture->store, &problem, &changed), STATUS_OK);
    assert_int_equal(store_write(fixture->store, fill, &world), STATUS_OK);
    assert_int_equal(store_read(fixture->store, compare, &world), STATUS_OK);
    model_free(world.model);
}

int main(void) {
    struct CMUnitTest tests[] = {cmocka_unit_test(a_field_held_what_its_history_tells)};
    return fixture_run_both("as_of", tests, 1);
}
