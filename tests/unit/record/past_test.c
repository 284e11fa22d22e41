/* Records as they were: walked back through every kind of change. */
#include "past.h"
#include "record_fixture.h"

/* What one reading told, record by record. */
typedef struct Told {
    World *world;
    Buffer text;
    PastQuery query;
    int64_t since;
} Told;

static const char *name_of(World *world, const Record *record) {
    const Value *value = record_value(record, STR("name"));
    return value->kind == VALUE_TEXT ? str_terminated(world->arena, value->text) : "-";
}

static Status tell(void *data, const Past *past) {
    static const char *const ACTIONS[] = {[CHANGE_CREATE] = "create",
                                          [CHANGE_UPDATE] = "update",
                                          [CHANGE_DELETE] = "delete",
                                          [CHANGE_RESTORE] = "restore"};
    Told *told = data;
    for (size_t i = 0; i < past->count; i++) {
        buffer_format(&told->text, "%s %s, ", ACTIONS[past->states[i].action],
                      name_of(told->world, &past->states[i].record));
    }
    buffer_format(&told->text, "%s%s%s; ", past->existed ? "was " : "new",
                  past->existed ? name_of(told->world, &past->before) : "",
                  past->alive ? "" : " gone");
    return STATUS_OK;
}

static Status past_work(Context *context, void *data) {
    Told *told = data;
    buffer_clear(&told->text);
    return past_each(context, &told->query, tell, told, &told->since);
}

static const char *past_of(World *world, int64_t since, Id *others, size_t count) {
    Told told = {.world = world,
                 .query = {.object = world_object(world, "person"),
                           .since = since,
                           .others = others,
                           .other_count = count}};
    assert_ok(world_see(world, &world->system, past_work, &told));
    assert_int_equal(told.since, since);
    const char *text = str_copy(world->arena, buffer_str(&told.text)).data;
    const char *copy = str_terminated(world->arena, str_of(told.text.size ? text : ""));
    buffer_free(&told.text);
    return copy;
}

static void every_change_is_walked_back(void **state) {
    World *world = *state;
    int64_t beginning = world->now;
    Record person = world_made(world, &world->boss, "person", "{\"name\":\"One\"}");
    world->now += CLOCK_HOUR;
    int64_t named = world->now;
    person = world_changed(world, &world->boss, &person, "{\"name\":\"Two\"}");
    world->now += CLOCK_HOUR;
    assert_ok(world_delete(world, &world->boss, &person));
    world->now += CLOCK_HOUR;
    assert_ok(world_restore(world, &world->boss, &person, &person));
    assert_string_equal(past_of(world, beginning, NULL, 0),
                        "restore Two, delete Two, update Two, create One, new gone; ");
    assert_string_equal(past_of(world, named, NULL, 0),
                        "restore Two, delete Two, update Two, was One; ");
    assert_string_equal(past_of(world, named + 1, NULL, 0), "restore Two, delete Two, was Two; ");
    assert_string_equal(past_of(world, named + CLOCK_HOUR + 1, NULL, 0),
                        "restore Two, was Two gone; ");
    assert_string_equal(past_of(world, world->now + 1, NULL, 0), "");
}

static void others_are_told_as_they_are_and_once(void **state) {
    World *world = *state;
    Record still = world_made(world, &world->boss, "person", "{\"name\":\"Still\"}");
    Record moved = world_made(world, &world->boss, "person", "{\"name\":\"Moved\"}");
    world->now += CLOCK_HOUR;
    int64_t since = world->now;
    (void)world_changed(world, &world->boss, &moved, "{\"name\":\"Away\"}");
    Id others[] = {still.id, moved.id, id_new(world->now)};
    assert_string_equal(past_of(world, since, others, 3), "update Away, was Moved; was Still; ");
}

static void ids_of_an_instant_are_not_older(void **state) {
    (void)state;
    int64_t instant = at("2026-11-21T08:30:00Z");
    Id first = past_first_id(instant), made = id_new(instant),
       later = past_first_id(instant + CLOCK_DAY);
    assert_true(memcmp(first.bytes, made.bytes, sizeof made.bytes) <= 0);
    assert_true(memcmp(made.bytes, later.bytes, sizeof made.bytes) < 0);
}

WORLD_MAIN(cmocka_unit_test(every_change_is_walked_back),
           cmocka_unit_test(others_are_told_as_they_are_and_once),
           cmocka_unit_test(ids_of_an_instant_are_not_older))
