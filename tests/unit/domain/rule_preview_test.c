/* What a rule would have done: replayed, and held against what it then does. */
#include "rule_preview.h"

#include "past_rollups.h"
#include "publishing_fixture.h"

#define TEMPLATE                                                                              \
    "{'template':'ask','subject':{'en':'Ask {title}','ja':'{title}','zh':'{title}'},'body':{" \
    "'en':'-','ja':'-','zh':'-'}}"
#define ACTIONS                                                                          \
    "'actions':[{'do':'task','template':'ask','owner':{'var':'owner'},'due':{'days':2}," \
    "'values':{'hcp':{'var':'id'}}}]}"
#define RULE(more) \
    "{'rule':'ask','labels':{'en':'Ask','ja':'a','zh':'b'},'object':'hcp'," more "," ACTIONS
#define ON_CHANGE                                                                        \
    RULE(                                                                                \
        "'when':'change','condition':{'and':[{'changed':['department']},{'==':[{'var':'" \
        "department'},'Alpha']}]}")
#define DAILY                                                                                \
    RULE(                                                                                    \
        "'when':'daily','cause':['last_visit_at'],'condition':{'>=':[{'days_since':[{'var':" \
        "'last_visit_at'}]},10]}")

enum { SET = 2 };

/* A template and a rule that needs it, together. */
typedef struct Design {
    Definitions shipped;
    Publication items[SET];
    int64_t versions[SET];
    const char *said; /* by the preview */
} Design;

static Str quoted(World *world, const char *body) {
    char *text = str_terminated(world->arena, str_of(body));
    for (char *c = text; *c; c++) *c = *c == '\'' ? '"' : *c;
    return str_of(text);
}

static Design *design(World *world, const char *rule) {
    Design *design = ARENA_NEW(world->arena, Design);
    design->shipped = shipped_definitions(world);
    design->items[0] = (Publication){.shipped = &design->shipped,
                                     .kind = STR("templates"),
                                     .name = STR("ask"),
                                     .body = quoted(world, TEMPLATE),
                                     .place = STR("/definitions/0"),
                                     .if_version = -1};
    design->items[1] = (Publication){.shipped = &design->shipped,
                                     .kind = STR("rules"),
                                     .name = STR("ask"),
                                     .body = quoted(world, rule),
                                     .place = STR("/definitions/1"),
                                     .if_version = -1};
    return design;
}

static Status preview_work(Context *context, void *data) {
    Design *design = data;
    PublicationSet set = {design->items, SET};
    Business *business CLEANUP(publishing_drop) = NULL;
    Buffer text CLEANUP(buffer_free) = {0};
    JsonWriter json = json_writer(&text);
    TRY(publishing_build(context, &set, &business));
    TRY(rule_preview_write(context, business, STR("ask"), 30, &json));
    design->said = str_terminated(context->arena, buffer_str(&text));
    return STATUS_OK;
}

static json_t *preview(World *world, const char *rule) {
    Design *asked = design(world, rule);
    assert_ok(world_see(world, &world->boss, preview_work, asked));
    return world_json(asked->said);
}

static int64_t number(const json_t *preview, const char *member) {
    return json_integer_value(json_object_get(preview, member));
}

static void a_rule_on_change_is_asked_about_every_change(void **state) {
    World *world = *state;
    Record doctor = clinic_doctor(world, "One", ",\"department\":\"Alpha\"");
    static const char *const DEPARTMENTS[] = {"Beta", "Alpha", "Beta"};
    for (size_t i = 0; i < sizeof DEPARTMENTS / sizeof *DEPARTMENTS; i++) {
        world->now += CLOCK_HOUR;
        doctor =
            world_changed(world, &world->boss, &doctor, "{\"department\":\"%s\"}", DEPARTMENTS[i]);
    }
    json_t *told CLEANUP(json_drop) = preview(world, ON_CHANGE);
    assert_int_equal(number(told, "count"), 2);
    assert_int_equal(number(told, "records"), 1);
    assert_int_equal(number(told, "tasks"), 2);
    assert_true(json_is_null(json_object_get(told, "waiting")));
    const json_t *example = json_array_get(json_object_get(told, "examples"), 0);
    assert_string_equal(json_string_value(json_object_get(example, "text")), "Ask One");
    assert_int_equal(world_count(world, "SELECT count(*) FROM \"task\""), 0);
}

