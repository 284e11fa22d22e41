/* What SQL reads from the journal is what the record was in memory: each type of field, each
 * instant. */
#include "past_value.h"

#include "past.h"
#include "record_fixture.h"

enum { STEPS = 6 };

/* A record as it was from an instant on. */
typedef struct Moment {
    int64_t at;
    Record record;
} Moment;

typedef struct Asked {
    const Record *record;
    const Field *field;
    int64_t instant;
    Value value;
} Asked;

static Status ask(Context *context, void *data) {
    Asked *asked = data;
    const Object *object = asked->record->object;
    PastValue past = {
        .object = object, .field = asked->field, .alias = STR("h"), .instant = asked->instant};
    Sql sql CLEANUP(sql_free) = sql_new(context->arena, transaction_kind(context->transaction));
    Rows *rows CLEANUP(store_drop) = NULL;
    sql_add(&sql, "SELECT ");
    past_value_add(&sql, &past);
    sql_add(&sql, " FROM ");
    sql_add_name(&sql, object->name);
    sql_add(&sql, " AS \"h\" WHERE \"h\".\"id\" = ");
    sql_bind(&sql, value_id(asked->record->id));
    assert_ok(sql_query(&sql, context->transaction, &rows));
    assert_ok(store_next(rows));
    Value value = store_column(rows, 0, field_kind(asked->field));
    asked->value = value_copy(context->arena, &value);
    return STATUS_OK;
}

static void assert_was(World *world, const Moment *moment, const Record *now) {
    const Object *object = now->object;
    for (size_t i = 0; i < object->field_count; i++) {
        const Field *field = &object->fields[i];
        if (field->rollup) continue;
        Asked asked = {.record = now, .field = field, .instant = moment->at};
        assert_ok(world_see(world, &world->system, ask, &asked));
        if (value_equal(&asked.value, &moment->record.values[i])) continue;
        print_error("%.*s is not what it was\n", STR_ARGS(field->name));
        fail();
    }
}

static const char *const CHANGES[STEPS] = {
    "{\"score\":0,\"weight\":0.125,\"active\":false,\"mood\":\"cold\",\"born\":\"1970-01-01\"}",
    "{\"seen_at\":\"2026-11-20T23:59:59.999Z\",\"skills\":[\"surgery\",\"teaching\"],"
    "\"labels\":[\"a \\\"b\\\"\",\"\\u4e16\"],\"active\":true}",
    "{\"place\":\"%s\",\"score\":1000,\"weight\":-3,\"mood\":null,\"remark\":\"it's \\\\ new\"}",
    "{\"seen_at\":\"1969-12-31T23:59:59.001Z\",\"skills\":[],\"labels\":null,\"place\":null}",
    "{\"score\":null,\"weight\":null,\"active\":null,\"born\":null,\"seen_at\":null}",
    "{\"name\":\"Six\",\"score\":7,\"weight\":1.5,\"active\":false,\"place\":\"%s\"}",
};

static void sql_tells_what_memory_held(void **state) {
    World *world = *state;
    const char *place =
        world_id(world, world_made(world, &world->boss, "place", "{\"name\":\"P\"}").id);
    Moment moments[STEPS + 1] = {{.at = world->now}};
    Record person = world_made(world, &world->boss, "person",
                               "{\"name\":\"One\",\"score\":12,\"weight\":2.75,\"active\":true,"
                               "\"mood\":\"warm\",\"skills\":[\"research\"],\"place\":\"%s\"}",
                               place);
    moments[0].record = person;
    for (int i = 0; i < STEPS; i++) {
        Str change = str_of(CHANGES[i]);
        size_t hole = str_find_str(change, STR("%s"));
        Str before = str_part(change, 0, hole), after = str_part(change, hole + 2, change.size);
        world->now += CLOCK_HOUR;
        person = hole < change.size
                     ? world_changed(world, &world->boss, &person, "%.*s%s%.*s", STR_ARGS(before),
                                     place, STR_ARGS(after))
                     : world_changed(world, &world->boss, &person, "%.*s", STR_ARGS(change));
        moments[i + 1] = (Moment){.at = world->now, .record = person};
    }
    for (int i = 0; i <= STEPS; i++) assert_was(world, &moments[i], &person);
}

/* Two changes within one instant: the later entry does not hide what stood before the first. */
static void the_first_change_after_the_instant_decides(void **state) {
    World *world = *state;
    Record person = world_made(world, &world->boss, "person", "{\"name\":\"A\",\"score\":1}");
    Moment before = {.at = world->now, .record = person};
    world->now += CLOCK_HOUR;
    person = world_changed(world, &world->boss, &person, "{\"score\":2}");
    person = world_changed(world, &world->boss, &person, "{\"score\":3}");
    assert_was(world, &before, &person);
}

WORLD_MAIN(cmocka_unit_test(sql_tells_what_memory_held),
           cmocka_unit_test(the_first_change_after_the_instant_decides))
