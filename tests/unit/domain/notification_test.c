/* Marking one's own notifications, and how long what was read is kept. */
#include "notification.h"

#include "daily.h"
#include "domain_fixture.h"

typedef struct Telling {
    Id to;
    int64_t at;
    Id id;
} Telling;

static Status tell_work(Context *context, void *data) {
    Telling *telling = data;
    const Object *object = model_object(context->model, STR("notification"));
    FieldValue values[] = {
        {object_field(object, STR("owner")), value_id(telling->to)},
        {object_field(object, STR("kind")), value_text(STR("task"))},
        {object_field(object, STR("subject")), value_text(STR("x"))},
        {object_field(object, STR("at")), value_integer(telling->at)},
    };
    Record made;
    Status status = record_insert(context, object, values, 4, &made);
    if (status == STATUS_OK) telling->id = made.id;
    return status;
}

static Id told(World *world, const Actor *to, int64_t at) {
    Telling telling = {.to = to->user, .at = at};
    assert_ok(world_do(world, &world->system, tell_work, &telling));
    return telling.id;
}

typedef struct Marking {
    NotificationMarks marks;
    int64_t marked;
} Marking;

static Status read_work(Context *context, void *data) {
    Marking *marking = data;
    return notification_mark_read(context, &marking->marks, &marking->marked);
}
static Status unread_work(Context *context, void *data) {
    Marking *marking = data;
    return notification_mark_unread(context, &marking->marks, &marking->marked);
}

static int64_t mark(World *world, const Actor *who, WorldWork *work, NotificationMarks marks) {
    Marking marking = {.marks = marks};
    assert_ok(world_do(world, who, work, &marking));
    return marking.marked;
}

static int64_t unread(World *world) {
    return world_count(world, "SELECT count(*) FROM \"notification\" WHERE \"read_at\" IS NULL");
}

static void only_ones_own_are_marked(void **state) {
    Clinic *clinic = *state;
    World *world = &clinic->world;
    Id first = told(world, &world->ann, 1000), second = told(world, &world->ann, 2000);
    Id bens = told(world, &world->ben, 1000);
    const Id ids[] = {first, bens};
    NotificationMarks some = {.ids = ids, .count = 2};
    assert_int_equal(mark(world, &world->ann, read_work, some), 1);
    assert_int_equal(mark(world, &world->ann, read_work, some), 0); /* marked already */
    assert_int_equal(unread(world), 2);
    assert_int_equal(mark(world, &world->ann, unread_work, some), 1);
    assert_int_equal(unread(world), 3);
    const Id others[] = {second};
    assert_int_equal(
        mark(world, &world->ben, read_work, (NotificationMarks){.ids = others, .count = 1}), 0);
}

static void all_at_once_and_back(void **state) {
    Clinic *clinic = *state;
    World *world = &clinic->world;
    for (int i = 1; i <= 5; i++) (void)told(world, &world->ann, i * 1000);
    (void)told(world, &world->ben, 1000);
    world->now = 100000;
    assert_int_equal(mark(world, &world->ann, read_work, (NotificationMarks){.until = 1000}), 1);
    world->now = 200000;
    /* What came after the person looked stays unread. */
    assert_int_equal(mark(world, &world->ann, read_work, (NotificationMarks){.until = 4000}), 3);
    assert_int_equal(unread(world), 2);
    /* Taking it back leaves the earlier mark alone. */
    assert_int_equal(mark(world, &world->ann, unread_work, (NotificationMarks){.read_at = 200000}),
                     3);
    assert_int_equal(unread(world), 5);
}

static void what_was_read_is_removed_after_ninety_days(void **state) {
    Clinic *clinic = *state;
    World *world = &clinic->world;
    Id old = told(world, &world->ann, world->now), kept = told(world, &world->ann, world->now);
    assert_int_equal(
        mark(world, &world->ann, read_work, (NotificationMarks){.ids = &old, .count = 1}), 1);
    DailyOptions options = {.store = world->store,
                            .business = clinic->business,
                            .hooks = &clinic->hooks,
                            .company_zone = STR("UTC")};
    Problem problem = problem_new(world->arena);
    int64_t acted;
    options.now = world->now + NOTIFICATION_DAYS_KEPT * CLOCK_DAY;
    assert_ok(daily_run(&options, &problem, &acted));
    assert_int_equal(world_count(world, "SELECT count(*) FROM \"notification\""), 2);
    options.now += 1;
    assert_ok(daily_run(&options, &problem, &acted));
    Record record = {.object = world_object(world, "notification"), .id = kept};
    assert_int_equal(world_count(world, "SELECT count(*) FROM \"notification\""), 1);
    (void)world_now(world, &record); /* the unread one */
}

CLINIC_MAIN(cmocka_unit_test(only_ones_own_are_marked), cmocka_unit_test(all_at_once_and_back),
            cmocka_unit_test(what_was_read_is_removed_after_ninety_days))