static void a_daily_rule_is_asked_each_morning(void **state) {
    World *world = *state;
    int64_t now = world->now;
    world->now = now - 60 * CLOCK_DAY;
    Record early = clinic_doctor(world, "Early", ""), silent = clinic_doctor(world, "Silent", "");
    (void)clinic_visit(world, &early, ",\"channel\":\"phone\"");
    (void)clinic_visit(world, &silent, ",\"channel\":\"phone\"");
    world->now = now - 15 * CLOCK_DAY;
    (void)clinic_visit(world, &early, ",\"channel\":\"phone\"");
    world->now = now;
    json_t *told CLEANUP(json_drop) = preview(world, DAILY);
    /* Both were silent before the month began; one was seen, and silent again ten days later. */
    assert_int_equal(number(told, "count"), 1);
    assert_int_equal(number(told, "waiting"), 2);
    const json_t *days = json_object_get(told, "by_day");
    assert_int_equal(json_array_size(days), 31);
    assert_int_equal(number(json_array_get(days, 25), "count"), 1);
}

typedef struct RollupAsked {
    const Field *field;
    Id parent;
    int64_t at;
    Value value;
} RollupAsked;

static Status rollup_work(Context *context, void *data) {
    RollupAsked *asked = data;
    PastRollup rollup;
    TRY(past_rollup_read(context, asked->field, asked->parent, &rollup));
    asked->value = past_rollup_at(&rollup, asked->at);
    return STATUS_OK;
}

static Value rollup_at(World *world, const Record *doctor, const char *field, int64_t instant) {
    RollupAsked asked = {
        .field = world_field(world, "hcp", field), .parent = doctor->id, .at = instant};
    assert_true(past_rollup_known(asked.field));
    assert_ok(world_see(world, &world->system, rollup_work, &asked));
    return asked.value;
}

static void roll_ups_are_what_they_were(void **state) {
    World *world = *state;
    Record doctor = clinic_doctor(world, "One", "");
    int64_t first = world->now + CLOCK_DAY, second = first + CLOCK_DAY;
    for (world->now = first; world->now <= second; world->now += CLOCK_DAY) {
        (void)clinic_visit(world, &doctor, ",\"channel\":\"phone\"");
    }
    assert_int_equal(rollup_at(world, &doctor, "visit_count", first - 1).integer, 0);
    assert_int_equal(rollup_at(world, &doctor, "visit_count", first).integer, 1);
    assert_int_equal(rollup_at(world, &doctor, "visit_count", second).integer, 2);
    assert_int_equal(rollup_at(world, &doctor, "last_visit_at", first - 1).kind, VALUE_NULL);
    assert_int_equal(rollup_at(world, &doctor, "last_visit_at", second - 1).integer, first);
    assert_int_equal(rollup_at(world, &doctor, "last_visit_at", second).integer, second);
}

static Status set_work(Context *context, void *data) {
    Design *design = data;
    PublicationSet set = {design->items, SET};
    return publishing_publish_set(context, &set, design->versions);
}

static void a_set_is_published_as_a_whole_or_not_at_all(void **state) {
    World *world = *state;
    Design *bad = design(world, RULE("'when':'never','condition':{}"));
    assert_refused(world_do(world, &world->boss, set_work, bad), "invalid");
    assert_string_equal(world_error(world), "/definitions/1/body/when definition_when");
    Design *twice = design(world, ON_CHANGE);
    twice->items[1] = twice->items[0];
    assert_refused(world_do(world, &world->boss, set_work, twice), "invalid");
    assert_int_equal(world_count(world, "SELECT count(*) FROM \"definition\""), 0);
    Design *good = design(world, ON_CHANGE);
    assert_ok(world_do(world, &world->boss, set_work, good));
    assert_int_equal(good->versions[0], 1);
    assert_int_equal(good->versions[1], 1);
    good->items[0].if_version = 0;
    assert_refused(world_do(world, &world->boss, set_work, good), "stale");
    assert_int_equal(world_count(world, "SELECT count(*) FROM \"definition\""), 2);
}

CLINIC_MAIN(cmocka_unit_test(a_rule_on_change_is_asked_about_every_change),
            cmocka_unit_test(a_daily_rule_is_asked_each_morning),
            cmocka_unit_test(roll_ups_are_what_they_were),
            cmocka_unit_test(a_set_is_published_as_a_whole_or_not_at_all))
