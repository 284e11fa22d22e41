/* Roll-ups: whatever happens to the records below, they equal a new count. */
#include "record_fixture.h"

/* How many persons hold figures that a new computation does not give. */
static const char WRONG[] =
    "SELECT count(*) FROM \"person\" AS p WHERE "
    "COALESCE(p.\"visit_count\", -1) <> (SELECT count(*) FROM \"visit\" AS v WHERE v.\"person\" = "
    "p.\"id\" AND v.\"deleted_at\" IS NULL) OR "
    "COALESCE(p.\"held_count\", -1) <> (SELECT count(*) FROM \"visit\" AS v WHERE v.\"person\" = "
    "p.\"id\" AND v.\"deleted_at\" IS NULL AND v.\"state\" IN ('held', 'signed')) OR "
    "COALESCE(p.\"last_held_at\", -1) <> COALESCE((SELECT max(v.\"held_at\") FROM \"visit\" AS v "
    "WHERE v.\"person\" = p.\"id\" AND v.\"deleted_at\" IS NULL AND v.\"state\" IN ('held', "
    "'signed')), -1) OR "
    "COALESCE(p.\"first_at\", -1) <> COALESCE((SELECT min(v.\"held_at\") FROM \"visit\" AS v WHERE "
    "v.\"person\" = p.\"id\" AND v.\"deleted_at\" IS NULL), -1)";

static const char WRONG_TOPICS[] =
    "SELECT count(*) FROM \"visit\" AS v WHERE COALESCE(v.\"topic_count\", -1) <> (SELECT count(*) "
    "FROM \"topic\" AS t WHERE t.\"visit\" = v.\"id\" AND t.\"deleted_at\" IS NULL)";

enum { PERSONS = 4, VISITS = 12, STEPS = 120 };

typedef struct History {
    World *world;
    uint32_t seed;
    Record persons[PERSONS];
    Record visits[VISITS];
    bool deleted[VISITS];
    int count;
} History;

static uint32_t chance(History *history, uint32_t of) {
    history->seed = history->seed * 1664525 + 1013904223;
    return (history->seed >> 16) % of;
}

/* {"person": …, "held_at": …, "state": …}: each chosen by chance, now and then empty. */
static const char *some_visit(History *history) {
    static const char *const STATES[] = {"planned", "held", "signed"};
    World *world = history->world;
    uint32_t who = chance(history, PERSONS + 1);
    Str person = who == PERSONS ? STR("null")
                                : str_format(world->arena, "\"%s\"",
                                             world_id(world, history->persons[who].id));
    Str held = chance(history, 8)
                   ? str_format(world->arena, "\"2026-10-%02uT08:00:00Z\"", 1 + chance(history, 28))
                   : STR("null");
    return str_format(world->arena,
                      "{\"person\":%s,\"held_at\":%s,\"state\":\"%s\",\"topics\":[\"x\"]}",
                      person.data, held.data, STATES[chance(history, 3)])
        .data;
}

static void step(History *history) {
    World *world = history->world;
    int which = (int)chance(history, VISITS);
    Record *visit = &history->visits[which];
    world->now += CLOCK_MINUTE;
    if (which >= history->count) {
        if (history->count == VISITS) return;
        assert_ok(world_create(world, &world->boss, "visit", some_visit(history),
                               &history->visits[history->count++]));
    } else if (history->deleted[which]) {
        assert_ok(world_restore(world, &world->boss, visit, visit));
        history->deleted[which] = false;
    } else if (chance(history, 3) == 0) {
        assert_ok(world_delete(world, &world->boss, visit));
        history->deleted[which] = true;
    } else {
        assert_ok(world_update(world, &world->boss, visit, some_visit(history), visit));
    }
}

static void random_histories_leave_the_right_figures(void **state) {
    World *world = *state;
    History history = {.world = world, .seed = 20261121};
    for (int i = 0; i < PERSONS; i++) {
        history.persons[i] = world_made(world, &world->boss, "person", "{\"name\":\"P%d\"}", i);
    }
    for (int i = 0; i < STEPS; i++) {
        step(&history);
        if (world_count(world, WRONG) || world_count(world, WRONG_TOPICS)) {
            fail_msg("wrong after step %d", i);
        }
    }
    assert_int_equal(history.count, VISITS);
}

static void a_record_moved_leaves_one_parent_and_joins_the_other(void **state) {
    World *world = *state;
    Record a = world_made(world, &world->ann, "person", "{\"name\":\"A\"}");
    Record b = world_made(world, &world->ann, "person", "{\"name\":\"B\"}");
    Record visit = world_made(world, &world->ann, "visit",
                              "{\"person\":\"%s\",\"held_at\":\"2026-11-01T08:00:00Z\"}",
                              world_id(world, a.id));
    a = world_now(world, &a);
    assert_string_equal(world_value(world, &a, "held_count"), "1");
    assert_string_equal(world_value(world, &a, "last_held_at"), "2026-11-01T08:00:00.000Z");
    (void)world_changed(world, &world->ann, &visit, "{\"person\":\"%s\"}", world_id(world, b.id));
    a = world_now(world, &a);
    b = world_now(world, &b);
    assert_string_equal(world_value(world, &a, "held_count"), "0");
    assert_string_equal(world_value(world, &a, "last_held_at"), "null");
    assert_string_equal(world_value(world, &b, "held_count"), "1");
}

static void a_figure_is_no_change_of_its_record(void **state) {
    World *world = *state;
    Record person = world_made(world, &world->ann, "person", "{\"name\":\"A\"}");
    (void)world_made(world, &world->ann, "visit", "{\"person\":\"%s\"}",
                     world_id(world, person.id));
    Record now = world_now(world, &person);
    assert_int_equal(now.version, 1);
    assert_int_equal(world_count(world,
                                 "SELECT count(*) FROM \"journal\" WHERE \"object\" = "
                                 "'person'"),
                     1);
}

WORLD_MAIN(cmocka_unit_test(random_histories_leave_the_right_figures),
           cmocka_unit_test(a_record_moved_leaves_one_parent_and_joins_the_other),
           cmocka_unit_test(a_figure_is_no_change_of_its_record))
